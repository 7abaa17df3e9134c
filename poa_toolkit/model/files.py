"""The kinds of YAML file a plan is made of, each with the root it must have."""

from __future__ import annotations

from poa_toolkit.model.base import Record
from poa_toolkit.model.law import ElectionPart, Instrument, Obligation
from poa_toolkit.model.people import Actor, Participant
from poa_toolkit.model.process import Amendment, Endorsement, Review


class InstrumentsFile(Record):
    """A family of instruments."""

    instruments: tuple[Instrument, ...]
    """The instruments of this family."""


class ActorsFile(Record):
    """Who can be addressed."""

    actors: tuple[Actor, ...]
    """The groups that actions can be addressed to."""


class ParticipantsFile(Record):
    """Who took part."""

    participants: tuple[Participant, ...]
    """Organisations that took part in the meetings."""


class ObligationsFile(Record):
    """The themes of coverage."""

    obligations: tuple[Obligation, ...]
    """The election obligations."""
    parts: tuple[ElectionPart, ...] = ()
    """The parts of an election."""


class AmendmentsFile(Record):
    """Proposals on the table, from one source."""

    amendments: tuple[Amendment, ...]
    """The proposals."""


class ReviewsFile(Record):
    """Reviews of links."""

    reviews: tuple[Review, ...]
    """The reviews."""


class EndorsementsFile(Record):
    """Endorsements of frozen texts."""

    endorsements: tuple[Endorsement, ...]
    """The endorsements."""
