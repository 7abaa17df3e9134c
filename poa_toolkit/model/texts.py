"""The index of texts: each text that a reader of the plan sees, once, in printed order."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import cross_references
from poa_toolkit.model.base import Significance
from poa_toolkit.model.cross_references import has_references
from poa_toolkit.model.fields import Place, Value, fields
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.text.brackets import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.actions import Action, Section
    from poa_toolkit.model.base import Record
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.model.fields import Field
    from poa_toolkit.model.plan import Plan
    from poa_toolkit.text.cross_references import Piece


class TextKind(StrEnum):
    """Where a text stands."""

    HEAD = "head"
    """The title, the subtitle, the notices, the names of the stages."""
    FRONT = "front"
    INTRODUCTION = "introduction"
    TITLE = "title"
    """The heading of a section."""
    CHAPEAU = "chapeau"
    ACTION = "action"
    POINT = "point"
    SUBPOINT = "sub-point"
    DETAIL = "detail"
    """What is said of an action besides its text: its timeframe, its reasons."""
    RECOMMENDATION = "recommendation"

    @property
    def is_point(self) -> bool:
        """Return whether it stands below an action, with a letter or a numeral."""
        return self in (TextKind.POINT, TextKind.SUBPOINT)


class PlanText(NamedTuple):
    """A text of the plan, filled or not."""

    record: str
    """The record it is of; of a point, its action; ``plan`` for what plan.yaml says of the whole."""
    field: str
    """Its field, as amendments name it: ``text``, ``title``, ``points.a``, ``timeframe``."""
    text: str | None
    """The words as the plan has them; None where the field is not filled."""
    at: Pointer
    kind: TextKind
    traits: Field
    number: str = ""
    """The printed number, as one cites it: ``14``, ``14 (a)``, ``14 (a) (i)``, ``II``; empty for none."""
    section: str = ""
    """The section it stands in; empty outside them."""
    in_body: bool = True
    """Whether its record stands in the body: withdrawn and deferred actions do not."""
    resolved: str | None = None
    """The words with what its cross-references and holders print, where it has any."""
    parts: tuple[tuple[Piece, str], ...] = ()
    """And its pieces, each with what is printed for it."""

    @property
    def shown(self) -> str:
        r"""Return the words as a reader sees them, on one line: ``[`` for a literal ``\\[``."""
        words = " ".join((self.resolved or self.text or "").split("\n"))
        return shown(words) if has_brackets(self.traits) else words

    @property
    def is_body(self) -> bool:
        """Return whether the body of a document prints it: a heading, a paragraph, words under an action."""
        is_there = self.in_body and bool(self.text)
        return is_there and self.kind is not TextKind.HEAD and self.traits.agreed

    @property
    def is_amendable(self) -> bool:
        """Return whether people may propose other words: it is printed, and not of where the work stands.

        What is said of an action, such as why it was withdrawn, is said to its readers all the same.
        """
        is_own = self.kind is not TextKind.RECOMMENDATION and self.traits.printed is not None
        is_detail = self.kind is TextKind.DETAIL
        return is_own and (is_detail or self.traits.significance is not Significance.PROCESS)

    @property
    def is_cell(self) -> bool:
        """Return whether a cell of an annex prints it, in the row of its record."""
        return self.kind is TextKind.DETAIL and self.traits.place is Place.ROW


def has_brackets(field: Field) -> bool:
    """Return whether square brackets mean unagreed text in a field."""
    return field.value is Value.PROSE and field.place is Place.TEXT


def texts(plan: Plan, references: CrossReferences | None = None) -> tuple[PlanText, ...]:
    """Return every text of a plan in printed order, the gists of recommendations last.

    `references` says what cross-references and holders print, where that is not what they print in this
    plan.
    """
    every = (*_Walk(plan).text(), *_of_recommendations(plan))
    if not any("{" in each.text or "[" in each.text for each in every if each.text):
        return every
    found = references or cross_references.of(plan)
    return tuple(_resolved(each, found) for each in every)


def _resolved(each: PlanText, references: CrossReferences) -> PlanText:
    text = each.text or ""
    if not (has_references(each.traits) and ("{" in text or (references.prints_titles and "[" in text))):
        return each
    parts = tuple(printing_in(each.traits, references).parted(text))
    return each._replace(resolved="".join(words for _, words in parts), parts=parts)


def printing_in(field: Field, references: CrossReferences) -> CrossReferences:
    """Return what references and holders print in a field: no holders where brackets mean nothing."""
    return references if has_brackets(field) else references._replace(holders={})


def bracketed(plan: Plan) -> tuple[PlanText, ...]:
    """Return the texts of the body in which unagreed words stand, or brackets that do not pair."""
    found = (each for each in texts(plan) if each.is_body and "[" in (each.text or ""))
    return tuple(each for each in found if has_brackets(each.traits))


class _Walk:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.numbers = cited_numbers(plan)

    def text(self) -> Iterator[PlanText]:
        """Return the texts of the plan itself."""
        plan = self.plan
        yield from _of_record("plan", plan, (), TextKind.HEAD)
        for index, stage in enumerate(plan.stages):
            yield from _of_record(stage.id, stage, ("stages", index), TextKind.HEAD)
        for home, kind in (("front", TextKind.FRONT), ("introduction", TextKind.INTRODUCTION)):
            for index, each in enumerate(getattr(plan, home)):
                yield from _of_record(each.id, each, (home, index), kind, number=self.number(each.id))
        for place, section in enumerate(plan.sections):
            yield from self.section(section, ("sections", place))

    def section(self, section: Section, at: Pointer) -> Iterator[PlanText]:
        """Return the texts of a section."""
        name = section.id
        yield from _of_record(name, section, at, TextKind.TITLE, number=self.number(name), section=name)
        for index, each in enumerate(section.chapeau):
            where, number = (*at, "chapeau", index), self.number(each.id)
            yield from _of_record(each.id, each, where, TextKind.CHAPEAU, number=number, section=name)
        for index, action in enumerate(section.actions):
            yield from self.action(action, (*at, "actions", index), name)

    def action(self, action: Action, at: Pointer, section: str) -> Iterator[PlanText]:
        """Return the texts of an action: its own, its points', then what else is said of it."""
        number, in_body = self.number(action.id), action.status.printed
        first, *details = _of_record(action.id, action, at, TextKind.DETAIL, number=number, section=section)
        yield first._replace(kind=TextKind.ACTION, in_body=in_body)
        for point in action.walk_points():
            kind = TextKind.SUBPOINT if point.above else TextKind.POINT
            cited, where = self.number(f"{action.id}.{point.record.id}"), (*at, *point.at)
            for each in _of_record(action.id, point.record, where, kind, number=cited, section=section):
                name = point.field if each.field == "text" else f"{point.field}.{each.field}"
                yield each._replace(field=name, in_body=in_body)
        yield from (each._replace(in_body=in_body) for each in details)

    def number(self, name: str) -> str:
        return self.numbers.get(name, "")


def _of_recommendations(plan: Plan) -> Iterator[PlanText]:
    for at, each in plan.walk_recommendations():
        yield from _of_record(each.id, each, at, TextKind.RECOMMENDATION)


def _of_record(  # noqa: PLR0913 - what every text of a record shares
    name: str, record: Record, at: Pointer, kind: TextKind, *, number: str = "", section: str = ""
) -> Iterator[PlanText]:
    for field in _worded(type(record)):
        text = getattr(record, field.attribute)
        yield PlanText(name, field.name, text, (*at, field.name), kind, field, number, section)


@cache
def _worded(record: type[Record]) -> tuple[Field, ...]:
    """Return the fields of a record that hold words."""
    return tuple(field for field in fields(record).values() if field.value.is_words)
