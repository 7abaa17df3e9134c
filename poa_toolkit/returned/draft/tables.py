"""Tables of a draft: where columns are known rows become actions, the others are reported row by row."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.blocks import Aside, Block, blocks
from poa_toolkit.returned.draft.choices import SKIPPED
from poa_toolkit.returned.draft.drafted_plan import Becomes, Decision, Drafted
from poa_toolkit.returned.draft.outline import Form, section_lines
from poa_toolkit.returned.draft.words import SETTINGS, STOPS, asks, column_of, folded, is_sentence, level_of
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.word_file import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.returned.draft.plan_builder import PlanBuilder
    from poa_toolkit.returned.word_file import Paragraph

_FEWEST = 2
"""How many columns must be known for a table to be read without being told to."""
_LONGEST_HEADING = 120
_FEW_WORDS = 3


class Row(NamedTuple):
    """A row of a table: by column, from 1, the paragraphs of each cell."""

    number: int
    cells: Mapping[int, tuple[Block, ...]]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return all its paragraphs, in their order."""
        return tuple(block for cell in self.cells.values() for block in cell)

    def text(self, column: int) -> str:
        """Return the words of a cell."""
        return " ".join(filter(None, (block.text for block in self.cells.get(column, ()))))

    @property
    def words(self) -> str:
        """Return all its words, a stroke between two cells."""
        return " | ".join(filter(None, map(self.text, self.cells)))


class Table(NamedTuple):
    """A table of a draft."""

    number: int
    first: int
    """The index of the first paragraph of the file in it."""
    rows: tuple[Row, ...]
    is_inside: bool = False
    """Whether it stands in a cell of another."""

    @property
    def columns(self) -> tuple[int, ...]:
        """Return the numbers of its columns, from the left."""
        return tuple(sorted({column for row in self.rows for column in row.cells}))

    def lacks(self, chosen: Sequence[str]) -> bool:
        """Return whether it has another number of columns than were chosen for all tables."""
        may_be_read = not self.is_inside and any(row.words for row in self.rows)
        return bool(chosen) and may_be_read and len(self.columns) != len(chosen)


class Columns(NamedTuple):
    """What each column of a table fills."""

    fields: Mapping[int, str]
    header: Row | None

    def of(self, field: str) -> tuple[int, ...]:
        """Return the columns that fill a field."""
        return tuple(column for column, name in self.fields.items() if name == field)

    def said(self, table: Table) -> str:
        """Return how a table is read: the heading of each column, and what it fills."""
        header = self.header
        parts = [
            f"“{header.text(column) if header else f'column {column}'}” → {name or 'nothing'}"
            for column, name in self.fields.items()
        ]
        return f"table {table.number} is read: {', '.join(parts)}"


def tables(paragraphs: Sequence[Paragraph]) -> tuple[Table, ...]:
    """Return the tables of a file, in the order in which they begin."""
    by_cell: dict[int, dict[int, dict[int, list[tuple[int, Paragraph]]]]] = {}
    inside: set[int] = set()
    for (index, paragraph), cell in _cells(paragraphs):
        by_cell.setdefault(cell.table, {}).setdefault(cell.row, {}).setdefault(cell.column, []).append(
            (index, paragraph)
        )
        if cell.depth > 1:
            inside.add(cell.table)
    found = [
        Table(
            number,
            min(cell[0][0] for row in rows.values() for cell in row.values()),
            tuple(
                Row(row, {column: blocks(cells[column]) for column in sorted(cells)})
                for row, cells in sorted(rows.items())
            ),
            number in inside,
        )
        for number, rows in by_cell.items()
    ]
    return tuple(sorted(found, key=lambda each: each.first))


def _cells(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[tuple[int, Paragraph], Cell]]:
    """Return the paragraphs of tables, each with its cell; where that is not known, a row of its own."""
    last = max((each.place.cell.table for each in paragraphs if each.place.cell), default=0)
    for is_table, group in groupby(enumerate(paragraphs), key=lambda each: each[1].place.kind == "table"):
        if not is_table:
            continue
        last += 1
        for row, (index, paragraph) in enumerate(group, 1):
            yield (index, paragraph), paragraph.place.cell or Cell(last, row, 1)


def columns(table: Table, chosen: Sequence[str]) -> Columns | None:
    """Return what the columns of a table fill, by their headings or as `chosen`; None for another table."""
    filled = [row for row in table.rows if row.words]
    if table.is_inside or not filled:
        return None
    first = filled[0]
    numbers = table.columns
    if chosen:
        if len(numbers) != len(chosen):
            return None
        fields = {
            column: "" if name == SKIPPED else name for column, name in zip(numbers, chosen, strict=True)
        }
        return Columns(fields, first if _is_header(first, fields) else None)
    named = _with_action({column: column_of(first.text(column)) for column in numbers})
    fields = _readable(named, filled[1:])
    known = [name for name in fields.values() if name]
    found = Columns(fields, first)
    asking = (asks(row.text(column)) for row in filled[1:] for column in found.of("action"))
    return found if "action" in known and (len(known) >= _FEWEST or all(asking)) else None


def _with_action(fields: dict[int, str]) -> dict[int, str]:
    """Take the one column that has another name, beside who is to act and when, for the action."""
    unknown = [column for column, name in fields.items() if not name]
    is_plan = {"addressees", "timeframe"} <= set(fields.values()) and "action" not in fields.values()
    return fields | {unknown[0]: "action"} if is_plan and len(unknown) == 1 else fields


def _readable(fields: Mapping[int, str], rows: Sequence[Row]) -> dict[int, str]:
    """Let one column be the action: the last that holds texts; another before it is its source."""
    actions = [column for column, name in fields.items() if name == "action"]
    others = {name for name in fields.values() if name} - {"action", "number"}
    # where the other headings are those of a plan, two words are an action
    fewest = _FEW_WORDS if len(actions) > 1 or len(others) < _FEWEST else 1
    texts = [column for column in actions if _holds_texts(column, rows, fewest)]
    found = {column: "" if column in actions else name for column, name in fields.items()}
    for column in texts:
        found[column] = "action" if column == texts[-1] else "recommendations"
    return found


def _holds_texts(column: int, rows: Sequence[Row], fewest: int) -> bool:
    """Return whether most cells of a column hold sentences or the like, not names or ids."""
    cells = [text for row in rows if (text := row.text(column))]
    texts = [each for each in cells if asks(each) or is_sentence(each) or _has_words(each, fewest)]
    return bool(cells) and len(texts) * 2 >= len(cells)


def _has_words(text: str, fewest: int) -> bool:
    return sum(each.strip(STOPS).isalpha() for each in text.split()) >= fewest


def _is_header(row: Row, fields: Mapping[int, str]) -> bool:
    """Return whether the first row names the columns."""
    texts = [row.text(column) for column in fields]
    return any(map(column_of, texts)) or not any(asks(each) or is_sentence(each) for each in texts)


def is_same(row: Row, other: Row | None) -> bool:
    """Return whether a row repeats another one, as the headings of a table do on each page."""
    return other is not None and folded(row.words) == folded(other.words)


def heading_of(row: Row, fields: Columns) -> Block | None:
    """Return the paragraph of a row that has but one, across its columns: a heading between actions."""
    filled = [block for block in row.blocks if block.text]
    if len({folded(block.text) for block in filled}) != 1 or len(filled[0].text) > _LONGEST_HEADING:
        return None
    block = filled[0]
    if (
        asks(block.text)
        or is_sentence(block.text)
        or (
            len(row.cells) > 1
            and fields.of("action") == tuple(column for column in row.cells if row.text(column))
        )
    ):
        return None
    return block


# --- what becomes of rows ---

_NUMBER = re.compile(r"[\W_]*(?:[^\W\d_]{1,3}[\W_]?)?[\d.]*[\W_]*|[ivxlc]+[.)]?", re.IGNORECASE)


def take_table(writer: PlanBuilder, table: Table) -> None:
    """Take a table of the draft: its rows as actions where its columns are known, else as comments."""
    found = columns(table, writer.choices.columns)
    if table.lacks(writer.choices.columns):
        writer.plan.misfits.append((table.number, len(table.columns)))
    if found is None:
        for row in table.rows:
            _leave(writer, row, f"row {row.number} of table {table.number}")
        return
    plan = writer.plan
    plan.tables.append(found.said(table))
    header = found.header
    for row in table.rows:
        if row is header:
            _enter(writer, row.blocks, Fate.TOLD, "the heading of a table")
        elif is_same(row, header):
            _enter(writer, row.blocks, Fate.GENERATED, "a repeated heading of a table")
        elif (title := heading_of(row, found)) is not None:
            _take_heading(writer, row, title, table)
        elif row.words:
            _take_row(writer, row, found, table)
        else:
            # what tracked changes took out of it goes with the text above
            for block in row.blocks:
                writer.last.hang(block)


def _take_heading(writer: PlanBuilder, row: Row, title: Block, table: Table) -> None:
    """Begin a section with the one cell of a row that has words."""
    writer.heading(title, "", f"a row of table {table.number} with one cell alone")
    for block in row.blocks:
        if block is not title and block.text:
            writer.plan.ledger.enter(block.pieces, Fate.GENERATED, "a cell that repeats another")


def _enter(writer: PlanBuilder, blocks: Sequence[Block], fate: Fate, why: str) -> None:
    for block in blocks:
        writer.plan.ledger.enter(block.pieces, fate, why)
        writer.last.hang(block)


def _leave(writer: PlanBuilder, row: Row, what: str) -> None:
    """Keep a row as a comment, and tell it."""
    blocks = row.blocks
    if row.words:
        pieces = tuple(piece for block in blocks for piece in block.pieces)
        writer.last.asides.append(Aside(what, row.words, blocks[0].first, pieces))
        first = next(block for block in blocks if block.text)
        writer.plan.decisions.append(
            Decision(first, "", row.words, Becomes.COMMENT, "a row of a table whose columns are not known")
        )
    for block in blocks:
        writer.last.hang(block)


def _take_row(writer: PlanBuilder, row: Row, found: Columns, table: Table) -> None:
    blocks = [block for column in found.of("action") for block in row.cells.get(column, ())]
    actions = _actions(writer, blocks, f"row {row.number} of table {table.number}")
    if not actions:
        _leave(writer, row, f"row {row.number} of table {table.number}, which has no action,")
        return
    for column, cell in row.cells.items():
        name = found.fields.get(column, "")
        if name != "action":
            for action in actions:
                _set(action, name, row.text(column))
            _place(writer, cell, name, actions[-1], _what(found, column, row, table))


def _what(found: Columns, column: int, row: Row, table: Table) -> str:
    heading = found.header.text(column) if found.header else f"column {column}"
    return f"“{heading}” in row {row.number} of table {table.number}"


def _actions(writer: PlanBuilder, blocks: Sequence[Block], why: str) -> list[Drafted]:
    """Write the actions that stand in a cell, with their points."""
    found: list[Drafted] = []
    first: Form | None = None
    for line in section_lines(blocks):
        for typed in line.typed:
            writer.plan.ledger.enter(typed.pieces, Fate.GENERATED, "a number")
        if line.form is Form.EMPTY:
            writer.last.hang(line.block)
        elif line.form is Form.NUMBER:
            writer.take(line)
        elif not found or (line.form is Form.ITEM and first is Form.ITEM and not line.depth):
            found.append(writer.action(line, why))
            first = line.form
        elif line.form is Form.ITEM:
            writer.under(found[-1], line, line.depth + (first is not Form.ITEM))
        else:
            writer.go_on(line, "it stands in the same cell")
    return found


def _set(action: Drafted, name: str, words: str) -> None:
    said = level_of(words) if name == "level" else words
    if said and name in SETTINGS:
        action.settings.setdefault(name, []).append(said)


def _place(writer: PlanBuilder, cell: Sequence[Block], name: str, action: Drafted, what: str) -> None:
    """Say what became of the words of a cell beside the action."""
    pieces = tuple(piece for block in cell for piece in block.pieces)
    words = " ".join(filter(None, (block.text for block in cell)))
    if name == "number" and len(words) <= 12 and _NUMBER.fullmatch(words):  # noqa: PLR2004 - longer ones are words
        writer.plan.ledger.enter(pieces, Fate.GENERATED, "a number")
    elif name in SETTINGS and (name != "level" or level_of(words)):
        writer.plan.ledger.enter(pieces, Fate.PLACED, name)
    elif words:
        action.asides.append(Aside(what, words, cell[0].first, pieces))
    for block in cell:
        action.hang(block)
