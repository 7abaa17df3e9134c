"""`poa endorse` and `poa endorsements`: an endorsement of one frozen text, proved to speak of it."""

from __future__ import annotations

from datetime import date

import click

from poa_toolkit.api import endorse
from poa_toolkit.cli.common import project_of, refusing, remark, today, use_colour
from poa_toolkit.cli.edit_options import date_option, edit, one_line, when
from poa_toolkit.cli.max_findings import as_text
from poa_toolkit.cli.record_argument import RecordName
from poa_toolkit.write.escape import visible


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
def endorse_command(
    *, participant: str, capacity: str, text: str, reservation: str | None, day: date | None
) -> int:
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
        from poa_toolkit.api import render  # noqa: PLC0415 - what `endorsements verify` needs none of

        remark((render.notice(project, text),))
    return status


@click.group("endorsements")
def endorsements_command() -> None:
    """Prove that every endorsement speaks of the text that was endorsed."""


@endorsements_command.command("verify")
@refusing("the endorsements were not verified")
def verify() -> int:
    """Compute every digest anew: of the endorsed texts, and of the working tree.

    A text that was changed after its endorsement needs a corrigendum. Exit status 1 where an
    endorsement speaks of another text, or a change has no corrigendum.
    """
    found = endorse.verify(project_of(), today=today())
    for each in found.endorsements:
        reserved = ", with a reservation" if each.reservation else ""
        line = f"{each.participant}  {each.text}  {each.date}  {each.digest}{reserved}"
        click.echo(visible(line))
    for corrigendum in found.corrigenda:
        click.echo(visible(f"corrigendum {corrigendum.id}  {corrigendum.record}  {corrigendum.decided}"))
    click.echo(as_text(found.report.diagnostics, colour=use_colour()), nl=False)
    if not found.endorsements:
        click.echo("no endorsement is on record")
    elif not found.report.failed():
        count = len(found.endorsements)
        click.echo(f"{count} of {count} endorsements speak of the text that was endorsed")
    return 1 if found.report.failed() else 0
