"""How far a plan has come since its adoption, by what people reported on its actions.

What was not reported is not known: an action without an entry has no state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.progress import ProgressState
from poa_toolkit.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from poa_toolkit.model import Action, Endorsement, Indicator, Plan, ProgressEntry


class Adoption(NamedTuple):
    """Whether the plan is adopted, as far as its own data show it."""

    day: date | None
    """The day on which its last stage ended; None where nothing shows that it is adopted."""
    doubt: str = ""
    """What is missing, where it is not shown."""


class IndicatorProgress(NamedTuple):
    """How far one indicator has come."""

    indicator: Indicator
    last: ProgressEntry | None
    """The latest entry that speaks of it."""
    measured: ProgressEntry | None
    """The latest that has a value."""
    is_overdue: bool
    """Whether its day is past, and neither it nor its action is reported as done."""


class ActionProgress(NamedTuple):
    """How far one action has come."""

    action: Action
    entries: tuple[ProgressEntry, ...]
    """All that were made on it, by date; those of one day as they stand in the files."""
    state: ProgressState | None
    """By the latest entry on the action as a whole; None where nobody has said it."""
    indicators: tuple[IndicatorProgress, ...]
    silent_since: date | None
    """The day since when, for more than a year, nobody has reported on it: of the last entry, or of the
    adoption, if that came later."""

    @property
    def overdue(self) -> tuple[Indicator, ...]:
        """Return the indicators whose day is past."""
        return tuple(each.indicator for each in self.indicators if each.is_overdue)


class FollowUp(NamedTuple):
    """How far a plan has come."""

    adoption: Adoption
    actions: tuple[ActionProgress, ...]
    """In printed order: those that are printed, and others on which somebody reported."""
    ahead: tuple[ProgressEntry, ...]
    """Entries of days that are still to come, which count for nothing."""

    @property
    def is_kept(self) -> bool:
        """Return whether this plan is followed up at all: whether it has an indicator, or an entry."""
        return bool(self.ahead) or any(each.entries or each.indicators for each in self.actions)


def adoption(plan: Plan, endorsements: Iterable[Endorsement]) -> Adoption:
    """Return when a plan was adopted: it is at its last stage, and somebody endorses the text of that."""
    last = plan.stages[-1] if plan.stages else None
    if last is None or last.id != plan.stage:
        return Adoption(None, f"the plan is at stage {plan.stage}, which is not its last")
    if last.baseline is None:
        return Adoption(None, f"the text of stage {last.id} is not frozen")
    if not any(each.text == last.baseline for each in endorsements):
        return Adoption(None, f'no endorsement of its text, "{last.baseline}", is on record')
    return Adoption(last.date)


def follow_up(
    plan: Plan,
    progress: Iterable[ProgressEntry],
    endorsements: Iterable[Endorsement],
    today: date | None,
) -> FollowUp:
    """Return how far a plan has come by the entries on it; without `today`, nothing is late or silent."""
    every = sorted(progress, key=lambda each: each.date)
    ahead = tuple(each for each in every if today is not None and each.date > today)
    by_action: defaultdict[str, list[ProgressEntry]] = defaultdict(list)
    for each in every[: len(every) - len(ahead)]:
        by_action[each.action].append(each)
    adopted = adoption(plan, endorsements)
    since = adopted.day
    is_running = since is not None and today is not None and since <= today
    counts = _Clock(since, today) if is_running else _Clock(None, None)
    actions = (
        _of_action(action, by_action[action.id], counts)
        for _, action in plan.walk_actions()
        if action.status.printed or action.id in by_action
    )
    return FollowUp(adopted, tuple(actions), ahead)


class _Clock(NamedTuple):
    """When the plan was adopted, and the day it is; None for both where nothing can be late."""

    adopted: date | None
    today: date | None


def _of_action(action: Action, entries: Sequence[ProgressEntry], clock: _Clock) -> ActionProgress:
    whole = [each for each in entries if each.indicator is None]
    state = whole[-1].state if whole else None
    counts = action.status.printed and state is not ProgressState.DONE
    indicators = (
        _of_indicator(each, entries, clock if counts else _Clock(None, None)) for each in action.indicators
    )
    silent = _silent_since(entries, clock) if counts else None
    return ActionProgress(action, tuple(entries), state, tuple(indicators), silent)


def _of_indicator(indicator: Indicator, entries: Iterable[ProgressEntry], clock: _Clock) -> IndicatorProgress:
    of_it = [each for each in entries if each.indicator == indicator.id]
    last = of_it[-1] if of_it else None
    measured = next((each for each in reversed(of_it) if each.value), None)
    is_past = bool(clock.today and indicator.by and dates.latest(indicator.by) < clock.today)
    is_done = last is not None and last.state is ProgressState.DONE
    return IndicatorProgress(indicator, last, measured, is_past and not is_done)


def _silent_since(entries: Sequence[ProgressEntry], clock: _Clock) -> date | None:
    """Return the day of the last entry, or of the adoption, where more than a year has passed since."""
    if clock.adopted is None or clock.today is None:
        return None
    last = max((clock.adopted, *(each.date for each in entries)))
    # by the calendar: the same day a year later is not yet more than a year
    is_over = (last.year + 1, last.month, last.day) < (clock.today.year, clock.today.month, clock.today.day)
    return last if is_over else None


class FollowUpCounts(NamedTuple):
    """Where the follow-up of the printed actions stands, in figures and ids."""

    states: dict[ProgressState, int]
    """How many actions have each state."""
    unreported: int
    """How many have none, since nobody has said it."""
    overdue: tuple[str, ...]
    """The indicators whose day is past, by id, in printed order."""
    silent: tuple[str, ...]
    """The actions on which nobody has reported for more than a year."""


def counts_of(found: FollowUp) -> FollowUpCounts:
    """Count where the follow-up of the printed actions stands."""
    printed = [each for each in found.actions if each.action.status.printed]
    counted = Counter(each.state for each in printed)
    return FollowUpCounts(
        states={state: counted[state] for state in ProgressState if counted[state]},
        unreported=counted[None],
        overdue=tuple(indicator.id for each in printed for indicator in each.overdue),
        silent=tuple(each.action.id for each in printed if each.silent_since),
    )
