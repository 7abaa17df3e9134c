"""`poa render`: the Word document of a version."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import checking, documents, templates
from poa_toolkit.cli.common import (
    project_of,
    refuse,
    refuse_template,
    source_date,
    spare_the_plan,
    today,
    warn,
)
from poa_toolkit.model import House
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
@click.option(
    "--style",
    type=click.Choice(("un", "carter")),
    help="Another house style than the plan names; only words that the toolkit makes change.",
)
@click.pass_context
def command(
    ctx: click.Context, version: str | None, output: Path, template: Path | None, style: str | None
) -> int:
    """Make the Word document of VERSION: a baseline, git revision or folder; by default the working tree.

    Without --template it is made with plan/template.docx, where there is one.
    """
    try:
        made = documents.render(
            project_of(ctx),
            version=version,
            looks=documents.Looks(
                template=templates.read(template) if template else None,
                style=House(style) if style else None,
            ),
            when=source_date(),
            today=today(),
        )
    except checking.InvalidPlanError as error:
        return refuse(error.report, "nothing was rendered")
    except templates.InvalidTemplateError as error:
        return refuse_template(error, "nothing was rendered")
    warn(made.warnings)
    spare_the_plan(output)
    write(output, made.content)
    click.echo(f"{output}: {len(made.content) // 1024} KiB")
    return 0
