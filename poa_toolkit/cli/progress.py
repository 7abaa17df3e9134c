"""`poa progress`: how far the plan has come since its adoption."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from poa_toolkit.api import progress
from poa_toolkit.cli.common import deliver, form_option, output_option, project_of, refusing, use_colour
from poa_toolkit.cli.edit_options import date_option, day_of, when


@click.command("progress")
@click.option(
    "--since",
    metavar="DAY",
    callback=day_of,
    help="Tell the entries of this day and later ones [default: all].",
)
@date_option
@form_option(*progress.FORMATS)
@output_option
@refusing("there is no report")
def command(form: str, *, since: date | None, day: date | None, output: Path | None) -> int:
    """Report how far each action has come since the plan was adopted, for the next meeting.

    By section and action: the indicators with what was measured last, what people reported, which targets
    are overdue, and on what nobody has reported for a year. `poa new progress` puts a report on record.
    """
    if form == "docx" and output is None:
        raise click.UsageError("a Word file goes to a file: name it with -o FILE")
    found = progress.progress(project_of(), today=when(day), since=since)
    if form == "docx":
        deliver(progress.in_word(found), output)
    else:
        deliver(progress.describe(found, form, colour=use_colour(output)), output)
    return 0
