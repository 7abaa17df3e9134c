"""What a merge has dropped: values that a side changed, and that the result has as they were before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

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


class _Absent:
    """What stands where a version has nothing."""


_ABSENT = _Absent()
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
        if was is None and mine is not None and yours is not None and _are_twins(mine, yours):
            for value, is_ours in ((mine, True), (yours, False)):
                if not _stands(value, result):
                    yield _whole(record, value, is_ours=is_ours)
        elif was is None and _stands(mine or yours, result):
            continue
        elif record in result:
            sides = ((was if mine is None else mine, True), (was if yours is None else yours, False))
            for value, is_ours in sides:
                found = _inside(record, (was, value, result[record]), is_ours=is_ours)
                # a link to one of two records of one id may lead to its new id
                yield from (loss for loss in found if not _leads_to(loss.value, twins))
        elif was is None or (mine is not None and yours is not None):
            yield _whole(record, mine or yours, is_ours=mine is not None)


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
    """Say whether a value of a record was in conflict; a whole record that is gone never was."""
    name = loss.record[1]
    if name not in conflict or not loss.at:
        return False
    below = conflict[conflict.index(name) + 1 :]
    return loss.at[: len(below)] == below


def _are_twins(mine: Any, yours: Any) -> bool:  # noqa: ANN401 - YAML's data
    """Say whether what is new on both sides are two records, each with its id."""
    return "id" in mine and not same(mine, yours)


def _leads_to(value: Any, names: AbstractSet[str]) -> bool:  # noqa: ANN401 - YAML's data
    """Say whether a value is one of some ids, a citation of one, or an entry that names one."""
    if isinstance(value, str):
        return value.partition(" ")[0] in names
    return isinstance(value, dict) and any(_leads_to(each, names) for each in value.values())


def _whole(record: Name, value: Any, *, is_ours: bool) -> Loss:  # noqa: ANN401 - YAML's data
    return Loss(record, (), is_ours, value)


def _stands(value: Any, result: Mapping[Name, Any]) -> bool:  # noqa: ANN401 - YAML's data
    """Say whether a record stands in the result under whatever id: its text does, or all that it holds."""
    return any(_words(each) == _words(value) for each in result.values())


def _words(value: Any) -> object:  # noqa: ANN401 - YAML's data
    if not isinstance(value, dict):
        return value
    return value.get("text") or {key: each for key, each in value.items() if key != "id"}


def _inside(record: Name, three: tuple[Any, Any, Any], *, is_ours: bool) -> Iterator[Loss]:
    """Compare the values inside a record: as they were, on one side, in the result."""
    was, side, result = (dict(_flat(each, ())) for each in three)
    for at in {**was, **side}:
        before, now = was.get(at, _ABSENT), side.get(at, _ABSENT)
        is_lost = not same(before, now) and same(result.get(at, _ABSENT), before)
        if is_lost and at[0] != _RECKONED and not (at in _FOUND and side.get(_FOUND[0]) == "stale"):
            yield Loss(record, at, is_ours, None if now is _ABSENT else now)


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
