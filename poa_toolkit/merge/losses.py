"""What a merge has lost: changes of a side that the result has not, and decisions that it overrules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.merge.values import ABSENT, ADOPTED
from poa_toolkit.model.link_sets import members, set_fields
from poa_toolkit.model.list_items import names, naming_key, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet


Name: TypeAlias = tuple[str, str]
"""The kind of a record and its id; of the head of a file, its path."""
RECORD = "record"
"""The kind of a record of the text, as against an amendment."""
HEAD = "file"
"""The kind of the head of a file: what stands in it beside its records."""


class Loss(NamedTuple):
    """A change that a side made, and the result of the merge has not."""

    record: Name
    at: tuple[str, ...]
    """The way to the value inside it; empty for a record that is gone."""
    is_ours: bool
    """Whether our side made it."""
    value: Any
    """What that side has there; None where it took something out."""


_RECKONED = "rebased"
"""What an amendment comes to in the text of today: it follows from its words and that text."""
_FOUND = (("state",), ("reason",))
"""What says that it is stale, which follows from them too."""


def losses(
    base: Mapping[Name, Any],
    ours: Mapping[Name, Any],
    theirs: Mapping[Name, Any],
    result: Mapping[Name, Any],
) -> Iterator[Loss]:
    """Return every change since `base` that a side made and `result` has not: it has the value of before.

    Records are given by kind and id, wherever in the plan they stand. What one side took out and the
    other changed may be gone: somebody has decided that. A record that is new on a side may have another
    id in the result, and links to it too.
    """
    twins = {record[1] for record in ours.keys() & theirs.keys() - base.keys()}
    for record in {**base, **ours, **theirs}:
        was, mine, yours = (each.get(record) for each in (base, ours, theirs))
        if was is None and mine is not None and yours is not None and "id" in mine and not same(mine, yours):
            for value, is_ours in ((mine, True), (yours, False)):
                if not _stands(value, result):
                    yield Loss(record, (), is_ours, value)
        elif was is None and _stands(mine or yours, result):
            continue
        elif record in result:
            sides = ((was if mine is None else mine, True), (was if yours is None else yours, False))
            for value, is_ours in sides:
                found = _inside(record, (was, value, result[record]), is_ours=is_ours)
                # a link to one of two records of one id may lead to its new id
                yield from (loss for loss in found if not _leads_to(loss.value, twins))
        elif was is None or (mine is not None and yours is not None):
            yield Loss(record, (), mine is not None, mine or yours)


def unsettled(found: Iterable[Loss], conflicts: Iterable[Sequence[str]]) -> tuple[Loss, ...]:
    """Leave out what went with the side that was not chosen: of a conflict one side may be gone, not both.

    `conflicts` are the ways to the places of conflicts, each with the id of its record in it.
    """
    left = tuple(found)
    for conflict in conflicts:
        inside = {each.is_ours for each in left if _is_inside(each, tuple(conflict))}
        if len(inside) == 1:
            left = tuple(each for each in left if not _is_inside(each, tuple(conflict)))
    return left


def _is_inside(loss: Loss, conflict: tuple[str, ...]) -> bool:
    """Return whether a value of a record was in conflict; a whole record that is gone never was."""
    name = loss.record[1]
    if name not in conflict or not loss.at:
        return False
    below = conflict[conflict.index(name) + 1 :]
    return loss.at[: len(below)] == below


def _leads_to(value: Any, names: AbstractSet[str]) -> bool:  # noqa: ANN401 - YAML's data
    """Return whether a value is one of some ids, a citation of one, or an entry that names one."""
    if isinstance(value, str):
        return value.partition(" ")[0] in names
    return isinstance(value, dict) and any(_leads_to(each, names) for each in value.values())


def _stands(value: Any, result: Mapping[Name, Any]) -> bool:  # noqa: ANN401 - YAML's data
    """Return whether a record stands in the result under whatever id: its text does, or all that it holds."""
    return any(_content(each) == _content(value) for each in result.values())


def _content(value: Any) -> object:  # noqa: ANN401 - YAML's data
    if not isinstance(value, dict):
        return value
    return value.get("text") or {key: each for key, each in value.items() if key != "id"}


def _inside(record: Name, three: tuple[Any, Any, Any], *, is_ours: bool) -> Iterator[Loss]:
    """Compare the values inside a record: as they were, on one side, in the result."""
    was, side, result = (dict(_flat(each, ())) for each in three)
    for at in {**was, **side}:
        before, now = was.get(at, ABSENT), side.get(at, ABSENT)
        is_lost = not same(before, now) and same(result.get(at, ABSENT), before)
        if is_lost and at[0] != _RECKONED and not (at in _FOUND and side.get(_FOUND[0]) == "stale"):
            yield Loss(record, at, is_ours, None if now is ABSENT else now)


def _flat(value: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401
    """Return every single value of a record; of a set of links, each that is in it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(each, (*at, key))
    elif isinstance(value, list):
        key = naming_key([value])
        for name, each in zip(names(value, key), value, strict=True):
            # an entry without an id is what it is as a whole
            yield from _flat(each, (*at, name)) if key else [((*at, name), each)]
    elif value is not None:
        yield at, value


RecordPlace: TypeAlias = tuple[str, str]
"""Where a record stands: the file, and the record before it."""

_REWORDING = ("text", "corrigendum")
_STATUS, _REASON = ("status",), ("reason",)
"""What an adopted removal writes in an action; any other record goes."""
_PLACE = ("place",)
"""The way to what an adopted move writes: where the record stands, which is no field of it."""


class Version(NamedTuple):
    """One of the versions that are compared."""

    records: Mapping[Name, Any]
    places: Mapping[Name, RecordPlace]

    def name(self, record: str) -> Name | None:
        """Return the name under which a record stands that an amendment is to; None where it does not."""
        if (RECORD, record) in self.records:
            return RECORD, record
        heads = ((name, value) for name, value in self.records.items() if name[0] == HEAD)
        return next((name for name, value in heads if _names(name, value, record)), None)


def _names(name: Name, head: Any, record: str) -> bool:  # noqa: ANN401 - YAML's data
    own = head.get("id") if isinstance(head, dict) else None
    return record == (own or {"plan/plan.yaml": "plan"}.get(name[1]))


class OverruledDecision(NamedTuple):
    """A decision of one side, to adopt or to take back, of which the result has the contrary."""

    amendment: str
    state: str
    """What the result has it as."""
    record: str
    at: tuple[str, ...]
    """The way to what was written, inside that record; empty where it is the record itself."""
    is_ours: bool
    """Whether it is the decision of our side."""
    stands: bool
    """Whether what it wrote is still there."""
    name: Name | None
    """Under which the record stands in the plan, or stood."""

    def explains(self, loss: Loss) -> bool:
        """Return whether a change is gone because this decision is."""
        is_inside = loss.at[: len(self.at)] == self.at or (self.at == _STATUS and loss.at == _REASON)
        return is_inside and (loss.record, loss.is_ours) == (self.name, self.is_ours)


def overruled(base: Version, ours: Version, theirs: Version, result: Version) -> Iterator[OverruledDecision]:
    """Return every decision since `base` that changed the text, and that the result has otherwise."""
    for key, kept in result.records.items():
        for side, other, is_ours in ((ours, theirs, True), (theirs, ours, False)):
            before, mine = base.records.get(key), side.records.get(key)
            adopted = _effects(mine) - _effects(before) - _effects(kept)
            taken_back = (_effects(before) - _effects(mine)) & _effects(kept)
            if adopted or taken_back:
                amendment: Any = mine if adopted else before
                record, four = amendment["record"], (base, side, other, result)
                name = next(filter(None, (each.name(record) for each in (result, side, base))), None)
                at = _place(amendment, base.records.get(name) if name else None)
                stands = _is_kept(
                    tuple(_value(each, record, at) for each in four),
                    adopted | {(new, old) for old, new in taken_back},
                )
                yield OverruledDecision(key[1], kept.get("state", "open"), record, at, is_ours, stands, name)


def _effects(amendment: Any) -> frozenset[tuple[str, str]]:  # noqa: ANN401 - YAML's data
    """Return what an amendment has done to the text: words that went with those that came, or a record."""
    if not isinstance(amendment, dict) or amendment.get("state") not in ADOPTED:
        return frozenset()
    kind, record = amendment.get("kind", "text"), amendment.get("record")
    if not isinstance(record, str):
        return frozenset()
    if kind not in _REWORDING:
        return frozenset([(str(kind), record)])
    wording = amendment.get("rebased") or amendment
    old, new = wording.get("original"), amendment.get("modified") or wording.get("proposed")
    if amendment.get("field") in set_fields():
        return _changes(*(list(members(str(each or ""))) for each in (old, new)))
    return _changes(old or "", new or "")


def _changes(old: Any, new: Any) -> frozenset[tuple[str, str]]:  # noqa: ANN401 - YAML's data
    """Return the words that went from a text with those that came, or the members of a set that did."""
    if isinstance(old, list) or isinstance(new, list):
        had, has = ({str(each) for each in side or ()} for side in (old, new))
        return frozenset((*((each, "") for each in had - has), *(("", each) for each in has - had)))
    if not isinstance(old, str) or not isinstance(new, str):
        return frozenset()
    return frozenset((each.deleted.strip(), each.inserted.strip()) for each in edits_between(old, new))


def _place(amendment: dict[str, Any], record: Any) -> tuple[str, ...]:  # noqa: ANN401 - YAML's data
    """Return the way to what an amendment writes, inside its record."""
    field, kind = tuple(str(amendment.get("field") or "text").split(".")), amendment.get("kind")
    if field != ("text",) or kind in (None, *_REWORDING):
        return field
    is_action = isinstance(record, dict) and _STATUS[0] in record
    return {"move": _PLACE, "remove": _STATUS if is_action else ()}.get(str(kind), ())


def _value(version: Version, record: str, at: tuple[str, ...]) -> Any:  # noqa: ANN401 - YAML's data
    """Return what stands at a place of a record, None for nothing; of a whole record whether it is there."""
    name = version.name(record)
    if name is None or not at:
        return None if at else name is not None
    if at == _PLACE:
        return version.places.get(name)
    found = version.records[name]
    for step in at:
        if isinstance(found, list):
            found = dict(zip(names(found, naming_key([found])), found, strict=True))
        found = found.get(step) if isinstance(found, dict) else None
    return found.get("text") if isinstance(found, dict) and "text" in found else found


def _is_kept(four: tuple[Any, ...], edits: frozenset[tuple[str, str]]) -> bool:
    """Return whether what a side wrote is in the result, by base, side, other side and result."""
    base, side, other, result = four
    if isinstance(side, tuple) and isinstance(base, tuple) and base[0] != side[0]:
        # to another file: what it stands behind there is no matter
        base, side, other, result = (each and each[0] for each in four)
    if same(base, side) or same(side, other):
        return False
    return same(side, result) or bool(edits & _changes(base, result) - _changes(base, other))
