"""The canonical layout of a file: the same data and comments, each in its place.

Keys stand in the order of the model, lists of links one item a line, texts one sentence a line. The
file is read as events and comments, never dumped from data; what comes out is read again, and where
data or comments differ nothing comes out at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.edit.layout_keys import Shape
from poa_toolkit.edit.layout_scalars import Spelling, on_one_line, spell
from poa_toolkit.edit.layout_tree import File, Item, Remark, UnsafeLayoutError, parse
from poa_toolkit.load import yaml_tree
from poa_toolkit.load.positions import Block, start_of
from poa_toolkit.load.yaml_events import MappingStartEvent
from poa_toolkit.model.list_items import same

if TYPE_CHECKING:
    from poa_toolkit.load.yaml_events import Event
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
    if not isinstance(file.root.value, Block):
        return read.text
    result = _Writer(source.text).file(file, Shape(root))
    if result != source.text:
        _prove(source, result)
    return result.replace("\n", breaks.group()) if breaks else result


def _prove(old: Tree, result: str) -> None:
    """Read what came out and compare it with all that the file holds."""
    new = yaml_tree.read_closely("", result.encode("utf-8"))
    if new.problems or not same(old.value, new.value):
        raise UnsafeLayoutError("a value would not be read back as it is")
    if Counter(each.text for each in old.comments) != Counter(each.text for each in new.comments):
        raise UnsafeLayoutError("a comment would be lost")


class _Writer:
    """Writes the lines of a file anew."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []

    def file(self, file: File, shape: Shape) -> str:
        """Return the text of a file."""
        self.lines += _squeezed(file.prefix)
        root = file.root
        self.settle_end(root, shape)
        remarks = [*file.head, *root.before, *(Remark(text, blank=False) for text in root.beside)]
        for number, remark in enumerate(remarks):
            self.add(remark.text, blank=remark.blank and number > 0)
        if remarks and file.gap:
            self.lines.append("")
        flow = self.flow(root, shape, "", 0)
        if flow is None:
            self.write(root, 0, shape)
        else:
            self.lines.append(flow)
        return "\n".join([*self.lines, *_squeezed(file.suffix)]) + "\n"

    def settle_end(self, root: Item, shape: Shape) -> None:
        """Set the blank line above the comments that end a file as prettier wants it.

        One stands between a text below its key and comments without indentation; none between a line that
        has a comment and indented ones.
        """
        chain: list[Item] = []
        item, name, below = root, "", shape
        while isinstance(item.value, Block) and self.flow(item, shape, name, 0) is None:
            chain.append(item)
            last = _ordered(item, below)[-1]
            shape, name = below, last.key.value if last.key else ""
            item, below = last, below.child(name) if last.key else below
        if not chain:
            return
        if not isinstance(item.value, Block) and self.spelling(item, item.value, shape).body:
            _set_blank(chain[0], blank=True)
        elif item.beside:
            inner = next((each for each in reversed(chain[1:]) if each.after), None)
            if inner is not None:
                _set_blank(inner, blank=False)

    def write(self, block: Item, indent: int, shape: Shape) -> None:
        """Add the lines of a mapping or list; no blank line stands above its first item."""
        pad = " " * indent
        for number, item in enumerate(_ordered(block, shape)):
            for remark in _above(item):
                self.add(pad + remark.text, blank=remark.blank and number > 0)
            if item.blank and number > 0 and self.lines[-1]:
                self.lines.append("")
            self.write_item(item, indent, shape)
        for remark in block.after if block.items else ():
            self.add(pad + remark.text, blank=remark.blank)

    def write_item(self, item: Item, indent: int, shape: Shape) -> None:
        """Add the lines of one item, with the comment beside it."""
        pad, key = " " * indent, item.key
        start = f"{pad}{self.on_one_line(key)}:" if key else f"{pad}-"
        beside = f" {item.beside[-1]}" if item.beside else ""
        if not isinstance(item.value, Block):
            header, body = self.spelling(item, item.value, shape)
            self.lines.append(f"{start} {header}{beside}" if header else start + beside)
            pad += " " * _INDENT
            self.lines += [pad + line if line else "" for line in body]
            return
        flow = self.flow(item, shape, key.value if key else "", len(start) + 1)
        if flow is not None:
            self.lines.append(f"{start} {flow}{beside}")
            return
        if key or beside:
            self.lines.append(start + beside)
        first = len(self.lines)
        self.write(item, indent + _INDENT, shape.child(key.value) if key else shape)
        if not (key or beside):
            self.lines[first] = f"{start} {self.lines[first].lstrip(' ')}"

    def spelling(self, item: Item, event: Event, shape: Shape) -> Spelling:
        """Return how a single value is written."""
        prose = item.key is not None and shape.is_prose(item.key.value)
        return spell(event.value, event.style or "", self.source(event), column=item.column, prose=prose)

    def on_one_line(self, event: Event, *, in_flow: bool = False) -> str:
        """Return how a key is written, or a value in brackets."""
        return on_one_line(event.value, event.style or "", self.source(event), in_flow=in_flow)

    def source(self, event: Event) -> str:
        """Return how a single value is written now."""
        return self.text[event.start_mark.index : event.end_mark.index]

    def flow(self, block: Item, shape: Shape, name: str, column: int) -> str | None:
        """Return a list in brackets where it may stay so: short, without comments, of plain values alone."""
        if not block.is_flow:
            return None
        if not block.items:
            return "{}" if isinstance(start_of(block.value), MappingStartEvent) else "[]"
        if block.items[0].key or block.after or (name and not shape.may_flow(name)):
            return None
        parts: list[str] = []
        for item in block.items:
            if isinstance(item.value, Block) or item.before or item.beside:
                return None
            parts.append(self.on_one_line(item.value, in_flow=True))
        flow = f"[{', '.join(parts)}]"
        return flow if column + _width(flow) <= WIDTH else None

    def add(self, line: str, *, blank: bool) -> None:
        """Add a line, where it is asked for below a blank one."""
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines.append(line)


def _ordered(block: Item, shape: Shape) -> tuple[Item, ...]:
    """Return the items of a block in the order in which they are to stand."""
    if not block.items[0].key:
        return block.items
    order = shape.ordered([item.key.value for item in block.items if item.key])
    return tuple(block.items[index] for index in order)


def _set_blank(item: Item, *, blank: bool) -> None:
    """Say whether a blank line stands above the comments below an item."""
    item.after = (*(each._replace(blank=blank) for each in item.after[:1]), *item.after[1:])


def _above(item: Item) -> tuple[Remark, ...]:
    """Return the comments that are to stand above an item: all but the one beside it."""
    above = item.before
    if len(item.beside) > 1:
        above += tuple(Remark(text, blank=False) for text in item.beside[:-1])
    return above if item.items else above + item.after


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _squeezed(text: str) -> list[str]:
    """Return the lines of a text without blanks at their ends, and no two blank lines in a row."""
    lines: list[str] = []
    for raw in text.splitlines():
        line = re.sub(r"^(---|\.\.\.)\s+#", r"\1 #", raw.rstrip())
        if line or (lines and lines[-1]):
            lines.append(line)
    return lines
