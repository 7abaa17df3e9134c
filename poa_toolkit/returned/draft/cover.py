"""What stands above the text of a draft that has no title by its style: whose it is, the title, the date."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.headings import is_above_a_text, is_title, marks, stands_out, styled_heading
from poa_toolkit.returned.draft.words import (
    STOPS,
    asks,
    goes_on,
    is_introduction,
    is_sentence,
    names_a_plan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.choices import Choices

_FEW_HEADINGS, _SOME_WORDS, _LONGEST_TITLE = 2, 4, 300
_MOST_LINES = 40
"""How many lines a cover has at most: a page of them."""


class Cover(NamedTuple):
    """The title of a draft by its look, and how far the cover goes."""

    titles: tuple[int, ...] = ()
    """The index of its title, if it has one."""
    end: int = 0
    """Where the cover ends; there are no headings before it."""
    why: str = ""


def may_be_title(block: Block) -> bool:
    """Say whether the words of a block without a style could be a title."""
    text = block.text
    return len(text) <= _LONGEST_TITLE and not is_sentence(text) and text[-1:] not in STOPS


def cover(blocks: Sequence[Block], choices: Choices) -> Cover:
    """Find the title by its look: one heading above all others, or a line at the head that stands out."""
    if choices.sections_at or any(is_title(block) for block in blocks):
        return Cover()
    return _on_top(blocks) or _standing_out(blocks) or Cover()


def _on_top(blocks: Sequence[Block]) -> Cover | None:
    """Take for the title a heading at the head with only deeper ones below it, and no list of its own."""
    styled = [(index, heading) for index, block in enumerate(blocks) if (heading := styled_heading(block))]
    if len(styled) <= _FEW_HEADINGS or any(block.pieces for block in blocks[: styled[0][0]]):
        return None
    (first, top), (second, _) = styled[:2]
    is_alone = all(heading.level > top.level for _, heading in styled[1:])
    own = blocks[first + 1 : second]
    if not is_alone or top.mark or any(marks(block) or asks(block.text) for block in own):
        return None
    return Cover((first,), first + 1, "the one heading above all others")


def _standing_out(blocks: Sequence[Block]) -> Cover | None:
    """Take for the title a line at the head that stands out, one in the middle before all others."""
    head = list(islice(_head(blocks), _MOST_LINES))
    centred = [each for each in head if blocks[each].centred]
    if found := _titles(blocks, centred):
        return Cover(_best(blocks, found), centred[-1] + 1, "in the middle, and it stands out")
    count = _heading_has_number(blocks, head)
    apart = _titles(blocks, [each for each in head if _stands_apart(blocks, each, head[0], count=count)])
    if found := [each for each in apart if _has_some_words(blocks, each)]:
        best = _best(blocks, found)
        return Cover(best, best[-1] + 1, "it stands out at the head")
    return None


def _head(blocks: Sequence[Block]) -> Iterator[int]:
    """Return the first lines of a draft, as far as each may be its title."""
    for index, block in enumerate(blocks):
        if not block.pieces:
            continue
        is_bare = may_be_title(block) and not block.level and not asks(block.text) and not marks(block)
        if not is_bare or is_introduction(block.text):
            return
        yield index


def _titles(blocks: Sequence[Block], indices: Sequence[int]) -> list[tuple[int, ...]]:
    """Return those of the lines that stand out, each with the lines on which it goes on."""
    found: list[tuple[int, ...]] = []
    for index in indices:
        if not stands_out(blocks[index]):
            continue
        if found and found[-1][-1] == index - 1 and goes_on(blocks[index].text):
            found[-1] = (*found[-1], index)
        else:
            found.append((index,))
    return found


def _heading_has_number(blocks: Sequence[Block], head: Sequence[int]) -> bool:
    """Say whether the first line below the head that stands out has a number."""
    below = (blocks[at] for at in range(head[-1] + 1 if head else 0, len(blocks)))
    found = next((each for each in below if _is_heading(each)), None)
    return found is not None and bool(marks(found))


def _is_heading(block: Block) -> bool:
    return bool(block.pieces) and may_be_title(block) and bool(stands_out(block))


def _stands_apart(blocks: Sequence[Block], index: int, first: int, *, count: bool) -> bool:
    """Say whether a line at the head is no heading: those have styles, or no text comes directly behind.

    Where headings `count`, or it names a plan below another line that stands out, the `first` of all,
    it may have a text behind it.
    """
    if any(block.level for block in blocks):
        return True
    below = next((blocks[at] for at in range(index + 1, len(blocks)) if blocks[at].pieces), None)
    if below is None or marks(below) or asks(below.text):
        return False
    if is_introduction(below.text):
        return True
    is_second = index > first and bool(stands_out(blocks[first])) and names_a_plan(blocks[index].text)
    return not stands_out(below) and (count or is_second or not is_above_a_text(blocks, index, {}))


def _best(blocks: Sequence[Block], found: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Choose the first that names a plan, else the last: above the title stands whose the draft is."""
    named = [each for each in found if any(names_a_plan(blocks[one].text) for one in each)]
    long = [each for each in named or found if _has_some_words(blocks, each)]
    if not long:
        return (named or found)[0]
    return long[0] if named else long[-1]


def _has_some_words(blocks: Sequence[Block], indices: Sequence[int]) -> bool:
    return sum(len(blocks[each].text.split()) for each in indices) >= _SOME_WORDS
