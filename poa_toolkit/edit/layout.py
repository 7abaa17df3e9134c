"""The canonical layout of a file: the same data and comments, each in its place.

Keys stand in the order of the model, lists of links one item a line, texts one sentence a line. The
file is read as events and comments, never dumped from data; what comes out is read again, and where
data or comments differ nothing comes out at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from poa_toolkit.edit.layout_keys import Shape
from poa_toolkit.edit.layout_scalars import Spelling, on_one_line, spell
from poa_toolkit.edit.layout_tree import Block, File, Item, Remark, Scalar, UnsafeLayoutError, parse
from poa_toolkit.load import yaml_tree

if TYPE_CHECKING:
    from poa_toolkit.load.yaml_tree import Tree
    from poa_toolkit.model.base import Record

WIDTH = 80
"""How wide a line may be for a list to stay in brackets; prettier's own."""

_INDENT = 2


def laid_out(read: Tree, root: type[Record] | None) -> str:
    """Return the canonical layout of a file, read closely, in which nothing is wrong.

    `root` is the record that it must hold; with none, keys stay in their order. Lines end as
    the first line does. Raises UnsafeLayoutError where a comment or a value would be lost.
    """
    breaks = re.search(r"\r\n|\n|\r", read.text)
    source = read
    if "\r" in read.text:
        source = yaml_tree.read_closely("", re.sub(r"\r\n|\r", "\n", read.text).encode("utf-8"))
    file = parse(source)
    if isinstance(file.root.value, Scalar):
        return read.text
    result = _file(file, Shape(root))
    if result != source.text:
        _prove(source, result)
    return result.replace("\n", breaks.group()) if breaks else result


def _prove(old: Tree, result: str) -> None:
    """Read what came out and compare it with all that the file holds."""
    new = yaml_tree.read_closely("", result.encode("utf-8"))
    if new.problems or not _same(old.value, new.value):
        raise UnsafeLayoutError("a value would not be read back as it is")
    if Counter(each.text for each in old.comments) != Counter(each.text for each in new.comments):
        raise UnsafeLayoutError("a comment would be lost")


def _same(old: Any, new: Any) -> bool:  # noqa: ANN401 - YAML's data
    """Compare data by value and type; 1, 1.0 and true are three things."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_same(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return type(old) is type(new) and repr(old) == repr(new)


def _file(file: File, shape: Shape) -> str:
    lines = _squeezed(file.prefix)
    root = file.root
    _settle_end(root, shape)
    remarks = [*file.head, *root.before, *(Remark(text, blank=False) for text in root.beside)]
    for number, remark in enumerate(remarks):
        _add(lines, remark.text, blank=remark.blank and number > 0)
    if remarks and file.gap:
        lines.append("")
    flow = _flow(root.value, shape, "", 0)
    if flow is None and isinstance(root.value, Block):
        _write(lines, root.value, 0, shape)
    else:
        lines.append(flow or "")
    return "\n".join([*lines, *_squeezed(file.suffix)]) + "\n"


def _settle_end(root: Item, shape: Shape) -> None:
    """Set the blank line above the comments that end a file as prettier wants it.

    One stands between a text below its key and comments without indentation; none between a line that
    has a comment and indented ones.
    """
    chain: list[Block] = []
    item, name, below = root, "", shape
    while isinstance(item.value, Block) and _flow(item.value, shape, name, 0) is None:
        chain.append(item.value)
        last = _ordered(item.value, below)[-1]
        shape, name = below, last.key.value if last.key else ""
        item, below = last, below.child(name) if last.key else below
    if not chain:
        return
    whole = chain[0].after
    if isinstance(item.value, Scalar) and _spelling(item, item.value, shape).body:
        whole[:1] = [each._replace(blank=True) for each in whole[:1]]
    elif item.beside:
        inner = next((block for block in reversed(chain[1:]) if block.after), None)
        if inner is not None:
            inner.after[0] = inner.after[0]._replace(blank=False)


def _ordered(block: Block, shape: Shape) -> list[Item]:
    """Return the items of a block in the order in which they are to stand."""
    if not block.keyed:
        return block.items
    items = block.items
    order = shape.ordered([item.key.value for item in items if item.key])
    return [items[index] for index in order]


def _write(lines: list[str], block: Block, indent: int, shape: Shape) -> None:
    """Add the lines of a mapping or list; no blank line stands above its first item."""
    pad = " " * indent
    for number, item in enumerate(_ordered(block, shape)):
        for remark in _above(item):
            _add(lines, pad + remark.text, blank=remark.blank and number > 0)
        if item.blank and number > 0 and lines[-1]:
            lines.append("")
        _write_item(lines, item, indent, shape)
    for remark in block.after if block.items else ():
        _add(lines, pad + remark.text, blank=remark.blank)


def _above(item: Item) -> list[Remark]:
    """Return the comments that are to stand above an item: all but the one beside it."""
    above = item.before
    if len(item.beside) > 1:
        above = [*above, *(Remark(text, blank=False) for text in item.beside[:-1])]
    return above + item.value.after if isinstance(item.value, Block) and not item.value.items else above


def _write_item(lines: list[str], item: Item, indent: int, shape: Shape) -> None:
    """Add the lines of one item, with the comment beside it."""
    pad, key = " " * indent, item.key
    start = f"{pad}{_spelt(key)}:" if key else f"{pad}-"
    beside = f" {item.beside[-1]}" if item.beside else ""
    if isinstance(item.value, Scalar):
        header, body = _spelling(item, item.value, shape)
        lines.append(f"{start} {header}{beside}" if header else start + beside)
        pad += " " * _INDENT
        lines += [pad + line if line else "" for line in body]
        return
    flow = _flow(item.value, shape, key.value if key else "", len(start) + 1)
    if flow is not None:
        lines.append(f"{start} {flow}{beside}")
        return
    if key or beside:
        lines.append(start + beside)
    first = len(lines)
    _write(lines, item.value, indent + _INDENT, shape.child(key.value) if key else shape)
    if not (key or beside):
        lines[first] = f"{start} {lines[first].lstrip(' ')}"


def _spelling(item: Item, scalar: Scalar, shape: Shape) -> Spelling:
    prose = item.key is not None and shape.is_prose(item.key.value)
    return spell(scalar.value, scalar.style, scalar.source, column=item.column, prose=prose)


def _spelt(key: Scalar) -> str:
    return on_one_line(key.value, key.style, key.source)


def _flow(node: Scalar | Block, shape: Shape, name: str, column: int) -> str | None:
    """Return a list in brackets where it may stay so: short, without comments, of plain values alone."""
    if isinstance(node, Scalar) or not node.flow:
        return None
    if not node.items:
        return "{}" if node.keyed else "[]"
    if node.keyed or node.after or (name and not shape.may_flow(name)):
        return None
    parts: list[str] = []
    for item in node.items:
        if not isinstance(item.value, Scalar) or item.before or item.beside:
            return None
        parts.append(on_one_line(item.value.value, item.value.style, item.value.source, in_flow=True))
    flow = f"[{', '.join(parts)}]"
    return flow if column + _width(flow) <= WIDTH else None


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _add(lines: list[str], line: str, *, blank: bool) -> None:
    if blank and lines and lines[-1]:
        lines.append("")
    lines.append(line)


def _squeezed(text: str) -> list[str]:
    """Return the lines of a text without blanks at their ends, and no two blank lines in a row."""
    lines: list[str] = []
    for raw in text.splitlines():
        line = re.sub(r"^(---|\.\.\.)\s+#", r"\1 #", raw.rstrip())
        if line or (lines and lines[-1]):
            lines.append(line)
    return lines
