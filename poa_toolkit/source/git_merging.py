"""A merge that git is making, or has just made: which three versions it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import VersionError
from poa_toolkit.source import git
from poa_toolkit.source.git_process import run, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Merge(NamedTuple):
    """The commits that are merged."""

    bases: tuple[str, ...]
    """The last that both sides have in common: mostly one."""
    ours: str
    theirs: str
    is_made: bool = False
    """Whether git has committed it already: HEAD is its result."""


_PICKED = ("CHERRY_PICK_HEAD", "REBASE_HEAD")


def merge(project: Path, heads: Sequence[str] = ()) -> Merge | None:
    """Return the merge that git is making in this clone, or else the one that HEAD is; None for neither.

    `heads` are the commits that git says it is about to merge, where it has not put them on record yet.
    A cherry-pick, a commit that is rebased and one that is taken back are merges too. One of more than
    two sides is none that we know of, and neither is one whose base a shallow clone has not.
    """
    found = _found(project, heads)
    return None if found is not None and not found.bases and git.is_shallow(project) else found


def _found(project: Path, heads: Sequence[str]) -> Merge | None:
    asked = (
        "HEAD",
        "MERGE_HEAD",
        *(f"{name}{parent}" for name in (*_PICKED, "REVERT_HEAD") for parent in ("", "^")),
        *(f"HEAD^{number}" for number in (1, 2, 3)),
    )
    known = dict(zip(asked, git.commits(project, asked), strict=True))
    ours = known["HEAD"]
    if ours is None:
        return None
    for name in _PICKED:
        picked = known[name]
        # a rebase that is over leaves its last commit on record
        if picked and (name == "CHERRY_PICK_HEAD" or git.is_rebasing(project)):
            return Merge(_some(known[f"{name}^"]), ours, picked)
    taken_back, before = known["REVERT_HEAD"], known["REVERT_HEAD^"]
    if taken_back and before:
        return Merge((taken_back,), ours, before)
    named = [known["MERGE_HEAD"]] if known["MERGE_HEAD"] else git.commits(project, heads)
    if named:
        return _of(project, ours, named[0]) if len(named) == 1 and named[0] else None
    first, second = known["HEAD^1"], known["HEAD^2"]
    if first and second and not known["HEAD^3"]:
        return _of(project, first, second)._replace(is_made=True)
    return None


def mark_conflicts(project: Path, files: Mapping[str, Sequence[bytes | None]]) -> None:
    """Put files into git's index as a merge of its own leaves conflicts, until somebody adds them.

    Of each file, by its path in the project: what base, ours and theirs have in it; None for no file.
    Raises VersionError where git cannot.
    """
    lines = [
        f"100644 {_written(project, content)} {stage}\t".encode() + _name(project, path)
        for path, versions in files.items()
        for stage, content in enumerate(versions, 1)
        if content is not None
    ]
    if lines:
        # mode 0 takes out what stands there
        nothing = b"0 " + b"0" * len(lines[0].split()[1]) + b"\t"
        gone = [nothing + _name(project, path) for path in files]
        done = run(project, "update-index", "-z", "--index-info", stdin=b"\0".join([*gone, *lines, b""]))
        if done.returncode:
            raise VersionError(f"git's index cannot be written, so no file is marked there: {said(done)}")


def settled(project: Path) -> frozenset[str]:
    """Return the files of the project that were in conflict in this merge and were added since."""
    done = run(project, "ls-files", "--resolve-undo", "-z", keep=("GIT_INDEX_FILE",))
    names = (each.partition(b"\t")[2] for each in done.stdout.split(b"\0") if each)
    return frozenset(each.decode("utf-8", "surrogateescape") for each in names)


def _written(project: Path, content: bytes) -> str:
    done = run(project, "hash-object", "-w", "--no-filters", "--stdin", stdin=content)
    if done.returncode:
        raise VersionError(f"git cannot keep a version of a file: {said(done)}")
    return done.stdout.decode("ascii").strip()


def _name(project: Path, path: str) -> bytes:
    return (git.prefix(project) + path).encode("utf-8", "surrogateescape")


def ours_is_new(project: Path, heads: Sequence[str]) -> bool:
    """Return whether the commits that are merged are known elsewhere already, and ours is not.

    A commit is known elsewhere that is in a branch fetched from, or sent to, another repository.
    """
    return (
        bool(heads)
        and all(_is_published(project, each) for each in heads)
        and not _is_published(project, "HEAD")
    )


def _is_published(project: Path, commit: str) -> bool:
    done = run(project, "for-each-ref", "--count=1", f"--contains={commit}", "refs/remotes")
    return done.returncode == 0 and bool(done.stdout.strip())


def _some(commit: str | None) -> tuple[str, ...]:
    return (commit,) if commit else ()


def _of(project: Path, ours: str, theirs: str) -> Merge:
    return Merge(git.merge_bases(project, ours, theirs), ours, theirs)
