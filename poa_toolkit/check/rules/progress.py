"""POA611 to POA619: what is reported on actions after the plan was adopted, and what is not."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import unknown_one
from poa_toolkit.check.rule import Context, Required, rule
from poa_toolkit.diagnostic import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.model import ProgressEntry


@rule("POA611", "unknown-reported")
def unknown_reported(ctx: Context) -> Iterator[Finding]:
    """Somebody reports on an action that is not in the plan.

    Bad:
        # progress/2017.yaml
        progress:
          - action: A-999
            date: 2017-12-04
            by: The secretariat
            state: under-way

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: under-way

    Cure:
        Correct the id, or delete the entry.
    """
    for index, each in enumerate(ctx.progress):
        yield from unknown_one(ctx, ("progress", index, "action"), each.action, "action", ctx.trace.actions)


@rule("POA612", "unknown-indicator")
def unknown_indicator(ctx: Context) -> Iterator[Finding]:
    """An entry names an indicator that its action has not.

    Bad:
        # progress/2017.yaml
        progress:
          - action: A-001
            indicator: IND-009
            date: 2017-12-04
            by: The secretariat
            state: under-way

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: under-way

    Cure:
        Correct the id, or add the indicator to the `indicators` of the action.
    """
    indicators = ctx.trace.indicators
    for index, each in enumerate(ctx.progress):
        at, name = ("progress", index, "indicator"), each.indicator
        if name is None:
            continue
        owner = indicators.get(name)
        if owner is None:
            yield from unknown_one(ctx, at, name, "indicator", indicators)
        elif owner != each.action and each.action in ctx.trace.actions:
            message = f"{name} is an indicator of {owner}, but the entry is on {each.action}"
            yield Finding(at, message, f"name an indicator of {each.action}, or make it an entry on {owner}")


@rule(
    "POA613",
    "value-without-indicator",
    requires=(Required("ProgressEntry", "indicator", "where `value` is there"),),
)
def value_without_indicator(ctx: Context) -> Iterator[Finding]:
    """An entry has a measured value, but does not say what was measured.

    Bad:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: under-way
            value: 12 of 20 States

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: under-way
            text: In 12 of 20 States the law has been changed.

    Cure:
        Name the indicator under `indicator:`, or write the value into the `text`.
    """
    for index, each in enumerate(ctx.progress):
        if each.value is not None and each.indicator is None:
            message = f"the entry on {each.action} has a value, but no indicator"
            yield Finding(("progress", index, "value"), message, "say under `indicator:` what was measured")


@rule("POA614", "evidence-missing")
def evidence_missing(ctx: Context) -> Iterator[Finding]:
    """An entry is said to be verified, but not where.

    `verified: true` means that somebody else has read it on a published page; without the page nobody can
    look.

    Bad:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: done
            verified: true

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: done
            evidence: https://example.org/report
            verified: true

    Cure:
        Add `evidence:` with the page, or take `verified: true` away.
    """
    for index, each in enumerate(ctx.progress):
        if each.verified and each.evidence is None:
            message = f"the entry on {each.action} is verified, but has no evidence"
            yield Finding(
                ("progress", index, "verified"), message, "add `evidence:` with the page it was read on"
            )


@rule("POA615", "reports-contradict")
def reports_contradict(ctx: Context) -> Iterator[Finding]:
    """Two entries on one thing, of one day, do not agree.

    Of entries of several days the latest counts; of two of one day nobody knows which.

    Bad:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: under-way
          - action: A-001
            date: 2017-12-04
            by: A State
            state: done

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-03
            by: The secretariat
            state: under-way
          - action: A-001
            date: 2017-12-04
            by: A State
            state: done

    Cure:
        Find out which is right and correct the other, or its date.
    """
    of_a_day: defaultdict[tuple[str, str | None, date], list[int]] = defaultdict(list)
    for index, each in enumerate(ctx.progress):
        before = of_a_day[each.action, each.indicator, each.date]
        found = ((earlier, *_differing(ctx.progress[earlier], each)) for earlier in before)
        for earlier, key, old, new in islice((one for one in found if one[1]), 1):
            what = each.indicator or each.action
            message = f'{what} is "{new}" here, but "{old}" in another entry of {each.date}'
            related = ((("progress", earlier, key), "the other stands here"),)
            help_text = "find out which is right and correct the other, or its date"
            yield Finding(("progress", index, key), message, help_text, related)
        before.append(index)


def _differing(one: ProgressEntry, other: ProgressEntry) -> tuple[str, str, str]:
    """Return the key whose values do not agree, and those; empty texts where nothing contradicts."""
    if one.state is not other.state:
        return "state", one.state.value, other.state.value
    if one.value and other.value and one.value != other.value:
        return "value", one.value, other.value
    return "", "", ""


@rule("POA616", "reported-too-early", Severity.WARNING, whole=True)
def reported_too_early(ctx: Context) -> Iterator[Finding]:
    """An entry is older than the adopted plan, or nothing shows that the plan is adopted.

    A plan is adopted when it is at its last stage, the text of that stage is frozen, and an endorsement of
    it is on record. What was done before follows from something else.

    Bad:
        # progress/2015.yaml
        progress:
          - action: A-001
            date: 2015-12-04
            by: The secretariat
            state: under-way

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: under-way

    Cure:
        Correct the date, or freeze and endorse the text of the last stage first.
    """
    adopted, doubt = ctx.follow_up.adoption
    for index, each in enumerate(ctx.progress):
        if adopted is None:
            message = (
                f"{each.by} reports on {each.action}, but nothing shows that the plan is adopted: {doubt}"
            )
            yield Finding(("progress", index), message, "`poa endorse` puts an endorsement on record")
        elif each.date < adopted:
            message = f"{each.by} reports on {each.action} for {each.date}; the plan was adopted on {adopted}"
            yield Finding(("progress", index, "date"), message, "correct the date")


@rule("POA617", "reported-ahead", Severity.WARNING)
def reported_ahead(ctx: Context) -> Iterator[Finding]:
    """An entry is of a day that is still to come.

    Until that day it counts for nothing. It is no error, for the day begins earlier in some places than
    in others.

    Bad:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2027-12-04
            by: The secretariat
            state: done

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-04
            by: The secretariat
            state: done

    Cure:
        Correct the date.
    """
    for index, each in enumerate(ctx.progress):
        if ctx.today is not None and each.date > ctx.today:
            message = f"{each.by} reports on {each.action} for {each.date}, which is still to come"
            yield Finding(("progress", index, "date"), message, "correct the date")


@rule("POA618", "target-overdue", Severity.WARNING, whole=True)
def target_overdue(ctx: Context) -> Iterator[Finding]:
    """The day of a target is past, and nobody has reported that it is done.

    Only an adopted plan has targets that can be late. Of a month or a year the last day counts. An action
    that is reported as done has no target left.

    Bad:
        # action
        indicators:
          - id: IND-001
            text: States that answer
            target: all
            by: 2017-06

    Good:
        # action
        indicators:
          - id: IND-001
            text: States that answer
            target: all
            by: 2018

    Cure:
        Report what was reached, with `poa new progress`.
    """
    overdue = {indicator.id for each in ctx.follow_up.actions for indicator in each.overdue}
    for at, action in ctx.plan.walk_actions():
        for index, each in enumerate(action.indicators):
            if each.id in overdue:
                message = (
                    f"the target of {each.id} was to be reached by {each.by}, and no entry says it is done"
                )
                help_text = f"report where it stands: `poa new progress {action.id} --indicator {each.id}`"
                yield Finding((*at, "indicators", index, "by"), message, help_text)


@rule("POA619", "nobody-reported", Severity.WARNING, whole=True)
def nobody_reported(ctx: Context) -> Iterator[Finding]:
    """Nobody has reported on an action for more than a year.

    It is counted from the last entry on it, or from the adoption. Actions that are reported as done need
    no further report, and a plan that is not followed up at all, without any entry or indicator, none.

    Bad:
        # action
        indicators:
          - id: IND-001
            text: States that answer

    Good:
        # progress/2017.yaml
        progress:
          - action: A-001
            date: 2017-12-01
            by: The secretariat
            state: stalled
          - action: A-002
            date: 2017-12-01
            by: The secretariat
            state: done

    Cure:
        Ask those whom the action addresses, and report what they say with `poa new progress`.
    """
    silent = {each.action.id: each for each in ctx.follow_up.actions if each.silent_since}
    for at, action in ctx.plan.walk_actions() if ctx.follow_up.is_kept else ():
        if found := silent.get(action.id):
            is_entry = any(each.date == found.silent_since for each in found.entries)
            since = "the last entry" if is_entry else "the plan was adopted"
            message = f"nobody has reported on {action.id} since {since} on {found.silent_since}"
            yield Finding((*at, "id"), message, f"report where it stands: `poa new progress {action.id}`")
