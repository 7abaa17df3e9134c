"""What a Word file says, free of Word: pieces of text, who put each there or took it out, how each looks."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.signature import PLAN
from poa_toolkit.returned.signature import key as key_of
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.printed_proposals import Printing
    from poa_toolkit.returned.printed_texts import Key, Line


class Look(StrEnum):
    """How text looks, where that may mean something; styles are counted in."""

    STRUCK = "struck"
    HIDDEN = "hidden"
    UNDERLINED = "underlined"
    HIGHLIGHTED = "highlighted"
    COLOURED = "coloured"
    BOLD = "bold"


class Piece(NamedTuple):
    """A stretch of text with one history and one look."""

    text: str
    r"""Tabs and line breaks are kept as ``\t`` and ``\n``."""
    inserted: Reviser | None = None
    """Who put it there, with tracking; None for text that was there."""
    deleted: Reviser | None = None
    """Who took it out, with tracking."""
    control: str = ""
    """The tag of the innermost control round it."""
    bookmarks: tuple[str, ...] = ()
    """The names of the bookmarks that are open round it."""
    computed: bool = False
    """Whether Word computes it: the number or page of another paragraph."""
    looks: frozenset[Look] = frozenset()
    moved: str = ""
    """The name of the move by which it came or went, the same at both ends; empty where it was not moved."""
    at: int = -1
    """Where it begins among all characters of the file, for the ledger; -1 for what stands in no file."""

    @property
    def is_text(self) -> bool:
        """Whether a reader sees it as text that stands."""
        return self.deleted is None and Look.HIDDEN not in self.looks and Look.STRUCK not in self.looks


class Call(NamedTuple):
    """The mark of a note in the text."""

    note: str
    """The note that it calls: ``footnote 3``."""
    offset: int
    """How many characters of the paragraph stand before it, deleted ones counted too."""
    inserted: Reviser | None = None
    deleted: Reviser | None = None


class Graphic(NamedTuple):
    """Something in a paragraph that is not its text: a picture, a chart, a symbol that nobody can read."""

    kind: str
    """As a person calls it: ``picture``, ``chart``, ``symbol``; ``text of an unknown kind``."""
    words: str
    """What can be read on it, or what it is said to show; may be empty."""
    offset: int
    inserted: Reviser | None = None
    deleted: Reviser | None = None
    at: int = -1
    """Where its words begin among all characters of the file."""


class Cell(NamedTuple):
    """A cell of a table, each number counted from 1."""

    table: int
    """The number of the table in the file; one inside another has a number of its own."""
    row: int
    column: int
    """Columns of the grid: a cell after one that spans two is the third."""
    depth: int = 1
    """2 for a table inside a table, and so on."""


class ParagraphPlace(NamedTuple):
    """Where a paragraph stands; the words a person would look it up by."""

    page: int
    """Counted from 1, as far as the last program that laid out the pages noted it."""
    heading: str
    """The heading above it."""
    kind: str = ""
    """``table``, ``note``, ``box``, ``header``; empty for the running text."""
    cell: Cell | None = None
    """The innermost cell in which it stands."""


class Form(StrEnum):
    """How the numbers of a list are written."""

    DECIMAL = "decimal"
    LOWER_LETTER = "lower letter"
    UPPER_LETTER = "upper letter"
    LOWER_ROMAN = "lower roman"
    UPPER_ROMAN = "upper roman"
    BULLET = "bullet"
    NONE = "none"
    """A list whose level shows nothing."""
    OTHER = "other"
    """Numbers of another script, words: first, second …"""


class Number(NamedTuple):
    """The number that Word puts before a paragraph, as a reader sees it."""

    series: str
    """What counts on together: two paragraphs of one series are in one list."""
    level: int
    """From 0, as the file says it; lists of their own all begin at 0."""
    form: Form
    value: int
    text: str
    """``(a)``, ``1.``, ``II.``, ``Article 3``; empty where it shows nothing."""


class Paragraph(NamedTuple):
    """One paragraph."""

    pieces: tuple[Piece, ...]
    place: ParagraphPlace
    style: str = ""
    """The name of its style."""
    level: int = 0
    """The level of a heading, from 1; 0 for other paragraphs."""
    number: Number | None = None
    """Where Word numbers it or puts a bullet before it."""
    indent: int = 0
    """How far its text begins from the margin, in twentieths of a point."""
    calls: tuple[Call, ...] = ()
    """The notes that are called in it."""
    graphics: tuple[Graphic, ...] = ()
    note: str = ""
    """The note in which it stands: ``footnote 3``."""
    inserted: Reviser | None = None
    """Who put in the mark that ends it: it was split there, or is new."""
    deleted: Reviser | None = None
    """Who took out the mark that ends it: it was joined to the next."""
    generated: str = ""
    """Why a program makes it anew: ``contents``, ``index``; empty for what people write."""
    centred: bool = False

    @property
    def old(self) -> str:
        """Return its text with every tracked change rejected."""
        return before(self.pieces)

    @property
    def new(self) -> str:
        """Return its text with every tracked change accepted."""
        return after(self.pieces)


class WordComment(NamedTuple):
    """A comment in the margin."""

    id: str
    by: Reviser
    text: str
    """Its paragraphs, each on a line."""
    paragraph: int = -1
    """The index of the paragraph in which its words begin; -1 where it is anchored nowhere."""
    start: int = 0
    """Where its words begin, counted in the pieces of that paragraph, deleted ones too."""
    words: str = ""
    """The words it is about, as they stand with every change accepted."""
    parent: str = ""
    """The id of the comment it answers."""
    resolved: bool = False
    gone: str = ""
    """The words it is about that a tracked change takes out."""
    at: int = -1
    """Where its text begins among all characters of the file."""


class RecordedText(NamedTuple):
    """What the file says was printed in one control when it was made."""

    record: str
    field: str
    text: str
    source: str = ""
    """The text as the plan had it, where that is spelt otherwise."""
    bookmark: str = ""


class Record(NamedTuple):
    """What the file says of the version it was made from. It is not to be trusted."""

    digest: str = ""
    version: str = ""
    stage: str = ""
    texts: tuple[RecordedText, ...] = ()
    beside: tuple[Line, ...] = ()
    """The lines that it says were printed beside them; none in files made before these were kept."""
    referred: Mapping[str, str] = MappingProxyType({})
    """The numbers that cross-references printed, by the bookmarks that their fields name."""
    proposals: Printing | None = None
    """The amendments that were printed in it as revisions; None in every other file."""


class Returned(NamedTuple):
    """A returned file."""

    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[WordComment, ...] = ()
    record: Record | None = None
    formatting: int = 0
    """How many changes of looks alone were passed over."""
    modified_by: str = ""
    """Who saved it last."""
    ignored: tuple[str, ...] = ()
    """What else the file holds that was not read: macros, embedded files …"""
    length: int = 0
    """How many characters the file has: those of all pieces, graphics and remarks."""


def before(pieces: Iterable[Piece]) -> str:
    """Join pieces with every tracked change rejected."""
    return "".join([piece.text for piece in pieces if piece.inserted is None])


def after(pieces: Iterable[Piece]) -> str:
    """Join pieces with every tracked change accepted."""
    return "".join([piece.text for piece in pieces if piece.deleted is None])


def revised(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Return the pieces that somebody inserted or deleted."""
    return (piece for piece in pieces if piece.inserted or piece.deleted)


# --- lines, to compare with those that a version printed ---


def line(paragraph: Paragraph, *, with_details: bool = False) -> str:
    """Return what a paragraph said when it was printed, to compare lines by.

    What Word computes is left out, and unless asked for details that are compared by themselves.
    """
    said = [
        each.text
        for each in paragraph.pieces
        if each.inserted is None and not each.computed and (with_details or not is_detail(each.control))
    ]
    return clean("".join(said))


class LineForms(NamedTuple):
    """A line of a file, in each form in which it may have been printed."""

    above: Key | None
    """The text under which it stands."""
    words: str
    """Without what Word computes, and the details that are compared by themselves."""
    whole: str = ""
    """With the details, where they were asked for."""
    shown: str = ""
    """With all that a reader sees."""
    kind: str = ""
    """Where it stands, as `ParagraphPlace.kind` says it."""

    @classmethod
    def of(cls, paragraph: Paragraph, above: Key | None) -> LineForms:
        """Return a paragraph as a line under a text."""
        words = line(paragraph)
        has_details = any(each.control for each in paragraph.pieces)
        whole = line(paragraph, with_details=True) if has_details else words
        shown = clean(paragraph.old) if any(each.computed for each in paragraph.pieces) else whole
        return cls(above, words, whole, shown, paragraph.place.kind)


def graphic_line(graphic: Graphic) -> str:
    """Name a graphic, with the words that stand on it or say what it shows."""
    words = clean(graphic.words)
    return f"{graphic.kind}: “{words}”" if words else graphic.kind


@lru_cache(maxsize=1 << 14)
def is_detail(control: str) -> bool:
    """Return whether a control of ours holds a detail: one of several in a line, or a text of the cover."""
    record, field = key_of(control)
    is_own = field in ("text", "title") or field.startswith("points.")
    return bool(field) and (record == PLAN or not is_own)
