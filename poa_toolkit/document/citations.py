"""How provisions and recommendations are named: briefly in lines and tables, in full where one is alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
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
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    record: EndorsementRecord = NOTHING
    """Who endorsed the text, what was put right in it since, and what it still lacks."""
    shows_status: bool = False
    """Whether the line under an action says its status: where not all have the same."""
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

    def paragraphs(self, records: Iterable[str]) -> tuple[Run, ...]:
        """Return the printed numbers of actions, each a link to its paragraph."""
        return joined(((self.link(each),) for each in records), ", ")

    def brief(self, action: Action) -> Brief:
        """Name what an action cites, the same every time."""
        return self.named(action.recommendations, action.provisions)

    def named(self, recommendations: tuple[str, ...], provisions: tuple[Citation, ...]) -> Brief:
        """Name recommendations, by id, and provisions, the same every time."""
        cited = recommendations, provisions
        if cited not in self.briefs:
            named = {
                "recommendations": _of("recommendations", _recommendations(recommendations, self)),
                "provisions": _of("provisions", _provisions(provisions, self)),
            }
            first, second = (joined(each, _BETWEEN[field], field) for field, each in named.items())
            items = (Item(field, runs) for field, each in named.items() for runs in each)
            self.briefs[cited] = Brief(first, second, tuple(items))
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


def references(
    instrument: Instrument, given: Sequence[str], words: Labels, doubted: Collection[str] = ()
) -> str:
    """Name provisions of one instrument: ``art. 25(b)``, ``paras. 12 and 20``, ``preamble``.

    Those `doubted` are said to be not verified: ``arts. 2(1) (not verified) and 25``.
    """
    named = {each: each + in_parentheses((words.not_verified,) if each in doubted else ()) for each in given}
    plain = [named[each] for each in given if each in UNNUMBERED]
    counted = [named[each] for each in given if each not in UNNUMBERED]
    if counted:
        *first, last = counted
        listed = f"{', '.join(first)} and {last}" if first else last
        plain.append(counting(listed, instrument.unit, words, several=bool(first)))
    return ", ".join(plain)


def counting(number: str, unit: Unit, words: Labels, *, several: bool = False) -> str:
    """Put before a number what it counts, and no line ends between the two: ``para. 12``."""
    return f"{words.units[unit][several]}\N{NO-BREAK SPACE}{number}"


def _provisions(cited: Iterable[Citation], context: CitationContext) -> Iterator[tuple[Run, ...]]:
    """Name provisions by the short names of their instruments, each a link to its entry."""
    for instrument, given in by_instrument(cited, context.trace):
        if instrument:
            named = Link(instrument.short or instrument.title, f"#{instrument.id}")
            yield named, Text(f", {references(instrument, given, context.words)}")
        else:
            yield (Text(given[0]),)


def cited_in_full(citation: Citation, context: CitationContext) -> str:
    """Cite a provision that stands alone: the name of its instrument, its symbol, the place, a doubt."""
    instrument = context.trace.instruments.get(citation.instrument)
    if instrument is None:
        return str(citation)
    symbol = [] if instrument.kind.is_treaty or not instrument.symbol else [instrument.symbol]
    verified = instrument.verified and context.trace.verified(citation)
    doubt = in_parentheses(() if verified else (context.words.not_verified,))
    named = full_name(instrument) + in_parentheses(symbol)
    return f"{named}, {references(instrument, (citation.reference,), context.words)}{doubt}"


def first_cited(instruments: Iterable[str], context: CitationContext) -> Note:
    """Say of instruments, by id, what the line that cites them first leaves out."""
    known = context.trace.instruments
    told = (_told(known[each], context.words) if each in known else each for each in instruments)
    return Note((Text("; ".join(told) + "."),))


def _told(instrument: Instrument, words: Labels) -> str:
    """Return the name of an instrument, its symbol, when it was adopted and in force, and a doubt."""
    named, short = _by_year(full_name(instrument), instrument), instrument.short or ""
    about = (
        [] if short in named else [f"\N{LEFT DOUBLE QUOTATION MARK}{short}\N{RIGHT DOUBLE QUOTATION MARK}"]
    )
    facts = [named + in_parentheses(about)]
    if instrument.symbol:
        facts.append(instrument.symbol)
    facts.append(f"{words.adopted.lower()} {dates.partial(instrument.adopted, words)}")
    if instrument.in_force:
        facts.append(f"{words.in_force} {dates.partial(instrument.in_force, words)}")
    return ", ".join(facts) + in_parentheses(() if instrument.verified else (words.not_verified,))


def full_name(instrument: Instrument) -> str:
    """Return the title, and before that of a general comment the body that made it."""
    body = instrument.body
    if instrument.kind is InstrumentKind.GENERAL_COMMENT and body and body not in instrument.title:
        return f"{body}, {instrument.title}"
    return instrument.title


_SESSION = re.compile(r"(?<=\bNo\.)(\s[0-9]+\s)\([0-9]{1,3}\)")
"""The number of a general comment, and the session at which it was adopted: ``No. 25 (57)``."""


def _by_year(named: str, instrument: Instrument) -> str:
    """Return a name with the year in place of the session, by which texts cite it: ``No. 25 (1996)``."""
    return _SESSION.sub(rf"\1({instrument.adopted[:4]})", named)


def by_instrument(
    cited: Iterable[Citation], trace: Trace
) -> Iterator[tuple[Instrument | None, tuple[str, ...]]]:
    """Group citations by instrument, in the order they first appear; an unknown one alone."""
    groups: dict[str, list[Citation]] = {}
    for citation in cited:
        groups.setdefault(citation.instrument, []).append(citation)
    for name, group in groups.items():
        instrument = trace.instruments.get(name)
        if instrument:
            yield instrument, tuple(each.reference for each in group)
        else:
            yield from ((None, (str(each),)) for each in group)


def _recommendations(ids: Iterable[str], context: CitationContext) -> Iterator[tuple[Run, ...]]:
    """Name recommendations by their ids, each a link to its entry."""
    known = context.trace.recommendations
    return ((Link(each, f"#{each}") if each in known else Text(each),) for each in ids)


def source_in_full(name: str, context: CitationContext, sources: Mapping[str, Source]) -> str:
    """Cite the source of a recommendation that stands alone; nothing where it is not known."""
    found = context.trace.recommendations.get(name)
    if found is None:
        return ""
    parts = (*_origin(found, sources[name], context), *place(found, context.words))
    return ", ".join(parts) + in_parentheses((*states(found, context.words), *doubts(found, context.words)))


def _origin(recommendation: Recommendation, source: Source, context: CitationContext) -> Iterator[str]:
    """Name what a recommendation comes from."""
    if source.consultation:
        meeting = source.consultation
        yield meeting.title
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
        yield counting(recommendation.paragraph, Unit.PARAGRAPH, words, several=several)


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
