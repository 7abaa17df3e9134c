"""The kinds of YAML file a plan is made of, each with the root it must have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.model.actions import Section
from poa_toolkit.model.amendments import Amendment, Endorsement, Review
from poa_toolkit.model.base import Record
from poa_toolkit.model.instruments import ElectionPart, Instrument, Obligation
from poa_toolkit.model.people import Actor, Participant
from poa_toolkit.model.plan import Head, Source
from poa_toolkit.model.progress import ProgressEntry
from poa_toolkit.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.plan import Plan


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


class ProgressFile(Record):
    """What was reported on actions after the plan was adopted, in a year or from one source."""

    progress: tuple[ProgressEntry, ...]
    """The entries."""


class FileKind(NamedTuple):
    """One kind of file: how it is called, where it lies, and what its root must be."""

    name: str
    """The name of its schema: ``section`` for ``schema/section.schema.json``."""
    pattern: str
    """Its path inside the project; ``*`` stands for one name."""
    root: type[Record]
    """The model of its root."""
    lists: tuple[str, ...] = ()
    """The fields of `Plan` that hold its records; none where it tells what became of the text."""


FILE_KINDS = (
    FileKind("plan", "plan/plan.yaml", Head),
    FileKind("section", "plan/sections/*.yaml", Section, ("sections",)),
    FileKind("recommendations", "plan/recommendations/*.yaml", Source, ("sources",)),
    FileKind("instruments", "plan/instruments/*.yaml", InstrumentsFile, ("instruments",)),
    FileKind("actors", "plan/actors.yaml", ActorsFile, ("actors",)),
    FileKind("participants", "plan/participants.yaml", ParticipantsFile, ("participants",)),
    FileKind("obligations", "plan/obligations.yaml", ObligationsFile, ("obligations", "parts")),
    FileKind("amendments", "plan/amendments/*.yaml", AmendmentsFile),
    FileKind("reviews", "plan/reviews.yaml", ReviewsFile),
    FileKind("endorsements", "plan/endorsements.yaml", EndorsementsFile),
    FileKind("progress", "plan/progress/*.yaml", ProgressFile),
    FileKind("settings", "poa.yaml", Settings),
)
"""Every kind of YAML file of a plan, and the settings beside it."""
REGISTRY = tuple(name for kind in FILE_KINDS for name in kind.lists if name in kind.root.model_fields)
"""The lists of a plan, and of its files, that hold what the text links to."""
OF_PROCESS = tuple(kind.name for kind in FILE_KINDS if not kind.lists and kind.name in kind.root.model_fields)
"""The kinds of file that tell what became of the text, each called as the list it holds."""


def walk_registry(plan: Plan) -> Iterator[tuple[Pointer, Any]]:
    """Return what the text links to, and who made it, with its pointer, in the order of files."""
    for number, source in enumerate(plan.sources):
        for name in ("consultation", "mechanism"):
            if head := getattr(source, name):
                yield ("sources", number, name), head
        for index, each in enumerate(source.recommendations):
            yield ("sources", number, "recommendations", index), each
    for name in REGISTRY:
        for index, each in enumerate(getattr(plan, name)):
            yield (name, index), each


def kind_of(path: str) -> FileKind | None:
    """Return the kind of the file at `path` inside the project, or None."""
    folder, _, name = path.rpartition("/")
    for kind in FILE_KINDS:
        kind_folder, _, kind_name = kind.pattern.rpartition("/")
        if folder == kind_folder and name.endswith(".yaml") and kind_name in ("*.yaml", name):
            return kind
    return None
