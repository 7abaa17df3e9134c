"""Word edits of one text: what they touch, and what becomes of them where others were made first."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.words import segments
from poa_toolkit.model import TextEdit
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_KEPT = 512
"""How many comparisons, and how many texts, are kept: each amendment to a text is laid beside every other."""


class Carried(NamedTuple):
    """Edits as they are to be made in a text that others have changed first."""

    edits: tuple[TextEdit, ...]
    """In order; those that the others made already are left out."""
    obstacle: TextEdit | None = None
    """The first of the others that touches the same words; then `edits` is empty."""


class _Stretch(NamedTuple):
    """What an edit touches: whole words; empty where it only inserts between two."""

    start: int
    end: int


def applied(text: str, edits: Iterable[TextEdit]) -> str:
    """Put edits into the text they were written against."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += [text[done : edit.offset], edit.inserted]
        done = edit.offset + len(edit.deleted)
    return "".join([*pieces, text[done:]])


@lru_cache(_KEPT)
def edits_between(old: str, new: str) -> tuple[TextEdit, ...]:
    """Return the word edits that turn one text into another."""
    found: list[TextEdit] = []
    offset = 0
    for segment in segments(old, new):
        if segment.edit is Edit.SAME:
            offset += len(segment.text)
        elif segment.edit is Edit.DELETED:
            found.append(TextEdit(offset=offset, deleted=segment.text))
            offset += len(segment.text)
        elif found and found[-1].offset + len(found[-1].deleted) == offset and not found[-1].inserted:
            found[-1] = found[-1].model_copy(update={"inserted": segment.text})
        else:
            found.append(TextEdit(offset=offset, inserted=segment.text))
    return tuple(found)


def carried(original: str, mine: Sequence[TextEdit], others: Sequence[TextEdit]) -> Carried:
    """Return the edits `mine` of `original` as they are to be made in it after the edits `others`.

    What both do is done once. Where they touch the same words, or insert at the same place, or insert or
    take out words beside what the other changes, nobody can say what was meant: the obstacle is given.
    """
    # a word may be taken out with the space before it, or with the one behind it
    done = {applied(original, (each,)) for each in others}
    left = tuple(each for each in mine if applied(original, (each,)) not in done)
    obstacle = next((other for _, other in clashes(original, left, others)), None)
    if obstacle is not None:
        return Carried((), obstacle)
    return Carried(
        tuple(each.model_copy(update={"offset": each.offset + _moved(each, others)}) for each in left)
    )


def inverse(edits: Iterable[TextEdit]) -> tuple[TextEdit, ...]:
    """Return the edits that take others back, in the text that these have made."""
    found, moved = [], 0
    for each in edits:
        found.append(TextEdit(offset=each.offset + moved, deleted=each.inserted, inserted=each.deleted))
        moved += len(each.inserted) - len(each.deleted)
    return tuple(found)


def clashes(
    original: str, mine: Sequence[TextEdit], others: Sequence[TextEdit]
) -> Iterator[tuple[TextEdit, TextEdit]]:
    """Return each pair of edits of `original` that touch the same words, or stand at the same place.

    Words taken out, or put in, beside what the other changes touch that too.
    """
    one, two = touched(original, mine), touched(original, others)
    for edit, stretch in zip(mine, one, strict=True):
        for other, its_stretch in zip(others, two, strict=True):
            takes_out = _takes_out(original, edit, stretch) or _takes_out(original, other, its_stretch)
            if _meet(original, stretch, its_stretch, takes_out=takes_out):
                yield edit, other


def touched(original: str, edits: Sequence[TextEdit]) -> tuple[_Stretch, ...]:
    """Return the whole words that each edit touches, in the text before and in the text after it."""
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


@lru_cache(_KEPT)
def _boundaries(text: str) -> frozenset[int]:
    return frozenset(accumulate(map(len, tokens(text)), initial=0))


def _moved(edit: TextEdit, others: Iterable[TextEdit]) -> int:
    return sum(len(other.inserted) - len(other.deleted) for other in others if other.offset < edit.offset)


def _meet(original: str, one: _Stretch, two: _Stretch, *, takes_out: bool) -> bool:
    if one.start < two.end and two.start < one.end:
        return True
    # neighbouring words may both be replaced; one that goes or comes leaves the other without its neighbour
    only_replaced = one.start < one.end and two.start < two.end and not takes_out
    gap = original[min(one.end, two.end) : max(one.start, two.start)]
    return not only_replaced and not gap.strip()


def _takes_out(original: str, edit: TextEdit, stretch: _Stretch) -> bool:
    """Return whether an edit leaves nothing of the words it touches."""
    rest = original[edit.offset + len(edit.deleted) : stretch.end]
    return not (original[stretch.start : edit.offset] + edit.inserted + rest).strip()
