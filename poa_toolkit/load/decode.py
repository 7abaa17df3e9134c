"""Bytes to text: UTF-8 only, no control characters, every refusal with a place."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from poa_toolkit.text import characters

MAX_BYTES = 32 * 1024 * 1024
"""The size at which a file is refused; the largest plan on record is a thousandth of it."""

_BREAK = re.compile(r"\r\n|\n|\r")


class Fault(NamedTuple):
    """What is wrong with the bytes of a file, and where; line and column count from 1."""

    code: str
    message: str
    help: str
    line: int
    column: int
    end_column: int


def decode(content: bytes) -> tuple[str, Fault | None]:
    """Read bytes as text, a byte order mark skipped; text up to the fault, and the fault, if any."""
    if len(content) > MAX_BYTES:
        size = f"{len(content) / 1024 / 1024:.0f} MiB"
        message = f"the file holds {size}; the limit is {MAX_BYTES // 1024 // 1024} MiB"
        return "", Fault("POA008", message, "split it into several files", 1, 1, 1)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", Fault("POA001", "the file is in UTF-16", "save it again as UTF-8", 1, 1, 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        byte = content[error.start]
        line, column = place(before, len(before))
        message = f"the file is not UTF-8: byte 0x{byte:02X} cannot stand here"
        return before, Fault("POA001", message, "save it again as UTF-8", line, column, column + 1)
    return text, _forbidden(text)


def place(text: str, index: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at `index`."""
    line, start = 1, 0
    for match in _BREAK.finditer(text, 0, index):
        line, start = line + 1, match.end()
    return line, index - start + 1


def starts(text: str) -> list[int]:
    """Return the index of the first character of each line, as a YAML reader counts lines."""
    return [0, *(match.end() for match in _BREAK.finditer(text))]


def lines(text: str) -> list[str]:
    """Split text into lines as a YAML reader counts them, without their ends."""
    return _BREAK.split(text)


def _forbidden(text: str) -> Fault | None:
    match = characters.FORBIDDEN.search(text)
    if not match:
        return None
    line, column = place(text, match.start())
    message = f"{characters.name(match.group())} cannot stand in a plan"
    return Fault("POA002", message, "delete it; it is invisible in most editors", line, column, column + 1)
