"""What a workbook keeps of how it went out: the cells of each sheet, to see later what people changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.signature import TOOLKIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.returned.printed_texts import Key

RECORD = "poa"
"""The name of the hidden sheet that keeps it; it is known by its first cell."""
OF_PROCESS = frozenset(("amendments", "reviews", "endorsements", "progress"))
"""The tables of what happened to the text: a row is no record of it, but names one, which may be gone."""
_MAKER = f"{TOOLKIT} "
_FORM = f"{_MAKER}1"
_TABLE, _ROW = "table", "row"


class ExportedTable(NamedTuple):
    """A sheet as it went out, each cell as text."""

    name: str
    keys: int
    """How many of the first columns together name a record."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ExportedRecord(NamedTuple):
    """All sheets as they went out, and of which version."""

    digest: str
    version: str
    tables: tuple[ExportedTable, ...]


def key_of(table: str, row: tuple[str, ...], column: str) -> Key:
    """Return the record and the field of a cell, as amendments name them: ``("A-007", "points.a")``.

    What stands in a table of the process is no field of the record that its row names.
    """
    if table in OF_PROCESS:
        return row[0], ""
    if table == "points" and len(row) > 1:
        return row[0], f"points.{row[1]}" if column == "text" else f"points.{row[1]}.{column}"
    return (table if table == "plan" else row[0]), column


class BrokenRecordError(ValueError):
    """What a workbook keeps of how it went out is not there, or not as it was; the message says which."""


def head(record: ExportedRecord) -> tuple[str, ...]:
    """Return the first row of the hidden sheet: its form, the version, and what proves the rows below."""
    return _FORM, record.digest, record.version, _proof(record.digest, _rows(record.tables))


def rows(record: ExportedRecord) -> tuple[tuple[str, ...], ...]:
    """Return the rows below it."""
    return tuple(_rows(record.tables))


def _rows(tables: Iterable[ExportedTable]) -> Iterator[tuple[str, ...]]:
    for each in tables:
        yield (_TABLE, each.name, str(each.keys), *each.columns)
        yield from ((_ROW, *cells) for cells in each.rows)


def _proof(digest: str, found: Iterable[Sequence[str]]) -> str:
    """Return the digest of rows, whatever empty cells end them."""
    content = json.dumps([digest, [_without_end(each) for each in found]], ensure_ascii=False)
    return f"sha256:{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _without_end(cells: Sequence[str]) -> list[str]:
    last = max((index for index, each in enumerate(cells, 1) if each), default=0)
    return list(cells[:last])


def is_record(first: str) -> bool:
    """Return whether a sheet keeps what was exported, by its first cell."""
    return first.removeprefix(_MAKER).isdecimal() and first.startswith(_MAKER)


def read(found: Sequence[Sequence[str]]) -> ExportedRecord:
    """Read the rows of the hidden sheet. Raises BrokenRecordError."""
    if not found:
        raise BrokenRecordError("it keeps no record of what was exported")
    first, *others = found
    if first[0] != _FORM:
        raise BrokenRecordError("another version of poa-toolkit made it")
    digest, version, proof, *_ = (*first[1:], "", "", "")
    if _proof(digest, others) != proof:
        raise BrokenRecordError(f'its hidden sheet "{RECORD}", which says what was exported, was changed')
    return ExportedRecord(digest, version, tuple(_tables(others)))


def _tables(found: Sequence[Sequence[str]]) -> Iterator[ExportedTable]:
    starts = [index for index, each in enumerate(found) if each[0] == _TABLE]
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        _, *head = _without_end(found[start])
        name, keys, *columns = (*head, "", "")
        columns = columns[:-2]
        if not keys.isdecimal() or len(keys) > 1 or int(keys) > len(columns) or not columns:
            raise BrokenRecordError(f'its hidden sheet "{RECORD}" is not as `poa export` makes it')
        width = len(columns)
        cells = (tuple([*each[1 : width + 1], *([""] * width)][:width]) for each in found[start + 1 : end])
        yield ExportedTable(name, int(keys), tuple(columns), tuple(cells))
