"""The sections of a plan and the actions in them."""

from __future__ import annotations

from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

from pydantic import Field

from poa_toolkit.model.base import Id, Line, Record, Significance, Text
from poa_toolkit.model.fields import AGREED, Place, Printed, Value
from poa_toolkit.model.instruments import Citation
from poa_toolkit.model.progress import Indicator
from poa_toolkit.text.numerals import letter, small_roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.diagnostic import Pointer


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


class Subparagraph(Record):
    """A sub-paragraph of an action, at either level; its printed letter or numeral is computed."""

    significance: ClassVar[Significance] = Significance.SUBSTANTIVE

    id: Id
    """Id, unique in its action and for ever; not the printed letter."""
    text: Annotated[Text, Value.PROSE, AGREED, Printed(Place.TEXT)]
    """Its text, one paragraph."""


class SubPoint(Subparagraph):
    """A sub-paragraph of a point, printed (i), (ii) …; nothing stands below it."""


class Point(Subparagraph):
    """A sub-paragraph of an action, printed (a), (b), (c)."""

    points: Annotated[tuple[SubPoint, ...], AGREED] = ()
    """Its own sub-paragraphs, printed (i), (ii) …"""


class PlacedPoint(NamedTuple):
    """A point or a sub-point, and where it stands in its action."""

    record: Subparagraph
    at: Pointer
    """The way to it from its action: ``("points", 0, "points", 1)``."""
    above: str
    """The id of the point whose sub-point it is; empty for a point of the action."""
    number: str
    """The number that is printed before it: ``(a)``, ``(i)``."""
    cited: str
    """The number by which it is cited within its action: ``(a)``, ``(a) (i)``."""

    @property
    def field(self) -> str:
        """Return its field, as amendments name it: ``points.a``, at whichever level it stands."""
        return f"points.{self.record.id}"


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
        tuple[Id, ...], Value.LINKS, AGREED, Significance.LINKS, Printed(Place.LINKS, 2)
    ] = ()
    """The recommendations it comes from, by id."""
    why: Annotated[Line | None, Value.PROSE, Significance.LINKS, Printed(Place.ROW)] = None
    """How it takes up its recommendations, in a line."""
    provisions: Annotated[
        tuple[Citation, ...], Value.LINKS, AGREED, Significance.LINKS, Printed(Place.LINKS, 1)
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
    indicators: tuple[Indicator, ...] = ()
    """By what people see, once the plan is adopted, how far it has come; no part of what is agreed."""

    def walk_points(self) -> Iterator[PlacedPoint]:
        """Return every point, each before its sub-points, in printed order."""
        return _placed(self.points, (), "", "")

    def placed_point(self, name: str | None) -> PlacedPoint | None:
        """Return the point or sub-point that has an id; None where none has."""
        return next((each for each in self.walk_points() if each.record.id == name), None)

    def below(self, field: str) -> tuple[str, ...]:
        """Return the fields of the sub-points under the point whose field is `field`: ``points.a``."""
        return tuple(each.field for each in self.walk_points() if f"points.{each.above}" == field)

    def slot(self, under: str | None, after: str | None) -> Pointer | None:
        """Return the place of a point that is new or moved: the list, and the index before which it goes.

        `under` and `after` are ids, as an amendment has them. None where there is no such place.
        """
        behind = self.placed_point(after)
        if behind is not None and under in (None, behind.above):
            return (*behind.at[:-1], int(behind.at[-1]) + 1)
        if after not in (None, "text") or behind is not None:
            return None
        holder = self.placed_point(under)
        if under is not None and (holder is None or holder.above):
            return None
        above = holder.record.id if holder else ""
        beside = sum(each.above == above for each in self.walk_points())
        return (*(holder.at if holder else ()), "points", 0 if after == "text" else beside)


def point_ids(under: str | None = None) -> Iterator[str]:
    """Return the ids that new points get, in turn: ``a``, ``b``; under the point ``b`` ``b-i``, ``b-ii``."""
    stem = "" if under is None else f"{under[:_STEM]}-"
    return (f"{stem}{_LEVELS[under is not None](number)}" for number in count(1))


_STEM = 20
"""How much of the id of a point stands in those of its sub-points, which may not be long."""
_LEVELS = (letter, small_roman)
"""How the points of each level count."""


def _placed(points: Iterable[Subparagraph], at: Pointer, above: str, cited: str) -> Iterator[PlacedPoint]:
    """Return the points of a list, and those below them; `cited` is the number of what holds the list."""
    for index, point in enumerate(points):
        where = (*at, "points", index)
        number = f"({_LEVELS[len(at) // 2](index + 1)})"
        whole = f"{cited} {number}".lstrip()
        yield PlacedPoint(point, where, above, number, whole)
        yield from _placed(getattr(point, "points", ()), where, point.id, whole)


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
