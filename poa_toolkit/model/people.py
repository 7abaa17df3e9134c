"""Who acts, and who sat at the table."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from poa_toolkit.model.base import Flag, Id, Line, Record, Significance
from poa_toolkit.model.fields import Place, Printed, Value


class Actor(Record):
    """A group that actions can be addressed to."""

    id: Id
    """Stable id, used as an addressee and as the holder of a bracket."""
    title: Annotated[Line, Value.NAME, Significance.SUBSTANTIVE, Printed(Place.SETTINGS)]
    """Its name as the document prints it, in lower case where it is a common noun."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether its part in the meetings is on a published page."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """That page."""
    note: Annotated[Line | None, Value.PROSE, Significance.PROCESS] = None
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
    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """Its name."""
    role: ParticipantRole = ParticipantRole.PARTICIPANT
    """What it did."""
    meetings: Annotated[tuple[Id, ...], Value.LINKS, Printed(Place.ROW)] = ()
    """The consultations it is on record for."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether its part is on a published page."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """That page."""
