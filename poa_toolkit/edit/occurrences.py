"""Where records stand in the files of a plan, and which of them a line means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.edit.list_items import stretch
from poa_toolkit.edit.yaml_file import Reading
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.positions import Block, start_of
from poa_toolkit.model.file_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.load.yaml_tree import Tree

_POINTS = "points"
_FORMER = "was"
"""The key of an amendment under which stands what it took out."""


class Occurrence(NamedTuple):
    """A record at its place in a file."""

    path: str
    at: Pointer
    """The way to the record in its file; empty where it is the file."""
    name: str
    """Its id."""
    kind: str
    """The kind of record, as the way to its id: ``section actions.*.id``."""
    line: int
    """The line of its id, from 1."""

    @property
    def action(self) -> Pointer | None:
        """The way to the action whose point it is; None for what is no point."""
        return self.at[: self.at.index(_POINTS)] if self.at[-2:-1] == (_POINTS,) else None

    @property
    def place(self) -> str:
        """Its place, as a person may give it back."""
        return f"{self.path}:{self.line}"

    def rivals(self, every: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
        """Return the others that bear the same id: in the plan, or of a point in its action."""
        return tuple(
            each
            for each in every
            if each.name == self.name
            and each.action == self.action
            and (each.path == self.path or self.action is None)
            and (each.path, each.at) != (self.path, self.at)
        )


def occurrences(trees: Mapping[str, Tree]) -> tuple[Occurrence, ...]:
    """Return every record that has an id, points too, in the files that can be read."""
    found: list[Occurrence] = []
    for path, tree in trees.items():
        kind = kind_of(path)
        if kind is None or tree.problems:
            continue
        for at, name in _ids(tree.value, ()):
            if _FORMER in at:
                continue
            way = ".".join("*" if isinstance(step, int) else step for step in (*at, "id"))
            line = tree.places.span((*at, "id")).line
            found.append(Occurrence(path, at, name, f"{kind.name} {way}", line))
    return tuple(found)


def at_line(every: tuple[Occurrence, ...], path: str, line: int, text: str) -> Occurrence:
    """Return the innermost record of a file with the text `text` that has a line: a point before its action.

    A record has the comments directly above it, too; what is a whole file has only the lines of its own
    values. Raises EditRefusedError where no record, or more than one, has the line.
    """
    reading = Reading(text)
    found: list[tuple[int, Occurrence]] = []
    for each in every:
        if each.path == path:
            lines = _lines(reading, each.at)
            found += [(len(lines), each)] if line in lines else []
    smallest = min((size for size, _ in found), default=0)
    meant = [each for size, each in found if size == smallest]
    if not meant:
        raise EditRefusedError(f"no record stands at {path}:{line}; name the line of its id")
    if len(meant) > 1:
        raise EditRefusedError(f"several records stand at {path}:{line}; run `poa fmt` first")
    return meant[0]


def _ids(value: Any, at: Pointer) -> Iterator[tuple[Pointer, str]]:  # noqa: ANN401 - YAML's data
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield at, value["id"]
        for key, each in value.items():
            yield from _ids(each, (*at, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _ids(each, (*at, index))


def _lines(reading: Reading, at: Pointer) -> set[int] | range:
    """Return the lines of a record, from 1."""
    node = reading.places.node(at)
    if node is None:
        return set()
    if not at:
        own = reading.block(()).children.values()
        return {
            number
            for each in own
            if not isinstance(each, Block)
            for number in range(each.start_mark.line + 1, reading.last_line(each) + 2)
        }
    first = start_of(node).start_mark.line
    after = reading.last_line(node) + 1
    parent = reading.block(at[:-1])
    if isinstance(at[-1], int) and not parent.start.flow_style:
        try:
            own_lines = stretch(reading, parent, at[-1])
        except EditRefusedError:
            return range(first + 1, after + 1)
        first, after = own_lines.first, own_lines.after
    return range(first + 1, after + 1)
