"""JSON Schemas of what the toolkit prints for other programs, from the types that hold it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    str | None: {"type": ["string", "null"]},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    int: {"type": "integer", "minimum": 0},
    int | None: {"type": ["integer", "null"], "minimum": 1},
}
"""A number is a count, from 0; one that may be null is a line or a column, from 1."""


def schema(output: type) -> dict[str, Any]:
    """Describe what `write.json_text.value` makes of a NamedTuple; its docstring says what it is."""
    return {**_of(output), **_description(output)}


def _of(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - an annotation
    origin = get_origin(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin is not None:
        return _BUILT[origin](*get_args(hint))
    return {"enum": [each.value for each in hint]} if issubclass(hint, StrEnum) else _object(hint)


_BUILT: dict[Any, Callable[..., dict[str, Any]]] = {
    Annotated: lambda hint, key, said: {**_of(hint), key: said},
    Literal: lambda *values: {"enum": list(values)},
    tuple: lambda item, _: {"type": "array", "items": _of(item)},
    dict: lambda _, item: {"type": "object", "additionalProperties": _of(item)},
    UnionType: lambda *hints: {"anyOf": [_of(each) for each in hints]},
}
"""What stands in brackets in an annotation, by what stands before them."""


def _object(shape: type) -> dict[str, Any]:
    """Describe an object: of a TypedDict the keys that it has among others, else its only ones."""
    properties: dict[str, Any] = {}
    for name, hint in get_type_hints(shape, include_extras=True).items():
        found = _of(hint)
        properties |= found["properties"] if name.endswith("_") else {name: found}
    described = {"required": list(properties), "properties": properties}
    if is_typeddict(shape):
        return {"type": "object", **described, **_description(shape)}
    return {"type": "object", "additionalProperties": False, **described}


def _description(shape: type) -> dict[str, str]:
    return {"description": " ".join((shape.__doc__ or "").split())}
