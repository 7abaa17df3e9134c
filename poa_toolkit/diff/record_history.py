"""The versions of one record: what each changed, and which amendments it carried out."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.diff.attribution import ascribed
from poa_toolkit.diff.change import Comparison, Kind, Version
from poa_toolkit.diff.compare import compare
from poa_toolkit.model.file_kinds import REGISTRY
from poa_toolkit.model.plan import HOMES, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.diff.change import Change
    from poa_toolkit.model import Amendment


class Where(StrEnum):
    """What holds a version."""

    COMMIT = "commit"
    BASELINE = "baseline"
    WORKING_TREE = "working-tree"


class Origin(NamedTuple):
    """Where a version comes from."""

    where: Where
    name: str
    """The full hash of a commit, the name of a baseline; empty for the working tree."""
    who: str = ""
    """Who made it."""
    when: str = ""
    """The moment of a commit, the day of a baseline's stage; ISO 8601."""
    subject: str = ""
    """What a commit says of itself."""


class Step(NamedTuple):
    """One version of a record, and what it changed."""

    origin: Origin
    old: Plan
    """The record before, as a plan that holds nothing else."""
    new: Plan
    changes: tuple[Change, ...]
    amendments: tuple[str, ...] = ()
    """The ids of the adopted amendments whose words it put in."""
    trouble: str = ""
    """Why the record cannot be read in this version; empty where it can."""


def step(
    name: str, origin: Origin, old: Plan | None, new: Plan | None, amendments: Iterable[Amendment]
) -> Step:
    """Return the version `new` of the record `name`, since the version `old`; None where it was not there.

    `name` may be that of a field, ``A-007.points.b``: only what changed it counts, and that its record came
    or went.
    `amendments` are those that no earlier version carried out.
    """
    record = name.partition(".")[0]
    before = old or (_without_indicator(new, record) if new else nothing())
    after = new or (_without_indicator(old, record) if old else nothing())
    changes = tuple(_changes(name, before, after))
    adopted = [each for each in amendments if each.is_adopted]
    shown = {each.id for change in changes for each in ascribed(change, adopted).amendments}
    return Step(origin, before, after, changes, tuple(sorted(shown)))


def comparison(of: Step) -> Comparison:
    """Return what a version changed as a comparison of its record alone."""
    return Comparison(Version("", ""), Version("", ""), of.changes, ())


def _changes(name: str, old: Plan, new: Plan) -> Iterable[Change]:
    """Return what differs in a record; its number says nothing, cut out as it is."""
    wanted, _, field = name.lower().partition(".")
    for change in compare(old, new, old_label="", new_label="").changes:
        record = change.record.lower()
        is_it = record == wanted or record.startswith(f"{wanted} ") or record.endswith(f" {wanted}")
        if field and change.field:
            is_it = is_it and f"{change.field.lower()}.".startswith(f"{field}.")
        if is_it and change.kind is not Kind.RENUMBERED:
            yield replace(change, number="")


_LISTS = (*HOMES, *REGISTRY)


def only(plan: Plan, name: str) -> Plan | None:
    """Return the plan that holds nothing but the record called `name`, without regard to case.

    The section or source it stands in is there, too, without its other records, and of an indicator the
    action. None where there is no such record.
    """
    lists: dict[str, Any] = {each: _named(getattr(plan, each), name) for each in _LISTS}
    sections = []
    for section in plan.sections:
        inside: dict[str, Any] = {
            each: _named(getattr(section, each), name) for each in ("chapeau", "actions")
        }
        inside["actions"] += tuple(each for each in section.actions if _named(each.indicators, name))
        if _is(section, name) or any(inside.values()):
            sections.append(section.model_copy(update=inside))
    sources = []
    for source in plan.sources:
        kept = _named(source.recommendations, name)
        heads = (source.consultation, source.mechanism)
        if kept or any(head is not None and _is(head, name) for head in heads):
            sources.append(source.model_copy(update={"recommendations": kept}))
    if not sections and not sources and not any(lists.values()):
        return None
    lists |= {"sections": tuple(sections), "sources": tuple(sources)}
    return Plan.model_construct(None, title="", stage="", stages=(), **lists)


def _without_indicator(plan: Plan, name: str) -> Plan:
    """Return what the plan of one indicator would be without it: its action; of any other record nothing."""
    sections = (
        each for each in plan.sections if any(_named(action.indicators, name) for action in each.actions)
    )
    bare = tuple(
        each.model_copy(
            update={"actions": tuple(action.model_copy(update={"indicators": ()}) for action in each.actions)}
        )
        for each in sections
    )
    return nothing().model_copy(update={"sections": bare})


def nothing() -> Plan:
    """Return the plan that holds no record."""
    return Plan.model_construct(None, title="", stage="", stages=())


def _named(records: Iterable[Any], name: str) -> tuple[Any, ...]:
    return tuple(each for each in records if _is(each, name))


def _is(record: Any, name: str) -> bool:  # noqa: ANN401 - any record with an id
    return bool(record.id.lower() == name.lower())
