"""How wide the columns of a table are: as what stands in them asks for.

A table of a template asks for it by cells whose width is ``auto``: Word says *AutoFit to contents*. Word
itself would do so on opening; LibreOffice, and what turns Word files into pages, take the widths they find.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LETTER = 112
"""Room for a letter of nine points, in twentieths of a point: digits and small letters are narrower."""
_MARGINS = 190
"""Room beside the words of a cell."""
_MOST = 0.4
"""The largest part of a table that one long word may ask for."""
_TABLE = re.compile(r"<w:tbl>(?:(?!</?w:tbl>).)*</w:tbl>", re.DOTALL)
_ROWS = re.compile(r"\{%[-+]? *for (?P<row>\w+) in (?P<rows>[\w.]+) *%\}")
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
_AUTO = re.compile(r'<w:tcW w:w="[^"]*" w:type="auto"/>|<w:tcW w:type="auto" w:w="[^"]*"/>')
_GRID = re.compile(r"<w:gridCol(?: [^>]*)?/>")
_WIDTH = re.compile(r'<w:gridCol w:w="([0-9]+)"')
_PRINTED = re.compile(r"\{\{ *(?P<of>[\w.]+)\.(?P<key>\w+) *\}\}")
_NAME = "poa_widths"


def by_content(part: str) -> str:
    """Return a part of a template whose tables ask, where they want it, for widths when they are filled."""
    return _TABLE.sub(_table, part) if _AUTO.search(part) else part


def _table(found: re.Match[str]) -> str:
    table = found.group()
    rows, widths = _ROWS.search(table), _WIDTH.findall(table)
    if rows is None or not _AUTO.search(table):
        return table
    cells = [_CELL.findall(row) for row in _ROW.findall(table)]
    if not widths or any(len(row) != len(widths) for row in cells):
        return table
    keys = [_key(column, rows["row"]) for column in zip(*cells, strict=True)]
    heads = [_head(cell) for cell in cells[0]]
    total = sum(map(int, widths))
    asked = f"{rows['rows']}|widths({total}, [{', '.join(keys)}], [{', '.join(heads)}])"
    columns = iter(range(len(widths)))
    table = _GRID.sub(lambda _: f'<w:gridCol w:w="{{{{ {_NAME}[{next(columns)}] }}}}"/>', table)
    table = _ROW.sub(_row, table)
    return f"{{% set {_NAME} = {asked} %}}{table}"


def _row(found: re.Match[str]) -> str:
    columns = iter(range(found.group().count("<w:tc>")))

    def cell(one: re.Match[str]) -> str:
        width = f'<w:tcW w:w="{{{{ {_NAME}[{next(columns)}] }}}}" w:type="dxa"/>'
        return _AUTO.sub(lambda _: width, one.group())

    return _CELL.sub(cell, found.group())


def _key(column: Iterable[str], row: str) -> str:
    """Return, as a literal of a template, the field that a column prints of each row; empty for another."""
    printed = (found for cell in column for found in _PRINTED.finditer(cell))
    return f'"{next((found["key"] for found in printed if found["of"] == row), "")}"'


def _head(cell: str) -> str:
    """Return the field that stands over a column, as a template asks for it; an empty text for another."""
    found = _PRINTED.search(cell)
    return f"{found['of']}.{found['key']}" if found else '""'


def widths(
    rows: Sequence[Mapping[str, object]], total: int, keys: Sequence[str], heads: Sequence[str]
) -> list[int]:
    """Return the width of each column of a table, in twentieths of a point; together they are `total`.

    `keys` name what each prints of a row, `heads` are its titles. No word is broken that fits into the table;
    what is left goes to the columns whose cells hold most.
    """
    columns = [[str(row.get(key) or "") for row in rows] for key in keys]
    least = [
        min(max(map(_longest, (head, *column))) * _LETTER + _MARGINS, int(total * _MOST))
        for head, column in zip(heads, columns, strict=True)
    ]
    wanted = [
        max(sum(map(len, column)) * _LETTER // max(len(column), 1) + _MARGINS - one, 1)
        for column, one in zip(columns, least, strict=True)
    ]
    left = total - sum(least)
    if left < 0:
        least = [one * total // sum(least) for one in least]
        left = 0
    found = [one + left * want // sum(wanted) for one, want in zip(least, wanted, strict=True)]
    found[-1] += total - sum(found)
    return found


def _longest(text: str) -> int:
    return max(map(len, text.split(" ")))
