"""What may stand at a place of a file, by the schemas: keys with what they mean, and the values of some."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from poa_toolkit.api import schema

_Node = dict[str, Any]


@cache
def _schema(kind: str) -> _Node:
    found: _Node = json.loads(schema.schemas()[f"{kind}.schema.json"])
    return found


def node(kind: str, pattern: str) -> _Node | None:
    """Return what the schema of a kind of file says of a place, ``actions.*.status``; None of no such."""
    root = _schema(kind)
    found: _Node | None = root
    for step in pattern.split(".") if pattern else ():
        held = _resolved(root, found)
        found = held.get("items") if step == "*" else held.get("properties", {}).get(step)
        if found is None:
            return None
    said = {"description": found["description"]} if found and "description" in found else {}
    return {**_resolved(root, found), **said}


def _resolved(root: _Node, found: _Node | None) -> _Node:
    """Return a part of a schema itself, where only its name stands there."""
    held = found or {}
    for _ in range(4):
        inner = next((held[key][0] for key in ("allOf", "anyOf") if held.get(key)), held)
        name = inner.get("$ref", "").rpartition("/")[2]
        if inner is held and not name:
            break
        held = root["$defs"][name] if name else inner
    return held


def values(found: _Node) -> tuple[str, ...]:
    """Return the values that alone may stand at a place; none where others may."""
    kind = found.get("type", "")
    if kind == "boolean":
        return ("true", "false")
    return tuple(str(each) for each in found.get("enum", ()) if each is not None)


def wanted(kind: str, pattern: str) -> tuple[str, ...]:
    """Return the keys that a record wants, by its model and by the rules, in the order of the model."""
    record = node(kind, pattern) or {}
    by_rules = {
        key
        for (model, key), when in schema.required().items()
        if model == record.get("title") and " where " not in when
    }
    return tuple(
        key for key in record.get("properties", {}) if key in by_rules or key in record.get("required", ())
    )
