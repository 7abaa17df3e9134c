"""What a returned Word file says, free of Word: pieces of text, and who put each there or took it out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class By(NamedTuple):
    """Who made a revision, as the file says it, and the day where it can be read."""

    author: str
    day: date | None = None
    at: str = ""
    """The moment, as the file spells it."""


class Piece(NamedTuple):
    """A stretch of text with one history."""

    text: str
    inserted: By | None = None
    """Who put it there, with tracking; None for text that was there."""
    deleted: By | None = None
    """Who took it out, with tracking."""
    control: str = ""
    """The tag of the innermost control round it."""
    bookmarks: tuple[str, ...] = ()
    """The names of the bookmarks that are open round it."""
    computed: bool = False
    """Whether Word computes it: the number or page of another paragraph."""


class Place(NamedTuple):
    """Where a paragraph stands; the words a person would look it up by."""

    page: int
    """Counted from 1, as far as the last program that laid out the pages noted it."""
    heading: str
    """The heading above it."""
    kind: str = ""
    """``table``, ``note``, ``box``, ``header``; empty for the running text."""


class Paragraph(NamedTuple):
    """One paragraph."""

    pieces: tuple[Piece, ...]
    place: Place
    style: str = ""
    """The name of its style."""
    level: int = 0
    """The level of a heading, from 1; 0 for other paragraphs."""
    listed: tuple[str, int] | None = None
    """Its list and level in it, where Word numbers it."""
    is_bulleted: bool = False
    """Whether that list has bullets, not numbers."""
    calls: tuple[str, ...] = ()
    """The notes that are called in it: ``footnote 3``."""
    note: str = ""
    """The note in which it stands: ``footnote 3``."""
    inserted: By | None = None
    """Who put in the mark that ends it: it was split there, or is new."""
    deleted: By | None = None
    """Who took out the mark that ends it: it was joined to the next."""

    @property
    def old(self) -> str:
        """Give its text with every tracked change rejected."""
        return before(self.pieces)

    @property
    def new(self) -> str:
        """Give its text with every tracked change accepted."""
        return after(self.pieces)


class Remark(NamedTuple):
    """A comment in the margin."""

    id: str
    by: By
    text: str
    paragraph: int = -1
    """The index of the paragraph in which its words begin; -1 where it is anchored nowhere."""
    start: int = 0
    """Where its words begin, counted in the pieces of that paragraph, deleted ones too."""
    words: str = ""
    """The words it is about, as they stand with every change accepted."""
    parent: str = ""
    """The id of the comment it answers."""
    resolved: bool = False


class Kept(NamedTuple):
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
    texts: tuple[Kept, ...] = ()


class Returned(NamedTuple):
    """A returned file."""

    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Remark, ...] = ()
    record: Record | None = None
    formatting: int = 0
    """How many changes of looks alone were passed over."""
    modified_by: str = ""
    """Who saved it last."""
    ignored: tuple[str, ...] = ()
    """What else the file holds that was not read: macros, embedded files …"""


def before(pieces: Iterable[Piece]) -> str:
    """Join pieces with every tracked change rejected."""
    return "".join(piece.text for piece in pieces if piece.inserted is None)


def after(pieces: Iterable[Piece]) -> str:
    """Join pieces with every tracked change accepted."""
    return "".join(piece.text for piece in pieces if piece.deleted is None)


def revised(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give the pieces that somebody inserted or deleted."""
    return (piece for piece in pieces if piece.inserted or piece.deleted)
