"""Two lists of words aligned: what stands in both, what was put in the place of what, and what moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def stayed(positions: Sequence[int]) -> set[int]:
    """Return the members of a longest increasing subsequence of distinct numbers.

    `positions` are the old places of records in their new order; those not given back moved.
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for position in positions:
        length = bisect_left(ends, position)
        before[position] = ends[length - 1] if length else None
        ends[length : length + 1] = [position]
    kept: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


MAX_WORDS = 800
"""More words than these, both sides together, are cut at the words that each side has once."""
MAX_PAIRS = 20_000
"""So are lists with more pairs of equal words: the work grows with them, and hostile text repeats."""
_MAX_DEPTH = 12
"""How often a passage between two such words is cut again; then it is shown as replaced."""


class Block(NamedTuple):
    """A stretch of words of both texts, equal or not; the ends are exclusive."""

    equal: bool
    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def inserts(self) -> bool:
        """Whether nothing of the old text stood here."""
        return self.old == self.old_end

    @property
    def deletes(self) -> bool:
        """Whether nothing of the new text stands here."""
        return self.new == self.new_end


def blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Align two lists of words. Blocks are in order, none is empty, equal ones and others alternate.

    Short lists are aligned by their longest common stretches, as people read them. Long ones are cut
    first at the words that each list has once, so that the work stays bounded; a long passage without
    any such word is one replacement.
    """
    return list(joined(_aligned(old, new, whole(old, new))))


def _aligned(old: Sequence[str], new: Sequence[str], within: Block, depth: int = 0) -> Iterator[Block]:
    """Align a passage; blocks may be empty, and two of a kind may follow each other."""
    start, end = common_ends(old, new, within)
    _, i, i_end, j, j_end = within
    yield Block(equal=True, old=i, old_end=i + start, new=j, new_end=j + start)
    inner = Block(equal=False, old=i + start, old_end=i_end - end, new=j + start, new_end=j_end - end)
    if inner.inserts or inner.deletes:
        yield inner
    elif _is_short(old, new, inner):
        yield from _matched(old, new, inner)
    else:
        yield from _cut(old, new, inner, depth)
    yield Block(equal=True, old=i_end - end, old_end=i_end, new=j_end - end, new_end=j_end)


def common_ends(old: Sequence[str], new: Sequence[str], within: Block | None = None) -> tuple[int, int]:
    """Count the words that both sides, or a passage of both, begin and end with; none counts twice."""
    _, i, i_end, j, j_end = within or whole(old, new)
    most = min(i_end - i, j_end - j)
    start = next((n for n in range(most) if old[i + n] != new[j + n]), most)
    end = next((n for n in range(most - start) if old[i_end - 1 - n] != new[j_end - 1 - n]), most - start)
    return start, end


def whole(old: Sequence[str], new: Sequence[str]) -> Block:
    """Return all of two lists as one passage that differs."""
    return Block(equal=False, old=0, old_end=len(old), new=0, new_end=len(new))


def _is_short(old: Sequence[str], new: Sequence[str], block: Block) -> bool:
    _, i, i_end, j, j_end = block
    if i_end - i + j_end - j > MAX_WORDS:
        return False
    counts = Counter(new[j:j_end])
    return sum(count * counts[word] for word, count in Counter(old[i:i_end]).items()) <= MAX_PAIRS


def _matched(old: Sequence[str], new: Sequence[str], block: Block) -> Iterator[Block]:
    _, i, i_end, j, j_end = block
    matcher = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False)
    for tag, *(a, a_end, b, b_end) in matcher.get_opcodes():
        yield Block(tag == "equal", i + a, i + a_end, j + b, j + b_end)


def _cut(old: Sequence[str], new: Sequence[str], block: Block, depth: int) -> Iterator[Block]:
    """Cut a passage at the words that each side has once, and align what is between them."""
    anchors = _anchors(old, new, block) if depth < _MAX_DEPTH else []
    if not anchors:
        yield block
        return
    _, i, i_end, j, j_end = block
    for a, b in anchors:
        yield from _aligned(old, new, Block(equal=False, old=i, old_end=a, new=j, new_end=b), depth + 1)
        yield Block(equal=True, old=a, old_end=a + 1, new=b, new_end=b + 1)
        i, j = a + 1, b + 1
    yield from _aligned(old, new, Block(equal=False, old=i, old_end=i_end, new=j, new_end=j_end), depth + 1)


def _anchors(old: Sequence[str], new: Sequence[str], block: Block) -> list[tuple[int, int]]:
    """Return the places of words that each side has once, as many as keep their order."""
    _, i, i_end, j, j_end = block
    here, there = Counter(old[i:i_end]), Counter(new[j:j_end])
    place = {old[n]: n for n in range(i, i_end) if here[old[n]] == 1}
    pairs = [(place[new[n]], n) for n in range(j, j_end) if there[new[n]] == 1 and new[n] in place]
    kept = stayed([a for a, _ in pairs])
    return [(a, b) for a, b in pairs if a in kept]


def joined(found: Iterable[Block]) -> Iterator[Block]:
    """Leave out empty blocks, and join neighbours of a kind."""
    last: Block | None = None
    for block in found:
        if block.inserts and block.deletes:
            continue
        if last and last.equal == block.equal:
            last = last._replace(old_end=block.old_end, new_end=block.new_end)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last
