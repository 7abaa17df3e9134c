"""Which adopted amendments lead from one text to another: what explains a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.text.brackets import shown
from poa_toolkit.text.white_space import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.model.amendments import Amendment


def adopted_for(amendments: Iterable[Amendment], record: str, field: str | None) -> tuple[Amendment, ...]:
    """Give the adopted amendments to one field of a record, in the order of their decision."""
    found = [each for each in amendments if each.is_adopted and (each.record, each.field) == (record, field)]
    return tuple(sorted(found, key=lambda each: (each.decided is not None, each.decided)))


def steps(old: str, new: str, adopted: Iterable[Amendment]) -> tuple[Amendment, ...] | None:
    """Give the amendments that turn `old` into `new`, one after the other; None where they do not.

    Each takes the text up where the one before it left it. Texts that a reader sees alike are one text.
    """
    now, goal = _folded(old), _folded(new)
    left = list(adopted)
    found: list[Amendment] = []
    while now != goal:
        fitting = next((each for each in left if _folded(each.wording.original or "") == now), None)
        if fitting is None or fitting.adopted is None:
            return None
        left.remove(fitting)
        found.append(fitting)
        now = _folded(fitting.adopted)
    return tuple(found)


def _folded(text: str) -> str:
    return folded(shown(text))
