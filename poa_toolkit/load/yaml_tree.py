"""One pass over libyaml's events: data, and every fault with its place.

The subset is strict on purpose: no tags, anchors, aliases, merge keys, repeated keys or second
documents, so that what a person sees in a file is what the plan holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.diagnostic import Span
from poa_toolkit.load import decode, shape_errors, yaml_errors, yaml_events
from poa_toolkit.load.positions import MAX_DEPTH, Places, Replacement, span_of
from poa_toolkit.load.yaml_events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    events,
)
from poa_toolkit.load.yaml_scalars import QUOTES, Scalar, resolve
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.text import characters
from poa_toolkit.text.counting import many

MAX_NODES = 500_000
"""How many keys and values a file may hold."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from poa_toolkit.load.lines_as_meant import Lines
    from poa_toolkit.load.yaml_events import Comment, Event
    from poa_toolkit.load.yaml_slips import Slip

    Take: TypeAlias = Callable[[], Event]


class Problem(NamedTuple):
    """A fault found while reading, with its place in this file."""

    code: str
    message: str
    help: str
    span: Span
    related: Span | None = None
    mends: tuple[Replacement, ...] = ()
    """What mends it; nothing where only a person can tell."""
    is_safe: bool = False
    """Whether that can only be what was meant, so that `poa validate --fix` does it."""


@dataclass
class Tree:
    """A file read: its data, and what could not be accepted."""

    path: str
    text: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file, without their ends."""
        return decode.lines(self.text)

    @cached_property
    def places(self) -> Places:
        """Where every key and value stands; only of a file without problems."""
        return Places(self.text, self.events)

    @cached_property
    def events(self) -> list[Event]:
        """The events of a file without problems; of one that was read closely, those of its reading."""
        return list(events(self.text))

    @cached_property
    def outside(self) -> str:
        """The text with a letter for each character of a scalar."""
        return yaml_events.outside(self.text, self.events)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Every comment of a file without problems, in order."""
        return tuple(yaml_events.comments(self.outside)) if "#" in self.text else ()

    def line(self, number: int) -> str:
        """Return a line of the file, from 1; empty beyond its end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def read(path: str, content: bytes) -> Tree:
    """Read one YAML file. Never raises on bad content: what is wrong is in `problems`."""
    return _read(path, content, lambda _, found: found)


def read_closely(path: str, content: bytes) -> Tree:
    """Read one YAML file, as `read`, and keep its events for whoever asks for more than its data."""
    return _read(path, content, _kept)


def _kept(tree: Tree, found: Iterable[Event]) -> Iterator[Event]:
    tree.events = []
    keep = tree.events.append
    for event in found:
        keep(event)
        yield event


def _read(path: str, content: bytes, way: Callable[[Tree, Iterator[Event]], Iterator[Event]]) -> Tree:
    text, fault = decode.decode(content)
    tree = Tree(path, text)
    if fault:
        span = Span(fault.line, fault.column, fault.line, fault.end_column)
        tree.problems.append(Problem(fault.code, fault.message, fault.help, span))
        return tree
    builder = _Builder(tree)
    try:
        builder.run(way(tree, events(text)))
    except _StopReading:
        tree.value = None
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is a fault of the text
        tree.value = None
        tree.problems += _syntax_problems(tree, error)
    return tree


def data(text: str) -> Any:  # noqa: ANN401 - YAML's data
    """Return the data of a text; None where there is none, or where it cannot be read."""
    tree = Tree("", text)
    try:
        _Builder(tree).run(events(text))
    except Exception:  # noqa: BLE001 - whatever a parser raises, there is no data
        return None
    return None if tree.problems else tree.value


class _StopReading(Exception):  # noqa: N818 - a signal, not an error
    """A limit is reached; the problem is recorded."""


class _Builder:
    """Builds data from events, and records what the subset refuses."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.documents = 0
        self.nodes = 0
        self.repeated: dict[int, list[tuple[str, Problem]]] = {}
        """By block, the keys that stand twice in it."""

    def run(self, found: Iterator[Event]) -> None:
        """Consume the events of a file into `tree.value`."""
        take = found.__next__
        for event in found:
            if isinstance(event, DocumentStartEvent):
                self.document(event)
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.tree.value = self.node(event, take, 1)
        self.tree.problems = _with_lost_dashes(self.tree, self.repeated.values())
        if self.tree.value is None and not self.tree.problems:
            self.tree.problems.append(
                Problem("POA011", "the file is empty", "write its keys, or delete the file", Span(1, 1, 1, 1))
            )

    def document(self, event: Event) -> None:
        """Refuse a second document and any directive but ``%YAML 1.2``."""
        self.documents += 1
        if self.documents > 1:
            self.problem(
                "POA009",
                "`---` begins a second document here",
                "move it to a file of its own, or delete the line",
                event,
            )
            raise _StopReading
        if event.tags or (event.version and tuple(event.version) != (1, 2)):
            self.problem(
                "POA010",
                "a line that begins with % gives orders to the reader, which is not allowed",
                "delete the line",
                event,
            )

    def node(self, event: Event, take: Take, depth: int) -> Any:  # noqa: ANN401 - YAML's data
        """Build the value that begins with `event`."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.problem(
                "POA008", f"the file holds more than {MAX_NODES} values", "split it into several", event
            )
            raise _StopReading
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor or event.tag:
                self.refuse_marks(event)
            return self.scalar(event)
        if kind is AliasEvent:
            self.problem(
                "POA006",
                f"`*{event.anchor}` is read as a reference to a value elsewhere, which is not allowed",
                f"if `*` belongs to the text, {QUOTES}; else write the value out here",
                event,
            )
            return None
        if event.anchor or event.tag:
            self.refuse_marks(event)
        if depth > MAX_DEPTH:
            self.problem(
                "POA008", f"this stands in more than {MAX_DEPTH} blocks", "take it out of some of them", event
            )
            raise _StopReading
        if kind is MappingStartEvent:
            return self.mapping(take, depth)
        return self.sequence(take, depth)

    def scalar(self, event: Event) -> Scalar:
        """Return the value of a scalar; only plain ones can be anything but text."""
        text: str = event.value
        if not event.style:
            return resolve(text)
        if event.style == '"' and (match := characters.FORBIDDEN.search(text)):
            message = f"{characters.name(match.group())} cannot stand in a plan"
            self.problem("POA002", message, "delete its escape", event)
        return text

    def mapping(self, take: Take, depth: int) -> dict[str, Any]:
        """Build a mapping, its keys as text."""
        value: dict[str, Any] = {}
        keys: dict[str, Event] = {}
        while (key := take()).__class__ is not MappingEndEvent:
            name = self.key(key, keys)
            child = self.node(take(), take, depth + 1)
            if name is not None:
                value[name] = child
                keys[name] = key
        return value

    def key(self, event: Event, before: dict[str, Event]) -> str | None:
        """Return the name of a key, or None, recorded, where it cannot be one."""
        if not isinstance(event, ScalarEvent):
            self.problem("POA003", "a key must be a word", "write `key: value`", event)
            raise _StopReading
        if event.anchor or event.tag:
            self.refuse_marks(event)
        name: str = event.value
        if name == "<<" and not event.style:
            self.problem(
                "POA007",
                "`<<` takes over the keys of another block, which is not allowed",
                "write them out here",
                event,
            )
            return None
        if name in before:
            first = span_of(before[name])
            help_text = f"`{name}` already stands at line {first.line}; keep one of the two"
            self.problem("POA004", f"`{name}` stands twice in this block", help_text, event, related=first)
            self.repeated.setdefault(id(before), []).append((name, self.tree.problems[-1]))
            return None
        return name

    def sequence(self, take: Take, depth: int) -> list[Any]:
        """Build a list."""
        value: list[Any] = []
        while (item := take()).__class__ is not SequenceEndEvent:
            value.append(self.node(item, take, depth + 1))
        return value

    def refuse_marks(self, event: Event) -> None:
        """Record an anchor or a tag."""
        if event.anchor:
            self.problem(
                "POA006",
                f"`&{event.anchor}` gives a value a name, which is not allowed",
                f"if `&` belongs to the text, {QUOTES}; else delete `&{event.anchor}`",
                event,
            )
        if event.tag:
            self.problem(
                "POA005",
                f"{event.tag} is read as a tag, which is not allowed",
                f"if `!` belongs to the text, {QUOTES}; else delete the tag",
                event,
            )

    def problem(
        self, code: str, message: str, help_text: str, event: Event, *, related: Span | None = None
    ) -> None:
        """Record a fault at the place of `event`."""
        self.tree.problems.append(Problem(code, message, help_text, span_of(event), related))


def _with_lost_dashes(tree: Tree, blocks: Iterable[list[tuple[str, Problem]]]) -> list[Problem]:
    """Return the problems of a file; of keys that stand twice, what they show together."""
    gone: set[int] = set()
    told: list[Problem] = []
    for keys in blocks:
        for run in _runs(keys):
            if found := _of_lost_dash(tree, run):
                told.append(found)
                gone.update(id(problem) for _, problem in run)
    left = [each for each in tree.problems if id(each) not in gone]
    return sorted((*left, *told), key=lambda each: each.span) if told else left


def _runs(keys: list[tuple[str, Problem]]) -> Iterator[list[tuple[str, Problem]]]:
    """Part keys that stand twice into records: a key begins a new one where its name has come before."""
    run: dict[str, tuple[str, Problem]] = {}
    for each in keys:
        if each[0] in run:
            yield [*run.values()]
            run = {}
        run[each[0]] = each
    yield [*run.values()]


def _of_lost_dash(tree: Tree, keys: list[tuple[str, Problem]]) -> Problem | None:
    """Return what to say of keys that stand twice in one block; None of one that somebody typed again."""
    name, first = keys[0]
    count = f" and {many(len(keys) - 1, 'more key')}" if len(keys) > 1 else ""
    if name in ("id", "ref"):
        stand, margin = "stand" if count else "stands", first.span.column - 1
        message = f"`{name}`{count} {stand} twice here: a record begins, but its `- ` is missing"
        start = decode.starts(tree.text)[first.span.line - 1]
        mend = Replacement(start, start + margin, f"{' ' * (margin - 2)}- ")
        cure = f"begin it as the records above: `- {name}: …`"
        return first._replace(message=message, help=cure, mends=(mend,) if margin > 1 else ())
    if count:
        cure = "a record may begin here, and its line `- id: …` be missing above; else keep one of each two"
        return first._replace(message=f"`{name}`{count} stand twice in this block", help=cure)
    former = tree.line(first.related.line) if first.related else ""
    if former == tree.line(first.span.line) and _ON_ONE_LINE.search(former):
        starts = [*decode.starts(tree.text), len(tree.text)]
        whole = Replacement(starts[first.span.line - 1], starts[first.span.line], "")
        return first._replace(help="both lines say the same; keep one of them", mends=(whole,))
    return None


_ON_ONE_LINE = re.compile(r":[ ]+[^\s>|&*!{\[]")
_CONFLICT = re.compile(r"^(<{7,})(?: .*)?$", re.MULTILINE)


def _syntax_problems(tree: Tree, error: Exception) -> list[Problem]:
    """Turn libyaml's words into ours, at the place where a person can mend them."""
    if conflict := _CONFLICT.search(tree.text):
        line = tree.text.count("\n", 0, conflict.start()) + 1
        message = "a merge has left its conflict marker here"
        help_text = "keep what is right of the two sides, and delete the lines of `<`, `=` and `>`"
        return [Problem("POA003", message, help_text, Span(line, 1, line, len(conflict[1]) + 1))]
    from poa_toolkit.load import proved_mends  # noqa: PLC0415 - only a file with a fault pays for it
    from poa_toolkit.load.lines_as_meant import Lines  # noqa: PLC0415 - the same

    found = proved_mends.unread(tree.text, lambda text: _misfits(tree.path, text))
    if found:
        # they come in the order in which reading meets them, which need not be that of their lines
        lines = Lines(tree.text)
        told = {problem.span[:2] for problem in tree.problems}
        problems = {problem_of(lines, slip) for slip in found}
        return sorted((each for each in problems if each.span[:2] not in told), key=lambda each: each.span)
    message, help_text, line, column = yaml_errors.words(error, tree.lines)
    return [Problem("POA003", message, help_text, Span(line, column, line, column + 1))]


def problem_of(lines: Lines, slip: Slip) -> Problem:
    """Return a slip as a fault found while reading."""
    span = Span(*lines.place(slip.start), *lines.place(slip.end))
    return Problem(slip.code, slip.message, slip.help, span, mends=slip.mends, is_safe=slip.is_safe)


def _misfits(path: str, text: str) -> tuple[int, ...] | None:
    """Return the lines, from 0, of values that a kind of file does not take; None where there is no data."""
    kind, tree = kind_of(path), Tree(path, text, data(text))
    if tree.value is None:
        return None
    found = shape_errors.build(kind.root, tree.value)[1] if kind else ()
    return tuple(tree.places.span(each.at).line - 1 for each in found)


def has_break(value: object) -> bool:
    """Return whether a text of a file's data holds a line break, as a line indented otherwise brings in."""
    if isinstance(value, str):
        return "\n" in value
    if isinstance(value, dict):
        return any(map(has_break, value.values()))
    return isinstance(value, list) and any(map(has_break, value))
