"""Slips that leave a file readable, but not as it was meant: found where values have the wrong shape."""

from __future__ import annotations

import re
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.load import indent_slips, shape_errors, yaml_slips, yaml_tree
from poa_toolkit.load.lines_as_meant import SPACE, UNUSUAL, Lines
from poa_toolkit.load.positions import Block, Replacement
from poa_toolkit.load.proved_mends import Budget, in_original, likelihood, structures
from poa_toolkit.load.shape_errors import Misfit
from poa_toolkit.load.yaml_tree import Tree, has_break, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.load.positions import Node
    from poa_toolkit.load.yaml_slips import Slip
    from poa_toolkit.load.yaml_tree import Problem
    from poa_toolkit.model.base import Record

_SPACES = re.compile(rf"[ {UNUSUAL}]*[{UNUSUAL}][ {UNUSUAL}]*")
_UNKNOWN_KEY = "POA102"
_ROUNDS = 30
"""How many slips of one file are told."""


class Reading(NamedTuple):
    """A text as it is read, and what of it has not the shape it must have."""

    tree: Tree
    misfits: tuple[Misfit, ...]


def explained(
    root: type[Record], read: Tree, misfits: tuple[Misfit, ...]
) -> tuple[list[Problem], list[tuple[Tree, Misfit]]]:
    """Return the slips that explain misfits of a file, and the misfits that none explains.

    Each of these comes with the tree in which its place is to be looked up: lines are those of the file.
    """
    found, left = _slips(root, Reading(read, misfits)) if misfits else ((), Reading(read, ()))
    lines = Lines(read.text) if found else None
    problems = [problem_of(lines, slip) for slip in found] if lines else []
    return problems, [(left.tree, misfit) for misfit in left.misfits]


def _slips(root: type[Record], now: Reading) -> tuple[tuple[Slip, ...], Reading]:
    """Find one slip after the other whose mend leaves fewer misfits and loses nothing."""
    found: list[Slip] = []
    text, budget = now.tree.text, Budget()
    while now.misfits and len(found) < _ROUNDS:
        best: tuple[tuple[float, ...], tuple[Slip, ...], Reading] | None = None
        lines = Lines(now.tree.text)
        for group in _suspects(now):
            after = yaml_slips.mended(now.tree.text, [mend for slip in group for mend in slip.mends])
            if not budget.allows(after):
                break
            then = _read(root, now.tree.path, after)
            if then is None or not _is_better(now, then):
                continue
            order = (len(then.misfits), *likelihood(lines, group[0]))
            if best is None or order < best[0]:
                best = order, group, then
        if best is None:
            break
        found += (in_original(text, now.tree.text, slip) for slip in best[1])
        now = best[2]
    return tuple(found), now


def _read(root: type[Record], path: str, text: str) -> Reading | None:
    value = yaml_tree.data(text)
    if value is None:
        return None
    return Reading(Tree(path, text, value), shape_errors.build(root, value)[1])


def _is_better(now: Reading, then: Reading) -> bool:
    return (
        len(then.misfits) < len(now.misfits)
        and _size(then.tree.value) >= _size(now.tree.value)
        and _unseen(then) <= _unseen(now)
        and structures(Lines(then.tree.text)) >= structures(Lines(now.tree.text))
    )


def _unseen(reading: Reading) -> int:
    """Count the values that stand under unknown keys: nobody looks at their shape."""
    unknown = (misfit.at for misfit in reading.misfits if misfit.code == _UNKNOWN_KEY)
    return sum(_size(reduce(getitem, at, reading.tree.value)) for at in unknown)


def _size(value: object) -> int:
    """Count the values in YAML's data."""
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    return 1


def _suspects(now: Reading) -> Iterator[tuple[Slip, ...]]:
    lines, places = Lines(now.tree.text), now.tree.places
    if spaces := yaml_slips.spaces(lines):
        yield spaces
    near: set[int] = set()
    for misfit in now.misfits:
        yield from ((slip,) for slip in _in_value(now.tree, misfit))
        span = places.span(misfit.at)
        near |= set(range(span.line - 2, span.end_line + 1))
    for line in lines.written:
        yield from ((slip,) for slip in yaml_slips.marks(lines, line))
        yield from ((slip,) for slip in indent_slips.swallowed(lines, line))
        if line.number in near:
            yield from ((slip,) for slip in yaml_slips.quoted_by_hand(line))
            yield from ((slip,) for slip in indent_slips.structure(lines, line))


def _in_value(read: Tree, misfit: Misfit) -> Iterator[Slip]:
    """Suspect unusual spaces in a value that has not the form of an id, a citation, a date."""
    node, text = read.places.node(misfit.at), read.text
    if node is None or isinstance(node, Block) or node.style in ("|", ">"):
        return
    start, end = node.start_mark.index, node.end_mark.index
    found = list(_SPACES.finditer(text, start, end))
    if not found:
        return
    where = f"in this value of `{next(step for step in reversed(misfit.at) if isinstance(step, str))}`"
    at = [each.start() - start for each in SPACE.finditer(text, start, end)]
    slip = yaml_slips.unusual(start, text[start:end], at, where)
    inside = (start + 1, end - 1) if node.style else (None, None)
    mends = tuple(
        Replacement(
            each.start(), each.end(), "" if each.start() == inside[0] or each.end() == inside[1] else " "
        )
        for each in found
    )
    yield slip._replace(mends=mends)


def uneven(read: Tree) -> list[tuple[Problem, Misfit]]:
    """Return each line that is indented otherwise than its text, and the text that it breaks."""
    if not has_break(read.value):
        return []
    lines, texts = Lines(read.text), dict(reversed([*_texts(read.places.root, ())]))
    found = []
    for owner, slip in indent_slips.uneven(lines):
        at = texts.get(owner.number)
        if at is not None:
            found.append((problem_of(lines, slip), Misfit(slip.code, at, slip.message, slip.help)))
    return found


def _texts(node: Node, at: Pointer) -> Iterator[tuple[int, Pointer]]:
    """Return the line, from 0, on which each `>-` stands, and the pointer to its text."""
    if isinstance(node, Block):
        for step, child in node.children.items():
            yield from _texts(child, (*at, step))
    elif node.style == ">":
        yield node.start_mark.line, at
