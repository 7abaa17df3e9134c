"""The rows of a table that can be read become actions, with what the table says of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.returned.draft.blocks import Aside
from poa_toolkit.returned.draft.drafted_plan import Becomes, Decision, Drafted
from poa_toolkit.returned.draft.outline import Form, section_lines
from poa_toolkit.returned.draft.tables import columns, heading_of, is_same
from poa_toolkit.returned.draft.words import SETTINGS, level_of
from poa_toolkit.returned.ledger import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.plan_builder import PlanBuilder
    from poa_toolkit.returned.draft.tables import Columns, Row, Table

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
            writer.point(line)
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
