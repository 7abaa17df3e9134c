"""`poa schema`: the JSON Schemas that editors use."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import reference
from poa_toolkit.source.base import PLAN_FOLDER
from poa_toolkit.write.file import make_folder, write


@click.command("schema", short_help="Write or check the JSON Schemas that editors use.")
@click.option("--write", "writing", is_flag=True, help="Write them into schema/.")
@click.option("--check", "checking", is_flag=True, help="Fail when those in schema/ are not up to date.")
@click.pass_context
def command(ctx: click.Context, *, writing: bool, checking: bool) -> int:
    """Write or check the JSON Schemas that editors use, in schema/ of the project."""
    if writing == checking:
        raise click.UsageError("say --write or --check")
    folder = _folder(ctx)
    stale = [name for name, text in reference.schemas().items() if _read(folder / name) != text]
    if checking:
        for name in stale:
            click.echo(f"{folder.name}/{name} is not up to date; run `poa schema --write`", err=True)
        return 1 if stale else 0
    make_folder(folder)
    for name, text in reference.schemas().items():
        if name in stale:
            write(folder / name, text.encode("utf-8"))
    click.echo(f"{len(stale)} of {len(reference.schemas())} schemas written to {folder.name}/")
    return 0


def _folder(ctx: click.Context) -> Path:
    """Give schema/ of the project: beside plan/, or here while there is no plan yet."""
    start = Path(ctx.find_root().obj or Path.cwd())
    for candidate in (start.resolve(), *start.resolve().parents):
        if (candidate / PLAN_FOLDER / "plan.yaml").is_file():
            return candidate / "schema"
    return start / "schema"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
