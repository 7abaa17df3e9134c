"""`poa site`: the plan as a folder of pages."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.cli.common import (
    FOLDER,
    project_of,
    refusing,
    remark,
    shown,
    spare,
    tell_without_pictures,
    today,
    working,
)
from poa_toolkit.write.escape import visible


@click.command("site")
@click.option(
    "-o", "--output", metavar="DIR", type=FOLDER, help="The folder [default: site/ of the project]."
)
@refusing("no site was made, and the earlier one is as it was")
def command(output: Path | None) -> int:
    """Make a site of the plan: pages that open by double click and on any host.

    The text with a permalink to each paragraph; for each action what it comes from, what it serves, its
    amendments and its history; each recommendation, instrument, theme and addressee with what cites it; the
    changes between any two versions; search. Pages of an earlier site that are no more are taken away.
    """
    from poa_toolkit.api import site  # noqa: PLC0415 - `poa site --help` needs no plan

    project = project_of()
    folder = output or project / "site"
    spare(folder / "index.html")
    with working("making the site"):
        count, kept = site.write(site.site(project, today=today()), folder)
    remark(f"{each} is of an earlier site and was edited since; it stays" for each in kept)
    tell_without_pictures()
    click.echo(visible(f"{shown(folder)}: {count} files; open index.html in it"))
    return 0
