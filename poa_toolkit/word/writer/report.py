"""A report as a Word file: any document of headings, paragraphs and tables, in the packaged styles.

The plan itself goes through a template; a report has none, and nothing in it is a tracked change:
what came is underlined, what went is struck out. Of a comparison every change has a row: old words, new
words, what and why, three columns on wide paper.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from poa_toolkit.document.blocks import Heading, Paragraph, Role, Table, new_side, old_side
from poa_toolkit.document.runs import Deleted, Inserted, Link, Note, Text
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.word.ooxml import NAMESPACES
from poa_toolkit.word.revising import DELETED, INSERTED
from poa_toolkit.word.runs import MARK_STYLES, styled
from poa_toolkit.word.template import body, build, styles
from poa_toolkit.word.template.styles import Style, listed, rule, size, spacing
from poa_toolkit.word.template.un import DESIGN
from poa_toolkit.word.writer.drawings import Drawings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from poa_toolkit.document.blocks import Block, Document, Entry, Part
    from poa_toolkit.document.runs import Run

_STYLES = {Role.ITEM: "POAItem", Role.QUOTE: "POAQuote", Role.DETAIL: "POADetail", Role.FRONT: "POAFront"}
"""The style of each role of paragraph; of what is not here, POABody."""
_HEADINGS = {1: "POAReportHeading", 2: "Heading2"}
_WIDTH = DESIGN.paper.wide_text
_OWN_STYLES = (
    Style(
        "POAQuote", "POA Quote", based="POABody",
        paragraph=f'{rule("left", 12, 8, DESIGN.ink)}<w:ind w:left="340" w:right="340"/>',
    ),
    Style(
        "POAReportTitle", "POA Report Title", based="Title", follows="Subtitle",
        paragraph=f'{spacing(0, 8)}<w:ind w:left="0" w:right="0"/>', run=size(20),
    ),
    Style(
        "POAReportSubtitle", "POA Report Subtitle", based="Subtitle",
        paragraph='<w:ind w:left="0" w:right="0"/>',
    ),
    Style(
        "POAReportCover", "POA Report Cover", based="POACover",
        paragraph='<w:ind w:left="2552" w:right="0" w:hanging="2552"/>',
    ),
    Style(
        "POAReportHeading", "POA Report Heading", based="POAUnnumberedHeading", follows="POABody",
        paragraph='<w:ind w:left="0" w:right="0"/>',
    ),
)  # fmt: skip
"""A text shown whole, and what stands at the margin in a report, for its tables begin there."""
_COLUMNS = (37, 37, 26)
"""Shares of the width: old, new, what and why; in percent."""
_COUNTS = 66
"""Share of the width that a table of counts has, in percent."""
_TAB = "<w:r><w:tab/></w:r>"
_WHOLE = "<w:cantSplit/>"
"""What keeps a row on one page."""
_NUMBER = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def render(document: Document, *, when: datetime) -> bytes:
    """Return a report as the bytes of a Word file that bears the date `when`; always the same bytes.

    The pages lie on their side where a part asks for it. Raises TemplateError for characters that no
    Word file can hold.
    """
    wide = any(part.wide for part in document.parts)
    width, style = (_WIDTH, "POAWideHeader") if wide else (DESIGN.paper.text, "Header")
    drawings = Drawings()
    blocks = "".join((*_front(document), *_blocks(document, width, drawings)))
    # no report speaks for a stage, so what heads say of that is left out
    head = _paragraph(style, styled(document.title) + _TAB + styled(document.version))
    return _packed(document, blocks, head, when, wide=wide, media=drawings.media)


def render_comparison(document: Document, *, when: datetime) -> bytes:
    """Return a report of changes as the bytes of a Word file that bears the date `when`.

    Raises TemplateError for a text that no Word file can hold.
    """
    return _packed(document, "".join(_compared(document)), _head(document), when, wide=True)


def _packed(  # noqa: PLR0913 - one parameter a part of the file
    document: Document,
    blocks: str,
    head: str,
    when: datetime,
    *,
    wide: bool,
    media: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Pack a body in the styles of our template, under one head and over one foot on every page."""
    section = body.section(DESIGN.paper, ("1",), wide=wide)
    own = "".join(style.xml() for style in _OWN_STYLES)
    word = {
        "document": f"<w:document {NAMESPACES}><w:body>{blocks}{section}</w:body></w:document>",
        "styles": styles.styles(DESIGN).replace("</w:styles>", f"{own}</w:styles>"),
        "numbering": styles.numbering(DESIGN),
        "settings": build.settings(DESIGN._replace(mirrors=False)),
        "header1": f"<w:hdr {NAMESPACES}>{head}</w:hdr>",
        "footer1": f"<w:ftr {NAMESPACES}>{_foot()}</w:ftr>",
    }
    return build.packed(word, _properties(document), when, media)


def _properties(document: Document) -> dict[str, str]:
    return {
        "title": document.title,
        "author": TOOLKIT,
        "description": document.notice,
        "language": document.language,
    }


def _front(document: Document) -> Iterator[str]:
    yield _paragraph("POAReportTitle", styled(document.title))
    if document.subtitle:
        yield _paragraph("POAReportSubtitle", styled(document.subtitle))
    yield from _cover(document)
    if document.notice:
        yield _paragraph("POABody", styled(document.notice, "Emphasis"))


def _cover(document: Document) -> Iterator[str]:
    for label, value in document.cover:
        yield _paragraph("POAReportCover", styled(label, "POACoverLabel") + _TAB + styled(value))


def _blocks(document: Document, width: int, drawings: Drawings) -> Iterator[str]:
    blocks = [block for part in document.parts for block in part.blocks]
    for index, block in enumerate(blocks):
        yield _block(block, width, drawings)
        # two tables that touch would be one
        if isinstance(block, Table) and (index + 1 == len(blocks) or isinstance(blocks[index + 1], Table)):
            yield _paragraph("POATableNote")


def _block(block: Block, width: int, drawings: Drawings) -> str:
    match block:
        case Heading():
            number = styled(f"{block.number} ") if block.number else ""
            return _paragraph(_HEADINGS.get(block.level, "Heading2"), number + _runs(block.runs))
        case Paragraph():
            number = styled(f"{block.number} ") if block.number else ""
            return _paragraph(_STYLES.get(block.role, "POABody"), number + _runs(block.runs))
        case Table():
            weights = sum(column.weight for column in block.columns)
            widths = [width * column.weight // weights for column in block.columns]
            title = _paragraph("Heading2", styled(block.title)) if block.title else ""
            drawn = drawings.run(block, width)
            return (
                title
                + (_paragraph("POABody", drawn) if drawn else "")
                + _table(*_cells(block), widths, _WHOLE)
            )
        case _:
            assert_never(block)


def _cells(table: Table) -> tuple[list[str], list[list[list[str]]]]:
    """Return the titles of a table and its rows, each cell as its lines."""
    rows = [[[_runs(cell)] for cell in row.cells] for row in table.rows]
    return [column.title for column in table.columns], rows


def _paragraph(style: str, runs: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{listed(style)}</w:pPr>{runs}</w:p>'


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    match run:
        case Text(text, mark):
            return styled(text, MARK_STYLES[mark])
        case Inserted():
            return styled(run.text, INSERTED)
        case Deleted():
            return styled(run.text, DELETED)
        case Link():
            return styled(run.text)
        case Note():
            return styled(" (") + _runs(run.runs) + styled(")")
        case _:
            assert_never(run)


def _table(
    titles: Iterable[str], rows: Iterable[Sequence[Sequence[str]]], widths: Sequence[int], kept: str = ""
) -> str:
    """Write a table of which each cell has lines; `kept` says of every row what keeps it whole.

    It is called by the titles of its columns.
    """
    titles = list(titles)
    head = _row([[styled(title)] for title in titles], widths, "POACellHead", f"{kept}<w:tblHeader/>")
    written = (_row(cells, widths, "POACell", kept) for cells in rows)
    return body.table(widths, ", ".join(filter(None, titles)), head, *written)


def _row(cells: Iterable[Sequence[str]], widths: Iterable[int], style: str, properties: str) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_paragraph(style, line) for line in lines or ('',))}</w:tc>"
        for width, lines in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{written}</w:tr>"


def _head(document: Document) -> str:
    head = _paragraph("POAWideHeader", styled(document.title) + _TAB + styled(document.subtitle))
    return head + (_paragraph("POAWideHeader", _TAB + styled(document.lacking)) if document.lacking else "")


def _foot() -> str:
    page, pages = _NUMBER.format("PAGE"), _NUMBER.format("NUMPAGES")
    return _paragraph("Footer", styled("Page ") + page + styled(" of ") + pages)


def _compared(document: Document) -> Iterator[str]:
    yield _paragraph("POAReportTitle", styled(document.title))
    yield _paragraph("POAReportSubtitle", styled(document.subtitle))
    yield from _cover(document)
    if document.notice:
        yield _paragraph("POANotice", styled(document.notice))
    yield _paragraph("POAReportHeading", styled("Summary"))
    versions = [value.partition(" (sha256:")[0] for _, value in document.cover[:2]]
    for part in document.parts:
        for block in part.blocks:
            yield _counts(block) if isinstance(block, Table) else _block(block, _WIDTH, Drawings())
        if part.entries:
            yield _changes(part, [*versions, "What and why"])


def _counts(table: Table) -> str:
    total = sum(column.weight for column in table.columns)
    shares = [column.weight * _COUNTS // total for column in table.columns]
    return _table(*_cells(table), _widths(shares), _WHOLE) + _paragraph("POATableNote")


def _changes(part: Part, titles: Sequence[str]) -> str:
    rows = [
        ([*map(_runs, old_side(each))], [*map(_runs, new_side(each))], list(_told(each)))
        for each in part.entries
    ]
    return _table(titles, rows, _widths(_COLUMNS), _WHOLE)


def _widths(shares: Iterable[int]) -> list[int]:
    return [_WIDTH * share // 100 for share in shares]


def _told(entry: Entry) -> Iterator[str]:
    """Return what happened to what, its class, and why: its grounds, evidence and effects, a line each."""
    yield _runs(entry.title)
    grounds = f": {', '.join(entry.grounds)}" if entry.grounds else ""
    yield styled(f"{entry.weight}{grounds}", "Strong")
    for line in (entry.evidence, *entry.effects):
        if line:
            yield styled(line, "POAMuted")
