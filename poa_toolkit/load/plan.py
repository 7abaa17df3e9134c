"""The files of a version to one plan: records, diagnostics, and the place of everything."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Pointer, Related, Severity
from poa_toolkit.errors import NoPlanError
from poa_toolkit.load import file_names, link_cures, shape_errors, yaml_tree
from poa_toolkit.load.yaml_tree import Tree
from poa_toolkit.model import (
    NO_SETTINGS,
    Amendment,
    Endorsement,
    Head,
    Plan,
    Review,
    Section,
    Settings,
    Source,
)
from poa_toolkit.model.file_kinds import FILE_KINDS, OF_PROCESS, REGISTRY, FileKind, kind_of
from poa_toolkit.source.base import HERE, PLAN_FILE, PLAN_FOLDER, SETTINGS_FILE, Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.diagnostic import Words
    from poa_toolkit.model import Baseline
    from poa_toolkit.model.base import Record
    from poa_toolkit.source.base import Files, Refusal

_LISTS_INSIDE = ("actions", "chapeau", "recommendations", "front", "introduction", "links")
_RECORDS = (*REGISTRY, *_LISTS_INSIDE, *OF_PROCESS, "waivers")
"""The lists of a file whose items are records: a broken one is left out, the others are kept."""


class Loaded(NamedTuple):
    """What the files of one version hold."""

    label: str
    plan: Plan | None
    """The good records; None where plan.yaml itself could not be read."""
    amendments: tuple[Amendment, ...] = ()
    reviews: tuple[Review, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    broken: frozenset[str] = frozenset()
    """The ids of the records that could not be read, in lower case; links to them are silent."""
    lost: frozenset[str] = frozenset()
    """The kinds of file, by name, of which one could not be read at all."""
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
    """By path, the faults of layout that `poa validate --fix` mends."""
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


def place(of: Tree, at: Pointer, *, key: bool = False, words: Words | None = None) -> Location:
    """Return a place in one file, with the line it begins on."""
    span = of.places.span(at, key=key, words=words)
    return Location(of.path, span, of.line(span.line))


def load(files: Files) -> Loaded:
    """Read every file of a version; all that is wrong with their form is in `diagnostics`.

    Raises NoPlanError where there is no plan.yaml among them.
    """
    refused = {each.path for each in files.refusals}
    if PLAN_FILE not in files.contents and not refused & {PLAN_FILE, PLAN_FOLDER}:
        raise NoPlanError(f"{files.label} holds no {PLAN_FILE}")
    loaded = _loaded(files.label, tuple(sorted(files.contents.items())), files.refusals)
    loaded = loaded._replace(root=files.root)
    if loaded.plan is not None and files.fetch is not None:
        return loaded._replace(profiles={path: files.fetch(path) for path in loaded.plan.profiles})
    return loaded


@lru_cache(maxsize=2)  # to name a record and to tell its past, a command asks for one version again
def _loaded(label: str, contents: tuple[tuple[str, bytes], ...], refusals: tuple[Refusal, ...]) -> Loaded:
    with _collector_paused():
        loader = _Loader()
        for refusal in refusals:
            loader.refuse(refusal)
        for path, content in contents:
            loader.take(path, content)
        loader.diagnostics += file_names.faults([path for path, _ in contents])
        return loader.finish(label)


def let_go() -> None:
    """Let go of the versions that are kept for whoever asks again: what comes next wants their room."""
    _loaded.cache_clear()


def load_settings(files: Files) -> Settings:
    """Read poa.yaml alone; without one, or where it cannot be read, nothing is chosen."""
    loader = _Loader()
    for path in files.contents:
        loader.take(path, files.contents[path])
    return loader.settings


def load_part(path: str, content: bytes) -> Loaded:
    """Read one file of a plan alone: its records as a plan that has no words of its own."""
    loader = _Loader()
    loader.take(path, content)
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
    """Takes one file after another and keeps what it finds."""

    def __init__(self) -> None:
        self.head: Head | None = None
        self.settings = NO_SETTINGS
        names = (*(name for kind in FILE_KINDS for name in kind.lists), *OF_PROCESS)
        self.parts: dict[str, list[Any]] = {name: [] for name in names}
        self.broken: set[str] = set()
        self.lost: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self.trees: dict[str, Tree] = {}
        self.mends: dict[str, list[yaml_tree.Problem]] = {}
        self.places: dict[Pointer, tuple[str, Pointer]] = {}
        self.unclear: dict[int, tuple[Pointer, Any]] = {}
        """Index of a diagnostic of a link without the form of one, to the pointer and the file's data."""

    def report(self, code: str, message: str, location: Location, help_text: str = "") -> None:
        """Keep one error of form."""
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, message, location, help_text))

    def refuse(self, refusal: Refusal) -> None:
        """Say that a file is not read; what stands in it is not known."""
        self.report("POA013", refusal.message, Location(refusal.path), refusal.help)
        if kind := kind_of(refusal.path):
            self.lost.add(kind.name)
        # a folder takes all that lies in it along
        self.lost.update(kind.name for kind in FILE_KINDS if kind.pattern.startswith(f"{refusal.path}/"))

    def take(self, path: str, content: bytes) -> None:
        """Read one file."""
        kind = kind_of(path)
        if kind is None:
            self.unknown(path)
            return
        read = self.trees[path] = yaml_tree.read(path, content)
        if read.problems:
            for problem in read.problems:
                self.problem(read, problem)
            self.lost.add(kind.name)
            self.lose(read.value)
            return
        record, kept = self.shaped(kind, read)
        if record is not None:
            self.keep(path, record, kept)

    def unknown(self, path: str) -> None:
        """Say that a file is not part of any plan."""
        message = "no part of a plan is called like this, so the file is not read"
        help_text = "move it out of plan/, or into sections/, recommendations/ or instruments/"
        if not path.endswith(".yaml"):
            message, help_text = "a file of a plan ends in .yaml", "rename it"
        self.report("POA014", message, Location(path), help_text)
        if kind := kind_of(f"{path.removesuffix('.yml')}.yaml"):
            self.lost.add(kind.name)

    def problem(self, read: Tree, problem: yaml_tree.Problem) -> None:
        """Keep a fault of YAML, with the place of its cause."""
        location = Location(read.path, problem.span, read.line(problem.span.line))
        related: tuple[Related, ...] = ()
        if problem.related:
            first = Location(read.path, problem.related, read.line(problem.related.line))
            related = (Related(first, "the first stands here"),)
        if problem.mends:
            self.mends.setdefault(read.path, []).append(problem)
        self.diagnostics.append(
            Diagnostic(problem.code, Severity.ERROR, problem.message, location, problem.help, related)
        )

    def shaped(self, kind: FileKind, read: Tree) -> tuple[Record | None, dict[str, list[int]]]:
        """Validate one file; where items of its lists are broken, what is left of it.

        The second value says which items of a list were kept, where some were not.
        """
        record, misfits = shape_errors.build(kind.root, read.value)
        if record is not None and not yaml_tree.has_break(read.value):
            return record, {}
        misfits += self.tell(kind, read, misfits)
        if not misfits:
            return record, {}
        value, kept = self.without(read.value, misfits)
        record, _ = shape_errors.build(kind.root, value)
        if record is None:
            self.lost.add(kind.name)
            self.lose(read.value)
        return record, kept

    def tell(
        self, kind: FileKind, read: Tree, misfits: tuple[shape_errors.Misfit, ...]
    ) -> tuple[shape_errors.Misfit, ...]:
        """Tell what is wrong with the values of a file; return faults of its layout among them, as misfits.

        A slip of the hand that explains some of the misfits is told in their place.
        """
        from poa_toolkit.load import misread_values  # noqa: PLC0415 - only a file with a fault pays for it

        found, left = misread_values.explained(kind.root, read, misfits)
        for problem in found:
            self.problem(read, problem)
        for tree_of, misfit in left:
            location = place(tree_of, misfit.at, key=misfit.key)
            if misfit.code in link_cures.CODES:
                self.unclear[len(self.diagnostics)] = (misfit.at, tree_of.value)
            excerpt = read.line(location.span.line) if location.span else ""
            self.report(
                misfit.code, _spelled(misfit, tree_of), location._replace(excerpt=excerpt), misfit.help
            )
        uneven = misread_values.uneven(read)
        for problem, _ in uneven:
            self.problem(read, problem)
        return tuple(misfit for _, misfit in uneven)

    def without(
        self,
        value: Any,  # noqa: ANN401
        misfits: tuple[shape_errors.Misfit, ...],
    ) -> tuple[Any, dict[str, list[int]]]:
        """Return `value` without the list items that hold a misfit, and the indexes kept of each list."""
        bad: dict[str, set[int]] = {}
        for misfit in misfits:
            if len(misfit.at) > 1 and misfit.at[0] in _RECORDS:
                bad.setdefault(str(misfit.at[0]), set()).add(int(misfit.at[1]))
        rest = dict(value) if isinstance(value, dict) else value
        kept: dict[str, list[int]] = {}
        for name, indexes in bad.items():
            kept[name] = [index for index in range(len(value[name])) if index not in indexes]
            rest[name] = [value[name][index] for index in kept[name]]
            self.lose([value[name][index] for index in indexes])
        return rest, kept

    def lose(self, value: Any) -> None:  # noqa: ANN401
        """Note every id inside `value` as broken."""
        if isinstance(value, dict):
            if isinstance(value.get("id"), str):
                self.broken.add(value["id"].lower())
            for each in value.values():
                self.lose(each)
        elif isinstance(value, list):
            for each in value:
                self.lose(each)

    def keep(self, path: str, record: Record, kept: dict[str, list[int]]) -> None:
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

    def keep_places(self, at: Pointer, path: str, kept: dict[str, list[int]]) -> None:
        """Note that the record at `at` is the file at `path`, of whose lists some items may be left out."""
        self.places[at] = (path, ())
        for name, indexes in kept.items():
            for number, index in enumerate(indexes):
                self.places[(*at, name, number)] = (path, (name, index))

    def keep_lists(self, path: str, record: Record, kept: dict[str, list[int]]) -> None:
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
            broken=frozenset(self.broken),
            lost=frozenset(self.lost - {"settings"}),
            diagnostics=tuple(each for each in self.diagnostics if each.location.path != SETTINGS_FILE),
            settings=self.settings,
            of_settings=tuple(each for each in self.diagnostics if each.location.path == SETTINGS_FILE),
            trees=self.trees,
            mends={path: tuple(each) for path, each in self.mends.items()},
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


def _spelled(misfit: shape_errors.Misfit, read: Tree) -> str:
    """Quote the value as the file spells it where the reader turned it into something else."""
    spelling = read.places.spelling(misfit.at)
    if misfit.code == "POA103" and spelling:
        return misfit.message.replace("but this is", f'but "{spelling}" is')
    return misfit.message
