"""The folder .git of a plan, before anything is written into it: the plan's own, and no link in the way."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import VersionError, WriteError
from poa_toolkit.source.git_process import run, said

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS, HOOKS, INDEX, OBJECTS = "config", "hooks", "index", "objects"
"""What may be written there, by the names that git gives it."""
_CURE = "clone the repository anew, or put one of its own there"


class _Repository(NamedTuple):
    """Where git keeps what it knows of the repository that holds a plan."""

    top: Path
    """The working tree."""
    own: Path
    """What belongs to this working tree alone: the index."""
    common: Path
    """What all its working trees share: settings, hooks, objects."""


def refuse_unsafe(project: Path, *wanted: str) -> None:
    """Raise WriteError where writing some of git's files would follow a link, or change another repository.

    Raises VersionError where git has no repository here.
    """
    asked = ("--show-toplevel", "--git-dir", "--git-common-dir")
    repository = _Repository(*(_asked(project, each) for each in asked))
    for wrong in (*_of_another(repository, project), *_in_the_way(repository, wanted)):
        raise WriteError(f"{wrong}; nothing was written")


def _asked(project: Path, name: str) -> Path:
    done = run(project, "rev-parse", name)
    answer = done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
    if done.returncode or not answer:
        raise VersionError(f"git has no repository with a working tree here: {said(done)}")
    return project.resolve() / answer


def _of_another(repository: _Repository, project: Path) -> Iterator[str]:
    """Say why the repository that git has found is not the one that lies around the plan."""
    top, own, common = repository
    folder = project.resolve()
    around = next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)
    if around is None or not _same(top, around):
        yield f"git takes {top} for the working tree, which is not around .git: unset core.worktree"
        return
    there = around / ".git"
    if there.is_symlink():
        yield f".git is a link: {_CURE}"
    elif there.is_dir():
        if not (_same(own, there) and _same(common, there)):
            yield f".git leads to another repository, {common}: {_CURE}"
    elif not (_is_worktree(there, own, common) or _is_submodule(around, own, common)):
        mend = f"git config --file {shlex.quote(f'{own}/config')} core.worktree {shlex.quote(f'{around}')}"
        yield f".git leads to a repository that does not lead back, {own}: if it is yours, `{mend}`"


def _is_worktree(there: Path, own: Path, common: Path) -> bool:
    """Say whether each knows of the other: what `git worktree add` has made."""
    try:
        back = (own / "gitdir").read_text("utf-8", "surrogateescape") if _is_file(own / "gitdir") else ""
    except OSError:
        return False
    return _same(own.resolve().parent, common / "worktrees") and _same(own / back.strip(), there)


def _is_submodule(around: Path, own: Path, common: Path) -> bool:
    """Say whether the settings there name this working tree, as those of a submodule do."""
    done = run(around, "config", "--file", os.fspath(own / "config"), "--get", "core.worktree")
    back = done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
    return bool(back) and _same(own, common) and _same(own.resolve() / back, around)


def _in_the_way(repository: _Repository, wanted: tuple[str, ...]) -> Iterator[str]:
    """Say which of what is to be written, or lies in the way to it, is a link or nothing of the kind."""
    for name in wanted:
        path = (repository.own if name == INDEX else repository.common) / name
        is_folder = name in (HOOKS, OBJECTS)
        if os.path.lexists(path) and not (_is_folder(path) if is_folder else _is_file(path)):
            yield f".git/{name} is no {'folder' if is_folder else 'file'} of its own: {_CURE}"
        elif name == OBJECTS:
            # each object lies in a folder by its first two digits
            with os.scandir(path) as found:
                links = sorted(each.name for each in found if each.is_symlink())
            yield from (f".git/{name}/{each} is a link: {_CURE}" for each in links)


def _is_file(path: Path) -> bool:
    return os.path.lexists(path) and stat.S_ISREG(path.lstat().st_mode)


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
