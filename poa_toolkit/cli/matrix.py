"""`poa matrix`: what meets what, and what nothing meets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from poa_toolkit.cli.common import (
    columns,
    deliver,
    form_option,
    output_option,
    project_of,
    refusing,
    source_date,
    tell_without_pictures,
    use_colour,
    want_extra,
)

_SIDES = ("recommendations", "provisions", "actions")
_FILES = {"docx": "a Word file", "xlsx": "a workbook"}
"""Formats that no terminal shows."""
_FILTERS = {
    "mechanism": "Of recommendations: the mechanism or consultation that made them.",
    "state": "Of recommendations: the State they are addressed to.",
    "theme": "An election obligation, of what stands in the rows.",
    "addressee": "Of actions: whom they are addressed to.",
    "section": "Of actions: the section they stand in.",
}


def _filters(command: Any) -> Any:  # noqa: ANN401 - a function that click decorates
    for name, said in reversed(_FILTERS.items()):
        said_more = f"{said} Id, title or number; may be repeated."
        command = click.option(f"--{name}", metavar="NAME", multiple=True, help=said_more)(command)
    return command


@click.command("matrix")
@click.argument("version", required=False)
@click.option("--rows", type=click.Choice(_SIDES), default=_SIDES[0], show_default=True, help="The rows.")
@click.option(
    "--by",
    type=click.Choice(_SIDES),
    help="What they meet [default: actions; of actions recommendations].",
)
@_filters
@click.option("--heat-map", "heat_map", is_flag=True, help="Count actions by theme and section instead.")
@form_option("text", "markdown", "html", "json", "xlsx", "docx")
@output_option
@refusing("there is no matrix")
def command(  # noqa: PLR0913 - one parameter an option
    version: str | None,
    rows: str,
    by: str | None,
    form: str,
    *,
    heat_map: bool,
    output: Path | None,
    **chosen: tuple[str, ...],
) -> int:
    """Show which recommendations and which provisions actions take up and serve, and what none does.

    Gaps stand first, with the reason where the plan records one. VERSION is a baseline, a git revision or
    a folder; by default the working tree. A Word file (docx) holds the matrix, the map of themes by section,
    and pictures of what the plan covers, to be attached to the document; a workbook (xlsx) holds the tables.
    """
    if form in _FILES and output is None:
        raise click.UsageError(f"{_FILES[form]} goes to a file: name it with -o FILE")
    if form == "xlsx":
        want_extra("openpyxl", "xlsx", "what writes workbooks")
    if heat_map and (by or any(chosen.values())):
        raise click.UsageError("--heat-map counts every printed action; it takes neither --by nor a filter")
    from poa_toolkit.api import matrix  # noqa: PLC0415 - `poa matrix --help` needs no plan
    from poa_toolkit.document.matrix_rows import Axis, Filter  # noqa: PLC0415 - the same

    filters = {Filter(name): given for name, given in chosen.items()}
    found = matrix.matrix(project_of(), version, rows=Axis(rows), by=Axis(by) if by else None, chosen=filters)
    if found.loaded.broken or found.loaded.lost:
        click.echo("some records cannot be read and are left out; see `poa validate`", err=True)
    if form == "xlsx":
        deliver(matrix.workbook(found, when=source_date()), output)
        return 0
    if form == "docx":
        deliver(matrix.annex(found, when=source_date()), output)
        tell_without_pictures()
        return 0
    printed = matrix.describe(
        found, form, heat_map=heat_map, colour=use_colour(output), width=columns(output)
    )
    deliver(printed, output)
    return 0
