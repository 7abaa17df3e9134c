"""Word edits: which words of a text went, which came, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Edit, Segment
from poa_toolkit.diff.matching_blocks import blocks, stayed
from poa_toolkit.diff.phrases import phrased
from poa_toolkit.text.sentences import sentences
from poa_toolkit.text.words import lettered, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_NO_SPACE = re.compile(r"(?<=[\u3002\uff01\uff1f])(?=\S)")
"""Where a sentence ends without a space after it."""
_ENDS = re.compile("[.!?\u2026\u061f\u06d4\u0964\u3002\uff01\uff1f]")
"""What a passage holds in which a whole sentence may stand."""
_DATE = re.compile(r"\.\s[0-9]")
"""What may be in the middle of one word, as in ``Dec. 4``."""
_MARGIN = 50
"""Characters around a difference in which it may be marked elsewhere."""
_SENTENCE = 4
"""A sentence of fewer words that stands elsewhere has not moved: it was written again."""


class _Word(NamedTuple):
    """A word, and the white space before it; the last of a text is empty, for its white space.

    A sentence that moved inside its text is one word; no word of the other text is equal to it.
    """

    gap: str
    text: str
    moved: bool = False


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """Return the word-level edits that turn `old` into `new`, in reading order, deletions first.

    Joining all segments except insertions gives `old` exactly; except deletions, `new`. Neighbours
    differ in their edit, or one of them is a sentence that moved. Numbers, symbols and hyphenated words
    are never split; changes with little between them are one change.
    """
    if old == new:
        return (Segment(Edit.SAME, old),) if old else ()
    start, end = _common(old, new)
    moved = _moved(old, new, start, end)
    replaced = _replaced(old, new, start, end) if not moved else ()
    return replaced or _aligned(old, new, moved, (start, end))


def _replaced(old: str, new: str, start: int, end: int) -> tuple[Segment, ...]:
    """Return the edits where words without one in common took the place of others; else nothing.

    Most changes are such ones, and they need no search.
    """
    first = old.rfind(" ", 0, start) + 1
    last = old.find(" ", len(old) - end) if end else -1
    after = len(old) - last if last >= 0 else 0
    mine, theirs = old[first : len(old) - after], new[first : len(new) - after]
    if not mine or not theirs or any(map(_DATE.search, _seams(old, (mine, theirs), first, after))):
        return ()
    if not {word for _, word in spaced(mine)[:-1]}.isdisjoint([word for _, word in spaced(theirs)[:-1]]):
        return ()
    found = (
        Segment(Edit.SAME, old[:first]),
        Segment(Edit.DELETED, mine),
        Segment(Edit.INSERTED, theirs),
        Segment(Edit.SAME, old[len(old) - after :]),
    )
    return tuple(each for each in found if each.text)


def _seams(old: str, middles: tuple[str, str], first: int, after: int) -> Iterator[str]:
    """Return what stands where a middle is cut off, on either side of the cut."""
    before, behind = old[max(0, first - 2) : first], old[len(old) - after :][:2]
    for middle in middles:
        yield before + middle[0]
        yield middle[-1] + behind


def _aligned(old: str, new: str, moved: frozenset[str], common: tuple[int, int]) -> tuple[Segment, ...]:
    start, end = common
    start, end = _margins(old, start, end) if not moved else (0, 0)
    before, after = _words(old[start : len(old) - end], moved), _words(new[start : len(new) - end], moved)
    keys = _keys(before, "\0"), _keys(after, "\1")
    pieces = _Pieces()
    pieces.keep(old[:start])
    for block in phrased(blocks(*keys), *keys):
        mine, theirs = before[block.old : block.old_end], after[block.new : block.new_end]
        if block.equal:
            pieces.same(mine, theirs)
        else:
            pieces.change(mine, theirs)
    pieces.keep(old[len(old) - end :])
    return pieces.finish()


def _common(old: str, new: str) -> tuple[int, int]:
    """Count the characters that both texts begin and end with."""
    most = min(len(old), len(new))
    start = _longest(most, lambda size: old[:size] == new[:size])
    return start, _longest(most - start, lambda size: old[len(old) - size :] == new[len(new) - size :])


def _longest(most: int, is_common: Callable[[int], bool]) -> int:
    """Return the greatest size up to `most` that is common, where every smaller one is too."""
    return bisect_left(range(1, most + 1), 1, key=lambda size: 0 if is_common(size) else 1)


def _margins(text: str, start: int, end: int) -> tuple[int, int]:
    """Take back from what is common as much as a change may be moved by, up to a space."""
    first = text.rfind(" ", 0, max(0, start - _MARGIN))
    last = text.find(" ", len(text) - end + _MARGIN) if end > _MARGIN else -1
    return max(first, 0), len(text) - last if last > 0 else 0


def _keys(words: Sequence[_Word], side: str) -> list[str]:
    """Return what words are compared by; that of a sentence that moved is found on one side alone."""
    return [side + word.text if word.moved else word.text for word in words]


def _moved(old: str, new: str, start: int, end: int) -> frozenset[str]:
    """Return the sentences that stand in both texts, past others that kept their order.

    `start` and `end` count the characters that both begin and end with.
    """
    if not all(_ENDS.search(text, start, len(text) - end) for text in (old, new)):
        return frozenset()
    before, after = ([sentence for _, sentence in _sentences(text)] for text in (old, new))
    times, others = Counter(before), Counter(after)
    places = {each: place for place, each in enumerate(before) if times[each] == 1}
    both = [each for each in after if each in places and others[each] == 1]
    kept = stayed([places[each] for each in both])
    return frozenset(each for each in both if places[each] not in kept and len(lettered(each)) >= _SENTENCE)


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Return every sentence with the space before it; those of Chinese and Japanese have none."""
    for number, line in enumerate(sentences(text)):
        gap = " " if number else ""
        for sentence in _NO_SPACE.split(line) if _NO_SPACE.search(line) else (line,):
            yield gap, sentence
            gap = ""


def _words(text: str, moved: frozenset[str]) -> list[_Word]:
    if not moved:
        return [_Word(*each) for each in spaced(text)]
    words: list[_Word] = []
    gap = ""
    for space, sentence in _sentences(text):
        if sentence in moved:
            words.append(_Word(gap + space, sentence, moved=True))
            gap = ""
            continue
        (first, token), *others = spaced(sentence)
        *found, (gap, _) = ((gap + space + first, token), *others)
        words += [_Word(*each) for each in found]
    return [*words, _Word(gap, "")]


class _Pieces:
    """Collects segments: neighbours of one edit joined, a deletion put before its insertion."""

    def __init__(self) -> None:
        self.deleted: list[Segment] = []
        self.inserted: list[Segment] = []
        self.found: list[Segment] = []

    def same(self, old: Sequence[_Word], new: Sequence[_Word]) -> None:
        """Add words that stand in both texts, some perhaps after different white space."""
        if old == new:
            self.keep("".join([word.gap + word.text for word in old]))
            return
        for mine, theirs in zip(old, new, strict=True):
            if mine.gap == theirs.gap:
                self.keep(mine.gap + mine.text)
            else:
                self.change([_Word(mine.gap, "")], [_Word(theirs.gap, "")])
                self.keep(mine.text)

    def change(self, old: Iterable[_Word], new: Iterable[_Word]) -> None:
        """Add what went and what came in its place."""
        for edit, words, into in ((Edit.DELETED, old, self.deleted), (Edit.INSERTED, new, self.inserted)):
            for word in words:
                _add(into, Segment(edit, word.gap + word.text, moved=word.moved))

    def keep(self, text: str) -> None:
        """Add a text that stands in both."""
        if text:
            self._flush()
            _add(self.found, Segment(Edit.SAME, text))

    def finish(self) -> tuple[Segment, ...]:
        """Return all segments."""
        self._flush()
        return tuple(self.found)

    def _flush(self) -> None:
        """Add what is collected; white space that both sides begin with is no change."""
        gap = ""
        if self.deleted and self.inserted:
            gap = _common_gap(self.deleted[0].text, self.inserted[0].text)
        _add(self.found, Segment(Edit.SAME, gap))
        for side in (self.deleted, self.inserted):
            for number, segment in enumerate(side):
                text = segment.text[len(gap) :] if number == 0 else segment.text
                _add(self.found, Segment(segment.edit, text, moved=segment.moved))
        self.deleted, self.inserted = [], []


def _add(found: list[Segment], segment: Segment) -> None:
    """Add a segment that is not empty, to the last one where that is of its kind."""
    if not segment.text:
        return
    last = found[-1] if found else None
    if last and last.edit is segment.edit and (segment.text.isspace() or not (last.moved or segment.moved)):
        found[-1] = Segment(last.edit, last.text + segment.text, moved=last.moved)
    else:
        found.append(segment)


def _common_gap(old: str, new: str) -> str:
    count = 0
    for mine, theirs in zip(old, new, strict=False):
        if mine != theirs or not mine.isspace():
            break
        count += 1
    return old[:count]
