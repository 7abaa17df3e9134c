"""What there is to know of one record: its words, its brackets, what it rests on, what is proposed."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit import model
from poa_toolkit.check.plan_status import PENDING, OpenBracket, status_of
from poa_toolkit.document.citations import CitationContext, cited_in_full, source_in_full
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.plan import names
from poa_toolkit.model import AmendmentKind, Citation, cross_references
from poa_toolkit.model.fields import Place, Value, fields, printed_in
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.model.texts import PlanText, TextKind, texts
from poa_toolkit.search import users
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan
    from poa_toolkit.document.record_names import Meant
    from poa_toolkit.model import Action, Amendment
    from poa_toolkit.model.base import Record

_KINDS = {
    "front": "paragraph",
    "introduction": "paragraph",
    "chapeau": "paragraph",
    "actions": "action",
    "indicators": "indicator",
    "sections": "section",
    "recommendations": "recommendation",
    "consultation": "consultation",
    "mechanism": "mechanism",
    "instruments": "instrument",
    "actors": "actor",
    "stages": "stage",
    "participants": "participant",
    "obligations": "obligation",
    "parts": "election part",
}
"""What a record is, by the list that it stands in."""
_NOT_BODY = (TextKind.HEAD, TextKind.DETAIL, TextKind.RECOMMENDATION)
"""The texts that are neither paragraphs of the body nor headings."""


class Named(NamedTuple):
    """A value as files have it, and as people read it."""

    id: str
    name: str


class Setting(NamedTuple):
    """What an action says in a line of who, where, when and how far."""

    field: str
    label: str
    values: tuple[Named, ...]


class Cause(NamedTuple):
    """A recommendation that an action takes up."""

    id: str
    text: str
    """Its gist; empty where the plan has no such recommendation."""
    source: str
    """Who made it, when, and where it stands, cited in full."""


class Ground(NamedTuple):
    """A provision that an action serves."""

    citation: str
    words: tuple[str, ...]
    """What it is about, by the registry: of itself, else of its parts, else of the whole around it."""
    source: str
    """The instrument and the place in it, cited in full."""


class Card(NamedTuple):
    """What there is to know of a record, or of one field of it."""

    record: str
    field: str
    """Empty for the whole record."""
    kind: str
    """``action``, ``paragraph``, ``section``, ``recommendation``, ``instrument`` …"""
    number: str
    """As one cites it: ``22``, ``22 (b)``, ``V``; empty where it bears none."""
    section: str
    at: Pointer
    texts: tuple[PlanText, ...]
    """Its paragraphs, or its heading; of a section those of all that stands in it."""
    settings: tuple[Setting, ...]
    """Of a record of another kind, what it says of itself."""
    brackets: tuple[OpenBracket, ...]
    recommendations: tuple[Cause, ...]
    provisions: tuple[Ground, ...]
    used_by: tuple[Named, ...]
    """The printed actions that link to it, with their numbers."""
    amendments: tuple[Amendment, ...]
    """Those to it that wait for a decision."""
    decided: int
    """How many amendments to it were decided."""
    aside: str
    """Of an action that is not printed, why: ``withdrawn``, ``deferred``; empty for others."""


class Cards:
    """Makes cards of the records of one plan."""

    def __init__(self, table: AmendmentsOfPlan) -> None:
        self.plan = plan = table.plan
        self.amendments = table.amendments
        self.trace = trace(plan)
        self.numbers = printed_numbers(plan)
        words = LABELS[plan.style]
        references = cross_references.of(plan)
        self.context = CitationContext(plan, self.trace, words, self.numbers, references)
        self.names = names(plan, words)
        self.sources = {each.id: source for source in plan.sources for each in source.recommendations}

    @cached_property
    def texts(self) -> tuple[PlanText, ...]:
        """Every text of the plan."""
        return texts(self.plan)

    @cached_property
    def _texts_of(self) -> dict[str, list[PlanText]]:
        """The texts of each record."""
        found: defaultdict[str, list[PlanText]] = defaultdict(list)
        for each in self.texts:
            found[each.record].append(each)
        return found

    @cached_property
    def brackets(self) -> tuple[OpenBracket, ...]:
        """Every open bracket of the plan."""
        return status_of(self.plan).brackets

    @cached_property
    def _users_of(self) -> dict[str, tuple[str, ...]]:
        return users(self.plan)

    def of(self, meant: Meant) -> Card:
        """Return the card of a record that is in the plan."""
        name, field = meant.record, meant.field
        found = self.trace.ids.get(name.lower(), ((name, ()),))
        at = next(each for spelt, each in found if spelt == name)
        kind = "plan" if not at else _KINDS[str(at[-1] if isinstance(at[-1], str) else at[-2])]
        record = self.plan.record_at(at)
        action = record if kind == "action" else None
        # a point is shown with what stands under it
        asked = (field, *(action.below(field) if action and field else ()))
        near = self.texts if kind == "section" else self._texts_of.get(name, ())
        shown = tuple(
            text for text in near if text.text and any(self._is_shown(text, name, one) for one in asked)
        )
        inside = {name, *(each.record for each in shown)} if kind == "section" else {name}
        about = tuple(
            each
            for each in self.amendments
            if any(_is_to(each, record_of, one) for record_of in inside for one in asked)
        )
        spot = self._spot(name, field)
        return Card(
            record=name,
            field=field,
            kind=kind,
            number=spot.number if spot else "",
            section=spot.section if spot else "",
            at=spot.at if spot and field else at,
            texts=shown,
            settings=tuple(
                each
                for each in (self._settings(action) if action else self._says(record, kind))
                if field in ("", each.field)
            ),
            brackets=tuple(self._open_in(shown)),
            recommendations=tuple(self._causes(action))
            if action and field in ("", "recommendations")
            else (),
            provisions=tuple(self._grounds(record, kind)) if field in ("", "provisions") else (),
            used_by=tuple(self._users(name, kind)) if not field else (),
            amendments=tuple(each for each in about if each.state in PENDING),
            decided=sum(each.state not in PENDING for each in about),
            aside=action.status.value if action and not action.status.printed else "",
        )

    def _spot(self, name: str, field: str) -> PlanText | None:
        """Return the text that a field is, else the main one of its record; None where it has none."""
        of_record = self._texts_of.get(name, [])
        return next((each for each in of_record if each.field == field), next(iter(of_record), None))

    @staticmethod
    def _is_shown(text: PlanText, name: str, field: str) -> bool:
        if field:
            is_it = text.field == field or text.field.startswith(f"{field}.")
            return text.record == name and is_it and text.kind is not TextKind.DETAIL
        inside = text.section == name and (text.in_body or text.record == name)
        return text.kind not in _NOT_BODY and (text.record == name or inside)

    def _open_in(self, shown: tuple[PlanText, ...]) -> Iterator[OpenBracket]:
        places = {(each.record, each.field) for each in shown}
        return (each for each in self.brackets if (each.record, each.field) in places)

    def _settings(self, action: Action) -> Iterator[Setting]:
        """Return who is to act, where, by when, how far it has come, and what else is said of it."""
        for each in printed_in(model.Action, Place.SETTINGS):
            value = getattr(action, each.attribute)
            if value:
                values = value if isinstance(value, tuple) else (value,)
                known = self.names.get(each.name, {})
                named = tuple(Named(str(one), str(known.get(one, one))) for one in values)
                yield Setting(each.name, self.context.words.label(each.name), named)
        for name in ("why", "reason"):
            if value := getattr(action, name):
                said = Named(value, self.context.references.shown(value))
                yield Setting(name, self.context.words.label(name), (said,))
        for one in action.indicators:
            yield Setting("indicators", "Indicator", (Named(one.id, str(one)),))

    @staticmethod
    def _says(record: Any, kind: str) -> Iterator[Setting]:  # noqa: ANN401 - any record of a plan
        """Return the fields of a record that is no paragraph: those that hold a word, a date or a number."""
        if kind in ("paragraph", "section", "plan"):
            return
        kind_of: type[Record] = type(record)
        for each in fields(kind_of).values():
            value = getattr(record, each.attribute)
            if value in (None, (), "") or each.name in ("id", "divisible") or each.value is Value.RECORD:
                continue
            values = value if isinstance(value, tuple) else (value,)
            said = tuple(Named(str(one), _shown_value(one)) for one in values)
            yield Setting(each.name, each.name.replace("_", " ").capitalize(), said)

    def _causes(self, action: Action) -> Iterator[Cause]:
        for name in action.recommendations:
            known = self.trace.recommendations.get(name)
            source = source_in_full(name, self.context, self.sources)
            yield Cause(name, known.text if known else "", source)

    def _grounds(self, record: Any, kind: str) -> Iterator[Ground]:  # noqa: ANN401 - any record of a plan
        cited: tuple[Citation, ...] = ()
        if kind == "action":
            cited = record.provisions
        elif kind == "instrument":
            cited = tuple(record.cites())
        for each in cited:
            words = tuple(dict.fromkeys(known.subject for known in self.trace.listed(each)))
            yield Ground(str(each), words, cited_in_full(each, self.context))

    def _users(self, name: str, kind: str) -> Iterator[Named]:
        """Return the printed actions that link to a record, in printed order."""
        if kind in ("recommendation", "instrument", "actor"):
            yield from (Named(each, self.context.bare(each)) for each in self._users_of.get(name, ()))


def _is_to(amendment: Amendment, name: str, field: str) -> bool:
    """Return whether an amendment is to a record or a field of it, or adds something behind it or in it."""
    if amendment.record is None:
        return not field and name in (amendment.after, amendment.section if not amendment.after else "")
    if amendment.record != name:
        return False
    whole = amendment.kind is AmendmentKind.REMOVE and amendment.field in (None, "text")
    return not field or whole or f"{amendment.field or 'text'}.".startswith(f"{field}.")


def _shown_value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
