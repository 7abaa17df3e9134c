"""The file that holds the parts: notes, properties, and the same bytes every time."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.archive.packing import FIRST_MOMENT, core_properties, unzipped, zipped
from poa_toolkit.word.ooxml import NAMESPACES, TEXTS, WORD, Taken, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from docx.document import Document as WordDocument

    from poa_toolkit.word.revising import Comment

_LIBREOFFICE_CORE = re.compile(
    rb"http://schemas\.openxmlformats\.org/officedocument/2006/relationships/metadata/core-properties"
)
_MARKS = ("w:bookmarkStart", "w:ins", "w:del", "w:commentRangeStart", "w:moveFromRangeStart", "w:permStart")
_NOTE_ID = re.compile(rb'<w:footnote [^>]*w:id="([0-9]+)"')
_ROOTS = {
    "word/document.xml": f"{{{WORD}}}document",
    "word/footnotes.xml": f"{{{WORD}}}footnotes",
    "word/styles.xml": f"{{{WORD}}}styles",
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM_PROPERTIES = (
    '<ds:datastoreItem ds:itemID="{{{identity}}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    '<ds:schemaRefs><ds:schemaRef ds:uri="{schema}"/></ds:schemaRefs></ds:datastoreItem>'
)
FOOTNOTES = (
    f"{_XML}<w:footnotes {NAMESPACES}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
"""A part of notes that has only the lines above them."""
_NOTE = (
    '<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    "{after}{runs}</w:p></w:footnote>"
)
_SPACE, _TAB = '<w:r><w:t xml:space="preserve"> </w:t></w:r>', "<w:r><w:tab/></w:r>"
"""What stands behind the number of a note: a tab where the style of notes has a stop for it."""
_COMMENT = (
    '<w:comment w:id="{number}" w:author="{author}" w:date="{date}" w:initials="{initials}">'
    '<w:p{paragraph}><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
    '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    '<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:comment>'
)
_FIRST_PARAGRAPH = 0x0A000000
"""Names of paragraphs are numbers below 0x80000000; Word's own begin anywhere."""
_NAMES = (
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)
_THREADS_RELATIONSHIP = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_THREADS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"


def mended(template: bytes) -> bytes:
    """Set, in a template that LibreOffice saved, the relationship type that python-docx looks for.

    LibreOffice writes it in lower case; a second docProps/core.xml would be added otherwise, and
    Word would call the file corrupt. Raises ValueError for a part that no Word file has.
    """
    parts = unzipped(template)
    _refuse_damaged(parts)
    relationships = parts.get("_rels/.rels", b"")
    if not _LIBREOFFICE_CORE.search(relationships):
        return template
    parts["_rels/.rels"] = _LIBREOFFICE_CORE.sub(
        RELATIONSHIP_TYPE.CORE_PROPERTIES.encode("ascii"), relationships
    )
    return zipped(parts, FIRST_MOMENT)


def _refuse_damaged(parts: Mapping[str, bytes]) -> None:
    """Refuse parts that are not XML, declare entities, or are not what their name says."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(content, parser)
            if root.getroottree().docinfo.doctype:
                raise ValueError(f"{name} declares entities")
            if etree.QName(root) != _ROOTS.get(name, etree.QName(root)):
                raise ValueError(f"{name} is not that part of a Word file")


def taken(document: WordDocument) -> Taken:
    """Return what the template has numbered and named in its body and its notes."""
    notes = _footnotes(document)
    body = document.element
    names = frozenset(each.get(qn("w:name"), "") for each in body.iter(qn("w:bookmarkStart")))
    controls = frozenset(_numbers(body.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"), "w:val"))
    return Taken(
        note=_last_note(notes) if notes else 0,
        comment=max(_numbers(_comments(document), "w:id"), default=-1),
        mark=max(_numbers(body.iter(*map(qn, _MARKS)), "w:id"), default=0),
        bookmarks=names,
        controls=controls,
    )


def _numbers(elements: Iterable[etree._Element], attribute: str) -> Iterator[int]:
    return (int(found) for each in elements if (found := each.get(qn(attribute), "")).isdecimal())


def _last_note(part: Part) -> int:
    return max((int(found) for found in _NOTE_ID.findall(part.blob)), default=0)


def with_footnotes(document: WordDocument, notes: Iterable[str]) -> dict[str, bytes]:
    """Return the part of the notes, by its name: those of the template, then these, numbered on.

    The document gets a part for them where it has none; there is nothing to give without a note.
    """
    part = _footnotes(document)
    first = _last_note(part) + 1 if part else 1
    after = _TAB if _notes_have_a_stop(document) else _SPACE
    written = "".join(
        _NOTE.format(number=number, after=after, runs=runs) for number, runs in enumerate(notes, first)
    )
    if not written:
        return {}
    if part is None:
        name = PackURI("/word/footnotes.xml")
        package = document.part.package
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, FOOTNOTES.encode("utf-8"), package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    start, end, rest = part.blob.rpartition(b"</w:footnotes>")
    return {part.partname.membername: start + written.encode("utf-8") + end + rest}


def _notes_have_a_stop(document: WordDocument) -> bool:
    stop = f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}"
    styles = document.styles.element.iterfind(qn("w:style"))
    notes = (each for each in styles if each.get(qn("w:styleId")) == "FootnoteText")
    return any(each.find(stop) is not None for each in notes)


def with_comments(document: WordDocument, comments: Iterable[Comment]) -> dict[str, bytes]:
    """Return the part of the comments, by its name: the template's, then these; nothing without any.

    Where one answers another, or is resolved, there is also the part that says so.
    """
    every = tuple(comments)
    if not every:
        return {}
    threads = any(each.parent >= 0 or each.resolved for each in every)
    written = "".join(_comment(each, is_named=threads) for each in every)
    added = parse_xml(f"<w:comments {NAMESPACES}{_NAMES if threads else ''}>{written}</w:comments>")
    part = _part(document, RELATIONSHIP_TYPE.COMMENTS)
    if part is None:
        name = PackURI("/word/comments.xml")
        part = Part(name, CONTENT_TYPE.WML_COMMENTS, b"", document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    else:
        added[:0] = list(_comments(document))
    made = {part.partname.membername: etree.tostring(added, encoding="UTF-8", standalone=True)}
    return made | _threads(document, every) if threads else made


def _comment(comment: Comment, *, is_named: bool) -> str:
    return _COMMENT.format(
        number=comment.number,
        date=comment.date,
        text=escaped(comment.text),
        author=escaped(comment.author),
        initials=escaped(comment.initials),
        paragraph=f' w14:paraId="{_paragraph(comment.number)}"' if is_named else "",
    )


def _paragraph(number: int) -> str:
    """Return by which name the part of threads knows the paragraph of a comment."""
    return f"{_FIRST_PARAGRAPH + number:08X}"


def _threads(document: WordDocument, comments: Iterable[Comment]) -> dict[str, bytes]:
    """Return the part that says which comment answers which, behind what the template has there."""
    rows = "".join(
        f'<w15:commentEx w15:paraId="{_paragraph(each.number)}"'
        + (f' w15:paraIdParent="{_paragraph(each.parent)}"' if each.parent >= 0 else "")
        + f' w15:done="{int(each.resolved)}"/>'
        for each in comments
    )
    part = _part(document, _THREADS_RELATIONSHIP)
    root = parse_xml(f"<w15:commentsEx{_NAMES}>{rows}</w15:commentsEx>")
    if part is None:
        part = Part(PackURI("/word/commentsExtended.xml"), _THREADS_TYPE, b"", document.part.package)
        document.part.relate_to(part, _THREADS_RELATIONSHIP)
    else:
        root[:0] = list(parse_xml(part.blob))
    return {part.partname.membername: etree.tostring(root, encoding="UTF-8", standalone=True)}


def _comments(document: WordDocument) -> list[etree._Element]:
    part = _part(document, RELATIONSHIP_TYPE.COMMENTS)
    return list(parse_xml(part.blob)) if part else []


def with_texts(document: WordDocument, texts: Iterable[bytes]) -> dict[str, Iterable[bytes]]:
    """Return the part that holds the text of every control, by its name, beside those the template has.

    The document gets an empty part for it, and its properties.
    """
    package = document.part.package
    there = {part.partname.membername for part in package.iter_parts()}
    number = next(each for each in count(1) if f"customXml/item{each}.xml" not in there)
    identity = uuid5(NAMESPACE_URL, TEXTS)
    properties = _ITEM_PROPERTIES.format(identity=str(identity).upper(), schema=TEXTS)
    item = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, b"", package)
    described = Part(
        PackURI(f"/customXml/itemProps{number}.xml"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        (_XML + properties).encode(),
        package,
    )
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    return {item.partname.membername: chain((_XML.encode(),), texts)}


def notes(document: WordDocument) -> Iterator[Part]:
    """Return the parts of footnotes and end notes that the template has."""
    parts = (_part(document, kind) for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES))
    return (each for each in parts if each is not None)


def _footnotes(document: WordDocument) -> Part | None:
    return _part(document, RELATIONSHIP_TYPE.FOOTNOTES)


def _part(document: WordDocument, kind: str) -> Part | None:
    for each in document.part.rels.values():
        if each.reltype == kind:
            part: Part = each.target_part
            return part
    return None


def set_properties(document: WordDocument, properties: Mapping[str, str], when: datetime) -> None:
    """Put these core properties in the place of those of the template."""
    element = document.core_properties._element  # noqa: SLF001 - it takes no text over 255 characters
    element[:] = list(parse_xml(core_properties(properties, when)))
