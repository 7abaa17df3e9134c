"""What stands before the text of a draft: its cover, and its table of contents."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.headings import is_above_a_text, is_title, marks, stands_out, styled_heading
from poa_toolkit.returned.draft.words import (
    STOPS,
    asks,
    folded,
    goes_on,
    is_contents,
    is_introduction,
    is_sentence,
    names_a_plan,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.choices import Choices


_STYLE = re.compile(
    r"(?:toc|contents|table of figures|table of authorities|index|illustration index|verzeichnis)\s*\d*"
)
_STYLES_OF_HEADING = (
    "toc heading",
    "contents heading",
    "table of contents heading",
    "tocheading",
    "index heading",
)
_ENTRY = re.compile(
    r"(?P<words>.*\w.*?)\s*(?:\t[\s.…_·]*|[.…_·]{3,}\s*|(?:\.\s){3,})(?P<page>\d{1,4}|[ivxlc]{1,7})\s*"
)
_LEADER = re.compile(r"[.…_·]{3,}|(?:\.\s){3,}")
_NUMBER = re.compile(r"^(?:\w+\s+)?[\divxlc.()]+[.):-]*\s+")
_LEADS = re.compile(r"\t|[.…_·]{3}|\. \.")
_ROMAN = "ivxlc"
_MOST_PAGES = 999
_FEWEST = 2
_LONGEST, _SHORT = 400, 40


def contents(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the indices, among the blocks, of those that a program makes."""
    found = {index for index, block in enumerate(blocks) if block.generated or _STYLE.fullmatch(block.style)}
    found |= set(_by_look(blocks, found))
    for index, block in enumerate(blocks):
        is_named = block.style in _STYLES_OF_HEADING
        if is_named or (is_contents(block.text) and _next(blocks, index) in found):
            found.add(index)
    between = range(1, len(blocks) - 1)
    return frozenset(found | {each for each in between if _is_between(blocks, each, found)})


def _is_between(blocks: Sequence[Block], index: int, found: Collection[int]) -> bool:
    """Return whether a short line stands inside contents: the heads of their columns."""
    block = blocks[index]
    is_short = len(block.raw) <= _SHORT and not block.level and index not in found
    return is_short and index - 1 in found and index + 1 in found and bool(block.pieces)


def _next(blocks: Sequence[Block], index: int) -> int:
    """Return the index of the next block that has words."""
    return next((each for each in range(index + 1, len(blocks)) if blocks[each].pieces), -1)


def _by_look(blocks: Sequence[Block], known: Collection[int]) -> Iterator[int]:
    """Find runs of lines with a page number at their end.

    What they name must stand further down, or their heading must say that they are contents: figures
    in columns look the same.
    """
    run: list[int] = []
    headings: frozenset[str] | None = None
    for index in range(len(blocks) + 1):
        block = blocks[index] if index < len(blocks) else None
        if block is not None and not block.pieces:
            continue
        if block is not None and index not in known and _page(block) is not None:
            run.append(index)
            continue
        if len(run) >= _FEWEST and _rises(blocks, run):
            if headings is None:
                headings = frozenset(
                    name for each in blocks if len(each.raw) <= _LONGEST for name in _names(each.text)
                )
            if _is_headed(blocks, run[0]) or _is_named(blocks, run, headings):
                yield from run
        run = []


def _page(block: Block) -> re.Match[str] | None:
    raw = block.raw
    last = raw.rstrip()[-1:]
    if len(raw) > _LONGEST or not (last.isdigit() or last in _ROMAN) or not _LEADS.search(raw):
        return None
    return _ENTRY.fullmatch(raw)


def _rises(blocks: Sequence[Block], run: Sequence[int]) -> bool:
    """Return whether the page numbers of a run never go down."""
    pages = [match["page"] for each in run if (match := _page(blocks[each]))]
    numbers = [int(each) for each in pages if each.isdigit()]
    return all(each <= _MOST_PAGES for each in numbers) and numbers == sorted(numbers)


def _is_headed(blocks: Sequence[Block], first: int) -> bool:
    above = next((blocks[each] for each in range(first - 1, -1, -1) if blocks[each].pieces), None)
    return above is not None and is_contents(above.text)


def _is_named(blocks: Sequence[Block], run: Sequence[int], headings: frozenset[str]) -> bool:
    """Return whether most of what a run names stands elsewhere, on a line of its own."""
    entries = (match["words"] for each in run if (match := _page(blocks[each])))
    named = sum(not headings.isdisjoint(_names(each)) for each in entries)
    has_leaders = all(_LEADER.search(blocks[each].raw) for each in run)
    return named * 2 >= len(run) or (has_leaders and len(run) > _FEWEST)


def _names(text: str) -> tuple[str, str]:
    """Return the words of a heading, with its number and without."""
    words = folded(text)
    return words, _NUMBER.sub("", words)


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
    """Return whether the words of a block without a style could be a title."""
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
    """Return whether the first line below the head that stands out has a number."""
    below = (blocks[at] for at in range(head[-1] + 1 if head else 0, len(blocks)))
    found = next((each for each in below if _is_heading(each)), None)
    return found is not None and bool(marks(found))


def _is_heading(block: Block) -> bool:
    return bool(block.pieces) and may_be_title(block) and bool(stands_out(block))


def _stands_apart(blocks: Sequence[Block], index: int, first: int, *, count: bool) -> bool:
    """Return whether a line at the head is no heading: those have styles, or no text comes directly behind.

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
