"""A report of changes as a Word file: old words, new words, what and why, three columns on wide paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from poa_toolkit.document.blocks import (
    Deleted,
    Heading,
    Inserted,
    Link,
    Mark,
    Note,
    Paragraph,
    Role,
    Table,
    Text,
    new_side,
    old_side,
)
from poa_toolkit.errors import TemplateError
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.word.package import WORD
from poa_toolkit.word.revising import DELETED, INSERTED
from poa_toolkit.word.runs import MARK_STYLES, styled
from poa_toolkit.word.template import build, styles
from poa_toolkit.word.template.styles import WIDE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from poa_toolkit.document.blocks import Block, Document, Entry, Part, Run

_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="r_header2"/>'
    '<w:footerReference w:type="default" r:id="r_footer2"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    f'<w:pgMar w:top="1418" w:right="{(16838 - WIDE_WIDTH) // 2}" w:bottom="1247" '
    f'w:left="{(16838 - WIDE_WIDTH) // 2}" w:header="680" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_COLUMNS = (37, 37, 26)
"""Shares of the width: old, new, what and why; in percent."""
_COUNTS = 66
"""Share of the width that a table of counts has, in percent."""
_STYLES = {Role.ITEM: "POAItem", Role.BODY: "POABody"}
_TAB = "<w:r><w:tab/></w:r>"
_NUMBER = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def render(document: Document, *, when: datetime) -> bytes:
    """Give a report of changes as the bytes of a Word file that bears the date `when`.

    It has the styles of the packaged template. Raises TemplateError for a text that no Word file can hold.
    """
    empty = f"<w:{{0}} {_NAMESPACES}>{_paragraph('Header')}</w:{{0}}>"
    body = "".join(_body(document))
    word = {
        "document": f"<w:document {_NAMESPACES}><w:body>{body}{_PAGE}</w:body></w:document>",
        "styles": styles.styles(),
        "numbering": styles.numbering(),
        "settings": build.settings(),
        "header1": empty.format("hdr"),
        "footer1": empty.format("ftr"),
        "header2": f"<w:hdr {_NAMESPACES}>{_head(document)}</w:hdr>",
        "footer2": f"<w:ftr {_NAMESPACES}>{_foot()}</w:ftr>",
    }
    properties = {
        "title": document.title,
        "author": TOOLKIT,
        "description": document.notice,
        "language": document.language,
    }
    return build.packed(word, properties, when)


def _head(document: Document) -> str:
    head = _paragraph("POAWideHeader", styled(document.title, ""), _TAB, styled(document.subtitle, ""))
    lacking = _paragraph("POAWideHeader", _TAB, styled(document.lacking, "")) if document.lacking else ""
    return head + lacking


def _foot() -> str:
    page, pages = _NUMBER.format("PAGE"), _NUMBER.format("NUMPAGES")
    return _paragraph("Footer", styled("Page ", ""), page, styled(" of ", ""), pages)


def _body(document: Document) -> Iterator[str]:
    yield _paragraph("POATextTitle", styled(document.title, ""))
    yield _paragraph("Subtitle", styled(document.subtitle, ""))
    for label, value in document.cover:
        yield _paragraph("POACover", styled(label, "POACoverLabel"), _TAB, styled(value, ""))
    if document.notice:
        yield _paragraph("POANotice", styled(document.notice, ""))
    yield _paragraph("POAUnnumberedHeading", styled("Summary", ""))
    versions = [value.partition(" (sha256:")[0] for _, value in document.cover[:2]]
    for part in document.parts:
        yield from (_block(block) for block in part.blocks)
        if part.entries:
            yield _comparison(part, [*versions, "What and why"])


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _paragraph("POAUnnumberedHeading", _runs(block.runs))
        case Paragraph():
            return _paragraph(_STYLES.get(block.role, "POABody"), _runs(block.runs))
        case Table():
            total = sum(column.weight for column in block.columns)
            shares = [column.weight * _COUNTS // total for column in block.columns]
            head = [styled(column.title, "") for column in block.columns]
            rows = [[[_runs(cell)] for cell in row.cells] for row in block.rows]
            return _table(head, rows, shares) + _paragraph("POATableNote")
        case _:
            assert_never(block)


def _comparison(part: Part, titles: Sequence[str]) -> str:
    rows = [
        [list(_cell(old_side(each))), list(_cell(new_side(each))), list(_told(each))] for each in part.entries
    ]
    return _table([styled(title, "") for title in titles], rows, _COLUMNS)


def _cell(words: tuple[tuple[Run, ...], ...]) -> Iterator[str]:
    for runs in words:
        yield _runs(runs)


def _told(entry: Entry) -> Iterator[str]:
    """Say what happened to what, its class, and why: its grounds, evidence and effects, a line each."""
    yield _runs(entry.title)
    grounds = f": {', '.join(entry.grounds)}" if entry.grounds else ""
    yield styled(f"{entry.weight}{grounds}", "Strong")
    for line in (entry.evidence, *entry.effects):
        if line:
            yield styled(line, "POAMuted")


def _table(head: Sequence[str], rows: Sequence[Sequence[Sequence[str]]], shares: Sequence[int]) -> str:
    widths = [WIDE_WIDTH * share // 100 for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = (_row(cells, widths, "POACell") for cells in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="POATable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + _row([[each] for each in head], widths, "POACellHead", "<w:cantSplit/><w:tblHeader/>")
        + "".join(written)
        + "</w:tbl>"
    )


def _row(
    cells: Sequence[Sequence[str]], widths: Sequence[int], style: str, properties: str = "<w:cantSplit/>"
) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{''.join(_paragraph(style, line) for line in cell or ('',))}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def _paragraph(style: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    match run:
        case Text():
            return styled(run.text, MARK_STYLES[run.mark])
        case Inserted():
            return styled(run.text, INSERTED)
        case Deleted():
            return styled(run.text, DELETED)
        case Link():
            return styled(run.text, MARK_STYLES[Mark.PLAIN])
        case Note():
            raise TemplateError("a report of changes has no notes")
        case _:
            assert_never(run)
