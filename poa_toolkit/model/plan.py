"""The Plan of Action: its text, its actions, and all that they are linked to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, PrivateAttr

from poa_toolkit.model.actions import Action, Paragraph, Section, Status, Subparagraph
from poa_toolkit.model.base import Day, Flag, Id, Line, Record, Significance
from poa_toolkit.model.fields import AGREED, Place, Printed, Value
from poa_toolkit.model.instruments import ElectionPart, Instrument, Obligation
from poa_toolkit.model.people import Actor, Participant
from poa_toolkit.model.recommendations import Consultation, Mechanism, Recommendation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer


class House(StrEnum):
    """Whose conventions the words made by the toolkit follow."""

    UN = "un"
    CARTER = "carter"

    @property
    def letters_annexes(self) -> bool:
        """Return whether annexes have letters, ``A``, rather than roman numerals."""
        return self is House.CARTER


class Source(Record):
    """One file of recommendations: those of a consultation or of a mechanism."""

    consultation: Consultation | None = None
    """The meeting that made them; none for a mechanism."""
    mechanism: Mechanism | None = None
    """The mechanism that made them; none for a consultation."""
    recommendations: tuple[Recommendation, ...] = ()
    """The recommendations, in the order of the source."""


class Allows(Record):
    """What a stage lets stand in the text."""

    significance: ClassVar[Significance] = Significance.PROCESS

    brackets: Flag = False
    """Whether unagreed text in square brackets may stand."""
    statuses: Annotated[tuple[Status, ...], Value.LINKS] = ()
    """The statuses an action may have, besides deferred and withdrawn; none named: any."""


class Stage(Record):
    """A step on the way to the agreed text."""

    significance: ClassVar[Significance] = Significance.PROCESS

    id: Id
    """Stable id, such as ``day-1``."""
    title: Annotated[Line | None, Value.NAME] = None
    """What the document calls it."""
    date: Day
    """The day it ends; nothing adopted later can be cited at it."""
    baseline: Id | None = None
    """The baseline that froze its text."""
    allows: Allows | None = None
    """What it lets stand in the text; left out: no brackets, any status."""
    notice: Annotated[Line | None, Value.PROSE, Printed(Place.COVER)] = None
    """What the covers of this stage print about the standing of the text, in place of the plan's notice."""


class Masthead(Record):
    """What the head of the first page says besides the symbol, in a house style that has one."""

    significance: ClassVar[Significance] = Significance.PROCESS

    organization: Annotated[Line | None, Value.NAME, Printed(Place.COVER)] = None
    """Whose document it is, where an organization issues it."""
    distribution: Annotated[Line | None, Value.NAME, Printed(Place.COVER)] = None
    """To whom it goes, such as ``General`` or ``Limited``."""
    original_language: Annotated[Line | None, Value.NAME, Printed(Place.COVER)] = None
    """The language in which it was written, such as ``English``."""


class Conference(Record):
    """The meeting that agrees the plan."""

    significance: ClassVar[Significance] = Significance.PROCESS

    title: Annotated[Line, Value.NAME, Printed(Place.COVER)]
    """Its name."""
    dates: Annotated[tuple[Day, ...], Field(min_length=1)]
    """Its days, in order."""
    place: Line
    """Where it meets."""
    organisers: Annotated[tuple[Id, ...], Value.LINKS, Printed(Place.COVER)] = ()
    """Who convenes it, by ids of participants.yaml."""
    source: Line | None = None
    """The page that records it."""


class Hyperlink(Record):
    """A page that readers may want, printed at the end."""

    title: Annotated[Line, Value.NAME, Printed(Place.ROW)]
    """What it is."""
    url: Annotated[str, Field(pattern=r'^https?://[^\s<>"]+$')]
    """Its address."""


class Head(Record):
    """What plan.yaml holds: the words and settings of the plan as a whole."""

    significance: ClassVar[Significance] = Significance.SUBSTANTIVE

    title: Annotated[Line, Value.PHRASE, AGREED, Printed(Place.TEXT)]
    """The title of the plan."""
    subtitle: Annotated[Line | None, Value.PHRASE, AGREED, Printed(Place.TEXT)] = None
    """A second line under the title."""
    symbol: Annotated[Line | None, Printed(Place.COVER)] = None
    """The symbol under which an organization issues the document, where it has given one."""
    masthead: Masthead | None = None
    """What else the head of the first page says."""
    notice: Annotated[Line | None, Value.PROSE, Printed(Place.COVER)] = None
    """What covers print about the standing of this text, at each stage that has no notice of its own."""
    style: Annotated[House, Significance.EDITORIAL] = House.UN
    """Whose conventions the words made by the toolkit follow: un or carter."""
    stage: Annotated[Id, Significance.PROCESS]
    """The stage the working tree is at, one of `stages`."""
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    """The steps to the agreed text, in order."""
    conference: Conference | None = None
    """The meeting that agrees the plan."""
    front: Annotated[tuple[Paragraph, ...], AGREED] = ()
    """Paragraphs before the numbered text."""
    introduction: Annotated[tuple[Paragraph, ...], AGREED] = ()
    """The first numbered paragraphs."""
    links: Annotated[tuple[Hyperlink, ...], Significance.EDITORIAL, Printed(Place.ROW)] = ()
    """Pages that readers may want."""
    profiles: Annotated[tuple[Line, ...], Significance.PROCESS] = ()
    """Paths of JSON Schemas of the secretariat's own that narrow this model."""


_NO_NUMBERS = (
    "No number is printed here: a record of the text cannot be read, and numbers behind it may be others; "
    "see `poa validate`."
)


HOMES = ("front", "introduction")
"""The lists of paragraphs that stand in no section."""


class Plan(Head):
    """A whole plan: what all its files say, as one value."""

    sections: Annotated[tuple[Section, ...], AGREED] = ()
    """The sections, in file-name order."""
    sources: tuple[Source, ...] = ()
    """The files of recommendations, in file-name order."""
    instruments: tuple[Instrument, ...] = ()
    """The registry of instruments."""
    actors: tuple[Actor, ...] = ()
    """Who can be addressed."""
    participants: tuple[Participant, ...] = ()
    """Who took part."""
    obligations: tuple[Obligation, ...] = ()
    """The election obligations."""
    parts: tuple[ElectionPart, ...] = ()
    """The parts of an election."""
    _is_numbered: bool = PrivateAttr(default=True)

    @property
    def is_numbered(self) -> bool:
        """Return whether the numbers that the document prints are known."""
        return self._is_numbered

    def without_numbers(self) -> Plan:
        """Return the plan as one whose numbers are not known: a record that would bear one may be missing."""
        found = self.model_copy()
        found._is_numbered = False  # noqa: SLF001 - its own class
        return found

    def walk_actions(self) -> Iterator[tuple[Pointer, Action]]:
        """Return every action with its pointer, in printed order."""
        for number, section in enumerate(self.sections):
            for index, action in enumerate(section.actions):
                yield ("sections", number, "actions", index), action

    def walk_recommendations(self) -> Iterator[tuple[Pointer, Recommendation]]:
        """Return every recommendation with its pointer, in file order."""
        for number, source in enumerate(self.sources):
            for index, recommendation in enumerate(source.recommendations):
                yield ("sources", number, "recommendations", index), recommendation

    def walk_texts(self) -> Iterator[tuple[Pointer, Paragraph | Action | Subparagraph]]:
        """Return every record of the text, withdrawn and deferred actions too, in file order."""
        for index, paragraph in enumerate(self.front):
            yield ("front", index), paragraph
        for index, paragraph in enumerate(self.introduction):
            yield ("introduction", index), paragraph
        for number, section in enumerate(self.sections):
            for index, paragraph in enumerate(section.chapeau):
                yield ("sections", number, "chapeau", index), paragraph
            for index, action in enumerate(section.actions):
                at = ("sections", number, "actions", index)
                yield at, action
                yield from (((*at, *point.at), point.record) for point in action.walk_points())

    def record_at(self, at: Pointer) -> Any:  # noqa: ANN401 - any record of a plan
        """Return what a pointer leads to; the plan itself for an empty one."""
        found: Any = self
        for step in at:
            found = found[step] if isinstance(step, int) else getattr(found, step)
        return found

    def holders(self) -> dict[str, str]:
        """Return who may hold a bracket, actors and participants: id in lower case → name."""
        found = {each.id.lower(): each.title for each in self.actors}
        return found | {each.id.lower(): each.title for each in self.participants}

    def current_stage(self) -> Stage | None:
        """Return the stage that `stage` names, or None where it names none."""
        return next((stage for stage in self.stages if stage.id == self.stage), None)

    def printed_notice(self) -> str:
        """Return what covers print about the standing of the text at the current stage; empty for nothing."""
        stage = self.current_stage()
        notice = (stage.notice if stage else None) or self.notice or ""
        return notice if self.is_numbered else f"{notice} {_NO_NUMBERS}".strip()

    def previous_baseline(self) -> str | None:
        """Return the baseline of the nearest stage before the current one that has any, or None."""
        names = [stage.id for stage in self.stages]
        earlier = self.stages[: names.index(self.stage)] if self.stage in names else ()
        return next((stage.baseline for stage in reversed(earlier) if stage.baseline), None)
