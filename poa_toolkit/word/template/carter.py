"""How a report of a foundation looks: Letter paper, a band on the cover, blue headings, hanging numbers."""

from __future__ import annotations

from poa_toolkit.model import House
from poa_toolkit.word.template.paragraphs import TAB, each, field, paragraph, run, where
from poa_toolkit.word.template.styles import (
    BOLD,
    BOTH,
    GREY,
    KEEP,
    KEEP_NEXT,
    LEFT,
    RARE,
    SANS,
    SERIF,
    UNCOUNTED,
    Design,
    Level,
    Paper,
    Style,
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

_INK = "1F3864"
"""Dark blue; 11.6 : 1 on white."""
_PALE = "E8EDF5"
"""What is behind the titles of columns; dark blue on it 9.9 : 1."""
_PAPER = Paper(width=12240, height=15840, side=1440, wide_side=1080)
_STEP = 567
_LEVELS = {
    "POASectionHeading": Level(left=_STEP, first=-_STEP, tab=_STEP),
    "POAParagraph": Level(left=_STEP, first=-_STEP, tab=_STEP),
    "POAPoint": Level(left=2 * _STEP, first=-_STEP, tab=2 * _STEP),
    "POASubPoint": Level(left=3 * _STEP, first=-_STEP, tab=3 * _STEP),
    "POAItem": Level(left=_STEP, first=-_STEP, tab=_STEP),
}
_LABELS = 2552
_PARAGRAPHS = _PAPER.text - 1020
"""Where the column of paragraphs ends in the contents."""
_HEAD = f"{font(SANS)}{BOLD}{colour(_INK)}"
_BAND = "".join(line(side, 48, 14, _INK) for side in ("top", "left", "bottom", "right"))


def _numbered(style: str, looks: str = "") -> str:
    return numbered(style, _LEVELS[style], looks)


_STYLES = (
    Style("Normal", "Normal", paragraph=spacing(0, 6, 1.1), run=f"{font(SERIF)}{size(11)}"),
    Style(
        "Title", "Title", based="Normal", follows="Subtitle",
        paragraph=f'{KEEP}{UNCOUNTED}<w:pBdr>{_BAND}</w:pBdr><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{_INK}"/>{spacing(110, 26, 1.05)}<w:ind w:left="340" w:right="340"/>{LEFT}',
        run=f"{font(SANS)}{BOLD}{colour('FFFFFF')}{size(26)}",
    ),
    Style(
        "Subtitle", "Subtitle", based="Normal", follows="POACover",
        paragraph=f"{UNCOUNTED}{spacing(0, 30, 1.1)}{LEFT}", run=f"{font(SANS)}{colour(_INK)}{size(15)}",
    ),
    Style(
        "Heading1", "heading 1", based="Normal", follows="POAParagraph",
        paragraph=f'{KEEP}{rule("bottom", 6, 3, _INK)}{spacing(22, 9, 1.0)}{LEFT}<w:outlineLvl w:val="0"/>',
        run=f"{_HEAD}{size(15)}",
    ),
    Style(
        "Heading2", "heading 2", based="Normal", follows="POABody",
        paragraph=f'{KEEP}{spacing(14, 5, 1.0)}{LEFT}<w:outlineLvl w:val="1"/>', run=f"{_HEAD}{size(10.5)}",
    ),
    Style(
        "POASectionHeading", "POA Section Heading", based="Heading1", follows="POAParagraph",
        paragraph=_numbered("POASectionHeading"),
    ),
    Style("POAUnnumberedHeading", "POA Unnumbered Heading", based="Heading1", follows="POAParagraph"),
    Style(
        "POAAnnexHeading", "POA Annex Heading", based="POAUnnumberedHeading", follows="POABody",
        paragraph=f"<w:pageBreakBefore/>{UNCOUNTED}{spacing(0, 9, 1.0)}",
    ),
    Style("POAFront", "POA Front", based="Normal", paragraph=f"{spacing(0, 8, 1.15)}{BOTH}"),
    Style(
        "POAParagraph", "POA Paragraph", based="Normal",
        paragraph=f"{_numbered('POAParagraph', spacing(6, 5, 1.15))}{BOTH}",
    ),
    Style("POAAction", "POA Action", based="POAParagraph", paragraph=KEEP_NEXT),
    Style(
        "POAPoint", "POA Point", based="Normal",
        paragraph=f"{_numbered('POAPoint', spacing(0, 4, 1.15))}{BOTH}",
    ),
    Style("POASubPoint", "POA Sub-point", based="POAPoint", paragraph=_numbered("POASubPoint")),
    Style(
        "POADetail", "POA Detail", based="Normal", follows="POASources",
        paragraph=f'{KEEP_NEXT}{UNCOUNTED}{spacing(0, 2, 1.0)}<w:ind w:left="{_STEP}"/>{LEFT}',
        run=f"{font(SANS)}{colour(GREY)}{size(8.5)}",
    ),
    Style(
        "POASources", "POA Sources", based="POADetail", follows="POAAction",
        paragraph=f'<w:keepNext w:val="0"/>{spacing(0, 8, 1.0)}',
    ),
    Style("POABody", "POA Body", based="Normal", paragraph=f"{UNCOUNTED}{spacing(0, 8, 1.1)}{LEFT}"),
    Style(
        "POATableNote", "POA Table Note", based="Normal", paragraph=f"{UNCOUNTED}{spacing(6, 0, 1.0)}{LEFT}",
        run=f"{font(SANS)}{colour(GREY)}{size(8)}",
    ),
    Style(
        "POAItem", "POA Item", based="Normal",
        paragraph=f"{listed('POAItem')}{UNCOUNTED}{spacing(0, 4, 1.1)}{_LEVELS['POAItem'].indent()}{LEFT}",
    ),
    Style(
        "POACover", "POA Cover", based="Normal",
        paragraph=f'{UNCOUNTED}{tabs((_LABELS, "left", ""))}{spacing(0, 6, 1.1)}'
        f'<w:ind w:left="{_LABELS}" w:hanging="{_LABELS}"/>{LEFT}',
        run=size(12),
    ),
    Style(
        "POATextTitle", "POA Text Title", based="Normal", follows="POAFront",
        paragraph=f"{KEEP}<w:pageBreakBefore/>{UNCOUNTED}{spacing(0, 14, 1.0)}{LEFT}",
        run=f"{_HEAD}{size(18)}",
    ),
    Style(
        "POANotice", "POA Notice", based="Normal",
        paragraph=f'{UNCOUNTED}{rule("left", 36, 10, _INK)}{spacing(36, 0, 1.15)}<w:ind w:left="227"/>{LEFT}',
        run=f"{font(SANS)}{size(10)}",
    ),
    Style(
        "TOCHeading", "TOC Heading", based="Normal", follows="TOC1",
        paragraph=f"{KEEP}<w:pageBreakBefore/>{UNCOUNTED}{rule('bottom', 6, 3, _INK)}"
        f"{spacing(0, 14, 1.0)}{LEFT}",
        run=f"{_HEAD}{size(15)}",
    ),
    Style(
        "POAContentsHead", "POA Contents Head", based="Normal",
        paragraph=f'{KEEP}{UNCOUNTED}{tabs((_PARAGRAPHS, "right", ""), (_PAPER.text, "right", ""))}'
        f"{spacing(0, 6, 1.0)}{LEFT}",
        run=f"{font(SANS)}{colour(GREY)}{size(8.5)}",
    ),
    Style(
        "TOC1", "toc 1", based="Normal", flags='<w:uiPriority w:val="39"/>',
        paragraph=f"{UNCOUNTED}"
        f"{tabs((_STEP, 'left', ''), (_PARAGRAPHS, 'right', 'dot'), (_PAPER.text, 'right', ''))}"
        f'{spacing(0, 7, 1.0)}<w:ind w:left="{_STEP}" w:hanging="{_STEP}"/>{LEFT}',
    ),
    Style(
        "TOC2", "toc 2", based="Normal", flags='<w:uiPriority w:val="39"/>',
        paragraph=f"{UNCOUNTED}{tabs((_PAPER.text, 'right', 'dot'))}{spacing(0, 7, 1.0)}"
        f'<w:ind w:left="{_STEP}" w:hanging="{_STEP}"/>{LEFT}',
    ),
    Style(
        "Header", "header", based="Normal", flags=RARE,
        paragraph=f'{spacing(0, 0, 1.0)}<w:jc w:val="right"/>',
        run=f"{font(SANS)}{colour(GREY)}{size(8)}",
    ),
    Style("POAWideHeader", "POA Wide Header", based="Header"),
    Style(
        "Footer", "footer", based="Normal", flags=RARE,
        paragraph=f"{rule('top', 6, 4, _INK)}{tabs((_PAPER.text, 'right', ''))}{spacing(0, 0, 1.0)}{LEFT}",
        run=f"{font(SANS)}{colour(GREY)}{size(8)}",
    ),
    Style(
        "POAWideFooter", "POA Wide Footer", based="Footer",
        paragraph=tabs((_PAPER.text, "clear", ""), (_PAPER.wide_text, "right", "")),
    ),
    Style(
        "FootnoteText", "footnote text", based="Normal", flags=RARE,
        paragraph=f'{UNCOUNTED}{tabs((340, "left", ""))}{spacing(0, 2, 1.0)}'
        f'<w:ind w:left="340" w:hanging="340"/>{LEFT}',
        run=size(9),
    ),
    Style(
        "CommentText", "annotation text", based="Normal", flags=RARE,
        paragraph=f"{spacing(0, 0, 1.0)}{LEFT}", run=size(10),
    ),
    Style("POACell", "POA Cell", based="Normal", paragraph=f"{spacing(2, 2, 1.0)}{LEFT}",
          run=f"{font(SANS)}{size(8.5)}"),
    Style("POACellHead", "POA Cell Head", based="POACell", paragraph="<w:keepNext/>",
          run=f"{BOLD}{colour(_INK)}"),
)  # fmt: skip

_TABLE = table_look(
    f"{line('top', 8, 0, _INK)}{line('bottom', 8, 0, _INK)}{line('insideH', 4, 0, 'BFC7D5')}",
    f'<w:shd w:val="clear" w:color="auto" w:fill="{_PALE}"/>',
)

_COVER = (
    paragraph("Title", "{{ title }}")
    + where("subtitle", paragraph("Subtitle", "{{ subtitle }}"))
    + each(
        "line in cover",
        paragraph("POACover", run("{{ line.label }}", "POACoverLabel"), TAB, "{{ line.value }}"),
    )
)


def _head(style: str) -> tuple[str, ...]:
    """Write the head of a page: which version this is, and what it still lacks."""
    return paragraph(style, "{{ version }}"), where("lacking", paragraph(style, "{{ lacking }}"))


def _foot(style: str) -> tuple[str, ...]:
    """Write the foot of a page: what the report is called, and the page."""
    return (paragraph(style, "{{ title }}", TAB, field("PAGE")),)


DESIGN = Design(
    house=House.CARTER,
    paper=_PAPER,
    text_font=SERIF,
    head_font=SANS,
    size=11,
    ink=_INK,
    styles=_STYLES,
    levels=_LEVELS,
    table=_TABLE,
    cover=_COVER,
    annex=run("{{ annex.title }}"),
    heads={
        "header1": _head("Header"),
        "header2": _head("POAWideHeader"),
        "footer1": _foot("Footer"),
        "footer2": _foot("POAWideFooter"),
    },
)
