"""Decisions that a merge has not kept: what they wrote into the plan must not stay behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.model.items import names, naming_key, same
from poa_toolkit.process.revisions import edits_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.process.losses import Loss

RECORD = "record"
"""The kind of a record of the text, as against an amendment."""

_ADOPTED = ("accepted", "modified")
_REWORDING = ("text", "corrigendum")
_STATUS, _REASON = ("status",), ("reason",)
"""What an adopted removal writes."""


class Overruled(NamedTuple):
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

    def explains(self, loss: Loss) -> bool:
        """Say whether a change is gone because this decision is."""
        is_inside = loss.at[: len(self.at)] == self.at or (self.at == _STATUS and loss.at == _REASON)
        return is_inside and (loss.record[1], loss.is_ours) == (self.record, self.is_ours)


def overruled(
    base: Mapping[tuple[str, str], Any],
    ours: Mapping[tuple[str, str], Any],
    theirs: Mapping[tuple[str, str], Any],
    result: Mapping[tuple[str, str], Any],
) -> Iterator[Overruled]:
    """Give every decision since `base` that changed the text, and that the result has otherwise.

    Records are given by kind and id, as `losses` takes them.
    """
    for key, kept in result.items():
        for side, other, is_ours in ((ours, theirs, True), (theirs, ours, False)):
            before, mine = base.get(key), side.get(key)
            adopted = _effects(mine) - _effects(before) - _effects(kept)
            taken_back = (_effects(before) - _effects(mine)) & _effects(kept)
            if adopted or taken_back:
                record, at = _place(mine if adopted else before)
                four = tuple(_value(each, record, at) for each in (base, side, other, result))
                stands = _stands(four, adopted | {(new, old) for old, new in taken_back})
                yield Overruled(key[1], kept.get("state", "open"), record, at, is_ours, stands)


def _effects(amendment: Any) -> frozenset[tuple[str, str]]:  # noqa: ANN401 - YAML's data
    """Give what an amendment has done to the text: words that went with those that came, or a record."""
    if not isinstance(amendment, dict) or amendment.get("state") not in _ADOPTED:
        return frozenset()
    kind, record = amendment.get("kind", "text"), amendment.get("record")
    if kind not in _REWORDING or not isinstance(record, str):
        return frozenset([(str(kind), record)]) if isinstance(record, str) else frozenset()
    wording = amendment.get("rebased") or amendment
    return _pairs(wording.get("original"), amendment.get("modified") or wording.get("proposed"))


def _pairs(old: Any, new: Any) -> frozenset[tuple[str, str]]:  # noqa: ANN401 - YAML's data
    if not isinstance(old, str) or not isinstance(new, str):
        return frozenset()
    return frozenset((each.deleted.strip(), each.inserted.strip()) for each in edits_between(old, new))


def _place(amendment: Any) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401 - YAML's data
    """Give the record that an adopted amendment writes, and the way to what it writes in there."""
    field = tuple(str(amendment.get("field") or "text").split("."))
    whole = {"add": (), "remove": _STATUS}.get(str(amendment.get("kind")), field)
    return amendment["record"], whole if field == ("text",) else field


def _value(version: Mapping[tuple[str, str], Any], record: str, at: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Give what stands at a place of a record, None for nothing; of a whole record whether it is there."""
    found = version.get((RECORD, record))
    if not at:
        return found is not None
    for step in at:
        if isinstance(found, list):
            found = dict(zip(names(found, naming_key([found])), found, strict=True))
        found = found.get(step) if isinstance(found, dict) else None
    return found.get("text") if isinstance(found, dict) and "text" in found else found


def _stands(four: tuple[Any, ...], edits: frozenset[tuple[str, str]]) -> bool:
    """Say whether what a side wrote is in the result; of the values in base, side, the other side, result."""
    base, side, other, result = four
    if same(base, side) or same(side, other):
        return False
    return same(side, result) or bool(edits & _pairs(base, result) - _pairs(base, other))
