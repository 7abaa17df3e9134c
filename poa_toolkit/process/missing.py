"""Which of the lines that a version printed a returned file does not have any more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.process.anchors import LIKE_ENOUGH, Bags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.process.anchors import Line, Lines


class Missing:
    """The printed lines that a file lacks, or has fewer times than they were printed."""

    def __init__(self, lines: Lines, said: Iterable[str]) -> None:
        """Compare the lines of a version with those that a file says."""
        self._lines = lines
        lacks = Counter(each.words for each in lines.all)
        for each in said:
            words = each if each in lacks else lines.as_printed(each)
            if words in lacks:
                lacks[words] -= 1
        self._lacks = Counter({words: count for words, count in lacks.items() if count > 0})
        self._words = sorted(self._lacks)
        self._bags = Bags(dict(enumerate(self._words)))

    def nearest(self, line: str) -> str:
        """Give the missing line that shares most of its words with this one, and miss it no more."""
        like = ((share, index) for index, share in self._bags.like(line, LIKE_ENOUGH))
        found = [(share, -index) for share, index in like if self._lacks[self._words[index]]]
        if not found:
            return ""
        words = self._words[-max(found)[1]]
        self._lacks[words] -= 1
        return words

    def gone(self) -> Iterator[tuple[Line, ...]]:
        """Give what is missing, lines that stood together in one group, in the order they were printed.

        Of a line that was printed several times those go first whose neighbours are gone too.
        """
        every = self._lines.all
        times = Counter(each.words for each in every)
        gone = {index for index, each in enumerate(every) if self._lacks[each.words] == times[each.words]}
        left = Counter({words: count for words, count in self._lacks.items() if 0 < count < times[words]})
        backwards = range(len(every) - 1, -1, -1)
        for order, neighbour in ((range(len(every)), -1), (backwards, 1), (backwards, 0)):
            for index in order if left.total() else ():
                words = every[index].words
                if left[words] and index not in gone and (not neighbour or index + neighbour in gone):
                    gone.add(index)
                    left[words] -= 1
        yield from _together(every, sorted(gone))


def _together(every: Sequence[Line], gone: Sequence[int]) -> Iterator[tuple[Line, ...]]:
    """Part the lines that are gone where one of them stands elsewhere than its neighbour."""
    group: list[Line] = []
    last = -1
    for index in gone:
        line = every[index]
        if group and (index != last + 1 or (line.kind, line.under) != (group[0].kind, group[0].under)):
            yield tuple(group)
            group = []
        group.append(line)
        last = index
    if group:
        yield tuple(group)
