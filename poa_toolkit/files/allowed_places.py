"""Where a person may have something written: not into a plan, not into git's folder, and through no link."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from poa_toolkit.errors import WriteError
from poa_toolkit.source.base import PLAN_FILE, SETTINGS_FILE

_GIT = ".git"
_TOP = 2
"""The parts of ``/tmp``, ``/srv``, ``C:/Users``."""
_OF_GIT = ("HEAD", "objects", "refs")
"""What the folder of a repository holds, whatever it is called."""


class AllowedFolder(NamedTuple):
    """A folder, and from where on the way to it no link is followed."""

    root: Path
    parts: tuple[str, ...]
    """The way from there."""


def place(folder: Path) -> AllowedFolder:
    """Return the place of a folder that a person named.

    What a stranger can have put on the way lies in a project or a repository, or came with the folder one
    stands in: from the outermost of these on nothing may be a link. The links in one's home, in what is
    above it, and in the folders at the top of the machine are one's own, such as ``~/Documents`` that
    leads to another disk, or ``/tmp`` of macOS.
    """
    whole, here = _absolute(folder), Path.cwd()
    for outer in (*reversed(whole.parents), whole):
        is_strange = here.is_relative_to(outer) or os.path.lexists(outer / _GIT)
        if os.path.lexists(outer / PLAN_FILE) or (is_strange and not _is_own(outer)):
            return AllowedFolder(outer, whole.relative_to(outer).parts)
    return AllowedFolder(whole, ())


def _is_own(folder: Path) -> bool:
    """Return whether a folder is the home of who works here, above it, or at the top of the machine."""
    home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - without a home it stays as it is
    return home.is_relative_to(folder) or len(folder.parts) <= _TOP


def spare(output: Path) -> None:
    """Refuse to write what is printed or rendered over a plan, its settings, or what git keeps.

    Raises WriteError, one line. The name counts, and the place that it leads to.
    """
    # a loop of links must not raise: neither of these does
    for path in (_absolute(output), Path(os.path.realpath(output))):
        for folder in path.parents:
            if os.path.lexists(folder / "plan.yaml"):
                raise WriteError(f"{output} lies inside the plan; write it somewhere else")
            if folder.name.casefold() == _GIT or all(os.path.lexists(folder / each) for each in _OF_GIT):
                raise WriteError(f"{output} lies inside git's own folder; write it somewhere else")
        if path.name.casefold() == _GIT:
            raise WriteError(f"{output} is what git knows its folder by; write to another file")
        if path.name.casefold() == SETTINGS_FILE and os.path.lexists(path.parent / PLAN_FILE):
            raise WriteError(f"{output} holds the settings of the plan; write to another file")


def _absolute(path: Path) -> Path:
    """Return a path from the top, `..` taken out by name: links are not followed to find what it means."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - see above
