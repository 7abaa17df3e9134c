"""A document as a Word file: the template filled, notes and properties added."""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from poa_toolkit.word import engine, package
from poa_toolkit.word.context import anchors, context
from poa_toolkit.word.runs import Pen

if TYPE_CHECKING:
    from datetime import datetime

    from docx.document import Document as WordDocument
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.document.parts import Document


def packaged_template() -> bytes:
    """Give the template that comes with the toolkit."""
    return resources.files("poa_toolkit.word").joinpath("template.docx").read_bytes()


def render(document: Document, *, template: bytes | None = None, when: datetime) -> bytes:
    """Give a document as the bytes of a Word file.

    `template` is a Word file with tags (`word.context` lists the names), else the packaged one;
    `when` is the date, with its time zone, that the file and its properties bear. The same
    arguments give the same bytes. Raises TemplateError when the template cannot be used.
    """
    pen = Pen(anchors(document))
    filled = engine.render(template or packaged_template(), context(document), pen)
    word: WordDocument = filled.docx
    package.add_footnotes(word, [pen.note(note) for note in pen.notes])
    package.set_properties(
        word,
        {
            "title": document.title,
            "author": document.author,
            "description": document.notice,
            "language": document.language,
        },
        when,
    )
    _set_language(word, document.language)
    _drop_empty_last_section(filled.filled_body)
    saved = BytesIO()
    word.save(saved)
    parts = package.unzipped(saved.getvalue())
    parts[word.part.partname.membername] = filled.body_part()
    return package.zipped(parts, when)


def _set_language(word: WordDocument, language: str) -> None:
    """Say in which language the text is, where the styles give the default."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        for each in defaults.iter(qn("w:lang")):
            each.set(qn("w:val"), language)


def _drop_empty_last_section(body: etree._Element) -> None:
    """Let the section before the last be the last, when nothing stands after it.

    The break that ends a section stands in its last paragraph; without this an annex that the
    document has not would leave an empty page.
    """
    if len(body) < 2:  # noqa: PLR2004 - a paragraph and the properties of the section
        return
    last, properties = body[-2], body[-1]
    ends = last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if ends is not None and properties.tag == qn("w:sectPr"):
        body.replace(properties, ends)
