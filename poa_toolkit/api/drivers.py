"""Let git read and merge the files of a plan with us: set up in a clone, undone again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.source import git_drivers
from poa_toolkit.write.file import write

if TYPE_CHECKING:
    from pathlib import Path


class Setup(NamedTuple):
    """What was changed."""

    settings: tuple[str, ...]
    """The settings of this clone."""
    attributes: bool
    """Whether ``.gitattributes`` was."""


def install(project: Path) -> Setup:
    """Set the drivers in this clone, and say in ``.gitattributes`` which files they are for.

    What is so already is left alone. Raises VersionError where git has no repository here.
    """
    settings = git_drivers.install(project)
    path = project / git_drivers.ATTRIBUTES
    before = path.read_bytes() if path.exists() else b""
    after = git_drivers.with_line(before)
    if after != before:
        write(path, after)
    return Setup(settings, after != before)


def remove(project: Path) -> Setup:
    """Undo what `install` did; lines of ``.gitattributes`` that others wrote stay."""
    settings = git_drivers.remove(project)
    path = project / git_drivers.ATTRIBUTES
    before = path.read_bytes() if path.exists() else b""
    after = git_drivers.without_line(before)
    if after != before and after:
        write(path, after)
    elif after != before:
        path.unlink()
    return Setup(settings, after != before)
