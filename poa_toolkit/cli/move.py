"""`poa move`: an action at another place."""

from __future__ import annotations

import click

from poa_toolkit.api import edit_records
from poa_toolkit.cli.common import project_of
from poa_toolkit.cli.edit_options import edit
from poa_toolkit.cli.record_argument import RecordName


@click.command("move")
@click.argument("name", metavar="ID", type=RecordName())
@click.option(
    "--to",
    "section",
    metavar="SECTION",
    type=RecordName(),
    help="The section to move it to [default: that of --after].",
)
@click.option(
    "--after",
    metavar="ID",
    type=RecordName(),
    help="The action to put it behind [default: the end of the section].",
)
def command(name: str, section: str | None, after: str | None) -> int:
    """Move an action, with its comments, to another place; it keeps its id.

    ID and SECTION are ids, or numbers as the document prints them: 22, V.
    """
    if section is None and after is None:
        raise click.UsageError("say where: --to SECTION, --after ID, or both")
    project = project_of()
    return edit(lambda: edit_records.move(project, name, section=section, after=after), f"{name} moved here")
