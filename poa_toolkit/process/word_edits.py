"""Word edits of one text: what they touch, and what becomes of them where others were made first."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.process.revisions import WordEdit, applied
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Carried(NamedTuple):
    """Edits as they are to be made in a text that others have changed first."""

    edits: tuple[WordEdit, ...]
    """In order; those that the others made already are left out."""
    obstacle: WordEdit | None = None
    """The first of the others that touches the same words; then `edits` is empty."""


class _Stretch(NamedTuple):
    """What an edit touches: whole words; empty where it only inserts between two."""

    start: int
    end: int


def carried(original: str, mine: Sequence[WordEdit], others: Sequence[WordEdit]) -> Carried:
    """Give the edits `mine` of `original` as they are to be made in it after the edits `others`.

    What both do is done once. Where they touch the same words, or insert at the same place, or insert
    beside what the other changes, nobody can say what was meant: the obstacle is given instead.
    """
    left = tuple(each for each in mine if each not in others)
    obstacle = next((other for _, other in clashes(original, left, others)), None)
    if obstacle is not None:
        return Carried((), obstacle)
    return Carried(tuple(each._replace(offset=each.offset + _moved(each, others)) for each in left))


def clashes(
    original: str, mine: Sequence[WordEdit], others: Sequence[WordEdit]
) -> Iterator[tuple[WordEdit, WordEdit]]:
    """Give each pair of edits of `original` that touch the same words, or stand at the same place."""
    one, two = touched(original, mine), touched(original, others)
    for edit, stretch in zip(mine, one, strict=True):
        for other, its_stretch in zip(others, two, strict=True):
            if _meet(original, stretch, its_stretch):
                yield edit, other


def touched(original: str, edits: Sequence[WordEdit]) -> tuple[_Stretch, ...]:
    """Give the whole words that each edit touches, in the text before and in the text after it."""
    old, new = _boundaries(original), _boundaries(applied(original, edits))
    found: list[_Stretch] = []
    low, shift = 0, 0
    for index, edit in enumerate(edits):
        high = edits[index + 1].offset if index + 1 < len(edits) else len(original)
        start, end = edit.offset, edit.offset + len(edit.deleted)
        grown = shift + len(edit.inserted) - len(edit.deleted)
        while start > low and not (start in old and start + shift in new):
            start -= 1
        while end < high and not (end in old and end + grown in new):
            end += 1
        found.append(_Stretch(start, end))
        low, shift = edit.offset + len(edit.deleted), grown
    return tuple(found)


def _boundaries(text: str) -> frozenset[int]:
    return frozenset(accumulate(map(len, tokens(text)), initial=0))


def _moved(edit: WordEdit, others: Iterable[WordEdit]) -> int:
    return sum(len(other.inserted) - len(other.deleted) for other in others if other.offset < edit.offset)


def _meet(original: str, one: _Stretch, two: _Stretch) -> bool:
    if one.start < two.end and two.start < one.end:
        return True
    only_inserts = one.start == one.end or two.start == two.end
    gap = original[min(one.end, two.end) : max(one.start, two.start)]
    return only_inserts and not gap.strip()
