"""What a workbook says, free of its format: cells with what stands in them, comments, what else is odd."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.text.numerals import column_letters

if TYPE_CHECKING:
    from poa_toolkit.returned.word_file import Piece, Returned, WordComment


class Filled(StrEnum):
    """What a cell is filled with."""

    TEXT = "text"
    NUMBER = "a number"
    DATE = "a date"
    BOOLEAN = "true or false"
    FORMULA = "a formula"
    ERROR = "an error"


class SheetCell(NamedTuple):
    """A cell that is not empty."""

    row: int
    column: int
    """Both from 1."""
    piece: Piece
    """What it shows, and where that begins among all characters of the file."""
    kind: Filled = Filled.TEXT
    formula: str = ""
    struck: str = ""
    """The words in it that are struck through."""

    @property
    def text(self) -> str:
        """Return what it shows."""
        return self.piece.text

    @property
    def at(self) -> str:
        """Return its name: ``B7``."""
        return cell_name(self.row, self.column)

    @property
    def shown(self) -> str:
        """Return what it shows, and the formula that makes it, or what it holds in place of text."""
        if self.formula:
            return f"{self.text} (the formula {self.formula})".strip()
        return self.text if self.kind is Filled.TEXT else f"{self.text} ({self.kind})"

    @property
    def struck_words(self) -> str:
        """Say which of its words are struck through; empty where none is."""
        return f"struck through: “{self.struck}”" if self.struck else ""

    @property
    def in_full(self) -> str:
        """Return what it shows, and which of that is struck through."""
        return "; ".join(filter(None, (self.shown, self.struck_words)))

    @property
    def is_marked(self) -> bool:
        """Return whether it says more than its words do."""
        return bool(self.formula or self.struck)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: ``B7``."""
    return f"{column_letters(column)}{row}"


class Area(NamedTuple):
    """Cells that are merged into one."""

    name: str
    """``B3:B5``."""
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Return whether a cell is one of them."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class CellComment(NamedTuple):
    """A comment on a cell."""

    row: int
    column: int
    comment: WordComment


class ReturnedSheet(NamedTuple):
    """A sheet of a returned workbook."""

    name: str
    cells: tuple[SheetCell, ...]
    """In the order of the sheet."""
    comments: tuple[CellComment, ...] = ()
    merged: tuple[Area, ...] = ()
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
    """By their letters; ``C:E`` for several."""
    is_hidden: bool = False
    boxes: tuple[Piece, ...] = ()
    """The words in shapes that lie over the cells."""
    page_words: tuple[Piece, ...] = ()
    """Those in the heads and feet of its pages."""


class ReturnedBook(NamedTuple):
    """A returned workbook."""

    sheets: tuple[ReturnedSheet, ...]
    record: tuple[tuple[str, ...], ...]
    """The rows of the hidden sheet that keeps what was exported; none where it is not there."""
    returned: Returned
    """The same words as paragraphs, one a cell, for the books."""
