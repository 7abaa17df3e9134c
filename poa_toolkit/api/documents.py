"""Make the Word document of a version, and everything that a build holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api import templates
from poa_toolkit.api.checking import InvalidPlanError, valid_plan, validate
from poa_toolkit.api.comparing import compare, describe, no_comparison
from poa_toolkit.api.templates import Filled
from poa_toolkit.write import diagnostics as diagnostics_writer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.api.templates import Template
    from poa_toolkit.model import House, Plan


class Looks(NamedTuple):
    """How a document is to look, where it is not as the plan and the project say."""

    template: Template | None = None
    """A Word file of one's own; by default that of the project, where it has one."""
    style: House | None = None
    """The house style; only words that the toolkit makes change."""


def render(
    project: Path,
    *,
    version: str | None = None,
    looks: Looks | None = None,
    when: datetime | None = None,
    today: date | None = None,
) -> Filled:
    """Give the Word document of a version, dated by `when` or else by its stage.

    `today` is the day by which waivers of poa.yaml end.

    Raises InvalidPlanError where the plan has errors, InvalidTemplateError where the template has.
    """
    plan = valid_plan(project, version, today=today)
    looks = looks or Looks()
    if looks.style:
        plan = plan.model_copy(update={"style": looks.style})
    return _word(plan, looks.template or templates.of_project(project), when)


def lay_out(plan: Plan, project: Path) -> Filled:
    """Give the Word document of a plan that was validated before, with the template of the project.

    Raises InvalidTemplateError where the template has errors.
    """
    return _word(plan, templates.of_project(project), None)


def _word(plan: Plan, template: Template | None, when: datetime | None) -> Filled:
    from poa_toolkit.document.plan import plan as plan_document  # noqa: PLC0415 - only Word pays for it
    from poa_toolkit.word.render import render as render_word  # noqa: PLC0415 - heavy: docxtpl

    document, dated = plan_document(plan), when or _end_of_stage(plan)
    if template:
        return templates.fill(template, document, dated)
    return Filled(render_word(document, when=dated))


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
    """Make every file of a build: name → bytes, index.txt the last. Dates and template as in `render`.

    Raises InvalidPlanError or InvalidTemplateError, before anything is made.
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
    document = _word(report.plan, templates.of_project(project), when)
    return {
        "plan-of-action.docx": document.content,
        **{name: text.encode("utf-8") for name, text in shown.items()},
    }
