"""The folder .git of a plan, before anything is written into it: the plan's own, and no link in the way."""

from __future__ import annotations

import os
import shlex
import stat
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import VersionError, WriteError
from poa_toolkit.source.git_process import run, said

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS, HOOKS, INDEX, OBJECTS = "config", "hooks", "index", "objects"
"""What may be written there, by the names that git gives it."""
_LONGEST = 8192
"""More characters than a path has."""
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
    for wrong in chain(_of_another(repository, project), _in_the_way(repository, wanted)):
        raise WriteError(f"{wrong}; nothing was written")


def _asked(project: Path, name: str) -> Path:
    done = run(project, "rev-parse", name)
    answer = done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
    if done.returncode or not answer:
        raise VersionError(f"git has no repository with a working tree here: {said(done)}")
    return project.resolve() / answer


def _of_another(repository: _Repository, project: Path) -> Iterator[str]:
    """Return why the repository that git has found is not the one that lies around the plan."""
    top, own, common = repository
    folder = project.resolve()
    around = next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)
    if around is None or not _same(top, around):
        yield f"git takes {top} for the working tree, which is not around .git: unset core.worktree"
        return
    there = around / ".git"
    if there.is_symlink():
        yield f".git is a link: {_CURE}"
    elif not there.is_dir():
        yield from _of_one_elsewhere(repository, around)
    elif not (_same(own, there) and _same(common, there)):
        yield f".git leads to another repository, {common}: {_CURE}"


def _of_one_elsewhere(repository: _Repository, around: Path) -> Iterator[str]:
    """Return why a repository that a file ``.git`` names is not that of the working tree around it."""
    _, own, common = repository
    back = _working_tree(around, own)
    is_submodule = back is not None and _same(own, common) and _same(back, around)
    if not is_submodule and not _is_worktree(around / ".git", own, common):
        yield f".git leads to a repository that does not lead back, {own}: {_mended(own, back, around)}"


def _mended(own: Path, back: Path | None, around: Path) -> str:
    """Return how a repository is made to lead back, where it is nobody else's."""
    if back is not None or own.name == ".git":
        return _CURE
    settings, top = (shlex.quote(str(each)) for each in (own / "config", around))
    return f"if you keep it there yourself, say so with `git config --file {settings} core.worktree {top}`"


def _is_worktree(there: Path, own: Path, common: Path) -> bool:
    """Return whether each knows of the other: what `git worktree add` has made."""
    if not _is_file(own / "gitdir"):
        return False
    with (own / "gitdir").open(encoding="utf-8", errors="surrogateescape") as file:
        back = file.read(_LONGEST).strip()
    return _same(own.resolve().parent, common / "worktrees") and _same(own / back, there)


def _working_tree(around: Path, own: Path) -> Path | None:
    """Return the working tree that the settings of a repository name, as those of a submodule do."""
    done = run(around, "config", "--file", os.fspath(own / "config"), "--get", "core.worktree")
    back = done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
    return own.resolve() / back if back else None


def _in_the_way(repository: _Repository, wanted: tuple[str, ...]) -> Iterator[str]:
    """Return which of what is to be written, or lies in the way to it, is a link or nothing of the kind."""
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
