"""Word files of others, opened with care: bounded before anything is inflated or parsed."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipInfo

MAX_FILE = 64 * 1024 * 1024
MAX_PART = 32 * 1024 * 1024
MAX_WHOLE = 200 * 1024 * 1024
MAX_PARTS = 2000
MAX_RATIO = 200
"""How many bytes one byte of the file may become; text is packed to a tenth or a twentieth."""
_SMALL = 1024 * 1024
"""Bytes below which a part may be packed as tightly as it can be."""


class UnsafePartError(ValueError):
    """A Word file, or a part of it, that is not opened; the message is one line and names the part."""


def parts(file: bytes) -> dict[str, bytes]:
    """Read the parts of a Word file that nobody vouches for: name → bytes.

    Raises UnsafePartError for what is no such file, or would be too large.
    """
    if len(file) > MAX_FILE:
        raise UnsafePartError(
            f"the file holds {len(file) // 1024 // 1024} MiB; {_mebibytes(MAX_FILE)} are read"
        )
    try:
        with ZipFile(BytesIO(file)) as archive:
            entries = archive.infolist()
            _refuse_too_much(entries)
            return {each.filename: _read(archive, each) for each in entries}
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise UnsafePartError(f"the file is damaged, or is no Word file: {_line(error)}") from None


def _refuse_too_much(entries: list[ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise UnsafePartError(f"the file has {len(entries)} parts; {MAX_PARTS} are read")
    names = [each.filename for each in entries]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UnsafePartError(f"{twice}: the part is there twice")
    for each in entries:
        if each.filename.startswith(("/", "\\")) or ".." in each.filename.replace("\\", "/").split("/"):
            raise UnsafePartError(f"{each.filename}: the name leads out of the file")
        if each.file_size > MAX_PART and each.filename.endswith((".xml", ".rels")):
            raise UnsafePartError(f"{each.filename}: the part would hold more than {_mebibytes(MAX_PART)}")
        if each.file_size > max(_SMALL, MAX_RATIO * each.compress_size):
            raise UnsafePartError(
                f"{each.filename}: the part grows more than {MAX_RATIO}-fold when it is opened"
            )
    if sum(each.file_size for each in entries) > MAX_WHOLE:
        raise UnsafePartError(f"the file would hold more than {_mebibytes(MAX_WHOLE)}")


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    """Read one part, and no more of it than the list of parts says."""
    with archive.open(entry) as part:
        content = part.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise UnsafePartError(f"{entry.filename}: the part is larger than the file says")
    return content


def tree(name: str, content: bytes) -> etree._Element:
    """Parse a part as XML.

    Raises UnsafePartError for what is not well-formed, declares entities, or nests without end.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafePartError(f"{name}: the part is not well-formed: {_line(error)}") from None
    if root.getroottree().docinfo.doctype:
        raise UnsafePartError(f"{name}: the part declares entities")
    return root


def trees(found: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """Parse every part that is XML."""
    return {name: tree(name, content) for name, content in found.items() if name.endswith((".xml", ".rels"))}


def _mebibytes(size: int) -> str:
    return f"{size // 1024 // 1024} MiB"


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
