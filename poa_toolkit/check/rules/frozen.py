"""POA225, POA226, POA420 and POA440: what the frozen versions hold the plan to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.changed_since_freeze import departures, frozen_here, that_count
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Action, Status, digests
from poa_toolkit.text.counting import listed_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.check.changed_since_freeze import Departure
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Baseline, Plan

ALIKE = 0.4
"""Texts that share fewer of their words than this are no longer versions of one text."""

_SHOWN = 5
_WORDS = 6


class _Record(NamedTuple):
    kind: str
    id: str
    text: str
    at: Pointer
    is_gone: bool = False


@rule("POA225", "id-used-again", wants_frozen=True)
def id_used_again(ctx: Context) -> Iterator[Finding]:
    """An id that was given up in a frozen version names something else now.

    An id is for ever: whoever reads an older version, a review or a returned Word file would take the
    one for the other.

    Bad:
        # withdrawn action
        id: A-003
        status: draft
        text: Courts should publish every judgement on a ballot.

    Good:
        # withdrawn action
        id: A-003
        status: withdrawn

    Cure:
        Give the new record an id that was never used.
    """
    gone = _given_up(_by_date(ctx))
    for record in _records(ctx.plan):
        name, old = gone.get(record.id.lower(), ("", None))
        if old and not record.is_gone and (old.kind != record.kind or not _alike(old.text, record.text)):
            message = f'the id {record.id} was given up in the baseline "{name}"; it named {_cut(old.text)}'
            yield Finding((*record.at, "id"), message, "give the new record an id that was never used")


@rule("POA226", "action-vanished", Severity.WARNING, whole=True, wants_frozen=True)
def action_vanished(ctx: Context) -> Iterator[Finding]:
    """An action of a frozen version is not in the plan any more.

    A withdrawn action keeps its place in the file, with a reason, so that the annex can list it and its
    id is not used again.

    Bad:
        # action
        id: A-009

    Good:
        # action
        id: A-001

    Cure:
        Put the action back with `status: withdrawn` and a `reason`.
    """
    seen = {name.lower() for name in ctx.trace.actions}
    sections = {section.id: index for index, section in enumerate(ctx.plan.sections)}
    for baseline in reversed(_by_date(ctx)):
        for section in baseline.plan.sections:
            at = ("sections", sections[section.id], "id") if section.id in sections else ("stage",)
            for action in section.actions:
                if action.id.lower() not in seen:
                    seen.add(action.id.lower())
                    message = f'{action.id} stands in the baseline "{baseline.name}", but not in the plan'
                    help_text = "put it back with `status: withdrawn` and a `reason`"
                    yield Finding(at, message, help_text)


@rule("POA420", "frozen-stage-edited", whole=True, wants_frozen=True)
def frozen_stage_edited(ctx: Context) -> Iterator[Finding]:
    """The stage of the plan is frozen, but its text was changed since.

    Two texts would go by the name of one stage. What accepted amendments changed is not counted, as far as
    the words that stand there now are those that they put there.

    Bad:
        # plan.yaml
        title: Another plan of action
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before

    Good:
        # plan.yaml
        title: A plan of action
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before

    Cure:
        Move on to the next stage (`stage:` in plan.yaml), undo the changes, or put them on record as
        amendments that were accepted.
    """
    baseline = frozen_here(ctx.stage, ctx.frozen, ctx.endorsements)
    if ctx.stage is None or baseline is None or digests.text(ctx.plan) == digests.text(baseline.plan):
        return
    if _endorsed_by(ctx, baseline):
        return  # POA440 says more
    found = departures(baseline.plan, ctx.plan, ctx.amendments)
    changed = list(dict.fromkeys(_called(each.record) for each in found))
    if changed:
        message = f"stage {ctx.stage.id} is frozen, but {listed_up_to(_SHOWN, changed)} changed since"
        help_text = f"move on to the next stage, or undo the changes; `poa diff {baseline.name}` shows them"
        yield Finding(("stage",), message, help_text)


@rule("POA440", "endorsed-text-edited", whole=True, wants_frozen=True)
def endorsed_text_edited(ctx: Context) -> Iterator[Finding]:
    """The text of a stage was endorsed, and was changed since without a corrigendum.

    Whoever endorsed a text endorsed its words. What has to be put right afterwards is a corrigendum, an
    amendment of that kind, which the document lists on its cover and in an annex.

    Bad:
        # plan.yaml
        title: Another plan of action
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before

    Good:
        # plan.yaml
        title: A plan of action
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before

    Cure:
        Undo the change, or put it on record in plan/amendments/ with `kind: corrigendum` and accept it.
    """
    baseline = frozen_here(ctx.stage, ctx.frozen, ctx.endorsements)
    if baseline is None or digests.text(ctx.plan) == digests.text(baseline.plan):
        return
    endorsed_by = _endorsed_by(ctx, baseline)
    if not endorsed_by:
        return
    counted = that_count(ctx.amendments, is_endorsed=True)
    for each in departures(baseline.plan, ctx.plan, counted):
        name = _called(each.record)
        message = f'{name} was changed since "{baseline.name}" was endorsed by {endorsed_by}: {each.words}'
        yield Finding(_at(ctx, each), message, "undo the change, or put it on record as a corrigendum")


def _endorsed_by(ctx: Context, baseline: Baseline) -> str:
    return ", ".join(each.participant for each in ctx.endorsements if each.text == baseline.name)


def _at(ctx: Context, departure: Departure) -> Pointer:
    """Point to the field that differs, else to its record, else to the title of the plan."""
    found = ctx.trace.ids.get(departure.record.split()[0].lower())
    if not found:
        return ("title",)
    at = found[0][1]
    action = ctx.trace.actions.get(departure.record)
    field, _, name = departure.field.partition(".")
    if action is None:
        return at
    if name:
        places = (each.at for each in action.walk_points() if each.record.id == name.split(" ")[0])
        return next(((*at, *place, "text") for place in places), at)
    return (*at, field) if getattr(action, field, None) else at


def _by_date(ctx: Context) -> list[Baseline]:
    return sorted(ctx.frozen.values(), key=lambda each: (each.date, each.name))


def _given_up(baselines: list[Baseline]) -> dict[str, tuple[str, _Record]]:
    """Return each id that a later frozen version withdrew or lost, with that version and what it named."""
    last: dict[str, _Record] = {}
    gone: dict[str, tuple[str, _Record]] = {}
    for baseline in baselines:
        here = {record.id.lower(): record for record in _records(baseline.plan)}
        for name, record in {**last, **here}.items():
            if name not in here or here[name].is_gone:
                gone.setdefault(name, (baseline.name, record))
        last |= here
    return gone


def _records(plan: Plan) -> Iterator[_Record]:
    for at, record in plan.walk_texts():
        if "points" not in at:
            kind = "action" if isinstance(record, Action) else "paragraph"
            is_gone = isinstance(record, Action) and record.status is Status.WITHDRAWN
            yield _Record(kind, record.id, record.text, at, is_gone)
    for at, each in plan.walk_recommendations():
        yield _Record("recommendation", each.id, each.text, at)
    for index, instrument in enumerate(plan.instruments):
        yield _Record("instrument", instrument.id, instrument.title, ("instruments", index))


def _called(name: str) -> str:
    return "the title" if name == "plan" else name


def _alike(old: str, new: str) -> bool:
    """Return whether two texts may be versions of one, by the words they share."""
    before, after = (set(each.casefold().split()) for each in (old, new))
    return 2 * len(before & after) >= ALIKE * (len(before) + len(after))


def _cut(text: str) -> str:
    words = text.split()
    return f'"{" ".join(words[:_WORDS])}{" …" if len(words) > _WORDS else ""}"'
