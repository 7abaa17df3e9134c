"""Decisions that a merge has not kept: what they wrote into the plan must not stay behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.model.items import names, naming_key, same
from poa_toolkit.process.revisions import edits_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.process.losses import Loss

_ADOPTED = ("accepted", "modified")
_STATUS, _REASON = ("status",), ("reason",)
"""What an adopted removal writes."""
RECORD = "record"
"""The kind of a record of the text, as against an amendment."""


class Overruled(NamedTuple):
    """An adoption of one side that the result has otherwise."""

    amendment: str
    state: str
    """What the result has it as."""
    record: str
    at: tuple[str, ...]
    """The way to what it wrote, inside that record; empty where it is the record itself."""
    is_ours: bool
    """Whether our side adopted it."""
    stands: bool
    """Whether what it wrote is still there."""

    def explains(self, loss: Loss) -> bool:
        """Say whether a change is gone because this adoption is."""
        is_inside = loss.at[: len(self.at)] == self.at or (self.at == _STATUS and loss.at == _REASON)
        return is_inside and (loss.record[1], loss.is_ours) == (self.record, self.is_ours)


def overruled(
    base: Mapping[tuple[str, str], Any],
    ours: Mapping[tuple[str, str], Any],
    theirs: Mapping[tuple[str, str], Any],
    result: Mapping[tuple[str, str], Any],
) -> Iterator[Overruled]:
    """Give every adoption since `base` of which the result has another decision, or other words.

    Records are given by kind and id, as `losses` takes them.
    """
    for key, amendment in result.items():
        for side, other, is_ours in ((ours, theirs, True), (theirs, ours, False)):
            mine = _adopted(side.get(key))
            if mine is None or same(mine, base.get(key)):
                continue
            new = _edits(mine) - _edits(amendment)
            if new or not _adopted(amendment) or mine["record"] != amendment["record"]:
                at = _place(mine)
                four = tuple(_value(each, mine["record"], at) for each in (base, side, other, result))
                state = amendment.get("state", "open")
                yield Overruled(key[1], state, mine["record"], at, is_ours, _stands(four, new))


def _adopted(amendment: Any) -> dict[str, Any] | None:  # noqa: ANN401 - YAML's data
    """Give an amendment that was adopted and has a record; None for anything else."""
    if not isinstance(amendment, dict) or amendment.get("state") not in _ADOPTED:
        return None
    return amendment if isinstance(amendment.get("record"), str) else None


def _place(amendment: dict[str, Any]) -> tuple[str, ...]:
    """Give the way to what an amendment writes, inside its record."""
    field = tuple(str(amendment.get("field") or "text").split("."))
    whole = field == ("text",)
    if amendment.get("kind") == "add":
        return () if whole else field
    if amendment.get("kind") == "remove":
        return _STATUS if whole else field
    return field


def _edits(amendment: Any) -> set[tuple[str, str]]:  # noqa: ANN401 - YAML's data
    """Give the words that an adopted amendment took out and put in, each pair as one edit has it."""
    if not _adopted(amendment):
        return set()
    wording = amendment.get("rebased") or amendment
    adopted = amendment.get("modified") or wording.get("proposed")
    return _pairs(wording.get("original"), adopted)


def _pairs(old: Any, new: Any) -> set[tuple[str, str]]:  # noqa: ANN401 - YAML's data
    if not isinstance(old, str) or not isinstance(new, str):
        return set()
    return {(each.deleted.strip(), each.inserted.strip()) for each in edits_between(old, new)}


def _stands(four: tuple[Any, ...], edits: set[tuple[str, str]]) -> bool:
    """Say whether what a side wrote is in the result; of the values in base, side, the other side, result."""
    base, side, other, result = four
    if same(base, side) or same(side, other):
        return False
    if same(side, result):
        return True
    return bool(edits & _pairs(base, result) - _pairs(base, other))


def _value(version: Mapping[tuple[str, str], Any], record: str, at: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Give what stands at a place of a record; of a list without ids its members, None where nothing does."""
    found = version.get((RECORD, record))
    if not at:
        return found is not None
    for step in at:
        if isinstance(found, list):
            found = dict(zip(names(found, naming_key([found])), found, strict=True))
        found = found.get(step) if isinstance(found, dict) else None
    return found.get("text") if isinstance(found, dict) and "text" in found else found
