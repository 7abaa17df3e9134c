"""`poa merge finish`: what git leaves of a merge."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import merge_finish
from poa_toolkit.cli.common import project_of
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Mapping


_HEAD = re.compile(r"GITHEAD_([0-9a-f]{40,64})")


def heads_of(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the commits that git is merging, as it tells those whom it calls."""
    return tuple(found[1] for name in sorted(environment) if (found := _HEAD.fullmatch(name)))


@click.group("merge")
def command() -> None:
    """Finish a merge that git began: what it cannot do file by file.

    A record that one side moved to another file and the other changed, and two new records under one id.
    """


@command.command("finish")
@click.option(
    "--again", is_flag=True, help="Begin with the versions of both sides, whatever was edited since."
)
def finish(*, again: bool) -> int:
    """Merge the whole plan of the merge that git is making, or has just made; git commits nothing.

    The exit status is 1 where something is left to you: conflicts that are marked in the files, or a
    change that the plan has lost.
    """
    done = merge_finish.finish(project_of(), again=again)
    for line in done.said:
        click.echo(visible(line))
    for path in done.written:
        click.echo(visible(f"wrote {path}"))
    for path, conflict in done.conflicts:
        click.echo(visible(f"{path}: {conflict.place}: {conflict.message}"), err=True)
    for path in done.by_hand:
        click.echo(
            visible(f"{path}: was edited since git merged it, and stays; --again begins anew"), err=True
        )
    for each in done.dropped:
        click.echo(visible(f"{each.path}: {each.message}"), err=True)
    if done.conflicts or done.dropped:
        return 1
    click.echo("nothing to finish" if not done.written else _next(is_made=done.is_made))
    return 0


def _next(*, is_made: bool) -> str:
    what = "`git commit`" if not is_made else "`git commit`: the merge itself is committed already"
    return f"look at it with `git diff`; then `git add plan` and {what}"


@command.command("check")
def check() -> int:
    """Return what a merge under way would lose, or has left to finish; hooks of git ask before a commit."""
    project = project_of()
    heads = heads_of(os.environ)
    left = merge_finish.unfinished(project, heads)
    for line in left:
        click.echo(visible(f"poa: {line}"), err=True)
    if left:
        what = "run `poa merge finish`, look, `git add plan`, and commit"
        click.echo(f"poa: the merge is not committed yet: {what}", err=True)
        return 1
    return 0
