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

    def __init__(self, lines: Lines, said: Iterable[tuple[str, str]]) -> None:
        """Compare the lines of a version with those that a file says, each without its details and with."""
        self._lines = lines
        printed = [(each.words, _whole(each)) for each in lines.all]
        lacks = Counter([whole for _, whole in printed])
        changed: Counter[str] = Counter()
        for words, whole in said:
            there = whole if whole in lacks else words if words in lacks else lines.as_printed(whole)
            if lacks[there] > 0:
                lacks[there] -= 1
            else:
                changed[words] += 1
        # a line whose details were changed is there; they are compared by themselves
        for words, whole in printed if changed else ():
            if lacks[whole] > 0 and changed[words] > 0:
                lacks[whole] -= 1
                changed[words] -= 1
        self._lacks = Counter({words: count for words, count in lacks.items() if count > 0})
        # a line is compared without the details that are compared by themselves, and with them
        lacking = [(words, whole) for words, whole in printed if whole in self._lacks]
        forms = {(form, whole) for words, whole in lacking for form in (words, whole)}
        self._forms = sorted(forms)
        self._bags = Bags({index: form for index, (form, _) in enumerate(self._forms)})

    def nearest(self, line: str) -> str:
        """Give the missing line that shares most of its words with this one, and miss it no more.

        It comes without its details where it is most like so.
        """
        like = ((share, index) for index, share in self._bags.like(line, LIKE_ENOUGH))
        found = [(share, -index) for share, index in like if self._lacks[self._forms[index][1]]]
        if not found:
            return ""
        form, whole = self._forms[-max(found)[1]]
        self._lacks[whole] -= 1
        return form

    def gone(self) -> Iterator[tuple[Line, ...]]:
        """Give what is missing, lines that stood together in one group, in the order they were printed.

        Of a line that was printed several times those go first whose neighbours are gone too.
        """
        every = self._lines.all
        times = Counter(map(_whole, every))
        gone = {index for index, each in enumerate(every) if self._lacks[_whole(each)] == times[_whole(each)]}
        left = Counter({words: count for words, count in self._lacks.items() if 0 < count < times[words]})
        backwards = range(len(every) - 1, -1, -1)
        for order, neighbour in ((range(len(every)), -1), (backwards, 1), (backwards, 0)):
            for index in order if left.total() else ():
                words = _whole(every[index])
                if left[words] and index not in gone and (not neighbour or index + neighbour in gone):
                    gone.add(index)
                    left[words] -= 1
        yield from _together(every, sorted(gone))


def _whole(line: Line) -> str:
    return line.whole or line.words


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
