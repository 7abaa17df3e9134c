"""What is known while a file is read: its styles and lists, and what reaches over several paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.signature import is_bookmark, is_tag
from poa_toolkit.returned.word_file import Cell, Look
from poa_toolkit.word.reader import symbols
from poa_toolkit.word.reader.styles import NO_LOOKS
from poa_toolkit.word.reader.xml_names import INSERTED, NAMES, attribute, child, is_on, revision, revisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.word_file import Paragraph, Piece
    from poa_toolkit.word.reader.numbering import Numbering
    from poa_toolkit.word.reader.styles import Looks, Styles


_MADE_ANEW = frozenset(
    (
        *("REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"),
        *("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "DATE", "TIME", "CREATEDATE", "SAVEDATE"),
        *("PRINTDATE", "EDITTIME", "FILENAME", "FILESIZE", "REVNUM", "NUMWORDS", "NUMCHARS"),
    )
)
"""The fields whose words Word makes anew; those of a HYPERLINK, and of a form, are typed."""
_LISTS = {
    "TOC": "contents",
    "INDEX": "index",
    "TOA": "table of authorities",
    "BIBLIOGRAPHY": "bibliography",
}
"""The fields that make whole paragraphs."""
_MOST_OPEN = 100
_LONGEST_INSTRUCTION = 200


@dataclass(slots=True)
class _Field:
    instruction: str
    outer: tuple[bool, str]
    """What a program makes of the words round the field."""
    around: Around
    """What stands round the mark that begins it."""
    has_result: bool = False
    has_words: bool = False
    """Whether there were words in it so far, deleted ones too."""
    struck: Around | None = None
    """What stands round what somebody took out of its result."""
    printed: str | None = None
    """What is left of what the result said when the file was made, of a cross-reference of ours."""


class Fields:
    """Follows the fields of one story, which may begin in one paragraph and end in another."""

    def __init__(self, referred: Mapping[str, str]) -> None:
        """Begin outside of any field; `referred` is what our cross-references printed, by bookmark."""
        self._referred = referred
        self.open: list[_Field] = []
        """The fields that are open, the innermost last."""
        self.computed = False
        """Whether the words that come now are made by a program."""
        self.makes = ""
        """What a field makes of the paragraphs that come now: ``contents``, ``index``."""

    def mark(self, kind: str, around: Around) -> None:
        """Open a field, begin its result, or close it."""
        if kind == "begin" and len(self.open) < _MOST_OPEN:
            self.open.append(_Field("", (self.computed, self.makes), around))
        elif kind == "separate" and self.open:
            self._begin_result()
        elif kind == "end" and self.open:
            self.close_to(len(self.open) - 1)

    def instruct(self, words: str) -> None:
        """Add to the instruction of the innermost field."""
        if self.open and not self.open[-1].has_result:
            innermost = self.open[-1]
            innermost.instruction = (innermost.instruction + words)[:_LONGEST_INSTRUCTION]

    def begin(self, instruction: str, around: Around) -> None:
        """Open a field that is written as one element."""
        self.open.append(_Field(instruction[:_LONGEST_INSTRUCTION], (self.computed, self.makes), around))
        self._begin_result()

    def strike(self, around: Around) -> None:
        """Note that somebody took out what stands here, should it be in the result of a field."""
        if self.open and self.open[-1].has_result:
            self.open[-1].struck = around

    def printed(self, text: str, around: Around) -> str:
        """Return words of the innermost field as they were printed: a program may have put in another number.

        What somebody put in or took out with tracking is theirs, unless the whole field came or went so.
        """
        innermost = self.open[-1]
        innermost.has_words = True
        came, went = innermost.around.inserted, innermost.around.deleted
        if innermost.printed is None or (around.inserted, around.deleted) != (came, went):
            return text
        text, innermost.printed = innermost.printed, ""
        return text

    def left_out(self, around: Around) -> tuple[str, Around] | None:
        """Return the printed words that a program left out of the innermost field, and what is round them.

        To be asked where that field ends; `around` is what stands round its end. None: none are left out.
        """
        innermost = self.open[-1] if self.open else None
        if innermost is None or innermost.has_words:
            return None
        if not innermost.has_result:
            self._begin_result()
        # somebody may have taken out, with tracking, a number that was left out before
        return (innermost.printed, innermost.struck or around) if innermost.printed else None

    def close_to(self, count: int) -> None:
        """Close all but so many fields."""
        if count < len(self.open):
            self.computed, self.makes = self.open[count].outer
            if count and any(each.has_words for each in self.open[count:]):
                self.open[count - 1].has_words = True
            del self.open[count:]

    def _begin_result(self) -> None:
        field = self.open[-1]
        field.has_result = True
        name, *others = [*field.instruction.split(), ""]
        name = name.upper()
        if name == "REF":
            field.printed = self._referred.get(others[0])
        self.makes = self.makes or _LISTS.get(name, "")
        self.computed = self.computed or bool(self.makes) or name in _MADE_ANEW


_MOST_BOOKMARKS = 8
_MOST_KEPT = 4096
_MOST_COMMENTED, _MOST_PIECES, _LONGEST_WORDS = 50, 200, 1000
"""How many paragraphs, pieces of each and characters of a comment's words are kept."""


class Around(NamedTuple):
    """What stands round a run."""

    control: str = ""
    inserted: Reviser | None = None
    deleted: Reviser | None = None
    moved: str = ""
    computed: bool = False
    looks: frozenset[Look] = frozenset()
    font: str = ""
    """The font, where its characters are symbols that are known; empty for any other."""


class Surroundings(NamedTuple):
    """What a paragraph stands in."""

    around: Around = Around()
    kind: str = ""
    cell: Cell | None = None
    note: str = ""
    generated: str = ""


class Point(NamedTuple):
    """A place in the text: a paragraph, and how many characters into it, deleted ones counted too."""

    paragraph: int
    offset: int


class Maker(NamedTuple):
    """Whose work a run in one of our own styles is."""

    by: Reviser
    is_deletion: bool


def revised(around: Around, name: str, element: etree._Element) -> Around:
    """Return what stands round the paragraphs of an element that was put in or taken out as a whole."""
    for mark in reversed(revisions(name, element)):
        if NAMES[mark.tag] in INSERTED:
            around = around._replace(inserted=revision(mark))
        else:
            around = around._replace(deleted=revision(mark))
    return around


def marked(around: Around, maker: Maker) -> Around:
    """Return what stands round a run in one of our own styles: what it looks like is a revision of ours."""
    if maker.is_deletion:
        return around._replace(deleted=around.deleted or maker.by)
    return around._replace(inserted=around.inserted or maker.by)


def controlled(control: etree._Element, around: Around) -> Around:
    """Return what stands round what is in a control: our tag, or that its words only ask to be replaced."""
    properties = child(control, "sdtPr")
    if properties is None:
        return around
    tags, computed = [], around.computed
    for each in properties:
        name = NAMES[each.tag]
        if name == "tag":
            tags.append(attribute(each, "val"))
        elif name == "showingPlcHdr":
            computed = computed or is_on(attribute(each, "val"))
    tag = tags[0] if tags and is_tag(tags[0]) else around.control
    return around._replace(control=tag, computed=computed)


class Reading:
    """What was read of a file so far, and what is open at the place where the reader stands."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        drawn: Callable[[str, etree._Element], str],
        makers: Mapping[str, Maker],
        referred: Mapping[str, str],
    ) -> None:
        """Begin with the styles and lists of the file; `drawn` gives the words of a chart or diagram.

        `makers` says of our own styles of runs whose insertions and deletions they show, `referred` what
        cross-references printed when the file was made, by bookmark.
        """
        self.styles = styles
        self.numbering = numbering
        self.drawn = drawn
        self.makers = makers
        self.paragraphs: list[Paragraph] = []
        self.ranges: dict[str, tuple[Point, Point]] = {}
        """Where the words of each comment begin and end, by its id."""
        self.formatting = 0
        self.foreign: set[str] = set()
        self.page = 0
        self.heading = ""
        self.callers: dict[str, tuple[int, str]] = {}
        """The page and the heading of the paragraph that calls each note."""
        self.length = 0
        """How many characters were read."""
        self.referred = referred
        self.fields = Fields(referred)
        self.open_bookmarks: tuple[str, ...] = ()
        self._bookmarks: dict[str, str] = {}
        self._comments: dict[str, Point] = {}
        self._looking: dict[tuple[Around, Looks], Around] = {}
        self._starts: dict[int, tuple[int, ...]] = {}
        """Where each piece begins, of paragraphs on which there are comments."""
        self._moves: dict[str, dict[str, str]] = {"moveFrom": {}, "moveTo": {}}

    def looking(self, around: Around, looks: Looks) -> Around:
        """Return what stands round a run that has other looks, the same one each time it is asked."""
        if looks is NO_LOOKS:
            return around
        key = (around, looks)
        found = self._looking.get(key)
        if found is None:
            font = looks.font or around.font
            font = font if symbols.is_known(font) else ""
            found = around._replace(looks=(around.looks - looks.off) | looks.on, font=font)
            if len(self._looking) < _MOST_KEPT:
                self._looking[key] = found
        return found

    def mark(self, mark: str, element: etree._Element, length: int) -> None:
        """Open or close a bookmark, the words of a comment or a move, after `length` characters."""
        key = attribute(element, "id")
        if mark in ("bookmarkStart", "bookmarkEnd"):
            self._bookmark(key, attribute(element, "name"), is_start=mark == "bookmarkStart")
            return
        here = Point(len(self.paragraphs), length)
        match mark:
            case "commentRangeStart":
                self._comments[key] = here
            case "commentRangeEnd" if key in self._comments:
                self.ranges.setdefault(key, (self._comments.pop(key), here))
            case "commentReference":
                # a comment on no words at all stands where it is called
                self.ranges.setdefault(key, (here, here))
            case "moveFromRangeStart" | "moveToRangeStart":
                name = attribute(element, "name") or f"move {key}"
                self._moves[mark.removesuffix("RangeStart")][key] = name
            case "moveFromRangeEnd" | "moveToRangeEnd":
                self._moves[mark.removesuffix("RangeEnd")].pop(key, None)

    def _bookmark(self, key: str, name: str, *, is_start: bool) -> None:
        if is_start and is_bookmark(name) and len(self._bookmarks) < _MOST_BOOKMARKS:
            self._bookmarks[key] = name
        elif not is_start:
            self._bookmarks.pop(key, None)
        self.open_bookmarks = tuple(self._bookmarks.values())

    def move(self, mark: str, otherwise: str) -> str:
        """Return the name of the innermost move that is open; of what is no move, what was said before."""
        if mark not in self._moves:
            return otherwise
        return next(reversed(self._moves[mark].values()), "move")

    def words(self, start: Point, end: Point, *, gone: bool = False) -> str:
        """Return the words between two places that stay, or those that are taken out, up to a limit."""
        found: list[str] = []
        beyond = min(end.paragraph + 1, start.paragraph + _MOST_COMMENTED, len(self.paragraphs))
        for index in range(start.paragraph, beyond):
            first = start.offset if index == start.paragraph else 0
            last = end.offset if index == end.paragraph else None
            for piece, text in self._between(index, first, last):
                if (piece.deleted is not None) == gone:
                    found.append(text)
            found.append(" ")
        return "".join(found).strip()[:_LONGEST_WORDS]

    def _between(self, index: int, first: int, last: int | None) -> Iterator[tuple[Piece, str]]:
        """Return the pieces of a paragraph between two places, with what of their text stands there."""
        pieces = self.paragraphs[index].pieces
        if index not in self._starts:
            self._starts[index] = tuple(accumulate((len(each.text) for each in pieces), initial=0))
        starts = self._starts[index]
        begin = max(bisect_right(starts, first) - 1, 0)
        for number in range(begin, min(begin + _MOST_PIECES, len(pieces))):
            at = starts[number]
            if last is not None and at >= last:
                return
            yield (
                pieces[number],
                pieces[number].text[max(first - at, 0) : None if last is None else last - at],
            )
