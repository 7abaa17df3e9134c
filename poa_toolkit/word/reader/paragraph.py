"""One paragraph: its pieces with who put each in or took it out, its notes, its pictures, its boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from poa_toolkit.archive.untrusted import UnsafePartError
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.word_file import Call, Graphic, Paragraph, ParagraphPlace, Piece
from poa_toolkit.word.reader import drawings, symbols
from poa_toolkit.word.reader.reading import controlled, marked, revised
from poa_toolkit.word.reader.styles import read_paragraph, read_run
from poa_toolkit.word.reader.xml_names import (
    DELETED,
    INSERTED,
    NAMES,
    attribute,
    child,
    is_second,
    is_unknown,
    may_hold_words,
    revision,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.returned.word_file import Number
    from poa_toolkit.word.reader.reading import Around, Reading, Surroundings
    from poa_toolkit.word.reader.styles import Properties

    _Read: TypeAlias = Callable[["ParagraphReader", str, etree._Element, Around, int], None]  # noqa: SLF001 - the name of the type

MAX_DEPTH = 100
"""How deep elements may nest in a paragraph; Word's own stay below twenty."""

_CHARACTERS = {
    **dict.fromkeys(("tab", "ptab"), "\t"),
    **dict.fromkeys(("br", "cr"), "\n"),
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
}
_NUMBERS = frozenset(
    ("wp:posOffset", "wp:align", "wp:pctWidth", "wp:pctHeight", "wp:pctPosHOffset", "wp:pctPosVOffset")
)
"""What a drawing says of its place, in the text of an element."""
UNKNOWN = "text of an unknown kind"
"""What is said of words that stand where no text of Word's stands."""


class ParagraphReader:
    """One pass over a paragraph, and over those in its text boxes after it."""

    def __init__(self, reading: Reading, part: str, where: Surroundings) -> None:
        """Read a paragraph of a part; `where` says what it stands in."""
        self.reading = reading
        self.part = part
        self.where = where
        self.pieces: list[Piece] = []
        self._stands: tuple[Around, tuple[str, ...], bool, bool] | None = None
        """Where the last word stands."""
        self._state: tuple[object, ...] = ()
        """What is said of the last piece."""
        self._words: list[str] = []
        """The words of the last piece, which is made when another begins."""
        self._at = self._end = -1
        self.length = 0
        self.calls: list[Call] = []
        self.graphics: list[Graphic] = []
        self.boxes: list[etree._Element] = []

    def read(self, element: etree._Element) -> Iterator[Paragraph]:
        """Return the paragraph, then those of its boxes."""
        reading, where = self.reading, self.where
        element_of_properties = child(element, "pPr")
        said = read_paragraph(element_of_properties, reading.styles)
        reading.formatting += said.changes
        around = reading.looking(where.around, said.style.looks)
        makes, page = reading.fields.makes, reading.page
        for each in element:
            if each is not element_of_properties:
                self._walk(NAMES[each.tag], each, around, 1)
        self._end_piece()
        generated = where.generated or ("contents" if said.style.is_contents else "")
        number, indent = self._number(said)
        yield Paragraph(
            tuple(self.pieces),
            ParagraphPlace(page, reading.heading, where.kind, where.cell),
            said.style.name,
            said.heading,
            number,
            indent,
            tuple(self.calls),
            tuple(self.graphics),
            where.note,
            said.inserted or around.inserted,
            said.deleted or around.deleted,
            generated or self._made(makes or reading.fields.makes),
            bool(said.layout.centred),
        )
        for box in self.boxes:
            boxed = where._replace(kind="box", cell=None, note="")
            is_paragraph = NAMES[box.tag] == "p"
            yield from blocks(reading, self.part, (box,) if is_paragraph else box, boxed)

    def _made(self, makes: str) -> str:
        """Return what a field makes of the paragraph, unless somebody wrote in it too."""
        return makes if makes and all(each.computed or each.text.isspace() for each in self.pieces) else ""

    def _number(self, said: Properties) -> tuple[Number | None, int]:
        """Return the number before the paragraph, and how far its text begins from the margin."""
        layout, style = said.layout, said.style
        found = self.reading.numbering.level(layout, style.id) if layout.number else None
        if found is None:
            return None, layout.indent or 0
        name, at, level = found
        # a paragraph that is taken out whole is not counted any more
        gone = said.deleted is not None and not any(each.deleted is None for each in self.pieces)
        number = None if gone else self.reading.numbering.count(name, at)
        own = layout.indent if layout.indent != style.layout.indent else None
        indent = own if own is not None else level.layout.indent
        return number, indent if indent is not None else layout.indent or 0

    # --- elements ---

    def _walk(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        """Read an element, whose short name is known, and all that is in it."""
        read = self._READ.get(name)
        if read is not None:
            read(self, name, element, around, depth)
            return
        if name in drawings.FOREIGN:
            self.reading.foreign.add(drawings.FOREIGN[name])
        if name in drawings.KINDS:
            self._thing(name, element, around)
        elif len(element) == 0:
            self._point(name, element, around)
        else:
            self._children(name, element, around, depth)

    def _children(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise UnsafePartError(f"{self.part}: more than {MAX_DEPTH} elements nest in a paragraph")
        words = element.text
        if words:
            self._unknown_words(name, words, around)
        for each in element:
            self._walk(NAMES[each.tag], each, around, depth + 1)
            words = each.tail
            if words:
                self._unknown_words(name, words, around)

    def _run(self, _: str, run: etree._Element, around: Around, depth: int) -> None:
        for each in run:
            name = NAMES[each.tag]
            if name == "t":
                self._text(each.text, around)
            elif name == "rPr":
                around = self._styled(each, around)
            else:
                self._walk(name, each, around, depth + 1)

    def _styled(self, properties: etree._Element, around: Around) -> Around:
        looks, named, changes = read_run(properties)
        reading = self.reading
        reading.formatting += changes
        if named:
            by = reading.makers.get(named)
            if by is not None:
                return marked(around, by)
            style = reading.styles.of_run(named)
            looks = looks.over(style.looks) if style is not None else looks
        return reading.looking(around, looks)

    def _written(self, name: str, element: etree._Element, around: Around, _: int) -> None:
        self._text(element.text, around, is_deleted=name == "delText")

    def _character(self, name: str, _element: etree._Element, around: Around, _: int) -> None:
        self._text(_CHARACTERS[name], around)

    def _properties(self, name: str, element: etree._Element, around: Around, _: int) -> None:
        if len(element) == 0:
            self._unknown_words(name, element.text, around)

    def _mark(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        if len(element) or (element.text or "").strip():
            self._children(name, element, around, depth)
        else:
            self.reading.mark(name, element, self.length)

    def _box(self, _name: str, element: etree._Element, _around: Around, _: int) -> None:
        self.boxes.append(element)

    def _inserted(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        moved = self.reading.move(name, around.moved)
        within = around._replace(inserted=revision(element), moved=moved)
        self._children(name, element, within, depth)

    def _deleted(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        moved = self.reading.move(name, around.moved)
        within = around._replace(deleted=revision(element), moved=moved)
        self.reading.fields.strike(within)
        self._children(name, element, within, depth)

    def _control(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        self._children(name, element, controlled(element, around), depth)

    def _simple_field(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        fields = self.reading.fields
        begun = len(fields.open)
        fields.begin(attribute(element, "instr"), around)
        self._children(name, element, around, depth)
        self._left_out(around)
        fields.close_to(begun)

    def _field(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "end":
            self._left_out(around)
        self.reading.fields.mark(kind, around)
        if len(element):
            self._children(name, element, around, depth)

    def _left_out(self, around: Around) -> None:
        """Read the number that a program left out of a cross-reference of ours, where that ends."""
        found = self.reading.fields.left_out(around)
        if found is not None:
            self._text(*found)

    def _instruction(self, name: str, element: etree._Element, around: Around, depth: int) -> None:
        if len(element):
            self._children(name, element, around, depth)
        else:
            self.reading.fields.instruct(element.text or "")

    def _aid(self, name: str, element: etree._Element, around: Around, _: int) -> None:
        """Tell how a word is to be read aloud, which stands above it."""
        words = "".join(each.text or "" for each in element.iter() if NAMES[each.tag] == "t")
        self._thing_of_words("reading aid", words, around)
        self._unknown_words(name, element.text, around)

    def _alternatives(self, _name: str, element: etree._Element, around: Around, depth: int) -> None:
        """Read the first of several forms of the same content that holds anything."""
        for each in element:
            found = self.length, len(self.graphics), len(self.boxes)
            self._walk(NAMES[each.tag], each, around, depth + 1)
            if found != (self.length, len(self.graphics), len(self.boxes)):
                return

    def _point(self, name: str, element: etree._Element, around: Around) -> None:
        """Read an element with nothing in it."""
        reading = self.reading
        if name == "lastRenderedPageBreak":
            reading.page += 1
        elif name in ("footnoteReference", "endnoteReference"):
            note = f"{name[:-9]} {attribute(element, 'id')}"
            self.calls.append(Call(note, self.length, around.inserted, around.deleted))
        elif name == "sym":
            self._symbol(element, around)
        elif name == "v:textpath":
            self._thing_of_words("text art", drawings.art(element), around)
        elif name == "a:t":
            self._thing_of_words("drawing", element.text or "", around)
        elif element.text and not element.text.isspace():
            self._unknown_words(name, element.text, around)
        else:
            reading.mark(name, element, self.length)

    def _symbol(self, element: etree._Element, around: Around) -> None:
        code, font = attribute(element, "char"), attribute(element, "font")
        try:
            sign = symbols.character(int(code, 16), font)
        except ValueError:
            sign = None
        if sign is not None:
            self._text(sign, around)
        else:
            self._thing_of_words("symbol", f"character {code} of the font {font}", around)

    def _thing(self, name: str, element: etree._Element, around: Around) -> None:
        kind = drawings.KINDS[name]
        said = self.reading.drawn(self.part, element) if name in ("c:chart", "dgm:relIds") else ""
        if said:
            self._thing_of_words(kind, said, around)
        else:
            words = drawings.described(element)
            self.graphics.append(Graphic(kind, words, self.length, around.inserted, around.deleted))

    def _unknown_words(self, name: str, words: str | None, around: Around) -> None:
        """Keep words that stand where no text of Word's stands, so that they are told."""
        if words and not words.isspace() and name not in _NUMBERS and (is_unknown(name) or ":" not in name):
            self._thing_of_words(UNKNOWN, words, around)

    def _thing_of_words(self, kind: str, words: str, around: Around) -> None:
        if words.strip():
            at = self.reading.length
            self.reading.length += len(words)
            self.graphics.append(Graphic(kind, words, self.length, around.inserted, around.deleted, at))

    def _text(self, text: str | None, around: Around, *, is_deleted: bool = False) -> None:
        if not text:
            return
        reading = self.reading
        if reading.fields.open:
            text = reading.fields.printed(text, around)
            if not text:
                return
        if around.font:
            text = symbols.readable(text, around.font)
        stands = (around, reading.open_bookmarks, reading.fields.computed, is_deleted)
        if stands != self._stands or self._end != reading.length:
            self._begin(stands)
        self._words.append(text)
        self.length += len(text)
        self._end = reading.length = reading.length + len(text)

    def _begin(self, stands: tuple[Around, tuple[str, ...], bool, bool]) -> None:
        """Begin another piece, unless all that a piece says of its words stays the same."""
        self._stands = around, bookmarks, computed, is_deleted = stands
        deleted = around.deleted or (_UNSIGNED if is_deleted else None)
        state = (
            around.inserted,
            deleted,
            around.control,
            bookmarks,
            around.computed or computed,
            around.looks,
            around.moved if around.inserted or deleted else "",
        )
        if state != self._state or self._end != self.reading.length:
            self._end_piece()
            self._state, self._at = state, self.reading.length

    def _end_piece(self) -> None:
        if self._words:
            self.pieces.append(Piece("".join(self._words), *self._state, self._at))  # type: ignore[arg-type, call-arg] # in the order of its fields
            self._words = []

    _READ: ClassVar[Mapping[str, _Read]] = {
        "r": _run,
        **dict.fromkeys(("t", "delText", "m:t"), _written),
        **dict.fromkeys(_CHARACTERS, _character),
        **dict.fromkeys(("p", "txbxContent"), _box),
        **dict.fromkeys(INSERTED, _inserted),
        **dict.fromkeys(DELETED, _deleted),
        **dict.fromkeys(("instrText", "delInstrText"), _instruction),
        **dict.fromkeys(("rPr", "pPr", "sdtPr", "sdtEndPr", "m:ctrlPr"), _properties),
        **dict.fromkeys(("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"), _mark),
        **dict.fromkeys(("hyperlink", "sdtContent"), _children),
        "sdt": _control,
        "fldSimple": _simple_field,
        "fldChar": _field,
        "rt": _aid,
        "mc:AlternateContent": _alternatives,
    }
    """How the elements are read that mean something in a paragraph, by their short names."""


_UNSIGNED = Reviser("")


def blocks(
    reading: Reading, part: str, content: Iterable[etree._Element], where: Surroundings
) -> Iterator[Paragraph]:
    """Return the paragraphs among some blocks and in them, and words that stand in no paragraph."""
    for each in content:
        name = NAMES[each.tag]
        if name == "p":
            yield from ParagraphReader(reading, part, where).read(each)
        elif not is_second(name, each):
            words = each.text
            if words and may_hold_words(name) and not words.isspace():
                yield words_alone(reading, words, where.kind)
            around = revised(where.around, name, each)
            yield from blocks(reading, part, each, where._replace(around=around))


def words_alone(reading: Reading, words: str, kind: str) -> Paragraph:
    """Return words that stand in no paragraph as one of their own, so that they are told."""
    at = reading.length
    reading.length += len(words)
    place = ParagraphPlace(reading.page, reading.heading, kind)
    return Paragraph((), place, graphics=(Graphic(UNKNOWN, words, 0, at=at),))
