"""`poa find`: words, and where they stand."""

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
from poa_toolkit.write.escape import visible


@click.command("find")
@click.argument("words", metavar="WORDS…", nargs=-1, required=True)
@form_option("text", "markdown", "html", "json")
@output_option
@refusing("nothing can be found")
def command(words: tuple[str, ...], form: str, output: Path | None) -> int:
    """Find WORDS in the texts of the plan, in what they come from and rest on, and in amendments.

    The sentences are printed, with their places. What actions come from and rest on are recommendations,
    consultations, instruments and their provisions, actors and participants.

    Several words: all of them in one text. In quotes, "human rights": in sequence. Words are whole words as
    they are written, without regard to case and accents: state finds State and State's, but neither
    States nor estate. Where nothing has them, the status is 1.
    """
    from poa_toolkit.api import find  # noqa: PLC0415 - `poa find --help` needs no plan

    found = find.find(project_of(), words)
    if found.apart:
        click.echo(
            visible(f"nothing has “{found.sought}” in sequence; these have all of its words"), err=True
        )
    if found.loaded.broken:
        click.echo("some records cannot be read and were not searched; see `poa validate`", err=True)
    if form == "json" or found.hits:
        deliver(find.describe(found, form, colour=use_colour(output), width=columns(output)), output)
    if not found.hits:
        click.echo(visible(f"nothing in the plan has “{found.sought}”"), err=True)
    return 0 if found.hits else 1
