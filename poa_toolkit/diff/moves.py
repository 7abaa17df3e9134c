"""Which records moved: the fewest that explain why the order of the others is kept."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def stayed(positions: Sequence[int]) -> set[int]:
    """Return the members of a longest increasing subsequence of distinct numbers.

    `positions` are the old places of records in their new order; those not given back moved.
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for position in positions:
        length = bisect_left(ends, position)
        before[position] = ends[length - 1] if length else None
        ends[length : length + 1] = [position]
    kept: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept
