"""Which side of a merge brought what, where git knows: the merge in progress, or the one just made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.errors import PoaError
from poa_toolkit.load.yaml_tree import read as read_tree
from poa_toolkit.source import folder, git, git_merging
from poa_toolkit.source.versions import WORKING_TREE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.edit.occurrences import Occurrence


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
        """Say whether a link came with the record in question; None where that is not known."""
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
