"""POA4xx: what the stage of the plan demands of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Allows
from poa_toolkit.text import brackets

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("POA402", "bracket-left")
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
    unprinted = {action.id for _, action in ctx.plan.walk_actions() if not action.status.printed}
    inside = ""
    for at, record in ctx.plan.walk_texts():
        if "points" not in at:
            inside = record.id
        if "[" not in record.text or inside in unprinted:
            continue
        try:
            left = sum(1 for _ in brackets.walk(brackets.parse(record.text, ctx.trace.holders)))
        except brackets.BracketError:
            continue
        if left:
            what = "a bracket is" if left == 1 else f"{left} brackets are"
            message = f"{what} left in {record.id}, but stage {stage.id} allows none"
            yield Finding((*at, "text"), message, "write what was agreed, without brackets")


@rule("POA403", "status-below-stage")
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
            yield Finding(
                (*at, "status"), message, f"set it to {allowed[0]}, or defer or withdraw the action"
            )


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
