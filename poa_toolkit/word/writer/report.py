"""A report as a Word file: any document of headings, paragraphs and tables, in the packaged styles.

The plan itself goes through a template; a report has none, and nothing in it is a tracked change:
what came is underlined, what went is struck out. Of a comparison every change has a row: old words, new
words, what and why, three columns on wide paper.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, assert_never

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from poa_toolkit.document.blocks import Heading, Paragraph, Role, Table, new_side, old_side
from poa_toolkit.document.runs import Deleted, Inserted, Link, Note, Text
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.word import package
from poa_toolkit.word.ooxml import NAMESPACES
from poa_toolkit.word.revising import DELETED, INSERTED
from poa_toolkit.word.runs import MARK_STYLES, styled
from poa_toolkit.word.template import body, build, styles
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.template.styles import INK, TEXT_WIDTH, WIDE_WIDTH, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from docx.document import Document as WordDocument

    from poa_toolkit.document.blocks import Block, Document, Entry, Part
    from poa_toolkit.document.runs import Run

_STYLES = {Role.ITEM: "POAItem", Role.QUOTE: "POAQuote", Role.DETAIL: "POADetail", Role.FRONT: "POAFront"}
"""The style of each role of paragraph; of what is not here, POABody."""
_HEADINGS = {1: "POAUnnumberedHeading", 2: "Heading2"}
_QUOTE = (
    f'<w:style {NAMESPACES} w:type="paragraph" w:customStyle="1" w:styleId="POAQuote">'
    '<w:name w:val="POA Quote"/><w:basedOn w:val="POABody"/><w:qFormat/><w:pPr><w:pBdr>'
    f'<w:left w:val="single" w:sz="12" w:space="8" w:color="{INK}"/></w:pBdr>'
    '<w:ind w:left="340" w:right="340"/></w:pPr></w:style>'
)
"""A text shown whole; the template of the plan has no use for it."""
_TITLE = (
    f'<w:style {NAMESPACES} w:type="paragraph" w:customStyle="1" w:styleId="POAReportTitle">'
    '<w:name w:val="POA Report Title"/><w:basedOn w:val="Title"/><w:next w:val="Subtitle"/><w:qFormat/>'
    '<w:pPr><w:spacing w:before="0" w:after="160"/></w:pPr>'
    '<w:rPr><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>'
)
"""A title at the head of the first page: a report has no cover."""
_UPRIGHT = ('<w:pgSz w:w="11906" w:h="16838"/>', (11906 - TEXT_WIDTH) // 2, TEXT_WIDTH, "1")
_WIDE = ('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', (16838 - WIDE_WIDTH) // 2, WIDE_WIDTH, "2")

_TABLE_PAGE = (
    f'<w:sectPr><w:headerReference w:type="default" r:id="{body.relationship("header2")}"/>'
    f'<w:footerReference w:type="default" r:id="{body.relationship("footer2")}"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    f'<w:pgMar w:top="1418" w:right="{(16838 - WIDE_WIDTH) // 2}" w:bottom="1247" '
    f'w:left="{(16838 - WIDE_WIDTH) // 2}" w:header="680" w:footer="567" w:gutter="0"/></w:sectPr>'
)
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
    word = docx.Document(BytesIO(packaged_template()))
    paper, side, width, which = _WIDE if any(part.wide for part in document.parts) else _UPRIGHT
    blocks = "".join((*_front(document), *_blocks(document, width)))
    around = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{body.relationship(f"{kind}{which}")}"/>'
        for kind in ("header", "footer")
    )
    margins = (
        f'<w:pgMar w:top="1588" w:right="{side}" w:bottom="1418" w:left="{side}" '
        'w:header="794" w:footer="680" w:gutter="0"/>'
    )
    section = f"<w:sectPr>{around}{paper}{margins}</w:sectPr>"
    made = parse_xml(f"<w:body {NAMESPACES}>{blocks}{section}</w:body>")
    element = word.element.body
    element[:] = list(made)
    for style in (_TITLE, _QUOTE):
        word.styles.element.append(parse_xml(style))
    _fill_heads(word, document)
    package.set_properties(word, _properties(document), when)
    saved = BytesIO()
    word.save(saved)
    return package.zipped(package.unzipped(saved.getvalue()), when)


def render_comparison(document: Document, *, when: datetime) -> bytes:
    """Return a report of changes as the bytes of a Word file that bears the date `when`.

    It has the styles of the packaged template. Raises TemplateError for a text that no Word file can hold.
    """
    empty = f"<w:{{0}} {NAMESPACES}>{_paragraph('Header')}</w:{{0}}>"
    blocks = "".join(_compared(document))
    word = {
        "document": f"<w:document {NAMESPACES}><w:body>{blocks}{_TABLE_PAGE}</w:body></w:document>",
        "styles": styles.styles(),
        "numbering": styles.numbering(),
        "settings": build.settings(),
        "header1": empty.format("hdr"),
        "footer1": empty.format("ftr"),
        "header2": f"<w:hdr {NAMESPACES}>{_head(document)}</w:hdr>",
        "footer2": f"<w:ftr {NAMESPACES}>{_foot()}</w:ftr>",
    }
    return build.packed(word, _properties(document), when)


def _properties(document: Document) -> dict[str, str]:
    return {
        "title": document.title,
        "author": TOOLKIT,
        "description": document.notice,
        "language": document.language,
    }


def _fill_heads(word: WordDocument, document: Document) -> None:
    """Fill the heads of pages; no report speaks for a stage, so what they say of that is left out."""
    values = {"{{ title }}": document.title, "{{ version }}": document.version}
    for part in word.part.package.iter_parts():
        if part.partname.startswith("/word/header"):
            first, *others = part.element.findall(qn("w:p"))
            for paragraph in others:
                part.element.remove(paragraph)
            for text in first.iter(qn("w:t")):
                text.text = values.get(text.text or "", text.text)


def _front(document: Document) -> Iterator[str]:
    yield _paragraph("POAReportTitle", styled(document.title))
    if document.subtitle:
        yield _paragraph("Subtitle", styled(document.subtitle))
    yield from _cover(document)
    if document.notice:
        yield _paragraph("POABody", styled(document.notice, "Emphasis"))


def _cover(document: Document) -> Iterator[str]:
    for label, value in document.cover:
        yield _paragraph("POACover", styled(label, "POACoverLabel") + _TAB + styled(value))


def _blocks(document: Document, width: int) -> Iterator[str]:
    blocks = [block for part in document.parts for block in part.blocks]
    for index, block in enumerate(blocks):
        yield _block(block, width)
        # two tables that touch would be one
        if isinstance(block, Table) and (index + 1 == len(blocks) or isinstance(blocks[index + 1], Table)):
            yield _paragraph("POATableNote")


def _block(block: Block, width: int) -> str:
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
            return title + _table(*_cells(block), widths)
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
    yield _paragraph("POATextTitle", styled(document.title))
    yield _paragraph("Subtitle", styled(document.subtitle))
    yield from _cover(document)
    if document.notice:
        yield _paragraph("POANotice", styled(document.notice))
    yield _paragraph("POAUnnumberedHeading", styled("Summary"))
    versions = [value.partition(" (sha256:")[0] for _, value in document.cover[:2]]
    for part in document.parts:
        for block in part.blocks:
            yield _counts(block) if isinstance(block, Table) else _block(block, WIDE_WIDTH)
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
    return [WIDE_WIDTH * share // 100 for share in shares]


def _told(entry: Entry) -> Iterator[str]:
    """Return what happened to what, its class, and why: its grounds, evidence and effects, a line each."""
    yield _runs(entry.title)
    grounds = f": {', '.join(entry.grounds)}" if entry.grounds else ""
    yield styled(f"{entry.weight}{grounds}", "Strong")
    for line in (entry.evidence, *entry.effects):
        if line:
            yield styled(line, "POAMuted")
