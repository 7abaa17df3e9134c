"""The data of a file: by what the items of its lists are known, and what is the same."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEYS = ("id", "ref")
_BY_CONTENT = "\1"
"""How the name of an item begins that is known by its content."""


def naming_key(lists: Iterable[list[Any]]) -> str:
    """Return the key by which the items of all these lists are known; empty where their content is."""
    items = [item for each in lists for item in each]
    for key in _KEYS:
        if items and all(isinstance(item, dict) and isinstance(item.get(key), str) for item in items):
            return key
    return ""


def names(items: Iterable[Any], key: str) -> list[str]:
    """Return the name of each item, by its `key` or else its content; no two have one name.

    The second item of a name has that name with a count behind it, and a sign that no id holds.
    """
    times: Counter[str] = Counter()
    found = []
    for item in items:
        name = item[key] if key else _content(item)
        times[name] += 1
        found.append(name if times[name] == 1 else f"{name}\0{times[name]}")
    return found


def named(items: list[Any]) -> dict[str, Any]:
    """Return the items of a list by their names."""
    return dict(zip(names(items, naming_key([items])), items, strict=True))


def spoken(name: str) -> str:
    """Return the name of an item as a person writes it; of one known by its content, that it is an entry."""
    return "an entry" if name.startswith(_BY_CONTENT) else name.partition("\0")[0]


POINTS = "points"


def twice_in(action: object) -> set[str]:
    """Return the ids that more than one point or sub-point of an action has, in its data."""
    counted = Counter(_of_points(action))
    return {name for name, count in counted.items() if count > 1}


def _of_points(holder: object) -> Iterator[str]:
    points = holder.get(POINTS) if isinstance(holder, dict) else None
    for each in points if isinstance(points, list) else ():
        name = each.get("id") if isinstance(each, dict) else None
        yield from (name,) if isinstance(name, str) else ()
        yield from _of_points(each)


def same(one: object, other: object) -> bool:
    """Return whether two values are equal and of one type; the order of keys is no matter."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (one != one and other != other)  # noqa: PLR0124 - .nan differs from itself


def _content(item: object) -> str:
    return item if isinstance(item, str) else _BY_CONTENT + json.dumps(item, sort_keys=True, default=str)
