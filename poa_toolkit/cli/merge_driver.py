"""`poa merge-driver`: what git calls to merge a file of a plan."""

from __future__ import annotations

import os
from pathlib import Path

import click

from poa_toolkit.api import merge_file, merge_plan
from poa_toolkit.cli.common import READ_FILE, read_given
from poa_toolkit.cli.merge import heads_of
from poa_toolkit.errors import NoAnswerError
from poa_toolkit.files.atomic import write_into
from poa_toolkit.source import git_merging
from poa_toolkit.write.escape import visible


def _ours_give_way() -> bool:
    try:
        return git_merging.ours_is_new(Path(), heads_of(os.environ))
    except NoAnswerError:
        # a driver that dies would leave our side alone in the file
        return False


@click.command("merge-driver")
@click.argument("base", type=READ_FILE)
@click.argument("ours", type=READ_FILE)
@click.argument("theirs", type=READ_FILE)
@click.argument("marker", type=click.IntRange(1, 1000), default=merge_file.MARKER)
@click.argument("path", default="")
def command(base: Path, ours: Path, theirs: Path, marker: int, path: str) -> int:
    """Merge what two sides made of the file BASE into the file OURS.

    git calls it as `poa merge-driver %O %A %B %L %P`, once `poa git-setup` has said so. The exit
    status is 1 where conflict markers were left; each conflict is named on standard error.
    """
    merged, said = merge_plan.merge_for_git(
        (read_given(base), read_given(ours), read_given(theirs)),
        path,
        ours_give_way=_ours_give_way,
        marker=marker,
    )
    write_into(ours.parent, {ours.name: merged.content})
    for line in (*said, *(f"{path or ours}: {each.place}: {each.message}" for each in merged.conflicts)):
        click.echo(f"poa: {visible(line)}", err=True)
    if merged.conflicts:
        click.echo(
            "poa: `poa merge finish` does what git cannot do file by file; the rest is yours", err=True
        )
    return 1 if merged.conflicts else 0
