"""libyaml's events: the one door to the parser, through which everything that reads YAML goes.

Data, places, comments and the tree that is laid out are all made of what comes out here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

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
    from collections.abc import Iterator

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
