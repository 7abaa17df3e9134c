"""POA4xx: what the stage of the plan demands of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import repetitions
from poa_toolkit.check.rule import Context, Demand, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Allows
from poa_toolkit.model.texts import bracketed
from poa_toolkit.text import brackets

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("POA402", "bracket-left", demand=Demand.BRACKETS)
def bracket_left(ctx: Context) -> Iterator[Finding]:
    """Unagreed text stands where the stage allows none.

    Square brackets mark what is not agreed; a text that is to be endorsed has none left.

    Bad:
        # plan.yaml
        stage: day-2
        introduction:
          - id: P-01
            text: Elections [should | shall] be genuine.

    Good:
        # plan.yaml
        stage: day-2
        introduction:
          - id: P-01
            text: Elections shall be genuine.

    Cure:
        Write the alternative that was agreed and take the brackets away, or move the plan back to a stage
        whose `allows` has `brackets: true`.
    """
    stage = ctx.stage
    if stage is None or (stage.allows or Allows()).brackets:
        return
    for each in bracketed(ctx.plan):
        try:
            found = tuple(brackets.walk(brackets.parse(each.text or "", ctx.trace.holders)))
        except brackets.BracketError:
            continue
        if found:
            what = "a bracket is" if len(found) == 1 else f"{len(found)} brackets are"
            message = f"{what} left in {each.record}, but stage {stage.id} allows none"
            words = (found[0].start, found[0].end)
            help_text = "write what was agreed, without brackets"
            yield Finding(each.at, message, help_text, times=len(found), words=words)


@rule("POA403", "status-below-stage", demand=Demand.STATUS)
def status_below_stage(ctx: Context) -> Iterator[Finding]:
    """An action has a status that the stage does not allow.

    Withdrawn and deferred actions may stand at any stage.

    Bad:
        # plan.yaml
        stage: day-2

    Good:
        # plan.yaml
        stage: day-1

    Cure:
        Set the status the meeting decided, or defer or withdraw the action.
    """
    allowed = ctx.stage.allows.statuses if ctx.stage and ctx.stage.allows else ()
    if not allowed or ctx.stage is None:
        return
    names = " or ".join(allowed)
    for at, action in ctx.plan.walk_actions():
        if action.status.printed and action.status not in allowed:
            message = f"{action.id} is {action.status}, but stage {ctx.stage.id} asks for {names}"
            help_text = f"set it to {allowed[0]} once that is so, or defer or withdraw the action"
            yield Finding((*at, "status"), message, help_text)


@rule("POA405", "baseline-missing", Severity.WARNING)
def baseline_missing(ctx: Context) -> Iterator[Finding]:
    """An earlier stage names a baseline that was never frozen.

    Without it nothing can be compared with that stage.

    Bad:
        # plan.yaml
        stage: day-2
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: lost
          - id: day-2
            date: 2017-12-05

    Good:
        # plan.yaml
        stage: day-1
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: not-yet-frozen
          - id: day-2
            date: 2017-12-05

    Cure:
        Freeze it with `poa baseline create NAME`, or take `baseline:` out of the stage.
    """
    ids = [stage.id for stage in ctx.plan.stages]
    current = ids.index(ctx.plan.stage) if ctx.plan.stage in ids else 0
    for index, stage in enumerate(ctx.plan.stages[:current]):
        if stage.baseline and stage.baseline not in ctx.baselines:
            message = f'stage {stage.id} names the baseline "{stage.baseline}", which is not there'
            help_text = f"freeze it with `poa baseline create {stage.baseline}`, or take the line out"
            yield Finding(("stages", index, "baseline"), message, help_text)


@rule("POA406", "stages-out-of-order")
def stages_out_of_order(ctx: Context) -> Iterator[Finding]:
    """A stage ends before the stage that is listed ahead of it.

    Bad:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-05
          - id: day-2
            date: 2017-12-04

    Good:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
          - id: day-2
            date: 2017-12-05

    Cure:
        List the stages in the order of their dates.
    """
    for index, (before, stage) in enumerate(zip(ctx.plan.stages, ctx.plan.stages[1:], strict=False), 1):
        if stage.date < before.date:
            message = f"stage {stage.id} ends on {stage.date}, before stage {before.id} ({before.date})"
            yield Finding(("stages", index, "date"), message, "list the stages in the order of their dates")


@rule("POA407", "reason-missing", Severity.WARNING)
def reason_missing(ctx: Context) -> Iterator[Finding]:
    """An action is withdrawn or deferred, and nothing says why.

    The annex lists it with its reason, so that nobody has to ask what became of it.

    Bad:
        # second action
        status: deferred

    Good:
        # second action
        status: deferred
        reason: The meeting had no time for it.

    Cure:
        Add a line under `reason:`.
    """
    for at, action in ctx.plan.walk_actions():
        if not action.status.printed and not action.reason:
            message = f"{action.id} is {action.status}, but nothing says why"
            yield Finding((*at, "status"), message, "add a line under `reason:`")


@rule("POA408", "reason-idle", Severity.WARNING)
def reason_idle(ctx: Context) -> Iterator[Finding]:
    """An action that stands in the body has a reason for being withdrawn or deferred.

    Perhaps it was taken up again and the reason left behind; no document would print it.

    Bad:
        # action
        status: draft
        reason: Overtaken by events.

    Good:
        # action
        status: withdrawn
        reason: Overtaken by events.

    Cure:
        Delete the reason, or set the status.
    """
    for at, action in ctx.plan.walk_actions():
        if action.reason and action.status.printed:
            message = f"{action.id} has a reason for being left out, but its status is {action.status}"
            yield Finding((*at, "reason"), message, "delete the reason, or set the status")


@rule("POA409", "repeated-baseline")
def repeated_baseline(ctx: Context) -> Iterator[Finding]:
    """Two stages name one baseline.

    A baseline froze the text of one stage; the other has another, or none yet.

    Bad:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: agreed
          - id: day-2
            date: 2017-12-05
            baseline: agreed

    Good:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
          - id: day-2
            date: 2017-12-05
            baseline: agreed

    Cure:
        Let each stage name a baseline of its own.
    """
    for index, first in repetitions(stage.baseline or None for stage in ctx.plan.stages):
        stage, other = ctx.plan.stages[index], ctx.plan.stages[first]
        if other.id != stage.id:
            message = f'the stages {other.id} and {stage.id} both name the baseline "{stage.baseline}"'
            yield Finding(("stages", index, "baseline"), message, "give each a baseline of its own")


@rule("POA410", "last-stage-open", Severity.INFORMATION)
def last_stage_open(ctx: Context) -> Iterator[Finding]:
    """The last stage allows brackets, so the plan could end without being agreed.

    Bad:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            allows:
              brackets: true

    Good:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            allows:
              brackets: true
          - id: day-2
            date: 2017-12-05

    Cure:
        Add the stage at which the text is agreed.
    """
    last = ctx.plan.stages[-1]
    if last.allows and last.allows.brackets:
        at = ("stages", len(ctx.plan.stages) - 1, "allows", "brackets")
        message = f"the last stage, {last.id}, lets words stand in brackets, which nobody agreed"
        yield Finding(at, message, "add the stage at which the text is agreed")


@rule("POA423", "provisional-at-stage", wants_frozen=True)
def provisional_at_stage(ctx: Context) -> Iterator[Finding]:
    """A stage gives a provisional baseline as its own.

    A provisional baseline froze a text on the way, which may still have lacked what its stage asks for. The
    text of a stage is frozen when nothing is lacking.

    Bad:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: on-the-way

    Good:
        # plan.yaml
        stages:
          - id: day-1
            date: 2017-12-04
            baseline: before

    Cure:
        Freeze the text of the stage with `poa baseline create NAME`, and name that.
    """
    for index, stage in enumerate(ctx.plan.stages):
        baseline = ctx.frozen.get(stage.baseline) if stage.baseline else None
        if baseline and baseline.provisional:
            message = f'stage {stage.id} gives "{baseline.name}" as its baseline, which is provisional'
            help_text = "freeze the text of the stage with `poa baseline create NAME`, and name that"
            yield Finding(("stages", index, "baseline"), message, help_text)
