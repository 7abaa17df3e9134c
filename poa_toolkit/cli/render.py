"""`poa render`: the Word document of a version."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import checking, documents
from poa_toolkit.cli.common import project_of, refuse, source_date, spare_the_plan, today
from poa_toolkit.errors import TemplateError
from poa_toolkit.write.file import write


@click.command("render")
@click.argument("version", required=False)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The Word file to write.",
)
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Word template of your own.",
)
@click.pass_context
def command(ctx: click.Context, version: str | None, output: Path, template: Path | None) -> int:
    """Make the Word document of VERSION: a baseline, git revision or folder; by default the working tree."""
    try:
        content = documents.render(
            project_of(ctx), version=version, template=_read(template), when=source_date(), today=today()
        )
    except checking.InvalidPlanError as error:
        return refuse(error.report, "nothing was rendered")
    spare_the_plan(output)
    write(output, content)
    click.echo(f"{output}: {len(content) // 1024} KiB")
    return 0


def _read(template: Path | None) -> bytes | None:
    if template is None:
        return None
    try:
        return template.read_bytes()
    except OSError as error:
        raise TemplateError(f"{template} cannot be read: {error.strerror}") from None
