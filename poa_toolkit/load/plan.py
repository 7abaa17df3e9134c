"""The files of a version to one plan: records, diagnostics, and the place of everything."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Pointer, Severity
from poa_toolkit.errors import NoPlanError
from poa_toolkit.load import file_names, link_cures, plan_file, yaml_tree
from poa_toolkit.load.plan_file import PlanFile, Readings, place
from poa_toolkit.load.yaml_tree import Tree
from poa_toolkit.model import (
    NO_SETTINGS,
    Amendment,
    Endorsement,
    Head,
    Plan,
    ProgressEntry,
    Review,
    Section,
    Settings,
    Source,
)
from poa_toolkit.model.file_kinds import FILE_KINDS, OF_PROCESS, kind_of
from poa_toolkit.source.base import HERE, PLAN_FILE, PLAN_FOLDER, SETTINGS_FILE, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from poa_toolkit.diagnostic import Words
    from poa_toolkit.model import Baseline
    from poa_toolkit.model.base import Record
    from poa_toolkit.source.base import Files, Refusal


class Loaded(NamedTuple):
    """What the files of one version hold."""

    label: str
    plan: Plan | None
    """The good records; None where plan.yaml itself could not be read."""
    amendments: tuple[Amendment, ...] = ()
    reviews: tuple[Review, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    progress: tuple[ProgressEntry, ...] = ()
    broken: frozenset[str] = frozenset()
    """The ids of the records that could not be read, in lower case; links to them are silent."""
    lost: frozenset[str] = frozenset()
    """The kinds of file, by name, of which one could not be read at all, or a record that has no id."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the form of the plan's files."""
    settings: Settings = NO_SETTINGS
    """What poa.yaml chose, as far as it can be read; its pointers begin with ``settings``."""
    of_settings: tuple[Diagnostic, ...] = ()
    """What is wrong with the form of poa.yaml, which is no part of the plan."""
    profiles: Mapping[str, bytes | Refusal] = MappingProxyType({})
    """The profiles that the plan names: path inside the project to what stands there."""
    trees: Mapping[str, Tree] = MappingProxyType({})
    mends: Mapping[str, tuple[yaml_tree.Problem, ...]] = MappingProxyType({})
    """By path, the faults of layout for which there is a mend."""
    places: Mapping[Pointer, tuple[str, Pointer]] = MappingProxyType({})
    """From a pointer of the plan to a file and a pointer in it; the longest prefix counts."""
    path: str = PLAN_FILE
    """The file to name where no place is known, such as a baseline's."""
    root: Root = HERE
    """How paths of its files are shown to a person."""
    baseline: Baseline | None = None
    """The frozen version that this is; None for files."""

    @property
    def unread(self) -> tuple[Diagnostic, ...]:
        """What keeps a file or a folder from being read at all, poa.yaml too: of each the first fault."""
        found: dict[str, Diagnostic] = {}
        for each in (*self.diagnostics, *self.of_settings):
            read = self.trees.get(each.location.path)
            # a file of conflict markers alone is a text to YAML
            if read is None or read.problems or not isinstance(read.value, dict):
                found.setdefault(each.location.path, each)
        return tuple(found.values())

    def locate(self, at: Pointer, *, key: bool = False, words: Words | None = None) -> Location:
        """Return the place of a value of the plan in its file, or of some characters of a text."""
        for length in range(len(at), -1, -1):
            if at[:length] in self.places:
                path, base = self.places[at[:length]]
                return place(self.trees[path], (*base, *at[length:]), key=key, words=words)
        return Location(self.path)


def load(files: Files, readings: Readings | None = None) -> Loaded:
    """Read every file of a version; all that is wrong with their form is in `diagnostics`.

    With `readings`, a file that is as it was when they were used last is not read again. Raises NoPlanError
    where there is no plan.yaml among them.
    """
    refused = {each.path for each in files.refusals}
    if PLAN_FILE not in files.contents and not refused & {PLAN_FILE, PLAN_FOLDER}:
        raise NoPlanError(f"{files.label} holds no {PLAN_FILE}")
    contents = tuple(sorted(files.contents.items()))
    if readings is None:
        loaded = _loaded(files.label, contents, files.refusals)
    else:
        loaded = _joined(files.label, contents, files.refusals, readings.read)
        readings.forget_others(files.contents)
    loaded = loaded._replace(root=files.root)
    if loaded.plan is not None and files.fetch is not None:
        return loaded._replace(profiles={path: files.fetch(path) for path in loaded.plan.profiles})
    return loaded


@lru_cache(maxsize=2)  # to name a record and to tell its past, a command asks for one version again
def _loaded(label: str, contents: tuple[tuple[str, bytes], ...], refusals: tuple[Refusal, ...]) -> Loaded:
    return _joined(label, contents, refusals, plan_file.read)


def _joined(
    label: str,
    contents: tuple[tuple[str, bytes], ...],
    refusals: tuple[Refusal, ...],
    read: Callable[[str, bytes], PlanFile],
) -> Loaded:
    with _collector_paused():
        loader = _Loader()
        for refusal in refusals:
            loader.refuse(refusal)
        for path, content in contents:
            loader.take(read(path, content))
        loader.diagnostics += file_names.faults([path for path, _ in contents])
        return loader.finish(label)


def let_go() -> None:
    """Let go of the versions that are kept for whoever asks again: what comes next wants their room."""
    _loaded.cache_clear()


def load_settings(files: Files) -> Settings:
    """Read poa.yaml alone; without one, or where it cannot be read, nothing is chosen."""
    loader = _Loader()
    for path in files.contents:
        loader.take(plan_file.read(path, files.contents[path]))
    return loader.settings


def load_part(path: str, content: bytes) -> Loaded:
    """Read one file of a plan alone: its records as a plan that has no words of its own."""
    loader = _Loader()
    loader.take(plan_file.read(path, content))
    loader.head = loader.head or Head.model_construct(None, title="", stage="", stages=())
    return loader.finish(path)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python's collector from walking the growing trees again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Loader:
    """Joins one file after another to a plan."""

    def __init__(self) -> None:
        self.head: Head | None = None
        self.settings = NO_SETTINGS
        names = (*(name for kind in FILE_KINDS for name in kind.lists), *OF_PROCESS)
        self.parts: dict[str, list[Any]] = {name: [] for name in names}
        self.broken: set[str] = set()
        self.lost: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self.trees: dict[str, Tree] = {}
        self.mends: dict[str, tuple[yaml_tree.Problem, ...]] = {}
        self.places: dict[Pointer, tuple[str, Pointer]] = {}
        self.unclear: dict[int, tuple[Pointer, Any]] = {}
        """Index of a diagnostic of a link without the form of one, to the pointer and the file's data."""

    def refuse(self, refusal: Refusal) -> None:
        """Say that a file is not read; what stands in it is not known."""
        where = Location(refusal.path)
        self.diagnostics.append(Diagnostic("POA013", Severity.ERROR, refusal.message, where, refusal.help))
        if kind := kind_of(refusal.path):
            self.lost.add(kind.name)
        # a folder takes all that lies in it along
        self.lost.update(kind.name for kind in FILE_KINDS if kind.pattern.startswith(f"{refusal.path}/"))

    def take(self, read: PlanFile) -> None:
        """Take in one file."""
        if read.tree is not None:
            self.trees[read.path] = read.tree
            for index, at in read.unclear.items():
                self.unclear[len(self.diagnostics) + index] = (at, read.tree.value)
        self.broken |= read.broken
        self.lost |= read.lost
        self.diagnostics += read.diagnostics
        if read.mends:
            self.mends[read.path] = read.mends
        if read.record is not None:
            self.keep(read.path, read.record, read.kept)

    def keep(self, path: str, record: Record, kept: Mapping[str, list[int]]) -> None:
        """Put the records of one file into the plan, and note where they came from."""
        if isinstance(record, Head):
            self.head = record
            self.keep_places((), path, kept)
        elif isinstance(record, Settings):
            self.settings = record
            self.keep_places(("settings",), path, kept)
        elif isinstance(record, Section | Source):
            name = "sections" if isinstance(record, Section) else "sources"
            at: Pointer = (name, len(self.parts[name]))
            self.keep_places(at, path, kept)
            self.parts[name].append(record)
        else:
            self.keep_lists(path, record, kept)

    def keep_places(self, at: Pointer, path: str, kept: Mapping[str, list[int]]) -> None:
        """Note that the record at `at` is the file at `path`, of whose lists some items may be left out."""
        self.places[at] = (path, ())
        for name, indexes in kept.items():
            for number, index in enumerate(indexes):
                self.places[(*at, name, number)] = (path, (name, index))

    def keep_lists(self, path: str, record: Record, kept: Mapping[str, list[int]]) -> None:
        """Put the items of a file that is a list, or two, behind those of the files before it."""
        for name, items in record:
            target = self.parts[name]
            indexes = kept.get(name) or range(len(items))
            for index, item in zip(indexes, items, strict=True):
                self.places[(name, len(target))] = (path, (name, index))
                target.append(item)

    def finish(self, label: str) -> Loaded:
        """Join what was kept into one plan."""
        plan = None
        if self.head is not None:
            fields: dict[str, Any] = {name: getattr(self.head, name) for name in Head.model_fields}
            fields |= {name: tuple(self.parts[name]) for name in Plan.model_fields if name in self.parts}
            plan = Plan.model_construct(None, **fields)
            self.suggest(plan)
        return Loaded(
            label,
            plan,
            amendments=tuple(self.parts["amendments"]),
            reviews=tuple(self.parts["reviews"]),
            endorsements=tuple(self.parts["endorsements"]),
            progress=tuple(self.parts["progress"]),
            broken=frozenset(self.broken),
            lost=frozenset(self.lost - {"settings"}),
            diagnostics=tuple(each for each in self.diagnostics if each.location.path != SETTINGS_FILE),
            settings=self.settings,
            of_settings=tuple(each for each in self.diagnostics if each.location.path == SETTINGS_FILE),
            trees=self.trees,
            mends=self.mends,
            places=self.places,
        )

    def suggest(self, plan: Plan) -> None:
        """Name what was meant by links that have not the form of one, now that all records are known."""
        cures = link_cures.Cures(plan)
        for index, (at, value) in self.unclear.items():
            for step in at:
                value = value[step]  # noqa: PLW2901 - the way down
            found = self.diagnostics[index]
            cure = cures.cure(found.code, at, value)
            self.diagnostics[index] = found._replace(help=cure or found.help)
