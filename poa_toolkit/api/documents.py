"""Make the Word document of a version, and everything that a build holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from poa_toolkit.api.checking import InvalidPlanError, valid_plan, validate
from poa_toolkit.api.comparing import compare, describe, no_comparison
from poa_toolkit.write import diagnostics as diagnostics_writer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.model import Plan


def render(
    project: Path,
    *,
    version: str | None = None,
    template: bytes | None = None,
    when: datetime | None = None,
    today: date | None = None,
) -> bytes:
    """Give the Word document of a version, dated by `when` or else by its stage.

    `today` is the day by which waivers of poa.yaml end.

    Raises InvalidPlanError where the plan has errors, TemplateError where the template cannot be used.
    """
    return _word(valid_plan(project, version, today=today), template, when)


def _word(plan: Plan, template: bytes | None, when: datetime | None) -> bytes:
    from poa_toolkit.document.plan import plan as plan_document  # noqa: PLC0415 - only Word pays for it
    from poa_toolkit.word.render import render as render_word  # noqa: PLC0415 - heavy: docxtpl

    return render_word(plan_document(plan), template=template, when=when or _end_of_stage(plan))


def _end_of_stage(plan: Plan) -> datetime:
    """Give the first moment of the day on which the plan's stage ends."""
    stage = plan.current_stage() or plan.stages[-1]
    return datetime(stage.date.year, stage.date.month, stage.date.day, tzinfo=UTC)


BUILT = {
    "plan-of-action.docx": "the Word document of the plan",
    "changes.md": "what changed since the previous stage, to read on a pull request",
    "changes.txt": "the same, to read in a terminal",
    "changes.json": "the same, for other programs (schema/diff.schema.json)",
    "validation.json": "what the checks found (schema/diagnostics.schema.json)",
}
"""What a build holds, and what each file is; index.txt says the same."""


def build(project: Path, *, when: datetime | None = None, today: date | None = None) -> dict[str, bytes]:
    """Make every file of a build: name → bytes, index.txt the last. Dates as in `render`.

    Raises InvalidPlanError, before anything is made, where the plan has errors.
    """
    report = validate(project, today=today)
    if report.failed() or report.plan is None:
        raise InvalidPlanError(report)
    compared = compare(project)
    shown = {
        f"changes.{suffix}": describe(compared, form) if compared else "nothing to compare yet\n"
        for suffix, form in (("md", "markdown"), ("txt", "text"))
    }
    shown["changes.json"] = describe(compared, "json") if compared else no_comparison(report.label)
    shown["validation.json"] = diagnostics_writer.to_json(report.diagnostics, label=report.label)
    shown["index.txt"] = "".join(f"{name:<20} {words}\n" for name, words in BUILT.items())
    document = _word(report.plan, None, when)
    return {"plan-of-action.docx": document, **{name: text.encode("utf-8") for name, text in shown.items()}}
