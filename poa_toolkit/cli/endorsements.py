"""`poa endorsements`: whether every endorsement speaks of the text that was endorsed."""

from __future__ import annotations

import click

from poa_toolkit.api import endorse
from poa_toolkit.cli.common import project_of, refusing, today, use_colour
from poa_toolkit.cli.max_findings import as_text
from poa_toolkit.write.escape import visible


@click.group("endorsements")
def command() -> None:
    """Prove that every endorsement speaks of the text that was endorsed."""


@command.command("verify")
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
