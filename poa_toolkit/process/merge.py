"""Three versions of a file's data to the one that holds what both sides changed: by record and field.

Texts are merged by words, links as sets, records and points by their ids. Whatever may be a conflict
is one: then there are two results, equal but for the places of conflict.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.model.traits import Value, fields
from poa_toolkit.process.merge_words import merge_words

if TYPE_CHECKING:
    from poa_toolkit.model.base import Record

_NAMES = ("id", "ref")
"""The keys by which the items of a list are known."""


class _Absent:
    """What stands where a version has nothing."""


ABSENT = _Absent()


class Conflict(NamedTuple):
    """A place that cannot be merged, and why."""

    place: str
    """As a person names it: ``A-007 text``."""
    message: str


@dataclass(slots=True)
class Merged:
    """What became of three versions."""

    ours: Any = None
    """Everything that could be merged, and our side where it could not."""
    theirs: Any = None
    """Everything that could be merged, and their side where it could not."""
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Any, ours: Any, theirs: Any, *, root: type[Record] | None) -> Merged:  # noqa: ANN401 - YAML's data
    """Merge the data of a file as two sides changed it since `base`.

    `root` is the model of the file, which says what each key holds; without one, every value is one thing.
    """
    desk = _Desk()
    mine, yours = desk.value((base, ours, theirs), _Place(model=root))
    return Merged(mine, yours, desk.conflicts)


def same(one: object, other: object) -> bool:
    """Say whether two values are equal and of one type; the order of keys is no matter."""
    if one.__class__ is not other.__class__:
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (one != one and other != other)  # noqa: PLR0124 - .nan differs from itself


class _Place(NamedTuple):
    """Where a value stands, for a person."""

    record: str = ""
    field: str = ""
    model: type[Record] | None = None
    """What stands there, or in the list that does; None where nothing is known of it."""
    held: Value = Value.TOKEN
    """What kind of value it is."""

    def __str__(self) -> str:
        return f"{self.record} {self.field}".strip() or "the file"

    def key(self, name: str) -> _Place:
        """Give the place of what stands under a key."""
        known = fields(self.model).get(name) if self.model else None
        return self.inside(name)._replace(
            model=known.record if known else None, held=known.value if known else Value.TOKEN
        )

    def inside(self, step: str) -> _Place:
        """Give the place of an item of a list."""
        return self._replace(field=f"{self.field}.{step}" if self.field else step)


Three = tuple[Any, Any, Any]
"""A value in the base, in ours, in theirs."""
Two = tuple[Any, Any]
"""A value as merged for our side and for theirs: equal, but in a conflict."""


class _Desk:
    """Merges values, and keeps the conflicts."""

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []

    def conflict(self, place: _Place, message: str, two: Two) -> Two:
        """Keep a conflict; both sides stay as they are."""
        self.conflicts.append(Conflict(str(place), message))
        return two

    def value(self, three: Three, place: _Place) -> Two:
        """Merge any value, ABSENT where a version has none."""
        base, ours, theirs = three
        if same(ours, theirs) or same(base, theirs):
            return ours, ours
        if same(base, ours):
            return theirs, theirs
        if ABSENT in (ours, theirs):
            return self.apart(three, place)
        kinds = {type(each) for each in three if each is not ABSENT}
        if kinds == {dict}:
            return self.mapping(({} if base is ABSENT else base, ours, theirs), place)
        if kinds == {list}:
            return self.list(([] if base is ABSENT else base, ours, theirs), place)
        return self.apart(three, place)

    def apart(self, three: Three, place: _Place) -> Two:
        """Merge two values that both differ from the base's: texts by words, nothing else."""
        base, ours, theirs = three
        is_text = all(isinstance(each, str) for each in three)
        if not is_text or not place.held.is_words:
            message = f"one side has {_said(ours)}, the other {_said(theirs)}"
            return self.conflict(place, message, (ours, theirs))
        merged = merge_words(base, ours, theirs)
        if merged is None:
            message = "both sides changed the same words, or words beside each other"
            return self.conflict(place, message, (ours, theirs))
        return merged, merged

    def mapping(self, three: Three, place: _Place) -> Two:
        """Merge mappings key by key."""
        _, ours, theirs = three
        mine: dict[str, Any] = {}
        yours: dict[str, Any] = {}
        for key in [*ours, *(key for key in theirs if key not in ours)]:
            each = tuple(side.get(key, ABSENT) for side in three)
            one, other = self.value((each[0], each[1], each[2]), place.key(key))
            if one is not ABSENT:
                mine[key] = one
            if other is not ABSENT:
                yours[key] = other
        return mine, yours

    def list(self, three: Three, place: _Place) -> Two:
        """Merge lists: of records by their ids, of anything else as sets."""
        name = _name_of(three)
        sides = [_keyed(side, name) for side in three]
        if None in sides:
            return self.conflict(place, "an item stands twice in this list", (three[1], three[2]))
        base, ours, theirs = (side or {} for side in sides)
        if not name and place.held is not Value.LINKS and _replaced(base, ours, theirs):
            return self.conflict(place, "both sides put something else there", (three[1], three[2]))
        mine: dict[str, Any] = {}
        yours: dict[str, Any] = {}
        for key in {**ours, **theirs, **base}:
            each = tuple(side.get(key, ABSENT) for side in (base, ours, theirs))
            one, other = self.item((each[0], each[1], each[2]), _inside(place, key, name))
            if one is not ABSENT:
                mine[key] = one
            if other is not ABSENT:
                yours[key] = other
        self.twins((base, ours, theirs), mine, yours)
        orders = _orders((base, ours, theirs), {**mine, **yours})
        if len(orders) > 1:
            self.conflict(place, "both sides put it in another order", (ours, theirs))
        first, last = orders[0], orders[-1]
        return [mine[key] for key in first if key in mine], [yours[key] for key in last if key in yours]

    def item(self, three: Three, place: _Place) -> Two:
        """Merge an item of a list: two that came on both sides are two, not one."""
        base, ours, theirs = three
        if base is ABSENT and ABSENT not in (ours, theirs) and not same(ours, theirs):
            message = "was added on both sides, as two different records: one of them needs another id"
            return self.conflict(place, message, (ours, theirs))
        if ABSENT in (ours, theirs) and base is not ABSENT:
            kept = theirs if ours is ABSENT else ours
            if kept is not ABSENT and not same(kept, base):
                return self.conflict(
                    place, "was taken out on one side and changed on the other", (ours, theirs)
                )
        return self.value(three, place)

    def twins(self, three: Three, mine: dict[str, Any], yours: dict[str, Any]) -> None:
        """Find ids that came on the two sides and differ in their case alone."""
        base, ours, theirs = three
        new = {key.lower(): key for key in ours if key not in base}
        for key in theirs:
            twin = new.get(key.lower(), key)
            if key not in base and twin != key:
                del mine[key], yours[twin]
                message = f"{twin} and {key} were added on the two sides: one of them needs another id"
                self.conflicts.append(Conflict(key, message))


def _said(value: object) -> str:
    if value is ABSENT:
        return "nothing"
    if isinstance(value, dict | list):
        return "a block"
    return json.dumps(value, ensure_ascii=False, default=str)


def _inside(place: _Place, key: str, name: str) -> _Place:
    if not name:
        return place.inside(key)
    return (
        place.inside(key)
        if place.record and place.field == "points"
        else place._replace(record=key, field="")
    )


def _name_of(lists: Three) -> str:
    """Give the key by which the items of three lists are known; empty where their content is."""
    items = [item for each in lists for item in each]
    for name in _NAMES:
        if items and all(isinstance(item, dict) and isinstance(item.get(name), str) for item in items):
            return name
    return ""


def _keyed(items: list[Any], name: str) -> dict[str, Any] | None:
    """Index a list by the names of its items, or by their content; None where two are alike."""
    found = {item[name] if name else _content(item): item for item in items}
    return found if len(found) == len(items) else None


def _content(item: object) -> str:
    return item if isinstance(item, str) else "\0" + json.dumps(item, sort_keys=True, default=str)


def _replaced(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Say whether both sides took out one item and each put something of its own in its place."""
    gone = any(key not in ours and key not in theirs for key in base)
    mine, yours = ({key for key in side if key not in base} for side in (ours, theirs))
    return gone and bool(mine) and bool(yours) and mine != yours


def _orders(sides: Three, wanted: dict[str, Any]) -> list[list[str]]:
    """Give the order of the keys of a merged list; two, ours and theirs, where both sides changed it."""
    base, ours, theirs = (list(each) for each in sides)
    shared = set(base) & set(ours) & set(theirs)
    was, mine, yours = ([key for key in each if key in shared] for each in (base, ours, theirs))
    by_us, by_them = _woven(ours, theirs, wanted), _woven(theirs, ours, wanted)
    if mine in (was, yours):
        return [by_us if mine == yours else by_them]
    return [by_us] if yours == was else [by_us, by_them]


def _woven(leader: list[str], other: list[str], wanted: dict[str, Any]) -> list[str]:
    """Put the keys that only `other` has behind those they follow there, and behind the leader's own."""
    found = [key for key in leader if key in wanted]
    place = -1
    for key in other:
        if key in found:
            place = found.index(key)
        elif key in wanted:
            place += 1
            while place < len(found) and found[place] not in other:
                place += 1
            found.insert(place, key)
    return found
