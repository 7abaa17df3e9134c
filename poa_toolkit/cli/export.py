"""`poa export`: the records of a version for spreadsheets and other programs."""

from __future__ import annotations

from pathlib import Path

import click

from poa_toolkit.api import export
from poa_toolkit.cli.common import (
    deliver,
    file_name,
    project_of,
    refusing,
    remark,
    source_date,
    spare,
    today,
    want_extra,
    working,
)
from poa_toolkit.files.atomic import write_into
from poa_toolkit.text.counting import many
from poa_toolkit.write.escape import visible
from poa_toolkit.write.work import is_base

_WANTED = {
    "xlsx": ("openpyxl", "xlsx", "what writes workbooks"),
    "parquet": ("pyarrow", "parquet", "what writes Parquet"),
}
"""Of the formats that need a library: the library, its extra, and what is missing without it."""


def _base(_ctx: click.Context, _param: click.Parameter, given: str | None) -> str:
    """Refuse what ids cannot stand behind."""
    if given and not is_base(given):
        raise click.BadParameter(
            "name an address that begins with https:, http:, urn: or tag: and ends in /, # or :"
        )
    return given or ""


@click.command("export")
@click.argument("version", required=False)
@click.option("--to", "form", type=click.Choice(export.FORMATS), required=True, help="The format.")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    callback=file_name,
    help="The file to write; with csv and parquet the folder, which gets a file for each kind of record.",
)
@click.option(
    "--base",
    metavar="ADDRESS",
    callback=_base,
    help="With jsonld: what stands before the id of each record; by default a urn, which leads nowhere.",
)
@refusing("nothing was exported")
def command(version: str | None, form: str, output: Path, base: str) -> int:
    """Give the records of VERSION to spreadsheets and other programs.

    VERSION is a baseline, a git revision or a folder; by default the working tree. There is a table for
    each kind of record, with its id, its printed number and all of its fields, and one for all links. A
    workbook (xlsx) may be edited: `poa pull` makes amendments of what was changed in it.

    The text as a document is Akoma Ntoso (akn); the records as linked data are JSON-LD (jsonld).
    """
    if base and form != "jsonld":
        raise click.UsageError("--base is for --to jsonld")
    if form in _WANTED:
        want_extra(*_WANTED[form])
    is_folder = form in export.FOLDERS
    if output.exists() and output.is_dir() is not is_folder:
        wanted = "a folder, in which each kind of record has a file" if is_folder else "a file"
        raise click.UsageError(f"--to {form} writes {wanted}, and {output} is none")
    spare(output / "plan" if is_folder else output)
    with working("exporting"):
        found = export.read_version(project_of(), version, when=source_date(), today=today())
        found = found._replace(base=base)
        made = export.FOLDERS[form](found) if is_folder else {"": export.FILES[form](found)}
    if found.errors:
        said = f"{found.version} has {many(found.errors, 'error')}, and is exported as it is"
        remark([f"{said}; see `poa validate`"])
    if is_folder:
        write_into(output, made)
    else:
        deliver(made[""], output)
    click.echo(f"{visible(str(output))}: written", err=True)
    return 0
