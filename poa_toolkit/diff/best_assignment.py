"""Who belongs to whom, so that the whole fits best: not the best pair first, then what is left of it."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_STEPS = 3_000_000
"""Pairs looked at in all; what is then still open is settled best first."""


def assign(scores: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """Pair each row with at most one column so that the sum of the scores is the greatest there is.

    `scores` holds, for each row, the columns it may be paired with and how well each fits, above 0.
    Rows in order are added one by one, each along the cheapest path that rearranges the earlier ones
    (the Hungarian method for sparse tables). Equal sums are decided by the order of rows and columns.
    """
    return _Table(scores).solve()


class _Table:
    """The pairs made so far, and the prices that prove them best."""

    def __init__(self, scores: Sequence[Mapping[int, int]]) -> None:
        top = max((score for row in scores for score in row.values()), default=0)
        # a row may stay alone at the price of the poorest pair: its own column, below all others
        self.costs = [
            {**{column: top - score for column, score in row.items()}, ~number: top}
            for number, row in enumerate(scores)
        ]
        self.scores = scores
        self.row_of: dict[int, int] = {}
        self.column_of: dict[int, int] = {}
        self.row_price = [0] * len(scores)
        self.column_price: dict[int, int] = {}
        self.steps = 0

    def solve(self) -> dict[int, int]:
        for row in range(len(self.costs)):
            if self.steps > MAX_STEPS:
                return self._rest(row)
            self._add(row)
        return {row: column for row, column in sorted(self.column_of.items()) if column >= 0}

    def _add(self, row: int) -> None:
        """Find the cheapest path from a row to a free column, and turn the pairs on it round."""
        reached: dict[int, int] = {}
        best: dict[int, int] = {}
        via: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        current, so_far = row, 0
        while True:
            for column, cost in self.costs[current].items():
                self.steps += 1
                price = so_far + cost - self.row_price[current] - self.column_price.get(column, 0)
                if column not in reached and price < best.get(column, price + 1):
                    best[column], via[column] = price, current
                    heappush(heap, (price, column))
            so_far, column = heappop(heap)
            while column in reached:
                so_far, column = heappop(heap)
            reached[column] = so_far
            if column not in self.row_of:
                break
            current = self.row_of[column]
        self._reprice(row, reached, so_far)
        self._turn(row, column, via)

    def _reprice(self, row: int, reached: Mapping[int, int], length: int) -> None:
        self.row_price[row] += length
        for column, price in reached.items():
            if column in self.row_of:
                self.row_price[self.row_of[column]] += length - price
            self.column_price[column] = self.column_price.get(column, 0) + price - length

    def _turn(self, row: int, column: int, via: Mapping[int, int]) -> None:
        while True:
            owner = via[column]
            before = self.column_of.get(owner)
            self.row_of[column], self.column_of[owner] = owner, column
            if owner == row or before is None:
                return
            column = before

    def _rest(self, first: int) -> dict[int, int]:
        """Settle the rows from `first` on, best pair first, among the columns that are free."""
        pairs = {row: column for row, column in sorted(self.column_of.items()) if column >= 0}
        taken = set(pairs.values())
        rows = range(first, len(self.scores))
        left = [(-score, row, column) for row in rows for column, score in self.scores[row].items()]
        for _, row, column in sorted(left):
            if row not in pairs and column not in taken:
                pairs[row] = column
                taken.add(column)
        return pairs
