"""`poa status`: where the text stands, for the chair."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import status as use_case
from poa_toolkit.cli.common import (
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    today,
    use_colour,
)


@click.command("status")
@click.argument("version", required=False)
@form_option("text", "markdown", "json")
@output_option
@refusing("where the text stands cannot be said")
def command(version: str | None, form: str, *, output: Path | None) -> int:
    """Say where the text stands: actions by status and section, open brackets by holder, amendments
    that wait for a decision, coverage, and what still blocks the stage and the one after it.

    VERSION is a baseline, a git revision or a folder; by default the working tree. The exit status is 0
    whatever blocks: `poa validate` is the command that fails.
    """  # noqa: D205 - one sentence
    found = use_case.status(project_of(), version, today=today())
    deliver(use_case.describe(found, form, colour=use_colour(output)), output)
    return 0
