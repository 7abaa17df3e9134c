"""A file as a tree of items, each with the comments and the blank line that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.load.yaml_events import Event, EventKind, events

if TYPE_CHECKING:
    from collections.abc import Iterator


class UnsafeLayoutError(Exception):
    """A file cannot be laid out anew without a loss: what stands in the way, and where."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


class Remark(NamedTuple):
    """A comment on a line of its own."""

    text: str
    blank: bool
    """Whether a blank line stands above it."""


@dataclass(slots=True)
class Scalar:
    """A value that is no block, with its spelling."""

    event: Event
    source: str


@dataclass(slots=True)
class Block:
    """A mapping or a list, in lines or in brackets."""

    keyed: bool
    """A mapping rather than a list."""
    flow: bool
    """In brackets."""
    start: int
    end: int = 0
    items: list[Item] = field(default_factory=list)
    after: list[Remark] = field(default_factory=list)
    """Comments below its last item."""


Node: TypeAlias = Scalar | Block


@dataclass(slots=True)
class Item:
    """A key and its value, or an item of a list; the root is an item too."""

    key: Scalar | None
    value: Node
    start: int
    column: int
    blank: bool = False
    """Whether a blank line stands between it and the item before it."""
    before: list[Remark] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Comments on lines that it shares."""


class File(NamedTuple):
    """A whole file."""

    prefix: str
    """Directives and ``---``, with the comments above and beside them."""
    head: tuple[Remark, ...]
    """The comments above the first key."""
    gap: bool
    """Whether a blank line stands between them and it."""
    root: Item
    suffix: str
    """The line of ``...``; comments below it are taken to stand above it, as prettier does."""


class Comment(NamedTuple):
    """A comment, from its ``#`` to the last character that is no blank."""

    start: int
    text: str
    column: int
    alone: bool
    """Whether nothing else stands on its line."""


def comments(text: str) -> list[Comment]:
    """Give every comment of a text, in order; lines end in a line feed."""
    found = list(events(text))
    outside = _blanked(text, found)
    for match in re.finditer(r"^%.*", text[: found[0].end], re.MULTILINE):
        outside = _blank(outside, match.start(), match.end())
    return [_comment(outside, match) for match in re.finditer(r"#[^\n]*", outside)]


def parse(text: str) -> File:
    """Read the tree of a text whose lines end in a line feed.

    Raises UnsafeLayoutError for what YAML allows and a plan has no use for.
    """
    found = list(events(text))
    begin = _end_of_prefix(text, found[0])
    stop = found[-1].start if found[-1].explicit else len(text)
    remarks = [each for each in comments(text) if begin <= each.start and (each.alone or each.start < stop)]
    outside = _blanked(text, found)
    tree = _Tree(outside, _bare(outside, begin, stop), text)
    value = tree.node(found[1], iter(found[2:]))
    root = Item(None, value, found[1].start, -1)
    tree.note_marks(root, begin)
    for each in remarks:
        tree.put_beside(each)
    queue = deque(each for each in remarks if each.alone)
    head = tuple(tree.taken(queue, root.start))
    gap = tree.blank_above(root.start)
    tree.fill(root, queue, _Next(stop, -1), outer=-1)
    if isinstance(value, Block):
        value.after += tree.taken(queue, len(text))
    return File(text[:begin], head, gap, root, text[stop:].partition("\n")[0])


class _Next(NamedTuple):
    """Where the item after a block begins."""

    start: int
    column: int


class _Tree:
    """Builds items from events, then gives each comment to one of them."""

    def __init__(self, outside: str, bare: str, text: str) -> None:
        self.outside = outside
        """The text with a letter for each character of a scalar."""
        self.bare = bare
        """The same without comments."""
        self.text = text
        self.marks: list[tuple[int, Item]] = []

    def node(self, event: Event, rest: Iterator[Event]) -> Node:
        """Build the value that begins with `event`."""
        if event.kind is EventKind.SCALAR:
            return Scalar(event, self.text[event.start : event.end])
        block = Block(event.kind is EventKind.MAPPING, event.flow, event.start)
        while (child := next(rest)).kind not in (EventKind.MAPPING_END, EventKind.SEQUENCE_END):
            item = self.entry(child, rest) if block.keyed else self.list_item(child, rest, block)
            item.column = item.start - self.line(item.start)
            item.blank = bool(block.items) and self.begins_line(item.start) and self.blank_above(item.start)
            block.items.append(item)
        last = block.items[-1].value if block.items else None
        block.end = child.end if event.flow or last is None else _end(last)
        return block

    def entry(self, key: Event, rest: Iterator[Event]) -> Item:
        """Build an entry of a mapping."""
        return Item(Scalar(key, self.text[key.start : key.end]), self.node(next(rest), rest), key.start, 0)

    def list_item(self, event: Event, rest: Iterator[Event], block: Block) -> Item:
        """Build an item of a list; in lines, it begins with its dash."""
        before = _end(block.items[-1].value) if block.items else block.start
        start = event.start if block.flow else self.bare.index("-", before)
        return Item(None, self.node(event, rest), start, 0)

    def note_marks(self, item: Item, offset: int) -> None:
        """Note, in order, from which offset on a comment on the same line belongs to which item."""
        self.marks.append((offset, item))
        value = item.value
        if isinstance(value, Scalar):
            self.marks.append((value.event.end, item))
            return
        if value.flow:
            self.marks.append((value.start, item))
        for child in value.items:
            self.note_marks(child, child.key.event.end if child.key else child.start)
        if value.flow:
            self.marks.append((value.end, item))

    def put_beside(self, comment: Comment) -> None:
        """Give a comment that shares its line to the item before it."""
        if not comment.alone:
            found = bisect_right(self.marks, comment.start, key=lambda mark: mark[0])
            self.marks[found - 1][1].beside.append(comment.text)

    def fill(self, item: Item, queue: deque[Comment], following: _Next, *, outer: int) -> None:
        """Give the comments on lines of their own, up to the end of `item`, to it and those inside it.

        `outer` is the column of the block that `item` stands in.
        """
        item.before += self.taken(queue, item.start)
        value = item.value
        if isinstance(value, Scalar):
            item.before += self.taken(queue, value.event.end)
            return
        inner = _Next(value.end, -1) if value.flow else following
        for number, child in enumerate(value.items, start=1):
            after = value.items[number] if number < len(value.items) else None
            behind = _Next(after.start, after.column) if after else inner
            self.fill(child, queue, behind, outer=child.column)
        if value.flow:
            value.after += self.taken(queue, value.end)
            return
        column = max(value.items[0].column, outer + 1, following.column + 1)
        while queue and queue[0].start < following.start and queue[0].column >= column:
            value.after.append(self.remark(queue.popleft()))

    def taken(self, queue: deque[Comment], until: int) -> Iterator[Remark]:
        """Take the comments before an offset from the queue."""
        while queue and queue[0].start < until:
            yield self.remark(queue.popleft())

    def remark(self, comment: Comment) -> Remark:
        """Keep of a comment what counts."""
        return Remark(comment.text, self.blank_above(comment.start))

    def line(self, offset: int) -> int:
        """Give the offset at which the line of `offset` begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def begins_line(self, offset: int) -> bool:
        """Say whether nothing stands before an offset on its line."""
        return not self.outside[self.line(offset) : offset].strip()

    def blank_above(self, offset: int) -> bool:
        """Say whether the line above that of `offset` is blank."""
        line = self.line(offset)
        return line > 0 and not self.outside[self.line(line - 1) : line].strip()


def _end(node: Node) -> int:
    return node.event.end if isinstance(node, Scalar) else node.end


def _end_of_prefix(text: str, document: Event) -> int:
    """Give where directives and ``---`` end, with the line where nothing else stands on it."""
    if not document.explicit:
        return 0
    line, feed, _ = text[document.end :].partition("\n")
    rest = line.strip()
    return document.end + len(line) + len(feed) if not rest or rest.startswith("#") else document.end


def _bare(outside: str, begin: int, stop: int) -> str:
    bare = re.sub(r"#[^\n]*", lambda match: " " * len(match.group()), outside)
    bare = " " * begin + bare[begin:stop]
    if "?" in bare:
        raise UnsafeLayoutError("a key is marked with `?`", bare.index("?"))
    return bare


def _comment(outside: str, match: re.Match[str]) -> Comment:
    line = outside.rfind("\n", 0, match.start()) + 1
    before = outside[line : match.start()]
    alone = not before.strip(" \t")
    return Comment(match.start(), match.group().rstrip(), len(before), alone)


_HEADER = re.compile(r"[|>][-+0-9]*[^\n]*")


def _blanked(text: str, found: list[Event]) -> str:
    """Give the text with a letter for each character of a scalar; comments of its header are left."""
    parts: list[str] = []
    at = 0
    for event in found:
        if event.kind is EventKind.SCALAR:
            start = event.start
            if event.style in ("|", ">") and (header := _HEADER.match(text, start)):
                start = header.end()
            at_end = _end_of_content(text, event)
            parts += (text[at:start], re.sub(r"[^\n]", "x", text[start:at_end]))
            at = max(start, at_end)
    return "".join((*parts, text[at:]))


def _end_of_content(text: str, event: Event) -> int:
    """Give where a scalar ends, without the blank lines below a block that are no part of its text."""
    last = event.value.rstrip("\n").rpartition("\n")[2]
    if event.style not in ("|", ">") or not last.strip():
        return event.end
    return event.start + len(text[event.start : event.end].rstrip(" \n"))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
