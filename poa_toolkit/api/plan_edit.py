"""An edit of several files in hand: read once, changed in memory, validated, written all or not at all."""

from __future__ import annotations

import codecs
import difflib
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.baseline import frozen
from poa_toolkit.api.validate import DEPARTURES, InvalidPlanError, Report, validate
from poa_toolkit.diagnostic import Location, Severity
from poa_toolkit.edit import changes, yaml_text
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.files.transaction import recover, write_all
from poa_toolkit.load.plan import Loaded, load
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.source import folder
from poa_toolkit.source.base import Files
from poa_toolkit.source.versions import WORKING_TREE
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from poa_toolkit.diagnostic import Diagnostic, Pointer
    from poa_toolkit.model import Baseline, Plan
    from poa_toolkit.model.base import Record
    from poa_toolkit.trace import Trace


class Written(NamedTuple):
    """What an edit did."""

    at: Location
    """The record to look at."""
    paths: tuple[str, ...]
    """The files that were written, inside the project."""
    to_do: tuple[Diagnostic, ...] = ()
    """The errors that are left to mend in the new record."""
    remarks: tuple[str, ...] = ()
    """What is to be known of how it was done."""
    contents: Mapping[str, bytes] = MappingProxyType({})
    """By path, what the files hold now, or would hold where the edit was of files that were given."""


class PlanEdit:
    """The working tree, read whole, and what an edit makes of it.

    Where `files` are given nothing else is read, what an interrupted edit left is not put right, and nothing
    is written: an editor that has them open does that.

    Raises InvalidPlanError where a file of the plan cannot be read: whatever gives, changes or moves an id
    has to know every id and every link.
    """

    def __init__(self, project: Path, files: Files | None = None) -> None:
        if files is None:
            recover(project)
        self.project = project
        self._writes = files is None
        self.files = files or folder.read(project, WORKING_TREE)
        self.loaded = self._before = load(self.files)
        self.contents: dict[str, bytes] = {}
        self.elsewhere: frozenset[str] | None = None
        """The ids that other branches use, once somebody has looked."""
        self._remarks: dict[str, None] = {}
        self._begin()

    def _begin(self) -> None:
        """Refuse a plan that is not read whole."""
        if self.loaded.unread:
            raise InvalidPlanError(self._unread())

    def _unread(self) -> Report:
        return Report(self.files.label, self.loaded.plan, self._before.unread, incomplete=True)

    @property
    def plan(self) -> Plan:
        """The plan as it was read. Raises InvalidPlanError where plan.yaml cannot be read."""
        if self.loaded.plan is None:
            raise InvalidPlanError(validate(self.project, version=self.loaded))
        return self.loaded.plan

    @property
    def trace(self) -> Trace:
        """The links of the plan as it was read."""
        return trace(self.plan)

    def frozen(self) -> Iterator[tuple[str, Baseline]]:
        """Yield the frozen versions by name. Raises InvalidPlanError or VersionError where one is unread."""
        for name, baseline, altered in frozen(self.project):
            if baseline is None:
                raise InvalidPlanError(Report(self.files.label, self.loaded.plan, altered))
            yield name, baseline

    def place(self, at: Pointer) -> tuple[str, Pointer]:
        """Return the file of a value of the plan, and the way to it in that file."""
        return place(self.loaded, at)

    def find(self, name: str, what: str) -> tuple[str, Pointer]:
        """Return the file of a record and the way to it. Raises EditRefusedError where there is none."""
        found = self.trace.ids.get(name.lower(), ())
        if not found:
            reason = "cannot be read" if name.lower() in self.loaded.broken else "is not in the plan"
            raise EditRefusedError(f'{what} "{name}" {reason}')
        return self.place(found[0][1])

    def change(self, path: str, change: Callable[[str], str]) -> None:
        """Change the text of one file; a byte order mark stays."""
        self.files.pulse()
        before = self.contents[path] if path in self.contents else self.files.contents[path]
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        try:
            after = change(before.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise EditRefusedError(f"{path} is not UTF-8; save it again as UTF-8") from None
        except EditRefusedError as error:
            raise EditRefusedError(f"{path}: {error}") from None
        self.contents[path] = mark + after.encode("utf-8")

    def insert(self, path: str, at: Pointer, index: int, value: Any) -> None:  # noqa: ANN401 - YAML's data
        """Put a record into a list of a file, before the item that is `index` now."""
        root = root_of(path)
        self.change(path, lambda text: changes.insert_item(text, at, index, value, root=root))

    def append(self, path: str, key: str, record: Mapping[str, Any]) -> None:
        """Put a record behind those that the list `key` of a file held when it was read, if it was there."""
        if path not in self.files.contents:
            self.create(path, {key: [record]})
            return
        held = (self.loaded.trees[path].value or {}).get(key) or ()
        self.insert(path, (key,), len(held), record)

    def put_keys(self, path: str, values: Mapping[Pointer, Mapping[str, Any]]) -> None:
        """Give mappings of a file, by their pointers, keys: new ones, or new values."""
        self.change(path, lambda text: changes.put_keys(text, values, root=root_of(path)))

    def size(self, path: str) -> int:
        """Return how many bytes a file holds now."""
        return len(self.contents[path] if path in self.contents else self.files.contents[path])

    def remark(self, said: str) -> None:
        """Keep what a person is to know of how the edit was done."""
        self._remarks[said] = None

    def create(self, path: str, value: Mapping[str, Any]) -> None:
        """Add a file. Raises EditRefusedError where there is one."""
        if (self.project / path).exists():
            raise EditRefusedError(f"{path} exists already")
        self.contents[path] = spelt(path, value).encode("utf-8")

    def changed(self) -> dict[str, bytes]:
        """Return the files whose bytes differ from those that were read."""
        read = self.files.contents
        return {path: each for path, each in sorted(self.contents.items()) if read.get(path) != each}

    def refresh(self) -> None:
        """Read the plan again as the edits so far have made it: `plan`, `trace` and `place` follow."""
        self.loaded = self._as_changed()

    def accept(self) -> None:
        """Read the plan again, and measure what further edits bring by it."""
        self.loaded = self._before = self._as_changed()

    def diffs(self) -> dict[str, str]:
        """Return what the edit changes, by path, as unified differences."""
        return {
            path: _unified(path, self.files.contents.get(path, b""), each)
            for path, each in self.changed().items()
        }

    def finish(self, *names: str, left_to_do: tuple[str, ...] = (), may_depart: bool = False) -> Written:
        """Validate the result and write it; the first of `names` is the record to look at.

        Raises InvalidPlanError, nothing written, where the edit would bring a new error; one of the
        codes `left_to_do` in one of the records `names` may stay, to be mended by hand. With `may_depart`
        an edit that a frozen or endorsed text does not allow is written, and told.
        """
        changed = self.changed()
        after, to_do = self.check(*names, left_to_do=left_to_do, may_depart=may_depart)
        if changed and self._writes:
            # an edit rests on every file that it has read: a link to a new id, a file that lacks one
            write_all(self.project, changed, self.files.contents)
        at = _location(after, names[0] if names else None)
        return Written(at, tuple(changed), to_do, tuple(self._remarks), changed)

    def check(
        self, *names: str, left_to_do: tuple[str, ...] = (), may_depart: bool = False
    ) -> tuple[Loaded, tuple[Diagnostic, ...]]:
        """Validate the result as `finish` does, and write nothing: the result, and the errors that may stay.

        Raises InvalidPlanError where `finish` would.
        """
        after = self._as_changed()
        if self._before.unread and _ids(after) != _ids(self._before):
            raise InvalidPlanError(self._unread())
        before, now = (
            _errors(validate(self.project, version=each, pulse=self.files.pulse))
            for each in (self._before, after)
        )
        new = _new(before, now)
        to_do = tuple(
            each
            for each in new
            if (may_depart and each.code in DEPARTURES)
            or (each.code in left_to_do and any(_is_in(each, after, name) for name in names))
        )
        refused = tuple(each for each in new if each not in to_do)
        if refused:
            raise InvalidPlanError(Report(self.files.label, after.plan, refused))
        return after, to_do

    def _as_changed(self) -> Loaded:
        contents = {**self.files.contents, **self.changed()}
        return load(Files(self.files.label, contents, self.files.refusals, self.files.fetch))

    def news(self) -> tuple[Loaded, tuple[Diagnostic, ...]]:
        """Return the plan as the edits so far have made it, and every finding that it did not have before."""
        after = self._as_changed()
        before = validate(self.project, version=self._before)
        return after, tuple(_new(before.diagnostics, validate(self.project, version=after).diagnostics))


class PartialPlanEdit(PlanEdit):
    """What of the working tree can be read, for an edit that writes no id: it may leave the rest alone."""

    def _begin(self) -> None:
        """Go on; `check` refuses whatever touches an id."""


def root_of(path: str) -> type[Record] | None:
    """Return the model of a file of the plan."""
    kind = kind_of(path)
    return kind.root if kind else None


def spelt(path: str, value: Mapping[str, Any]) -> str:
    """Spell a whole new file of the plan, its schema named first."""
    kind = kind_of(path)
    name, root = (kind.name, kind.root) if kind else ("", None)
    head = f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{name}.schema.json"
    return "\n".join((head, *yaml_text.record(value, 0, root))) + "\n"


def _ids(loaded: Loaded) -> dict[str, list[str]]:
    """Return the ids in each file that has any, points' too, in their order."""
    found = {path: list(ids_in(tree.value, points=True)) for path, tree in loaded.trees.items()}
    return {path: names for path, names in found.items() if names}


def _new(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings of the codes that are now more frequent, those that were there before left out."""
    old, now = list(before), list(after)
    more = Counter(each.code for each in now) - Counter(each.code for each in old)
    known = {(each.code, each.location.path, each.message) for each in old}
    found: list[Diagnostic] = []
    for code in sorted(more):
        every = [each for each in now if each.code == code]
        found += [each for each in every if (code, each.location.path, each.message) not in known] or every
    return found


def used_ids(edit: PlanEdit) -> dict[str, str]:
    """Return every id that was ever used, in lower case, and where: in the plan or in a frozen version.

    So is that of a record which an amendment added before the decision was taken back. Raises as
    `PlanEdit.frozen`.
    """
    found = {
        name: f"baseline {each}"
        for each, baseline in edit.frozen()
        for name in (*trace(baseline.plan).ids, *(one.lower() for one in baseline.amendments or ()))
    }
    for tree in edit.loaded.trees.values():
        found |= dict.fromkeys(ids_in(tree.value), "the plan")
    for amendment in edit.loaded.amendments:
        added = (each.record for each in amendment.history if each.record)
        found |= {name.lower(): f"an addition ({amendment.id})" for name in added}
    return found


def place(loaded: Loaded, at: Pointer) -> tuple[str, Pointer]:
    """Return the file of a value of a plan, and the way to it in that file."""
    for length in range(len(at), -1, -1):
        if at[:length] in loaded.places:
            path, base = loaded.places[at[:length]]
            return path, (*base, *at[length:])
    raise EditRefusedError("this value stands in no file")


def ids_in(value: Any, *, points: bool = False) -> Iterable[str]:  # noqa: ANN401 - YAML's data
    """Return every id in the data of a file, in lower case; with `points` those of points, too."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"].lower()
        for key, each in value.items():
            # points have ids of their action alone
            if points or key != "points":
                yield from ids_in(each, points=points)
    elif isinstance(value, list):
        for each in value:
            yield from ids_in(each, points=points)


def _errors(report: Report) -> list[Diagnostic]:
    return [each for each in report.diagnostics if each.severity is Severity.ERROR]


def _pointer(loaded: Loaded, name: str | None) -> Pointer | None:
    if name is None or loaded.plan is None:
        return None
    found = trace(loaded.plan).ids.get(name.lower(), ())
    return found[0][1] if found else None


def _location(loaded: Loaded, name: str | None) -> Location:
    at = _pointer(loaded, name)
    return Location(loaded.path) if at is None else loaded.locate(at)


def _is_in(diagnostic: Diagnostic, loaded: Loaded, name: str | None) -> bool:
    """Return whether a finding lies in the record `name`."""
    at = _pointer(loaded, name)
    if at is None or diagnostic.location.span is None:
        return False
    path, inside = place(loaded, at)
    read = loaded.trees[path]
    following = (*inside[:-1], int(inside[-1]) + 1) if inside and isinstance(inside[-1], int) else inside
    first = read.places.span(inside).line
    last = read.places.span(following).line if read.places.node(following) is not None else len(read.lines)
    return diagnostic.location.path == path and first <= diagnostic.location.span.line <= max(first, last - 1)


def _unified(path: str, before: bytes, after: bytes) -> str:
    """Show what differs, a line feed at the end of each line whatever the file has there."""
    old, new = (each.decode("utf-8-sig", "replace").splitlines() for each in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return "".join(f"{line}\n" for line in lines)
