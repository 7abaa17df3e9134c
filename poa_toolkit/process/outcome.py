"""What became of amendments, and which of them explains each change between two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Kind
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.adopted import adopted_for, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.model import Amendment

_WORDS = frozenset((Kind.REWORDED, Kind.BRACKET_OPENED, Kind.BRACKET_RESOLVED, Kind.FIELD))
_GONE = frozenset((Kind.REMOVED, Kind.WITHDRAWN))
_WITH_REMOVAL = frozenset(("status", "reason"))
"""Fields that an adopted removal sets in the action that it withdraws."""


class Explained(NamedTuple):
    """A change, and the adopted amendments that made it."""

    change: Change
    amendments: tuple[str, ...]
    whole: bool
    """Whether they explain all of it; without, some of its words came otherwise."""


def explanations(comparison: Comparison, amendments: Iterable[Amendment]) -> tuple[Explained, ...]:
    """Give every change with the amendments that explain it; what was only renumbered is left out."""
    adopted = tuple(each for each in amendments if each.is_adopted)
    return tuple(
        _explained(change, adopted) for change in comparison.changes if change.kind is not Kind.RENUMBERED
    )


def _explained(change: Change, adopted: Sequence[Amendment]) -> Explained:
    if change.kind in _GONE or change.field in _WITH_REMOVAL:
        names = tuple(each.id for each in adopted if _removes(each, change))
        return Explained(change, names, bool(names))
    if change.kind is Kind.ADDED:
        return _addition(change, adopted)
    if change.kind in _WORDS and not isinstance(change.old, tuple) and not isinstance(change.new, tuple):
        mine = adopted_for(adopted, change.record, change.field or "text")
        made = steps(change.old or "", change.new or "", mine)
        if made is not None:
            return Explained(change, tuple(each.id for each in made), bool(made))
        last = [each.id for each in mine if (each.adopted or "").split() == (change.new or "").split()]
        return Explained(change, tuple(last), whole=False)
    return Explained(change, (), whole=False)


def _addition(change: Change, adopted: Sequence[Amendment]) -> Explained:
    """Explain a record that came by the amendment that added it, and those that reworded it since."""
    field = change.field if change.record_kind == "point" else "text"
    text = str(change.new or "").partition("\n")[0]
    for each in adopted_for(adopted, change.record, field):
        if each.kind is AmendmentKind.ADD:
            made = steps(each.adopted or "", text, adopted_for(adopted, change.record, field))
            names = (each.id, *(step.id for step in made or ()))
            return Explained(change, names, whole=made is not None and "\n" not in str(change.new))
    return Explained(change, (), whole=False)


def _removes(amendment: Amendment, change: Change) -> bool:
    if amendment.kind is not AmendmentKind.REMOVE or amendment.record != change.record:
        return False
    return (amendment.field or "text") in ("text", change.field)


def unexplained(found: Iterable[Explained]) -> Iterator[Explained]:
    """Give the changes that no amendment explains wholly."""
    return (each for each in found if not each.whole)
