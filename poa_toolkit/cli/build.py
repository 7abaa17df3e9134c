"""`poa build`: everything into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import render
from poa_toolkit.cli.common import (
    FOLDER,
    pages_option,
    project_of,
    refusing,
    remark,
    shown,
    source_date,
    spare,
    today,
    warn,
    working,
)
from poa_toolkit.files.atomic import write_into
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from poa_toolkit.api.pages import Wanted


@click.command("build")
@click.option(
    "-o", "--output", metavar="DIR", type=FOLDER, help="The folder [default: build/ of the project]."
)
@pages_option
@refusing("nothing was built, and the earlier build is as it was")
def command(output: Path | None, *, pages: Wanted) -> int:
    """Validate the plan, compare it with the previous stage and make the Word document, all in one folder.

    A plan with faults is not built: the diagnostics are shown and the earlier build stays as it was. What
    the text only lacks for its stage stands on the covers, and in validation.json.
    """
    project = project_of()
    folder = output or project / "build"
    spare(folder / "index.txt")
    with working("building"):
        built = render.build(project, when=source_date(), today=today(), pages=pages)
    warn(built.warnings)
    remark(built.remarks)
    write_into(folder, built.files)
    click.echo(f"{visible(shown(folder))}\n" + built.files["index.txt"].decode("utf-8"), nl=False)
    return 0
