"""What the merge of a plan has dropped, or has kept against a decision: in whichever file it stood."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.merge_file import MARKER
from poa_toolkit.api.merge_plan import EditedVersion, RecordPlace, records_of
from poa_toolkit.merge.losses import HEAD, RECORD, Loss, Version, losses, overruled, unsettled
from poa_toolkit.model.list_items import spoken
from poa_toolkit.source.base import PLAN_FILE
from poa_toolkit.text.counting import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from poa_toolkit.api.merge_plan import MergedPlan
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.merge.losses import Name, OverruledDecision

_SHOWN = 80


class Dropped(NamedTuple):
    """A change that a merge has lost."""

    path: str
    """The file in which the record stands, or that it stood in."""
    at: Pointer
    """The way to it in that file, as far as it is there."""
    message: str


class Three(NamedTuple):
    """The files of the plan in the versions that are merged."""

    base: Mapping[str, bytes]
    ours: Mapping[str, bytes]
    theirs: Mapping[str, bytes]


def left_out(merged: MergedPlan, now: Mapping[str, bytes]) -> tuple[Dropped, ...]:
    """Return what is dropped for good: what has another id now, or stands in another file, is not."""
    return at_first_sight(Three(*merged.sides), now, [each.at for _, each in merged.conflicts])


def at_first_sight(
    three: Three, now: Mapping[str, bytes], conflicts: Iterable[Sequence[str]] | None = None
) -> tuple[Dropped, ...]:
    """Return what a merge has dropped, or has kept against a decision.

    Without `conflicts` that is a first look at what the versions call by the same names, and every decision
    that was not kept is a doubt.
    """
    changed = {
        path
        for path in {*three.base, *three.ours, *three.theirs, *now}
        if len({each.get(path) for each in (*three, now)}) > 1
    }
    marked = {path for path in changed if has_markers(now.get(path, b""))}
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
            found.append(Dropped(*places.get(name, stood.get(name, (PLAN_FILE, ()))), _contradicted(each)))
    return tuple(found)


def _version(records: Mapping[tuple[str, str], Any], files: Mapping[str, bytes]) -> Version:
    """Return a version as decisions are looked for in it: with the place of each record."""
    places: dict[tuple[str, str], tuple[str, str]] = {}
    before: dict[tuple[str, Pointer], str] = {}
    for name, (path, at) in places_of(files).items():
        places[name] = path, before.get((path, at[:-1]), "")
        before[path, at[:-1]] = name[1]
    return Version(records, places)


def _stood(loss: Loss, three: Three) -> str:
    side = places_of(three.ours if loss.is_ours else three.theirs)
    return side.get(loss.record, (PLAN_FILE, ()))[0]


def _contradicted(decision: OverruledDecision) -> str:
    """Return what stands in the plan against a decision that was kept, and what to do."""
    whose = "our" if decision.is_ours else "their"
    name = " ".join((decision.record, ".".join(decision.at))).strip()
    return (
        f"the merge keeps {decision.amendment} as {decision.state}, but {name} is as {whose} side's decision "
        "made it: keep that decision, and change it afterwards with "
        f"`poa amend reopen {decision.amendment}`, or undo here what it wrote"
    )


def _told(loss: Loss) -> str:
    """Return what a merge has dropped, and whose it was."""
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


def record_values(contents: Mapping[str, bytes]) -> dict[Name, Any]:
    """Return the data of every record of a version by kind and id, and of the heads of its files by path."""
    version = EditedVersion(contents)
    found: dict[Name, Any] = {}
    times: Counter[Name] = Counter()
    for path in sorted(version.contents):
        value = version.value(path)
        for (kind, name), at in records_of(path, value):
            times[kind, name] += 1
            again = f"\0{times[kind, name]}" if times[kind, name] > 1 else ""
            found[kind, name + again] = version.at(RecordPlace(path, at))
        if isinstance(value, dict):
            lists = {str(at[0]) for _, at in records_of(path, value)}
            found[HEAD, path] = {key: each for key, each in value.items() if key not in lists and each != []}
    return found


def places_of(contents: Mapping[str, bytes]) -> dict[Name, tuple[str, Pointer]]:
    """Return the file of every record of a version, and the way to it; of a head, its file."""
    version = EditedVersion(contents)
    heads: dict[Name, tuple[str, Pointer]] = {(HEAD, path): (path, ()) for path in version.contents}
    return heads | {name: (each.path, each.at) for name, each in version.records().items()}


def has_markers(content: bytes) -> bool:
    """Return whether a conflict of git stands in a file."""
    return any(line.startswith(b"<" * MARKER) for line in content.splitlines())
