"""How deep each numbered paragraph stands, as a reader sees it: by its mark, the count, the indent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.list_marks import RANKS, Kind, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEEPER = 100
"""By how many twentieths of a point a list must begin further in to be one inside the other."""
_MOST = 12
"""How many lists may stand inside each other; Word knows nine levels."""
_SAME = 240
"""How far lists that look the same may begin from each other and still be one."""


class Listed(NamedTuple):
    """A paragraph that may be numbered: every reading of its mark, and where its text begins."""

    readings: tuple[Mark, ...]
    indent: int = 0


class Placed(NamedTuple):
    """What a paragraph turned out to be in its list."""

    mark: Mark
    depth: int
    """0 for the outermost list of a section."""


class _Open(NamedTuple):
    mark: Mark
    indent: int


def placed(items: Sequence[Listed], heading: Mark | None = None) -> tuple[Placed | None, ...]:
    """Say of each paragraph of a section which mark it has, and how deep it stands; None for no mark.

    `heading` is the number of the heading of the section, where it has one.
    """
    lists = _Lists(items, heading)
    return tuple(lists.take(index) for index in range(len(items)))


class _Lists:
    """The lists that are open at a place of the text, the outermost first."""

    def __init__(self, items: Sequence[Listed], heading: Mark | None) -> None:
        self.items = items
        self.heading = heading
        self.open: list[_Open] = []
        self.seen = Counter(
            (mark.kind, mark.shape, mark.path) for each in items for mark in each.readings if mark.is_typed
        )
        self.following = self._following()

    def _following(self) -> list[tuple[Mark, ...]]:
        """Give, for each item, the readings of the next one that has any."""
        found: list[tuple[Mark, ...]] = []
        after: tuple[Mark, ...] = ()
        for each in reversed(self.items):
            found.append(after)
            after = each.readings or after
        return found[::-1]

    def take(self, index: int) -> Placed | None:
        item = self.items[index]
        choices = [choice for mark in item.readings for choice in self._choices(mark, item.indent, index)]
        if not choices:
            return None
        _, mark, at = max(choices, key=lambda each: each[0])
        if at < 0:
            self._close_for(mark, item.indent)
            at = len(self.open)
        self.open[at:] = [_Open(mark, item.indent)]
        return Placed(mark, at)

    def _choices(self, mark: Mark, indent: int, index: int) -> list[tuple[int, Mark, int]]:
        """Return what a reading may be, with weights: the next of an open list, or the first of a new one."""
        if mark.is_typed and mark.is_weak and not self._has_neighbour(mark):
            return []
        found = [
            (weight * 10 + at, mark, at)
            for at, each in enumerate(self.open)
            if (weight := _continues(mark, indent, each))
        ]
        if (weight := self._begins(mark, index)) and not any(each[0] >= _SURE for each in found):
            found.append((weight * 10, mark, -1))
        return found

    def _begins(self, mark: Mark, index: int) -> int:
        """Return how well a mark begins a list; 0 where it cannot."""
        if not mark.is_typed or mark.kind is Kind.BULLET:
            return 35
        if len(mark.path) == 1 and mark.value == 1:
            follows = (each for each in self.following[index] if each.shape == mark.shape)
            return (
                60 if any((each.kind, each.value) == (mark.kind, mark.value + 1) for each in follows) else 35
            )
        if mark.kind in _MAY_BEGIN_ANYWHERE:
            return 12 if len(mark.path) == 1 or self._has_parent(mark) else 0
        return 5 if self._has_neighbour(mark) else 0

    def _has_neighbour(self, mark: Mark) -> bool:
        paths = ((*mark.path[:-1], mark.path[-1] + step) for step in (1, -1))
        return any(self.seen[mark.kind, mark.shape, path] for path in paths)

    def _has_parent(self, mark: Mark) -> bool:
        """Return whether ``3.1`` stands where a reader expects it: below a 3, or beside its kind."""
        if mark.text[-1:] in ".)" or mark.is_worded or self._has_neighbour(mark):
            return True
        above = [each.mark for each in self.open]
        parents = [*above, self.heading] if self.heading else above
        return mark.value == 1 and any(each.path[-1:] == mark.path[-2:-1] for each in parents)

    def _close_for(self, mark: Mark, indent: int) -> None:
        """Close the lists in which a new one cannot stand.

        Letters of another shape than those of an outer list, ``a.`` below ``(a)`` and ``(i)``, stand inside.
        """
        outer = (each.mark for each in self.open[:-1])
        is_inside = mark.kind is Kind.LETTER and mark.value == 1 and not mark.series
        if is_inside and any(each.kind is mark.kind and each.shape != mark.shape for each in outer):
            return
        while self.open and (
            len(self.open) >= _MOST or not _holds(self.open[-1], mark, indent, is_last=len(self.open) == 1)
        ):
            self.open.pop()


_SURE = 900
_MAY_BEGIN_ANYWHERE = (
    Kind.DECIMAL,
    Kind.ARTICLE,
    Kind.IDEOGRAPH,
    Kind.BRACKETED_IDEOGRAPH,
    Kind.DIVISION,
)
"""The kinds of mark that run on from one section to the next; a lone letter is hardly one."""


def _continues(mark: Mark, indent: int, last: _Open) -> int:
    """Return how well a mark goes on after the last one of an open list; 0 where it does not."""
    other = last.mark
    if mark.series and mark.series == other.series:
        return 100 if mark.level == other.level else 0
    if mark.kind is not other.kind or len(mark.path) != len(other.path):
        return 0
    if mark.series and other.series and abs(indent - last.indent) > _SAME:
        return 0
    alike = mark.shape == other.shape
    if mark.kind is Kind.BULLET:
        return 40 if alike else 0
    if _follows(mark, other):
        return 50 if alike else 30
    # numbers that skip, and those that begin anew
    return (20 if mark.value > other.value else 15) if alike else 0


def _follows(mark: Mark, other: Mark) -> bool:
    """Return whether a mark is the next: 4 after 3, 3.2 after 3.1, 4.1 after 3.7."""
    if mark.path[:-1] == other.path[:-1]:
        return mark.value == other.value + 1
    return mark.value == 1 and mark.path > other.path


def _holds(above: _Open, mark: Mark, indent: int, *, is_last: bool) -> bool:
    """Return whether a new list stands inside another one."""
    other = above.mark
    if mark.is_worded and not other.is_worded:
        # what is called an action or a recommendation is no part of a paragraph that has but a number
        return False
    deeper = RANKS[mark.kind] > RANKS[other.kind] or (
        mark.kind is other.kind and len(mark.path) > len(other.path)
    )
    if mark.series and mark.series == other.series:
        return mark.level > other.level
    if mark.series and other.series:
        if abs(indent - above.indent) > _DEEPER:
            return indent > above.indent or (deeper and is_last)
        return deeper
    if deeper:
        return True
    return (
        mark.kind is other.kind
        and mark.shape != other.shape
        and mark.value == 1
        and len(mark.path) == len(other.path)
    )
