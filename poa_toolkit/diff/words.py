"""Word edits: which words of a text went, which came, in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Edit, Segment
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MAX_WORDS = 2000
"""More differing words than these, both sides together, are shown as one replacement."""
MAX_PAIRS = 50_000
"""So are texts with more pairs of equal words: the work grows with them, and hostile text repeats."""

_CRUMBS = frozenset(
    ("a", "an", "and", "as", "at", "by", "de", "du", "el", "en", "et", "for", "in", "is", "la", "le")
) | frozenset(("of", "on", "or", "the", "to", "un", "y"))
"""Words too small to stand alone between two changes."""


class _Word(NamedTuple):
    """A word, and the white space before it; the last of a text is empty, for its white space."""

    gap: str
    text: str


class _Block(NamedTuple):
    """A stretch of words of both texts, equal or not; the ends are exclusive."""

    equal: bool
    old: int
    old_end: int
    new: int
    new_end: int


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """Word-level edits that turn `old` into `new`, in reading order, a deletion before its insertion.

    Joining all segments except insertions gives `old` exactly; except deletions, `new`. Neighbours
    differ in their edit. Numbers, symbols and hyphenated words are never split; changes with only
    white space or one small word between them are one change.
    """
    if old == new:
        return (Segment(Edit.SAME, old),) if old else ()
    start, end = _edges(old, new)
    before, after = _words(old[start : len(old) - end]), _words(new[start : len(new) - end])
    pieces = _Pieces()
    pieces.keep(old[:start])
    for block in _merged(_blocks([word.text for word in before], [word.text for word in after]), before):
        mine, theirs = before[block.old : block.old_end], after[block.new : block.new_end]
        if block.equal:
            pieces.same(mine, theirs)
        else:
            pieces.change(_join(mine), _join(theirs))
    pieces.keep(old[len(old) - end :])
    return pieces.finish()


def _edges(old: str, new: str) -> tuple[int, int]:
    """Count the characters that both texts begin and end with, up to white space: no word is cut."""
    start = _common(min(len(old), len(new)), lambda size: old[:size] == new[:size])
    while start and not (old[start : start + 1].isspace() and new[start : start + 1].isspace()):
        start -= 1
    while start and old[start - 1].isspace():
        start -= 1
    room = min(len(old), len(new)) - start
    end = _common(room, lambda size: old[len(old) - size :] == new[len(new) - size :])
    while end and not (old[len(old) - end - 1].isspace() and new[len(new) - end - 1].isspace()):
        end -= 1
    return start, end


def _common(most: int, is_common: Callable[[int], bool]) -> int:
    """Give the greatest size up to `most` that is common, where every smaller one is too."""
    return bisect_left(range(1, most + 1), 1, key=lambda size: 0 if is_common(size) else 1)


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    gap = ""
    for token in tokens(text):
        if token.isspace():
            gap = token
        else:
            words.append(_Word(gap, token))
            gap = ""
    return [*words, _Word(gap, "")]


def _join(words: Iterable[_Word]) -> str:
    return "".join(word.gap + word.text for word in words)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[_Block]:
    """Align two lists of words; what they begin and end with in common is not searched."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    old_end, new_end = len(old) - end, len(new) - end
    if start:
        yield _Block(equal=True, old=0, old_end=start, new=0, new_end=start)
    for tag, *(i, i_end, j, j_end) in _opcodes(old[start:old_end], new[start:new_end]):
        yield _Block(tag == "equal", start + i, start + i_end, start + j, start + j_end)
    if end:
        yield _Block(equal=True, old=old_end, old_end=len(old), new=new_end, new_end=len(new))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) + len(new) > MAX_WORDS or _pairs(old, new) > MAX_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts = Counter(new)
    return sum(count * counts[word] for word, count in Counter(old).items())


def _merged(blocks: Iterable[_Block], words: Sequence[_Word]) -> list[_Block]:
    """Join two changes round a crumb into one, unless both only insert or both only delete."""
    merged: list[_Block] = []
    for block in blocks:
        if len(merged) > 1 and not block.equal and _is_crumb(merged[-1], words):
            first = merged[-2]
            inserts = first.old == first.old_end and block.old == block.old_end
            deletes = first.new == first.new_end and block.new == block.new_end
            if not inserts and not deletes:
                merged[-2:] = [first._replace(old_end=block.old_end, new_end=block.new_end)]
                continue
        merged.append(block)
    return merged


def _is_crumb(block: _Block, words: Sequence[_Word]) -> bool:
    return block.equal and block.old_end - block.old == 1 and words[block.old].text.lower() in _CRUMBS


class _Pieces:
    """Collects segments: neighbours of one edit joined, a deletion put before its insertion."""

    def __init__(self) -> None:
        self.deleted = ""
        self.inserted = ""
        self.found: list[tuple[Edit, list[str]]] = []

    def same(self, old: Sequence[_Word], new: Sequence[_Word]) -> None:
        """Add words that stand in both texts, some perhaps after different white space."""
        if old == new:
            self.keep(_join(old))
            return
        for mine, theirs in zip(old, new, strict=True):
            if mine.gap == theirs.gap:
                self.keep(mine.gap + mine.text)
            else:
                self.change(mine.gap, theirs.gap)
                self.keep(mine.text)

    def change(self, old: str, new: str) -> None:
        """Add what went and what came in its place."""
        self.deleted += old
        self.inserted += new

    def keep(self, text: str) -> None:
        """Add a text that stands in both."""
        if text:
            self._flush()
            self._add(Edit.SAME, text)

    def finish(self) -> tuple[Segment, ...]:
        """Give all segments."""
        self._flush()
        return tuple(Segment(edit, "".join(texts)) for edit, texts in self.found)

    def _flush(self) -> None:
        """Add what is collected; white space that both sides begin with is no change."""
        gap = _common_gap(self.deleted, self.inserted)
        self._add(Edit.SAME, gap)
        self._add(Edit.DELETED, self.deleted[len(gap) :])
        self._add(Edit.INSERTED, self.inserted[len(gap) :])
        self.deleted = self.inserted = ""

    def _add(self, edit: Edit, text: str) -> None:
        if not text:
            return
        if self.found and self.found[-1][0] is edit:
            self.found[-1][1].append(text)
        else:
            self.found.append((edit, [text]))


def _common_gap(old: str, new: str) -> str:
    count = 0
    for mine, theirs in zip(old, new, strict=False):
        if mine != theirs or not mine.isspace():
            break
        count += 1
    return old[:count]
