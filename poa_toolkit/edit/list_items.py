"""Items of lists as lines: which are an item's own, where a new one goes, what stays behind."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.edit.yaml_file import Line, Reading
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.positions import Block, Replacement, start_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.load.positions import Node

    Spell = Callable[[int], list[str]]
    """From the column of a dash to the lines of an item."""


class Stretch(NamedTuple):
    """The lines of an item, by number from 0: the first comment above it, and what follows its end."""

    first: int
    after: int


def stretch(old: Reading, block: Block, index: int) -> Stretch:
    """Return the lines of an item: the comments directly above it, and below it those indented deeper."""
    column = block.start.start_mark.column
    first = old.first_line(block, index)
    if old.lines[first].indent != column:
        raise EditRefusedError(
            "an item that shares its line with others cannot be edited; run `poa fmt` first"
        )
    while first and old.lines[first - 1].comment and old.lines[first - 1].indent <= column:
        first -= 1
    return Stretch(first, old.line_after(block.children[index], column))


def removal(old: Reading, at: Pointer) -> tuple[list[Replacement], tuple[str, ...]]:
    """Take an item out: the replacements, and its lines without the indentation of its dash."""
    block, index = old.block(at[:-1]), int(at[-1])
    if block.start.flow_style:
        return [_out_of_brackets(old, block, index, index)], ()
    own = stretch(old, block, index)
    column = block.start.start_mark.column
    taken = tuple(_dedented(line.content, column) for line in old.lines[own.first : own.after])
    first, after = _with_blank_line(old.lines, own, index, len(block.children))
    start = old.lines[first].start
    end = old.lines[after - 1].stop
    edits = [Replacement(start, end, "")]
    if end == len(old.text) and first and old.lines[after - 1].stop == old.lines[after - 1].end:
        # the file ended without an end of line, and still does
        edits = [Replacement(old.lines[first - 1].end, end, "")]
    if len(block.children) == 1:
        edits.insert(0, Replacement(_colon(old, at[:-1]), _colon(old, at[:-1]), " []"))
    return edits, taken


def removals(old: Reading, every: Sequence[Pointer]) -> list[Replacement]:
    """Take several items out."""
    edits: list[Replacement] = []
    in_brackets: defaultdict[Pointer, list[int]] = defaultdict(list)
    for at in every:
        if old.block(at[:-1]).start.flow_style:
            in_brackets[at[:-1]].append(int(at[-1]))
        else:
            edits += removal(old, at)[0]
    for at, indexes in in_brackets.items():
        # what stands side by side goes as one, with one of the commas round it
        for _, run in groupby(enumerate(sorted(indexes)), key=lambda each: each[1] - each[0]):
            side_by_side = [index for _, index in run]
            edits.append(_out_of_brackets(old, old.block(at), side_by_side[0], side_by_side[-1]))
    return edits


def insertion(old: Reading, at: Pointer, index: int, spelt: Spell) -> list[Replacement]:
    """Put the lines that `spelt` makes before the item `index` of the list at `at`, or at its end."""
    block = old.places.node(at)
    if isinstance(block, Block) and block.children and not block.start.flow_style:
        return [_among(old, block, index, spelt)]
    if block is None or not isinstance(at[-1], str):
        raise EditRefusedError("this list cannot be edited; run `poa fmt` first")
    return _first_of(old, at, block, index, spelt)


def below(old: Reading, node: Node, lines: list[str], column: int) -> list[Replacement]:
    """Put lines below a value and the comments that belong to it (those indented deeper than `column`)."""
    return [_at_line(old, old.line_after(node, column), lines)]


def shifted(lines: tuple[str, ...], column: int) -> list[str]:
    """Return the lines of an item, as `removal` took them, with its dash at `column`."""
    return [" " * column + line if line.strip() else line for line in lines]


def comments_of(lines: tuple[str, ...]) -> Iterator[str]:
    """Return the comments in the lines of an item."""
    return Reading("\n".join(lines) + "\n").comments().elements() if lines else iter(())


def _among(old: Reading, block: Block, index: int, spelt: Spell) -> Replacement:
    """Put an item into a block; an empty line parts it from its neighbours as it parts those there."""
    lines = spelt(block.start.start_mark.column)
    number = len(block.children)
    parted = stretch(old, block, min(max(index, 1), number - 1)).first
    spaced = number > 1 and old.lines[parted - 1].blank
    if index < number:
        return _at_line(old, stretch(old, block, index).first, [*lines, ""] if spaced else lines)
    return _at_line(old, stretch(old, block, number - 1).after, ["", *lines] if spaced else lines)


def _first_of(old: Reading, at: Pointer, node: Node, index: int, spelt: Spell) -> list[Replacement]:
    """Turn a list that is empty, missing or in brackets into a block that holds the new item too."""
    parent = old.block(at[:-1])
    key = parent.keys[str(at[-1])]
    if parent.start.flow_style:
        raise EditRefusedError("a list inside braces cannot be edited; run `poa fmt` first")
    end, dash = old.end(node), key.start_mark.column + 2
    if re.search(r"[\r\n]", old.text[key.start_mark.index : end]):
        raise EditRefusedError("a list in brackets that spans lines cannot be edited; run `poa fmt` first")
    lines = [f"{' ' * dash}- {each}" for each in _in_brackets(old, node)]
    lines[index:index] = spelt(dash)
    colon = _colon(old, at)
    cut = Replacement(colon, max(colon, end), "")
    return [cut, _at_line(old, key.start_mark.line + 1, lines)]


def _in_brackets(old: Reading, node: Node) -> list[str]:
    """Return the items of a list in brackets as they are spelt."""
    if not isinstance(node, Block):
        return []
    return [old.text[start_of(each).start_mark.index : old.end(each)] for each in node.children.values()]


def _out_of_brackets(old: Reading, block: Block, first: int, last: int) -> Replacement:
    """Take the items from `first` to `last` out of a list in brackets."""
    start = start_of(block.children[first]).start_mark.index
    if last + 1 < len(block.children):
        return Replacement(start, start_of(block.children[last + 1]).start_mark.index, "")
    begin = old.end(block.children[first - 1]) if first else start
    return Replacement(begin, old.end(block.children[last]), "")


def _at_line(old: Reading, number: int, lines: list[str]) -> Replacement:
    """Put lines before the line `number`; a file that ended without an end of line still does."""
    text = old.end_of_line.join(lines)
    if number < len(old.lines):
        at = old.lines[number].start
        return Replacement(at, at, text + old.end_of_line)
    return Replacement(len(old.text), len(old.text), old.end_of_line + text)


def _colon(old: Reading, at: Pointer) -> int:
    """Return the place after the colon of a key."""
    key = old.block(at[:-1]).keys[str(at[-1])]
    return old.text.index(":", key.end_mark.index) + 1


def _with_blank_line(lines: list[Line], own: Stretch, index: int, number: int) -> tuple[int, int]:
    """Take one of the empty lines round an item, where such lines part the items of its list."""
    above = own.first > 0 and lines[own.first - 1].blank
    below_is_blank = own.after < len(lines) - 1 and lines[own.after].blank
    if index == number - 1:
        return own.first - (above and number > 1), own.after
    return own.first, own.after + (below_is_blank and (above or index == 0))


def _dedented(line: str, column: int) -> str:
    return line[min(column, len(line) - len(line.lstrip(" "))) :]
