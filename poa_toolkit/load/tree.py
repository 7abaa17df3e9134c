"""One pass over libyaml's events: data, and the place of every key and value.

The subset is strict on purpose: no tags, anchors, aliases, merge keys, repeated keys or second
documents, so that what a person sees in a file is what the plan holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined] # it has no __all__
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from poa_toolkit.diagnostic import Pointer, Span
from poa_toolkit.load import decode, syntax
from poa_toolkit.load.scalars import resolve
from poa_toolkit.text import characters

MAX_DEPTH = 64
"""How deep blocks may nest; libyaml slows down badly on hostile depth."""

MAX_NODES = 2_000_000
"""How many keys and values a file may hold."""

if TYPE_CHECKING:
    Event: TypeAlias = Any  # libyaml's events: value, style, tag, anchor, start_mark, end_mark


@dataclass(slots=True)
class Block:
    """A mapping or a sequence in a file: where it stands, and what stands in it."""

    start: Event
    end: Event | None = None
    keys: dict[str, Event] = field(default_factory=dict)
    """For a mapping: the event of each key."""
    children: dict[str | int, Block | Event] = field(default_factory=dict)


class Problem(NamedTuple):
    """A fault found while reading, with its place in this file."""

    code: str
    message: str
    help: str
    span: Span
    related: Span | None = None


@dataclass(slots=True)
class Tree:
    """A file read: its data, its places, and what could not be accepted."""

    path: str
    text: str
    value: Any = None
    root: Block | Event | None = None
    problems: list[Problem] = field(default_factory=list)

    def line(self, number: int) -> str:
        """Give a line of the file, from 1; empty beyond its end."""
        every = decode.lines(self.text)
        return every[number - 1] if 0 < number <= len(every) else ""

    def span(self, pointer: Pointer, *, key: bool = False) -> Span:
        """Give the place of a value, or of its key; of the nearest block around it if it is not there."""
        node, found_key = self.root, None
        for step in pointer:
            if not isinstance(node, Block) or step not in node.children:
                break
            found_key = node.keys.get(step) if isinstance(step, str) else None
            node = node.children[step]
        else:
            if key and found_key is not None:
                return _scalar_span(found_key)
        return _node_span(node, found_key)

    def spelling(self, pointer: Pointer) -> str | None:
        """Give a scalar as it is spelt in the file; None for a block or a missing value."""
        node = self.root
        for step in pointer:
            node = node.children.get(step) if isinstance(node, Block) else None
        return node.value if isinstance(node, ScalarEvent) else None


def read(path: str, content: bytes) -> Tree:
    """Read one YAML file. Never raises on bad content: what is wrong is in `problems`."""
    text, fault = decode.decode(content)
    tree = Tree(path, text)
    if fault:
        span = Span(fault.line, fault.column, fault.line, fault.end_column)
        tree.problems.append(Problem(fault.code, fault.message, fault.help, span))
        return tree
    builder = _Builder(tree)
    try:
        builder.run(CParser(text))
    except _StopReading:
        tree.value = None
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is a fault of the text
        tree.value = None
        tree.problems.append(_syntax_problem(tree, error))
    return tree


class _StopReading(Exception):  # noqa: N818 - a signal, not an error
    """A limit is reached; the problem is recorded."""


class _Builder:
    """Builds data and places from events, and records what the subset refuses."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.documents = 0
        self.nodes = 0

    def run(self, parser: CParser) -> None:
        """Consume the events of a file into `tree.value` and `tree.root`."""
        take = parser.get_event
        while not isinstance(event := take(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                self.document(event)
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.tree.value, self.tree.root = self.node(event, take, 1)
        if self.tree.value is None and not self.tree.problems:
            self.tree.problems.append(
                Problem("POA011", "the file is empty", "write its keys, or delete the file", Span(1, 1, 1, 1))
            )

    def document(self, event: Event) -> None:
        """Refuse a second document and any directive but ``%YAML 1.2``."""
        self.documents += 1
        if self.documents > 1:
            self.problem("POA009", "a second document begins here", "keep one document a file", event)
            raise _StopReading
        if event.tags or (event.version and tuple(event.version) != (1, 2)):
            self.problem("POA010", "a directive is not allowed here", "delete the line", event)

    def node(self, event: Event, take: Any, depth: int) -> tuple[Any, Block | Event]:  # noqa: ANN401
        """Build the value that begins with `event`."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.problem("POA008", f"the file holds more than {MAX_NODES} values", "split it", event)
            raise _StopReading
        if isinstance(event, ScalarEvent):
            if event.anchor or event.tag:
                self.refuse_marks(event)
            return self.scalar(event), event
        if isinstance(event, AliasEvent):
            self.problem("POA006", f"*{event.anchor} repeats another value", "write it out here", event)
            return None, event
        if event.anchor or event.tag:
            self.refuse_marks(event)
        if depth > MAX_DEPTH:
            self.problem("POA008", f"blocks nest deeper than {MAX_DEPTH}", "flatten this", event)
            raise _StopReading
        build = self.mapping if isinstance(event, MappingStartEvent) else self.sequence
        return build(event, take, depth)

    def scalar(self, event: Event) -> Any:  # noqa: ANN401
        """Give the value of a scalar; only plain ones can be anything but text."""
        if not event.style:
            return resolve(event.value)
        if event.style == '"' and (match := characters.FORBIDDEN.search(event.value)):
            message = f"{characters.name(match.group())} cannot stand in a plan"
            self.problem("POA002", message, "delete its escape", event)
        return event.value

    def mapping(self, event: Event, take: Any, depth: int) -> tuple[dict[str, Any], Block]:  # noqa: ANN401
        """Build a mapping, its keys as text."""
        value: dict[str, Any] = {}
        block = Block(event)
        while not isinstance(key := take(), MappingEndEvent):
            name = self.key(key, block)
            child, node = self.node(take(), take, depth + 1)
            if name is not None:
                value[name] = child
                block.keys[name] = key
                block.children[name] = node
        block.end = key
        return value, block

    def key(self, event: Event, block: Block) -> str | None:
        """Give the name of a key, or None, recorded, where it cannot be one."""
        if not isinstance(event, ScalarEvent):
            self.problem("POA003", "a key must be a word", "write `key: value`", event)
            raise _StopReading
        if event.anchor or event.tag:
            self.refuse_marks(event)
        name: str = event.value
        if name == "<<" and not event.style:
            self.problem("POA007", "a merge key is not allowed", "write the keys out here", event)
            return None
        if name in block.keys:
            first = _scalar_span(block.keys[name])
            help_text = f"`{name}` already stands at line {first.line}; keep one of the two"
            self.problem("POA004", f"`{name}` stands twice in this block", help_text, event, related=first)
            return None
        return name

    def sequence(self, event: Event, take: Any, depth: int) -> tuple[list[Any], Block]:  # noqa: ANN401
        """Build a list."""
        value: list[Any] = []
        block = Block(event)
        while not isinstance(item := take(), SequenceEndEvent):
            child, block.children[len(value)] = self.node(item, take, depth + 1)
            value.append(child)
        block.end = item
        return value, block

    def refuse_marks(self, event: Event) -> None:
        """Record an anchor or a tag."""
        if event.anchor:
            self.problem("POA006", f"&{event.anchor} names a value", f"delete `&{event.anchor}`", event)
        if event.tag:
            self.problem("POA005", f"the tag {event.tag} is not allowed", "delete the tag", event)

    def problem(
        self, code: str, message: str, help_text: str, event: Event, *, related: Span | None = None
    ) -> None:
        """Record a fault at the place of `event`."""
        self.tree.problems.append(Problem(code, message, help_text, _scalar_span(event), related))


def _scalar_span(event: Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _node_span(node: Block | Event | None, key: Event | None) -> Span:
    """Give the place to show for a value: a long block is shown by its first key."""
    if node is None:
        return Span(1, 1, 1, 1)
    if not isinstance(node, Block):
        return _scalar_span(node)
    if node.keys:
        return _scalar_span(node.keys.get("id") or next(iter(node.keys.values())))
    return _scalar_span(key or node.start)


_BRACKETED = re.compile(r'^\s*(?:- )?[A-Za-z_]+:\s*(?:\[|"[^"]*\\[\[\]|])')


def _syntax_problem(tree: Tree, error: Exception) -> Problem:
    """Turn libyaml's words into ours, at the place where a person can mend them."""
    begun, met = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = met or begun
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for number in (line, begun.line + 1 if begun else line):
        if _BRACKETED.match(tree.line(number)):
            at = len(tree.line(number).split(":")[0]) + 3
            return Problem(
                "POA012",
                "a text that begins with a square bracket is read as a list",
                "put the text on the next line, under `>-`",
                Span(number, at, number, at + 1),
            )
    message, help_text = syntax.words(error, tree.line(line))
    return Problem("POA003", message, help_text, Span(line, column, line, column + 1))
