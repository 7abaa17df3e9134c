"""The values of a file as they are laid out: each with the comments and the blank line that belong to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.load.positions import Block, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.load.positions import Node
    from poa_toolkit.load.yaml_events import Comment, Event
    from poa_toolkit.load.yaml_tree import Tree


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
class Item:
    """A key and its value, or an item of a list; the root is an item too."""

    key: Event | None
    value: Node
    start: int
    """Where its key or its dash stands."""
    column: int
    end: int = 0
    items: tuple[Item, ...] = ()
    """What stands in its value."""
    blank: bool = False
    """Whether a blank line stands between it and the item before it."""
    before: tuple[Remark, ...] = ()
    beside: tuple[str, ...] = ()
    """Comments on lines that it shares."""
    after: tuple[Remark, ...] = ()
    """Comments below the last item of its value."""

    @property
    def is_flow(self) -> bool:
        """Whether its value is in brackets."""
        return isinstance(self.value, Block) and bool(self.value.start.flow_style)


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


def parse(source: Tree) -> File:
    """Return the tree of a file in which nothing is wrong, whose lines end in a line feed.

    Raises UnsafeLayoutError for what YAML allows and a plan has no use for.
    """
    text, found = source.text, source.events
    document, last = found[1], found[-2]
    begin = _end_of_prefix(text, document)
    stop = last.start_mark.index if last.explicit else len(text)
    tree = _Tree(source, _bare(source, begin, stop))
    root = tree.filled(Item(None, source.places.root, found[2].start_mark.index, -1))
    remarks = [each for each in source.comments if begin <= each.start]
    alone = [each for each in remarks if tree.begins_line(each.start)]
    beside = [each for each in remarks if each.start < stop and not tree.begins_line(each.start)]
    if beside:
        tree.note_marks(root, begin)
    for each in beside:
        tree.put_beside(each)
    queue = deque(alone)
    head = tuple(tree.taken(queue, root.start))
    gap = tree.is_below_blank(tree.line(root.start))
    tree.fill(root, queue, _Next(stop, -1), outer=-1)
    root.after += tuple(tree.taken(queue, len(text)))
    return File(text[:begin], head, gap, root, text[stop:].partition("\n")[0])


class _Next(NamedTuple):
    """Where the item after a block begins."""

    start: int
    column: int


class _Tree:
    """Builds items from events, then gives each comment to one of them."""

    def __init__(self, source: Tree, bare: str) -> None:
        self.outside = source.outside
        self.bare = bare
        """The same without comments."""
        self.text = source.text
        self.marks: list[tuple[int, Item]] = []

    def filled(self, item: Item) -> Item:
        """Give an item its end, and the items of its value."""
        value = item.value
        if not isinstance(value, Block):
            item.end = value.end_mark.index
            return item
        first, is_flow = value.start.start_mark, bool(value.start.flow_style)
        made: list[Item] = []
        end = first.index
        for step, child in value.children.items():
            key = value.keys[step] if isinstance(step, str) else None
            begin = (key or start_of(child)).start_mark
            start, column = begin.index, begin.column
            if not (key or is_flow):
                # in lines, an item of a list begins with its dash
                start, column = self.bare.index("-", end), first.column
            blank = bool(made) and self.is_below_blank(start - column) and self.begins_line(start)
            made.append(self.filled(Item(key, child, start, column, blank=blank)))
            end = made[-1].end
        item.items = tuple(made)
        item.end = value.end.end_mark.index if is_flow or not made else end
        return item

    def note_marks(self, item: Item, offset: int) -> None:
        """Note, in order, from which offset on a comment on the same line belongs to which item."""
        self.marks.append((offset, item))
        if item.is_flow:
            self.marks.append((start_of(item.value).start_mark.index, item))
        for child in item.items:
            self.note_marks(child, child.key.end_mark.index if child.key else child.start)
        if item.is_flow or not isinstance(item.value, Block):
            self.marks.append((item.end, item))

    def put_beside(self, comment: Comment) -> None:
        """Give a comment that shares its line to the item before it."""
        found = bisect_right(self.marks, comment.start, key=lambda mark: mark[0])
        self.marks[found - 1][1].beside += (comment.text,)

    def fill(self, item: Item, queue: deque[Comment], following: _Next, *, outer: int) -> None:
        """Give the comments on lines of their own, up to the end of `item`, to it and those inside it.

        `outer` is the column of the block that `item` stands in.
        """
        if not queue:
            return
        item.before += tuple(self.taken(queue, item.start))
        if not isinstance(item.value, Block):
            item.before += tuple(self.taken(queue, item.end))
            return
        inner = _Next(item.end, -1) if item.is_flow else following
        for number, child in enumerate(item.items, start=1):
            below = item.items[number] if number < len(item.items) else None
            behind = _Next(below.start, below.column) if below else inner
            self.fill(child, queue, behind, outer=child.column)
        if item.is_flow:
            item.after += tuple(self.taken(queue, item.end))
            return
        column = max(item.items[0].column, outer + 1, following.column + 1)
        after = []
        while queue and queue[0].start < following.start and self.column(queue[0].start) >= column:
            after.append(self.remark(queue.popleft()))
        item.after += tuple(after)

    def taken(self, queue: deque[Comment], until: int) -> Iterator[Remark]:
        """Take the comments before an offset from the queue."""
        while queue and queue[0].start < until:
            yield self.remark(queue.popleft())

    def remark(self, comment: Comment) -> Remark:
        """Keep of a comment what counts."""
        return Remark(comment.text, self.is_below_blank(self.line(comment.start)))

    def line(self, offset: int) -> int:
        """Return the offset at which the line of `offset` begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def column(self, offset: int) -> int:
        """Return how far into its line an offset is."""
        return offset - self.line(offset)

    def begins_line(self, offset: int) -> bool:
        """Return whether nothing stands before an offset on its line."""
        return not self.outside[self.line(offset) : offset].strip()

    def is_below_blank(self, line: int) -> bool:
        """Return whether the line above the one that begins at `line` is blank."""
        if line == 0 or self.outside[line - 2 : line - 1].strip():
            return False
        return not self.outside[self.line(line - 1) : line].strip()


def _end_of_prefix(text: str, document: Event) -> int:
    """Return where directives and ``---`` end, with the line where nothing else stands on it."""
    if not document.explicit:
        return 0
    end = int(document.end_mark.index)
    line, feed, _ = text[end:].partition("\n")
    rest = line.strip()
    return end + len(line) + len(feed) if not rest or rest.startswith("#") else end


def _bare(source: Tree, begin: int, stop: int) -> str:
    bare = source.outside
    if source.comments:
        bare = re.sub(r"#[^\n]*", lambda match: " " * len(match.group()), bare)
    bare = " " * begin + bare[begin:stop]
    if "?" in bare:
        raise UnsafeLayoutError("a key is marked with `?`", bare.index("?"))
    return bare
