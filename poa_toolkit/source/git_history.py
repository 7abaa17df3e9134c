"""The commits that changed the files of a plan: who, when, and the contents before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import VersionError
from poa_toolkit.source import git
from poa_toolkit.source.base import PLAN_FILE, PLAN_FOLDER
from poa_toolkit.source.git_process import run, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FOLDERS = 10
"""How often a plan may have moved to another folder."""

_FORMAT = "commit%x00%H%x00%P%x00%an%x00%aI%x00%s"


class FileChange(NamedTuple):
    """What a commit made of one file: its path inside the project, its contents by object id."""

    path: str
    old: str
    """Empty where the file was new."""
    new: str
    """Empty where the file went."""


class Commit(NamedTuple):
    """A commit, and what it changed since each of its parents."""

    id: str
    author: str
    when: str
    """ISO 8601, with the author's own time zone."""
    subject: str
    since: tuple[tuple[FileChange, ...], ...]
    """For each parent the files that differ; a merge has several."""


class Past(NamedTuple):
    """The commits that changed a plan, the oldest first."""

    commits: tuple[Commit, ...] = ()
    cut: str = ""
    """Why older ones are missing; empty where none is."""


def past(project: Path, *, most: int) -> Past:
    """Return the last `most` commits up to HEAD that changed the plan; none without git or commits.

    A plan that lay in another folder before is followed there. Raises VersionError where objects are
    missing.
    """
    start = git.resolve(project, "HEAD")
    folder = git.prefix(project) + PLAN_FOLDER
    found: list[Commit] = []
    for _ in range(MAX_FOLDERS):
        if start is None or len(found) >= most:
            break
        here = _commits(project, start, folder, most - len(found))
        found = [*here, *found]
        if not here or not _begins(here[0]):
            break
        start = git.resolve(project, f"{here[0].id}^")
        folders = _left(project, start, here[0].id) if start else []
        if len(folders) != 1:
            break
        (folder,) = folders
    cut = ""
    if len(found) >= most:
        cut = f"only the last {most} commits that changed the plan were looked at; --limit looks at more"
    elif found and git.is_shallow(project):
        cut = "this clone is shallow: fetch the whole history (in a workflow, `fetch-depth: 0`)"
    return Past(tuple(found), cut)


def _left(project: Path, before: str, after: str) -> list[str]:
    """Return the folders of plans that a commit has and the next one has no more."""
    now = git.plan_folders(project, after)
    return [each for each in git.plan_folders(project, before) if each not in now]


def _begins(commit: Commit) -> bool:
    """Return whether a commit put the plan into its folder."""
    return any(each.path == PLAN_FILE and not each.old for each in commit.since[0])


def _commits(project: Path, start: str, folder: str, most: int) -> list[Commit]:
    """Return commits up to `start`, the oldest first, with what they changed below `folder`."""
    asked = ("log", "--topo-order", "--reverse", f"--max-count={most}", "-m", "--root", "--raw", "-z")
    plain = (
        "--no-relative",
        "--no-abbrev",
        "--no-renames",
        "--no-show-signature",
        "--no-ext-diff",
        "--no-textconv",
    )
    scope = f":(top,literal){folder}" if folder else ":(top)"
    done = run(
        project,
        *asked,
        *plain,
        "--no-relative",
        "--no-color",
        "--no-notes",
        f"--format={_FORMAT}",
        start,
        "--",
        scope,
    )
    if done.returncode:
        raise VersionError(f"git cannot tell the history of the plan: {said(done)}")
    inside = f"{folder}/" if folder else ""
    return _joined(_entries(done.stdout, inside))


def _entries(answer: bytes, inside: str) -> Iterator[tuple[int, Commit]]:
    """Read git's answer: each commit once a parent, with the number of its parents."""
    parts = iter([each.decode("utf-8", "surrogateescape") for each in answer.split(b"\0")])
    parents, commit = 0, None
    for part in parts:
        if part.lstrip("\n") == "commit":
            if commit is not None:
                yield parents, commit
            name, before, author, when, subject = (next(parts, "") for _ in range(5))
            parents = len(before.split())
            commit = Commit(name, author, when, subject.rstrip("\n"), ((),))
        elif part.lstrip("\n").startswith(":") and commit is not None:
            _, _, old, new, _ = part.lstrip("\n").split(" ")
            path = f"{PLAN_FOLDER}/{next(parts, '').removeprefix(inside)}"
            change = FileChange(path, *("" if set(each) == {"0"} else each for each in (old, new)))
            commit = commit._replace(since=((*commit.since[0], change),))
    if commit is not None:
        yield parents, commit


def _joined(entries: Iterator[tuple[int, Commit]]) -> list[Commit]:
    """Make one commit of a merge, which git tells once a parent.

    A merge that is in the plan like one of its parents, so that git tells of fewer, changed nothing.
    """
    found: list[tuple[int, Commit]] = []
    for parents, commit in entries:
        if found and found[-1][1].id == commit.id:
            found[-1] = (parents, commit._replace(since=(*found[-1][1].since, *commit.since)))
        else:
            found.append((parents, commit))
    return [commit for parents, commit in found if len(commit.since) >= parents]
