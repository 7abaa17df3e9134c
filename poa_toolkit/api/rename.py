"""Another id for a record, in every file; or for one of several records that bear one id."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.plan_edit import PlanEdit, Written, used_ids
from poa_toolkit.api.validate import InvalidPlanError
from poa_toolkit.check.rulebook import DEMANDS
from poa_toolkit.diagnostic import Location, Span
from poa_toolkit.edit import changes
from poa_toolkit.edit import mentions as links
from poa_toolkit.edit.occurrences import Occurrence, at_line, occurrences
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.errors import EditRefusedError, PoaError
from poa_toolkit.load.plan_file import place
from poa_toolkit.load.yaml_tree import read as read_tree
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.source import folder, git, git_merging
from poa_toolkit.source.versions import WORKING_TREE
from poa_toolkit.text import valid_names
from poa_toolkit.text.ids_in_text import is_distinct, places
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.file_kinds import FileKind
    from poa_toolkit.source.base import Files


class Sides(NamedTuple):
    """The files of the working tree and of both sides of a merge, and the side of the record in question."""

    now: Mapping[str, Any]
    """The data of the working tree, by path."""
    tips: tuple[Mapping[str, Any], ...]
    """The data of each side, by path; none where git knows of no merge."""
    first: int | None = None
    """The side that brought the record in question, where another brought the other of its id."""

    @classmethod
    def of(cls, project: Path, records: tuple[Occurrence, ...]) -> Sides:
        """Look at the merge that brought records of one id; the first of them is the one in question."""
        merge = git_merging.merge(project)
        if merge is None or len(records) != 2:  # noqa: PLR2004 - one of each side
            return NO_SIDES
        try:
            tips = tuple(_data(git.read(project, each, each).contents) for each in (merge.ours, merge.theirs))
        except PoaError:
            return NO_SIDES
        sides = cls(_data(folder.read(project, WORKING_TREE).contents), tips)
        mine, other = (sides._side(each.path, each.at) for each in records)
        apart = mine is not None and other is not None and mine != other
        return sides._replace(first=mine) if apart else NO_SIDES

    def means_first(self, path: str, at: Pointer) -> bool | None:
        """Return whether a link came with the record in question; None where that is not known."""
        side = self._side(path, at) if self.first is not None else None
        return None if side is None else side == self.first

    def _side(self, path: str, at: Pointer) -> int | None:
        """Return the side that alone has the item of a list in which a value stands, as it is now."""
        item = _item(self.now.get(path), at)
        holds = [item in _items(tip.get(path), at) for tip in self.tips]
        return holds.index(True) if holds.count(True) == 1 else None


NO_SIDES = Sides({}, ())
"""What is known where git knows of no merge."""


def _data(contents: Mapping[str, bytes]) -> dict[str, Any]:
    read = ((path, read_tree(path, content)) for path, content in contents.items())
    return {path: each.value for path, each in read if not each.problems}


def _items(value: Any, at: Pointer) -> list[Any]:  # noqa: ANN401 - YAML's data
    """Return the items of the list of a file in which a pointer leads to one; the whole where it does not."""
    if len(at) > 1 and isinstance(value, dict) and isinstance(at[1], int):
        found = value.get(at[0])
        return found if isinstance(found, list) else []
    return [value]


def _item(value: Any, at: Pointer) -> Any:  # noqa: ANN401 - YAML's data
    found = _items(value, at)
    index = at[1] if len(at) > 1 and isinstance(at[1], int) else 0
    return found[index] if index < len(found) else None


_PLACE = re.compile(r"(?P<path>.+\.yaml):(?P<line>[0-9]{1,9})(?::[0-9]*)?:?")
"""A line of a file, as diagnostics and editors print it."""


class Renamed(NamedTuple):
    """What a new id touched."""

    written: Written
    old: str
    """The id that it had."""
    links: int
    """How many values named the record, its own id left out."""
    baselines: tuple[str, ...]
    """The frozen versions that keep the old id."""
    mentions: int = 0
    """How often the id was written in a text, and is changed there."""
    left: tuple[Location, ...] = ()
    """Where it may still be written, in a text, an amendment, an endorsement or a comment."""
    others: tuple[str, ...] = ()
    """Where other records stand that bear the old id still."""
    unclear: tuple[Location, ...] = ()
    """The links of which it is not known whether they mean the record or one of the others."""


def rename(
    project: Path, old: str, new: str, *, within: str | None = None, files: Files | None = None
) -> Renamed:
    """Give a record another id, and change every link to it and every text that names it, in every file.

    `old` is its id, with `within` that in one file, or its place, ``plan/sections/01.yaml:12``. Where other
    records bear the same id, a link follows only where it can mean no other.

    Texts that a freeze or an endorsement guards stay, and so do words that may mean something else; `left`
    says where. `files` as for `PlanEdit`. Raises EditRefusedError where there is no such record, several are
    meant, or the new id is or was another's.
    """
    try:
        return _Renaming(PlanEdit(project, files), old, new, within).done(with_texts=True)
    except InvalidPlanError:
        return _Renaming(PlanEdit(project, files), old, new, within).done(with_texts=False)


class _Renaming:
    """One record, and what its new id touches."""

    def __init__(self, edit: PlanEdit, old: str, new: str, within: str | None) -> None:
        self.edit, self.new = edit, new
        self.every = occurrences(edit.loaded.trees)
        self.meant = _meant(edit, self.every, old, new, within)
        self.old = self.meant.name
        self.twins = self.meant.rivals(self.every)
        self.kinds = {each.kind for each in self.twins}
        self.sides = Sides.of(edit.project, (self.meant, *self.twins)) if self.twins else NO_SIDES
        holders = ("actors actors.*.id", "participants participants.*.id")
        self.holders = {each.name.lower() for each in self.every if each.kind in holders}
        self.links = self.mentions = 0
        self.unclear: list[Location] = []

    def done(self, *, with_texts: bool) -> Renamed:
        """Make the edit, and write it."""
        _must_be_free(self.edit, self.every, self.meant, self.new)
        meant = self.meant
        self.edit.change(meant.path, partial(changes.set_scalars, values={(*meant.at, "id"): self.new}))
        for path in self.edit.loaded.trees:
            if meant.action is None:
                self._follow(path, with_texts=with_texts)
            else:
                self._follow_point(path)
        others = tuple(each.place for each in self.twins)
        lacking = tuple(DEMANDS) if others else ()
        written = self.edit.finish(self.new, left_to_do=lacking, may_depart=not with_texts)
        return Renamed(
            written._replace(at=self._location(meant.path, (*meant.at, "id"))),
            self.old,
            self.links,
            self._baselines(),
            self.mentions,
            tuple(self._left()) if meant.action is None else (),
            others,
            tuple(self.unclear),
        )

    def _follow(self, path: str, *, with_texts: bool) -> None:
        """Change what one file says of the record."""
        kind = kind_of(path)
        name = kind.name if kind else ""
        value = _value(self.edit, path)
        found = {}
        for each in links.namings(name, value, self.old, self.new, holders=self.holders):
            if each.is_own:
                continue
            follows = self._follows(path, each.at, each.leads_to)
            if follows:
                found[each.at] = each.after
            elif follows is None:
                self.unclear.append(self._location(path, each.at))
        self.links += len(found)
        if found:
            self.edit.change(path, partial(changes.set_scalars, values=found))
        if with_texts:
            self._reword(path, name)
        if kind:
            self._look_at_broken_records(path, kind)

    def _look_at_broken_records(self, path: str, kind: FileKind) -> None:
        """Refuse where one of them may still name the record; of several of that id nobody knows which."""
        for at in links.strays(kind, _value(self.edit, path), self.old):
            where = self._location(path, at)
            if not self.twins:
                raise EditRefusedError(
                    f'{where}: this record cannot be read, and "{self.old}" stands in it; mend it first'
                )
            self.unclear.append(where)

    def _reword(self, path: str, kind: str) -> None:
        value = _value(self.edit, path)
        mentioned = links.mentions(kind, value, self.old)
        sure = [each for each in mentioned if each.is_sure and self._follows(path, each.at, ())]
        texts = links.rewritten(value, sure, self.new)
        if texts:
            self.mentions += len(sure)
            self.edit.change(path, partial(changes.set_scalars, values=texts))

    def _follows(self, path: str, at: Pointer, leads_to: tuple[str, ...]) -> bool | None:
        """Return whether a link means the record and none of the others; None where nobody can know."""
        if not self.twins:
            return True
        if leads_to and self.meant.kind not in leads_to and self.kinds & set(leads_to):
            return False
        if self.meant.kind in leads_to and not self.kinds & set(leads_to):
            return True
        return self.sides.means_first(path, at)

    def _follow_point(self, path: str) -> None:
        """Change what names the point, where its action is the only one of its id."""
        action = next(
            each for each in self.every if (each.path, each.at) == (self.meant.path, self.meant.action)
        )
        kind, value = kind_of(path), _value(self.edit, path)
        ids = {f"{action.name}.{self.old}": f"{action.name}.{self.new}"}
        named = links.references(kind.name if kind else "", value, ids)
        values: dict[Pointer, str] = {each.at: each.after for each in named}
        rows = (value or {}).get("amendments") or () if path.startswith("plan/amendments/") else ()
        for index, row in enumerate(rows):
            if row.get("record") != action.name:
                continue
            at: Pointer = ("amendments", index)
            if row.get("field") == f"points.{self.old}":
                values[*at, "field"] = f"points.{self.new}"
            values |= {(*at, key): self.new for key in ("under", "after") if row.get(key) == self.old}
        if self.twins or action.rivals(self.every):
            self.unclear += [self._location(path, each) for each in values]
        elif values:
            self.links += len(values)
            self.edit.change(path, partial(changes.set_scalars, values=values))

    def _location(self, path: str, at: Pointer) -> Location:
        content = self.edit.contents.get(path, self.edit.files.contents[path])
        return place(read_tree(path, content), at)

    def _left(self) -> Iterator[Location]:
        """Return where the edited files still write the id, in their order."""
        edit, name = self.edit, self.old
        for path in sorted(edit.loaded.trees):
            content = edit.contents.get(path, edit.files.contents[path])
            if name.lower().encode() not in content.lower():
                continue
            tree, kind = read_tree(path, content), kind_of(path)
            reading = Reading(tree.text)
            spans = [
                tree.places.span(each.at, words=each.words)
                for each in links.mentions(kind.name if kind else "", tree.value, name)
            ]
            for start, comment in reading.tree.comments:
                for match in places(comment, name):
                    if match.group() == name or is_distinct(name):
                        first = tree.places.line_and_column(start + match.start())
                        spans.append(Span(*first, *tree.places.line_and_column(start + match.end())))
            yield from (Location(path, span, tree.line(span.line)) for span in sorted(spans))

    def _baselines(self) -> tuple[str, ...]:
        """Return the frozen versions that hold the id."""
        if self.meant.action is not None:
            return ()
        kept = {
            name: {*trace(each.plan).ids, *(one.lower() for one in each.amendments or ())}
            for name, each in self.edit.frozen()
        }
        return tuple(name for name, ids in kept.items() if self.old.lower() in ids)


def _value(edit: PlanEdit, path: str) -> Any:  # noqa: ANN401 - YAML's data
    return read_tree(path, edit.contents.get(path, edit.files.contents[path])).value


def _meant(
    edit: PlanEdit, every: tuple[Occurrence, ...], old: str, new: str, within: str | None
) -> Occurrence:
    """Return the record that a person names. Raises EditRefusedError where there is none, or several."""
    found = _PLACE.fullmatch(old)
    if found:
        path = found["path"]
        _must_be_of_plan(edit, path)
        return at_line(every, path, int(found["line"]), edit.files.contents[path].decode("utf-8-sig"))
    if within is not None:
        _must_be_of_plan(edit, within)
    named = [each for each in every if each.name == old and each.action is None]
    there = [each for each in named if within in (None, each.path)]
    if not there and named:
        raise EditRefusedError(
            f'"{old}" does not stand in {within}, but at {", ".join(each.place for each in named)}'
        )
    if not there:
        near = next((each.name for each in every if each.name.lower() == old.lower()), None)
        raise EditRefusedError(
            f'"{old}" is no id of the plan' + (f'; did you mean "{near}"?' if near else "")
        )
    if len(there) > 1:
        ways = " or ".join(f"`poa rename {each.place} {new}`" for each in there)
        raise EditRefusedError(f'{len(there)} records bear the id "{old}"; say which one: {ways}')
    return there[0]


def _must_be_of_plan(edit: PlanEdit, path: str) -> None:
    if path not in edit.loaded.trees:
        raise EditRefusedError(f"{path} is no file of the plan; name it as messages do, plan/…")


def _must_be_free(edit: PlanEdit, every: tuple[Occurrence, ...], meant: Occurrence, new: str) -> None:
    if why := valid_names.fault(new):
        raise EditRefusedError(f'"{new}" cannot be an id: {why}')
    if meant.action is not None:
        beside = [
            each
            for each in every
            if each.path == meant.path and each.action == meant.action and each != meant
        ]
        if new.lower() in [each.name.lower() for each in beside]:
            raise EditRefusedError(f'"{new}" cannot be used: another point of the action bears it')
        return
    used = used_ids(edit)
    respelt = new.lower() == meant.name.lower()
    rivals = [each for each in every if each.action is None and each.name.lower() == meant.name.lower()]
    if new.lower() in used and (not respelt or len(rivals) > 1):
        raise EditRefusedError(f'"{new}" cannot be used: it is or was an id of {used[new.lower()]}')
