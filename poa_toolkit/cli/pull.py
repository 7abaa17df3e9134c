"""`poa pull`: bring edited Word files home as amendments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import checking, pulling
from poa_toolkit.cli.common import (
    deliver,
    output_option,
    project_of,
    read_given,
    refuse,
    spare_the_plan,
    use_colour,
)
from poa_toolkit.cli.editing import NOTHING, date_option, when
from poa_toolkit.write import diagnostics as diagnostics_writer
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from poa_toolkit.diagnostic import Diagnostic


@click.command("pull")
@click.argument(
    "returned",
    nargs=-1,
    required=True,
    metavar="RETURNED.docx…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--dry-run", "only_show", is_flag=True, help="Show what would be pulled, and write nothing.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
@click.option(
    "--by",
    default="",
    metavar="NAME",
    help="Whose the changes without tracking are [default: who saved the file last].",
)
@date_option
@click.option("--force", is_flag=True, help="Take in a file most of whose texts are gone or unmarked.")
@output_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    returned: tuple[Path, ...],
    form: str,
    by: str,
    day: date | None,
    *,
    only_show: bool,
    force: bool,
    output: Path | None,
) -> int:
    """Turn the changes and comments of edited Word files into proposals in plan/amendments/.

    The texts of the plan stay as they are. Pulling a file twice adds nothing.
    """
    if output is not None:
        spare_the_plan(output, *returned)
    choice = pulling.Choice(when(day), by, force=force, only_show=only_show)
    files = [(path.as_posix(), read_given(path)) for path in returned]
    try:
        pulled = pulling.pull(project_of(ctx), files, choice)
    except checking.InvalidPlanError as error:
        return refuse(error.report, NOTHING)
    except pulling.RefusedFileError as error:
        _say(error.diagnostics)
        click.echo(NOTHING, err=True)
        return 1
    if form != "json":
        _say(one for each in pulled.files for one in each.diagnostics)
    colour = output is None and use_colour()
    deliver(pulling.describe(pulled, form, colour=colour, only_shown=only_show), output)
    for path in pulled.paths:
        click.echo(f"{visible(path)}: written", err=True)
    return 0


def _say(diagnostics: Iterable[Diagnostic]) -> None:
    click.echo(diagnostics_writer.to_text(list(diagnostics), colour=False), err=True, nl=False)
