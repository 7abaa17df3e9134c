"""What became of amendments, and which of them explains each change between two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.attribution import ascribed
from poa_toolkit.diff.change import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.model import Amendment


class Explanation(NamedTuple):
    """A change, and the adopted amendments that made it."""

    change: Change
    amendments: tuple[str, ...]
    whole: bool
    """Whether they explain all of it; without, some of its words came otherwise."""


def explanations(comparison: Comparison, adopted: Sequence[Amendment]) -> tuple[Explanation, ...]:
    """Return every change with the amendments that explain it; what was only renumbered is left out.

    `adopted` are those that were adopted between the two versions.
    """
    found = (
        (each, ascribed(each, adopted)) for each in comparison.changes if each.kind is not Kind.RENUMBERED
    )
    return tuple(
        Explanation(change, tuple(each.id for each in by.amendments), by.whole) for change, by in found
    )
