"""Let git read and merge the files of a plan with us: set up in a clone, undone again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.files import atomic
from poa_toolkit.source import git_drivers

if TYPE_CHECKING:
    from pathlib import Path


_OURS = b"# `poa git-setup`:"
"""What our hooks hold, and no other."""


class Setup(NamedTuple):
    """What was changed."""

    settings: tuple[str, ...]
    """The settings of this clone."""
    attributes: bool
    """Whether ``.gitattributes`` was."""
    hooks: tuple[str, ...] = ()
    """The hooks of this clone."""
    others: tuple[str, ...] = ()
    """The hooks that are somebody else's, and stay."""


def install(project: Path) -> Setup:
    """Set the drivers in this clone, and say in ``.gitattributes`` which files they are for.

    What is so already is left alone. Raises VersionError where git has no repository here.
    """
    # what cannot be read or written is said before anything is set
    before = atomic.read(project, git_drivers.ATTRIBUTES) or b""
    settings = git_drivers.install(project)
    after = git_drivers.with_line(before)
    if after != before:
        atomic.write_into(project, {git_drivers.ATTRIBUTES: after})
    return Setup(settings, after != before, *_install_hooks(project))


def _install_hooks(project: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the hooks; give those that were not so before, and those that are somebody else's."""
    folder, hook = git_drivers.hooks_folder(project), git_drivers.hook(project)
    if folder is None:
        return (), git_drivers.HOOKS
    written, others = [], []
    for name in git_drivers.HOOKS:
        path = folder / name
        if os.path.lexists(path) and not _is_ours(path):
            others.append(name)
        elif not path.exists() or path.read_bytes() != hook:
            atomic.write_into(folder, {name: hook}, mode=0o755)
            written.append(name)
    return tuple(written), tuple(others)


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and _OURS in path.read_bytes()


def remove(project: Path) -> Setup:
    """Undo what `install` did; lines of ``.gitattributes`` that others wrote stay."""
    before = atomic.read(project, git_drivers.ATTRIBUTES) or b""
    settings = git_drivers.remove(project)
    after = git_drivers.without_line(before)
    if after != before and after:
        atomic.write_into(project, {git_drivers.ATTRIBUTES: after})
    elif after != before:
        atomic.remove(project, git_drivers.ATTRIBUTES)
    return Setup(settings, after != before, _remove_hooks(project))


def _remove_hooks(project: Path) -> tuple[str, ...]:
    folder = git_drivers.hooks_folder(project)
    found = [name for name in git_drivers.HOOKS if folder is not None and _is_ours(folder / name)]
    for name in found:
        atomic.remove(folder, name)  # type: ignore[arg-type]  # nothing is found without it
    return tuple(found)
