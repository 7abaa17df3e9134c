"""`poa git-setup`: let git read and merge the files of a plan with us."""

from __future__ import annotations

import click

from poa_toolkit.api import git_setup
from poa_toolkit.cli.common import project_of
from poa_toolkit.source.git_drivers import ATTRIBUTES


@click.command("git-setup")
@click.option("--undo", is_flag=True, help="Take away what this command has set.")
def command(*, undo: bool) -> int:
    """Let git show changes under the id of their record, and merge by record, field and word.

    Sets the drivers in this clone alone, and names the files they are for in .gitattributes, which is
    to be committed. Two hooks of the clone ask before a merge is committed whether it has lost anything.
    What is set already stays.
    """
    project = project_of()
    changed = git_setup.remove(project) if undo else git_setup.install(project)
    for name in changed.settings:
        click.echo(f"{'removed' if undo else 'set'} {name} in this clone")
    if changed.attributes:
        click.echo(f"{'took the line out of' if undo else 'added a line to'} {ATTRIBUTES}; commit it")
    for name in changed.hooks:
        click.echo(f"{'removed' if undo else 'wrote'} the hook {name} of this clone")
    for name in changed.others:
        click.echo(f"the hook {name} is not ours and stays; add the line `poa merge check` to it")
    if not any(changed):
        click.echo("nothing to undo" if undo else "all is set up already")
    return 0
