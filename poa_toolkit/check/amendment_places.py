"""What became of the place that an amendment is to: gone, withdrawn, deferred, or in another section."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import Action, Amendment, AmendmentKind, AmendmentState, Significance, Status
from poa_toolkit.model.fields import fields
from poa_toolkit.model.link_sets import sets
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.model.plan import HOMES
from poa_toolkit.model.texts import TextKind, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.check.rule import Context
    from poa_toolkit.model import Baseline, Plan

WAITING = (AmendmentState.OPEN, AmendmentState.DEFERRED)
"""The states in which an amendment waits for a decision, and its place matters."""

DECIDED = (
    AmendmentState.ACCEPTED,
    AmendmentState.MODIFIED,
    AmendmentState.REJECTED,
    AmendmentState.WITHDRAWN,
    AmendmentState.DEFERRED,
)
"""The states that somebody's decision gave it."""


class PlaceState(StrEnum):
    """What became of a place."""

    GONE = "gone"
    """The record is not in the plan."""
    PART_GONE = "part-gone"
    """The record is, the point or the field is not."""
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    """It stands in another section than the amendment names, or was written against."""
    DEFERRED = "deferred"


class StrayAmendment(NamedTuple):
    """An amendment whose place is not as it was."""

    amendment: str
    fate: PlaceState
    key: str
    """The key of the amendment that names the place: ``record``, ``field``, ``section`` or ``after``."""
    name: str
    """The record or section it names."""
    what: str
    """What became of it, as the rest of a sentence: ``is withdrawn``."""
    news: str
    """What stands in its place, or where its words are; empty where that is not known."""
    now: tuple[str, ...]
    """The records that took its place, or the section it stands in."""
    cure: str

    @property
    def said(self) -> str:
        """Return what became of the place as a sentence."""
        return f"{self.name} {self.what}{f'; {self.news}' if self.news else ''}"


class AmendedRecord(NamedTuple):
    """A record that amendments can be to."""

    home: str
    """The section it stands in, ``front`` or ``introduction``; empty for a section and the plan."""
    texts: dict[str, str | None]
    """By field: None for one that is not filled."""
    action: Action | None = None


class Places:
    """The records of a plan that amendments can be to, and what the frozen versions know of them."""

    def __init__(self, plan: Plan, frozen: Mapping[str, Baseline] | None = None) -> None:
        self._frozen = sorted((frozen or {}).values(), key=lambda each: (each.date, each.name), reverse=True)
        self._numbers = cited_numbers(plan)
        self.records = _records(plan)
        self._heirs: dict[str, list[Action]] = {}
        for _, action in plan.walk_actions():
            for origin in action.origins:
                self._heirs.setdefault(origin, []).append(action)

    def astray(self, amendment: Amendment) -> Iterator[StrayAmendment]:
        """Return what became of the place of an amendment that waits; nothing where it is as it was.

        What keeps it from being accepted comes first; a deferred action does not.
        """
        if amendment.state in WAITING:
            found = (*self._gone(amendment), *self._elsewhere(amendment))
            yield from sorted(found, key=lambda each: list(PlaceState).index(each.fate))

    # --- what is not there ---

    def _gone(self, amendment: Amendment) -> Iterator[StrayAmendment]:
        for key in _named(amendment):
            name = getattr(amendment, key)
            if name is not None and name not in self.records and name not in HOMES:
                yield self._lost(amendment, PlaceState.GONE, key, "is not in the plan")
        place = self.records.get(amendment.record or "")
        if place is None:
            return
        is_new, is_moved = (amendment.kind is each for each in (AmendmentKind.ADD, AmendmentKind.MOVE))
        is_to_points = is_new or (is_moved and (amendment.field or "").startswith("points."))
        if is_to_points and place.action and place.action.slot(amendment.under, amendment.after) is None:
            yield self._no_slot(amendment, place.action)
        if not is_new and amendment.field and not _has(place, amendment):
            name, _, point = amendment.field.partition(".")
            what = f'has no point "{point}"' if name == "points" and point else f'has no "{amendment.field}"'
            yield self._lost(amendment, PlaceState.PART_GONE, "field", what)

    def _no_slot(self, amendment: Amendment, action: Action) -> StrayAmendment:
        """Say why a point cannot stand where an amendment would have it."""
        under, after = (action.placed_point(each) for each in (amendment.under, amendment.after))
        if amendment.under and (under is None or under.above):
            what = "point" if under is None else "point with sub-points"
            return self._lost(amendment, PlaceState.PART_GONE, "under", f'has no {what} "{amendment.under}"')
        what = f'has no point "{amendment.after}"' + (f' under "{amendment.under}"' if after else "")
        return self._lost(amendment, PlaceState.PART_GONE, "after", what)

    def _lost(self, amendment: Amendment, fate: PlaceState, key: str, what: str) -> StrayAmendment:
        name = str(getattr(amendment, key) if fate is PlaceState.GONE else amendment.record)
        news, now = self._news(amendment, name)
        return StrayAmendment(amendment.id, fate, key, name, what, news, now, _cure(amendment, now))

    def _news(self, amendment: Amendment, name: str) -> tuple[str, tuple[str, ...]]:
        """Return what took the place of a record, or where the words of an amendment stand now."""
        heirs = tuple(self._printed_heirs(name, frozenset()))
        names = tuple(dict.fromkeys(each.id for each in heirs))
        if len(names) > 1:
            return f"it was split into {' and '.join(names)}", names
        if names:
            merged = len(heirs[0].origins) > 1
            return f"it was merged into {names[0]}" if merged else f"{names[0]} comes from it", names
        words = (amendment.original or "").split()
        if words and amendment.kind is not AmendmentKind.ADD:
            for record, place in self.records.items():
                for field, text in place.texts.items():
                    if record != name and text is not None and text.split() == words:
                        return f"the same words stand in {record} {field}", (record,)
        stood = next(
            ((each.name, stood_in) for each in self._frozen if (stood_in := home(each.plan, name))), None
        )
        if stood and name not in self.records:
            return f'in the baseline "{stood[0]}" it stood in {stood[1]}', ()
        return "", ()

    def _printed_heirs(self, name: str, seen: frozenset[str]) -> Iterator[Action]:
        for heir in self._heirs.get(name, ()):
            if heir.id in seen or heir.id == name:
                continue
            if heir.status.printed:
                yield heir
            else:
                yield from self._printed_heirs(heir.id, seen | {name, heir.id})

    # --- what is there, and not as it was ---

    def _elsewhere(self, amendment: Amendment) -> Iterator[StrayAmendment]:
        key = "record" if amendment.record else "after"
        name = getattr(amendment, key)
        place = self.records.get(name or "")
        if name is None or place is None:
            return
        status = place.action.status if place.action else None
        if status in (Status.WITHDRAWN, Status.DEFERRED) and not _is_of_process(amendment):
            news, now = self._news(amendment, name)
            if not news and place.action and place.action.reason:
                news = f"the reason: {place.action.reason}"
            fate = PlaceState(status)
            cure = _cure(amendment, now) if fate is PlaceState.WITHDRAWN else _LATER
            yield StrayAmendment(amendment.id, fate, key, name, f"is {status}", news, now, cure)
        # a move names where the text would stand, not where it does
        then = "" if amendment.kind is AmendmentKind.MOVE else self._home_then(amendment, name)
        if then and place.home and then != place.home:
            what = f"stands in {self._section(place.home)}, not in {self._section(then)}"
            cure = _follow(amendment, place.home, then)
            yield StrayAmendment(amendment.id, PlaceState.MOVED, key, name, what, "", (place.home,), cure)

    def _home_then(self, amendment: Amendment, name: str) -> str:
        """Return the section that an amendment names, else the one of the version it was written against."""
        if amendment.section is not None:
            return amendment.section
        written = [each for each in self._frozen if each.digests.get(name, "") == amendment.base]
        older = [each for each in self._frozen if each.date <= amendment.date]
        stood = (home(each.plan, name) for each in (*written, *older))
        then = next((each for each in stood if each), "")
        # a section of another id may be the same one, renamed
        return then if then in self.records or then in HOMES else ""

    def _section(self, home: str) -> str:
        number = self._numbers.get(home, "")
        return f"section {home}{f' ({number})' if number else ''}" if home not in HOMES else f"the {home}"


def astray(ctx: Context, *fates: PlaceState) -> Iterator[tuple[int, StrayAmendment]]:
    """Return the amendments whose place met one of these fates, by index; of what cannot be read, none."""
    if not ctx.amendments:
        return
    places = Places(ctx.plan, ctx.frozen)
    for index, each in enumerate(ctx.amendments):
        for found in places.astray(each):
            if found.fate in fates and found.name.lower() not in ctx.broken:
                yield index, found


_LATER = "decide it when the action comes back, or reject it"


def _cure(amendment: Amendment, now: tuple[str, ...]) -> str:
    command = f"poa amend place {amendment.id}"
    if amendment.record is None:
        return f"say where it goes (`{command} --section …`), or reject it"
    where = f"--record {now[0] if now else '…'}"
    if now and amendment.field and amendment.kind is not AmendmentKind.ADD:
        where += f" --field {'text' if amendment.field == 'text' else '…'}"
    return f"say what it is to now (`{command} {where}`), or reject it"


def _follow(amendment: Amendment, now: str, then: str) -> str:
    command = f"poa amend place {amendment.id}"
    if amendment.record is not None:
        field = f" --field {amendment.field}" if amendment.kind is not AmendmentKind.ADD else ""
        after = f" --after {amendment.after}" if amendment.after else ""
        under = f" --under {amendment.under}" if amendment.under else ""
        place = f"--record {amendment.record}{field}{under}{after}"
        return f"`{command} {place}` says that it is meant there; or reject it"
    return (
        f"`{command} --section {now} --after {amendment.after}` puts it there, "
        f"`--section {then}` at the end of where it was to stand; or reject it"
    )


def _named(amendment: Amendment) -> tuple[str, ...]:
    """Return the keys of an amendment that name a record, or a section."""
    if amendment.record is None:
        return ("section", "after")
    is_point = (amendment.field or "").startswith("points.")
    if amendment.kind is AmendmentKind.MOVE and not is_point:
        return ("record", "section", "after")
    return ("record",)


def _has(place: AmendedRecord, amendment: Amendment) -> bool:
    """Return whether the field of an amendment is there, filled where it was when that was written."""
    field = amendment.field or ""
    if amendment.kind is AmendmentKind.COMMENT and not field.startswith("points."):
        return True
    return field in place.texts and not (place.texts[field] is None and amendment.original)


def _is_of_process(amendment: Amendment) -> bool:
    """Return whether an amendment is to what is said of an action that went: why it was withdrawn."""
    traits = fields(Action).get(amendment.field or "")
    return traits is not None and traits.significance is Significance.PROCESS


def _records(plan: Plan) -> dict[str, AmendedRecord]:
    actions = {action.id: action for _, action in plan.walk_actions()}
    found: dict[str, AmendedRecord] = {}
    for each in (*texts(plan), *sets(plan)):
        if each.is_amendable:
            home = each.section if each.kind is not TextKind.TITLE else ""
            home = each.kind.value if each.kind in (TextKind.FRONT, TextKind.INTRODUCTION) else home
            place = found.setdefault(each.record, AmendedRecord(home, {}, actions.get(each.record)))
            place.texts[each.field] = each.text
    return found


def home(plan: Plan, name: str) -> str:
    """Return the section a record stands in, or ``front`` or ``introduction``; empty for none of them."""
    if any(each.id == name for each in plan.front):
        return "front"
    if any(each.id == name for each in plan.introduction):
        return "introduction"
    for section in plan.sections:
        if name in (*(each.id for each in section.chapeau), *(each.id for each in section.actions)):
            return section.id
    return ""
