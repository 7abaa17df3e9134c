"""Three versions of a file's data to the one that holds what both sides changed: by record and field.

Texts are merged by words, links as sets, records and points by their ids. Whatever may be a conflict
is one: then there are two results, equal but at the places of the conflicts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.merge.words import merge_words
from poa_toolkit.model import Action, Amendment
from poa_toolkit.model.fields import Value, fields
from poa_toolkit.model.list_items import POINTS, names, naming_key, same, spoken, twice_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from poa_toolkit.model.base import Record


class _Absent:
    """What stands where a version has nothing."""


ABSENT = _Absent()

Path: TypeAlias = tuple[str, ...]
"""The way to a value: keys, and names of the items of lists."""


class Conflict(NamedTuple):
    """A place that cannot be merged, and why."""

    place: str
    """As a person names it: ``A-007 text``."""
    message: str
    at: Path = ()


@dataclass(slots=True)
class Merged:
    """What became of three versions."""

    ours: Any = None
    """Everything that could be merged, and our side where it could not."""
    theirs: Any = None
    """Everything that could be merged, and their side where it could not."""
    conflicts: list[Conflict] = field(default_factory=list)


def merge(
    base: Any,  # noqa: ANN401 - YAML's data
    ours: Any,  # noqa: ANN401 - the same
    theirs: Any,  # noqa: ANN401 - the same
    *,
    root: type[Record] | None,
    apart: Collection[Path] = (),
) -> Merged:
    """Merge the data of a file as two sides changed it since `base`.

    `root` is the model of the file, which says what each key holds; without one, every value is one thing.
    What stands `apart` is not merged: a conflict where both sides changed it.
    """
    merging = _Merging(frozenset(apart))
    mine, yours = merging.value((base, ours, theirs), _Place(model=root))
    return Merged(mine, yours, merging.conflicts)


class _Place(NamedTuple):
    """Where a value stands."""

    record: str = ""
    field: str = ""
    model: type[Record] | None = None
    """What stands there, or in the list that does; None where nothing is known of it."""
    held: Value = Value.TOKEN
    """What kind of value it is."""
    at: Path = ()

    def __str__(self) -> str:
        return f"{self.record} {self.field}".strip() or "the file"

    def key(self, name: str) -> _Place:
        """Return the place of what stands under a key."""
        known = fields(self.model).get(name) if self.model else None
        return self._inside(name)._replace(
            model=known.record if known else None, held=known.value if known else Value.TOKEN
        )

    def item(self, name: str, *, is_record: bool) -> _Place:
        """Return the place of an item of a list; points are told by their action."""
        if is_record and self.record and self.field.rpartition(".")[2] == POINTS:
            return self._replace(field=f"{POINTS}.{spoken(name)}", at=(*self.at, name))
        if is_record:
            return self._replace(record=spoken(name), field="", at=(*self.at, name))
        return self._inside(name)

    def _inside(self, step: str) -> _Place:
        said = f"{self.field}.{spoken(step)}" if self.field else spoken(step)
        return self._replace(field=said, at=(*self.at, step))


Three: TypeAlias = tuple[Any, Any, Any]
"""A value in the base, in ours, in theirs."""
Two: TypeAlias = tuple[Any, Any]
"""A value as merged for our side and for theirs: equal, but in a conflict."""


class _Merging:
    """Merges values, and keeps the conflicts."""

    def __init__(self, apart: frozenset[Path]) -> None:
        self.apart = apart
        self.conflicts: list[Conflict] = []

    def conflict(self, place: _Place, message: str, two: Two) -> Two:
        """Keep a conflict; both sides stay as they are."""
        self.conflicts.append(Conflict(str(place), message, place.at))
        return two

    def value(self, three: Three, place: _Place) -> Two:
        """Merge any value, ABSENT where a version has none."""
        base, ours, theirs = three
        if same(ours, theirs) or same(base, theirs):
            return ours, ours
        if same(base, ours):
            return theirs, theirs
        if place.at in self.apart:
            message = "each side is right by itself, but their changes do not fit together"
            return self.conflict(place, message, (ours, theirs))
        kinds = set() if ABSENT in (ours, theirs) else {type(each) for each in three if each is not ABSENT}
        if kinds == {dict}:
            return self.mapping(({} if base is ABSENT else base, ours, theirs), place)
        if kinds == {list}:
            return self.list(([] if base is ABSENT else base, ours, theirs), place)
        return self.single((base, ours, theirs), place)

    def single(self, three: Three, place: _Place) -> Two:
        """Merge two values that both differ from the base's: texts by words, nothing else."""
        base, ours, theirs = three
        is_text = all(isinstance(each, str) for each in three)
        if not is_text or not place.held.is_words:
            message = f"one side has {_shown_value(ours)}, the other {_shown_value(theirs)}"
            return self.conflict(place, message, (ours, theirs))
        merged = merge_words(base, ours, theirs)
        two = merged.ours, merged.theirs
        return self.conflict(place, merged.reason, two) if merged.reason else two

    def mapping(self, three: Three, place: _Place) -> Two:
        """Merge mappings key by key."""
        if place.model is Amendment and isinstance(three[1].get("id"), str):
            led = _with_one_staleness(_with_one_wording(three))
            if why := _woven_decision(led):
                return self.conflict(place, why, (three[1], three[2]))
            three = led
        _, ours, theirs = three
        mine: dict[str, Any] = {}
        yours: dict[str, Any] = {}
        known = len(self.conflicts)
        for key in [*ours, *(key for key in theirs if key not in ours)]:
            each = tuple(side.get(key, ABSENT) for side in three)
            one, other = self.value((each[0], each[1], each[2]), place.key(key))
            if one is not ABSENT:
                mine[key] = one
            if other is not ABSENT:
                yours[key] = other
        if place.model is Action and (twice := twice_in(mine) - twice_in(ours) - twice_in(theirs)):
            del self.conflicts[known:]
            message = f"each side has point {min(twice)} at another place"
            return self.conflict(place, message, (ours, theirs))
        return mine, yours

    def list(self, three: Three, place: _Place) -> Two:
        """Merge lists: of records by their ids, of anything else as sets."""
        key = naming_key(three)
        base, ours, theirs = (dict(zip(names(side, key), side, strict=True)) for side in three)
        if not key and place.held is not Value.LINKS and _replaced(base, ours, theirs):
            return self.conflict(place, "both sides put something else there", (three[1], three[2]))
        mine: dict[str, Any] = {}
        yours: dict[str, Any] = {}
        for name in {**ours, **theirs, **base}:
            each = tuple(side.get(name, ABSENT) for side in (base, ours, theirs))
            one, other = self.item((each[0], each[1], each[2]), place.item(name, is_record=bool(key)))
            if one is not ABSENT:
                mine[name] = one
            if other is not ABSENT:
                yours[name] = other
        if key:
            self.twins((base, ours, theirs), (mine, yours), place)
        orders = _orders((list(base), list(ours), list(theirs)), {**mine, **yours})
        if len(orders) > 1:
            self.conflict(place, "both sides put it in another order", (ours, theirs))
        first, last = orders[0], orders[-1]
        return [mine[name] for name in first if name in mine], [yours[name] for name in last if name in yours]

    def item(self, three: Three, place: _Place) -> Two:
        """Merge an item of a list: two that came on both sides are two, not one."""
        base, ours, theirs = three
        if base is ABSENT and ABSENT not in (ours, theirs) and not same(ours, theirs):
            message = "was added on both sides, as two different records: one of them needs another id"
            return self.conflict(place, message, (ours, theirs))
        if ABSENT in (ours, theirs) and base is not ABSENT:
            kept = theirs if ours is ABSENT else ours
            if kept is not ABSENT and not same(kept, base):
                message = "was taken out on one side and changed on the other"
                return self.conflict(place, message, (ours, theirs))
        return self.value(three, place)

    def twins(self, three: Three, two: tuple[dict[str, Any], dict[str, Any]], place: _Place) -> None:
        """Find ids that came on the two sides and differ in their case alone."""
        base, ours, theirs = three
        new = {name.lower(): name for name in ours if name not in base}
        for name in theirs:
            twin = new.get(name.lower(), name)
            if name not in base and twin != name:
                del two[0][name], two[1][twin]
                message = f"{twin} and {name} were added on the two sides: one of them needs another id"
                self.conflict(place.item(name, is_record=True), message, (None, None))


def _shown_value(value: object) -> str:
    if value is ABSENT:
        return "nothing"
    if isinstance(value, dict | list):
        return "a block"
    return json.dumps(value, ensure_ascii=False, default=str)


def _replaced(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Return whether both sides took out one item and each put something of its own in its place."""
    gone = any(key not in ours and key not in theirs for key in base)
    mine, yours = ({key for key in side if key not in base} for side in (ours, theirs))
    return gone and bool(mine) and bool(yours) and mine != yours


# --- what an amendment comes to -----------------------------------------------------------------------

_WORDS = ("original", "proposed", "edits")
ADOPTED = ("accepted", "modified")
"""The states in which the words of an amendment stand in the text."""
_DECISION = ("state", "modified", "decided_by", "decided", "reason")
_FOUND = ("state", "reason")
"""What says that an amendment was found to be stale."""


def _woven_decision(three: Three) -> str:
    """Return why the two sides of an amendment are two whole things, of which one holds; empty where not.

    A decision is its outcome, who took it, when and why, or that it was taken back; and it is one on certain
    words. That an amendment is stale was found, and is none, but where the other side adopted it.
    """
    base, ours, theirs = three

    def of(side: dict[str, Any], keys: Sequence[str]) -> list[Any]:
        return [side.get(key) for key in keys]

    def is_decided(side: dict[str, Any], other: dict[str, Any]) -> bool:
        is_found = _is_found_stale(side, base) and other.get("state") not in ADOPTED
        is_outcome = of(side, _DECISION) != of(base, _DECISION) and not is_found
        return is_outcome or _taken_back(side) != _taken_back(base)

    decided = [is_decided(ours, theirs), is_decided(theirs, ours)]
    revised = [of(side, _WORDS) != of(base, _WORDS) for side in (ours, theirs)]
    if all(decided) and of(ours, _DECISION) != of(theirs, _DECISION):
        return "was decided on both sides, in two ways"
    if all(revised) and of(ours, _WORDS) != of(theirs, _WORDS):
        return "was revised on both sides, in two ways"
    if (decided[0] and revised[1]) or (decided[1] and revised[0]):
        return "was decided on one side and revised on the other"
    return ""


def _taken_back(side: dict[str, Any]) -> int:
    """Return how often a decision was taken back: whoever did so has decided, although it is open again."""
    history = side.get("history")
    return sum(isinstance(each, dict) and each.get("turn") == "reopened" for each in history or ())


def _with_one_staleness(three: Three) -> Three:
    """Return three versions of an amendment of which none is stale that somebody has decided or revised.

    That the words it was about have gone is found, not decided: it gives way to what a person did, but for
    an adoption, which needs those words. What both sides found stale has the reasons of both.
    """
    base, ours, theirs = three
    stale = [_is_found_stale(side, base) for side in (ours, theirs)]
    if all(stale):
        reasons = dict.fromkeys(str(side["reason"]) for side in (ours, theirs) if side.get("reason"))
        both = {"reason": "; ".join(reasons)} if reasons else {}
        return base, ours | both, theirs | both
    if not any(stale):
        return three
    found, other = (ours, theirs) if stale[0] else (theirs, ours)
    is_changed = any(not same(base.get(key), other.get(key)) for key in (*_DECISION, *_WORDS))
    is_acted_on = is_changed or _taken_back(other) != _taken_back(base)
    if not is_acted_on or other.get("state") in ADOPTED:
        return three
    found = {key: each for key, each in found.items() if key not in _FOUND}
    found |= {key: base[key] for key in _FOUND if key in base}
    return (base, found, theirs) if stale[0] else (base, ours, found)


def _is_found_stale(side: dict[str, Any], base: dict[str, Any]) -> bool:
    return side.get("state") == "stale" != base.get("state")


def _with_one_wording(three: Three) -> Three:
    """Return three versions of an amendment that do not contradict each other in what follows from the rest.

    What an amendment comes to in the text of today, `rebased`, is reckoned anew from its words and that text
    where the two sides have it for other words, or other texts. That of the side that adopted it stays.
    """
    base, ours, theirs = three

    def changed(side: dict[str, Any], *keys: str) -> bool:
        return any(not same(base.get(key), side.get(key)) for key in keys)

    apart = not same(ours.get("rebased"), theirs.get("rebased"))
    both = all(changed(side, "rebased", *_WORDS) for side in (ours, theirs))
    adopted = [side for side in (ours, theirs) if side.get("state") in ADOPTED]
    if not apart or not (both or adopted) or len(adopted) > 1:
        return three
    found = adopted[0].get("rebased") if adopted else None
    kept = {"rebased": found} if found is not None else {}
    one, two, other = ({key: each for key, each in side.items() if key != "rebased"} | kept for side in three)
    return one, two, other


# --- the order of a list --------------------------------------------------------------------------


def _orders(sides: tuple[list[str], list[str], list[str]], wanted: Collection[str]) -> list[list[str]]:
    """Return the order of the items of a merged list; two, ours and theirs, where the sides contradict."""
    base, ours, theirs = sides
    shared = {*base} & {*ours} & {*theirs}
    was, mine, yours = ([name for name in each if name in shared] for each in sides)
    if mine == was:
        return [_woven(theirs, ours, wanted) if yours != was else _woven(ours, theirs, wanted)]
    if yours in (was, mine):
        return [_woven(ours, theirs, wanted)]
    both = _both_ordered(was, mine, yours)
    if both is None:
        return [_woven(ours, theirs, wanted), _woven(theirs, ours, wanted)]
    return [_woven(_with_order(ours, both), theirs, wanted)]


def _both_ordered(was: Sequence[str], mine: Sequence[str], yours: Sequence[str]) -> list[str] | None:
    """Return the order in which, of any two items, that one is first which a side has put first.

    None where there is no such order: the two sides contradict each other.
    """
    then, ours, theirs = ({name: place for place, name in enumerate(each)} for each in (was, mine, yours))

    def is_first(one: str, other: str) -> bool:
        before = then[one] < then[other]
        by_us, by_them = ours[one] < ours[other], theirs[one] < theirs[other]
        return by_us if by_us != before else by_them

    behind = {one: sum(is_first(one, other) for other in was if other != one) for one in was}
    # each stands before another number of items, or some stand in a circle
    if len(set(behind.values())) < len(was):
        return None
    return sorted(was, key=behind.__getitem__, reverse=True)


def _with_order(items: list[str], order: Sequence[str]) -> list[str]:
    """Return a list with the items of `order` in that order; the others keep their places."""
    following = iter(order)
    known = {*order}
    return [next(following) if name in known else name for name in items]


def _woven(leader: list[str], other: list[str], wanted: Collection[str]) -> list[str]:
    """Put the names that only `other` has behind those they follow there, and behind the leader's own."""
    found = [name for name in leader if name in wanted]
    place = -1
    for name in other:
        if name in found:
            place = found.index(name)
        elif name in wanted:
            place += 1
            while place < len(found) and found[place] not in other:
                place += 1
            found.insert(place, name)
    return found
