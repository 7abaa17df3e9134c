"""Word edits as a person would mark them: whole phrases, begun and ended where a phrase does.

What is computed is the fewest words; what is read is another matter. A word or two that happen to stand
in both texts, between greater changes, say nothing: they are marked with the changes around them. And of
the places at which the same words can be marked as inserted, the one is taken where a sentence or a
clause begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.diff.matching_blocks import Block, joined
from poa_toolkit.text.phrases import ENDS, JOINS, MODALS, SMALL, STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD, _SMALL_WORD, _MODAL, _CHARACTER, _MARK = 4, 1, 8, 2, 0
"""What a word weighs that stands in both texts; a modal that stayed is worth seeing."""
_ENOUGH = 3 * _WORD
"""A stretch that stands in both texts and weighs as much is never marked as changed."""
_CRUMB = 3
"""An equal stretch is a crumb where the changes on both sides weigh this many times as much."""
_CRUMB_OF_ONE_EDIT = 8
"""The same where both sides only insert, or both only delete: there a crumb disturbs less."""
_BOTH, _ALIKE = 2, 3
"""One word of either text; letters that forms of one word begin with, at least."""
_KEPT = 2
"""Between two stretches that are enough, changes of this many times what is kept become one."""


def phrased(blocks: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return blocks that alternate between equal and changed, as a person would mark them."""
    slid = _slid(list(blocks), old, new)
    merged = _without_crumbs(slid, old, new)
    return _whole(merged, old, new)


# --- where a change begins and ends -----------------------------------------------------------------


def _slid(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Move each insertion and each deletion between equal words to where it begins and ends best."""
    for place in range(1, len(blocks) - 1):
        before, block, after = blocks[place - 1 : place + 2]
        if block.equal or not (block.inserts or block.deletes):
            continue
        text = new if block.inserts else old
        start, end = (block.new, block.new_end) if block.inserts else (block.old, block.old_end)
        shift = _best_shift(text, start, end, (before.new_end - before.new, after.new_end - after.new))
        if shift:
            blocks[place - 1] = _stretched(before, shift)
            blocks[place] = block._replace(**{key: getattr(block, key) + shift for key in Block._fields[1:]})
            blocks[place + 1] = after._replace(old=after.old + shift, new=after.new + shift)
    return list(joined(blocks))


def _stretched(block: Block, by: int) -> Block:
    return block._replace(old_end=block.old_end + by, new_end=block.new_end + by)


def _best_shift(text: Sequence[str], start: int, end: int, room: tuple[int, int]) -> int:
    """Return how far a stretch can be moved for the same text, to where both its ends are best."""
    left = 0
    while left < room[0] and text[start - left - 1] == text[end - left - 1]:
        left += 1
    right = 0
    while right < room[1] and text[start + right] == text[end + right]:
        right += 1
    shifts = range(-left, right + 1)
    return max(shifts, key=lambda by: (_cut(text, start + by) + _cut(text, end + by), -abs(by)))


def _cut(text: Sequence[str], place: int) -> int:
    """Return how well a text can be cut before a word."""
    before = text[place - 1] if place else ""
    after = text[place] if place < len(text) else ""
    if not before or not after or before in ENDS:
        return 5
    if before in STOPS:
        return 3
    return 2 if after in STOPS or after.lower() in JOINS else 0


# --- what is marked with the changes around it ------------------------------------------------------


def _without_crumbs(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Join two changes round an equal stretch that weighs little beside them, until none is left."""
    while True:
        merged: list[Block] = []
        for block in blocks:
            if len(merged) > 1 and not block.equal and _is_crumb(merged[-2], merged[-1], block, (old, new)):
                merged[-2:] = [merged[-2]._replace(old_end=block.old_end, new_end=block.new_end)]
            else:
                merged.append(block)
        if len(merged) == len(blocks):
            return merged
        blocks = merged


def _is_crumb(before: Block, crumb: Block, after: Block, texts: tuple[Sequence[str], Sequence[str]]) -> bool:
    kept = _kept(crumb, texts[0])
    if kept >= _ENOUGH or (_is_one_figure(before, texts) and _is_one_figure(after, texts)):
        return False
    least = min(_changed(before, texts), _changed(after, texts))
    if (before.inserts and after.inserts) or (before.deletes and after.deletes):
        return 0 < kept * _CRUMB_OF_ONE_EDIT <= least
    return kept * _CRUMB <= least and not (kept == _MARK and least <= _WORD)


def _whole(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Make one change of a passage between two long equal stretches of which little is kept."""
    result: list[Block] = []
    passage: list[Block] = []
    for block in blocks:
        if block.equal and _kept(block, old) >= _ENOUGH:
            result += [*_one_or_all(passage, (old, new)), block]
            passage = []
        else:
            passage.append(block)
    return [*result, *_one_or_all(passage, (old, new))]


def _one_or_all(passage: list[Block], texts: tuple[Sequence[str], Sequence[str]]) -> list[Block]:
    changes = [place for place, block in enumerate(passage) if not block.equal]
    if len(changes) < 3:  # noqa: PLR2004 - two changes are read more easily than their join
        return passage
    first, last = changes[0], changes[-1]
    inside = passage[first : last + 1]
    one_way = (all(block.equal or getattr(block, way) for block in inside) for way in ("inserts", "deletes"))
    if any(one_way):
        return passage
    kept = sum(_kept(block, texts[0]) for block in inside if block.equal)
    if sum(_changed(block, texts) for block in inside if not block.equal) <= kept * _KEPT:
        return passage
    one = inside[0]._replace(old_end=inside[-1].old_end, new_end=inside[-1].new_end)
    return [*passage[:first], one, *passage[last + 1 :]]


def _kept(block: Block, old: Sequence[str]) -> int:
    """Weigh an equal stretch, as far as it is needed; the end of a sentence in it counts as a word."""
    weight = 0
    last = block.old_end - 1
    for place in range(block.old, block.old_end):
        weight += _WORD if place < last and old[place] in ENDS else _of_word(old[place])
        if weight >= _ENOUGH:
            break
    return weight


def _is_one_figure(block: Block, texts: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Return whether one number or symbol took the place of another: people look for it alone."""
    words = (*texts[0][block.old : block.old_end], *texts[1][block.new : block.new_end])
    return len(words) == _BOTH and all(any(map(str.isdigit, word)) for word in words)


def _changed(block: Block, texts: tuple[Sequence[str], Sequence[str]]) -> int:
    """Weigh a change by its greater side; another form of the same word weighs little."""
    words = (*texts[0][block.old : block.old_end], *texts[1][block.new : block.new_end])
    if len(words) == _BOTH and not (block.inserts or block.deletes) and _are_forms(*words):
        return _SMALL_WORD
    return max(_weight(texts[0], block.old, block.old_end), _weight(texts[1], block.new, block.new_end))


def _are_forms(one: str, other: str) -> bool:
    one, other = (word.casefold().replace("-", "") for word in (one, other))
    most = min(len(one), len(other))
    alike = next((place for place in range(most) if one[place] != other[place]), most)
    return alike >= _ALIKE and 2 * alike >= max(len(one), len(other))


def _weight(text: Sequence[str], start: int, end: int) -> int:
    return sum(_of_word(text[place]) for place in range(start, end))


def _of_word(word: str) -> int:
    if not any(map(str.isalnum, word)):
        return _MARK
    lower = word.lower()
    if lower in MODALS:
        return _MODAL
    if lower in SMALL:
        return _SMALL_WORD
    return _CHARACTER if len(word) == 1 and ord(word) > 0x2E80 else _WORD  # noqa: PLR2004 - the scripts of East Asia
