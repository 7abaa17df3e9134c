"""The pages of the entries of the contents: taken from a layout, written into the fields for them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from poa_toolkit.archive import packing, untrusted
from poa_toolkit.errors import PoaError
from poa_toolkit.word.ooxml import WORD, laid_out_by
from poa_toolkit.word.writer.libreoffice import converted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

MAIN = "word/document.xml"
LONGEST = 2 * 1024 * 1024
"""Bytes of a body beyond which a layout takes minutes, so that it is made only for whoever asks for it."""
_W = f"{{{WORD}}}"
_FIELD = re.compile(
    rb"PAGEREF (?P<name>\w+) \\h </w:instrText></w:r>"
    rb'<w:r>(?P<properties>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:fldChar w:fldCharType="separate"/></w:r>'
    rb"(?P<result>(?:<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t>\w+</w:t></w:r>)?)"
)
"""A field for a page as `word.runs` writes it, and its result where it has one."""
_INSTRUCTION = re.compile(r"\s*PAGEREF\s+(\S+)")
_PAGE = re.compile(r"[0-9a-z]{1,9}", re.IGNORECASE)
_PROGRAM = re.compile(rb"<Application>LibreOffice/([0-9.]+)")


class Pages(NamedTuple):
    """What a layout of a Word file says."""

    by: str
    """The program that made it, such as ``LibreOffice 7.4.7.2``."""
    of: dict[str, str]
    """The page of each bookmark that the contents name, as it is printed there."""


def asked(file: bytes) -> frozenset[str]:
    """Return the bookmarks whose pages a Word file prints; empty for one without contents."""
    return frozenset(found["name"].decode() for found in _FIELD.finditer(_body(file)))


def is_long(file: bytes) -> bool:
    """Return whether a layout of a Word file takes minutes; the body is not read, for it takes much room."""
    with ZipFile(BytesIO(file)) as archive:
        return archive.getinfo(MAIN).file_size > LONGEST


def _body(file: bytes) -> bytes:
    with ZipFile(BytesIO(file)) as archive:
        return archive.read(MAIN)


def laid_out(files: Sequence[bytes]) -> tuple[Pages, ...]:
    """Return what a layout of each of some Word files says: LibreOffice opens them and computes their fields.

    Raises PoaError, one line, where LibreOffice is not there, takes too long, or leaves a page out.
    """
    otherwise = "leave out --pages"
    made = converted(files, "docx", because="the pages of the contents are found", otherwise=otherwise)
    return tuple(_said(each, asked(file)) for each, file in zip(made, files, strict=True))


def _said(file: bytes, names: frozenset[str]) -> Pages:
    parts = untrusted.parts(file)
    version = _PROGRAM.search(parts.get("docProps/app.xml", b""))
    found = dict(_results(untrusted.tree(MAIN, parts[MAIN])))
    pages = {name: found[name] for name in sorted(names) if _PAGE.fullmatch(found.get(name, ""))}
    if len(pages) < len(names):
        raise PoaError("LibreOffice laid the document out, and did not say every page of its contents")
    return Pages(f"LibreOffice {version[1].decode()}" if version else "LibreOffice", pages)


def fits(pages: Pages, file: bytes) -> bool:
    """Return whether these can be the pages of a Word file: one for each that it prints, and nothing else."""
    return pages.of.keys() == asked(file) and all(map(_PAGE.fullmatch, pages.of.values()))


def _results(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Return the bookmark of each field for a page, and what the field shows."""
    instruction = result = ""
    for element in body.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}t"):
        kind = element.get(f"{_W}fldCharType", "")
        if kind == "begin":
            instruction = result = ""
        elif kind == "end":
            if found := _INSTRUCTION.match(instruction):
                yield found[1], result.strip()
            instruction = result = ""
        elif element.tag == f"{_W}instrText":
            instruction += element.text or ""
        elif element.tag == f"{_W}t":
            result += element.text or ""


def with_pages(file: bytes, pages: Pages, when: datetime) -> bytes:
    """Return a Word file whose contents show these pages, and whose record says who found them.

    `when` is the date that the file bears.
    """

    def filled(field: re.Match[bytes]) -> bytes:
        page = pages.of[field["name"].decode()].encode()
        start = field.group().removesuffix(field["result"]) if field["result"] else field.group()
        return start + b"<w:r>" + field["properties"] + b"<w:t>" + page + b"</w:t></w:r>"

    parts = packing.unzipped(file)
    parts[MAIN] = _FIELD.sub(filled, parts[MAIN])
    return packing.zipped({name: laid_out_by(content, pages.by) for name, content in parts.items()}, when)


def without_pages(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a Word file as they were before a layout said its pages."""
    bare = {name: laid_out_by(content, "") for name, content in parts.items()}
    if MAIN in bare:
        bare[MAIN] = _FIELD.sub(lambda found: found.group().removesuffix(found["result"]), bare[MAIN])
    return bare
