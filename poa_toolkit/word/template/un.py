"""How a document of the United Nations looks: black on A4, first lines that run on, rules, outer folios.

After the documents of the Human Rights Council; their emblem is left out, for it is not ours to use.
"""

from __future__ import annotations

from poa_toolkit.model import House
from poa_toolkit.word.template.paragraphs import BREAK, TAB, each, field, paragraph, run, where
from poa_toolkit.word.template.styles import (
    BOLD,
    BOTH,
    GREY,
    KEEP,
    KEEP_NEXT,
    LEFT,
    RARE,
    SERIF,
    UNCOUNTED,
    Design,
    Level,
    Paper,
    Style,
    box,
    colour,
    font,
    line,
    listed,
    numbered,
    rule,
    size,
    spacing,
    table_look,
    tabs,
)

_INK = "000000"
_PAPER = Paper(width=11906, height=16838, side=1134, wide_side=1134)
_IN, _STEP = 1134, 567
"""How far the text stands in from either margin, and how far one level stands behind another."""
_LEVELS = {
    "POASectionHeading": Level(left=_IN, first=-283, tab=_IN, from_right=True),
    "POAParagraph": Level(left=_IN, first=0, tab=_IN + _STEP),
    "POAPoint": Level(left=_IN, first=_STEP, tab=_IN + 2 * _STEP),
    "POASubPoint": Level(left=_IN, first=2 * _STEP, tab=_IN + 3 * _STEP),
    "POAItem": Level(left=_IN + _STEP, first=-_STEP, tab=_IN + _STEP),
}
_INSIDE = f'<w:ind w:left="{_IN}" w:right="{_IN}"/>'
_UNDER = f'<w:ind w:left="{_IN + _STEP}" w:right="{_IN}"/>'
_LABELS = _IN + 2268
_PARAGRAPHS = _PAPER.text - 1134
"""Where the column of paragraphs ends in the contents."""
_RIGHT_HALF = 6804
"""Where the masthead says how the document is distributed."""


def _numbered(style: str, looks: str = "") -> str:
    return numbered(style, _LEVELS[style], looks, right=_IN)


_STYLES = (
    Style("Normal", "Normal", paragraph=spacing(0, 6, 1.1), run=f"{font(SERIF)}{size(10)}"),
    Style(
        "Title", "Title", based="Normal", follows="Subtitle",
        paragraph=f"{KEEP}{UNCOUNTED}{spacing(24, 12, 1.0)}{_INSIDE}{LEFT}", run=f"{BOLD}{size(17)}",
    ),
    Style(
        "Subtitle", "Subtitle", based="Normal", follows="POACover",
        paragraph=f"{UNCOUNTED}{spacing(0, 18, 1.0)}{_INSIDE}{LEFT}", run=f"{BOLD}{size(12)}",
    ),
    Style(
        "Heading1", "heading 1", based="Normal", follows="POAParagraph",
        paragraph=f'{KEEP}{spacing(18, 12, 1.0)}{_INSIDE}{LEFT}<w:outlineLvl w:val="0"/>',
        run=f"{BOLD}{size(14)}",
    ),
    Style(
        "Heading2", "heading 2", based="Normal", follows="POABody",
        paragraph=f'{KEEP}{spacing(12, 6, 1.0)}{LEFT}<w:outlineLvl w:val="1"/>', run=f"{BOLD}{size(12)}",
    ),
    Style(
        "POASectionHeading", "POA Section Heading", based="Heading1", follows="POAParagraph",
        paragraph=_numbered("POASectionHeading"),
    ),
    Style("POAUnnumberedHeading", "POA Unnumbered Heading", based="Heading1", follows="POAParagraph"),
    Style(
        "POAAnnexHeading", "POA Annex Heading", based="POAUnnumberedHeading", follows="POABody",
        paragraph=f'<w:pageBreakBefore/>{UNCOUNTED}{spacing(0, 12, 1.1)}<w:ind w:left="0" w:right="0"/>',
    ),
    Style("POAFront", "POA Front", based="Normal", paragraph=f"{_INSIDE}{BOTH}"),
    Style(
        "POAParagraph", "POA Paragraph", based="Normal", paragraph=f"{_numbered('POAParagraph')}{BOTH}",
    ),
    Style("POAAction", "POA Action", based="POAParagraph", paragraph=f"{KEEP_NEXT}{spacing(6, 4, 1.1)}"),
    Style(
        "POAPoint", "POA Point", based="Normal",
        paragraph=f"{_numbered('POAPoint', spacing(0, 4, 1.1))}{BOTH}",
    ),
    Style("POASubPoint", "POA Sub-point", based="POAPoint", paragraph=_numbered("POASubPoint")),
    Style(
        "POADetail", "POA Detail", based="Normal", follows="POASources",
        paragraph=f"{KEEP_NEXT}{UNCOUNTED}{spacing(0, 2, 1.0)}{_UNDER}{LEFT}",
        run=f"{colour(GREY)}{size(8.5)}",
    ),
    Style(
        "POASources", "POA Sources", based="POADetail", follows="POAAction",
        paragraph=f'<w:keepNext w:val="0"/>{spacing(0, 8, 1.0)}',
    ),
    Style("POABody", "POA Body", based="Normal", paragraph=f"{UNCOUNTED}{LEFT}"),
    Style(
        "POATableNote", "POA Table Note", based="Normal", paragraph=f"{UNCOUNTED}{spacing(6, 0, 1.0)}{LEFT}",
        run=f"<w:i/><w:iCs/>{size(8.5)}",
    ),
    Style(
        "POAItem", "POA Item", based="Normal",
        paragraph=f"{listed('POAItem')}{UNCOUNTED}{spacing(0, 4, 1.1)}{_LEVELS['POAItem'].indent(_IN)}{LEFT}",
    ),
    Style(
        "POAMasthead", "POA Masthead", based="Normal",
        paragraph=f'{KEEP}{UNCOUNTED}{rule("bottom", 4, 4, _INK)}{tabs((_PAPER.text, "right", ""))}'
        f"{spacing(0, 6, 1.0)}{LEFT}",
        run=size(14),
    ),
    Style("POASymbol", "POA Symbol", "character", run=size(10)),
    Style(
        "POADistribution", "POA Distribution", based="Normal",
        paragraph=f'{KEEP}{UNCOUNTED}{spacing(0, 0, 1.1)}<w:ind w:left="{_RIGHT_HALF}"/>{LEFT}',
    ),
    Style(
        "POAMeeting", "POA Meeting", based="Normal",
        paragraph=f"{KEEP}{UNCOUNTED}{spacing(0, 0, 1.1)}{LEFT}", run=size(10),
    ),
    Style(
        "POAMastheadEnd", "POA Masthead End", based="Normal", follows="Title",
        paragraph=f"{KEEP}{UNCOUNTED}{rule('top', 18, 4, _INK)}{spacing(10, 2, 1.0)}{LEFT}",
        run=f"{BOLD}{size(12)}",
    ),
    Style(
        "POACover", "POA Cover", based="Normal",
        paragraph=f'{UNCOUNTED}{tabs((_LABELS, "left", ""))}{spacing(0, 3, 1.1)}'
        f'<w:ind w:left="{_LABELS}" w:right="{_IN}" w:hanging="{_LABELS - _IN}"/>{LEFT}',
    ),
    Style(
        "POATextTitle", "POA Text Title", based="Normal", follows="POAFront",
        paragraph=f"{KEEP}<w:pageBreakBefore/>{UNCOUNTED}{spacing(0, 12, 1.0)}{_INSIDE}{LEFT}",
        run=f"{BOLD}{size(17)}",
    ),
    Style(
        "POANotice", "POA Notice", based="Normal",
        paragraph=f'{UNCOUNTED}{box(_INK)}{spacing(24, 0, 1.1)}<w:ind w:left="{_IN + 170}" '
        f'w:right="{_IN + 170}"/>{LEFT}',
    ),
    Style(
        "TOCHeading", "TOC Heading", based="Normal", follows="TOC1",
        paragraph=f"{KEEP}<w:pageBreakBefore/>{UNCOUNTED}{spacing(0, 12, 1.0)}{LEFT}",
        run=f"{BOLD}{size(14)}",
    ),
    Style(
        "POAContentsHead", "POA Contents Head", based="Normal",
        paragraph=f'{KEEP}{UNCOUNTED}{tabs((_PARAGRAPHS, "right", ""), (_PAPER.text, "right", ""))}'
        f"{spacing(0, 6, 1.0)}{LEFT}",
        run=f"<w:i/><w:iCs/>{size(8.5)}",
    ),
    Style(
        "TOC1", "toc 1", based="Normal", flags='<w:uiPriority w:val="39"/>',
        paragraph=f"{UNCOUNTED}"
        f"{tabs((_STEP, 'left', ''), (_PARAGRAPHS, 'right', 'dot'), (_PAPER.text, 'right', ''))}"
        f'<w:ind w:left="{_STEP}" w:hanging="{_STEP}"/>{LEFT}',
    ),
    Style(
        "TOC2", "toc 2", based="Normal", flags='<w:uiPriority w:val="39"/>',
        paragraph=f"{UNCOUNTED}{tabs((_PAPER.text, 'right', 'dot'))}"
        f'<w:ind w:left="{_STEP}" w:hanging="{_STEP}"/>{LEFT}',
    ),
    Style(
        "Header", "header", based="Normal", flags=RARE,
        paragraph=f"{rule('bottom', 4, 4, _INK)}{tabs((_PAPER.text, 'right', ''))}{spacing(0, 0, 1.0)}{LEFT}",
        run=size(9),
    ),
    Style(
        "POAWideHeader", "POA Wide Header", based="Header",
        paragraph=tabs((_PAPER.text, "clear", ""), (_PAPER.wide_text, "right", "")),
    ),
    Style(
        "Footer", "footer", based="Normal", flags=RARE,
        paragraph=f'{spacing(0, 0, 1.0)}<w:jc w:val="right"/>', run=f"{BOLD}{size(9)}",
    ),
    Style("POALeftFooter", "POA Left Footer", based="Footer", paragraph=LEFT),
    Style(
        "FootnoteText", "footnote text", based="Normal", flags=RARE,
        paragraph=f'{UNCOUNTED}{tabs((_IN + 340, "left", ""))}{spacing(0, 2, 1.0)}'
        f'<w:ind w:left="{_IN + 340}" w:right="{_IN}" w:hanging="340"/>{LEFT}',
        run=size(9),
    ),
    Style(
        "CommentText", "annotation text", based="Normal", flags=RARE,
        paragraph=f"{spacing(0, 0, 1.0)}{LEFT}", run=size(10),
    ),
    Style("POACell", "POA Cell", based="Normal", paragraph=f"{spacing(2, 2, 1.0)}{LEFT}", run=size(9)),
    Style("POACellHead", "POA Cell Head", based="POACell", paragraph="<w:keepNext/>",
          run=f"<w:i/><w:iCs/>{size(8.5)}"),
)  # fmt: skip

_TABLE = table_look(
    f"{line('top', 4, 0, _INK)}{line('bottom', 12, 0, _INK)}{line('insideH', 2, 0, 'BFBFBF')}",
    f"<w:tcBorders>{line('bottom', 12, 0, _INK)}</w:tcBorders>",
)

_COVER = (
    where(
        "masthead.organization or symbol",
        paragraph("POAMasthead", "{{ masthead.organization }}", TAB, run("{{ symbol }}", "POASymbol")),
    )
    + where("masthead.distribution", paragraph("POADistribution", "{{ masthead.distribution }}"))
    + where("masthead.date", paragraph("POADistribution", "{{ masthead.date }}"))
    + where("masthead.language", paragraph("POADistribution", "{{ masthead.language }}"))
    + paragraph("POAMastheadEnd", "{{ masthead.meeting }}")
    + where("masthead.dates", paragraph("POAMeeting", "{{ masthead.dates }}"))
    + where("masthead.place", paragraph("POAMeeting", "{{ masthead.place }}"))
    + paragraph("Title", "{{ title }}")
    + where("subtitle", paragraph("Subtitle", "{{ subtitle }}"))
    + each(
        "line in cover",
        where(
            "not line.in_masthead",
            paragraph("POACover", run("{{ line.label }}", "POACoverLabel"), TAB, "{{ line.value }}"),
        ),
    )
)


def _head(style: str, *, is_left: bool) -> tuple[str, ...]:
    """Write the head of a page: what the document is called at the outer edge, its version at the inner."""
    called = (
        f"{run('{% if symbol %}{{ symbol }}{% else %}{{ title }}{% endif %}', 'Strong')}",
        run("{{ version }}"),
    )
    first, second = called if is_left else called[::-1]
    lacking = run("{{ lacking }}")
    return (
        paragraph(style, first, TAB, second),
        where("lacking", paragraph(style, *([lacking] if is_left else [TAB, lacking]))),
    )


DESIGN = Design(
    house=House.UN,
    paper=_PAPER,
    text_font=SERIF,
    head_font=SERIF,
    size=10,
    ink=_INK,
    styles=_STYLES,
    levels=_LEVELS,
    table=_TABLE,
    cover=_COVER,
    annex=f"{run('{{ annex.number }}')}{BREAK}{run('{{ annex.name }}')}",
    heads={
        "header1": _head("Header", is_left=False),
        "header2": _head("Header", is_left=True),
        "header3": _head("POAWideHeader", is_left=False),
        "header4": _head("POAWideHeader", is_left=True),
        "footer1": (paragraph("Footer", field("PAGE")),),
        "footer2": (paragraph("POALeftFooter", field("PAGE")),),
        "footer3": (paragraph("Footer", field("PAGE")),),
        "footer4": (paragraph("POALeftFooter", field("PAGE")),),
    },
    mirrors=True,
)
