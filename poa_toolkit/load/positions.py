"""Where every key, value and character of a file stands, found from its events when someone asks.

Most files are in order, and nobody asks: keeping libyaml's events for all of them would cost more than
half of the memory of reading. What is read to be edited or laid out keeps them (`tree.read_closely`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.diagnostic import Pointer, Span
from poa_toolkit.load import decode
from poa_toolkit.load.yaml_events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from poa_toolkit.diagnostic import Words
    from poa_toolkit.load.yaml_events import Event

    Node: TypeAlias = "Block | Event"

MAX_DEPTH = 64
"""How deep blocks may nest; libyaml slows down badly on hostile depth."""


@dataclass(slots=True)
class Block:
    """A mapping or a list: where it begins, and what stands in it."""

    start: Event
    keys: dict[str, Event] = field(default_factory=dict)
    """For a mapping: the event of each key."""
    children: dict[str | int, Node] = field(default_factory=dict)
    end: Event = None
    """Where it ends; of one in brackets or braces, the closing one."""


class Spot(NamedTuple):
    """What stands at a place of a file."""

    at: Pointer
    """The way to the innermost value around it."""
    is_key: bool = False
    """Whether it is the key of that value."""
    offset: int | None = None
    """Of a scalar, the character of its value; the length of that behind its last. None for a block."""


class Places:
    """The places of one file, of which reading has shown that it is in order."""

    def __init__(self, text: str, found: Iterable[Event]) -> None:
        self.text = text
        self._letters: dict[int, list[Letter]] = {}
        rest = iter(found)
        of_values = (ScalarEvent, MappingStartEvent, SequenceStartEvent)
        self.root = _node(next(each for each in rest if isinstance(each, of_values)), rest.__next__)

    def span(self, pointer: Pointer, *, key: bool = False, words: Words | None = None) -> Span:
        """Return the place of a value, of its key, or of some characters of a text.

        Of a text below ``>-`` or ``|-`` it is the place of its words. Of a value that is not there it is
        that of the nearest block around it.
        """
        node, found_key = self.root, None
        for step in pointer:
            if not isinstance(node, Block) or step not in node.children:
                break
            found_key = node.keys.get(step) if isinstance(step, str) else None
            node = node.children[step]
        else:
            if key and found_key is not None:
                return span_of(found_key)
            if isinstance(node, ScalarEvent):
                return self.stretch(node, words)
        return _shown(node, found_key)

    def stretch(self, event: Event, words: Words | None) -> Span:
        """Return the place of some characters of a scalar, or of all; of the scalar where it is not known."""
        if words is None and event.style not in ("|", ">"):
            return span_of(event)
        of_text = self.letters(event)
        if words is None:
            shown = [index for index, each in enumerate(event.value) if not each.isspace()]
            words = (shown[0], shown[-1] + 1) if shown else None
        if words is None or not 0 <= words[0] < words[1] <= len(of_text):
            return span_of(event)
        start, end = of_text[words[0]].start, of_text[words[1] - 1].end
        return Span(*self.line_and_column(start), *self.line_and_column(end))

    def letters(self, event: Event) -> list[Letter]:
        """Return where each character of a scalar stands; none where they cannot be told apart."""
        start = event.start_mark.index
        if start not in self._letters:
            self._letters[start] = letters(self.text, event) or []
        return self._letters[start]

    def line_and_column(self, index: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at `index` of the file."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        return decode.starts(self.text)

    def index(self, line: int, column: int) -> int:
        """Return the index in the file of the character at a line and a column, from 1."""
        start = self._starts[min(line, len(self._starts)) - 1]
        return min(start + column - 1, len(self.text))

    def spot(self, index: int) -> Spot:
        """Return the innermost value around the character at `index` of the file."""
        node: Node = self.root
        at: Pointer = ()
        while isinstance(node, Block):
            for step, key in node.keys.items():
                if key.start_mark.index <= index <= key.end_mark.index:
                    return Spot((*at, step), is_key=True)
            begun = [step for step, each in node.children.items() if start_of(each).start_mark.index <= index]
            if not begun:
                return Spot(at)
            at, node = (*at, begun[-1]), node.children[begun[-1]]
        if index > node.end_mark.index:
            return Spot(at[:-1])
        within = (number for number, each in enumerate(self.letters(node)) if each.start <= index < each.end)
        return Spot(at, offset=next(within, len(node.value)))

    def node(self, pointer: Pointer) -> Node | None:
        """Return the events of a value; None where it is missing."""
        node: Node | None = self.root
        for step in pointer:
            node = node.children.get(step) if isinstance(node, Block) else None
        return node

    def spelling(self, pointer: Pointer) -> str | None:
        """Return a scalar as it is spelt in the file; None for a block or a missing value."""
        node = self.node(pointer)
        return node.value if isinstance(node, ScalarEvent) else None


def span_of(event: Event) -> Span:
    """Return the stretch of the file that an event covers."""
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def start_of(node: Node) -> Event:
    """Return the event that a value begins with."""
    return node.start if isinstance(node, Block) else node


def _node(event: Event, take: Callable[[], Event]) -> Node:
    if isinstance(event, MappingStartEvent):
        block = Block(event)
        while not isinstance(key := take(), MappingEndEvent):
            block.keys[key.value] = key
            block.children[key.value] = _node(take(), take)
        block.end = key
        return block
    if isinstance(event, SequenceStartEvent):
        block = Block(event)
        while not isinstance(item := take(), SequenceEndEvent):
            block.children[len(block.children)] = _node(item, take)
        block.end = item
        return block
    return event


def _shown(node: Node, key: Event | None) -> Span:
    """Return the place to show for a value: a long block is shown by its id, or by its first key."""
    if not isinstance(node, Block):
        return span_of(node)
    if node.keys:
        return span_of(node.keys.get("id") or next(iter(node.keys.values())))
    return span_of(key or node.start)


# --- which characters of a file spell each character of a value ------------------------------------
#
# The rules of folding, escaping and indentation are those of libyaml, which reads the file; what is
# found is compared with the value that it gave.

_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FLOW = re.compile(
    r"""
      (?P<blank>[ \t]++(?![\r\n]))
    | (?P<fold>[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*)
    | (?P<joined>\\(?:\r\n|\r|\n)[ \t\r\n]*)
    | (?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))
    | (?P<plain>.)
    """,
    re.VERBOSE,
)
_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n|\Z)")


class Replacement(NamedTuple):
    """Put `text` in the place of what stands from `start` to before `end`.

    Both count characters of the decoded text, a byte order mark left out; equal, they insert.
    """

    start: int
    end: int
    text: str


class Letter(NamedTuple):
    """One character of a value, and the stretch of the file that spells it."""

    value: str
    """The character; empty where only an escape says which it is."""
    start: int
    end: int


def letters(text: str, event: Event) -> list[Letter] | None:
    """Return the letters of a scalar of `text`, one for each character of its value.

    None where they cannot be told apart, so that nobody is shown a wrong place.
    """
    found = [*_read(text, event)]
    is_told = len(found) == len(event.value) and all(
        each.value in ("", known) for each, known in zip(found, event.value, strict=True)
    )
    return found if is_told else None


def _read(text: str, event: Event) -> Iterator[Letter]:
    """Read a scalar of any style."""
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("|", ">"):
        header = _HEADER.match(text, start)
        if header is not None:
            lines = [match for match in _LINE.finditer(text, header.end(), end) if match.group()]
            yield from _block(lines, _margin(lines, event.value), event)
    elif event.style in ("'", '"'):
        yield from _flow(text, start + 1, end - 1, event.style)
    else:
        yield from _flow(text, start, end, "")


def _flow(text: str, start: int, end: int, style: str) -> Iterator[Letter]:
    """Read a plain or quoted scalar: line breaks fold to spaces, escapes and doubled quotes are one."""
    at = start
    while at < end:
        match = _FLOW.match(text, at, end)
        if match is None:
            return
        kind, stop = match.lastgroup, match.end()
        if kind == "blank":
            yield from (Letter(text[place], place, place + 1) for place in range(at, stop))
        elif kind == "fold":
            breaks = len(_BREAK.findall(match.group()))
            yield from [Letter(" " if breaks == 1 else "\n", at, stop)] * max(1, breaks - 1)
        elif style == '"' and kind == "joined":
            yield from [Letter("\n", at, stop)] * (len(_BREAK.findall(match.group())) - 1)
        elif style == '"' and kind == "escape":
            yield Letter("", at, stop)
        elif style == "'" and text.startswith("''", at):
            stop = at + 2
            yield Letter("'", at, stop)
        else:
            stop = at + 1
            yield Letter(text[at], at, stop)
        at = stop


def _margin(lines: list[re.Match[str]], value: str) -> int:
    """Return how far the lines of a block are indented: as its first words, but for spaces of the value."""
    first = next((each[1] for each in lines if each[1].strip(" ")), "")
    before = value[: len(value) - len(value.lstrip(" \n"))]
    spaces = len(before) - before.rfind("\n") - 1
    return max(0, len(first) - len(first.lstrip(" ")) - spaces)


def _block(lines: list[re.Match[str]], margin: int, event: Event) -> Iterator[Letter]:
    """Read the lines of a block: of a folded one, breaks between lines that are not indented are spaces."""
    room = len(event.value)
    held: list[Letter] = []
    before = ""
    for match in lines:
        line, start = match[1], match.start()
        content = line[margin:]
        if not content and not line.strip(" "):
            held += _ends(match)
            continue
        is_folded = event.style == ">" and before and not {before, content[:1]} & {" ", "\t"}
        if held and is_folded:
            held = held[1:] or [Letter(" ", held[0].start, start + margin)]
        yield from held
        room -= len(held) + len(content)
        yield from (
            Letter(each, place, place + 1) for place, each in enumerate(content, start=start + margin)
        )
        held, before = _ends(match), content[:1]
    # how many breaks stay at the end is what the value says: none, one, or all
    yield from held[: max(0, room)]


def _ends(match: re.Match[str]) -> list[Letter]:
    return [Letter("\n", match.end(1), match.end())] if match[2] else []
