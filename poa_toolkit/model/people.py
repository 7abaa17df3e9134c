"""Who acts, and who sat at the table."""

from __future__ import annotations

from enum import StrEnum

from poa_toolkit.model.base import Flag, Id, Line, Record


class Actor(Record):
    """A group that actions can be addressed to."""

    id: Id
    """Stable id, used as an addressee and as the holder of a bracket."""
    title: Line
    """Its name as the document prints it, in lower case where it is a common noun."""
    verified: Flag = False
    """Whether its part in the meetings is on a published page."""
    source: Line | None = None
    """That page."""
    note: Line | None = None
    """What a reader should know."""


class ParticipantRole(StrEnum):
    """What a participant did at the conference."""

    CONVENOR = "convenor"
    PARTICIPANT = "participant"
    OBSERVER = "observer"


class Participant(Record):
    """An organisation that took part, for the annex and for endorsements."""

    id: Id
    """Stable id, used by endorsements and as the holder of a bracket."""
    title: Line
    """Its name."""
    role: ParticipantRole = ParticipantRole.PARTICIPANT
    """What it did."""
    meetings: tuple[Id, ...] = ()
    """The consultations it is on record for."""
    verified: Flag = False
    """Whether its part is on a published page."""
    source: Line | None = None
    """That page."""
