"""Word edits: which words of a text went, which came, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.blocks import blocks
from poa_toolkit.diff.change import Edit, Segment
from poa_toolkit.diff.order import stayed
from poa_toolkit.diff.phrasing import phrased
from poa_toolkit.text.sentences import sentences
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NO_SPACE = re.compile(r"(?<=[\u3002\uff01\uff1f])(?=\S)")
"""Where a sentence ends without a space after it."""
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
    """Word-level edits that turn `old` into `new`, in reading order, a deletion before its insertion.

    Joining all segments except insertions gives `old` exactly; except deletions, `new`. Neighbours
    differ in their edit, or one of them is a sentence that moved. Numbers, symbols and hyphenated words
    are never split; changes with little between them are one change.
    """
    if old == new:
        return (Segment(Edit.SAME, old),) if old else ()
    moved = _moved(old, new)
    before, after = _words(old, moved), _words(new, moved)
    keys = [[f"{side}{word.text}" if word.moved else word.text for word in words]
        for side, words in (("\0", before), ("\1", after))]  # fmt: skip
    pieces = _Pieces()
    for block in phrased(blocks(*keys), *keys):
        mine, theirs = before[block.old : block.old_end], after[block.new : block.new_end]
        if block.equal:
            pieces.same(mine, theirs)
        else:
            pieces.change(mine, theirs)
    return pieces.finish()


def _moved(old: str, new: str) -> frozenset[str]:
    """Give the sentences that stand in both texts, past others that kept their order."""
    before, after = ([sentence for _, sentence in _sentences(text)] for text in (old, new))
    if len(before) == 1 or len(after) == 1:
        return frozenset()
    times, others = Counter(before), Counter(after)
    places = {each: place for place, each in enumerate(before) if times[each] == 1}
    both = [each for each in after if each in places and others[each] == 1]
    kept = stayed([places[each] for each in both])
    return frozenset(each for each in both if places[each] not in kept and _is_long(each))


def _is_long(sentence: str) -> bool:
    return sum(any(map(str.isalnum, token)) for token in tokens(sentence)) >= _SENTENCE


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Give every sentence with the space before it; those of Chinese and Japanese have none."""
    for number, line in enumerate(sentences(text)):
        gap = " " if number else ""
        for sentence in _NO_SPACE.split(line) if _NO_SPACE.search(line) else (line,):
            yield gap, sentence
            gap = ""


def _words(text: str, moved: frozenset[str]) -> list[_Word]:
    words: list[_Word] = []
    gap = ""
    for space, sentence in _sentences(text) if moved else [("", text)]:
        gap += space
        if sentence in moved:
            words.append(_Word(gap, sentence, moved=True))
            gap = ""
            continue
        for token in tokens(sentence):
            if token.isspace():
                gap += token
            else:
                words.append(_Word(gap, token))
                gap = ""
    return [*words, _Word(gap, "")]


class _Pieces:
    """Collects segments: neighbours of one edit joined, a deletion put before its insertion."""

    def __init__(self) -> None:
        self.deleted: list[Segment] = []
        self.inserted: list[Segment] = []
        self.found: list[Segment] = []

    def same(self, old: Sequence[_Word], new: Sequence[_Word]) -> None:
        """Add words that stand in both texts, some perhaps after different white space."""
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
        """Give all segments."""
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
