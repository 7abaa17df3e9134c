"""`poa schema`: the JSON Schemas that editors use."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import reference
from poa_toolkit.cli.common import project_of
from poa_toolkit.errors import NoPlanError
from poa_toolkit.write.file import make_folder, write


@click.command("schema")
@click.option("--write", "writing", is_flag=True, help="Write them into schema/.")
@click.option("--check", "checking", is_flag=True, help="Fail when those in schema/ are not up to date.")
@click.pass_context
def command(ctx: click.Context, *, writing: bool, checking: bool) -> int:
    """Write or check the JSON Schemas that editors use, in schema/ of the project."""
    if writing == checking:
        raise click.UsageError("say --write or --check")
    folder, schemas = _folder(ctx), reference.schemas()
    stale = [name for name, text in schemas.items() if _read(folder / name) != text.encode("utf-8")]
    if checking:
        for name in stale:
            click.echo(f"{folder.name}/{name} is not up to date; run `poa schema --write`", err=True)
        return 1 if stale else 0
    make_folder(folder)
    for name in stale:
        write(folder / name, schemas[name].encode("utf-8"))
    click.echo(f"{len(stale)} of {len(schemas)} schemas written to {folder.name}/")
    return 0


def _folder(ctx: click.Context) -> Path:
    """Give schema/ of the project: beside plan/, or here while there is no plan yet."""
    try:
        return project_of(ctx) / "schema"
    except NoPlanError:
        return Path.cwd() / "schema"


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
