"""`poa schema`: the JSON Schemas that editors use."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import schema
from poa_toolkit.cli.common import project_of, refusing
from poa_toolkit.errors import NoPlanError
from poa_toolkit.files.atomic import write_into
from poa_toolkit.source.base import SCHEMAS


@click.command("schema")
@click.option("--write", "writing", is_flag=True, help="Write them into schema/.")
@click.option("--check", "checking", is_flag=True, help="Fail when those in schema/ are not up to date.")
@click.option(
    "--ids/--no-ids",
    "with_ids",
    default=None,
    help="With the ids of this plan, for editors to offer, or without [default: as those in schema/ are].",
)
@refusing("the ids of a plan are known when every record can be read")
def command(*, writing: bool, checking: bool, with_ids: bool | None) -> int:
    """Write or check the JSON Schemas that editors use, in schema/ of the project.

    With --ids an editor offers the actors, recommendations, instruments, provisions and obligations of
    this plan, and marks an id that is none of them.
    """
    if writing == checking:
        raise click.UsageError("say --write or --check")
    project = _project(needed=bool(with_ids))
    folder = (project or Path()) / SCHEMAS
    wanted = schema.wanted(folder, project, with_ids=with_ids)
    if checking:
        for name in wanted.stale:
            click.echo(f"{folder.name}/{name} is not up to date; run `poa schema --write`", err=True)
        return 1 if wanted.stale else 0
    write_into(folder, {name: wanted.texts[name].encode("utf-8") for name in wanted.stale})
    click.echo(f"{len(wanted.stale)} of {len(wanted.texts)} schemas written to {folder.name}/")
    return 0


def _project(*, needed: bool) -> Path | None:
    """Return the project; None while there is no plan yet, where none is needed."""
    try:
        return project_of()
    except NoPlanError:
        if needed:
            raise
        return None
