"""The building blocks of a document. Writers print them; they know nothing of any format."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.document.runs import Deleted, Inserted, Mark, RevisionState, Text, words_of
from poa_toolkit.model import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.document.runs import Author, Run
    from poa_toolkit.returned.printed_proposals import Printing


class Marks(StrEnum):
    """How a redline marks what changed, in a format that can do either."""

    TRACKED = "tracked"
    """As changes that a person accepts or rejects."""
    STRUCK = "bold-strike"
    """As underlined bold and struck words, for readers of a PDF."""


class Remark(NamedTuple):
    """What somebody said of a block, and what was answered."""

    by: Author
    text: str
    answers: tuple[Remark, ...] = ()
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """How a block of a redline differs from the old version."""

    author: str
    """Who made the change: the proposer of the amendment, else the stage."""
    when: date
    standing: RevisionState = RevisionState.KEPT
    """Whether the whole block came or went; kept: words in it did, or there is only something to remark."""
    remarks: tuple[str, ...] = ()
    """Comments on it, one each."""
    said: tuple[Remark, ...] = ()
    """What people said of it."""
    amendments: tuple[str, ...] = ()
    """The amendments that wait by which the whole block would come or go, by id; empty in a redline."""


class Role(StrEnum):
    """What a paragraph is for; a writer chooses its looks by it."""

    FRONT = "front"
    NUMBERED = "numbered"
    """A paragraph of the one series of the introduction, the chapeaux and the actions."""
    ACTION = "action"
    """A numbered paragraph that is an action."""
    POINT = "point"
    SUBPOINT = "sub-point"
    DETAIL = "detail"
    """The line under an action: addressees, level, timeframe, sources."""
    BODY = "body"
    """Running text of a report or an annex."""
    ITEM = "item"
    """An item of an unnumbered list."""
    QUOTE = "quote"
    """A text shown whole, such as both sides of a change."""


class Item(NamedTuple):
    """One of the things that a field says: an addressee, a recommendation, provisions of an instrument."""

    field: str
    runs: tuple[Run, ...]
    standing: RevisionState = RevisionState.KEPT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    role: Role
    runs: tuple[Run, ...]
    record: str | None = None
    """The record it prints, such as ``A-007``."""
    field: str | None = None
    """The field of that record, such as ``text`` or ``points.a``."""
    number: str = ""
    """Its printed number, such as ``12.`` or ``(a)``; empty where it has none."""
    source: str = ""
    """The text as the plan has it, where that is spelt otherwise than printed: ``\\[`` for ``[``."""
    revision: Revision | None = None
    items: tuple[Item, ...] = ()
    """In a line under an action: each thing that its fields say, for who prints them one by one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is that of a part of the document."""

    level: int
    runs: tuple[Run, ...]
    number: str = ""
    """Its printed number, such as ``II.``; empty where it has none."""
    anchor: str = ""
    """The name that links lead to."""
    record: str | None = None
    field: str | None = None
    revision: Revision | None = None
    renumbered: tuple[Run, ...] = ()
    """In a redline, the number of an annex and the space behind it, with what changed; empty for the same."""


def number_before(heading: Heading) -> tuple[Run, ...]:
    """Return the printed number of a heading with the space behind it, where it has one."""
    return heading.renumbered or ((Text(f"{heading.number} "),) if heading.number else ())


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `weight` is its share of the width."""

    title: str
    weight: int = 1
    key: str = ""
    """The name by which a template asks for its cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, one tuple of runs a cell."""

    cells: tuple[tuple[Run, ...], ...]
    record: str | None = None
    revision: Revision | None = None
    shades: tuple[int, ...] = ()
    """How dark each cell may be, 0 for not at all to DARKEST, for who can show it; the words say it too."""


DARKEST = 4
"""The darkest shade of a cell."""


class Panel(NamedTuple):
    """Bars below each other, one for each label of a picture."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What can be drawn of a table of counts: a bar for each, in as many panels as it has columns of them.

    It says nothing that the table does not say: who cannot draw prints the table alone.
    """

    says: str
    """What it shows, in sentences, for who does not see it."""
    labels: tuple[str, ...]
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    revision: Revision | None = None
    may_stack: bool = False
    """Whether its columns may stand below each other, where there is no room to read them side by side."""
    picture: Picture | None = None
    """What can be drawn of it."""


def counting(table: Table) -> tuple[bool, ...]:
    """Return of each column of a table whether all it holds is numbers, signs, or nothing."""
    return tuple(all(_is_count(row.cells[at]) for row in table.rows) for at in range(len(table.columns)))


def _is_count(cell: tuple[Run, ...]) -> bool:
    words = words_of(cell)
    return words.isdecimal() or len(words) <= 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in a report, or several that say the same of several records."""

    title: tuple[Run, ...]
    """What happened to what, in a line."""
    words: tuple[tuple[Run, ...], ...]
    """The words that went and came, one tuple a paragraph."""
    weight: str
    """Its class: ``substantive`` …"""
    kind: str
    """What happened: ``reworded`` …"""
    anchors: tuple[str, ...]
    """One name for each change, the same in every report that holds it; links lead there."""
    record: str = ""
    field: str = ""
    numbers: tuple[str, str] = ("", "")
    """As one cites it in the old version and in the new: ``para. 14``; empty where it has no number."""
    addressees: tuple[str, ...] = ()
    """Whom the action addresses, in either version."""
    grounds: tuple[str, ...] = ()
    """What is substantive in it, to be looked for first: ``modal verb`` …"""
    evidence: str = ""
    """What it rests on that two records are taken for the same, what became of a text,
    and which amendment made the change."""
    effects: tuple[str, ...] = ()
    """What it means for the links of the plan, in sentences."""
    inline: bool = False
    """Whether the words are so short that they may stand in the line of the title."""

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return it as a line with its class, and its words under it."""
        line, words = self.title, self.words
        if self.inline:
            line, words = (*line, Text(": "), *words[0]), words[1:]
        if self.evidence:
            line = (*line, Text(f" ({self.evidence})", Mark.MUTED))
        grounds = f": {', '.join(self.grounds)}" if self.grounds else ""
        line = (*line, Text(f" \N{EM DASH} {self.weight}{grounds}", Mark.MUTED))
        first = Paragraph(Role.BODY, line, self.record, self.field)
        return (first, *(Paragraph(Role.QUOTE, each, self.record, self.field) for each in words))


_CAME = frozenset(("added", "split", "merged"))
_WENT = frozenset(("removed",))


def old_side(entry: Entry) -> tuple[tuple[Run, ...], ...]:
    """Return the words of an entry as the old version has them, what it lost still marked."""
    return () if entry.kind in _CAME else tuple(_one_side(entry.words, Inserted))


def new_side(entry: Entry) -> tuple[tuple[Run, ...], ...]:
    """Return the words of an entry as the new version has them, what it gained still marked."""
    return () if entry.kind in _WENT else tuple(_one_side(entry.words, Deleted))


def _one_side(
    words: tuple[tuple[Run, ...], ...], other: type[Inserted | Deleted]
) -> Iterator[tuple[Run, ...]]:
    """Leave out the runs of the other side, and the commas and spaces that then stand at the ends."""
    for each in words:
        kept = [run for run in each if not isinstance(run, other)]
        while kept and _only_separates(kept[0]):
            del kept[0]
        while kept and _only_separates(kept[-1]):
            kept.pop()
        if kept:
            yield tuple(kept)


def _only_separates(run: Run) -> bool:
    return isinstance(run, Text) and not run.text.strip(" ,")


Block: TypeAlias = Heading | Paragraph | Table


class PartKind(StrEnum):
    """Which part of a document a block stands in."""

    FRONT = "front"
    INTRODUCTION = "introduction"
    SECTION = "section"
    ANNEX = "annex"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document, in order; its first block is its heading where it has one."""

    kind: PartKind
    blocks: tuple[Block, ...]
    wide: bool = False
    """Whether it holds a table that wants a landscape page."""
    name: str = ""
    """For an annex: which one it is, such as ``recommendations``; templates ask for it by name."""
    entries: tuple[Entry, ...] = ()
    """In a report, the changes of this part; they stand after its blocks."""


class Layout(StrEnum):
    """What a printed document is for."""

    PAGE = "page"
    """To be read."""
    ROOM = "room"
    """To be discussed line by line: lines have numbers, and room between them."""


class Masthead(NamedTuple):
    """What the head of the first page says besides the symbol; what the plan does not give is empty."""

    organization: str = ""
    """Whose document it is."""
    distribution: str = ""
    """To whom it goes: ``Distr.: General``."""
    date: str = ""
    """The day of its stage."""
    language: str = ""
    """The language in which it was written: ``Original: English``."""
    meeting: str = ""
    """The conference that agrees it."""
    dates: str = ""
    """Its days."""
    place: str = ""
    """Where it meets."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    subtitle: str
    cover: tuple[tuple[str, str], ...]
    """What the cover says, label and value: organisers, dates, place, version, status."""
    notice: str
    parts: tuple[Part, ...]
    author: str = ""
    """Who issues it, as one line; what programs show as its author."""
    version: str = ""
    """Which version of the text it is, as the head of every page says it."""
    language: str = "en-GB"
    """The language it is written in, as a BCP 47 tag."""
    stage: str = ""
    """The id of the stage it was made at."""
    stage_title: str = ""
    """What the plan calls that stage."""
    digest: str = ""
    """The digest of the text it prints, as endorsements name it."""
    heading: tuple[Run, ...] = ()
    """In a redline, the title with its words that changed, as it stands over the text."""
    subheading: tuple[Run, ...] = ()
    """In a redline, the subtitle in the same way."""
    revision: Revision | None = None
    """In a redline, the remark on the text as a whole; None where nothing changed."""
    marks: Marks = Marks.TRACKED
    symbol: str = ""
    """The symbol that stands at the head of the cover, in a house that prints it there."""
    masthead: Masthead = field(default_factory=Masthead)
    """What else stands there."""
    in_masthead: frozenset[str] = frozenset()
    """The labels of the lines of the cover that a masthead says too."""
    house: House = House.UN
    """Whose conventions it follows."""
    lacking: str = ""
    """What the text still lacks for its stage, in a line for the head of every page; empty for nothing."""
    layout: Layout = Layout.PAGE
    own: frozenset[str] = frozenset()
    """The texts of the cover, by name, that are fields of the plan itself: its title, its subtitle."""
    holders: tuple[tuple[str, str], ...] = ()
    """Who holds brackets in it: as a bracket names them, and by their full name."""
    is_former: bool = False
    """Whether it is as the toolkit printed it before there was a template for each house."""
    clean: Document | None = field(default=None, compare=False, repr=False)
    """In a redline, the new version without marks; with proposals, the text as it stands."""
    proposals: Printing | None = field(default=None, compare=False, repr=False)
    """The amendments that wait which are printed in it; None in every other document."""


def is_proposed(block: Block | Row) -> bool:
    """Return whether a block would come or go as a whole by amendments that wait."""
    return block.revision is not None and bool(block.revision.amendments)


def anchors(document: Document) -> frozenset[str]:
    """Return the names of the places that links within a document can lead to."""
    parts = document.parts
    headings = (block for part in parts for block in part.blocks if isinstance(block, Heading))
    of_entries = (name for part in parts for entry in part.entries for name in entry.anchors)
    return frozenset((*(part.name for part in parts), *(each.anchor for each in headings), *of_entries))
