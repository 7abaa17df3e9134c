"""Office files of others, opened with care: bounded before anything is inflated or parsed."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipInfo

MAX_FILE = 64 * 1024 * 1024
MAX_PART = 32 * 1024 * 1024
MAX_WHOLE = 200 * 1024 * 1024
MAX_PARTS = 2000
MAX_RATIO = 200
"""How many bytes one byte of the file may become; text is packed to a tenth or a twentieth."""
_SMALL = 1024 * 1024
"""Bytes below which a part may be packed as tightly as it can be."""
_LIST_ENTRY = 1024
"""More bytes than an entry of the list of parts needs."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old .doc or .xls begins, and a .docx or .xlsx with a password."""
_LIST_END = b"PK\x05\x06"
_UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\x7f]")
_PARSING = {
    "load_dtd": False,
    "no_network": True,
    "resolve_entities": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""Nothing is expanded or fetched; libxml2 stops at 256 levels and at ten million characters of one text."""


Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it
"""An element of a part, for those who read one."""


class Program(NamedTuple):
    """The program whose files are read, as messages speak of it."""

    name: str
    """``Word``."""
    file: str
    """What it calls a file: ``a Word file`` is what others are not."""
    old: str
    """The suffix of its files of old."""
    suffix: str
    """The suffix under which it saves what can be read."""


WORD = Program("Word", "Word file", ".doc", ".docx")
EXCEL = Program("Excel", "Excel workbook", ".xls", ".xlsx")


class UnsafePartError(ValueError):
    """An office file, or a part of it, that is not opened; the message is one line and names the part."""

    def __init__(self, message: str, cure: str = "") -> None:
        """Keep the cure, where one is known, beside the message."""
        super().__init__(message)
        self.cure = cure


class Package:
    """An office file that is not to be trusted; each part is read when it is asked for, none is written."""

    def __init__(self, file: bytes, program: Program = WORD) -> None:
        """Look at the list of parts. Raises UnsafePartError for no such file, or one too large."""
        _refuse_other_files(file, program)
        try:
            self._archive = ZipFile(BytesIO(file))
        except _DAMAGE as error:
            raise _damaged(error, program) from None
        entries = self._archive.infolist()
        _refuse_too_much(entries, program)
        self._entries = {each.filename: each for each in entries}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in the order of the file."""
        return tuple(self._entries)

    def part(self, name: str) -> bytes | None:
        """Read one part, and no more of it than the list of parts says; None where there is none."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            with self._archive.open(entry) as part:
                content = part.read(entry.file_size + 1)
        except _DAMAGE as error:
            raise UnsafePartError(f"{name}: the part is damaged: {_line(error)}") from None
        if len(content) > entry.file_size:
            raise UnsafePartError(f"{name}: the part is larger than the file says")
        return content


_DAMAGE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error)


def parts(file: bytes) -> dict[str, bytes]:
    """Read all parts of a Word file that is not to be trusted: name → bytes.

    Raises UnsafePartError for what is no such file, or would be too large.
    """
    package = Package(file)
    return {name: package.part(name) or b"" for name in package.names}


def _refuse_other_files(file: bytes, program: Program) -> None:
    if len(file) > MAX_FILE:
        raise UnsafePartError(
            f"the file holds {len(file) // 1024 // 1024} MiB; {_mebibytes(MAX_FILE)} are read"
        )
    if file.startswith(_OLD_OFFICE):
        raise UnsafePartError(
            f"the file is protected by a password, or is an old {program.old}",
            f"open it in {program.name}, take the password off, and save it as {program.suffix}",
        )
    end = file.rfind(_LIST_END, max(0, len(file) - 0x10016))
    # the list of parts is read whole before its entries can be counted
    if end >= 0 and int.from_bytes(file[end + 12 : end + 16], "little") > MAX_PARTS * _LIST_ENTRY:
        raise UnsafePartError(f"the file has a longer list of parts than that of {MAX_PARTS}, which are read")


def _refuse_too_much(entries: list[ZipInfo], program: Program) -> None:
    if len(entries) > MAX_PARTS:
        raise UnsafePartError(f"the file has {len(entries)} parts; {MAX_PARTS} are read")
    seen: set[str] = set()
    for each in entries:
        if each.filename.lower() in seen:
            raise UnsafePartError(f"{each.filename}: the part is there twice")
        seen.add(each.filename.lower())
        _refuse_unsafe(each, program)
    if sum(each.file_size for each in entries) > MAX_WHOLE:
        raise UnsafePartError(f"the file would hold more than {_mebibytes(MAX_WHOLE)}")


def _refuse_unsafe(entry: ZipInfo, program: Program) -> None:
    name = entry.filename
    if _UNSAFE_NAME.search(name) or _UNSAFE_NAME.search(entry.orig_filename):
        raise UnsafePartError(f"{name}: the name leads out of the file")
    if entry.flag_bits & 1:
        raise UnsafePartError(f"{name}: the part is encrypted", "save the file without a password")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnsafePartError(f"{name}: the part is packed in a way that {program.name} does not know")
    if entry.file_size > MAX_PART and name.endswith((".xml", ".rels")):
        raise UnsafePartError(f"{name}: the part would hold more than {_mebibytes(MAX_PART)}")
    if entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size):
        raise UnsafePartError(f"{name}: the part grows more than {MAX_RATIO}-fold when it is opened")


def tree(name: str, content: bytes) -> etree._Element:
    """Parse a part as XML, without its comments and instructions, which no page shows.

    Raises UnsafePartError for what is not well-formed, declares entities, or nests without end.
    """
    try:
        root = etree.fromstring(content, etree.XMLParser(**_PARSING))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafePartError(f"{name}: the part is not well-formed: {_line(error)}") from None
    _refuse_entities(name, root)
    return root


def trees(found: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """Parse every part that is XML."""
    return {name: tree(name, content) for name, content in found.items() if name.endswith((".xml", ".rels"))}


def elements(name: str, content: bytes, *tags: str) -> Iterator[etree._Element]:
    """Parse a long part, and give each element with one of the tags when it ends, in document order.

    What was given may be cleared, so that little memory is needed. Raises UnsafePartError as `tree` does.
    """
    context = etree.iterparse(BytesIO(content), events=("end",), tag=tags, **_PARSING)
    checked = False
    try:
        for _, element in context:
            if not checked:
                _refuse_entities(name, element)
                checked = True
            yield element
    except etree.XMLSyntaxError as error:
        raise UnsafePartError(f"{name}: the part is not well-formed: {_line(error)}") from None
    if context.root is not None:
        _refuse_entities(name, context.root)


def _refuse_entities(name: str, element: etree._Element) -> None:
    if element.getroottree().docinfo.doctype:
        raise UnsafePartError(f"{name}: the part declares entities")


def _damaged(error: Exception, program: Program) -> UnsafePartError:
    return UnsafePartError(f"the file is damaged, or is no {program.file}: {_line(error)}")


def _mebibytes(size: int) -> str:
    return f"{size // 1024 // 1024} MiB"


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
