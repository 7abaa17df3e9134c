"""The sheets of a workbook that comes back: the tables, and hidden behind them what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.returned import exported_tables
from poa_toolkit.returned.exported_tables import RECORD, ExportedRecord, ExportedTable
from poa_toolkit.sheets.sheet import Sheet, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.record_tables import Table
    from poa_toolkit.sheets.sheet import Cell


def sheets(tables: Iterable[Table], *, digest: str, version: str) -> Iterator[Sheet]:
    """Return a sheet for each table that has a record, and last the hidden one that `poa pull` reads."""
    filled = [(each, tuple(tuple(map(plain, row)) for row in each.rows)) for each in tables if each.rows]
    for table, rows in filled:
        yield Sheet(table.name, tuple(each.name for each in table.columns), rows)
    kept = tuple(
        ExportedTable(
            table.name,
            table.keys,
            tuple(each.name for each in table.columns),
            tuple(tuple(map(as_text, row)) for row in rows),
        )
        for table, rows in filled
    )
    record = ExportedRecord(digest, version, kept)
    yield Sheet(RECORD, exported_tables.head(record), exported_tables.rows(record), is_hidden=True)


def as_text(cell: Cell) -> str:
    """Return what a cell shows, to compare it later."""
    return "" if cell is None else str(cell)
