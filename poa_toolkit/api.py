"""The use cases: what each command does, without its words on a screen.

The one floor that joins the rest. Nothing here prints or exits; what cannot be done is a PoaError.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit import manual
from poa_toolkit.check.rule import Context, Rule
from poa_toolkit.check.run import RULES
from poa_toolkit.check.run import run as run_rules
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Diagnostic, Finding, Related, Severity
from poa_toolkit.errors import VersionError
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.model import Baseline, Plan, Stage
from poa_toolkit.source import versions
from poa_toolkit.source.base import Files
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from poa_toolkit.diff.change import Comparison


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


# --- validate ---------------------------------------------------------------------------------


def validate(
    project: Path, *, version: str | None = None, stage: str | None = None, config: Config | None = None
) -> Report:
    """Find everything that is wrong with a version of the plan, in one run.

    `stage` checks for another stage than the plan names. Raises VersionError for an unknown version
    or stage, NoPlanError where there is no plan.
    """
    config = config or Config()
    loaded = _load(project, version)
    found = [each for each in loaded.diagnostics if config.wants(each.code)]
    if loaded.plan is not None:
        context = Context(
            plan=loaded.plan,
            trace=trace(loaded.plan),
            stage=_stage(loaded.plan, stage),
            broken=loaded.broken,
            lost=loaded.lost,
            baselines=versions.baseline_names(project),
        )
        found += [_placed(loaded, rule, finding) for rule, finding in run_rules(context, config)]
    found.sort(key=Diagnostic.sort_key)
    return Report(loaded.label, loaded.plan, tuple(found), incomplete=bool(loaded.broken or loaded.lost))


def _load(project: Path, version: str | None) -> Loaded:
    """Load any version; a baseline comes without places, its alterations as diagnostics."""
    found = versions.read(project, version)
    if isinstance(found, Files):
        return load(found)
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON

    baseline, altered = baselines.read(found)
    return Loaded(found.label, baseline.plan if baseline else None, diagnostics=altered, path=found.path)


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


# --- explain, schema --------------------------------------------------------------------------


def pages() -> tuple[manual.Page, ...]:
    """Give the manual page of every code, in the order of the codes."""
    from poa_toolkit.load import pages as reading  # noqa: PLC0415 - only manuals need them

    found = [*reading.pages(), *(rule.page() for rule in RULES)]
    return tuple(sorted(found, key=lambda page: page.code))


def schemas() -> dict[str, str]:
    """Give every JSON Schema of the project: file name → text."""
    from poa_toolkit import outputs, schema  # noqa: PLC0415 - reads sources, only for editors

    printed = {"diagnostics": outputs.DIAGNOSTICS, "diff": outputs.DIFF}
    return {
        **schema.schemas(),
        **{f"{name}.schema.json": schema.to_text(name, body) for name, body in printed.items()},
    }


# --- baselines --------------------------------------------------------------------------------


def freeze(project: Path, name: str) -> tuple[Baseline, str]:
    """Make a baseline of the working tree, dated by its stage: the record, and the text of its file.

    Raises InvalidPlanError where the plan has errors, VersionError where the name is taken or cannot
    be one.
    """
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON
    from poa_toolkit.model import digests  # noqa: PLC0415 - only frozen versions need them

    plan = valid_plan(project)
    if name in versions.baseline_names(project):
        raise VersionError(f'there is a baseline "{name}" already; a frozen version is never overwritten')
    stage = plan.current_stage()
    if stage is None or not versions.is_baseline_name(name):
        raise VersionError(f'"{name}" cannot name a baseline: use letters, digits and hyphens')
    baseline = Baseline(
        name=name,
        stage=stage.id,
        date=stage.date,
        digest=digests.whole(plan),
        text_digest=digests.text(plan),
        digests=digests.records(plan),
        plan=plan,
    )
    return baseline, baselines.to_text(baseline)


def frozen(project: Path) -> tuple[tuple[str, Baseline | None, tuple[Diagnostic, ...]], ...]:
    """Read and verify every baseline: its name, the record where it can be read, what was altered."""
    from poa_toolkit.load import baseline as baselines  # noqa: PLC0415 - the working tree needs no JSON

    found = []
    for name in versions.baseline_names(project):
        baseline, altered = baselines.read(versions.read_baseline(project, name))
        found.append((name, baseline, altered))
    return tuple(found)


# --- diff -------------------------------------------------------------------------------------


class Compared(NamedTuple):
    """Two versions of a plan, and all that differs between them."""

    old: Loaded
    new: Loaded
    comparison: Comparison


def compare(project: Path, old: str | None = None, new: str | None = None) -> Compared | None:
    """Compare two versions; by default the previous stage's baseline with the working tree.

    None where no earlier stage has a baseline yet. Raises VersionError for an unknown version,
    InvalidPlanError where one of the two cannot be read.
    """
    from poa_toolkit.diff.compare import compare as compare_plans  # noqa: PLC0415 - only diffs pay for it
    from poa_toolkit.model import digests  # noqa: PLC0415 - only frozen versions need them

    new_loaded, new_plan = _readable(project, new)
    if old is None:
        previous = new_plan.previous_stage(new_plan.stage)
        if previous is None or previous.baseline is None:
            return None
        old = f"baseline:{previous.baseline}"
    old_loaded, old_plan = _readable(project, old)
    comparison = compare_plans(
        old_plan,
        new_plan,
        old_label=old_loaded.label,
        new_label=new_loaded.label,
        digests=(digests.text(old_plan), digests.text(new_plan)),
    )
    return Compared(old_loaded, new_loaded, comparison)


def _readable(project: Path, version: str | None) -> tuple[Loaded, Plan]:
    """Give a version whose every record can be read, right or wrong; a diff must tell the truth."""
    loaded = _load(project, version)
    if loaded.plan is None or loaded.diagnostics:
        raise InvalidPlanError(Report(loaded.label, loaded.plan, loaded.diagnostics))
    return loaded, loaded.plan


def describe(compared: Compared, form: str, *, colour: bool = False) -> str:
    """Print a comparison as ``text``, ``markdown`` or ``json``."""
    from poa_toolkit.document.changes import changes  # noqa: PLC0415 - only diffs pay for it
    from poa_toolkit.write import comparison, markdown, terminal  # noqa: PLC0415 - only diffs pay for it

    if form == "json":
        return comparison.to_json(compared.comparison, compared.old.locate, compared.new.locate)
    if compared.new.plan is None:
        raise InvalidPlanError(Report(compared.new.label, None, compared.new.diagnostics))
    report = changes(compared.comparison, compared.new.plan)
    return markdown.document(report) if form == "markdown" else terminal.document(report, colour=colour)


# --- Word -------------------------------------------------------------------------------------


def render(
    project: Path, *, version: str | None = None, template: bytes | None = None, when: datetime | None = None
) -> bytes:
    """Give the Word document of a version, dated by `when` or else by its stage.

    Raises InvalidPlanError where the plan has errors, TemplateError where the template cannot be used.
    """
    return _word(valid_plan(project, version), template, when)


def _word(plan: Plan, template: bytes | None, when: datetime | None) -> bytes:
    from poa_toolkit.document.plan import plan as plan_document  # noqa: PLC0415 - only Word pays for it
    from poa_toolkit.word.render import render as render_word  # noqa: PLC0415 - heavy: docxtpl

    return render_word(plan_document(plan), template=template, when=when or _end_of_stage(plan))


def _end_of_stage(plan: Plan) -> datetime:
    """Give the first moment of the day on which the plan's stage ends."""
    stage = plan.current_stage() or plan.stages[-1]
    return datetime(stage.date.year, stage.date.month, stage.date.day, tzinfo=UTC)


# --- build ------------------------------------------------------------------------------------

BUILT = {
    "plan-of-action.docx": "the Word document of the plan",
    "changes.md": "what changed since the previous stage, to read on a pull request",
    "changes.txt": "the same, to read in a terminal",
    "changes.json": "the same, for other programs (schema/diff.schema.json)",
    "validation.json": "what the checks found (schema/diagnostics.schema.json)",
}
"""What a build holds, and what each file is; index.txt says the same."""


def build(project: Path, *, when: datetime | None = None) -> dict[str, bytes]:
    """Make every file of a build: name → bytes, index.txt the last.

    Raises InvalidPlanError, before anything is made, where the plan has errors.
    """
    from poa_toolkit.write import diagnostics as diagnostics_writer  # noqa: PLC0415 - only builds write them

    report = validate(project)
    if report.failed() or report.plan is None:
        raise InvalidPlanError(report)
    compared = compare(project)
    shown = {
        f"changes.{suffix}": describe(compared, form) if compared else "nothing to compare yet\n"
        for suffix, form in (("md", "markdown"), ("txt", "text"))
    }
    shown["changes.json"] = describe(compared, "json") if compared else "{}\n"
    shown["validation.json"] = diagnostics_writer.to_json(report.diagnostics, label=report.label)
    shown["index.txt"] = "".join(f"{name:<20} {words}\n" for name, words in BUILT.items())
    document = _word(report.plan, None, when)
    return {"plan-of-action.docx": document, **{name: text.encode("utf-8") for name, text in shown.items()}}
