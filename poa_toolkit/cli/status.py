"""`poa status`: where the text stands, and what blocks it."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.cli.common import (
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    tell_without_pictures,
    today,
    use_colour,
)


@click.command("status")
@click.argument("version", required=False)
@form_option("text", "markdown", "html", "json")
@output_option
@refusing("where the text stands cannot be said")
def command(version: str | None, form: str, *, output: Path | None) -> int:
    """Say where the text stands: actions by status and section, open brackets by holder, amendments
    that wait for a decision, coverage, and what still blocks the stage and the one after it.

    VERSION is a baseline, a git revision or a folder; by default the working tree. The exit status is 0
    whatever blocks: `poa validate` is the command that fails.
    """  # noqa: D205 - one sentence
    from poa_toolkit.api import status  # noqa: PLC0415 - `poa status --help` needs no plan

    found = status.status(project_of(), version, today=today())
    deliver(status.describe(found, form, colour=use_colour(output)), output)
    if form == "html":
        tell_without_pictures()
    return 0
