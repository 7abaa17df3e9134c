"""One file of a plan, read alone: its records, what is wrong with its form, and what it leaves unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Pointer, Related, Severity
from poa_toolkit.load import link_cures, shape_errors, yaml_tree
from poa_toolkit.model.file_kinds import OF_PROCESS, REGISTRY, FileKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from poa_toolkit.diagnostic import Words
    from poa_toolkit.load.yaml_tree import Tree
    from poa_toolkit.model.base import Record

_LISTS_INSIDE = ("actions", "chapeau", "recommendations", "front", "introduction", "links")
_RECORDS = (*REGISTRY, *_LISTS_INSIDE, *OF_PROCESS, "waivers")
"""The lists of a file whose items are records: a broken one is left out, the others are kept."""


class PlanFile(NamedTuple):
    """What one file of a plan holds."""

    path: str
    tree: Tree | None
    """Its data; None where no part of a plan is called like this, so that it is not read."""
    record: Record | None
    """Its good records; None where none could be kept."""
    kept: Mapping[str, list[int]]
    """By list, the indexes of the items that were kept, where some were not."""
    broken: frozenset[str]
    """The ids, in lower case, of the records that could not be read."""
    lost: frozenset[str]
    """Its kind, where the file could not be read at all, or a record in it that has no id to be known by."""
    diagnostics: tuple[Diagnostic, ...]
    mends: tuple[yaml_tree.Problem, ...]
    """The faults of layout for which there is a mend."""
    unclear: Mapping[int, Pointer]
    """Index of a diagnostic of a link without the form of one, to the way to that link."""


def place(of: Tree, at: Pointer, *, key: bool = False, words: Words | None = None) -> Location:
    """Return a place in one file, with the line it begins on."""
    span = of.places.span(at, key=key, words=words)
    return Location(of.path, span, of.line(span.line))


def read(path: str, content: bytes) -> PlanFile:
    """Read one file of a plan. Never raises on bad content: what is wrong is in `diagnostics`."""
    return _Reader(path).read(content)


class Readings:
    """The files of a plan as they were read last, for whoever reads them again while one changes."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[bytes, PlanFile]] = {}

    def read(self, path: str, content: bytes) -> PlanFile:
        """Read one file, where it is not as it was."""
        before, file = self._files.get(path, (None, None))
        if file is None or before != content:
            file = read(path, content)
            self._files[path] = (content, file)
        return file

    def forget_others(self, paths: Container[str]) -> None:
        """Let go of the files that are not among `paths`."""
        for path in [each for each in self._files if each not in paths]:
            del self._files[path]


class _Reader:
    """Reads one file, and keeps what it finds."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.broken: set[str] = set()
        self.lost: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self.mends: list[yaml_tree.Problem] = []
        self.unclear: dict[int, Pointer] = {}

    def read(self, content: bytes) -> PlanFile:
        kind = kind_of(self.path)
        tree, record, kept = None, None, dict[str, list[int]]()
        if kind is None:
            self.unknown()
        else:
            tree = yaml_tree.read(self.path, content)
            if tree.problems:
                for problem in tree.problems:
                    self.problem(tree, problem)
                self.lost.add(kind.name)
                self.lose(tree.value)
            else:
                record, kept = self.shaped(kind, tree)
        return PlanFile(
            self.path,
            tree,
            record,
            kept,
            frozenset(self.broken),
            frozenset(self.lost),
            tuple(self.diagnostics),
            tuple(self.mends),
            self.unclear,
        )

    def report(self, code: str, message: str, location: Location, help_text: str = "") -> None:
        """Keep one error of form."""
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, message, location, help_text))

    def unknown(self) -> None:
        """Say that a file is not part of any plan."""
        message = "no part of a plan is called like this, so the file is not read"
        help_text = "move it out of plan/, or into sections/, recommendations/ or instruments/"
        if not self.path.endswith(".yaml"):
            message, help_text = "a file of a plan ends in .yaml", "rename it"
        self.report("POA014", message, Location(self.path), help_text)
        if kind := kind_of(f"{self.path.removesuffix('.yml')}.yaml"):
            self.lost.add(kind.name)

    def problem(self, read: Tree, problem: yaml_tree.Problem) -> None:
        """Keep a fault of YAML, with the place of its cause."""
        location = Location(read.path, problem.span, read.line(problem.span.line))
        related: tuple[Related, ...] = ()
        if problem.related:
            first = Location(read.path, problem.related, read.line(problem.related.line))
            related = (Related(first, "the first stands here"),)
        if problem.mends:
            self.mends.append(problem)
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
                self.unclear[len(self.diagnostics)] = misfit.at
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
            gone = [value[name][index] for index in indexes]
            self.lose(gone)
            if name in OF_PROCESS and not all(isinstance(each, dict) and "id" in each for each in gone):
                self.lost.add(name)
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


def _spelled(misfit: shape_errors.Misfit, read: Tree) -> str:
    """Quote the value as the file spells it where the reader turned it into something else."""
    spelling = read.places.spelling(misfit.at)
    if misfit.code == "POA103" and spelling:
        return misfit.message.replace("but this is", f'but "{spelling}" is')
    return misfit.message
