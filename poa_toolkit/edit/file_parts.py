"""A YAML file as the lines of its keys and records: each with the comments above it, no line in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.edit.yaml_file import value_at
from poa_toolkit.load.positions import Block
from poa_toolkit.model.list_items import names, naming_key

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.edit.yaml_file import Reading


class Part(NamedTuple):
    """A key with its value, or an item of a list, as the lines of one version."""

    reading: Reading
    at: Pointer
    above: int
    """The first line of what stands above it: comments and empty lines. Lines count from 0."""
    first: int
    """Its own first line."""
    after: int
    """The line behind it; comments that are indented deeper belong to it."""
    dash: int | None = None
    """Of the first key of an item, the column of the dash on its line."""

    @property
    def value(self) -> Any:  # noqa: ANN401 - YAML's data
        """The value that stands there."""
        return value_at(self.reading.value, self.at)

    @property
    def lead(self) -> str:
        """What stands above it."""
        return lines(self.reading, self.above, self.first)

    @property
    def body(self) -> str:
        """The part itself; a dash before its first key is left out."""
        found = lines(self.reading, self.first, self.after)
        return found if self.dash is None else f"{found[: self.dash]} {found[self.dash + 1 :]}"

    @property
    def text(self) -> str:
        """The part with what stands above it."""
        return self.lead + self.body


class Parts(NamedTuple):
    """What a block holds: its parts in order, and the lines before and behind them."""

    head: str
    """The lines above the first part: the key of a block."""
    by_name: dict[str, Part]
    tail: str
    column: int
    """Where the keys or dashes stand."""
    is_list: bool
    dash: int | None = None
    """Of an item, the column of its dash, where its first key stands behind that."""


def lines(reading: Reading, first: int, after: int) -> str:
    """Return some lines of a version, each with its end."""
    if first >= after:
        return ""
    return reading.text[reading.lines[first].start : reading.lines[after - 1].stop]


def whole(reading: Reading) -> Part:
    """Return a whole file as a part."""
    count = len(reading.lines)
    # what follows the last end of line is no line
    return Part(reading, (), 0, 0, count - 1 if not reading.lines[-1].content else count)


def parts(part: Part) -> Parts | None:
    """Return what a part holds; None where its value is single, in brackets or on the line of its key."""
    block = part.reading.places.node(part.at)
    if not isinstance(block, Block) or block.start.flow_style or not block.children:
        return None
    is_list = not block.keys
    starts = [part.reading.first_line(block, step) for step in block.children]
    if starts[0] < part.first or sorted({*starts}) != starts:
        return None
    column = block.start.start_mark.column
    found: list[Part] = []
    # the key of a block is its head; a file, and an item that begins behind its dash, have none
    at = head = part.first + (bool(part.at) and starts[0] > part.first)
    for (step, child), start in zip(block.children.items(), starts, strict=True):
        end = part.reading.line_after(child, column)
        found.append(Part(part.reading, (*part.at, step), at, start, end))
        at = end
    if at > part.after or any(each.first < each.above for each in found):
        # parts share a line
        return None
    dash = None
    if part.at and isinstance(part.at[-1], int) and starts[0] == part.first:
        dash = part.reading.lines[part.first].indent
        found[0] = found[0]._replace(dash=dash)
    steps = names(part.value, naming_key([part.value])) if is_list else [str(each) for each in block.children]
    return Parts(
        lines(part.reading, part.first, head),
        dict(zip(steps, found, strict=True)),
        lines(part.reading, at, part.after),
        column,
        is_list,
        dash,
    )


def without_items(block: Parts) -> Parts:
    """Return a list of which nothing is left."""
    return block._replace(by_name={}, tail="")
