"""Where actions come from: the recommendations of consultations and of UN mechanisms."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from poa_toolkit.model.base import Day, Flag, Id, Line, Number, PartialDate, Record, Significance, Text
from poa_toolkit.model.fields import Place, Printed, Value


class Origin(StrEnum):
    """How a recommendation comes to be here."""

    RECORDED = "recorded"
    """It stands in a source that is cited."""
    ILLUSTRATIVE = "illustrative"
    """It was written for this project, as an example."""


class SourceKind(StrEnum):
    """What kind of statement a source made."""

    RECOMMENDATION = "recommendation"
    THEME = "theme"
    FINDING = "finding"
    VIEWS = "views"


class Position(StrEnum):
    """What the reviewed State answered."""

    SUPPORTED = "supported"
    NOTED = "noted"
    ACCEPTED = "accepted"
    PENDING = "pending"


class Response(Record):
    """The answer of the State under review."""

    position: Position
    """What it answered."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether the answer was read in a UN document."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """Where it was read."""


class Recommendation(Record):
    """One recommendation (or theme, finding, Views) that actions take up."""

    id: Id
    """Stable id; ours where the source numbers nothing."""
    text: Annotated[Text, Value.PROSE, Printed(Place.ROW)]
    """Its gist, in this project's own words."""
    origin: Origin
    """recorded (its source is cited) or illustrative (written for this project)."""
    kind: SourceKind = SourceKind.RECOMMENDATION
    """What kind of statement it is: not every source recommends."""
    symbol: Line | None = None
    """The symbol of the document it stands in, such as ``A/HRC/26/16``."""
    paragraph: Line | None = None
    """Its paragraph in that document, such as ``118.23``."""
    mechanism: Line | None = None
    """The mechanism that made it, such as ``Human Rights Committee``."""
    state: Line | None = None
    """The State it is addressed to."""
    recommending_state: Line | None = None
    """In the universal periodic review: the State that recommends."""
    date: PartialDate | None = None
    """When it was made; a consultation's recommendation takes its consultation's last day."""
    document_date: PartialDate | None = None
    """The date on the document it stands in."""
    session: Number | None = None
    """The session of the mechanism."""
    response: Response | None = None
    """What the State answered."""
    obligations: Annotated[tuple[Id, ...], Value.LINKS] = ()
    """The election obligations it bears on."""
    not_taken_up: Annotated[Line | None, Value.PROSE, Printed(Place.ROW)] = None
    """Why no action of the plan answers it, where none does."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether symbol, paragraph and gist were read on a published page."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """The page on which they were read."""
    note: Annotated[Line | None, Value.PROSE, Significance.PROCESS] = None
    """What a reader should know: a doubt, a disagreement between sources."""


class Consultation(Record):
    """A meeting of the series that led to the plan."""

    id: Id
    """Stable id; the year and month of the meeting."""
    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """What it was called, or was about."""
    dates: Annotated[tuple[Day, ...], Field(min_length=1)]
    """Its days, in order."""
    place: Line | None = None
    """Where it was held, where that is on record."""
    verified: Annotated[Flag, Significance.PROCESS] = False
    """Whether dates and place were read on a published page."""
    source: Annotated[Line | None, Significance.PROCESS] = None
    """The page on which they were read."""
    note: Annotated[Line | None, Value.PROSE, Significance.PROCESS] = None
    """What a reader should know."""


class Mechanism(Record):
    """A human rights mechanism whose recommendations share one file."""

    id: Id
    """Stable id, such as ``upr``."""
    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """Its name."""
    note: Annotated[Line | None, Value.PROSE, Significance.PROCESS] = None
    """What a reader should know about the items of this file."""
