"""`poa withdraw`: an action out of the text, on record."""

from __future__ import annotations

import click

from poa_toolkit.api import edit_records
from poa_toolkit.cli.common import project_of
from poa_toolkit.cli.edit_options import edit, one_line
from poa_toolkit.cli.record_argument import RecordName


@click.command("withdraw")
@click.argument("name", metavar="ID", type=RecordName())
@click.option("--reason", required=True, help="Why, in a line.")
def command(name: str, reason: str) -> int:
    """Withdraw an action: it keeps its id, its place and its text, and moves to an annex.

    ID is its id, or its number as the document prints it: 22.
    """
    project, why = project_of(), one_line(reason)
    if not why:
        raise click.BadParameter("the reason is empty", param_hint="--reason")
    return edit(lambda: edit_records.withdraw(project, name, why), f"{name} withdrawn")
