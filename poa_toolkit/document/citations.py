"""How provisions and recommendations are named: in full in notes, briefly elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.endorsement_record import NOTHING, EndorsementRecord
from poa_toolkit.document import dates
from poa_toolkit.document.blocks import Item
from poa_toolkit.document.runs import Link, Mark, Note, Reference, Text
from poa_toolkit.model import Citation, InstrumentKind, Origin, Unit
from poa_toolkit.text import brackets, cross_references
from poa_toolkit.text.citations import UNNUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Action, Instrument, Plan, Recommendation, Source
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.trace import Trace

    Cited = tuple[tuple[str, ...], tuple[Citation, ...]]
    """The recommendations and the provisions of an action."""


class Brief(NamedTuple):
    """What an action cites, as the lines under it and the matrix name it."""

    recommendations: tuple[Run, ...]
    provisions: tuple[Run, ...]
    items: tuple[Item, ...]
    """The same one by one; the provisions of one instrument are one."""


class Notes(StrEnum):
    """How often notes cite an instrument or a meeting in full."""

    IN_FULL = "in full"
    """Every time, where one record is shown by itself."""
    FIRST_IN_FULL = "first in full"
    """The first time; by a short name afterwards. So do all notes of a document."""


@dataclass(frozen=True, slots=True)
class CitationContext:
    """What is needed to print a plan: its links, its numbers, and the words of its house."""

    plan: Plan
    trace: Trace
    words: Labels
    numbers: dict[str, str]
    """Record id → printed number, as `model.numbering.printed_numbers` gives it."""
    references: CrossReferences
    """What cross-references print."""
    notes: Notes = Notes.IN_FULL
    record: EndorsementRecord = NOTHING
    """Who endorsed the text, what was put right in it since, and what it still lacks."""
    shows_status: bool = False
    """Whether the line under an action says its status: where not all have the same."""
    cited: set[str] = field(default_factory=set, init=False)
    """What a note has cited, where the first time differs."""
    briefs: dict[Cited, Brief] = field(default_factory=dict)
    """How what is cited is named; versions with one registry share it."""
    noting: CitationContext | None = None
    """The version whose notes stand in the text, where that cites by the registry of another."""
    links: dict[str, Link] = field(default_factory=dict, init=False)

    def marked(self, text: str) -> tuple[Text, ...]:
        """Split a text into runs that show its brackets, and what its cross-references print."""
        return marked(text, self.trace.holders, self.references)

    def referring(self, text: str, mark: Mark = Mark.PLAIN) -> tuple[Text, ...]:
        """Split a text whose brackets are none into what its cross-references print, and the other words."""
        return referring(text, self.references, mark)

    def bare(self, record: str) -> str:
        """Return a record's printed number as a reference uses it: ``12`` for ``12.``."""
        return (self.numbers.get(record) or record).rstrip(".")

    def link(self, record: str) -> Link:
        """Return a record's printed number as a link to it, the same every time."""
        if record not in self.links:
            self.links[record] = Link(self.bare(record), f"#{record}")
        return self.links[record]

    def cited_before(self) -> frozenset[str]:
        """Return what an earlier note has cited, so that one may be short."""
        return frozenset(self.cited) if self.notes is Notes.FIRST_IN_FULL else frozenset()

    def brief(self, action: Action) -> Brief:
        """Name what an action cites, the same every time."""
        cited = action.recommendations, action.provisions
        if cited not in self.briefs:
            named = {
                "recommendations": _of("recommendations", _recommendations(action.recommendations, self)),
                "provisions": _of("provisions", _provisions(action.provisions, self)),
            }
            recommendations, provisions = (
                joined(each, _BETWEEN[field], field) for field, each in named.items()
            )
            items = (Item(field, runs) for field, each in named.items() for runs in each)
            self.briefs[cited] = Brief(recommendations, provisions, tuple(items))
        return self.briefs[cited]


_BETWEEN = {"recommendations": ", ", "provisions": "; "}


def _of(field: str, groups: Iterable[tuple[Run, ...]]) -> list[tuple[Run, ...]]:
    """Say of runs which field they print."""
    return [
        tuple(replace(run, field=field) if isinstance(run, Text | Link) else run for run in runs)
        for runs in groups
    ]


def marked(text: str, holders: AbstractSet[str], references: CrossReferences) -> tuple[Text, ...]:
    """Split a text into runs that show its brackets, and what its cross-references and holders print.

    All other words stay as typed, escapes undone.
    """
    try:
        nodes = brackets.parse(text, holders)
    except brackets.BracketError:
        return referring(text, references)
    if len(nodes) == 1 and isinstance(nodes[0], brackets.Plain) and "{" not in text:
        return (Text(nodes[0].text),)
    runs = (run for node in nodes for run in _bracketed(node, Mark.PLAIN, references))
    merged = groupby(runs, key=lambda run: id(run) if run.reference else run.mark)
    return tuple(_one(list(group)) for _, group in merged)


def _one(runs: Sequence[Text]) -> Text:
    return runs[0] if len(runs) == 1 else Text("".join(run.text for run in runs), runs[0].mark)


def referring(text: str, references: CrossReferences, mark: Mark = Mark.PLAIN) -> tuple[Text, ...]:
    """Split a text whose brackets are none into what its cross-references print and the words between."""
    if "{" not in text and "}" not in text:
        return (Text(text, mark),)
    runs = (_referring(each, mark, references) for each in cross_references.pieces(text))
    merged = groupby(runs, key=lambda run: id(run) if run.reference else 0)
    return tuple(_one(list(group)) for _, group in merged)


def _referring(piece: cross_references.Piece, mark: Mark, references: CrossReferences) -> Text:
    found = piece.found
    if found is None:
        return Text(piece.text, mark)
    reference = Reference(found.source, references.word(found), references.parts(found))
    return Text(references.printed(found), mark, reference=reference)


def _bracketed(node: brackets.Node, mark: Mark, references: CrossReferences) -> Iterator[Text]:
    if isinstance(node, brackets.Plain):
        for piece in cross_references.pieces(node.source):
            run = _referring(piece, mark, references)
            yield run if run.reference else Text(brackets.unescape(piece.source), mark)
        return
    yield Text("[", Mark.BRACKET)
    if node.holder:
        yield _held(f"{node.holder}:{node.gap}", f"{references.held_by(node.holder)}:{node.gap}")
    for index, alternative in enumerate(node.alternatives):
        if index:
            yield Text("|", Mark.BRACKET)
        for each in alternative:
            yield from _bracketed(each, Mark.BRACKET, references)
    yield Text("]", Mark.BRACKET)


def _held(source: str, printed: str) -> Text:
    return Text(printed, Mark.HOLDER, reference=Reference(source, printed, ()) if printed != source else None)


def joined(groups: Iterable[Sequence[Run]], separator: str, field: str = "") -> tuple[Run, ...]:
    """Put runs one after the other with a separator between the groups, of a field where they all are."""
    runs: list[Run] = []
    between = Text(separator, field=field)
    for group in groups:
        if runs:
            runs.append(between)
        runs.extend(group)
    return tuple(runs)


def references(instrument: Instrument, given: Sequence[str], words: Labels) -> str:
    """Name provisions of one instrument: ``art. 25(b)``, ``paras. 12 and 20``, ``preamble``."""
    plain = [each for each in given if each in UNNUMBERED]
    counted = [each for each in given if each not in UNNUMBERED]
    if counted:
        one, several = words.units[instrument.unit]
        *first, last = counted
        listed = f"{', '.join(first)} and {last}" if first else last
        plain.append(f"{several if first else one} {listed}")
    return ", ".join(plain)


def _provisions(cited: Iterable[Citation], context: CitationContext) -> Iterator[tuple[Run, ...]]:
    """Name provisions by the short names of their instruments, each a link to its entry."""
    for instrument, given in _by_instrument(cited, context):
        if instrument:
            named = Link(instrument.short or instrument.title, f"#{instrument.id}")
            yield named, Text(f", {references(instrument, given, context.words)}")
        else:
            yield (Text(given[0]),)


def provisions_note(cited: Iterable[Citation], context: CitationContext) -> Note:
    """Cite provisions in one note; in full, or by the short names that an earlier note gave."""
    found = (
        _cited(instrument, given, context) if instrument else given[0]
        for instrument, given in _by_instrument(cited, context)
    )
    return Note((Text("; ".join(found) + "."),))


def _cited(instrument: Instrument, given: Sequence[str], context: CitationContext) -> str:
    cited = (Citation(instrument.id, each) for each in given)
    verified = instrument.verified and all(context.trace.verified(each) for each in cited)
    doubt = in_parentheses(() if verified else (context.words.not_verified,))
    again = instrument.id in context.cited_before()
    context.cited.add(instrument.id)
    named = _again(instrument) if again else _in_full(instrument, context)
    return f"{named}, {references(instrument, given, context.words)}{doubt}"


def _again(instrument: Instrument) -> str:
    return instrument.short or instrument.title


def _in_full(instrument: Instrument, context: CitationContext) -> str:
    """Return the name with the symbol, and the short name where later notes use it."""
    about = [] if instrument.kind.is_treaty or not instrument.symbol else [instrument.symbol]
    named = _named(instrument)
    if context.notes is Notes.FIRST_IN_FULL and _again(instrument) not in named:
        about.append(f"\N{LEFT DOUBLE QUOTATION MARK}{_again(instrument)}\N{RIGHT DOUBLE QUOTATION MARK}")
    return named + in_parentheses(about)


def _named(instrument: Instrument) -> str:
    """Return the title, and before that of a general comment the body that made it."""
    body = instrument.body
    if instrument.kind is InstrumentKind.GENERAL_COMMENT and body and body not in instrument.title:
        return f"{body}, {instrument.title}"
    return instrument.title


def _by_instrument(
    cited: Iterable[Citation], context: CitationContext
) -> Iterator[tuple[Instrument | None, tuple[str, ...]]]:
    """Group citations by instrument, in the order they first appear; an unknown one alone."""
    groups: dict[str, list[Citation]] = {}
    for citation in cited:
        groups.setdefault(citation.instrument, []).append(citation)
    for name, group in groups.items():
        instrument = context.trace.instruments.get(name)
        if instrument:
            yield instrument, tuple(each.reference for each in group)
        else:
            yield from ((None, (str(each),)) for each in group)


def _recommendations(ids: Iterable[str], context: CitationContext) -> Iterator[tuple[Run, ...]]:
    """Name recommendations by their ids, each a link to its entry."""
    known = context.trace.recommendations
    return ((Link(each, f"#{each}") if each in known else Text(each),) for each in ids)


def recommendations_note(ids: Iterable[str], context: CitationContext, sources: dict[str, Source]) -> Note:
    """Cite the sources of recommendations in one note; a meeting in full, or by its title alone.

    A source is named once, and a mechanism only where another one stood before it.
    """
    cited: dict[str, None] = {}
    before = context.cited_before()
    named = ""
    for each in ids:
        recommendation = context.trace.recommendations.get(each)
        if recommendation is None:
            cited[each] = None
            continue
        origin = ", ".join(_origin(recommendation, sources[each], context, before))
        stands = ", ".join(place(recommendation, context.words))
        remarks = (*states(recommendation, context.words), *doubts(recommendation, context.words))
        parts = (origin if origin != named or not stands else "", stands)
        cited[", ".join(filter(None, parts)) + in_parentheses(remarks)] = None
        named = origin
    return Note((Text("; ".join(cited) + "."),))


def _origin(
    recommendation: Recommendation, source: Source, context: CitationContext, before: AbstractSet[str]
) -> Iterator[str]:
    """Name what a recommendation comes from; a meeting that was cited before by its title alone."""
    if source.consultation:
        meeting = source.consultation
        context.cited.add(meeting.id)
        yield meeting.title
        if meeting.id in before:
            return
        if meeting.place:
            yield meeting.place
        yield dates.days(meeting.dates, context.words)
    elif recommendation.mechanism:
        yield recommendation.mechanism
    elif source.mechanism:
        yield source.mechanism.title


def place(recommendation: Recommendation, words: Labels) -> Iterator[str]:
    """Return where a recommendation stands: its symbol, its paragraph."""
    if recommendation.symbol:
        yield recommendation.symbol
    if recommendation.paragraph:
        several = any(mark in recommendation.paragraph for mark in ("-", "\N{EN DASH}", ",", " and "))
        yield f"{words.units[Unit.PARAGRAPH][several]} {recommendation.paragraph}"


def states(recommendation: Recommendation, words: Labels) -> Iterator[str]:
    """Return which State a recommendation is addressed to, and in a review by which it was made."""
    named = [recommendation.state] if recommendation.state else []
    if recommendation.recommending_state:
        named.append(f"{words.recommended_by} {recommendation.recommending_state}")
    if named:
        yield ", ".join(named)


def doubts(recommendation: Recommendation, words: Labels) -> Iterator[str]:
    """Return what a reader must know before relying on an entry; often nothing."""
    if recommendation.origin is Origin.ILLUSTRATIVE:
        yield words.illustrative
    elif not recommendation.verified:
        yield words.not_verified


def in_parentheses(remarks: Iterable[str]) -> str:
    """Put remarks in one pair of parentheses after a space; nothing where there is none."""
    found = "; ".join(remarks)
    return f" ({found})" if found else ""
