"""The paragraphs of the parts of one file, in document order, each with what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.process.returned import Cell
from poa_toolkit.process.signature import is_tag
from poa_toolkit.word.reader import drawings
from poa_toolkit.word.reader.names import (
    INSERTED,
    NAMES,
    STRICT,
    WORD,
    attribute,
    properties_of,
    revision,
    value,
    whole,
)
from poa_toolkit.word.reader.paragraph import (
    ParagraphReader,
    is_second,
    may_hold_words,
    revisions,
    words_alone,
)
from poa_toolkit.word.reader.reading import Around, Surroundings
from poa_toolkit.word.untrusted import UnsafePartError, elements, tree

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.process.returned import By
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
        reading, places = self.reading, _Places(kind)
        element = None
        for element in elements(part, content, *_TAGS):
            mark = NAMES[element.tag]
            where = places.of(element)
            if where is None:
                continue
            if mark == "p":
                self._paragraph(part, element, where)
                if len(content) > SMALL:
                    self._forget(element, kind)
            elif mark == "altChunk":
                reading.foreign.add(drawings.FOREIGN[mark])
            else:
                reading.mark(mark, element, 0)
        root = tree(part, content) if element is None else element.getroottree().getroot()
        self._left_over(root, kind)

    def _paragraph(self, part: str, element: etree._Element, where: Surroundings) -> None:
        reading = self.reading
        for each in ParagraphReader(reading, part, where).read(element):
            if len(reading.paragraphs) >= MAX_PARAGRAPHS:
                raise UnsafePartError(f"{part}: the part has more than {MAX_PARAGRAPHS} paragraphs")
            if each.level and each.new.strip():
                reading.heading = " ".join(each.new.split())
            reading.paragraphs.append(each)

    def _forget(self, element: etree._Element, kind: str) -> None:
        """Let a paragraph go that was read, and what stands before it, so that little memory is needed."""
        element.clear()
        parent, before = element.getparent(), element.getprevious()
        # what says how a cell or row is made is asked again after a table in it
        while before is not None and not NAMES[before.tag].endswith("Pr"):
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


class _Places:
    """Says of each paragraph of a part what it stands in."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.parent: etree._Element | None = None
        self.found: Surroundings | None = None
        self.tables: dict[etree._Element, _Table] = {}

    def of(self, element: etree._Element) -> Surroundings | None:
        """Give what a paragraph stands in; None for one inside another, which is read with that."""
        parent = element.getparent()
        if parent is None or parent is not self.parent:
            self.parent, self.found = parent, self._around(element)
        return self.found

    def _around(self, element: etree._Element) -> Surroundings | None:
        control = note = generated = ""
        inserted: By | None = None
        deleted: By | None = None
        computed = False
        cells = []
        for each in element.iterancestors():
            name = NAMES[each.tag]
            if name == "p" or is_second(name, each):
                return None
            if name == "tc":
                cells.append(each)
            elif name == "sdt":
                said = properties_of(each, "sdtPr")
                control = control or _tag(said)
                generated = generated or _gallery(said)
            elif name in ("footnote", "endnote") and not attribute(each, "type"):
                note = f"{name} {attribute(each, 'id')}"
            for mark in revisions(name, each):
                if NAMES[mark.tag] in INSERTED:
                    inserted = inserted or revision(mark)
                else:
                    deleted = deleted or revision(mark)
        cell = self._cell(cells) if cells else None
        kind = self.kind or ("table" if cells else "")
        return Surroundings(
            Around(control, inserted, deleted, computed=computed), kind, cell, note, generated
        )

    def _cell(self, cells: list[etree._Element]) -> Cell | None:
        row = next((each for each in cells[0].iterancestors() if NAMES[each.tag] == "tr"), None)
        table = (
            None
            if row is None
            else next((each for each in row.iterancestors() if NAMES[each.tag] == "tbl"), None)
        )
        if row is None or table is None:
            return None
        state = self.tables.get(table)
        if state is None:
            state = self.tables[table] = _Table(len(self.tables) + 1)
        state.enter(row, cells[0])
        return Cell(state.number, state.row, state.column, len(cells))


class _Table:
    """How far the paragraphs of a table have been read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = self.column = 0
        self._row: etree._Element | None = None
        self._cell: etree._Element | None = None
        self._width = 0

    def enter(self, row: etree._Element, cell: etree._Element) -> None:
        if row is not self._row:
            said = properties_of(row, "trPr")
            before = value(said, "gridBefore") if said is not None else None
            self._row, self._cell = row, None
            self.row, self.column, self._width = self.row + 1, 1, whole(before or "")
        if cell is not self._cell:
            self._cell = cell
            self.column += self._width
            said = properties_of(cell, "tcPr")
            span = value(said, "gridSpan") if said is not None else None
            self._width = max(whole(span or "", 1), 1)


def _tag(said: etree._Element | None) -> str:
    tag = None if said is None else value(said, "tag")
    return tag if tag is not None and is_tag(tag) else ""


def _gallery(said: etree._Element | None) -> str:
    """Give what a building block makes; empty for a control that people write in."""
    for each in said if said is not None else ():
        if NAMES[each.tag] in ("docPartObj", "docPartList"):
            return _GALLERIES.get(value(each, "docPartGallery") or "", "")
    return ""
