"""A file of a plan at a glance: its records, what folds, and the pages that its sources name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from poa_toolkit.load.positions import Block, span_of, start_of
from poa_toolkit.text.counting import shortened
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.load.positions import Node
    from poa_toolkit.load.yaml_tree import Tree
    from poa_toolkit.lsp.open_plan import Snapshot
    from poa_toolkit.lsp.protocol import Text

_LONGEST = 60
_MOST = 500
"""How many records a search through the whole plan gives."""
_WORDS = ("title", "text", "subject")
_KINDS = {"actions": types.SymbolKind.Function, "provisions": types.SymbolKind.Key}
_SOURCE = re.compile(r"^\s*(?:- +)?(?:source|url|evidence): +[\"']?(https?://[^\s\"']+)")


def symbols(snapshot: Snapshot, path: str) -> list[types.DocumentSymbol]:
    """Return the records of a file, those in them below them, with the numbers that are printed."""
    tree = snapshot.loaded.trees.get(path)
    if tree is None or tree.problems or path in snapshot.unlike:
        return []
    return list(_Outline(snapshot, path, tree).of(tree.value, (), ""))


class _Outline:
    """Walks over the records of one file."""

    def __init__(self, snapshot: Snapshot, path: str, tree: Tree) -> None:
        self.snapshot, self.tree, self.text = snapshot, tree, snapshot.text(path)

    def of(self, value: Any, at: Pointer, owner: str) -> Iterator[types.DocumentSymbol]:  # noqa: ANN401 - YAML's data
        """Return the record that a value is, or those in it; `owner` is the action whose points they are."""
        named = value if isinstance(value, dict) else {}
        key = next((each for each in ("id", "ref") if isinstance(named.get(each), str)), None)
        if key == "id" and at[-2:-1] == ("actions",):
            owner = named["id"]
        items = enumerate(value) if isinstance(value, list) else named.items()
        below = [each for step, inner in items for each in self.of(inner, (*at, step), owner)]
        if key is None:
            yield from below
        else:
            yield self.record(named, key, at, owner if at[-2:-1] == ("points",) else "", below)

    def record(
        self, record: dict[str, Any], key: str, at: Pointer, owner: str, below: list[types.DocumentSymbol]
    ) -> types.DocumentSymbol:
        """Return a record as an editor lists it."""
        name = record[key]
        number = self.snapshot.number(f"{owner}.{name}".lower() if owner else name.lower())
        words = next((str(record[each]) for each in _WORDS if record.get(each)), "")
        own, node = self.text.range(self.tree.places.span((*at, key))), self.tree.places.node(at)
        start, end = (
            (_start(self.text, node), _end(self.text, node)) if node is not None else (own.start, own.end)
        )
        return types.DocumentSymbol(
            f"{number}{'' if number.endswith(')') else '.'} {name}" if number else name,
            _KINDS.get(str(at[-2]) if len(at) > 1 else "", types.SymbolKind.Object),
            types.Range(min(start, own.start), max(end, own.end)),
            own,
            detail=shortened(single_spaced(words), _LONGEST),
            children=below,
        )


def _start(text: Text, node: Node) -> types.Position:
    return text.range(span_of(start_of(node))).start


def _end(text: Text, node: Node) -> types.Position:
    """Return where a value ends: at its last word, comments and empty lines behind it left out."""
    while isinstance(node, Block) and node.children and not node.start.flow_style:
        node = list(node.children.values())[-1]
    if isinstance(node, Block):
        return text.range(span_of(node.end)).end
    index = node.end_mark.index
    return text.at(node.start_mark.index + len(text.text[node.start_mark.index : index].rstrip()))


def everywhere(snapshot: Snapshot, query: str) -> list[types.WorkspaceSymbol]:
    """Return the records of the plan whose id, number, title or words hold all words of `query`."""
    plan, trace = snapshot.plan, snapshot.trace
    if plan is None or trace is None:
        return []
    words = query.casefold().split()
    found: list[types.WorkspaceSymbol] = []
    for places in trace.ids.values():
        name, at = places[0]
        record = plan.record_at(at)
        said = next((str(getattr(record, each)) for each in _WORDS if getattr(record, each, None)), "")
        number = snapshot.numbers.get(name, "")
        if all(word in f"{name} {number} {said}".casefold() for word in words):
            place = snapshot.place_of((*at, "id"))
            if place is not None:
                title = " ".join(filter(None, (number, name, shortened(single_spaced(said), _LONGEST))))
                found.append(types.WorkspaceSymbol(place, title, types.SymbolKind.Object))
        if len(found) == _MOST:
            break
    return found


def folds(snapshot: Snapshot, path: str) -> list[types.FoldingRange] | None:
    """Return what folds in a file: records, and values of several lines; None where it cannot be read now."""
    tree = snapshot.loaded.trees.get(path)
    if tree is None or tree.problems or path in snapshot.unlike:
        return None
    text = snapshot.text(path)
    found: dict[int, int] = {}
    for first, node in _folding(tree.places.root):
        last = _end(text, node).line
        if last > first:
            found[first] = max(last, found.get(first, 0))
    return [types.FoldingRange(first, last) for first, last in found.items()]


def _folding(node: Node) -> Iterator[tuple[int, Node]]:
    """Return each value within another, and the line, from 0, on which its key or its dash stands."""
    if isinstance(node, Block):
        for step, child in node.children.items():
            key = node.keys.get(step) if isinstance(step, str) else None
            yield (key or start_of(child)).start_mark.line, child
            yield from _folding(child)


def links(text: Text) -> list[types.DocumentLink]:
    """Return the pages that the sources of a file name."""
    found = ((number, _SOURCE.match(line)) for number, line in enumerate(text.lines, start=1))
    return [
        types.DocumentLink(
            types.Range(text.position(number, match.start(1) + 1), text.position(number, match.end(1) + 1)),
            target=match[1],
        )
        for number, match in found
        if match
    ]
