"""A document as a Word file: the template filled, notes and properties added."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from docx.oxml.ns import qn

from poa_toolkit.archive import packing, untrusted
from poa_toolkit.document.blocks import Layout
from poa_toolkit.document.generated_lines import lines
from poa_toolkit.errors import TemplateError
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.returned.word_file import is_detail
from poa_toolkit.word import comments_behind_notes, ooxml, package
from poa_toolkit.word.template import parts as template_parts
from poa_toolkit.word.template.packaged import packaged_template
from poa_toolkit.word.writer import fill, languages, line_numbered, pages
from poa_toolkit.word.writer.anchors import anchors
from poa_toolkit.word.writer.context import ASIDE, context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from docx.document import Document as WordDocument

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.returned.printed_texts import Line
    from poa_toolkit.word.ooxml import Control

_MARKUP = re.compile(rb"<[^>]*>")
_EMPTY_LAST_SECTION = re.compile(
    rb"(\n<w:p(?: [^>]*)?><w:pPr>(?:(?!</w:pPr>|<w:sectPr).)*)"
    rb"(<w:sectPr(?:[^>]*/>|(?:(?!</w:pPr>).)*</w:sectPr>))"
    rb"((?:(?!</w:p>).)*</w:p>)"
    rb"\s*<w:sectPr.*(</w:body>.*)",
    re.DOTALL,
)
"""A paragraph that ends a section, those properties, its runs; and then the last section, empty."""


def render(document: Document, *, template: bytes | None = None, when: datetime) -> bytes:
    """Return a document, clean or a redline, as the bytes of a Word file.

    `template` is a Word file with tags (`word.writer.context` lists the names), else that of the house;
    `when` is the date, with its time zone, that the file and its properties bear. The same
    arguments give the same bytes. Raises TemplateError when the template cannot be used.
    """
    given = packaged_template(document.house) if template is None else template
    marks = document.marks if document.revision else None
    filled = fill.render(given, context(document, _asked(given)), anchors(document), marks)
    word: WordDocument = filled.docx
    pen = filled.pen
    added: dict[str, bytes | bytearray] = {}
    added |= package.with_footnotes(word, (pen.note(*note) for note in pen.notes))
    added |= package.with_comments(word, pen.reviser.comments)
    texts: dict[str, Iterable[bytes]] = {}
    if pen.controls:
        controls = tuple(pen.controls.values())
        beside = _beside(document, controls)
        texts = package.with_texts(word, ooxml.written(document, controls, beside, pen.referred))
    package.set_properties(
        word,
        {
            "title": document.title,
            # the convenors stand on the cover; that they wrote the file is not ours to say
            "author": TOOLKIT,
            "description": document.notice,
            "language": document.language,
        },
        when,
    )
    _set_language(word, document.language)
    _drop_empty_last_section(filled.body)
    comments_behind_notes.moved(filled.body)
    saved = BytesIO()
    word.save(saved)
    body = {word.part.partname.membername: filled.body}
    parts = {**packing.unzipped(saved.getvalue()), **added, **body}
    if document.layout is Layout.ROOM:
        parts = line_numbered.for_the_room(parts)
    spoken = {name: _spoken(name, content) for name, content in parts.items()}
    return packing.zipped({**spoken, **texts}, when)


@lru_cache(maxsize=2)  # a build fills one template twice
def _asked(template: bytes) -> frozenset[str]:
    """Return which of the names made aside a template may ask for; a tag may be split over several runs."""
    try:
        parts = packing.unzipped(template)
    except (BadZipFile, EOFError, ValueError, RuntimeError):
        return frozenset()  # what is no Word file asks for nothing, and is refused where it is filled
    text = b" ".join(_MARKUP.sub(b"", content) for name, content in parts.items() if name.endswith(".xml"))
    return frozenset(name for name in ASIDE if name.encode("ascii") in text)


def _beside(document: Document, controls: Iterable[tuple[Control, str]]) -> Iterator[Line]:
    """Return the lines of the version that is printed, as they come back where they have no controls."""
    numbers = {name: anchor.number for name, anchor in anchors(document).items()}
    apart = frozenset(control.field for control, _ in controls if is_detail(control.tag))
    for each in lines(document.clean or document, numbers, apart):
        if each.words or each.whole:
            yield each


def _spoken(name: str, content: bytes | bytearray) -> bytes | bytearray:
    return languages.spoken(content) if name.startswith("word/") and name.endswith(".xml") else content


def render_untrusted(document: Document, template: bytes, *, when: datetime) -> bytes:
    """Do the same with a template that is not to be trusted; `child` calls it behind walls."""
    try:
        parts = template_parts.opened(template)
    except untrusted.UnsafePartError as error:
        raise TemplateError(str(error)) from None
    prepared = packing.zipped(template_parts.without_attached(parts), when)
    return render(document, template=prepared, when=when)


def digest(file: bytes) -> str:
    """Return the digest of what a Word file holds: SHA-256 over the sorted names and contents of its parts.

    Unlike that of the file, it does not depend on how the machine packs it, nor on a layout of its pages.
    """
    found = sha256()
    for name, content in sorted(pages.without_pages(packing.unzipped(file)).items()):
        for piece in (name.encode("utf-8"), content):
            found.update(len(piece).to_bytes(8, "big") + piece)
    return f"sha256:{found.hexdigest()}"


def without_place(file: bytes) -> frozenset[str]:
    """Return the amendments for whose words the template of a file for the room has no place."""
    roots = (
        untrusted.tree(name, content)
        for name, content in packing.unzipped(file).items()
        if name.startswith("customXml/item")
    )
    found = (ooxml.record(root).proposals for root in roots if ooxml.is_record(root))
    lost = (text for each in found if each for text in each.texts if not text.bookmark)
    stretches = (each for text in lost for each in text.stretches)
    return frozenset(name for each in stretches for name in (*each.gone, each.came) if name)


def _set_language(word: WordDocument, language: str) -> None:
    """Say in which language the text is, where the styles give the default."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        for each in defaults.iter(qn("w:lang")):
            each.set(qn("w:val"), language)


def _drop_empty_last_section(body: bytearray) -> None:
    """Let the section before the last be the last, when nothing stands after it.

    The break that ends a section stands in its last paragraph; without this an annex that the
    document has not would leave an empty page.
    """
    last = body.rfind(b"\n<w:p")  # the engine lets every paragraph begin a line
    found = _EMPTY_LAST_SECTION.match(body, last) if last > 0 else None
    if found:
        before, ends, runs, end = found.groups()
        body[last:] = before + runs + ends + end
