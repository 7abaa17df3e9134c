"""`poa validate`: everything that is wrong with the plan."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import validate
from poa_toolkit.cli.common import deliver, output_option, project_of, refusing, today, use_colour
from poa_toolkit.cli.max_findings import all_by, as_text, asked, max_option, most
from poa_toolkit.config import Config
from poa_toolkit.write import diagnostics as writer
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Diagnostic

FORMATS = ("auto", "text", "json", "sarif", "github", "junit")


@click.command("validate")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="How to print; auto is github in a run of GitHub Actions, else text.",
)
@click.option("--version", "version", metavar="VERSION", help="A baseline, git revision or folder instead.")
@click.option("--stage", metavar="STAGE", help="Check for this stage instead of the plan's own.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--select", multiple=True, metavar="CODE", help="Only this code or family, such as POA2.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not this code or family.")
@click.option("--fix", "fixing", is_flag=True, help="Mend first what can be mended safely.")
@max_option
@click.option("--diff", is_flag=True, help="With --fix: show what would be mended, and change nothing.")
@output_option
@refusing("nothing was mended")
def command(  # noqa: PLR0913 - one parameter an option
    form: str,
    version: str | None,
    stage: str | None,
    *,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fixing: bool,
    diff: bool,
    output: Path | None,
) -> int:
    """Find everything that is wrong with the plan, each with its place and its cure.

    As text and as annotations 100 findings are printed, and the others counted, unless --max says
    otherwise; the formats for programs hold all. Whatever is printed, the last line counts all.

    Exit status 1 when there is an error (with --strict, a warning too); with --fix --diff, when
    something would be mended.
    """
    if diff and not fixing:
        raise click.UsageError("--diff shows what --fix would change; say both")
    if fixing and version is not None:
        raise click.UsageError("--fix mends the working tree, no other version")
    project = project_of()
    config = Config(_codes(select), _codes(ignore))
    if fixing:
        shown = _mended(project, config, only_show=diff)
        if diff:
            deliver(shown, output)
            return 1 if shown else 0
    report = validate.validate(project, version=version, stage=stage, config=config, today=today())
    if version is None and report.may_be_mended:
        from poa_toolkit.api import fix  # noqa: PLC0415 - only where there may be something to mend

        report = fix.telling(project, report, stage=stage, config=config, today=today())
    if form == "auto":
        # what stands in a file is no annotation of anything
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" and output is None else "text"
    deliver(_printed(report, form, project, colour=use_colour(output)), output)
    if form == "github":
        _summarize(report, project)
    return 1 if report.failed(strict=strict) else 0


def _mended(project: Path, config: Config, *, only_show: bool) -> str:
    """Mend what can be mended safely, or only find it; say how much; the differences."""
    from poa_toolkit.api import fix  # noqa: PLC0415 - only --fix edits

    result = fix.fix(project, only_show=only_show, config=config, today=today())
    what = "1 finding" if result.fixed == 1 else f"{result.fixed} findings"
    click.echo(f"{what} {'would be mended' if only_show else 'mended'}", err=True)
    lines = "".join(result.diffs.values()).split("\n")
    # a tab is text here, and what follows "---" may be a path of any characters
    return "\n".join("\t".join(visible(part) for part in line.split("\t")) for line in lines)


def _printed(report: validate.Report, form: str, project: Path, *, colour: bool) -> str:
    """Print a report; each format's module is loaded for that format alone."""
    of_all = asked() or writer.ALL
    match form:
        case "json":
            from poa_toolkit.write.findings import to_json  # noqa: PLC0415

            return to_json(report.diagnostics, label=report.label, most=of_all)
        case "sarif":
            from poa_toolkit.api import explain  # noqa: PLC0415 - with the manual pages
            from poa_toolkit.write.sarif import to_sarif  # noqa: PLC0415

            found = _from_workspace(report, project)
            return to_sarif(writer.select(found, most=of_all).shown, explain.pages())
        case "github":
            from poa_toolkit.write.github import to_annotations  # noqa: PLC0415

            selected = writer.select(_from_workspace(report, project), most=most())
            left_out = writer.more(selected.left_out, all_by=all_by())
            return to_annotations(selected.shown) + left_out + f"poa: {_last_line(report)}"
        case "junit":
            from poa_toolkit.write.junit import to_junit  # noqa: PLC0415

            return to_junit(writer.select(report.diagnostics, most=of_all).shown, label=report.label)
        case _:
            return as_text(report.diagnostics, colour=colour) + _last_line(report)


def _last_line(report: validate.Report) -> str:
    found = writer.summary(report.diagnostics) or "no errors, no warnings"
    waived = f", {report.waived} waived" if report.waived else ""
    waiting = "; coverage was not checked, since some records could not be read" if report.incomplete else ""
    return f"{report.label}: {found}{waived}{waiting}\n"


def _from_workspace(report: validate.Report, project: Path) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with paths that begin where GitHub's do: at the checkout."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    root, top = project.resolve(), Path(workspace).resolve() if workspace else None
    if top is None or root == top or not root.is_relative_to(top):
        return report.diagnostics
    return writer.below(report.diagnostics, root.relative_to(top).as_posix())


def _summarize(report: validate.Report, project: Path) -> None:
    """Add the findings to the page of the run, if GitHub names a file for it."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    from poa_toolkit.files.atomic import append  # noqa: PLC0415 - the same
    from poa_toolkit.write.github import MAX_SUMMARY, to_summary  # noqa: PLC0415 - in GitHub's runs alone

    path = Path(name)
    room = MAX_SUMMARY - (path.stat().st_size if path.exists() else 0)
    found = to_summary(_from_workspace(report, project), last_line=_last_line(report).strip(), room=room)
    append(path, found.encode("utf-8"))


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for each in given for code in each.split(",") if code.strip())
    if not codes:
        return ()
    from poa_toolkit.api import explain  # noqa: PLC0415 - only a choice of codes needs the manual

    known = [page.code for page in explain.pages()]
    for code in codes:
        if not any(each.startswith(code) for each in known):
            raise click.BadParameter(f'no code begins with "{code}"; `poa explain` lists them')
    return codes
