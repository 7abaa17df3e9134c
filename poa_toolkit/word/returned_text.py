"""The text of a returned file, paragraph by paragraph, with the revisions, controls and comments in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.process.returned import By, Call, Form, Number, Paragraph, Piece, Place
from poa_toolkit.process.signature import is_bookmark
from poa_toolkit.word.returned_xml import (
    STRICT,
    WORD,
    attribute,
    child,
    local,
    numbering,
    outline,
    revision,
    tag_of,
)
from poa_toolkit.word.untrusted import UnsafePartError, elements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

MAX_PARAGRAPHS = 200_000
MAX_DEPTH = 100
"""How deep elements may nest in a paragraph; Word's own stay below twenty."""

_INSERTED, _DELETED = frozenset(("ins", "moveTo")), frozenset(("del", "moveFrom"))
_CHARACTERS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
"""A text of a plan is one paragraph on one line; what breaks the line in Word is a space."""
_LOOKS = frozenset(("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"))
_MARKS = ("p", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "altChunk")
_SILENT = frozenset(("sdtPr", "sdtEndPr"))
_COMPUTED = frozenset(
    ("REF", "PAGEREF", "NOTEREF", "STYLEREF", "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "SEQ")
)
"""The fields whose words Word makes anew; those of a HYPERLINK are typed."""
_TEXTS = frozenset(("t", "delText", "m:t"))
_MOST_BOOKMARKS = 8
_MOST_COMMENTED, _LONGEST_WORDS, _LONGEST_INSTRUCTION = 50, 1000, 200
"""How many paragraphs and characters of a comment's words, and characters of a field's, are kept."""
FOREIGN = frozenset(("altChunk", "object", "control", "oleObj"))
"""Elements behind which something stands that is no text of Word's."""


class Style(NamedTuple):
    """What a paragraph style says."""

    name: str
    level: int = 0
    listed: tuple[str, int] | None = None


class Point(NamedTuple):
    """A place in the text: a paragraph, and how many characters into it, deleted ones counted too."""

    paragraph: int
    offset: int


class _Around(NamedTuple):
    """What stands round a run."""

    control: str
    inserted: By | None
    deleted: By | None


class Story:
    """Reads the paragraphs of the parts of one file; remembers what reaches over several of them."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.ranges: dict[str, tuple[Point, Point]] = {}
        """Where the words of each comment begin and end, by its id."""
        self.bullets: frozenset[tuple[str, int]] = frozenset()
        """The lists, and levels in them, that have bullets."""
        self.formatting = 0
        self.foreign: set[str] = set()
        self.page = 0
        self.heading = ""
        self.styles = styles
        self.bookmarks: dict[str, str] = {}
        self.comments: dict[str, Point] = {}
        self.fields: list[list[str]] = []
        """The fields that are open: for each its instruction, and once it has a result one word more."""

    def read(self, name: str, content: bytes, kind: str = "") -> None:
        """Add the paragraphs of a part. Raises UnsafePartError where it cannot be read."""
        tags = [f"{{{space}}}{mark}" for space in (WORD, STRICT) for mark in _MARKS]
        for element in elements(name, content, *tags):
            mark = local(element)
            if _is_inside_paragraph(element):
                continue
            if mark == "p":
                self._paragraph(name, element, kind)
                _forget(element)
            elif mark == "altChunk":
                self.foreign.add(mark)
            else:
                self.mark(mark, element, 0)

    def _paragraph(self, part: str, element: etree._Element, kind: str) -> None:
        if len(self.paragraphs) >= MAX_PARAGRAPHS:
            raise UnsafePartError(f"{part}: the part has more than {MAX_PARAGRAPHS} paragraphs")
        walk = _Walk(self, part, kind or _surroundings(element))
        walk.paragraph(element, _Around(_control_round(element), *_block_revision(element)))

    def mark(self, mark: str, element: etree._Element, length: int) -> None:
        """Open or close a bookmark or the words of a comment, `length` characters into the paragraph."""
        key, here = attribute(element, "id"), Point(len(self.paragraphs), length)
        match mark:
            case "bookmarkStart":
                name = attribute(element, "name")
                if is_bookmark(name) and len(self.bookmarks) < _MOST_BOOKMARKS:
                    self.bookmarks[key] = name
            case "bookmarkEnd":
                self.bookmarks.pop(key, None)
            case "commentRangeStart":
                self.comments[key] = here
            case "commentRangeEnd":
                if key in self.comments:
                    self.ranges.setdefault(key, (self.comments.pop(key), here))
            case "commentReference":
                # a comment on no words at all stands where it is called
                self.ranges.setdefault(key, (here, here))

    def words(self, start: Point, end: Point) -> str:
        """Give the words between two places, every change accepted, up to a limit."""
        found: list[str] = []
        for index in range(start.paragraph, min(end.paragraph + 1, start.paragraph + _MOST_COMMENTED)):
            at = 0
            for piece in self.paragraphs[index].pieces if index < len(self.paragraphs) else ():
                first = start.offset - at if index == start.paragraph else 0
                last = end.offset - at if index == end.paragraph else len(piece.text)
                if piece.deleted is None and last > 0:
                    found.append(piece.text[max(first, 0) : last])
                at += len(piece.text)
            found.append(" ")
        return "".join(found).strip()[:_LONGEST_WORDS]

    def is_computed(self) -> bool:
        """Say whether what comes now is the result of a field that Word makes anew."""
        return any(len(field) > 1 and _is_computed(field[0]) for field in self.fields)

    def field_mark(self, kind: str) -> None:
        """Open a field, begin its result, or close it."""
        if kind == "begin" and len(self.fields) < MAX_DEPTH:
            self.fields.append([""])
        elif kind == "separate" and self.fields:
            self.fields[-1].append("")
        elif kind == "end" and self.fields:
            self.fields.pop()


class _Walk:
    """One pass over a paragraph, and over those in its text boxes after it."""

    def __init__(self, story: Story, part: str, kind: str) -> None:
        self.story = story
        self.part = part
        self.kind = kind
        self.pieces: list[Piece] = []
        self.length = 0
        self.calls: list[Call] = []
        self.boxes: list[etree._Element] = []

    def paragraph(self, element: etree._Element, around: _Around) -> None:
        """Read the paragraph, and add it to the story."""
        story = self.story
        properties = child(element, "pPr")
        style, listed, level = self._properties(properties)
        place = Place(story.page, story.heading, self.kind)
        for each in element:
            if each is not properties:
                self._walk(each, around, 1)
        put_in, taken_out = _ending(properties)
        paragraph = Paragraph(
            tuple(self.pieces),
            place,
            style.name,
            level,
            listed and Number(*listed, Form.BULLET if listed in story.bullets else Form.DECIMAL, 0, ""),
            0,
            tuple(self.calls),
            (),
            _note_round(element),
            put_in or around.inserted,
            taken_out or around.deleted,
        )
        if level and paragraph.new.strip():
            story.heading = paragraph.new.strip()
        story.paragraphs.append(paragraph)
        for box in self.boxes:
            for inner in box.iter(f"{{{WORD}}}p", f"{{{STRICT}}}p"):
                # a box in this box is read with the paragraph that holds it
                if next(each for each in inner.iterancestors() if local(each) == "txbxContent") is box:
                    _Walk(story, self.part, "box").paragraph(inner, around)

    def _properties(self, properties: etree._Element | None) -> tuple[Style, tuple[str, int] | None, int]:
        if properties is None:
            return self.story.styles.get("", Style("")), None, 0
        self._count_looks(properties)
        named = child(properties, "pStyle")
        style = self.story.styles.get("" if named is None else attribute(named, "val"), Style(""))
        return style, numbering(properties) or style.listed, outline(properties) or style.level

    def _walk(self, element: etree._Element, around: _Around, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise UnsafePartError(f"{self.part}: more than {MAX_DEPTH} elements nest in a paragraph")
        name = local(element)
        if name in _TEXTS:
            self._text(element.text or "", around, name)
        elif name in _CHARACTERS:
            self._text(_CHARACTERS[name], around, name)
        elif name in ("rPr", "pPr"):
            self._count_looks(element)
        elif name == "txbxContent":
            self.boxes.append(element)
        elif len(element) == 0:
            self._point(name, element)
        elif name not in _SILENT:
            self._inside(name, element, around, depth)

    def _inside(self, name: str, element: etree._Element, around: _Around, depth: int) -> None:
        if name in _INSERTED:
            around = around._replace(inserted=revision(element))
        elif name in _DELETED:
            around = around._replace(deleted=revision(element))
        elif name == "sdt":
            around = around._replace(control=tag_of(element) or around.control)
        elif name in FOREIGN:
            self.story.foreign.add(name)
        elif name == "r" and _is_struck(element):
            return
        fields = len(self.story.fields)
        if name == "fldSimple":
            self.story.fields.append([attribute(element, "instr"), ""])
        # of several forms of the same words a program chooses one
        for each in element[:1] if name == "mc:AlternateContent" else element:
            self._walk(each, around, depth + 1)
        if name == "fldSimple":
            del self.story.fields[fields:]

    def _point(self, name: str, element: etree._Element) -> None:
        story = self.story
        if name == "lastRenderedPageBreak":
            story.page += 1
        elif name in ("footnoteReference", "endnoteReference"):
            self.calls.append(Call(f"{name[:-9]} {attribute(element, 'id')}", self.length))
        elif name == "fldChar":
            story.field_mark(attribute(element, "fldCharType"))
        elif name in ("instrText", "delInstrText"):
            if story.fields:
                story.fields[-1][0] = (story.fields[-1][0] + (element.text or ""))[:_LONGEST_INSTRUCTION]
        elif name in FOREIGN:
            story.foreign.add(name)
        else:
            story.mark(name, element, self.length)

    def _text(self, text: str, around: _Around, name: str) -> None:
        if not text:
            return
        deleted = around.deleted or (By("") if name == "delText" else None)
        bookmarks = tuple(self.story.bookmarks.values())
        computed = self.story.is_computed()
        piece = Piece(text, around.inserted, deleted, around.control, bookmarks, computed)
        self.length += len(text)
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last[1:] == piece[1:]:
            self.pieces[-1] = last._replace(text=last.text + text)
        else:
            self.pieces.append(piece)

    def _count_looks(self, properties: etree._Element) -> None:
        self.story.formatting += sum(local(each) in _LOOKS for each in properties)
        if local(properties) == "pPr":
            for each in properties:
                if local(each) == "rPr":
                    self._count_looks(each)


def _is_struck(run: etree._Element) -> bool:
    """Say whether a run is what a redline for the eye shows as deleted."""
    properties = child(run, "rPr")
    style = None if properties is None else child(properties, "rStyle")
    return style is not None and attribute(style, "val") == "POADeleted"


def _is_computed(instruction: str) -> bool:
    return not _COMPUTED.isdisjoint(instruction.upper().split(maxsplit=1)[:1])


def _is_inside_paragraph(element: etree._Element) -> bool:
    return any(local(each) == "p" for each in element.iterancestors())


def _surroundings(element: etree._Element) -> str:
    return "table" if any(local(each) == "tc" for each in element.iterancestors()) else ""


def _control_round(element: etree._Element) -> str:
    found = (tag_of(each) for each in element.iterancestors() if local(each) == "sdt")
    return next(filter(None, found), "")


def _note_round(element: etree._Element) -> str:
    """Name the note in which a paragraph stands; empty for any other, and for the lines above the notes."""
    found = (each for each in element.iterancestors() if local(each) in ("footnote", "endnote"))
    note = next(found, None)
    if note is None or attribute(note, "type"):
        return ""
    return f"{local(note)} {attribute(note, 'id')}"


def _block_revision(element: etree._Element) -> tuple[By | None, By | None]:
    """Give who put in or took out the row of a table, or the block, in which a paragraph stands."""
    inserted = deleted = None
    for each in element.iterancestors():
        name = local(each)
        properties = child(each, "trPr") if name == "tr" else None
        for mark in (each, *(() if properties is None else properties)):
            if local(mark) in _INSERTED:
                inserted = inserted or revision(mark)
            elif local(mark) in _DELETED:
                deleted = deleted or revision(mark)
    return inserted, deleted


def _ending(properties: etree._Element | None) -> tuple[By | None, By | None]:
    """Give who put in and who took out the mark that ends a paragraph."""
    of_mark = None if properties is None else child(properties, "rPr")
    if of_mark is None:
        return None, None
    inserted = next((revision(each) for each in of_mark if local(each) in _INSERTED), None)
    deleted = next((revision(each) for each in of_mark if local(each) in _DELETED), None)
    return inserted, deleted


def _forget(element: etree._Element) -> None:
    """Let a paragraph go that was read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None and local(parent) != "sdt":
        while element.getprevious() is not None:
            del parent[0]
