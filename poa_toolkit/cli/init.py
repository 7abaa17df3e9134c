"""`poa init`: a plan to begin with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from poa_toolkit.api import new
from poa_toolkit.cli.common import FOLDER, spare
from poa_toolkit.cli.edit_options import date_option, when
from poa_toolkit.write.escape import visible


@click.command("init")
@click.argument("folder", metavar="DIR", type=FOLDER)
@date_option
def command(folder: Path, day: date | None) -> int:
    """Begin a plan in DIR: a small valid one, schemas, and settings for editors, git and GitHub.

    Files that stand there already are kept; a folder that has a plan is refused.
    """
    spare(folder / "plan")
    written = new.init(folder, when(day))
    for path in written:
        click.echo(visible(f"{folder / path}"))
    return 0
