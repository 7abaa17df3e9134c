"""What poa.yaml waives, and the waivers and codes of poa.yaml that are themselves at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Finding, Pointer
from poa_toolkit.model import (
    Endorsement,
    Indicator,
    ProgressEntry,
    Review,
    Source,
    Stage,
    Subparagraph,
    Weight,
)
from poa_toolkit.model.file_kinds import OF_PROCESS
from poa_toolkit.text.did_you_mean import Names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from poa_toolkit.check.rule import Context
    from poa_toolkit.model import Settings, Waiver

PLAN = "plan"
"""The record that plan.yaml is, for a waiver of what it says of the whole."""


class Found(NamedTuple):
    """A finding and the code that it is reported under."""

    code: str
    finding: Finding


class Codes(NamedTuple):
    """The codes that poa.yaml may name."""

    known: frozenset[str]
    """All there are."""
    fixed: frozenset[str]
    """Those that stay errors in every project."""


class Waived(NamedTuple):
    """What is left when waivers have been applied."""

    found: tuple[Found, ...]
    """The findings that no waiver silences."""
    silenced: int
    """How many were silenced."""
    unused: frozenset[Waiver]
    """The waivers in force that silenced nothing."""


def apply(
    context: Context, waivers: Iterable[Waiver], found: Iterable[Found], *, today: date | None
) -> Waived:
    """Take out the findings that a waiver silences; without `today`, no waiver is over."""
    in_force = {(each.code, each.record.lower()): each for each in waivers if not is_over(each, today)}
    if not in_force:
        return Waived(tuple(found), 0, frozenset())
    left, used = [], []
    for each in found:
        waiver = in_force.get((each.code, record_of(context, each.finding.at).lower()))
        if waiver is None:
            left.append(each)
        else:
            used.append(waiver)
    return Waived(tuple(left), len(used), frozenset(in_force.values()).difference(used))


def is_over(waiver: Waiver, today: date | None) -> bool:
    """Return whether the last day of a waiver is past."""
    return today is not None and waiver.until < today


def record_of(context: Context, at: Pointer) -> str:
    """Return the id of the record that a pointer leads into, or ``plan``.

    A point or an indicator belongs to its action, a provision to its instrument, a review or a report to
    the action it is on, an endorsement to its participant, a file of recommendations to its consultation or
    mechanism.
    """
    value: object = context if at[:1] and at[0] in OF_PROCESS else context.plan
    found = PLAN
    for step in at:
        if isinstance(value, tuple) and isinstance(step, int):
            value = value[step]
        else:
            value = getattr(value, str(step), None)
        found = _id(value) or found
    return found


def records_of(context: Context) -> Iterator[str]:
    """Return the id of every record that a waiver can name, broken ones too."""
    plan = context.plan
    yield PLAN
    yield from (record.id for _, record in plan.walk_texts() if not isinstance(record, Subparagraph))
    yield from (section.id for section in plan.sections)
    yield from (record.id for _, record in plan.walk_recommendations())
    process = (getattr(context, name) for name in OF_PROCESS)
    registry = (plan.instruments, plan.actors, plan.participants, plan.obligations, plan.parts)
    for record in (each for group in (plan.sources, *registry, *process) for each in group):
        yield _id(record) or PLAN
    yield from context.broken


def _id(value: object) -> str | None:
    match value:
        case Source():
            owner = value.consultation or value.mechanism
            return owner.id if owner else None
        case Review():
            return value.record
        case Endorsement():
            return value.participant
        case ProgressEntry():
            return value.action
        case Stage() | Subparagraph() | Indicator():
            return None
    found = getattr(value, "id", None)
    return found if isinstance(found, str) else None


def faults(
    context: Context, settings: Settings, codes: Codes, unused: Collection[Waiver], today: date | None
) -> Iterator[Found]:
    """Return what is wrong with the codes and waivers of poa.yaml.

    `unused` are the waivers in force that silenced nothing; `today` as in `apply`.
    """
    for family, weight in settings.severities.items():
        yield from _family(family, weight, codes)
    records = {each.lower(): each for each in records_of(context)}
    names = Names(records.values())
    for index, waiver in enumerate(settings.waivers):
        at: Pointer = ("settings", "waivers", index)
        if waiver.code not in codes.known:
            message = f'there is no code "{waiver.code}"'
            yield Found("POA913", Finding((*at, "code"), message, _near(waiver.code, codes)))
        elif waiver.code in codes.fixed:
            message = f"{waiver.code} cannot be waived"
            cure = "delete the waiver, and mend the fault itself"
            yield Found("POA915", Finding((*at, "code"), message, cure))
        elif waiver.record.lower() not in records and not context.lost:
            message = f'there is no record "{waiver.record}"'
            cure = names.cure(waiver.record) or "correct the id, or delete the waiver"
            yield Found("POA914", Finding((*at, "record"), message, cure))
        elif is_over(waiver, today):
            message = f"the waiver of {waiver.code} for {waiver.record} ended on {waiver.until}"
            cure = "mend what it waived and delete it, or agree on a later day"
            yield Found("POA912", Finding((*at, "until"), message, cure))
        elif waiver in unused:
            message = f"nothing in {waiver.record} needs the waiver of {waiver.code}"
            yield Found("POA911", Finding((*at, "code"), message, "delete the waiver"))


def _family(family: str, weight: Weight, codes: Codes) -> Iterator[Found]:
    meant = [code for code in codes.known if code.startswith(family)]
    at = ("settings", "severities", family)
    if not meant:
        message = f'no code begins with "{family}"'
        yield Found("POA913", Finding(at, message, "`poa explain` lists the codes", key=True))
    elif weight is not Weight.ERROR and codes.fixed.issuperset(meant):
        message = f"{family} is always an error"
        yield Found("POA915", Finding(at, message, "delete the line, and mend the fault itself", key=True))


def _near(code: str, codes: Codes) -> str:
    """Name a code of the same digits in another order; any other likeness of numbers says nothing."""
    swapped = (each for each in codes.known if sorted(each) == sorted(code))
    best = min(swapped, key=lambda each: (each[:4] != code[:4], each), default=None)
    return f'did you mean "{best}"?' if best else "`poa explain` lists the codes"
