"""Tables as CSV: RFC 4180, in UTF-8 with a mark at the beginning by which Excel knows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.sheets.sheet import plain

if TYPE_CHECKING:
    from poa_toolkit.document.record_tables import Cell, Table

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_RUNS = tuple("=+-@\t\r\n'") + tuple("\uff1d\uff0b\uff0d\uff20")
"""What a text may not begin with, in any width: a spreadsheet would run it, or take it for its own sign."""


_PARTS = re.compile('[",;\t\r\n]')
"""What ends a cell: a comma, and for programs that part cells by whatever may do so, the others too."""


def to_csv(table: Table) -> bytes:
    """Print a table: its head, then a line a record.

    A text that a spreadsheet would run as a formula has an apostrophe before it, and so has one that begins
    with an apostrophe: whoever takes the first one off every cell that has any gets each text exactly.
    """
    head = [each.name for each in table.columns]
    rows = (map(_printed, row) for row in table.rows)
    lines = (",".join(map(_quoted, row)) for row in (head, *rows))
    return "".join((_MARK, *(f"{line}\r\n" for line in lines))).encode("utf-8")


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _PARTS.search(text) else text


def _printed(value: Cell) -> str:
    cell = plain(value)
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RUNS) else cell
    return "" if cell is None else str(cell)
