"""How far a plan has come since its adoption, as JSON for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.follow_up import counts_of
from poa_toolkit.model import ProgressState, Status
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from datetime import date

    from poa_toolkit.check.follow_up import FollowUp, IndicatorProgress
    from poa_toolkit.document.progress_report import Period
    from poa_toolkit.model import Plan, ProgressEntry


class _Entry(NamedTuple):
    action: str
    indicator: str | None
    date: str
    by: str
    state: ProgressState
    value: str | None
    text: str | None
    evidence: str | None
    verified: bool


class _Indicator(NamedTuple):
    id: str
    text: str
    baseline: str | None
    target: str | None
    by: str | None
    source: str | None
    state: ProgressState | None
    value: str | None
    measured: str | None
    overdue: bool


class _Action(NamedTuple):
    id: str
    number: str
    section: str
    text: str
    status: Status
    state: ProgressState | None
    silent_since: str | None
    indicators: tuple[_Indicator, ...]
    entries: tuple[_Entry, ...]


class ProgressReport(NamedTuple):
    """What `poa progress --format json` prints."""

    as_of: str
    since: str | None
    stage: str
    adopted: str | None
    doubt: str
    states: dict[ProgressState, int]
    unreported: int
    actions: tuple[_Action, ...]
    ahead: tuple[_Entry, ...]


def to_json(plan: Plan, found: FollowUp, period: Period) -> str:
    """Print how far a plan has come, as schema/progress-report.schema.json describes it."""
    counts = counts_of(found)
    numbers = cited_numbers(plan)
    sections = {action.id: section.id for section in plan.sections for action in section.actions}
    return as_json(
        ProgressReport(
            as_of=period.today.isoformat(),
            since=_day(period.since),
            stage=plan.stage,
            adopted=_day(found.adoption.day),
            doubt=found.adoption.doubt,
            states=counts.states,
            unreported=counts.unreported,
            actions=tuple(
                like(
                    _Action,
                    each.action,
                    number=numbers.get(each.action.id, ""),
                    section=sections[each.action.id],
                    state=each.state,
                    silent_since=_day(each.silent_since),
                    indicators=tuple(map(_indicator, each.indicators)),
                    entries=tuple(_entry(one) for one in each.entries if period.tells(one)),
                )
                for each in found.actions
            ),
            ahead=tuple(map(_entry, found.ahead)),
        )
    )


def _indicator(found: IndicatorProgress) -> _Indicator:
    return like(
        _Indicator,
        found.indicator,
        state=found.last.state if found.last else None,
        value=found.measured.value if found.measured else None,
        measured=_day(found.measured.date) if found.measured else None,
        overdue=found.is_overdue,
    )


def _entry(entry: ProgressEntry) -> _Entry:
    return like(_Entry, entry, date=entry.date.isoformat())


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None
