"""Make the Word document of a version, and everything that a build holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.endorsement_record import EndorsementRecord, is_withheld, on_record
from poa_toolkit.api import template as template_api
from poa_toolkit.api.pages import Wanted, with_pages
from poa_toolkit.api.template import Filled
from poa_toolkit.api.validate import InvalidPlanError, printable, read, validate
from poa_toolkit.load.plan import Loaded, let_go
from poa_toolkit.model import House
from poa_toolkit.write import findings as diagnostics_writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.api.diff import Compared
    from poa_toolkit.api.room import Chosen, Wish
    from poa_toolkit.api.template import Template
    from poa_toolkit.check.rulebook import Lacking
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Document, Layout, Marks
    from poa_toolkit.model import Amendment, Plan


class Looks(NamedTuple):
    """How a document is to look, where it is not as the plan and the project say."""

    template: Template | None = None
    """A Word file of one's own; by default that of the project, where it has one."""
    style: House | None = None
    """The house style; only words that the toolkit makes change."""
    since: str | None = None
    """An older version: what changed since then is marked."""
    marks: Marks | None = None
    """How it is marked; by default as tracked changes."""
    layout: Layout | None = None
    """What it is printed for; by default to be read."""
    amendments: Wish | None = None
    """The amendments that are printed into the text, as changes to be accepted or rejected."""
    pages: Wanted = Wanted.NEVER
    """Whether its contents show pages."""


SPECIMEN = Path(__file__).parents[1] / "specimen"
"""A project of made-up words, marked as such, which has one of everything that a template can print."""


def previous(project: Path) -> str | None:
    """Return the baseline of the previous stage, as a version to compare with; None where there is none."""
    plan = read(project, None).plan
    name = plan.previous_baseline() if plan else None
    return f"baseline:{name}" if name else None


def house(project: Path) -> House:
    """Return the house style of a plan; that which plans have by default, where it cannot be read."""
    plan = read(project, None).plan
    return plan.style if plan else House.UN


def render(
    project: Path,
    *,
    version: str | None = None,
    looks: Looks | None = None,
    when: datetime | None = None,
    today: date | None = None,
) -> Filled:
    """Return the Word document of a version, dated by `when` or else by its stage.

    `today` is the day by which waivers of poa.yaml end.

    What the text still lacks for its stage stands on the cover. Raises InvalidPlanError where the plan is
    unsound, or the older version cannot be read; InvalidTemplateError where the template has errors;
    as `api.room.chosen` and `Chosen.printed` where amendments are asked for.
    """
    looks = looks or Looks()
    found = _read(project, version, looks, today)
    let_go()  # what follows wants the room of the files
    document, left_out = _laid_out(found, looks)
    end, remarks = end_of_stage(found.plan), (*_remarks(found), *left_out)
    del found
    template = looks.template or template_api.of_project(project)
    made = _word(document, template, when or end)
    paged = with_pages((made.content,), looks.pages, when or end)
    remarks += (*_without_place(made, looks), *paged.remarks)
    return Filled(paged.files[0], made.warnings, remarks, paged.by)


def _without_place(made: Filled, looks: Looks) -> Iterator[str]:
    """Tell of the amendments for whose words the template has no place."""
    if looks.amendments:
        from poa_toolkit.word.writer.render import without_place  # noqa: PLC0415 - heavy: docxtpl

        for name in sorted(without_place(made.content)):
            yield f"{name} is not printed whole: the template has no place for its words"


def clean(
    project: Path, loaded: Loaded, *, version: str = "", today: date | None = None
) -> tuple[Document, Plan]:
    """Lay out a version that has been read, without marks, and return it with its plan.

    `version` is how its cover calls it. Raises InvalidPlanError where the plan is unsound.
    """
    plan, lacks = printable(project, loaded, today=today)
    found = _Printable(plan, _on_record(project, loaded, plan, lacks), version)
    return _laid_out(found, Looks())[0], plan


class _Printable(NamedTuple):
    """What a document is made of; the files that it was read from can be let go."""

    plan: Plan
    record: EndorsementRecord
    version: str = ""
    """The name of the version; empty for the working tree."""
    difference: _Difference | None = None
    chosen: Chosen | None = None
    """The amendments that are printed into it."""


class _Difference(NamedTuple):
    """What a redline is made of besides the new version."""

    old: Plan
    comparison: Comparison
    adopted: tuple[Amendment, ...]


def _difference(compared: Compared) -> _Difference:
    return _Difference(compared.old_plan, compared.comparison, compared.adopted)


def _read(project: Path, version: str | None, looks: Looks, today: date | None) -> _Printable:
    """Read a version, and where it is to be a redline the older one."""
    loaded = read(project, version)
    plan, lacks = printable(project, loaded, today=today)
    if looks.style:
        plan = plan.model_copy(update={"style": looks.style})
    found = _Printable(plan, _on_record(project, loaded, plan, lacks), version or "")
    if looks.amendments:
        from poa_toolkit.api import room  # noqa: PLC0415 - only the room asks for them

        return found._replace(chosen=room.chosen(project, loaded, plan, looks.amendments))
    if looks.since is None:
        return found
    from poa_toolkit.api import diff  # noqa: PLC0415 - only a redline compares

    return found._replace(difference=_difference(diff.since(project, looks.since, loaded)))


def _laid_out(found: _Printable, looks: Looks) -> tuple[Document, tuple[str, ...]]:
    """Lay out a version as it is printed; the lines tell of what cannot be."""
    from poa_toolkit.document.plan import plan as plan_document  # noqa: PLC0415 - only Word pays for it

    left_out: tuple[str, ...] = ()
    if found.difference is None:
        document = plan_document(found.plan, version=found.version, record=found.record)
        if found.chosen:
            made = found.chosen.printed(document)
            document = made.document
            left_out = tuple(f"{name} is not printed: {why}" for name, why in made.left_out)
    else:
        document = _redline(found, found.difference, looks.marks)
    return replace(document, layout=looks.layout) if looks.layout else document, left_out


def _remarks(found: _Printable) -> tuple[str, ...]:
    """Return what is to be known of a text that is printed, a line each."""
    from poa_toolkit.document.lacking import in_full  # noqa: PLC0415 - only what is printed pays for it

    plan, record = found.plan, found.record
    lacks = in_full(record.lacking, plan)
    remarks = [f"the text lacks what stage {plan.stage} asks for. {lacks}"] if lacks else []
    if is_withheld(plan, record):
        remarks.append(
            "the cover leaves out the notice of plan.yaml, which speaks of no stage, for the text was "
            f"endorsed; give stage {plan.stage} a `notice:` of its own"
        )
    return tuple(remarks)


def _on_record(project: Path, loaded: Loaded, plan: Plan, lacks: tuple[Lacking, ...]) -> EndorsementRecord:
    """Return what is on record of a version: a baseline does not hold what was written after the freeze."""
    holder = loaded if loaded.trees else read(project, None)
    stages = holder.plan.stages if holder.plan else ()
    notice = next((each.notice for each in stages if each.id == plan.stage), None)
    record = on_record(plan, holder.endorsements, holder.amendments)
    return record._replace(lacking=lacks, notice=notice or "")


def notice(project: Path, text: str) -> str:
    """Return which notice the cover of an endorsed text prints, for somebody to look at."""
    plan = read(project, None).plan
    stage = next((each for each in plan.stages if each.baseline == text), None) if plan else None
    if plan is None or stage is None:
        return f'no stage names the baseline "{text}", so no cover says that it is endorsed'
    if stage.notice:
        return f'see whether the notice of stage {stage.id} still holds: "{stage.notice}"'
    if plan.notice:
        return (
            f"the cover leaves out the notice of plan.yaml now; give stage {stage.id} a `notice:` that holds "
            "for an endorsed text"
        )
    return f"stage {stage.id} has no notice; give it a `notice:` if its cover is to print one"


def _redline(found: _Printable, difference: _Difference, marks: Marks | None = None) -> Document:
    """Lay out a comparison as a redline; what is found is the new version, in the style it is printed in."""
    from poa_toolkit.document.blocks import Marks  # noqa: PLC0415 - only a redline pays for it
    from poa_toolkit.document.redline import redline, visual  # noqa: PLC0415 - only a redline pays for it

    document = redline(
        difference.old.model_copy(update={"style": found.plan.style}),
        found.plan,
        difference.comparison,
        amendments=difference.adopted,
        version=found.version,
        record=found.record,
    )
    return visual(document) if marks is Marks.STRUCK else document


def _word(document: Document, template: Template | None, dated: datetime) -> Filled:
    from poa_toolkit.word.writer.render import render as render_word  # noqa: PLC0415 - heavy: docxtpl

    if template:
        return template_api.fill(template, document, dated)
    return Filled(render_word(document, when=dated))


def pdf(docx: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Make a PDF of a Word file, for those too who have it read aloud; and say what keeps it from that.

    Raises PoaError where LibreOffice is not there, or makes none.
    """
    from poa_toolkit.word.writer import pdf as maker  # noqa: PLC0415 - only a PDF pays for it

    made = maker.to_pdf(docx)
    return made, tuple(maker.findings(made))


def digest(file: bytes) -> str:
    """Return the digest of what a Word file holds, the same wherever it was made."""
    from poa_toolkit.word.writer.render import digest as digest_of_word  # noqa: PLC0415 - heavy: docxtpl

    return digest_of_word(file)


def comparison_table(compared: Compared, *, when: datetime | None = None) -> bytes:
    """Return a comparison as a Word file: a table of the old words, the new ones, what changed and why.

    It bears the date `when`, or else that of the stage of the new version.
    """
    from poa_toolkit.api.diff import report  # noqa: PLC0415 - only a comparison pays for it
    from poa_toolkit.word.writer.report import render_comparison  # noqa: PLC0415 - heavy: docx

    return render_comparison(report(compared), when=when or end_of_stage(compared.plan))


def end_of_stage(plan: Plan) -> datetime:
    """Return the first moment of the day on which the plan's stage ends."""
    stage = plan.current_stage() or plan.stages[-1]
    return datetime(stage.date.year, stage.date.month, stage.date.day, tzinfo=UTC)


BUILT = {
    "plan-of-action.docx": "the Word document of the plan",
    "redline.docx": "the same, with what changed since the previous stage as tracked changes",
    "changes.html": "what changed since the previous stage, to read in a browser",
    "changes.md": "the same, to read on a pull request",
    "changes.txt": "the same, to read in a terminal",
    "changes.json": "the same, for other programs (schema/diff.schema.json)",
    "validation.json": "what the checks found (schema/diagnostics.schema.json)",
}
"""What a build holds, and what each file is; index.txt says the same."""


_CHANGES = {"html": "html", "md": "markdown", "txt": "text", "json": "json"}
"""The suffix of each file of changes, and its format."""


class Built(NamedTuple):
    """What a build makes."""

    files: dict[str, bytes]
    """Name → bytes, index.txt the last."""
    warnings: tuple[Diagnostic, ...] = ()
    """What is odd about the project's own template."""
    remarks: tuple[str, ...] = ()
    """What is to be known of the text, a line each: what it still lacks for its stage."""


def build(
    project: Path,
    *,
    when: datetime | None = None,
    today: date | None = None,
    pages: Wanted = Wanted.NEVER,
) -> Built:
    """Make every file of a build. Dates, template and pages as in `render`, and what is lacking.

    Raises InvalidPlanError or InvalidTemplateError, before anything is made.
    """
    from poa_toolkit.api import diff  # noqa: PLC0415 - a build compares
    from poa_toolkit.document.lacking import lines  # noqa: PLC0415 - with the comparison

    loaded = read(project, None)
    report = validate(project, version=loaded, today=today)
    if report.faults or report.plan is None:
        raise InvalidPlanError(report._replace(diagnostics=report.faults))
    compared, lacks = diff.compare(project, new=loaded, today=today), lines(report.lacking, report.plan)
    laid_out = diff.report(compared) if compared else None
    shown = {
        f"changes.{suffix}": (
            diff.describe(compared, form, laid_out=laid_out)
            if compared
            else diff.no_comparison(report.label, form, lacks)
        )
        for suffix, form in _CHANGES.items()
    }
    shown["validation.json"] = diagnostics_writer.to_json(report.diagnostics, label=report.label)
    found = _Printable(report.plan, _on_record(project, loaded, report.plan, report.lacking))
    documents = _documents(project, found, compared, when)
    paged = with_pages(tuple(documents.files.values()), pages, when or end_of_stage(report.plan))
    shown["index.txt"] = "".join(f"{name:<20} {words}\n" for name, words in _index(paged.by))
    texts = {name: text.encode("utf-8") for name, text in shown.items()}
    files = dict(zip(documents.files, paged.files, strict=True))
    return Built({**files, **texts}, documents.warnings, (*_remarks(found), *paged.remarks))


def _index(laid_out_by: str) -> Iterator[tuple[str, str]]:
    """Return what a build holds, and who laid out its pages."""
    yield from BUILT.items()
    if laid_out_by:
        yield "(pages)", f"in the contents of the Word documents as {laid_out_by} lays them out"


def _documents(project: Path, found: _Printable, compared: Compared | None, when: datetime | None) -> Built:
    """Make the Word files of a build; with nothing to compare the redline is clean."""
    template, dated = template_api.of_project(project), when or end_of_stage(found.plan)
    document, _ = _laid_out(found, Looks())
    clean = _word(document, template, dated)
    marked = _word(_redline(found, _difference(compared)), template, dated) if compared else clean
    return Built({"plan-of-action.docx": clean.content, "redline.docx": marked.content}, clean.warnings)
