"""Values as YAML: plain where that is read as text, else quoted; prose under ``>-``, a sentence a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from poa_toolkit.edit.layout_scalars import on_one_line
from poa_toolkit.model.fields import Value, fields
from poa_toolkit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poa_toolkit.model.base import Record

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MORE_INDENTED = re.compile(r"^[ \t]|[ \t]$|[\r\n]")


def scalar(value: object, *, in_flow: bool = False) -> str:
    """Spell one value on one line; a text is plain where that is read as the same text."""
    if isinstance(value, str):
        return on_one_line(value, "'", "", in_flow=in_flow)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def can_fold(value: str) -> bool:
    """Say whether a text can stand under ``>-`` as it is: one paragraph, no space at its ends."""
    return bool(value) and not _MORE_INDENTED.search(value)


def record(value: Mapping[str, Any], indent: int, model: type[Record] | None) -> list[str]:
    """Spell a mapping as lines, each key at `indent` spaces; empty values are left out.

    `model` is the record that it holds; without one, no value is prose.
    """
    found: list[str] = []
    for key, each in value.items():
        found += entry(key, each, indent, model)
    return found


def entry(key: str, value: Any, indent: int, model: type[Record] | None) -> list[str]:  # noqa: ANN401 - YAML's data
    """Spell one key of a record and its value as lines."""
    margin = " " * indent
    field = fields(model).get(key) if model else None
    inside = field.record if field else None
    if isinstance(value, dict):
        return [f"{margin}{key}:", *record(value, indent + 2, inside)]
    if isinstance(value, list):
        if not value or (field and field.is_short):
            listed = ", ".join(scalar(each, in_flow=True) for each in value)
            return [f"{margin}{key}: [{listed}]"]
        return [f"{margin}{key}:", *items(value, indent + 2, inside)]
    if isinstance(value, str) and field and field.value in _UNDER_A_SIGN and can_fold(value):
        return [f"{margin}{key}: >-", *folded(value, indent + 2)]
    return [f"{margin}{key}: {scalar(value)}"]


_UNDER_A_SIGN = (Value.PROSE, Value.VERBATIM)
"""Whose values stand under ``>-``."""


def items(values: Sequence[Any], indent: int, model: type[Record] | None) -> list[str]:
    """Spell the items of a list as lines, each dash at `indent` spaces; `model` is what they hold."""
    found: list[str] = []
    margin = " " * indent
    for value in values:
        if isinstance(value, dict):
            first, *rest = record(value, indent + 2, model)
            found += [f"{margin}- {first[indent + 2 :]}", *rest]
        else:
            found.append(f"{margin}- {scalar(value)}")
    return found


def folded(value: str, indent: int) -> list[str]:
    """Spell a text as the lines below ``>-``, one sentence a line."""
    return [" " * indent + sentence for sentence in sentences(value)]


def double_quoted(value: str) -> str:
    """Spell a text in double quotes."""
    return '"' + "".join(_ESCAPES.get(each, each) for each in value) + '"'
