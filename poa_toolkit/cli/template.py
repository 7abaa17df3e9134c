"""`poa template`: a Word template of the secretariat's own."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import render
from poa_toolkit.api import template as template_api
from poa_toolkit.cli.common import (
    FILE,
    READ_FILE,
    deliver,
    form_option,
    output_option,
    pages_option,
    project_of,
    refusing,
    source_date,
    spare,
    style_option,
    today,
    use_colour,
    warn,
    word_file_option,
    working,
)
from poa_toolkit.cli.max_findings import as_text
from poa_toolkit.diagnostic import Severity
from poa_toolkit.errors import NoPlanError, PoaError
from poa_toolkit.files.atomic import write, write_into
from poa_toolkit.model import House
from poa_toolkit.write import template as writer
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from poa_toolkit.api.pages import Wanted


@click.group("template")
def command() -> None:
    """Begin a Word template of your own, and find what is wrong with it."""


@command.command("init")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=FILE,
    help=f"The file to write [default: {template_api.TEMPLATE} of the project].",
)
@style_option("The house style whose template it is [default: that of the plan].")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def init(output: Path | None, style: str | None, *, force: bool) -> int:
    """Write a template that comes with the toolkit, to be restyled in Word or LibreOffice.

    `poa render` and `poa build` use plan/template.docx when it is there.
    """
    path = output or project_of() / template_api.TEMPLATE
    if output and not _is_of_project(output):
        spare(output)
    if os.path.lexists(path) and not force:
        raise PoaError(f"{path} is there already; --force writes over it")
    house = House(style) if style else _house()
    write_into(path.parent, {path.name: template_api.packaged(house)})
    click.echo(visible(f"{output or template_api.TEMPLATE}: restyle it, then run `poa template check`"))
    return 0


def _house() -> House:
    """Return the house style of the plan at hand; that which plans have by default, where there is none."""
    try:
        return render.house(project_of())
    except NoPlanError:
        return House.UN


def _is_of_project(output: Path) -> bool:
    """Return whether a file is where the project keeps its template, the one place for it inside the plan."""
    try:
        kept = project_of() / template_api.TEMPLATE
    except NoPlanError:
        return False
    return os.path.abspath(output) == os.path.abspath(kept)  # noqa: PTH100 - links are not followed


@command.command("check")
@click.argument("template", required=False, type=READ_FILE)
@form_option("text", "json")
@click.option("--all", "whole", is_flag=True, help="List every tag, unused field and note.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--preview", metavar="FILE", type=FILE, help="Make the document of the plan with it, too.")
@output_option
@refusing("nothing was checked")
def check(  # noqa: PLR0913 - one parameter an option
    template: Path | None, form: str, *, whole: bool, strict: bool, preview: Path | None, output: Path | None
) -> int:
    """Find what is wrong with TEMPLATE, and list its tags in page order; by default of plan/template.docx."""
    for path in filter(None, (output, preview)):
        spare(path, *([template] if template else []))
    given = template_api.read(template) if template else template_api.of_project(project_of())
    if given is None:
        raise PoaError(
            f"there is no {template_api.TEMPLATE}; name a template, or begin with `poa template init`"
        )
    report = template_api.check(given)
    if form == "json":
        text = writer.to_json(report.path, report.tags, report.unused, report.diagnostics)
    else:
        findings = partial(as_text, colour=use_colour(output))
        text = writer.to_text(report.tags, report.unused, report.diagnostics, findings=findings, whole=whole)
    deliver(text, output)
    failing = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(each.severity in failing for each in report.diagnostics):
        return 1
    return _preview(given, preview) if preview else 0


@command.command("preview")
@click.argument("template", required=False, type=READ_FILE)
@word_file_option
@click.option("--plan", "of_plan", is_flag=True, help="Print the plan at hand, in place of a specimen.")
@style_option("The house style whose words it has [default: that of what is printed].")
@pages_option
@refusing("no preview was made")
def preview(template: Path | None, output: Path, *, of_plan: bool, style: str | None, pages: Wanted) -> int:
    """Print a specimen of every kind of page with TEMPLATE; by default with plan/template.docx.

    Where there is none, with the template of the house style. The specimen is a redline of made-up
    words: cover, contents, text with brackets and who holds them, an action with every field, changes with
    comments, the annexes, an action that was withdrawn. With --plan it is the plan at
    hand, with what changed since its previous stage.
    """
    spare(output, *([template] if template else []))
    found = template_api.read(template) if template else _kept()
    project = project_of() if of_plan else render.SPECIMEN
    house = House(style) if style else render.house(project)
    looks = render.Looks(found, house, since=render.previous(project), pages=pages)
    with working("making the preview"):
        made = render.render(project, looks=looks, when=source_date(), today=today())
    warn(made.warnings)
    write(output, made.content)
    what = "the plan" if of_plan else "a specimen of every kind of page"
    made_with = found.path if found else f"the template of the style {house}"
    click.echo(visible(f"{output}: {what}, in {made_with}"))
    return 0


def _kept() -> template_api.Template | None:
    """Return the template of the project; None outside a project too."""
    try:
        return template_api.of_project(project_of())
    except NoPlanError:
        return None


@refusing("no preview was made")
def _preview(template: template_api.Template, preview: Path) -> int:
    looks = render.Looks(template)
    made = render.render(project_of(), looks=looks, when=source_date(), today=today())
    write(preview, made.content)
    click.echo(visible(f"{preview}: the plan in this template"), err=True)
    return 0
