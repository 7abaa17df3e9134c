"""The lines that a document prints beside the texts of the plan, and what a template may make others of."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document import lacking
from poa_toolkit.document.blocks import Heading, Paragraph, PartKind, Role, Table, number_before
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.runs import Inserted, Link, Note, Text
from poa_toolkit.model import Action, House
from poa_toolkit.model.fields import Place, printed_in
from poa_toolkit.returned.printed_texts import Line
from poa_toolkit.returned.signature import PLAN
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from poa_toolkit.document.blocks import Block, Document, Part, Row
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.returned.printed_texts import Key


class GeneratedLines(NamedTuple):
    """What a document prints beside the texts of the plan."""

    lines: tuple[Line, ...]
    """Its lines as the packaged template prints them: the cover, headings of annexes, what stands under
    an action, cells, notes, heads of pages."""
    others: frozenset[str]
    """The same lines with what Word computes in them, and with what stands there in controls."""
    details: dict[Key, str]
    """What stands of each field in a line under an action, or on the cover, in a control of its own."""
    parts: frozenset[str]
    """What a template puts one after the other as it likes: labels, values, titles, numbers."""


def said(document: Document, numbers: Mapping[str, str], apart: Collection[str]) -> GeneratedLines:
    """Return what a document prints beside the texts.

    `numbers` are the printed ones of records; the fields `apart` stand in controls of their own under
    an action, so that the line there is compared without them.
    """
    listing = _Listing(document, numbers, apart)
    lines = tuple(listing.lines())
    parts = {*chain.from_iterable(document.cover), *chain.from_iterable(map(_contents, document.parts))}
    parts |= {document.title, document.subtitle, document.notice, document.symbol}
    parts |= {document.version, document.lacking, document.author, *document.masthead}
    parts |= {*chain.from_iterable(document.holders), *_items(document)}
    return GeneratedLines(lines, frozenset(listing.others), listing.details, frozenset(filter(None, parts)))


def lines(document: Document, numbers: Mapping[str, str], apart: Collection[str]) -> Iterator[Line]:
    """Return the lines alone."""
    return _Listing(document, numbers, apart).lines()


def _items(document: Document) -> Iterator[str]:
    """Return what a template may print one by one of the lines under actions."""
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Paragraph):
                yield from (_printed_words(item.runs) for item in block.items)


class _Listing:
    """Lists the lines of one document."""

    def __init__(self, document: Document, numbers: Mapping[str, str], apart: Collection[str]) -> None:
        self.document = document
        self.numbers = numbers
        self.apart = apart
        self.others: set[str] = set()
        self.notes: list[Line] = []
        self.details: dict[Key, str] = {(PLAN, name): getattr(document, name) for name in document.own}
        self.above: Key | None = None

    def lines(self) -> Iterator[Line]:
        document = self.document
        title, subtitle = (Line(document.title), Line(document.subtitle))
        own = {"title": title, "subtitle": subtitle, "notice": Line(document.notice)}
        beside = {
            name: each for name, each in own.items() if name not in self.apart or name not in document.own
        }
        yield from self._masthead()
        yield from (each for name, each in beside.items() if name != "notice")
        for label, value in document.cover:
            if label not in document.in_masthead:
                yield Line(f"{label} {value}")
            self.others.add(f"{label} {value}")
        yield from (each for name, each in beside.items() if name == "notice")
        yield from (title, subtitle)
        for part in document.parts:
            for block in part.blocks:
                yield from self._block(block)
        yield from self.notes
        yield from _heads(document)

    def _masthead(self) -> Iterator[Line]:
        """Return what stands over the title."""
        organization, *others = self.document.masthead
        yield Line(f"{organization} {self.document.symbol}".strip())
        yield from map(Line, others)

    def _block(self, block: Block) -> Iterator[Line]:
        match block:
            case Table():
                yield from (Line(column.title, "table", self.above) for column in block.columns)
                keys = [column.key for column in block.columns]
                for row in block.rows:
                    yield from (self._cell(row, *each) for each in zip(keys, row.cells, strict=True))
            case Paragraph(record=str(record), field=str(field)) if block.role is not Role.DETAIL:
                self.above = (record, field)
                # its words are no line: a paragraph that says them again is a copy
                self._notes_of(block.runs)
            case Heading(record=str(record), field=str(field)):
                self.above = (record, field)
            case Heading():
                self.above = None
                yield self._heading(block)
            case Paragraph(role=Role.DETAIL):
                for run in block.runs:
                    if isinstance(run, Text | Link) and run.field:
                        key = (block.record or "", run.field)
                        self.details[key] = self.details.get(key, "") + run.text
                yield self._line(block.runs, apart=self.apart)
            case Paragraph():
                yield self._line(block.runs)

    def _heading(self, block: Heading) -> Line:
        """Return a heading that is no text of the plan, with its number as the house prints it."""
        before = number_before(block)
        self.others.update((_printed_words(block.runs), _printed_words((*before, *block.runs))))
        if block.level == 1 and self.document.house is House.UN and not self.document.is_former:
            before = (Text(f"{block.number.removesuffix('.')} "),)
        return self._line((*before, *block.runs))

    def _cell(self, row: Row, key: str, cell: tuple[Run, ...]) -> Line:
        """Return a cell; one that is a text of the row's action stands in a control."""
        line, words = self._line(cell, "table"), _printed_words(cell)
        if key not in IN_CELLS or not row.record or not words:
            return line
        self.details[row.record, key] = words
        return line._replace(words="") if key in self.apart else line

    def _line(self, runs: tuple[Run, ...], kind: str = "", apart: Collection[str] = ()) -> Line:
        """Return a line as a returned file is read; keep its other forms, and the notes that it calls."""
        self._notes_of(runs)
        without = [_uncomputed(run) for run in runs if not _is_computed(run, self.numbers)]
        beside = [run for run in without if getattr(run, "field", "") not in apart] if apart else without
        # most lines have nothing in them that is left out
        shown = _printed_words(runs)
        whole = shown if without == list(runs) else _printed_words(without)
        words = whole if len(beside) == len(without) else _printed_words(beside)
        self.others.update((words, whole, shown))
        if not whole:
            return Line("", kind, self.above)  # a number alone, which programs compute anew
        return Line(words, kind, self.above, whole if whole != words else shown)

    def _notes_of(self, runs: tuple[Run, ...]) -> None:
        self.notes += [self._line(run.runs, "note") for run in runs if isinstance(run, Note)]


IN_CELLS = frozenset(each.name for each in printed_in(Action, Place.ROW) if each.value.is_words)
"""The fields of an action whose words stand in a cell of its row."""


def _heads(document: Document) -> Iterator[Line]:
    """Return what heads and feet of pages say, upright and wide: that of the UN for right and left ones."""
    for _ in ("upright", "wide"):
        if document.is_former:
            yield from (
                Line(each, "header") for each in (f"{document.title} {document.version}", document.lacking)
            )
            yield Line("Page of", "header", has_pages=True)
        elif document.house is House.UN:
            called = document.symbol or document.title
            said = (f"{document.version} {called}", f"{called} {document.version}")
            yield from (Line(each, "header") for each in (*said, document.lacking, document.lacking))
        else:
            yield from (Line(each, "header") for each in (document.version, document.lacking))
            yield Line(document.title, "header", has_pages=True)


def _is_computed(run: Run, numbers: Mapping[str, str]) -> bool:
    return isinstance(run, Link) and run.text == numbers.get(run.target[1:], "").rstrip(".") != ""


def _uncomputed(run: Run) -> Run:
    """Return a run without the numbers that programs compute anew."""
    if isinstance(run, Text) and run.reference and run.reference.numbers:
        return Text(run.reference.word + " " * len(run.reference.numbers), run.mark, run.field)
    return run


def _printed_words(runs: Iterable[Run]) -> str:
    return "".join([run.text for run in runs if isinstance(run, (Text, Link, Inserted))])


def _contents(part: Part) -> Iterator[str]:
    """Return what the line of a part in the contents is made of."""
    heading = next((block for block in part.blocks if isinstance(block, Heading)), None)
    if heading is None:
        return
    yield from (heading.number, heading.number.removesuffix("."), _printed_words(heading.runs))
    numbered = (block for block in part.blocks if isinstance(block, Paragraph))
    numbers = [block.number.rstrip(".") for block in numbered if block.role in (Role.NUMBERED, Role.ACTION)]
    if numbers and part.kind is not PartKind.ANNEX:
        yield "\N{EN DASH}".join(dict.fromkeys((numbers[0], numbers[-1])))


def openings(house: House, said: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return how the lines of a cover open that vary while a text stays, and the words that may follow.

    `said` are other names that may stand there: of stages, versions, records.
    """
    words = LABELS[house]
    labels = (words.since, words.version, words.stage, words.standing, words.digest, words.endorsed_by)
    vocabulary = frozenset(token.lower() for text in (*_all(words), *said) for token in tokens(text))
    return dict.fromkeys((*labels, words.corrigenda, *lacking.labels(words)), vocabulary)


def varies(line: Line) -> bool:
    """Return whether a line says how a version is called or what is on record of it, not what it says."""
    is_of_cover = not line.kind and line.under is None
    return line.kind == "header" or (is_of_cover and line.words.startswith(_varying()))


@cache
def _varying() -> tuple[str, ...]:
    """Return how the lines of a cover open that vary while a version stays, in every house."""
    return tuple(
        f"{label} "
        for words in LABELS.values()
        for label in (
            *(words.since, words.version, words.digest, words.endorsed_by, words.corrigenda),
            *lacking.labels(words),
        )
    )


def _all(words: Labels) -> Iterator[str]:
    """Return every text of a house, however deep it stands."""
    waiting: list[object] = [*words]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, tuple):
            waiting += each
