"""`poa rename`: another id for a record, in every file."""

from __future__ import annotations

import click

from poa_toolkit.api import editing
from poa_toolkit.api.checking import InvalidPlanError
from poa_toolkit.cli.common import project_of, refuse
from poa_toolkit.cli.editing import NOTHING, tell
from poa_toolkit.cli.naming import RecordName
from poa_toolkit.write.escape import visible

_SHOWN = 20
"""How many places are told: an id that is a word of the language may stand anywhere."""


@click.command("rename")
@click.argument("old", metavar="OLD", type=RecordName())
@click.argument("new", metavar="NEW")
@click.pass_context
def command(ctx: click.Context, old: str, new: str) -> int:
    """Give the record OLD the id NEW, and change every link to it, in every file, or none at all.

    OLD is an id, or a number as the document prints it: 22, V.

    Texts that name OLD are changed too. Where it stays (in amendments, endorsements, comments, frozen
    texts, or as a word that may mean something else), the place is told.

    An id that was ever used, also in a frozen version, cannot be used again. Frozen versions keep OLD.
    """
    try:
        renamed = editing.rename(project_of(ctx), old, new)
    except InvalidPlanError as error:
        return refuse(error.report, NOTHING)
    count, files = renamed.links, len(renamed.written.paths)
    many = f"{count} link{'s' * (count != 1)} changed in {files} file{'s' * (files != 1)}"
    if renamed.mentions:
        many += f", and {renamed.mentions} mention{'s' * (renamed.mentions != 1)} in texts"
    tell(renamed.written, f"{old} is now {new}; {many}")
    if renamed.baselines:
        click.echo(
            f"{', '.join(renamed.baselines)}: frozen with {old}; a diff will show the new id", err=True
        )
    for place in renamed.left[:_SHOWN]:
        click.echo(f'{visible(str(place))}: "{old}" stands here; change it by hand if it is meant', err=True)
    if len(renamed.left) > _SHOWN:
        click.echo(f"… and at {len(renamed.left) - _SHOWN} more places", err=True)
    return 0
