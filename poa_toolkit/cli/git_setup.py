"""`poa git-setup`: let git read and merge the files of a plan with us."""

from __future__ import annotations

import click

from poa_toolkit.api import drivers
from poa_toolkit.cli.common import project_of
from poa_toolkit.source.git_drivers import ATTRIBUTES


@click.command("git-setup")
@click.option("--undo", is_flag=True, help="Take away what this command has set.")
@click.pass_context
def command(ctx: click.Context, *, undo: bool) -> int:
    """Let git show changes under the id of their record, and merge by record, field and word.

    Sets the drivers in this clone alone, and names the files they are for in .gitattributes, which is
    to be committed. What is set already stays.
    """
    project = project_of(ctx)
    changed = drivers.remove(project) if undo else drivers.install(project)
    for name in changed.settings:
        click.echo(f"{'removed' if undo else 'set'} {name} in this clone")
    if changed.attributes:
        click.echo(f"{'took the line out of' if undo else 'added a line to'} {ATTRIBUTES}; commit it")
    if not changed.settings and not changed.attributes:
        click.echo("nothing to undo" if undo else "all is set up already")
    return 0
