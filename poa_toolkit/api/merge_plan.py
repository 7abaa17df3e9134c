"""Merge three versions of a whole plan: what git cannot do file by file."""

from __future__ import annotations

import codecs
import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.merge_file import MARKER, MergedFile, merge_files
from poa_toolkit.edit import changes, mentions
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load import yaml_tree
from poa_toolkit.merge.losses import RECORD
from poa_toolkit.merge.values import Conflict
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.model.list_items import same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.merge.losses import Name


AMENDMENTS = "amendments"
"""The kind of an amendment, as against a record of the text."""


class RecordPlace(NamedTuple):
    """Where a record stands."""

    path: str
    at: Pointer

    @property
    def home(self) -> tuple[str, str]:
        """The list it stands in: its file and key."""
        return self.path, str(self.at[0])


class EditedVersion:
    """One version of a plan, to be edited."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = {path: each for path, each in contents.items() if kind_of(path)}
        self._values: dict[bytes, Any] = {}
        self._records: dict[Name, RecordPlace] | None = None

    def value(self, path: str) -> Any:  # noqa: ANN401 - YAML's data
        """Return the data of a file; None for one that is not there or cannot be read."""
        content = self.contents.get(path)
        if content is None:
            return None
        if content not in self._values:
            read = yaml_tree.read(path, content)
            self._values[content] = None if read.problems else read.value
        return self._values[content]

    def records(self) -> dict[Name, RecordPlace]:
        """Return where each record stands that has an id; of those with one id, the first."""
        if self._records is None:
            self._records = {}
            for path in sorted(self.contents):
                for name, at in records_of(path, self.value(path)):
                    self._records.setdefault(name, RecordPlace(path, at))
        return self._records

    def at(self, place: RecordPlace) -> Any:  # noqa: ANN401 - YAML's data
        """Return what stands at a place."""
        value = self.value(place.path)
        for step in place.at:
            value = value[step]
        return value

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        """Change the text of a file."""
        self.put(path, edited(self.contents[path], change))

    def put(self, path: str, content: bytes) -> None:
        """Put other bytes at a path."""
        self.contents[path] = content
        self._records = None


def edited(content: bytes, change: Callable[[str], str]) -> bytes:
    """Return the bytes of a file whose text was changed; a byte order mark stays."""
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + change(content.decode("utf-8-sig")).encode("utf-8")


def records_of(path: str, value: Any) -> Iterator[tuple[Name, Pointer]]:  # noqa: ANN401 - YAML's data
    """Return the records of a file: items of its lists that have an id."""
    kind = AMENDMENTS if path.startswith("plan/amendments/") else RECORD
    for key, items in value.items() if isinstance(value, dict) else ():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield (kind, item["id"]), (key, index)


class MergedPlan(NamedTuple):
    """What became of three versions of a plan."""

    files: Mapping[str, bytes]
    """Every file of the merged plan, by path; conflicts are marked in them."""
    conflicts: tuple[tuple[str, Conflict], ...]
    """What is left to a person, each with its file."""
    said: tuple[str, ...]
    """What was done that no single file shows, in sentences."""
    sides: tuple[Mapping[str, bytes], Mapping[str, bytes], Mapping[str, bytes]] = ({}, {}, {})
    """The three versions with the ids and the files that their records have in the merged plan."""


def merge_plans(
    base: Mapping[str, bytes],
    ours: Mapping[str, bytes],
    theirs: Mapping[str, bytes],
    *,
    ours_give_way: bool = False,
    marker: int = MARKER,
) -> MergedPlan:
    """Merge what two sides made of a plan: path to bytes each, whatever else is in them left out.

    Of two new records under one id, ours gets another one where `ours_give_way`, else theirs. Conflict
    markers have `marker` signs.
    """
    three = EditedVersion(base), EditedVersion(ours), EditedVersion(theirs)
    said = [*_follow_files(three), *_follow_ids(three), *_part_twins(three, ours_give_way=ours_give_way)]
    base, ours, theirs = (each.contents.copy() for each in three)
    conflicts = [*_follow_moves(three, said)]
    files: dict[str, bytes] = {}
    for path in sorted({*three[1].contents, *three[2].contents}):
        was, mine, yours = (each.contents.get(path) for each in three)
        if mine is None or yours is None:
            kept = yours if mine is None else mine
            if was is None or kept != was:
                files[path] = kept or b""
            if was is not None and kept != was:
                message = "the file was deleted on one side and changed on the other; it is kept"
                conflicts.append((path, Conflict("the file", message)))
            continue
        merged = merge_files(was or b"", mine, yours, path, marker=marker)
        files[path] = merged.content
        conflicts += ((path, each) for each in merged.conflicts)
    return MergedPlan(files, tuple(conflicts), tuple(said), (base, ours, theirs))


def merge_for_git(
    versions: tuple[bytes, bytes, bytes],
    path: str,
    *,
    ours_give_way: Callable[[], bool],
    marker: int = MARKER,
) -> tuple[MergedFile, tuple[str, ...]]:
    """Merge one file of a plan as git asks for it; the second value says what it does not show.

    `path` begins at the top of the repository. Two new amendments under one id both stand in the result,
    each under its own; records of the text are left in conflict, since links to them are in other files.
    """
    inside = _inside(path)
    base, ours, theirs = versions
    if not inside.startswith(f"plan/{AMENDMENTS}/"):
        return merge_files(base, ours, theirs, inside, marker=marker), ()
    of_file = tuple({inside: each} for each in versions)
    plan = merge_plans(*of_file, ours_give_way=ours_give_way(), marker=marker)
    return MergedFile(plan.files[inside], tuple(each for _, each in plan.conflicts)), plan.said


def _inside(path: str) -> str:
    """Return the path of a plan's file inside its project, which may lie deeper in the repository."""
    steps = path.split("/")
    inside = ("/".join(steps[at:]) for at, step in enumerate(steps) if step == "plan")
    return next((each for each in inside if kind_of(each)), path)


# --- files and records that bear another name ---------------------------------------------------------


def _follow_files(three: tuple[EditedVersion, EditedVersion, EditedVersion]) -> Iterator[str]:
    """Return a file that one side renamed, known by the id in its head, its new path in all versions."""
    base, ours, theirs = three
    for head, path in _heads(base).items():
        for leader, other in ((ours, theirs), (theirs, ours)):
            new = _heads(leader).get(head)
            if new in (None, path) or path in leader.contents or _heads(other).get(head) != path:
                continue
            if new not in other.contents and new not in base.contents:
                for version in (base, other):
                    version.put(new, version.contents.pop(path))
                yield f"{new}: was {path} on one side"


def _heads(version: EditedVersion) -> dict[str, str]:
    """Return the files of sections, consultations and mechanisms by the id in their heads."""
    found: dict[str, str] = {}
    for path in sorted(version.contents):
        value = version.value(path)
        heads = (value, value.get("consultation"), value.get("mechanism")) if isinstance(value, dict) else ()
        for head in heads:
            if isinstance(head, dict) and isinstance(head.get("id"), str):
                found.setdefault(head["id"], path)
    return found


def _follow_ids(three: tuple[EditedVersion, EditedVersion, EditedVersion]) -> Iterator[str]:
    """Return a record that one side renamed, known by its words, its new id in all versions."""
    base, ours, theirs = three
    for leader, other in ((ours, theirs), (theirs, ours)):
        was, now, there = base.records(), leader.records(), other.records()
        gone = [name for name in was if name not in now and name in there]
        came = [name for name in now if name not in was and name not in there]
        for name in gone:
            words = _text_of(base.at(was[name]))
            heirs = [each for each in came if words and _text_of(leader.at(now[each])) == words]
            if len(heirs) != 1 or heirs[0][0] != name[0]:
                continue
            if _rename((base, other), name, heirs[0][1]):
                yield f"{now[heirs[0]].path}: {name[1]} is {heirs[0][1]} on one side, and so everywhere"


def _text_of(record: Any) -> object:  # noqa: ANN401 - YAML's data
    return record.get("text") if isinstance(record, dict) else None


# --- two new records under one id -----------------------------------------------------------------


def _part_twins(
    three: tuple[EditedVersion, EditedVersion, EditedVersion], *, ours_give_way: bool
) -> Iterator[str]:
    """Return another id to a record that both sides added as different ones; say so."""
    was, mine, yours = ({(name[0], name[1].lower()): name for name in each.records()} for each in three)
    for folded in sorted(mine.keys() & yours.keys() - was.keys()):
        places = three[1].records()[mine[folded]], three[2].records()[yours[folded]]
        if places[0].home == places[1].home and same(three[1].at(places[0]), three[2].at(places[1])):
            continue
        side, name = (three[1], mine[folded]) if ours_give_way else (three[2], yours[folded])
        new = _free(name, three)
        if not _rename((side,), name, new):
            continue
        whose, other = ("ours", "theirs") if ours_give_way else ("theirs", "ours")
        place = side.records()[name[0], new]
        yield f"{place.path}: {name[1]} of {whose} is {new} now; {other} is another record of that id"


def _free(name: Name, three: tuple[EditedVersion, EditedVersion, EditedVersion]) -> str:
    """Return an id like this one that no version has: with the next number, or else with one."""
    used = {each.lower() for version in three for kind, each in version.records() if kind == name[0]}
    stem, digits = re.fullmatch(r"(.*?)([0-9]*)", name[1]).groups()  # type: ignore[union-attr]  # fits any
    stem, number = (stem, int(digits)) if digits else (f"{stem}-", 1)
    while True:
        number += 1
        new = f"{stem}{number:0{len(digits)}}"
        if new.lower() not in used:
            return new


def _rename(versions: Iterable[EditedVersion], name: Name, new: str) -> bool:
    """Give a record another id, in everything of some versions that names it; say whether that could be.

    It is done in all of them or in none.
    """
    try:
        texts = [(version, *each) for version in versions for each in _renamed(version, name, new)]
    except EditRefusedError:
        return False
    for version, path, change in texts:
        version.put(path, change)
    return True


def _renamed(version: EditedVersion, name: Name, new: str) -> Iterator[tuple[str, bytes]]:
    """Return the files of a version that name a record, with its new id."""
    kind, old = name
    for path, content in version.contents.items():
        value, file_kind = version.value(path), kind_of(path)
        if value is None or file_kind is None or old.encode() not in content:
            continue
        if kind == AMENDMENTS:
            found = _amendment_names(value, old, new) if path.startswith("plan/amendments/") else {}
        else:
            namings = mentions.namings(file_kind.name, value, old, new, holders=frozenset({old.lower()}))
            found = {each.at: each.after for each in namings}
        if found:
            yield path, edited(content, partial(changes.set_scalars, values=found))


def _amendment_names(value: Any, old: str, new: str) -> dict[Pointer, str]:  # noqa: ANN401 - YAML's data
    """Return the new values of what names an amendment in a file: its id, and reasons that name it."""
    found: dict[Pointer, str] = {}
    for index, item in enumerate(value.get(AMENDMENTS) or ()):
        if isinstance(item, dict) and item.get("id") == old:
            found[AMENDMENTS, index, "id"] = new
        reason = item.get("reason") if isinstance(item, dict) else None
        if isinstance(reason, str) and reason.startswith(f"{old} was "):
            found[AMENDMENTS, index, "reason"] = new + reason.removeprefix(old)
    return found


# --- records that went to another file ------------------------------------------------------------


def _follow_moves(
    three: tuple[EditedVersion, EditedVersion, EditedVersion], said: list[str]
) -> Iterator[tuple[str, Conflict]]:
    """Put each record that one side moved to another list where it is now, in the versions that have it."""
    base, ours, theirs = three
    for name in list(base.records()):
        # where it stands now: following another record may have moved it up
        was = base.records()[name]
        mine, yours = ours.records().get(name), theirs.records().get(name)
        went = [each for each in (mine, yours) if each is not None and each.home != was.home]
        broken = any(was.path in each.contents and each.value(was.path) is None for each in three)
        if not went or broken:
            continue
        if mine and yours and len({each.home for each in went}) > 1:
            message = f"was moved to {mine.path} on our side and to {yours.path} on theirs: keep it in one"
            yield mine.path, Conflict(name[1], message)
            continue
        leader = ours if mine in went else theirs
        other = theirs if leader is ours else ours
        has_words = other.records().get(name) is not None and not same(
            other.at(other.records()[name]), base.at(was)
        )
        try:
            for version in (base, other):
                _follow(version, leader, name)
        except EditRefusedError as error:
            message = f"was moved to {went[0].path} on one side, which could not be followed: {error}"
            yield was.path, Conflict(name[1], message)
            continue
        if has_words:
            did = "was moved there on one side and changed on the other; it has both"
            said.append(f"{went[0].path}: {name[1]} {did}")


def _follow(version: EditedVersion, leader: EditedVersion, name: Name) -> None:
    """Move a record of a version to the list that it stands in on another side; one that is gone stays so."""
    place, target = version.records().get(name), leader.records()[name]
    if place is None or place.home == target.home:
        return
    before = version.contents.copy()
    taken: list[Any] = []

    def take(text: str) -> str:
        without, *rest = changes.take_item(text, place.at)
        taken.extend(rest)
        return without

    try:
        version.edit(place.path, take)
        if target.path not in version.contents:
            version.put(target.path, _emptied(leader, target.path))
        lines, record = taken
        key = str(target.at[0])
        index = _behind(leader, target, version, key)
        version.edit(target.path, lambda text: changes.put_item(text, (key,), index, lines, record))
    except EditRefusedError:
        for path in (place.path, target.path):
            version.put(path, before.get(path, b""))
        raise


def _emptied(leader: EditedVersion, path: str) -> bytes:
    """Return a file that is new on a side without its records."""
    copy = EditedVersion({path: leader.contents[path]})
    for _, at in reversed(list(records_of(path, copy.value(path)))):
        copy.edit(path, lambda text, at=at: changes.take_item(text, at)[0])  # type: ignore[misc]
    return copy.contents[path]


def _behind(leader: EditedVersion, target: RecordPlace, version: EditedVersion, key: str) -> int:
    """Return the index behind the nearest record before it that both have; the beginning where none is."""
    items = leader.value(target.path)[key]
    there = [item.get("id") for item in version.value(target.path).get(key) or () if isinstance(item, dict)]
    for item in reversed(items[: int(target.at[1])]):
        if isinstance(item, dict) and item.get("id") in there:
            return there.index(item["id"]) + 1
    return 0
