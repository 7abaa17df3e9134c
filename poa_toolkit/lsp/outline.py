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
_SOURCE = re.compile(r"^\s*(?:- +)?(?:source|url): +[\"']?(https?://[^\s\"']+)")


def symbols(snapshot: Snapshot, path: str) -> list[types.DocumentSymbol]:
    """Return the records of a file, those in them below them, with the numbers that are printed."""
    tree = snapshot.loaded.trees.get(path)
    if tree is None or tree.problems or path in snapshot.unlike:
        return []
    inner = list(_symbols(snapshot, path, tree, tree.value, ()))
    if isinstance(tree.value, dict) and isinstance(tree.value.get("id"), str):
        whole = _symbol(snapshot, path, tree, tree.value, ())
        whole.children = inner
        return [whole]
    return inner


def _symbols(
    snapshot: Snapshot,
    path: str,
    tree: Tree,
    value: Any,  # noqa: ANN401 - YAML's data
    at: Pointer,
) -> Iterator[types.DocumentSymbol]:
    """Return the records in a value, each with those in it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in items:
        there = (*at, step)
        below = list(_symbols(snapshot, path, tree, each, there))
        if isinstance(each, dict) and isinstance(each.get("id") or each.get("ref"), str):
            found = _symbol(snapshot, path, tree, each, there)
            found.children = below
            yield found
        else:
            yield from below


def _symbol(
    snapshot: Snapshot, path: str, tree: Tree, record: dict[str, Any], at: Pointer
) -> types.DocumentSymbol:
    key = "id" if isinstance(record.get("id"), str) else "ref"
    name = record[key]
    if at[-2:-1] == ("points",):
        number = snapshot.numbers.get(f"{tree.value['actions'][at[1]].get('id')}.{name}", "")
    else:
        number = snapshot.numbers.get(name, "")
    words = next((str(record[each]) for each in _WORDS if record.get(each)), "")
    text = snapshot.text(path)
    node = tree.places.node(at)
    first = tree.places.span((*at, key))
    start = text.position(first.line, 1) if node is None else _start(text, node)
    end = _end(text, node) if node is not None else text.range(first).end
    return types.DocumentSymbol(
        f"{number}{'' if number.endswith(')') else '.'} {name}" if number else name,
        _KINDS.get(str(at[-2]) if len(at) > 1 else "", types.SymbolKind.Object),
        types.Range(min(start, text.range(first).start), max(end, text.range(first).end)),
        text.range(first),
        detail=shortened(single_spaced(words), _LONGEST),
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
