"""A report as a Word file: any document of headings, paragraphs and tables, in the packaged styles.

The plan itself goes through a template; a report has none, and nothing in it is a tracked change:
what came is underlined, what went is struck out.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, assert_never

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from poa_toolkit.document.blocks import Deleted, Heading, Inserted, Link, Note, Paragraph, Role, Table, Text
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.word import package
from poa_toolkit.word.runs import MARK_STYLES, styled
from poa_toolkit.word.template.parts import packaged_template
from poa_toolkit.word.template.styles import INK, TEXT_WIDTH, WIDE_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from docx.document import Document as WordDocument

    from poa_toolkit.document.blocks import Block, Document, Run

_NAMES = (
    f'xmlns:w="{package.WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_STYLES = {Role.ITEM: "POAItem", Role.QUOTE: "POAQuote", Role.DETAIL: "POADetail", Role.FRONT: "POAFront"}
"""The style of each role of paragraph; of what is not here, POABody."""
_HEADINGS = {1: "POAUnnumberedHeading", 2: "Heading2"}
_QUOTE = (
    f'<w:style {_NAMES} w:type="paragraph" w:customStyle="1" w:styleId="POAQuote"><w:name w:val="POA Quote"/>'
    '<w:basedOn w:val="POABody"/><w:qFormat/><w:pPr><w:pBdr>'
    f'<w:left w:val="single" w:sz="12" w:space="8" w:color="{INK}"/></w:pBdr>'
    '<w:ind w:left="340" w:right="340"/></w:pPr></w:style>'
)
"""A text shown whole; the template of the plan has no use for it."""
_TITLE = (
    f'<w:style {_NAMES} w:type="paragraph" w:customStyle="1" w:styleId="POAReportTitle">'
    '<w:name w:val="POA Report Title"/><w:basedOn w:val="Title"/><w:next w:val="Subtitle"/><w:qFormat/>'
    '<w:pPr><w:spacing w:before="0" w:after="160"/></w:pPr>'
    '<w:rPr><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>'
)
"""A title at the head of the first page: a report has no cover."""
_UPRIGHT = ('<w:pgSz w:w="11906" w:h="16838"/>', (11906 - TEXT_WIDTH) // 2, TEXT_WIDTH, "1")
_WIDE = ('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', (16838 - WIDE_WIDTH) // 2, WIDE_WIDTH, "2")


def render(document: Document, *, when: datetime) -> bytes:
    """Give a report as the bytes of a Word file that bears the date `when`; always the same bytes.

    The pages lie on their side where a part asks for it. Raises TemplateError for characters that no
    Word file can hold.
    """
    word = docx.Document(BytesIO(packaged_template()))
    paper, side, width, which = _WIDE if any(part.wide for part in document.parts) else _UPRIGHT
    body = "".join((*_front(document), *_blocks(document, width)))
    around = "".join(
        f'<w:{kind}Reference w:type="default" r:id="r_{kind}{which}"/>' for kind in ("header", "footer")
    )
    margins = (
        f'<w:pgMar w:top="1588" w:right="{side}" w:bottom="1418" w:left="{side}" '
        'w:header="794" w:footer="680" w:gutter="0"/>'
    )
    section = f"<w:sectPr>{around}{paper}{margins}</w:sectPr>"
    made = parse_xml(f"<w:body {_NAMES}>{body}{section}</w:body>")
    element = word.element.body
    element[:] = list(made)
    for style in (_TITLE, _QUOTE):
        word.styles.element.append(parse_xml(style))
    _fill_heads(word, document)
    properties = {
        "title": document.title,
        "author": TOOLKIT,
        "description": document.notice,
        "language": document.language,
    }
    package.set_properties(word, properties, when)
    saved = BytesIO()
    word.save(saved)
    return package.zipped(package.unzipped(saved.getvalue()), when)


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
    for label, value in document.cover:
        tab = "<w:r><w:tab/></w:r>"
        yield _paragraph("POACover", styled(label, "POACoverLabel") + tab + styled(value))
    if document.notice:
        yield _paragraph("POABody", styled(document.notice, "Emphasis"))


def _blocks(document: Document, width: int) -> Iterator[str]:
    blocks = [block for part in document.parts for block in part.blocks]
    for index, block in enumerate(blocks):
        yield _block(block, width)
        # two tables that touch would be one
        if isinstance(block, Table) and (index + 1 == len(blocks) or isinstance(blocks[index + 1], Table)):
            yield _paragraph("POATableNote", "")


def _block(block: Block, width: int) -> str:
    match block:
        case Heading():
            number = styled(f"{block.number} ") if block.number else ""
            return _paragraph(_HEADINGS.get(block.level, "Heading2"), number + _runs(block.runs))
        case Paragraph():
            number = styled(f"{block.number} ") if block.number else ""
            return _paragraph(_STYLES.get(block.role, "POABody"), number + _runs(block.runs))
        case Table():
            return _table(block, width)
        case _:
            assert_never(block)


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    match run:
        case Text(text, mark):
            return styled(text, MARK_STYLES[mark])
        case Inserted():
            return styled(run.text, "POAInserted")
        case Deleted():
            return styled(run.text, "POADeleted")
        case Link():
            return styled(run.text)
        case Note():
            return styled(" (") + _runs(run.runs) + styled(")")
        case _:
            assert_never(run)


def _table(table: Table, width: int) -> str:
    weights = sum(column.weight for column in table.columns)
    widths = [width * column.weight // weights for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    titles = _paragraph("Heading2", styled(table.title)) if table.title else ""
    head = _row([styled(column.title) for column in table.columns], widths, "POACellHead", "<w:tblHeader/>")
    rows = "".join(_row([_runs(cell) for cell in row.cells], widths, "POACell", "") for row in table.rows)
    return (
        f'{titles}<w:tbl><w:tblPr><w:tblStyle w:val="POATable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{head}{rows}</w:tbl>"
    )


def _row(cells: Iterable[str], widths: Iterable[int], style: str, properties: str) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(style, runs)}</w:tc>'
        for width, runs in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{written}</w:tr>"
