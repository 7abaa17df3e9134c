"""Say where a version of the text stands, for the chair of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.comparisons import consecutive
from poa_toolkit.api.printed import printed
from poa_toolkit.api.validate import InvalidPlanError, astray, read, validate
from poa_toolkit.check.follow_up import follow_up
from poa_toolkit.check.plan_status import TextStatus, status_of
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Severity
from poa_toolkit.document import pictures
from poa_toolkit.document.plan import citation_context
from poa_toolkit.document.status_report import status as laid_out
from poa_toolkit.load.plan import Loaded
from poa_toolkit.model import digests
from poa_toolkit.write import status as writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Document, Part
    from poa_toolkit.model import Plan


class Found(NamedTuple):
    """Where a version stands."""

    label: str
    version: str | None
    """How it was named; None for the working tree."""
    project: Path
    loaded: Loaded
    plan: Plan
    status: TextStatus
    blocking: dict[str, tuple[Diagnostic, ...]]
    """By stage, its own and the next, the errors that keep the text from it."""


def status(project: Path, version: str | Loaded | None = None, *, today: date | None = None) -> Found:
    """Return where a version stands, by its name or as it was read.

    `today` is the day by which waivers of poa.yaml end and targets are late.
    Raises VersionError for an unknown version, InvalidPlanError where plan.yaml cannot be read.
    """
    loaded = version if isinstance(version, Loaded) else read(project, version)
    if loaded.plan is None:
        raise InvalidPlanError(validate(project, version=loaded, today=today))
    blocking = {stage: _errors(project, loaded, stage, today) for stage in _stages(loaded.plan)}
    lost = astray(project, loaded.plan, loaded.amendments)
    # a frozen version holds nothing of what was reported since
    followed = (
        None if loaded.baseline else follow_up(loaded.plan, loaded.progress, loaded.endorsements, today)
    )
    text = status_of(loaded.plan, loaded.amendments, lost, followed)
    name = version if isinstance(version, str) else None
    return Found(loaded.label, name, project, loaded, loaded.plan, text, blocking)


def _stages(plan: Plan) -> tuple[str, ...]:
    """Return the stage the plan is at and the one after it."""
    names = [stage.id for stage in plan.stages]
    if plan.stage not in names:
        return tuple(names[:1])
    at = names.index(plan.stage)
    return tuple(names[at : at + 2])


def _errors(project: Path, loaded: Loaded, stage: str, today: date | None) -> tuple[Diagnostic, ...]:
    report = validate(project, version=loaded, stage=stage, config=Config(errors_only=True), today=today)
    return tuple(each for each in report.diagnostics if each.severity is Severity.ERROR)


def describe(found: Found, form: str, *, colour: bool = False) -> str:
    """Print where a version stands as ``text``, ``markdown``, ``html`` or ``json``; a page has pictures."""
    if form == "json":
        digest = digests.text(found.plan)
        return writer.to_json(found.plan, found.status, found.blocking, label=found.label, digest=digest)
    document = with_pictures(found) if form == "html" else report(found)
    return printed(document, form, colour=colour)


def report(found: Found, besides: Part | None = None) -> Document:
    """Lay out where a version stands for a reader, and what is shown besides."""
    return laid_out(
        found.plan,
        found.status,
        found.blocking,
        label=found.label,
        version=found.version,
        digest=digests.text(found.plan),
        pictures=besides,
    )


def with_pictures(found: Found, comparisons: Sequence[Comparison] | None = None) -> Document:
    """Lay out the same with what the plan covers, what changed when and what became of amendments.

    `comparisons` are those of the versions of its stages, where they are known already.
    """
    if comparisons is None:
        comparisons = consecutive(found.project, found.loaded)
    context = citation_context(found.plan)
    tables = pictures.every_table(context, comparisons, found.loaded.amendments)
    return report(found, pictures.part_of(tables))
