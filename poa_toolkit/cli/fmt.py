"""`poa fmt`: the canonical layout of a plan's files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import fmt
from poa_toolkit.cli.common import project_of, warn
from poa_toolkit.errors import PoaError
from poa_toolkit.files.transaction import recover
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.api.fmt import Formatted


@click.command("fmt", short_help="Give the files of the plan their canonical layout.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 where a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@click.option("--stdin-filename", metavar="PATH", help="The file that standard input (PATH `-`) holds.")
def command(paths: tuple[Path, ...], *, check: bool, diff: bool, stdin_filename: str | None) -> int:
    """Give the files of the plan their canonical layout: every file, or those at PATH.

    Only layout changes: data and comments are compared afterwards, and a file in which one would differ is
    left as it is and reported. With `-` the file is read from standard input and printed.
    """
    if paths == (Path("-"),):
        return _stream(stdin_filename, check=check, diff=diff)
    if stdin_filename is not None or Path("-") in paths:
        raise click.UsageError("standard input is a file of its own: `poa fmt - --stdin-filename PATH`")
    project = project_of()
    dry = check or diff
    if not dry:
        recover(project)
    files = fmt.layouts(project, paths)
    changed = [each for each in files if each.differs]
    for each in changed:
        if diff:
            click.echo(fmt.difference(each), nl=False)
        elif check:
            click.echo(f"{visible(each.path)} would be reformatted")
    if not dry:
        fmt.save(project, changed)
    failed = _complain(files)
    click.echo(_summary(files, changed, dry=dry), err=diff)
    return 1 if failed or (check and changed) else 0


def _stream(name: str | None, *, check: bool, diff: bool) -> int:
    """Lay out standard input; what cannot be laid out prints nothing but why."""
    path = _name_in_project(name) if name else "-"
    formatted = fmt.layout(path, sys.stdin.buffer.read())
    if _complain([formatted]):
        return 1
    if diff:
        click.echo(fmt.difference(formatted), nl=False)
    elif not check:
        click.echo(formatted.after, nl=False)
    return 1 if check and formatted.differs else 0


def _name_in_project(name: str) -> str:
    """Return the path inside the project that a file would have, which need not be there."""
    path = Path(os.path.abspath(name))  # noqa: PTH100 - a link is not followed: the name alone counts
    root = project_of().resolve()
    try:
        return path.resolve().relative_to(root).as_posix()
    except (OSError, RuntimeError, ValueError):
        raise PoaError(f"{name} lies outside the project, whose folder is {root}") from None


def _complain(files: Sequence[Formatted]) -> bool:
    """Return which files were left alone, and why; whether there are any."""
    found = [diagnostic for each in files for diagnostic in each.diagnostics]
    warn(found)
    return bool(found)


def _summary(files: Sequence[Formatted], changed: Sequence[Formatted], *, dry: bool) -> str:
    refused = sum(1 for each in files if each.diagnostics)
    would = "would be " if dry else ""
    parts = [
        f"{_count(len(changed))} {would}reformatted",
        f"{len(files) - len(changed) - refused} {would}left alone",
    ]
    return ", ".join([*parts, *([f"{refused} refused"] if refused else [])])


def _count(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"
