"""`poa validate`: everything that is wrong with the plan."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import checking
from poa_toolkit.cli.common import deliver, output_option, project_of, use_colour
from poa_toolkit.config import Config
from poa_toolkit.write import diagnostics as writer


@click.command("validate", short_help="Find everything that is wrong with the plan.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--version", "version", metavar="VERSION", help="A baseline, git revision or folder instead.")
@click.option("--stage", metavar="STAGE", help="Check for this stage instead of the plan's own.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--select", multiple=True, metavar="CODE", help="Only this code or family, such as POA2.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not this code or family.")
@output_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    form: str,
    version: str | None,
    stage: str | None,
    *,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output: Path | None,
) -> int:
    """Find everything that is wrong with the plan, each with its place and its cure.

    Exit status 1 when there is an error (with --strict, a warning too).
    """
    config = Config(_codes(select), _codes(ignore))
    report = checking.validate(project_of(ctx), version=version, stage=stage, config=config)
    if form == "json":
        deliver(writer.to_json(report.diagnostics, label=report.label), output)
    else:
        colour = output is None and use_colour()
        deliver(writer.to_text(report.diagnostics, colour=colour) + _last_line(report), output)
    return 1 if report.failed(strict=strict) else 0


def _last_line(report: checking.Report) -> str:
    found = writer.summary(report.diagnostics)
    if not found:
        return f"{report.label}: no errors, no warnings\n"
    waiting = "; coverage was not checked, since some records could not be read" if report.incomplete else ""
    return f"{report.label}: {found}{waiting}\n"


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for each in given for code in each.split(",") if code.strip())
    if not codes:
        return ()
    from poa_toolkit.api import reference  # noqa: PLC0415 - only a choice of codes needs the manual

    known = [page.code for page in reference.pages()]
    for code in codes:
        if not any(each.startswith(code) for each in known):
            raise click.BadParameter(f'no code begins with "{code}"; `poa explain` lists them')
    return codes
