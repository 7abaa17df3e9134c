"""The tables of a document as sheets of a workbook, to be sorted and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document.blocks import Heading, Table, counting
from poa_toolkit.document.runs import words_of
from poa_toolkit.errors import PoaError
from poa_toolkit.sheets.sheet import LONGEST_CELL, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.document.runs import Run
    from poa_toolkit.sheets.sheet import Cell


def sheets(document: Document) -> Iterator[Sheet]:
    """Return a sheet for each table, called as the heading above it; columns of counts hold numbers.

    Raises PoaError for a text that is longer than a workbook can hold.
    """
    name = document.title
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Heading):
                name = words_of(block.runs)
            elif isinstance(block, Table):
                yield Sheet(name, tuple(column.title for column in block.columns), tuple(_rows(block, name)))


def _rows(table: Table, sheet: str) -> Iterator[tuple[Cell, ...]]:
    counts = counting(table)
    for row in table.rows:
        texts = (_text(cell, sheet) for cell in row.cells)
        yield tuple(
            int(text) if is_count and text and text.isdecimal() else text
            for text, is_count in zip(texts, counts, strict=True)
        )


def _text(runs: Sequence[Run], sheet: str) -> str | None:
    words = words_of(runs)
    if len(words) > LONGEST_CELL:
        raise PoaError(
            f"a text of “{sheet}” has {len(words)} characters, and a workbook holds {LONGEST_CELL} in a "
            "cell; choose another format"
        )
    return words or None
