"""`poa diff`: what changed between two versions."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from poa_toolkit.api import diff, render
from poa_toolkit.cli.common import (
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    source_date,
    today,
    use_colour,
)
from poa_toolkit.write.escape import visible


@click.command("diff")
@click.argument("old", required=False)
@click.argument("new", required=False)
@form_option(*diff.FORMATS)
@click.option("--exit-code", "by_status", is_flag=True, help="Exit with 1 when anything differs.")
@click.option("--tolerant", is_flag=True, help="Leave out what cannot be read, and say so.")
@click.option(
    "--fail-on",
    "classes",
    metavar="CLASS",
    type=click.Choice(diff.CLASSES),
    multiple=True,
    help=f"Exit with 1 on a change of this class: {', '.join(diff.CLASSES)}; may be repeated.",
)
@output_option
@refusing("nothing was compared")
def command(  # noqa: PLR0913 - one parameter an option
    old: str | None,
    new: str | None,
    form: str,
    *,
    by_status: bool,
    tolerant: bool,
    classes: tuple[str, ...],
    output: Path | None,
) -> int:
    """Show what changed, in meaning and word by word.

    OLD and NEW are baselines, git revisions or folders. By default OLD is the baseline of the previous
    stage and NEW the working tree. `A..B` compares two versions, `A...B` what B changed since it left A.
    """
    if form == "docx" and output is None:
        raise click.UsageError("a Word file goes to a file: name it with -o FILE")
    compared = diff.compare(project_of(), old, new, tolerant=tolerant, today=today())
    if compared is None:
        click.echo(
            "nothing to compare yet: no earlier stage of plan.yaml names a baseline "
            "(freeze one with `poa baseline create NAME`, name it at its stage, go on to the next stage)",
            err=True,
        )
        return 0
    for line in compared.comparison.left_out:
        click.echo(f"poa: {visible(line)}", err=True)
    deliver(_printed(compared, form, output), output)
    failed = diff.of_classes(compared, classes)
    if failed:
        click.echo(f"poa: {failed}", err=True)
    return 1 if failed or (by_status and compared.comparison.changes) else 0


def _printed(compared: diff.Compared, form: str, output: Path | None) -> str | bytes:
    if form == "docx":
        return render.comparison_table(compared, when=source_date())
    on_screen = output is None and sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, diff.WIDEST) if on_screen else diff.WIDTH
    return diff.describe(compared, form, colour=use_colour(output), width=width)
