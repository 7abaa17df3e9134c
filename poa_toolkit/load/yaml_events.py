"""libyaml's events: the one door to the parser, through which everything that reads YAML goes.

Data, places, comments and the tree that is laid out are all made of what comes out here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined] # it has no __all__
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Event: TypeAlias = Any
"""libyaml's events: value, style, flow_style, explicit, tag, anchor, start_mark, end_mark."""

__all__ = [
    "AliasEvent",
    "DocumentEndEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "events",
]


def events(text: str) -> Iterator[Event]:
    """Return the events of a text as they are read; whatever libyaml raises comes in their midst."""
    return iter(CParser(text).get_event, None)


_COMMENT = re.compile(r"#[^\r\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[^\r\n]*")
_LINE = re.compile(r"[^\r\n]+")


class Comment(NamedTuple):
    """A comment, from its ``#`` to the last character that is no blank."""

    start: int
    text: str


def comments(outside: str) -> Iterator[Comment]:
    """Return every comment of a file, in order, from what stands outside its scalars."""
    for match in _COMMENT.finditer(outside):
        yield Comment(match.start(), match.group().rstrip())


def outside(text: str, events: Iterable[Event]) -> str:
    """Return a text with a letter for each character of a scalar; what follows the mark of a block stays."""
    parts: list[str] = []
    at = 0
    for event in events:
        if event.__class__ is not ScalarEvent:
            continue
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            header = _HEADER.match(text, start)
            start = header.end() if header else start
            end = _end_of_content(text, event)
            parts += (text[at:start], _LINE.sub(_letters, text[start:end]))
        elif event.start_mark.line == event.end_mark.line:
            parts += (text[at:start], "x" * (end - start))
        else:
            parts += (text[at:start], _LINE.sub(_letters, text[start:end]))
        at = max(start, end)
    return "".join((*parts, text[at:]))


def _letters(match: re.Match[str]) -> str:
    return "x" * len(match.group())


def _end_of_content(text: str, event: Event) -> int:
    """Return where a scalar ends, without the blank lines below a block that are no part of its text."""
    start, end = event.start_mark.index, event.end_mark.index
    last = event.value.rstrip("\n").rpartition("\n")[2]
    if event.style not in ("|", ">") or not last.strip():
        return int(end)
    return int(start + len(text[start:end].rstrip(" \r\n")))
