"""`poa log`: the past of one record."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import log
from poa_toolkit.cli.common import deliver, form_option, output_option, project_of, use_colour
from poa_toolkit.cli.record_argument import RecordName


@click.command("log")
@click.argument("record", metavar="ID", type=RecordName(fields=True, gone=True, reads=True))
@form_option("text", "markdown", "json")
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=log.MOST,
    show_default=True,
    help="How many of the last commits of the plan to look at.",
)
@output_option
def command(record: str, form: str, limit: int, output: Path | None) -> int:
    """Tell the past of the record ID: each commit, baseline and amendment that changed it, who and when.

    ID is that of an action, a paragraph, a section, a recommendation, an instrument, an actor …, or a
    number as the document of today prints it: 22, V. Of a field, such as A-007.points.b or 22(b), only
    what changed it is told.
    """
    found = log.history(project_of(), record, most=limit)
    deliver(log.describe(found, form, colour=use_colour(output)), output)
    return 0
