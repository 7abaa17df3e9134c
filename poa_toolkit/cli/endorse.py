"""`poa endorse`: that an organization endorses a text."""

from __future__ import annotations

from datetime import date

import click

from poa_toolkit.api import endorse, render
from poa_toolkit.cli.common import project_of, remark
from poa_toolkit.cli.edit_options import date_option, edit, one_line, when
from poa_toolkit.cli.record_argument import RecordName


@click.command("endorse")
@click.option(
    "--participant",
    required=True,
    metavar="ID",
    type=RecordName(gone=True),
    help="Who endorses: an id of participants.yaml.",
)
@click.option("--capacity", required=True, metavar="TEXT", help="In which capacity, such as convenor.")
@click.option("--text", required=True, metavar="BASELINE", help="The frozen text that is endorsed.")
@click.option("--reservation", metavar="TEXT", help="What is excepted, in the participant's own words.")
@date_option
def command(*, participant: str, capacity: str, text: str, reservation: str | None, day: date | None) -> int:
    """Put on record, in plan/endorsements.yaml, that an organization endorses a frozen text.

    The endorsement names the text by its digest: it speaks of these words and no others. What the cover of
    that text says beside it, the notice of the stage, is to be looked at then.
    """
    project = project_of()
    day_ = when(day)
    said = f"{participant} endorses {text}, {day_.isoformat()}"
    status = edit(
        lambda: endorse.endorse(
            project,
            participant,
            capacity=one_line(capacity) or "",
            text=text,
            day=day_,
            reservation=one_line(reservation),
        ),
        said,
    )
    if not status:
        remark((render.notice(project, text),))
    return status
