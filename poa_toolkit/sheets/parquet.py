"""Tables as Parquet: typed columns, for programs that reckon over many plans."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from poa_toolkit.document.record_tables import Cell, Column, Table

_TYPES = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), date: pa.date32(), dict: pa.string()}


def to_parquet(table: Table) -> bytes:
    """Print a table: sets and lists are lists, days are dates; records without a table are JSON as text."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    arrays = [
        pa.array([_value(each, column) for each in cells], _type(column))
        for column, cells in zip(table.columns, columns, strict=True)
    ]
    schema = pa.schema([pa.field(each.name, _type(each)) for each in table.columns])
    saved = BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), saved)
    return saved.getvalue()


def _type(column: Column) -> Any:  # noqa: ANN401 - pyarrow says no types
    plain = _TYPES[column.holds]
    return pa.list_(plain) if column.is_many and column.holds is not dict else plain


def _value(cell: Cell, column: Column) -> Any:  # noqa: ANN401 - any value of a column
    if column.holds is dict:
        return json.dumps(cell, ensure_ascii=False) if cell else None
    return list(cell) if isinstance(cell, tuple) else cell
