"""A workbook that a person opens in Excel or LibreOffice, the same bytes for the same sheets."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from poa_toolkit.archive.packing import core_properties, unzipped, zipped
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.sheets.sheet import stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from openpyxl.cell.cell import Cell as BookCell
    from openpyxl.worksheet.worksheet import Worksheet

    from poa_toolkit.sheets.sheet import Cell, Sheet

_NARROWEST, _WIDEST = 8, 45
"""How wide a column may be, in figures."""
_ROOM = 3
"""For the arrow of the filter."""
_LOOSE = 11
"""Tenths of the width of a line that words want, since none is broken."""
_LINE, _TALLEST = 15, 405
"""How tall a line is, and a row at most, in points."""
_ROW = re.compile(rb'<row r="[0-9]+"')
_TEXT = "@"
"""The format of a cell in which whatever is typed stays text: no date, no number."""
_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD, _SHADE = Font(bold=True), PatternFill("solid", fgColor="DDE3EA")
_A3 = 8
"""How files name that size of paper."""
_RUNS = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a text begins with that some program would take for a formula, or leave out."""


def workbook(sheets: Iterable[Sheet], *, title: str, when: datetime) -> bytes:
    """Make a workbook: a frozen head with filters on each sheet, columns as wide as what stands in them.

    Every text is text, never a formula, and keeps its characters exactly. `when` is the date it bears.
    """
    book = Workbook(write_only=True)
    heights: list[Sequence[int]] = []
    for sheet in sheets:
        made = cast("Worksheet", book.create_sheet(sheet.name))
        if sheet.is_hidden:
            made.sheet_state = "hidden"
            for row in (sheet.columns, *sheet.rows):
                made.append([_text(made, each) if isinstance(each, str) else each for each in row])
            heights.append(())
        else:
            heights.append(_fill(made, sheet))
    saved = BytesIO()
    book.save(saved)
    parts = unzipped(saved.getvalue())
    properties = {"title": title, "author": TOOLKIT, "description": "", "language": ""}
    for number, lines in enumerate(heights, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _with_heights(parts[name], lines)
    parts["docProps/core.xml"] = core_properties(properties, when).encode("utf-8")
    return zipped(parts, when)


def _fill(made: Worksheet, sheet: Sheet) -> Sequence[int]:
    """Write a sheet, and return how many lines each row below its head has."""
    rows = tuple(sheet.rows)
    widths = tuple(_widths(sheet.columns, rows))
    made.freeze_panes = "B2"
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    made.print_title_rows = "1:1"
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", _A3
    made.page_setup.fitToHeight = False
    if made.sheet_properties.pageSetUpPr is not None:
        made.sheet_properties.pageSetUpPr.fitToPage = True
    for index, width in enumerate(widths, start=1):
        column = made.column_dimensions[get_column_letter(index)]
        column.width = width
        column.number_format = _TEXT
    made.append(list(_head(made, sheet.columns)))
    for row in rows:
        made.append([_cell(made, each) for each in row])
    return [max(map(_lines, row, widths)) for row in rows]


def _head(made: Worksheet, names: Iterable[str]) -> Iterator[BookCell]:
    for name in names:
        cell = _cell(made, name)
        cell.font, cell.fill = _HEAD, _SHADE
        yield cell


def _cell(made: Worksheet, value: Cell) -> BookCell:
    cell = _text(made, value) if isinstance(value, str) else WriteOnlyCell(made, value)
    if value is None or isinstance(value, str):
        cell.number_format = _TEXT
    cell.alignment = _TOP
    return cell


def _text(made: Worksheet, value: str) -> BookCell:
    cell = WriteOnlyCell(made, stored(value))
    cell.data_type = "s"  # whatever it begins with
    if value.startswith(_RUNS):
        cell.quotePrefix = True
    return cell


def _lines(value: Cell, width: int) -> int:
    """Return on how many lines a cell of a width stands."""
    parts = str("" if value is None else value).split("\n")
    return sum(-(-len(each) * _LOOSE // (width * 10)) or 1 for each in parts)


def _with_heights(part: bytes, lines: Sequence[int]) -> bytes:
    """Give the rows of a sheet the height of their lines, which LibreOffice does not find by itself.

    It is no fixed one: where somebody types, the row grows.
    """
    found = iter((_LINE, *(min(each * _LINE, _TALLEST) for each in lines)))
    return _ROW.sub(lambda row: row.group() + b' ht="%d"' % next(found), part) if lines else part


def _widths(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Return how wide columns are: for the longest word and nine cells of ten, within limits."""
    for index, name in enumerate(names):
        texts = [str(row[index]) for row in rows if row[index] is not None]
        lengths = sorted(max(map(len, each.split("\n"))) for each in texts) or [0]
        words = max((len(word) for each in texts for word in each.split()), default=0)
        wanted = max(lengths[len(lengths) * 9 // 10], min(words, _WIDEST // 2), len(name) + _ROOM)
        yield min(max(wanted, _NARROWEST), _WIDEST) + 1
