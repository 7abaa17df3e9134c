"""What is named in the files of a plan, and where: ids, links to them, citations, references, holders."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.edit.mentions import PLACES, Form, values_at
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.text import citations, cross_references, ids_in_text
from poa_toolkit.text.cross_references import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.diagnostic import Pointer, Words
    from poa_toolkit.load.positions import Spot
    from poa_toolkit.load.yaml_tree import Tree

_HOLDER = re.compile(r"(?<!\\)\[([A-Za-z0-9-]+):[ \n]")
_WORD = re.compile(rf"{ids_in_text.BEFORE}[A-Za-z0-9-]+{ids_in_text.AFTER}")


class Name(NamedTuple):
    """A place at which something is named."""

    path: str
    at: Pointer
    """The way to the value in its file."""
    words: Words | None
    """Which characters of the value; None: all of it."""
    of: str
    """What is named: an id in small letters, of a point ``a-012.b``; of a provision ``iccpr 25(b)``."""
    is_own: bool = False
    """Whether it is the record's own id."""


class Names:
    """Every name in the files of a plan; files that are as they were are not looked through again."""

    def __init__(self, trees: Mapping[str, Tree], before: Names | None = None) -> None:
        known = before.files if before else {}
        self.files: dict[str, tuple[Tree, tuple[Name, ...]]] = {}
        for path, tree in trees.items():
            tree_before, names = known.get(path, (None, ()))
            same = tree_before is tree
            self.files[path] = (tree, names if same else tuple(_names(path, tree)))
        self._by_name: defaultdict[str, list[Name]] = defaultdict(list)
        for _, every in self.files.values():
            for each in every:
                self._by_name[each.of].append(each)

    def of(self, name: str) -> list[Name]:
        """Return every place at which something is named, its own ids too."""
        return self._by_name.get(name, [])

    def is_known(self, name: str) -> bool:
        """Return whether something bears the name."""
        return any(each.is_own for each in self.of(name))

    def at(self, path: str, spot: Spot) -> Name | None:
        """Return the known name at a place of a file; None where none stands there."""
        if spot.is_key or spot.offset is None or path not in self.files:
            return None
        here = (each for each in self.files[path][1] if each.at == spot.at and _holds(each, spot.offset))
        found = [each for each in here if self.is_known(each.of) or self.cited(each.of)]
        return min(found, key=_length, default=None)

    def cited(self, name: str) -> list[Name]:
        """Return the registry's entries for a citation that is not listed itself: the whole around it."""
        instrument, _, reference = name.partition(" ")
        wholes = citations.ancestors(reference) if reference else ()
        found = ([each for each in self.of(f"{instrument} {whole}") if each.is_own] for whole in wholes)
        return next(filter(None, found), [])


def _holds(name: Name, offset: int) -> bool:
    return name.words is None or name.words[0] <= offset <= name.words[1]


def _length(name: Name) -> int:
    return name.words[1] - name.words[0] if name.words else 1_000_000


def _names(path: str, tree: Tree) -> Iterator[Name]:
    """Return every name in a file."""
    kind = kind_of(path)
    if kind is None or tree.problems:
        return
    for pattern, form in PLACES.get(kind.name, ()):
        for at, value in values_at(tree.value, pattern):
            yield from _in_value(path, at, value, form)
    if kind.name == "section":
        yield from _of_points(path, tree.value)
    if kind.name == "instruments":
        yield from _of_provisions(path, tree.value)


def _in_value(path: str, at: Pointer, value: str, form: Form) -> Iterator[Name]:
    """Return the names in a value of a place that may hold some."""
    if form in (Form.TEXT, Form.REFERRING):
        yield from _in_text(path, at, value, has_holders=form is Form.TEXT)
    elif form is Form.ID:
        yield Name(path, at, None, value.lower(), is_own=at[-1] == "id")
    elif " " in value:
        instrument, _, reference = value.partition(" ")
        yield Name(path, at, (0, len(instrument)), instrument.lower())
        yield Name(path, at, (len(instrument) + 1, len(value)), f"{instrument.lower()} {reference}")
    elif form is Form.LINK:
        yield Name(path, at, None, value.lower())


def _in_text(path: str, at: Pointer, text: str, *, has_holders: bool) -> Iterator[Name]:
    """Return the names in running words: cross-references, holders of brackets, ids."""
    for each in cross_references.references(text):
        found = each.found
        if found is not None and found.kind is not Kind.ANNEX:
            words = (each.start, each.start + len(each.source))
            yield Name(path, at, words, found.record.lower())
    if has_holders and "[" in text:
        for match in _HOLDER.finditer(text):
            yield Name(path, at, match.span(1), match[1].lower())
    if "-" in text:
        for match in _WORD.finditer(cross_references.blanked(text)):
            if ids_in_text.is_distinct(match.group()):
                yield Name(path, at, match.span(), match.group().lower())


def _of_points(path: str, value: Any) -> Iterator[Name]:  # noqa: ANN401 - YAML's data
    """Return the ids of points, which are their action's own."""
    for pattern in ("actions.*.points.*.id", "actions.*.points.*.points.*.id"):
        for at, name in values_at(value, pattern):
            action = value["actions"][at[1]].get("id")
            yield Name(path, at, None, f"{action}.{name}".lower(), is_own=True)


def _of_provisions(path: str, value: Any) -> Iterator[Name]:  # noqa: ANN401 - YAML's data
    for at, reference in values_at(value, "instruments.*.provisions.*.ref"):
        instrument = str(value["instruments"][at[1]].get("id")).lower()
        yield Name(path, at, None, f"{instrument} {reference}", is_own=True)
