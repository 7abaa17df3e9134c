"""Finish a merge that git began: what it cannot do file by file, and what the result has dropped."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.merge_file import MARKER
from poa_toolkit.api.merge_plan import merge_for_git, merge_plans
from poa_toolkit.api.merge_records import places_of, record_values
from poa_toolkit.errors import NoPlanError, VersionError
from poa_toolkit.files.transaction import write_all
from poa_toolkit.merge.losses import RECORD, Loss, losses, unsettled
from poa_toolkit.merge.overruled_decisions import Version, overruled
from poa_toolkit.model.list_items import spoken
from poa_toolkit.source import folder, git, git_folder, git_merging
from poa_toolkit.source.versions import WORKING_TREE
from poa_toolkit.text.counting import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from poa_toolkit.api.merge_plan import MergedPlan
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.merge.overruled_decisions import OverruledDecision
    from poa_toolkit.merge.values import Conflict
    from poa_toolkit.source.base import Files
    from poa_toolkit.source.git_merging import Merge

_MARKER_LINE = re.compile(rb"^([<>|]{7})[^\r\n]*", re.MULTILINE)
_HEAD = "plan/plan.yaml"
_SHOWN = 80


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


class Dropped(NamedTuple):
    """A change that a merge has lost."""

    path: str
    """The file in which the record stands, or that it stood in."""
    at: Pointer
    """The way to it in that file, as far as it is there."""
    message: str


class _Three(NamedTuple):
    """The files of the plan in the versions that are merged."""

    base: Mapping[str, bytes]
    ours: Mapping[str, bytes]
    theirs: Mapping[str, bytes]


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
        if again or _is_left(path, there, (three, _Three(*merged.sides))):
            wanted[path] = _with_ends_of(there or b"", content)
        else:
            by_hand.append(path)
    marked = {path for path in wanted if _has_markers(wanted[path])} if not merge.is_made else set()
    if marked:
        git_folder.refuse_unsafe(project, git_folder.INDEX, git_folder.OBJECTS)
        # before the files: what git alone knows to be in conflict keeps a commit waiting, and loses nothing
        git_merging.mark_conflicts(project, {path: [each.get(path) for each in three] for path in marked})
    write_all(project, wanted, now)
    after = {**now, **wanted}
    left = tuple(each for each in merged.conflicts if _has_markers(after.get(each[0], b"")) or not each[1].at)
    lost = _dropped(three, after) and _left_out(merged, after)
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
    return _dropped(three, now) and _left_out(_whole(project, merge, three), now)


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
    versions, settled = (three, _Three(*merged.sides)), git_merging.settled(project)
    left = [
        path
        for path, content in merged.files.items()
        if now.get(path) != content and path not in settled and _is_left(path, now.get(path), versions)
    ]
    marked = (f"{path}: a conflict marker stands in it" for path in now if _has_markers(now[path]))
    lost = _dropped(three, now) and _left_out(merged, now)
    return (*marked, *(merged.said if left else ()), *(f"{each.path}: {each.message}" for each in lost))


def _merge(project: Path, heads: Sequence[str]) -> Merge:
    merge = git_merging.merge(project, heads)
    if merge is None:
        why = git.trouble(project)
        raise VersionError(f"there is no merge to finish: {why or 'git is making none, and HEAD is none'}")
    return merge


def _whole(project: Path, merge: Merge, three: _Three) -> MergedPlan:
    return merge_plans(*three, ours_give_way=git_merging.ours_is_new(project, (merge.theirs,)))


def _read(project: Path, merge: Merge) -> _Three:
    return _Three(
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
        path: first[path] if path in first and _has_markers(each) else each for path, each in merged.items()
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


def _is_left(path: str, now: bytes | None, versions: Sequence[_Three]) -> bool:
    """Say whether a file is as git left it, with our driver or without, and not settled by a person.

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
        return not any(map(_has_markers, by_driver))
    by_git = git.merge_lines(base, ours, theirs, marker=MARKER)
    left = chain((by_git.content if by_git else b"",), by_driver)
    return any(_unlabelled(now) == _unlabelled(each) for each in left)


def _by_driver(versions: tuple[bytes, bytes, bytes], path: str, *, ours_give_way: bool) -> bytes:
    return merge_for_git(versions, path, ours_give_way=lambda: ours_give_way)[0].content


def _lines(content: bytes) -> bytes:
    """Return a file whatever its lines end with, which git may change between its objects and the files."""
    return content.replace(b"\r\n", b"\n")


def _with_ends_of(there: bytes, content: bytes) -> bytes:
    return _lines(content).replace(b"\n", b"\r\n") if b"\r\n" in there else content


def _unlabelled(content: bytes) -> bytes:
    """Return a file without what git writes behind its conflict markers."""
    return _MARKER_LINE.sub(rb"\1", _lines(content))


def _has_markers(content: bytes) -> bool:
    return any(line.startswith(b"<" * MARKER) for line in content.splitlines())


def _left_out(merged: MergedPlan, now: Mapping[str, bytes]) -> tuple[Dropped, ...]:
    """Return what is dropped for good: what has another id now, or stands in another file, is not."""
    return _dropped(_Three(*merged.sides), now, [each.at for _, each in merged.conflicts])


def _dropped(
    three: _Three, now: Mapping[str, bytes], conflicts: Iterable[Sequence[str]] | None = None
) -> tuple[Dropped, ...]:
    """Return what a merge has dropped, or has kept against a decision.

    Without `conflicts` that is a first look at what the versions call by the same names, and every decision
    that was not kept is a doubt.
    """
    changed = {
        path
        for path in {*three.base, *three.ours, *three.theirs, *now}
        if len({*_versions(path, three, now)}) > 1
    }
    marked = {path for path in changed if _has_markers(now.get(path, b""))}
    open_ids = {name for each in three for name in record_values({p: each[p] for p in marked if p in each})}
    files = [{path: each[path] for path in changed if path in each} for each in (*three, now)]
    every = [record_values(each) for each in files]
    base, ours, theirs, result = every
    places = places_of(now)
    without = tuple(overruled(*map(_version, every, files)))
    found = []
    for loss in unsettled(losses(base, ours, theirs, result), conflicts or ()):
        if loss.record not in open_ids and not any(each.explains(loss) for each in without):
            path, at = places.get(loss.record, (_stood(loss, three), ()))
            found.append(Dropped(path, at, _told(loss)))
    stood = places_of(three.base)
    for each in without:
        if each.stands or conflicts is None:
            name = each.name or (RECORD, each.record)
            found.append(Dropped(*places.get(name, stood.get(name, (_HEAD, ()))), _contradicted(each)))
    return tuple(found)


def _version(records: Mapping[tuple[str, str], Any], files: Mapping[str, bytes]) -> Version:
    """Return a version as decisions are looked for in it: with the place of each record."""
    places: dict[tuple[str, str], tuple[str, str]] = {}
    before: dict[tuple[str, Pointer], str] = {}
    for name, (path, at) in places_of(files).items():
        places[name] = path, before.get((path, at[:-1]), "")
        before[path, at[:-1]] = name[1]
    return Version(records, places)


def _versions(path: str, three: _Three, now: Mapping[str, bytes]) -> tuple[bytes | None, ...]:
    return (*(each.get(path) for each in three), now.get(path))


def _stood(loss: Loss, three: _Three) -> str:
    side = places_of(three.ours if loss.is_ours else three.theirs)
    return side.get(loss.record, (_HEAD, ()))[0]


def _contradicted(decision: OverruledDecision) -> str:
    """Say what stands in the plan against a decision that was kept, and what to do."""
    whose = "our" if decision.is_ours else "their"
    name = " ".join((decision.record, ".".join(decision.at))).strip()
    return (
        f"the merge keeps {decision.amendment} as {decision.state}, but {name} is as {whose} side's decision "
        "made it: keep that decision, and change it afterwards with "
        f"`poa amend reopen {decision.amendment}`, or undo here what it wrote"
    )


def _told(loss: Loss) -> str:
    """Say what a merge has dropped, and whose it was."""
    whose = "our" if loss.is_ours else "their"
    name = " ".join((loss.record[1], ".".join(map(spoken, loss.at)))).strip()
    if not loss.at:
        return f"the merge has dropped {name}, which stands on {whose} side"
    if loss.value is None:
        return f"the merge has {name} again, which {whose} side took out"
    if not isinstance(loss.value, str):
        return f"the merge has dropped {name} on {whose} side"
    said = shortened(" ".join(loss.value.split()), _SHOWN)
    return f"the merge has dropped what {whose} side made of {name}: “{said}”"
