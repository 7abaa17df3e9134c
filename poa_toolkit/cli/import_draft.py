"""`poa import`: an old Word draft becomes the files of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import importing, pulling
from poa_toolkit.cli.common import read_given, spare_the_plan
from poa_toolkit.cli.editing import NOTHING, date_option, when
from poa_toolkit.errors import NoPlanError
from poa_toolkit.source.base import PLAN_FILE, find_project
from poa_toolkit.write import diagnostics as diagnostics_writer
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from datetime import date


@click.command("import")
@click.argument("draft", metavar="DRAFT.docx", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    default=Path(),
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write the plan into [default: here].",
)
@date_option
@click.pass_context
def command(ctx: click.Context, draft: Path, target: Path, day: date | None) -> int:
    """Make the files of a plan from a Word draft: sections, actions, points, citations.

    Citations in its notes are looked up in the registry of the project given with -C, or of the nearest
    upwards, which is taken over. What was not understood is told with its place.
    """
    spare_the_plan(target / "plan")
    try:
        made = importing.import_draft(
            target, draft.as_posix(), read_given(draft), when(day), registry=_registry(ctx)
        )
    except pulling.RefusedFileError as error:
        click.echo(diagnostics_writer.to_text(error.diagnostics, colour=False), err=True, nl=False)
        click.echo(NOTHING, err=True)
        return 1
    click.echo(diagnostics_writer.to_text(made.diagnostics, colour=False), err=True, nl=False)
    for path in made.paths:
        if path.startswith((PLAN_FILE, "plan/sections/")):
            click.echo(visible(path))
    click.echo(importing.described(made), err=True)
    return 0


def _registry(ctx: click.Context) -> Path | None:
    folder: str | None = ctx.find_root().obj
    if folder is not None:
        return Path(folder)
    try:
        return find_project(Path.cwd())
    except NoPlanError:
        return None
