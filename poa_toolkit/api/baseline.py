"""Freeze versions of the plan, and prove that they are as they were frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.api.validate import DEPARTURES, printable, read, readable_baselines, valid_plan, validate
from poa_toolkit.check.changed_since_freeze import departures, frozen_here, that_count
from poa_toolkit.config import Config
from poa_toolkit.errors import VersionError
from poa_toolkit.load import baseline as baselines
from poa_toolkit.model import Baseline, digests
from poa_toolkit.source import versions
from poa_toolkit.text import valid_names

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan


def freeze(project: Path, name: str, *, today: date | None = None) -> tuple[Baseline, str]:
    """Make a baseline of the working tree, dated by its stage: the record, and the text of its file.

    `today` is the day by which waivers of poa.yaml end.

    Raises InvalidPlanError where the plan has errors, or lacks something for its stage; VersionError
    where the name is taken or cannot be one.
    """
    loaded = read(project, None)
    return _frozen(project, name, loaded, valid_plan(project, loaded, today=today))


def freeze_provisionally(project: Path, name: str, *, today: date | None = None) -> tuple[Baseline, str]:
    """Make a baseline of the working tree as it is, whatever it still lacks for its stage.

    It is marked as provisional, and its name is none that a stage gives as its baseline. Raises as
    `freeze`, but for what is lacking.
    """
    loaded = read(project, None)
    plan, _ = printable(project, loaded, today=today)
    for stage in plan.stages:
        if stage.baseline and stage.baseline.lower() == name.lower():
            raise VersionError(
                f'stage {stage.id} names its baseline "{name}"; give a provisional one a name of its own'
            )
    return _frozen(project, name, loaded, plan, provisional=True)


def _frozen(
    project: Path, name: str, loaded: Loaded, plan: Plan, *, provisional: bool = False
) -> tuple[Baseline, str]:
    if name.lower() in {each.lower() for each in versions.baseline_names(project)}:
        raise VersionError(f'there is a baseline "{name}" already; a frozen version is never overwritten')
    if why := valid_names.fault(name):
        raise VersionError(f'"{name}" cannot name a baseline: {why}')
    stage = plan.current_stage()
    if stage is None:
        raise VersionError("the plan names no stage of its own, by which a baseline is dated")
    content = digests.Content(plan)
    baseline = Baseline(
        name=name,
        stage=stage.id,
        date=stage.date,
        provisional=provisional,
        digest=content.whole(provisional=provisional),
        text_digest=digests.text(plan),
        text_digest_version=digests.TEXT_VERSION,
        amendments=tuple(each.id for each in loaded.amendments if each.is_adopted),
        digests=content.records(),
        plan=plan,
    )
    return baseline, baselines.to_text(baseline)


Frozen: TypeAlias = "tuple[str, Baseline | None, tuple[Diagnostic, ...]]"
"""The name of a baseline, the record where it can be read, and what was altered."""


def frozen(project: Path) -> tuple[Frozen, ...]:
    """Read and verify every baseline: its name, the record where it can be read, what was altered."""
    return tuple((each.label, *baselines.read(each)) for each in versions.read_baselines(project))


class FrozenState(NamedTuple):
    """Whether the working tree still says what was frozen at its stage."""

    stage: str
    baseline: str
    same: bool
    """Whether it is the same text, word for word."""
    found: tuple[Diagnostic, ...]
    """Its diagnostics, as poa.yaml weighs them."""
    is_explained: bool
    """Whether every difference is one that adopted amendments made, and nothing else."""
    whole: bool
    """Whether the working tree can be read whole, so that this can be told."""


def kept(project: Path, *, today: date | None = None) -> FrozenState | None:
    """Compare the working tree with the baseline of its stage, by the digests of their texts.

    None where its stage is not frozen, or one of the two cannot be read.
    """
    loaded = read(project, None)
    stage = loaded.plan.current_stage() if loaded.plan is not None else None
    baseline = frozen_here(stage, readable_baselines(project), loaded.endorsements)
    if loaded.plan is None or stage is None or baseline is None:
        return None
    same = digests.text(loaded.plan) == digests.text(baseline.plan)
    is_endorsed = any(each.text == baseline.name for each in loaded.endorsements)
    counted = that_count(loaded.amendments, is_endorsed=is_endorsed)
    explained = same or not any(departures(baseline.plan, loaded.plan, counted))
    report = validate(project, version=loaded, config=Config(select=DEPARTURES), today=today)
    found = tuple(each for each in report.diagnostics if each.code in DEPARTURES)
    return FrozenState(stage.id, baseline.name, same, found, explained, whole=not report.incomplete)
