"""The body, heads and feet of the packaged templates: what is printed where, as tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import House
from poa_toolkit.word.ooxml import NAMESPACES, escaped
from poa_toolkit.word.template.paragraphs import TAB, each, either, paragraph, tag, where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.word.template.styles import Design, Paper

_TABLES = {
    "recommendations": ("id", "source", "text", "actions"),
    "instruments": ("title", "adopted", "provisions", "actions"),
    "matrix": ("action", "recommendations", "provisions", "why"),
    "withdrawn": ("id", "status", "text", "reason"),
    "participants": ("title", "role", "meetings"),
    "endorsements": ("title", "capacity", "date", "reservation"),
    "corrigenda": ("paragraph", "was", "now", "date"),
}
"""The columns of each annex by the name of their cells; what stands in them decides how wide they are."""

_NUMBERED = re.compile(r"(header|footer)([0-9]+)")


def relationship(name: str) -> str:
    """Return the id by which sections name a head or a foot: ``rId`` and a number, all that some know."""
    kind, number = _NUMBERED.fullmatch(name).groups()  # type: ignore[union-attr]  # so are all of them named
    return f"rId{2 * int(number) - (kind == 'header')}"


def section(paper: Paper, heads: Sequence[str], *, wide: bool = False) -> str:
    """Write the properties of a section: its paper, and the heads and feet of its pages.

    `heads` are the numbers of those: of right pages, then of left ones where these have others.
    """
    around = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{relationship(f"{kind}{number}")}"/>'
        for pages, number in zip(("default", "even"), heads, strict=False)
        for kind in ("header", "footer")
    )
    side = paper.wide_side if wide else paper.side
    upright = f'<w:pgSz w:w="{paper.width}" w:h="{paper.height}"/>'
    turned = f'<w:pgSz w:w="{paper.height}" w:h="{paper.width}" w:orient="landscape"/>'
    margins = (
        f'<w:pgMar w:top="1588" w:right="{side}" w:bottom="1418" w:left="{side}" '
        'w:header="794" w:footer="680" w:gutter="0"/>'
    )
    return f'<w:sectPr>{around}<w:type w:val="nextPage"/>{turned if wide else upright}{margins}</w:sectPr>'


class _Sections:
    """Writes the properties of the sections of a template."""

    def __init__(self, design: Design) -> None:
        self.paper = design.paper
        self.first = section(design.paper, ())
        self.upright = section(design.paper, ("1", "2") if design.mirrors else ("1",))
        self.wide = section(design.paper, ("3", "4") if design.mirrors else ("2",), wide=True)


def document(design: Design) -> str:
    """Write the body."""
    sections = _Sections(design)
    body = (
        _cover(design, sections) + _contents() + _text()
        + _annex(design, "recommendations") + _annex(design, "instruments", ends=sections.upright)
        + where(
            "annexes.matrix and not annexes.instruments",
            paragraph("POATableNote", ends=sections.upright),
        )
        + _annex(design, "matrix", ends=sections.wide)
        + _annex(design, "withdrawn") + _annex(design, "participants")
        + _annex(design, "endorsements") + _annex(design, "corrigenda") + _links()
        + sections.upright
    )  # fmt: skip
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def head_or_foot(design: Design, name: str) -> str:
    """Write a head or a foot of the pages."""
    kind = "hdr" if name.startswith("header") else "ftr"
    return f"<w:{kind} {NAMESPACES}>{''.join(design.heads[name])}</w:{kind}>"


def _cover(design: Design, sections: _Sections) -> str:
    return (
        design.cover
        + where("notice", paragraph("POANotice", "{{ notice }}", ends=sections.first))
        + where("not notice", paragraph("POACover", ends=sections.first))
    )


def _contents() -> str:
    entry = ("{{ entry.number }}", TAB, "{{ entry.title }}", TAB, "{{ entry.paragraphs }}", TAB)
    return (
        paragraph("TOCHeading", "Contents")
        + paragraph("POAContentsHead", TAB, "Paragraphs", TAB, "Page")
        + each("entry in contents.sections", paragraph("TOC1", *entry, "{{ entry.page }}"))
        + each("entry in contents.annexes", paragraph("TOC2", "{{ entry.title }}", TAB, "{{ entry.page }}"))
    )


def _text() -> str:
    numbered = paragraph("POAParagraph", "{{ paragraph.text }}")
    return (
        paragraph("POATextTitle", "{{ text_title }}")
        + where("text_subtitle", paragraph("Subtitle", "{{ text_subtitle }}"))
        + each("paragraph in front", paragraph("POAFront", "{{ paragraph.text }}"))
        + where(
            "introduction",
            paragraph("POAUnnumberedHeading", "{{ introduction.title }}"),
            each("paragraph in introduction.paragraphs", numbered),
        )
        + each(
            "section in sections",
            tag("set is_last_section = loop.last"),
            paragraph("POASectionHeading", "{{ section.title }}"),
            each("paragraph in section.paragraphs", numbered),
            each("action in section.actions", _action()),
        )
    )


def _action() -> str:
    """Write an action: its text may go over two pages, but the lines under it have some of it above them.

    The annexes begin a page: the last action has the one before it with it, on whichever page it comes to.
    """
    last_point = "is_last_point and loop.last"
    links = "{{ action.links }}"
    return (
        tag("set is_last_but_one = is_last_section and loop.revindex == 2")
        + paragraph("POAAction", "{{ action.text }}")
        + each(
            "point in action.points",
            tag("set is_last_point = loop.last"),
            _kept_where("is_last_point and not point.points", "POAPoint", "{{ point.text }}"),
            each(
                "subpoint in point.points",
                _kept_where(last_point, "POASubPoint", "{{ subpoint.text }}"),
            ),
        )
        + where("action.settings", paragraph("POADetail", "{{ action.settings }}"))
        + where("action.links", _kept_where("is_last_but_one", "POASources", links))
    )


def _kept_where(condition: str, style: str, content: str) -> str:
    """Write a paragraph that stays on the page of the next one where a condition holds."""
    return either(condition, paragraph(style, content, kept=True), paragraph(style, content))


_LOOK = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
"""Which parts of a table have looks of their own, each with its bit, by ECMA-376."""


def _look() -> str:
    """Write that a table has a head and no bands of columns, in both ways in which that is said."""
    on = ("firstRow", "noVBand")
    attributes = "".join(f' w:{name}="{int(name in on)}"' for name in _LOOK)
    return f'<w:tblLook w:val="{sum(_LOOK[name] for name in on):04X}"{attributes}/>'


def table(widths: Sequence[int], title: str, *rows: str) -> str:
    """Write a table of these rows; its title is for those who do not see it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="POATable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_look()}<w:tblCaption w:val="{escaped(title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _annex(design: Design, name: str, *, ends: str = "") -> str:
    """Write an annex: its heading, what leads in, its tables, and the note that closes it."""
    columns = _TABLES[name]
    width = design.paper.wide_text if name == "matrix" else design.paper.text
    return where(
        f"annexes.{name}",
        tag(f"set annex = annexes.{name}"),
        paragraph("POAAnnexHeading", design.annex),
        each("paragraph in annex.lead", paragraph("POABody", "{{ paragraph.text }}")),
        each(
            "group in annex.groups",
            where("group.title", paragraph("Heading2", "{{ group.title }}")),
            _table(columns, width // len(columns), _title(name)),
        ),
        paragraph("POATableNote", "{{ annex.note }}", ends=ends),
    )


def _title(name: str) -> str:
    """Return the title of an annex, which is the same in every house."""
    title: str = getattr(LABELS[House.UN], f"annex_{name}")
    return title


def _table(keys: Sequence[str], width: int, title: str) -> str:
    head = [f"{{{{ group.columns.{key} }}}}" for key in keys]
    cells = [f"{{{{ row.{key} }}}}" for key in keys]
    empty = [""] * len(keys)
    return table(
        [width] * len(keys),
        title,
        _row(head, "POACellHead", "<w:cantSplit/><w:tblHeader/>"),
        _row(["{%tr for row in group.rows %}", *empty[1:]], "POACell"),
        _row(cells, "POACell", "<w:cantSplit/>"),
        _row(["{%tr endfor %}", *empty[1:]], "POACell"),
    )


def _row(texts: Sequence[str], style: str, properties: str = "") -> str:
    """Write a row whose cells are as wide as what stands in the column asks for."""
    cells = "".join(
        '<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>'
        f"{paragraph(style, *([text] if text else []))}</w:tc>"
        for text in texts
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _links() -> str:
    return where(
        "annexes.links",
        paragraph("POAUnnumberedHeading", "{{ annexes.links.title }}"),
        each("item in annexes.links.entries", paragraph("POAItem", "{{ item.text }}")),
    )
