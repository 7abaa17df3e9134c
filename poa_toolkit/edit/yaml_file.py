"""A YAML file as an edit sees it: text, data, and the lines and comments round each value."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load import yaml_tree
from poa_toolkit.load.positions import Block, Replacement, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.load.positions import Node
    from poa_toolkit.load.yaml_events import Event


def apply(text: str, replacements: Iterable[Replacement]) -> str:
    """Return `text` with every replacement made; insertions at one place stand in the order given.

    Raises ValueError where two replacements overlap or one leaves the text.
    """
    ordered = sorted(replacements, key=lambda each: (each.start, each.end))
    parts: list[str] = []
    at = 0
    for each in ordered:
        if not at <= each.start <= each.end <= len(text):
            raise ValueError(
                f"a replacement of {each.start} to {each.end} overlaps another or leaves the text"
            )
        parts += (text[at : each.start], each.text)
        at = each.end
    return "".join((*parts, text[at:]))


_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BLOCK_STYLES = ("|", ">")


class Line(NamedTuple):
    """One line of a file, its place in characters, and what it is."""

    content: str
    start: int
    end: int
    """Where its content ends."""
    stop: int
    """Where the next line begins."""

    @property
    def indent(self) -> int:
        """The spaces it begins with."""
        return len(self.content) - len(self.content.lstrip(" "))

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.content.strip()

    @property
    def comment(self) -> bool:
        """Whether nothing but a comment stands on it."""
        return self.content.lstrip(" ").startswith("#")


class Reading:
    """A file read for an edit. Raises EditRefusedError where it cannot be read."""

    def __init__(self, text: str) -> None:
        read = yaml_tree.read_closely("", text.encode("utf-8"))
        if read.problems:
            first = read.problems[0]
            raise EditRefusedError(f"line {first.span.line} cannot be read: {first.message}")
        self.tree = read
        self.text = text
        self.value: Any = read.value
        self.places = read.places

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the file; the last has no end of line and may be empty."""
        found = []
        for match in _LINE.finditer(self.text):
            found.append(Line(match[1], match.start(), match.end(1), match.end()))
            if not match[2]:
                break
        return found

    @cached_property
    def end_of_line(self) -> str:
        """How lines end in this file: as its first one does."""
        match = re.search(r"\r\n|\r|\n", self.text)
        return match.group() if match else "\n"

    def block(self, at: Pointer) -> Block:
        """Return the mapping or list at `at`. Raises EditRefusedError where there is none."""
        node = self.places.node(at)
        if not isinstance(node, Block):
            raise EditRefusedError(f"there is no block at {_spoken(at)}")
        return node

    def scalar(self, at: Pointer) -> Event:
        """Return the event of the value at `at`. Raises EditRefusedError where it is no single value."""
        node = self.places.node(at)
        if node is None or isinstance(node, Block):
            raise EditRefusedError(f"there is no single value at {_spoken(at)}")
        return node

    def end(self, node: Node) -> int:
        """Return the place where a value ends: after its last character, empty lines left out."""
        if isinstance(node, Block):
            if node.start.flow_style or not node.children:
                return int(node.end.end_mark.index)
            return self.end(list(node.children.values())[-1])
        start, end = node.start_mark.index, node.end_mark.index
        if node.style not in _BLOCK_STYLES or "+" in self.text[start : start + 3]:
            return int(end)
        return int(start + len(self.text[start:end].rstrip()))

    def last_line(self, node: Node) -> int:
        """Return the number, from 0, of the line on which a value ends."""
        end = self.end(node)
        number = int(start_of(node).start_mark.line)
        while number + 1 < len(self.lines) and self.lines[number].stop < end:
            number += 1
        return number

    def line_after(self, node: Node, column: int) -> int:
        """Return the number of the line below a value and the comments there that are indented deeper."""
        number = self.last_line(node) + 1
        while number < len(self.lines) and self.lines[number].comment and self.lines[number].indent > column:
            number += 1
        return number

    def first_line(self, block: Block, step: str | int) -> int:
        """Return the number, from 0, of the line of a key, or of the dash of an item."""
        if isinstance(step, str):
            return int(block.keys[step].start_mark.line)
        column, number = block.start.start_mark.column, int(start_of(block.children[step]).start_mark.line)
        while number > 0 and not self.lines[number].content.startswith("-", column):
            number -= 1
        return number

    def comments(self) -> Counter[str]:
        """Return every comment of the file, and how often it stands there."""
        return Counter(each.text for each in self.tree.comments)


def value_at(value: Any, at: Pointer) -> Any:  # noqa: ANN401 - YAML's data
    """Return what stands at a pointer of a file's data."""
    for step in at:
        value = value[step]
    return value


def proved(
    old: Reading, text: str, expected: object, *, lost: Iterable[str] = (), gained: Iterable[str] = ()
) -> Reading:
    """Read an edited text, and prove that it holds `expected` and the comments it held before.

    `lost` and `gained` are the comments that went with a record to another file, or came with one.
    Raises EditRefusedError where anything else differs.
    """
    try:
        new = Reading(text)
    except EditRefusedError as error:
        raise EditRefusedError(f"the edited file could not be read again ({error})") from None
    # what Python prints of data tells their types too, and the order of keys
    if repr(new.value) != repr(expected):
        raise EditRefusedError("the layout of this place is too unusual to edit; change it by hand")
    kept = old.comments()
    kept.update(gained)
    kept.subtract(lost)
    if +kept != new.comments():
        raise EditRefusedError("a comment would be lost or changed; change this place by hand")
    return new


def _spoken(at: Pointer) -> str:
    return ".".join(map(str, at)) or "the top of the file"
