"""libyaml's events as plain values, for those who need to know where everything stands.

Offsets count characters of the text that is read. Only of a text in which `tree.read` found nothing
wrong, so that no tag, anchor or alias is left to tell of.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined] # it has no __all__
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class EventKind(StrEnum):
    """What an event tells of."""

    DOCUMENT = "document"
    DOCUMENT_END = "document-end"
    MAPPING = "mapping"
    MAPPING_END = "mapping-end"
    SEQUENCE = "sequence"
    SEQUENCE_END = "sequence-end"
    SCALAR = "scalar"


class Event(NamedTuple):
    """One event: what it is, and the stretch of the text it covers."""

    kind: EventKind
    start: int
    end: int
    value: str = ""
    """The text of a scalar."""
    style: str = ""
    """How a scalar is written: nothing for plain, a quotation mark, ``|`` or ``>``."""
    flow: bool = False
    """Whether a mapping or list stands in brackets."""
    explicit: bool = False
    """Whether a document begins with ``---``, or ends with ``...``."""


def events(text: str) -> Iterator[Event]:
    """Give the events of a text in order."""
    take = CParser(text).get_event
    while not isinstance(event := take(), StreamEndEvent):
        kind = _KINDS.get(type(event))
        if kind is not None:
            yield Event(
                kind,
                event.start_mark.index,
                event.end_mark.index,
                value=getattr(event, "value", ""),
                style=getattr(event, "style", None) or "",
                flow=bool(getattr(event, "flow_style", False)),
                explicit=bool(getattr(event, "explicit", False)),
            )


_KINDS: dict[type[object], EventKind] = {
    DocumentStartEvent: EventKind.DOCUMENT,
    DocumentEndEvent: EventKind.DOCUMENT_END,
    MappingStartEvent: EventKind.MAPPING,
    MappingEndEvent: EventKind.MAPPING_END,
    SequenceStartEvent: EventKind.SEQUENCE,
    SequenceEndEvent: EventKind.SEQUENCE_END,
    ScalarEvent: EventKind.SCALAR,
}
