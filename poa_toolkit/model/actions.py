"""The sections of a plan and the actions in them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from poa_toolkit.model.base import Id, Line, Record, Significance, Text
from poa_toolkit.model.fields import AGREED, Place, Printed, Value
from poa_toolkit.model.instruments import Citation


class Level(StrEnum):
    """Where an action is carried out."""

    NATIONAL = "national"
    REGIONAL = "regional"
    INTERNATIONAL = "international"


class Status(StrEnum):
    """How far an action has come."""

    DRAFT = "draft"
    REFINED = "refined"
    AGREED = "agreed"
    ENDORSED = "endorsed"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"

    @property
    def printed(self) -> bool:
        """Return whether an action of this status stands in the body, with a number."""
        return self not in (Status.DEFERRED, Status.WITHDRAWN)


class Paragraph(Record):
    """One paragraph of the plan that is not an action."""

    significance: ClassVar[Significance] = Significance.SUBSTANTIVE

    id: Id
    """Stable id."""
    text: Annotated[Text, Value.PROSE, AGREED, Printed(Place.TEXT)]
    """Its text, one paragraph."""


class Point(Record):
    """A sub-paragraph of an action; its printed letter is computed."""

    significance: ClassVar[Significance] = Significance.SUBSTANTIVE

    id: Id
    """Id, unique in its action and for ever; not the printed letter."""
    text: Annotated[Text, Value.PROSE, AGREED, Printed(Place.TEXT)]
    """Its text, one paragraph."""


class Action(Record):
    """What someone is to do, why, and on which ground in law."""

    significance: ClassVar[Significance] = Significance.SUBSTANTIVE

    id: Id
    """Stable id for ever, such as ``A-007``; the printed number is computed."""
    text: Annotated[Text, Value.PROSE, AGREED, Printed(Place.TEXT)]
    """What is to be done, one paragraph; square brackets are unagreed text, ``{A-012}`` a cross-reference."""
    points: Annotated[tuple[Point, ...], AGREED] = ()
    """Its sub-paragraphs, printed (a), (b) …"""
    level: Annotated[tuple[Level, ...], Value.LINKS, AGREED, Printed(Place.SETTINGS, 2)] = ()
    """Where it is carried out."""
    addressees: Annotated[tuple[Id, ...], Value.LINKS, AGREED, Printed(Place.SETTINGS, 1)] = ()
    """Who is to act, by ids of actors.yaml."""
    recommendations: Annotated[
        tuple[Id, ...], Value.LINKS, AGREED, Significance.LINKS, Printed(Place.LINKS, 1)
    ] = ()
    """The recommendations it comes from, by id."""
    why: Annotated[Line | None, Value.PROSE, Significance.LINKS, Printed(Place.ROW)] = None
    """How it takes up its recommendations, in a line."""
    provisions: Annotated[
        tuple[Citation, ...], Value.LINKS, AGREED, Significance.LINKS, Printed(Place.LINKS, 2)
    ] = ()
    """The provisions of law it serves, as citations: ``iccpr 25(b)``."""
    status: Annotated[Status, Significance.PROCESS, Printed(Place.SETTINGS)]
    """How far it has come."""
    timeframe: Annotated[Line | None, Value.PHRASE, AGREED, Printed(Place.SETTINGS, 3)] = None
    """By when, as the document prints it."""
    origins: Annotated[tuple[Id, ...], Value.LINKS, Significance.LINKS] = Field(default=(), alias="from")
    """On a new action: the actions it was split or merged from."""
    reason: Annotated[Line | None, Value.PROSE, Significance.PROCESS, Printed(Place.ROW)] = None
    """On a withdrawn or deferred action: why."""


class Section(Record):
    """A part of the plan, one file each: its title, its chapeau and its actions."""

    significance: ClassVar[Significance] = Significance.SUBSTANTIVE

    id: Id
    """Stable id; the printed roman number is computed."""
    title: Annotated[Line, Value.PHRASE, AGREED, Printed(Place.TEXT)]
    """Its heading."""
    chapeau: Annotated[tuple[Paragraph, ...], AGREED] = ()
    """Numbered paragraphs that introduce its actions."""
    actions: Annotated[tuple[Action, ...], AGREED] = ()
    """Its actions, in printed order."""
