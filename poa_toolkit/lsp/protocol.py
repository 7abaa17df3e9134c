"""Files and places in the terms of the protocol: addresses, and positions in the units of an editor."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types
from pygls import uris

from poa_toolkit.load import decode
from poa_toolkit.source.base import PLAN_FILE, SETTINGS_FILE, is_plan_file, stands
from poa_toolkit.source.folder import is_passed_over

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Span

_CODECS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}
"""By encoding: how a text is spelt in it, and how many bytes a unit has."""


class Document(NamedTuple):
    """A file of a plan, as an editor names it."""

    root: Path
    """The folder of the project."""
    path: str
    """Its path inside the project, with ``/``."""


def document(uri: str) -> Document | None:
    """Return which file of which plan an address names; None where it is none of a plan.

    Links on the way are kept: an editor knows a file by the address that it gave.
    """
    try:
        name = uris.to_fs_path(uri) if uri.startswith("file:") else None
        return _document(Path(name)) if name else None
    except (OSError, ValueError):
        # no file can be called so, or nobody can tell what stands there
        return None


def _document(path: Path) -> Document | None:
    for root in path.parents:
        if stands(root / PLAN_FILE) or path == root / PLAN_FILE:
            inside = path.relative_to(root).as_posix()
            is_part = inside.startswith("plan/") and is_plan_file(inside)
            is_part = is_part and not any(map(is_passed_over, inside.split("/")[:-1]))
            return Document(root, inside) if is_part or inside == SETTINGS_FILE else None
    return None


def uri(root: Path, path: str) -> str:
    """Return the address of a file of a project."""
    try:
        return uris.from_fs_path(str(root / path)) or ""
    except UnicodeEncodeError:
        # a name that is no UTF-8, of which `pygls` knows none
        return (root / path).as_uri()


class Text:
    """A text, and where its characters stand in the units of an editor."""

    def __init__(self, text: str, encoding: types.PositionEncodingKind | str | None) -> None:
        self.text = text
        self.lines = decode.lines(text)
        self._codec = _CODECS.get(
            types.PositionEncodingKind(encoding or "utf-16"), _CODECS[types.PositionEncodingKind.Utf16]
        )

    @property
    def lines_with_ends(self) -> list[str]:
        """The lines with their ends."""
        starts = [*decode.starts(self.text), len(self.text)]
        return [self.text[start:end] for start, end in pairwise(starts)]

    @property
    def end(self) -> types.Position:
        """The position behind the last character."""
        return self.position(len(self.lines), len(self.lines[-1]) + 1)

    def at(self, index: int) -> types.Position:
        """Return the position of the character at an index of the text."""
        return self.position(*decode.place(self.text, index))

    def position(self, line: int, column: int) -> types.Position:
        """Return the position of a line and a column that count from 1; the end for what lies behind it."""
        if line > len(self.lines):
            return types.Position(len(self.lines), 0)
        return types.Position(line - 1, self._units(self.lines[line - 1][: max(column - 1, 0)]))

    def range(self, span: Span | None) -> types.Range:
        """Return the range of a stretch; for none, the beginning of the file."""
        if span is None:
            return types.Range(types.Position(0, 0), types.Position(0, 0))
        return types.Range(
            self.position(span.line, span.column), self.position(span.end_line, span.end_column)
        )

    def line(self, line: int) -> str:
        """Return a line, which counts from 1; empty beyond the end."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def place(self, position: types.Position) -> tuple[int, int]:
        """Return line and column, from 1, of a position; one beyond the end of its line is that end."""
        line = min(position.line, len(self.lines) - 1)
        units = 0
        for column, character in enumerate(self.lines[line], start=1):
            if units >= position.character:
                return line + 1, column
            units += self._units(character)
        return line + 1, len(self.lines[line]) + 1

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        name, width = self._codec
        return len(text.encode(name, "surrogatepass")) // width
