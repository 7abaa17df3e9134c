"""`poa rename`: another id for a record, in every file."""

from __future__ import annotations

import click

from poa_toolkit.api import editing
from poa_toolkit.api.checking import InvalidPlanError
from poa_toolkit.cli.common import project_of, refuse
from poa_toolkit.cli.editing import NOTHING, tell


@click.command("rename")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.pass_context
def command(ctx: click.Context, old: str, new: str) -> int:
    """Give the record OLD the id NEW, and change every link to it, in every file, or none at all.

    An id that was ever used, also in a frozen version, cannot be used again. Frozen versions keep OLD.
    """
    try:
        renamed = editing.rename(project_of(ctx), old, new)
    except InvalidPlanError as error:
        return refuse(error.report, NOTHING)
    count, files = renamed.links, len(renamed.written.paths)
    many = f"{count} link{'s' * (count != 1)} changed in {files} file{'s' * (files != 1)}"
    tell(renamed.written, f"{old} is now {new}; {many}")
    if renamed.baselines:
        click.echo(
            f"{', '.join(renamed.baselines)}: frozen with {old}; a diff will show the new id", err=True
        )
    return 0
