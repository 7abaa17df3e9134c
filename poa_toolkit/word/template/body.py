"""The body, heads and feet of the packaged template: what is printed where, as tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import House
from poa_toolkit.word.ooxml import NAMESPACES, escaped
from poa_toolkit.word.template.styles import TEXT_WIDTH, WIDE_WIDTH, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_UPRIGHT = '<w:pgSz w:w="11906" w:h="16838"/>'
_WIDE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
_MARGINS = (
    '<w:pgMar w:top="1588" w:right="{side}" w:bottom="1418" w:left="{side}" '
    'w:header="794" w:footer="680" w:gutter="0"/>'
)

_TABLES = {
    "recommendations": {"id": 19, "source": 26, "text": 35, "actions": 20},
    "instruments": {"title": 44, "adopted": 20, "provisions": 20, "actions": 16},
    "matrix": {"action": 8, "recommendations": 20, "provisions": 32, "why": 40},
    "withdrawn": {"id": 11, "status": 13, "text": 46, "reason": 30},
    "participants": {"title": 46, "role": 16, "meetings": 38},
    "endorsements": {"title": 34, "capacity": 18, "date": 16, "reservation": 32},
    "corrigenda": {"paragraph": 12, "was": 36, "now": 36, "date": 16},
}
"""The columns of each annex by the name of their cells, and their share of the width in percent."""


HEADS_AND_FEET = ("header1", "footer1", "header2", "footer2")
"""The parts round the pages: upright, and wide."""


def relationship(name: str) -> str:
    """Return the id by which sections name a head or a foot: ``rId`` and a number, all that some know."""
    return f"rId{HEADS_AND_FEET.index(name) + 1}"


def document() -> str:
    """Write the body."""
    body = (
        _cover() + _contents() + _text()
        + _annex("recommendations") + _annex("instruments", ends=_section(numbered=True))
        + _where(
            "annexes.matrix and not annexes.instruments",
            _p("POATableNote", ends=_section(numbered=True)),
        )
        + _annex("matrix", ends=_section(numbered=True, wide=True))
        + _annex("withdrawn") + _annex("participants")
        + _annex("endorsements") + _annex("corrigenda") + _links()
        + _section(numbered=True)
    )  # fmt: skip
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def header(*, wide: bool) -> str:
    """Write the head of a page: the title, which version this is, and what that still lacks."""
    style = "POAWideHeader" if wide else "Header"
    lacking = _p(style, "{%p if lacking %}"), _p(style, _TAB, "{{ lacking }}"), _p(style, "{%p endif %}")
    return f"<w:hdr {NAMESPACES}>{_p(style, '{{ title }}', _TAB, '{{ version }}')}{''.join(lacking)}</w:hdr>"


def footer(*, wide: bool) -> str:
    """Write the foot of a page: its number, and how many there are."""
    del wide  # both stand in the middle of the line
    return f"<w:ftr {NAMESPACES}>{_p('Footer', 'Page ', _field('PAGE'), ' of ', _field('NUMPAGES'))}</w:ftr>"


_TAB = "<w:r><w:tab/></w:r>"


def _run(text: str, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(style: str, *content: str, ends: str = "") -> str:
    """Write a paragraph; what is not XML yet is text, and `ends` is the section it ends."""
    runs = "".join(each if each.startswith("<") else _run(each) for each in content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed(style)}{ends}</w:pPr>{runs}</w:p>'


def _field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _tag(tag: str) -> str:
    """Write a tag that rules paragraphs, alone in its own."""
    return _p("POABody", f"{{%p {tag} %}}")


def _each(loop: str, *content: str) -> str:
    return _tag(f"for {loop}") + "".join(content) + _tag("endfor")


def _where(condition: str, *content: str) -> str:
    return _tag(f"if {condition}") + "".join(content) + _tag("endif")


def _section(*, numbered: bool, wide: bool = False) -> str:
    """Write the properties of a section: its paper, and the head and foot of its pages."""
    which = 2 if wide else 1
    around = "".join(
        f'<w:headerReference w:type="default" r:id="{relationship(f"header{which}")}"/>'
        f'<w:footerReference w:type="default" r:id="{relationship(f"footer{which}")}"/>'
    )
    margins = _MARGINS.format(side=(16838 - WIDE_WIDTH) // 2 if wide else (11906 - TEXT_WIDTH) // 2)
    paper = _WIDE if wide else _UPRIGHT
    return f'<w:sectPr>{around if numbered else ""}<w:type w:val="nextPage"/>{paper}{margins}</w:sectPr>'


def _cover() -> str:
    return (
        _where("symbol", _p("POASymbol", "{{ symbol }}"))
        + _p("Title", "{{ title }}")
        + _where("subtitle", _p("Subtitle", "{{ subtitle }}"))
        + _each(
            "line in cover",
            _p("POACover", _run("{{ line.label }}", "POACoverLabel"), _TAB, "{{ line.value }}"),
        )
        + _where("notice", _p("POANotice", "{{ notice }}", ends=_section(numbered=False)))
        + _where("not notice", _p("POACover", ends=_section(numbered=False)))
    )


def _contents() -> str:
    entry = ("{{ entry.number }}", _TAB, "{{ entry.title }}", _TAB, "{{ entry.paragraphs }}", _TAB)
    return (
        _p("TOCHeading", "Contents")
        + _p("POAContentsHead", _TAB, "Paragraphs", _TAB, "Page")
        + _each("entry in contents.sections", _p("TOC1", *entry, "{{ entry.page }}"))
        + _each("entry in contents.annexes", _p("TOC2", "{{ entry.title }}", _TAB, "{{ entry.page }}"))
    )


def _text() -> str:
    paragraph = _p("POAParagraph", "{{ paragraph.text }}")
    return (
        _p("POATextTitle", "{{ text_title }}")
        + _where("text_subtitle", _p("Subtitle", "{{ text_subtitle }}"))
        + _each("paragraph in front", _p("POAFront", "{{ paragraph.text }}"))
        + _where(
            "introduction",
            _p("POAUnnumberedHeading", "{{ introduction.title }}"),
            _each("paragraph in introduction.paragraphs", paragraph),
        )
        + _each(
            "section in sections",
            _p("POASectionHeading", "{{ section.title }}"),
            _each("paragraph in section.paragraphs", paragraph),
            _each(
                "action in section.actions",
                _p("POAAction", "{{ action.text }}"),
                _each(
                    "point in action.points",
                    _p("POAPoint", "{{ point.text }}"),
                    _each("subpoint in point.points", _p("POASubPoint", "{{ subpoint.text }}")),
                ),
                _where("action.settings", _p("POADetail", "{{ action.settings }}")),
                _where("action.links", _p("POASources", "{{ action.links }}")),
            ),
        )
    )


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


def _annex(name: str, *, ends: str = "") -> str:
    """Write an annex: its heading, what leads in, its tables, and the note that closes it."""
    columns = _TABLES[name]
    width = WIDE_WIDTH if name == "matrix" else TEXT_WIDTH
    widths = [width * share // 100 for share in columns.values()]
    return _where(
        f"annexes.{name}",
        _tag(f"set annex = annexes.{name}"),
        _p("POAAnnexHeading", "{{ annex.title }}"),
        _each("paragraph in annex.lead", _p("POABody", "{{ paragraph.text }}")),
        _each(
            "group in annex.groups",
            _where("group.title", _p("Heading2", "{{ group.title }}")),
            _table(list(columns), widths, _title(name)),
        ),
        _p("POATableNote", "{{ annex.note }}", ends=ends),
    )


def _title(name: str) -> str:
    """Return the title of an annex, which is the same in every house."""
    title: str = getattr(LABELS[House.UN], f"annex_{name}")
    return title


def _table(keys: list[str], widths: list[int], title: str) -> str:
    head = [f"{{{{ group.columns.{key} }}}}" for key in keys]
    cells = [f"{{{{ row.{key} }}}}" for key in keys]
    empty = [""] * len(keys)
    return table(
        widths,
        title,
        _row(head, widths, "POACellHead", "<w:cantSplit/><w:tblHeader/>"),
        _row(["{%tr for row in group.rows %}", *empty[1:]], widths, "POACell"),
        _row(cells, widths, "POACell", "<w:cantSplit/>"),
        _row(["{%tr endfor %}", *empty[1:]], widths, "POACell"),
    )


def _row(texts: list[str], widths: list[int], style: str, properties: str = "") -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_p(style, *([text] if text else []))}</w:tc>"
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _links() -> str:
    return _where(
        "annexes.links",
        _p("POAUnnumberedHeading", "{{ annexes.links.title }}"),
        _each("item in annexes.links.entries", _p("POAItem", "{{ item.text }}")),
    )
