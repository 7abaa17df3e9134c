"""`poa merge-driver`: what git calls to merge a file of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import merging
from poa_toolkit.write.escape import visible
from poa_toolkit.write.file import write

_VERSION = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("merge-driver")
@click.argument("base", type=_VERSION)
@click.argument("ours", type=_VERSION)
@click.argument("theirs", type=_VERSION)
@click.argument("marker", type=click.IntRange(1, 1000), default=merging.MARKER)
@click.argument("path", default="")
def command(base: Path, ours: Path, theirs: Path, marker: int, path: str) -> int:
    """Merge what two sides made of the file BASE into the file OURS.

    git calls it as `poa merge-driver %O %A %B %L %P`, once `poa git-setup` has said so. The exit
    status is 1 where conflict markers were left; each conflict is named on standard error.
    """
    merged = merging.merge_files(
        base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), path, marker=marker
    )
    write(ours, merged.content)
    for each in merged.conflicts:
        click.echo(f"poa: {visible(f'{path or ours}: {each.place}: {each.message}')}", err=True)
    return 1 if merged.conflicts else 0
