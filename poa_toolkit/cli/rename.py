"""`poa rename`: another id for a record, in every file."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from poa_toolkit.api import rename
from poa_toolkit.cli.common import project_of, refusing
from poa_toolkit.cli.edit_options import NOTHING, tell
from poa_toolkit.cli.record_argument import RecordName
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.api.rename import Renamed
    from poa_toolkit.diagnostic import Location


_SHOWN = 20
"""How many places are told: an id that is a word of the language may stand anywhere."""


@click.command("rename")
@click.argument("old", metavar="OLD", type=RecordName(gone=True))
@click.argument("new", metavar="NEW")
@click.option("--in", "within", metavar="FILE", help="Mean the record OLD of this file alone.")
@refusing(NOTHING)
def command(old: str, new: str, *, within: str | None) -> int:
    """Give the record OLD the id NEW, and change every link to it, in every file, or none at all.

    OLD is an id, a number as the document prints it (22, V), or a place such as
    plan/sections/06-follow-up.yaml:100: the record on that line, a point before its action. Where several
    records bear one id, say which with a place or with --in; only links that can mean no other then
    follow, and the others are told.

    Texts that name OLD are changed too. Where it stays (in amendments, endorsements, comments, frozen
    texts, or as a word that may mean something else), the place is told.

    An id that was ever used, also in a frozen version, cannot be used again. Frozen versions keep OLD.
    """
    project = project_of()
    path, line = _parted(old)
    if path and within is not None:
        raise click.UsageError("say either a place or --in FILE")
    meant = f"{_inside(project, path)}{line}" if path else old
    renamed = rename.rename(project, meant, new, within=within and _inside(project, within))
    _tell(renamed, new)
    return 0


def _parted(old: str) -> tuple[str, str]:
    """Part a place into its path and the rest; an id has no path."""
    end = old.find(".yaml:") + len(".yaml")
    return (old[:end], old[end:]) if ".yaml:" in old else ("", old)


def _inside(project: Path, path: str) -> str:
    """Return the path of a file inside the project, which may be named from where a person stands."""
    if not (project / path).exists() or Path(path).is_absolute():
        with contextlib.suppress(ValueError):
            return Path(path).resolve().relative_to(project.resolve()).as_posix()
    return PurePosixPath(path).as_posix()


def _tell(renamed: Renamed, new: str) -> None:
    """Print what followed, and what stays as it is."""
    old, count, files = renamed.old, renamed.links, len(renamed.written.paths)
    many = f"{count} link{'s' * (count != 1)} changed in {files} file{'s' * (files != 1)}"
    if renamed.mentions:
        many += f", and {renamed.mentions} mention{'s' * (renamed.mentions != 1)} in texts"
    tell(renamed.written, f"{old} is now {new}; {many}")
    if renamed.others:
        click.echo(f"{visible(', '.join(renamed.others))}: still {visible(old)}", err=True)
    _places(renamed.unclear, f'which "{old}" this means is not known, so it stays; change it if it is {new}')
    if renamed.baselines:
        click.echo(
            f"{', '.join(renamed.baselines)}: frozen with {old}; a diff will show the new id", err=True
        )
    _places(renamed.left, f'"{old}" stands here; change it by hand if it is meant')


def _places(places: Sequence[Location], said: str) -> None:
    for place in places[:_SHOWN]:
        click.echo(f"{visible(str(place))}: {visible(said)}", err=True)
    if len(places) > _SHOWN:
        click.echo(f"… and at {len(places) - _SHOWN} more places", err=True)
