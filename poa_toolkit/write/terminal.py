"""A document as text for a terminal, with colour or without."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, assert_never

from poa_toolkit.document.blocks import Document, Heading, Paragraph, Role, Table
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, Text
from poa_toolkit.write.escape import no_command, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Part
    from poa_toolkit.document.runs import Run

_OFF = "\x1b[0m"
_COLOURS = {
    "": "",
    "title": "\x1b[1;4m",
    "heading": "\x1b[1m",
    "deleted": "\x1b[31;9m",
    "inserted": "\x1b[32;4m",
    Mark.STRONG.value: "\x1b[1m",
    Mark.EMPHASIS.value: "\x1b[3m",
    Mark.CODE.value: "\x1b[36m",
    Mark.BRACKET.value: "\x1b[33m",
    Mark.HOLDER.value: "\x1b[33;3m",
    Mark.MUTED.value: "\x1b[2m",
    Mark.FOUND.value: "\x1b[1;4m",
}
"""How each style begins; what is not here is plain."""
_INDENTS = {Role.POINT: 4, Role.SUBPOINT: 8, Role.DETAIL: 4, Role.ITEM: 2, Role.QUOTE: 4}
_RULES = {1: "=", 2: "-"}
_TIGHT = (Role.ITEM, Role.QUOTE)
"""Roles that follow the block before them without an empty line."""
_SEPARATE = re.compile(r"( +)")
_NARROWEST = 20
_LONGEST_WORD = 24
"""The longest word, in columns, for which a column of a table is made wider, such as an id."""
_MIN_COLUMN = 6
_READABLE = 24
"""The narrowest column in which a paragraph can be read."""


class _Piece(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: str = ""


def document(document: Document, *, colour: bool, width: int = 100) -> str:
    """Print a document, lines not longer than `width` columns where words allow it.

    Without colour, deleted text stands in ``[-…-]``, inserted text in ``{+…+}`` and words that were looked
    for in ``*…*``. Control and
    bidirectional characters are shown as ``\\x1b``, and so is the first character of what would be a
    command to GitHub's runner; nothing else is escaped.
    """  # noqa: D301 - the backslash is printed
    writer = _Writer(max(width, _NARROWEST), colour=colour)
    writer.front(document)
    for part in document.parts:
        writer.part(part)
    writer.notes()
    return "\n".join(map(no_command, writer.lines)) + "\n"


class _Writer:
    """Collects lines."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self.colour = colour
        self.lines: list[str] = []
        self.footnotes: list[tuple[_Piece, ...]] = []

    def front(self, document: Document) -> None:
        """Print title, subtitle, what the cover says, and the notice."""
        self.heading([_Piece(one_line(document.title))], 1)
        if document.subtitle:
            self.wrapped([_Piece(one_line(document.subtitle))])
        if document.cover:
            self.gap()
        for label, value in document.cover:
            self.wrapped([_Piece(f"{one_line(label)}: ", "muted"), _Piece(one_line(value))], hang=2)
        if document.notice:
            self.gap()
            self.wrapped([_Piece(one_line(document.notice), "emphasis")])

    def part(self, part: Part) -> None:
        """Print the blocks of a part."""
        for block in part.blocks:
            self.block(block)
        for entry in part.entries:
            line, *words = entry.paragraphs()
            self.gap()
            self.wrapped(self.pieces(line.runs), hang=2)
            for paragraph in words:
                self.block(paragraph)

    def block(self, block: Block) -> None:
        """Print one block."""
        match block:
            case Heading():
                self.gap()
                number = [_Piece(f"{one_line(block.number)} ")] if block.number else []
                self.heading([*number, *self.pieces(block.runs)], block.level + 1)
            case Paragraph():
                if block.role not in _TIGHT:
                    self.gap()
                self.paragraph(block)
            case Table():
                self.gap()
                self.table(block)
            case _:
                assert_never(block)

    def heading(self, pieces: Sequence[_Piece], level: int) -> None:
        """Print a heading; without colour a line under it says what it is."""
        style = "title" if level == 1 else "heading"
        before = len(self.lines)
        self.wrapped([_Piece(piece.text, style) for piece in pieces])
        if not self.colour and level in _RULES and len(self.lines) > before:
            longest = max(columns(line) for line in self.lines[before:])
            self.lines.append(_RULES[level] * longest)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Print a paragraph: its number or bullet hangs before it."""
        number = f"{one_line(paragraph.number)} " if paragraph.number else ""
        if paragraph.role is Role.ITEM:
            number = f"- {number}"
        indent = _INDENTS.get(paragraph.role, 0)
        self.wrapped([_Piece(number), *self.pieces(paragraph.runs)], indent=indent, hang=columns(number))

    def table(self, table: Table) -> None:
        """Print a table, its cells wrapped."""
        if table.title:
            self.wrapped([_Piece(one_line(table.title), "strong")])
        side_by_side = max(1, (self.width + 2) // (_READABLE + 2)) if table.may_stack else len(table.columns)
        for first in range(0, len(table.columns), side_by_side):
            part = slice(first, first + side_by_side)
            rows = tuple(replace(row, cells=row.cells[part]) for row in table.rows)
            if first:
                self.gap()
            self.columns(replace(table, columns=table.columns[part], rows=rows))

    def columns(self, table: Table) -> None:
        """Print the columns of a table side by side."""
        header: list[list[_Piece]] = [[_Piece(one_line(each.title), "strong")] for each in table.columns]
        rows = [[list(self.pieces(cell)) for cell in row.cells] for row in table.rows]
        widths = _widths([header, *rows], [each.weight for each in table.columns], self.width)
        for number, row in enumerate([header, *rows]):
            cells = [_wrap(cell, width) for cell, width in zip(row, widths, strict=False)]
            for index in range(max((len(cell) for cell in cells), default=0)):
                line = [cell[index] if index < len(cell) else () for cell in cells]
                self.lines.append(self.row(line, widths))
            if number == 0:
                self.lines.append("  ".join("-" * width for width in widths))

    def row(self, cells: Iterable[Sequence[_Piece]], widths: Iterable[int]) -> str:
        """Print one line of a table."""
        printed = (
            self.painted(cell) + " " * (width - sum(columns(piece.text) for piece in cell))
            for cell, width in zip(cells, widths, strict=False)
        )
        return "  ".join(printed).rstrip()

    def notes(self) -> None:
        """Print the footnotes of the whole document."""
        for number, note in enumerate(self.footnotes, start=1):
            if number == 1:
                self.gap()
            label = f"[{number}] "
            self.wrapped([_Piece(label), *note], hang=len(label))

    def gap(self) -> None:
        """Leave one line empty."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def wrapped(self, pieces: Iterable[_Piece], *, indent: int = 0, hang: int = 0) -> None:
        """Print pieces as lines; all but the first stand `hang` columns further in."""
        lines = _wrap(pieces, self.width - indent, hang)
        for number, line in enumerate(lines):
            self.lines.append(" " * (indent + (hang if number else 0)) + self.painted(line))

    def painted(self, pieces: Iterable[_Piece]) -> str:
        """Join pieces, with the codes of their styles where there is colour.

        A no-break space has done its work once the lines are broken; a plain one can be searched for.
        """
        printed = []
        for style, group in groupby(pieces, key=lambda piece: piece.style):
            text = "".join(piece.text for piece in group).replace("\N{NO-BREAK SPACE}", " ")
            begin = _COLOURS.get(style, "") if self.colour else ""
            printed.append(f"{begin}{text}{_OFF}" if begin else text)
        return "".join(printed)

    def pieces(self, runs: Iterable[Run]) -> Iterator[_Piece]:
        """Return the pieces of runs, made safe; a note becomes its number."""
        for run in runs:
            match run:
                case Text(mark=Mark.FOUND):
                    yield _Piece(self.marked("*", run.text, "*"), run.mark.value)
                case Text():
                    yield _Piece(one_line(run.text), run.mark.value)
                case Deleted():
                    yield _Piece(self.marked("[-", run.text, "-]"), "deleted")
                case Inserted():
                    yield _Piece(self.marked("{+", run.text, "+}"), "inserted")
                case Link():
                    is_said = run.target.startswith("#") or run.target == run.text
                    yield _Piece(one_line(run.text) + ("" if is_said else f" <{one_line(run.target)}>"))
                case Note():
                    self.footnotes.append(tuple(self.pieces(run.runs)))
                    yield _Piece(f"[{len(self.footnotes)}]", "muted")
                case _:
                    assert_never(run)

    def marked(self, opening: str, text: str, closing: str) -> str:
        """Put marks round a text where there is no colour to show it."""
        return one_line(text) if self.colour else f"{opening}{one_line(text)}{closing}"


def columns(text: str) -> int:
    """Count the columns a terminal needs for a visible text."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _wrap(pieces: Iterable[_Piece], width: int, hang: int = 0) -> list[list[_Piece]]:
    """Break pieces into lines at spaces; a word longer than a line is cut."""
    lines: list[list[_Piece]] = [[]]
    used = 0
    for word, space in _split_words(pieces, width - hang):
        size = sum(columns(piece.text) for piece in word)
        gap = len(space.text) if space else 0
        if used and used + gap + size > width - (hang if len(lines) > 1 else 0):
            lines.append([])
            used = gap = 0
        elif space and used:
            lines[-1].append(space)
        else:
            gap = 0
        lines[-1].extend(word)
        used += gap + size
    return lines


def _split_words(pieces: Iterable[_Piece], width: int) -> Iterator[tuple[list[_Piece], _Piece | None]]:
    """Return each word, which may be of several styles, with the space before it."""
    word: list[_Piece] = []
    space: _Piece | None = None
    for piece in pieces:
        for part in _SEPARATE.split(piece.text):
            if not part.startswith(" "):
                word += [_Piece(part, piece.style)] if part else []
                continue
            if word:
                yield from _cut(word, space, width)
                word, space = [], None
            space = _Piece((space.text if space else "") + part, piece.style)
    if word:
        yield from _cut(word, space, width)


def _cut(
    word: list[_Piece], space: _Piece | None, width: int
) -> Iterator[tuple[list[_Piece], _Piece | None]]:
    """Return a word whole, or in pieces as long as a line where it is longer."""
    if sum(columns(piece.text) for piece in word) <= width:
        yield word, space
        return
    part: list[_Piece] = []
    used = 0
    for character, style in ((each, piece.style) for piece in word for each in piece.text):
        size = _columns(character)
        if used + size > width:
            yield part, space
            part, space, used = [], None, 0
        part.append(_Piece(character, style))
        used += size
    yield part, space


def _longest_word(pieces: Sequence[_Piece]) -> int:
    """Return the width of the longest word."""
    return max((columns(word) for word in "".join(each.text for each in pieces).split(" ")), default=0)


def _widths(rows: Sequence[Sequence[Sequence[_Piece]]], weights: Sequence[int], width: int) -> list[int]:
    """Return each column what it needs; where that is too much, the wide ones share by weight."""
    needs = [
        max(sum(columns(piece.text) for piece in row[index]) for row in rows if index < len(row))
        for index in range(len(weights))
    ]
    words = [
        min(_LONGEST_WORD, max(_longest_word(row[index]) for row in rows if index < len(row)))
        for index in range(len(weights))
    ]
    room = width - 2 * (len(weights) - 1)
    open_columns = set(range(len(weights)))
    while open_columns and sum(needs) > width - 2 * (len(weights) - 1):
        share = room / sum(weights[index] for index in open_columns)
        narrow = {index for index in open_columns if needs[index] <= share * weights[index]}
        if not narrow:
            # no id is cut in two where there is room for it
            tight = {index for index in open_columns if words[index] > share * weights[index]}
            if sum(words[each] for each in tight) + _MIN_COLUMN * len(open_columns - tight) <= room:
                needs = [words[index] if index in tight else need for index, need in enumerate(needs)]
                narrow = tight
        if not narrow:
            return [
                max(_MIN_COLUMN, int(share * weights[index])) if index in open_columns else need
                for index, need in enumerate(needs)
            ]
        room -= sum(needs[index] for index in narrow)
        open_columns -= narrow
    return needs
