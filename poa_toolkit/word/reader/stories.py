"""The paragraphs of the parts of one file, in document order, each with what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.archive.untrusted import UnsafePartError, elements, tree
from poa_toolkit.returned.signature import is_tag
from poa_toolkit.returned.word_file import Cell
from poa_toolkit.word.ooxml import WORD
from poa_toolkit.word.reader import drawings
from poa_toolkit.word.reader.paragraph import ParagraphReader, words_alone
from poa_toolkit.word.reader.reading import Surroundings, revised
from poa_toolkit.word.reader.xml_names import (
    NAMES,
    STRICT,
    attribute,
    is_second,
    may_hold_words,
    properties_of,
    value,
    whole,
)

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.word.reader.reading import Reading

MAX_PARAGRAPHS = 200_000
SMALL = 8 * 1024 * 1024
"""Bytes of a part up to which nothing needs to be forgotten while it is read."""
_RANGES = (
    *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
)
_TAGS = tuple(f"{{{space}}}{mark}" for space in (WORD, STRICT) for mark in ("p", "altChunk", *_RANGES))
_GALLERIES = {"Table of Contents": "contents", "Bibliographies": "bibliography"}
"""Building blocks of Word that a program makes, by the name that every language of Word gives them."""


class Stories:
    """Reads the paragraphs of the parts of one file."""

    def __init__(self, reading: Reading) -> None:
        """Add what is read to `reading`."""
        self.reading = reading

    def read(self, part: str, content: bytes, kind: str = "") -> None:
        """Add the paragraphs of a part. Raises UnsafePartError where it cannot be read."""
        is_large = len(content) > SMALL
        root = None if is_large else tree(part, content)
        reading, places = self.reading, _Places(kind)
        if kind:
            # what stands beside the running text stands on no page of it and under no heading
            reading.page, reading.heading = 0, ""
        element = None
        for element in elements(part, content, *_TAGS) if root is None else root.iter(*_TAGS):
            mark = NAMES[element.tag]
            where = places.of(element)
            if where is None:
                continue
            if mark == "p":
                self._paragraph(part, element, where)
                if is_large:
                    self._forget(element, kind)
            elif mark == "altChunk":
                reading.foreign.add(drawings.FOREIGN[mark])
            else:
                reading.mark(mark, element, 0)
        if root is None:
            root = tree(part, content) if element is None else element.getroottree().getroot()
        self._left_over(root, kind)

    def _paragraph(self, part: str, element: etree._Element, where: Surroundings) -> None:
        reading = self.reading
        if where.note:
            reading.page, reading.heading = reading.callers.get(where.note, (0, ""))
        is_beside = where.kind in ("note", "header")
        for each in ParagraphReader(reading, part, where).read(element):
            if len(reading.paragraphs) >= MAX_PARAGRAPHS:
                raise UnsafePartError(f"{part}: the part has more than {MAX_PARAGRAPHS} paragraphs")
            if each.level and each.new.strip() and not is_beside:
                reading.heading = " ".join(each.new.split())
            for call in each.calls:
                reading.callers.setdefault(call.note, (reading.page, reading.heading))
            reading.paragraphs.append(each)

    def _forget(self, element: etree._Element, kind: str) -> None:
        """Let a paragraph go that was read, and what stands before it, so that little memory is needed."""
        element.clear()
        parent, before = element.getparent(), element.getprevious()
        while before is not None:
            self._left_over(before, kind)
            parent.remove(before)
            before = element.getprevious()

    def _left_over(self, root: etree._Element, kind: str) -> None:
        """Keep the words that stand in no paragraph, in elements that nobody here knows."""
        name, words = NAMES[root.tag], root.text
        if name == "p" or is_second(name, root):
            return
        if words and may_hold_words(name) and not words.isspace():
            self.reading.paragraphs.append(words_alone(self.reading, words, kind))
        for each in root:
            self._left_over(each, kind)


class _Open(NamedTuple):
    """An element that is open where the reader stands."""

    where: Surroundings | None
    """What a paragraph in it stands in; None where it is read with the one that it stands in itself."""
    table: _Table | None = None
    """The innermost table."""


class _Places:
    """Says of each paragraph of a part what it stands in; asked in their order, it looks at nothing twice."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.tables = 0
        self.open: dict[etree._Element | None, _Open] = {None: _Open(Surroundings(kind=kind))}
        """The elements round the last paragraph, the outermost first."""

    def of(self, element: etree._Element) -> Surroundings | None:
        """Return what a paragraph stands in; None for one inside another, which is read with that."""
        parent, entered = element.getparent(), []
        while parent not in self.open:
            entered.append(parent)
            parent = parent.getparent()
        while next(reversed(self.open)) is not parent:
            self.open.popitem()
        last = self.open[parent]
        for each in reversed(entered):
            last = self.open[each] = self._enter(each, last)
        return last.where

    def _enter(self, element: etree._Element, outer: _Open) -> _Open:
        where, table = outer
        if where is None:
            return outer
        name = NAMES[element.tag]
        if name == "p" or is_second(name, element):
            return _Open(None)
        around = revised(where.around, name, element)
        if around is not where.around:
            where = where._replace(around=around)
        if name == "tbl":
            self.tables += 1
            return _Open(where, _Table(self.tables, where.cell.depth + 1 if where.cell else 1))
        if name == "tr" and table is not None:
            table.enter_row(element)
        elif name == "tc":
            cell = None if table is None else table.enter_cell(element)
            where = Surroundings(where.around, self.kind or "table", cell, where.note, where.generated)
        elif name == "sdt":
            said = properties_of(element, "sdtPr")
            around = where.around._replace(control=_tag(said) or where.around.control)
            where = where._replace(around=around, generated=_gallery(said) or where.generated)
        elif name in ("footnote", "endnote") and not attribute(element, "type"):
            where = where._replace(note=where.note or f"{name} {attribute(element, 'id')}")
        return _Open(where, table)


class _Table:
    """How far the paragraphs of a table have been read."""

    def __init__(self, number: int, depth: int) -> None:
        self.number = number
        self.depth = depth
        self.row = self.column = 0
        self._width = 0

    def enter_row(self, row: etree._Element) -> None:
        said = properties_of(row, "trPr")
        before = value(said, "gridBefore") if said is not None else None
        self.row, self.column, self._width = self.row + 1, 1, whole(before or "")

    def enter_cell(self, cell: etree._Element) -> Cell | None:
        """Return the place of a cell; None for one that stands in no row."""
        if not self.row:
            return None
        self.column += self._width
        said = properties_of(cell, "tcPr")
        span = value(said, "gridSpan") if said is not None else None
        self._width = max(whole(span, 1), 1) if span else 1
        return Cell(self.number, self.row, self.column, self.depth)


def _tag(said: etree._Element | None) -> str:
    tag = None if said is None else value(said, "tag")
    return tag if tag is not None and is_tag(tag) else ""


def _gallery(said: etree._Element | None) -> str:
    """Return what a building block makes; empty for a control that people write in."""
    for each in said if said is not None else ():
        if NAMES[each.tag] in ("docPartObj", "docPartList"):
            return _GALLERIES.get(value(each, "docPartGallery") or "", "")
    return ""
