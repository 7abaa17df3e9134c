"""Which paragraphs a program makes anew, contents above all: known by field, style and look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.returned.draft.words import folded, is_contents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from poa_toolkit.returned.draft.blocks import Block

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
    """Say whether a short line stands inside contents: the heads of their columns."""
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
    """Say whether the page numbers of a run never go down."""
    pages = [match["page"] for each in run if (match := _page(blocks[each]))]
    numbers = [int(each) for each in pages if each.isdigit()]
    return all(each <= _MOST_PAGES for each in numbers) and numbers == sorted(numbers)


def _is_headed(blocks: Sequence[Block], first: int) -> bool:
    above = next((blocks[each] for each in range(first - 1, -1, -1) if blocks[each].pieces), None)
    return above is not None and is_contents(above.text)


def _is_named(blocks: Sequence[Block], run: Sequence[int], headings: frozenset[str]) -> bool:
    """Say whether most of what a run names stands elsewhere, on a line of its own."""
    entries = (match["words"] for each in run if (match := _page(blocks[each])))
    named = sum(not headings.isdisjoint(_names(each)) for each in entries)
    has_leaders = all(_LEADER.search(blocks[each].raw) for each in run)
    return named * 2 >= len(run) or (has_leaders and len(run) > _FEWEST)


def _names(text: str) -> tuple[str, str]:
    """Return the words of a heading, with its number and without."""
    words = folded(text)
    return words, _NUMBER.sub("", words)
