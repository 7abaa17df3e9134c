"""`poa show`: what is known of a record."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.cli.common import (
    columns,
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    use_colour,
)
from poa_toolkit.cli.record_argument import RecordName


@click.command("show")
@click.argument(
    "names", metavar="ID…", type=RecordName(fields=True, annexes=True, reads=True), nargs=-1, required=True
)
@form_option("text", "markdown", "html", "json")
@output_option
@refusing("nothing can be shown")
def command(names: tuple[str, ...], form: str, output: Path | None) -> int:
    """Show what there is to know of each ID, for the lectern and for the room.

    That is its words, its brackets and who holds them, what it comes from and rests on, the amendments to
    it, its history, and where it stands in the files.

    ID is a record's, or a number as the document prints it: 22, 22(b), V, "annex I". `--format html` is a
    page in large type, for a projector.
    """
    from poa_toolkit.api import show  # noqa: PLC0415 - `poa show --help` needs no plan

    found = show.show(project_of(), names)
    deliver(show.describe(found, form, colour=use_colour(output), width=columns(output)), output)
    return 0
