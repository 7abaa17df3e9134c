"""Finish a merge that git began: what it cannot do file by file, and what the result has dropped."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.merge_dropped import Dropped, Three, at_first_sight, has_markers, left_out
from poa_toolkit.api.merge_file import MARKER
from poa_toolkit.api.merge_plan import merge_for_git, merge_plans
from poa_toolkit.errors import NoPlanError, VersionError
from poa_toolkit.files.transaction import write_all
from poa_toolkit.source import folder, git, git_folder, git_merging
from poa_toolkit.source.versions import WORKING_TREE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from poa_toolkit.api.merge_plan import MergedPlan
    from poa_toolkit.merge.values import Conflict
    from poa_toolkit.source.base import Files
    from poa_toolkit.source.git_merging import Merge

_MARKER_LINE = re.compile(rb"^([<>|]{7})[^\r\n]*", re.MULTILINE)


class Finished(NamedTuple):
    """What became of a merge."""

    written: tuple[str, ...]
    said: tuple[str, ...]
    """What was done that no single file shows."""
    conflicts: tuple[tuple[str, Conflict], ...]
    """What is left to a person, each with its file."""
    by_hand: tuple[str, ...]
    """Files that somebody has edited since git merged them, and that are left as they are."""
    dropped: tuple[Dropped, ...]
    """What sides changed, and the plan has not."""
    is_made: bool
    """Whether git has committed the merge already."""


def finish(project: Path, heads: Sequence[str] = (), *, again: bool = False) -> Finished:
    """Merge the whole plan of the merge that git is making, or has just made, and write what differs.

    What somebody has edited since stays, unless `again`. `heads` are commits that git is about to merge,
    where it has not put them on record. Raises VersionError where there is no merge to finish;
    WriteError where git would mark a conflict in files that lie elsewhere.
    """
    merge = _merge(project, heads)
    three = _read(project, merge)
    merged = _whole(project, merge, three)
    now = _readable(folder.read(project, WORKING_TREE))
    wanted, by_hand = {}, []
    for path, content in merged.files.items():
        there = now.get(path)
        if there is not None and _lines(there) == _lines(content):
            continue
        if again or _is_left(path, there, (three, Three(*merged.sides))):
            wanted[path] = _lines(content).replace(b"\n", b"\r\n") if b"\r\n" in (there or b"") else content
        else:
            by_hand.append(path)
    marked = {path for path in wanted if has_markers(wanted[path])} if not merge.is_made else set()
    if marked:
        git_folder.refuse_unsafe(project, git_folder.INDEX, git_folder.OBJECTS)
        # before the files: what git alone knows to be in conflict keeps a commit waiting, and loses nothing
        git_merging.mark_conflicts(project, {path: [each.get(path) for each in three] for path in marked})
    write_all(project, wanted, now)
    after = {**now, **wanted}
    left = tuple(each for each in merged.conflicts if has_markers(after.get(each[0], b"")) or not each[1].at)
    lost = at_first_sight(three, after) and left_out(merged, after)
    return Finished(tuple(sorted(wanted)), merged.said, left, tuple(by_hand), lost, merge.is_made)


def dropped(project: Path) -> tuple[Dropped, ...]:
    """Return what a merge under way, or the one that HEAD is, has dropped; nothing where there is none.

    Files with conflict markers are not read: what stands in them is not settled.
    """
    merge = git_merging.merge(project)
    if merge is None:
        return ()
    try:
        three = _read(project, merge)
    except VersionError:
        # a shallow clone has not all sides
        return ()
    now = folder.read(project, WORKING_TREE).contents
    return at_first_sight(three, now) and left_out(_whole(project, merge, three), now)


def unfinished(project: Path, heads: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what is left to do in a merge that is about to be committed, in sentences.

    What counts is what git would commit, which is not all that stands in the files.
    """
    merge = git_merging.merge(project, heads)
    if merge is None:
        return ()
    tree = git.staged(project)
    now = _contents(project, tree) if tree else folder.read(project, WORKING_TREE).contents
    three = _read(project, merge)
    merged = _whole(project, merge, three)
    versions, settled = (three, Three(*merged.sides)), git_merging.settled(project)
    left = [
        path
        for path, content in merged.files.items()
        if now.get(path) != content and path not in settled and _is_left(path, now.get(path), versions)
    ]
    marked = (f"{path}: a conflict marker stands in it" for path in now if has_markers(now[path]))
    lost = at_first_sight(three, now) and left_out(merged, now)
    return (*marked, *(merged.said if left else ()), *(f"{each.path}: {each.message}" for each in lost))


def _merge(project: Path, heads: Sequence[str]) -> Merge:
    merge = git_merging.merge(project, heads)
    if merge is None:
        why = git.trouble(project)
        raise VersionError(f"there is no merge to finish: {why or 'git is making none, and HEAD is none'}")
    return merge


def _whole(project: Path, merge: Merge, three: Three) -> MergedPlan:
    return merge_plans(*three, ours_give_way=git_merging.ours_is_new(project, (merge.theirs,)))


def _read(project: Path, merge: Merge) -> Three:
    return Three(
        _base(project, merge.bases), *(_contents(project, each) for each in (merge.ours, merge.theirs))
    )


def _base(project: Path, bases: Sequence[str]) -> Mapping[str, bytes]:
    """Return what two sides have in common; of several commits, what a merge of the first two would be.

    Where that has conflicts, the first: whatever the sides have made of them is a change.
    """
    first, *more = (_contents(project, each) for each in bases[:2]) if bases else ({},)
    if not more:
        return first
    before = _base(project, git.merge_bases(project, *bases[:2]))
    merged = merge_plans(before, first, *more).files
    return {
        path: first[path] if path in first and has_markers(each) else each for path, each in merged.items()
    }


def _contents(project: Path, commit: str | None) -> Mapping[str, bytes]:
    if commit is None:
        return {}
    try:
        return _readable(git.read(project, commit, commit[:12]))
    except NoPlanError:
        return {}


def _readable(files: Files) -> Mapping[str, bytes]:
    """Return the files of a version. Raises VersionError where one cannot be read: ids may stand in it."""
    for each in files.refusals:
        raise VersionError(f"{files.root.path(each.path)}: {each.message}; {each.help}")
    return files.contents


def _is_left(path: str, now: bytes | None, versions: Sequence[Three]) -> bool:
    """Return whether a file is as git left it, with our driver or without, and not settled by a person.

    It is settled where somebody took one side of it; where the other side has none, git may have done so.
    """
    # mostly both have the same bytes of a file
    files = dict.fromkeys(
        (each.base.get(path), each.ours.get(path), each.theirs.get(path)) for each in versions
    )
    return now is None or any(_is_as_merged(path, now, each) for each in files)


def _is_as_merged(path: str, now: bytes, file: tuple[bytes | None, bytes | None, bytes | None]) -> bool:
    base, ours, theirs = (each or b"" for each in file)
    by_driver = (_by_driver((base, ours, theirs), path, ours_give_way=each) for each in (True, False))
    if None in file[1:] and now in file[1:]:
        return not any(map(has_markers, by_driver))
    by_git = git.merge_lines(base, ours, theirs, marker=MARKER)
    left = chain((by_git.content if by_git else b"",), by_driver)
    return any(_unlabelled(now) == _unlabelled(each) for each in left)


def _by_driver(versions: tuple[bytes, bytes, bytes], path: str, *, ours_give_way: bool) -> bytes:
    return merge_for_git(versions, path, ours_give_way=lambda: ours_give_way)[0].content


def _lines(content: bytes) -> bytes:
    """Return a file whatever its lines end with, which git may change between its objects and the files."""
    return content.replace(b"\r\n", b"\n")


def _unlabelled(content: bytes) -> bytes:
    """Return a file without what git writes behind its conflict markers."""
    return _MARKER_LINE.sub(rb"\1", _lines(content))
