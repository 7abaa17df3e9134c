"""What somebody proposes, on the floor or in a returned file, before it is an amendment on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from poa_toolkit.model.amendments import AmendmentKind, ProposedPoint, TextEdit


class Reviser(NamedTuple):
    """Who made a revision, as the file says it, and the day where it can be read."""

    author: str
    day: date | None = None
    at: str = ""
    """The moment, as the file spells it."""


class Answer(NamedTuple):
    """An answer to a comment."""

    by: Reviser
    text: str


class Proposal(NamedTuple):
    """What one person proposes, and where."""

    kind: AmendmentKind
    by: Reviser
    record: str = ""
    field: str = ""
    section: str = ""
    after: str = ""
    original: str = ""
    proposed: str = ""
    edits: tuple[TextEdit, ...] = ()
    points: tuple[ProposedPoint, ...] = ()
    """The points of a new action, or the sub-points of a new point."""
    comment: str = ""
    answers: tuple[Answer, ...] = ()
    resolved: bool = False
    context: str = ""
    is_placed: bool = True
    is_taken_back: bool = False
    """Whether a person put words in and took them out again: it is told, and no amendment is made of it."""
    under: str = ""
    """Of a new or moved sub-point, the point under which it would stand."""

    @property
    def target(self) -> str:
        """Return the record, or its field after a full stop: ``A-007``, ``A-007.points.b``."""
        return f"{self.record}.{self.field}" if self.field else self.record
