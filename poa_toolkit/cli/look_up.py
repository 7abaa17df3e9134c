"""`poa show`, `find` and `status`: records in full, words with their places, and where the text stands."""

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
    today,
    use_colour,
)
from poa_toolkit.cli.record_argument import RecordName
from poa_toolkit.write.escape import visible


@click.command("show")
@click.argument(
    "names", metavar="ID…", type=RecordName(fields=True, annexes=True, reads=True), nargs=-1, required=True
)
@form_option("text", "markdown", "html", "json")
@output_option
@refusing("nothing can be shown")
def show_command(names: tuple[str, ...], form: str, output: Path | None) -> int:
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


@click.command("find")
@click.argument("words", metavar="WORDS…", nargs=-1, required=True)
@form_option("text", "markdown", "html", "json")
@output_option
@refusing("nothing can be found")
def find_command(words: tuple[str, ...], form: str, output: Path | None) -> int:
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


@click.command("status")
@click.argument("version", required=False)
@form_option("text", "markdown", "json")
@output_option
@refusing("where the text stands cannot be said")
def status_command(version: str | None, form: str, *, output: Path | None) -> int:
    """Say where the text stands: actions by status and section, open brackets by holder, amendments
    that wait for a decision, coverage, and what still blocks the stage and the one after it.

    VERSION is a baseline, a git revision or a folder; by default the working tree. The exit status is 0
    whatever blocks: `poa validate` is the command that fails.
    """  # noqa: D205 - one sentence
    from poa_toolkit.api import status  # noqa: PLC0415 - `poa status --help` needs no plan

    found = status.status(project_of(), version, today=today())
    deliver(status.describe(found, form, colour=use_colour(output)), output)
    return 0
