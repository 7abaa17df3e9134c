"""A sheet of a workbook, as it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from poa_toolkit.model.link_sets import spelt

Cell: TypeAlias = str | int | None
"""What stands in a cell; a text is text whatever it begins with, and None an empty cell."""
LONGEST_CELL = 32767
"""How many characters Excel keeps of a cell; it cuts the rest without a word."""
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class Sheet(NamedTuple):
    """A sheet: its name on the tab, the words over its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    is_hidden: bool = False


def plain(value: Any) -> Cell:  # noqa: ANN401 - any cell of a table
    """Return a value as a cell holds it: a number or text; a set as amendments spell it, records as JSON."""
    if value is None or value in ((), []):
        return None
    if isinstance(value, tuple):
        return spelt(each.isoformat() if isinstance(each, date) else each for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return value
    return json.dumps(value, ensure_ascii=False)


def stored(text: str) -> str:
    """Return a text as the file of a workbook has it: ``_x000D_`` stands for a character that XML has not."""
    return _NO_XML.sub(lambda it: f"_x{ord(it.group()):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))
