"""Find what is wrong with a version of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.rule import Context, Rule
from poa_toolkit.check.run import chosen
from poa_toolkit.check.run import run as run_rules
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Diagnostic, Finding, Related, Severity
from poa_toolkit.errors import VersionError
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.source import versions
from poa_toolkit.source.base import Files
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from pathlib import Path

    from poa_toolkit.model import Baseline, Plan, Stage


class Report(NamedTuple):
    """What a validation found."""

    label: str
    plan: Plan | None
    """The plan, as far as it could be read."""
    diagnostics: tuple[Diagnostic, ...]
    """In the order of files and lines."""
    incomplete: bool = False
    """Whether some records could not be read, so that rules on the whole plan had to wait."""

    def count(self, severity: Severity) -> int:
        """Count the diagnostics of one severity."""
        return sum(1 for each in self.diagnostics if each.severity is severity)

    def failed(self, *, strict: bool = False) -> bool:
        """Say whether an error was found, or with `strict` a warning."""
        return bool(self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING)))


class InvalidPlanError(Exception):
    """A plan that a command needs has errors; they are in `report`."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.label} has errors")
        self.report = report


def validate(
    project: Path, *, version: str | None = None, stage: str | None = None, config: Config | None = None
) -> Report:
    """Find everything that is wrong with a version of the plan, in one run.

    `stage` checks for another stage than the plan names. Raises VersionError for an unknown version
    or stage, NoPlanError where there is no plan.
    """
    config = config or Config()
    loaded = read(project, version)
    found = [each for each in loaded.diagnostics if config.wants(each.code)]
    if loaded.plan is not None:
        rules = chosen(config)
        context = Context(
            plan=loaded.plan,
            trace=trace(loaded.plan),
            stage=_stage(loaded.plan, stage),
            broken=loaded.broken,
            lost=loaded.lost,
            baselines=versions.baseline_names(project),
            frozen=_frozen(project) if any(rule.wants_frozen for rule in rules) else {},
            reviews=loaded.reviews,
            endorsements=loaded.endorsements,
            amendments=loaded.amendments,
        )
        found += [_placed(loaded, rule, finding) for rule, finding in run_rules(context, rules)]
    found.sort(key=Diagnostic.sort_key)
    return Report(loaded.label, loaded.plan, tuple(found), incomplete=bool(loaded.broken or loaded.lost))


def read(project: Path, version: str | None) -> Loaded:
    """Load any version; a baseline comes without places, its alterations as diagnostics."""
    found = versions.read(project, version)
    if isinstance(found, Files):
        return load(found)
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON

    baseline, altered = baselines.read(found)
    return Loaded(found.label, baseline.plan if baseline else None, diagnostics=altered, path=found.path)


def _frozen(project: Path) -> dict[str, Baseline]:
    """Read the frozen versions that can be read, by name."""
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON

    read_all = (
        (name, baselines.read(versions.read_baseline(project, name))[0])
        for name in versions.baseline_names(project)
    )
    return {name: baseline for name, baseline in read_all if baseline is not None}


def _stage(plan: Plan, name: str | None) -> Stage | None:
    if name is None:
        return plan.current_stage()
    for stage in plan.stages:
        if stage.id == name:
            return stage
    known = ", ".join(stage.id for stage in plan.stages)
    raise VersionError(f'there is no stage "{name}" (there are: {known})')


def _placed(loaded: Loaded, rule: Rule, finding: Finding) -> Diagnostic:
    """Turn a finding's pointers into places of files."""
    return Diagnostic(
        rule.code,
        rule.severity,
        finding.message,
        loaded.locate(finding.at, key=finding.key),
        finding.help,
        tuple(Related(loaded.locate(at), message) for at, message in finding.related),
    )


def valid_plan(project: Path, version: str | None = None) -> Plan:
    """Give a version of the plan. Raises InvalidPlanError where it has errors."""
    report = validate(project, version=version)
    if report.failed() or report.plan is None:
        raise InvalidPlanError(report)
    return report.plan
