"""The annexes of a plan: sources, instruments, the matrix, what was set aside, who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document import dates
from poa_toolkit.document.blocks import Column, Part, PartKind, Table
from poa_toolkit.document.citations import counting, doubts, in_parentheses, joined, place, references, states
from poa_toolkit.document.report_blocks import body, heading, item, muted, row, runs
from poa_toolkit.document.runs import Link, Mark, Text
from poa_toolkit.model import Citation, SourceKind, Unit
from poa_toolkit.model.numbering import annex_number
from poa_toolkit.text.numerals import letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from poa_toolkit.document.blocks import Block, Row
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import (
        Action,
        Amendment,
        Endorsement,
        Instrument,
        Participant,
        Recommendation,
        Source,
    )

    Numbered = dict[str, str]
    """The annexes that came before, by name, and what each is called: ``Annex I``."""


def annexes(context: CitationContext) -> Iterator[Part]:
    """Return the annexes that have something to say, numbered in order, and the links."""
    numbered: dict[str, str] = {}
    for name, build in _ANNEXES.items():
        blocks = tuple(build(context, numbered))
        if blocks:
            number = annex_number(len(numbered) + 1, context.plan.style)
            numbered[name] = f"{context.words.annex} {number}"
            title = getattr(context.words, f"annex_{name}")
            head = heading(title, number=f"{numbered[name]}.", anchor=f"Annex.{name}")
            yield Part(PartKind.ANNEX, (head, *blocks), wide=name == "matrix", name=name)
    if context.plan.links:
        items = (item(Link(each.title, each.url)) for each in context.plan.links)
        links = heading(context.words.links, anchor="Annex.links")
        yield Part(PartKind.ANNEX, (links, *items), name="links")


def _recommendations(context: CitationContext, _numbered: Numbered) -> Iterator[Block]:
    words = context.words
    columns = (
        Column(words.recommendation, 4, "id"),
        Column(words.source, 6, "source"),
        Column(words.gist, 10, "text"),
        Column(words.taken_up, 4, "actions"),
    )
    sources = [source for source in context.plan.sources if source.recommendations]
    if not sources:
        return
    yield body(words.lead_recommendations)
    for index, source in enumerate(sources, start=1):
        yield heading(source_title(source, context), 2, _group(index, len(sources), words))
        yield Table(columns, tuple(_recommendation(each, source, context) for each in source.recommendations))
    yield body(words.legend)


def source_title(source: Source, context: CitationContext) -> str:
    """Name a consultation with its place and days, or a mechanism."""
    if source.consultation:
        meeting = source.consultation
        where = [meeting.place] if meeting.place else []
        doubt = "" if meeting.verified else f" ({context.words.not_verified})"
        return ", ".join((meeting.title, *where, dates.days(meeting.dates, context.words))) + doubt
    return source.mechanism.title if source.mechanism else context.words.source


def _group(index: int, groups: int, words: Labels) -> str:
    """Return the letter of a table of an annex, ``B.``; a lone one has none."""
    return f"{letter(index).upper()}." if words.group_letters and groups > 1 else ""


def _recommendation(each: Recommendation, source: Source, context: CitationContext) -> Row:
    words = context.words
    taken = context.paragraphs(context.trace.taken_up.get(each.id, ()))
    doubt = in_parentheses(doubts(each, words)).strip()
    facts = "; ".join(_facts(each, source, words)) or ("" if doubt else words.recorded)
    gist = context.marked(each.text)
    if not taken:
        taken = (muted(words.taken_up_nowhere),)
        if each.not_taken_up:
            # the column of paragraphs is too narrow for it
            reason = context.referring(each.not_taken_up, Mark.MUTED)
            gist = (*gist, Text(" "), muted(f"{words.not_taken_up}: "), *reason)
    return row(each.id, f"{facts} {doubt}".strip(), gist, taken, record=each.id)


def _facts(each: Recommendation, source: Source, words: Labels) -> Iterator[str]:
    """Return what is on record of a recommendation besides its gist."""
    if each.kind is not SourceKind.RECOMMENDATION:
        yield words.source_kinds[each.kind]
    if each.mechanism and not (source.mechanism and each.mechanism == source.mechanism.title):
        yield each.mechanism
    if stands := ", ".join(place(each, words)):
        yield stands
    yield from states(each, words)
    if each.date:
        yield dates.partial(each.date, words)
    if each.response:
        doubt = in_parentheses(() if each.response.verified or not each.verified else (words.not_verified,))
        yield f"{words.positions[each.response.position]}{doubt}"


def _instruments(context: CitationContext, _numbered: Numbered) -> Iterator[Block]:
    words = context.words
    columns = (
        Column(words.instrument, 10, "title"),
        Column(words.adopted, 4, "adopted"),
        Column(words.provisions_cited, 5, "provisions"),
        Column(words.paragraphs, 4, "actions"),
    )
    cited: dict[str, dict[str, None]] = {}
    actions: dict[str, set[str]] = {}
    for citation, served_by in context.trace.served.items():
        cited.setdefault(citation.instrument, {})[citation.reference] = None
        actions.setdefault(citation.instrument, set()).update(served_by)
    place = {action: index for index, action in enumerate(context.trace.actions)}
    listed = [each for each in context.plan.instruments if each.id in cited]
    if not listed:
        return
    yield body(words.lead_instruments)
    kinds = [kind for kind in words.kinds if any(each.kind is kind for each in listed)]
    for index, kind in enumerate(kinds, start=1):
        rows = tuple(
            _instrument(each, cited[each.id], sorted(actions[each.id], key=place.__getitem__), context)
            for each in listed
            if each.kind is kind
        )
        yield heading(words.kinds[kind], 2, _group(index, len(kinds), words))
        yield Table(columns, rows)
    yield body(words.legend)


def _instrument(
    each: Instrument, cited: Iterable[str], actions: Iterable[str], context: CitationContext
) -> Row:
    words = context.words
    names = [each.title]
    if each.short and each.short != each.title:
        names.append(f" ({each.short})")
    if each.symbol:
        names.append(f", {each.symbol}")
    adopted = dates.partial(each.adopted, words)
    if each.in_force:
        adopted = f"{adopted}; {words.in_force} {dates.partial(each.in_force, words)}"
    wanted = dict.fromkeys(cited)
    found = [entry.ref for entry in each.provisions if entry.ref in wanted]
    ordered = [*found, *(reference for reference in wanted if reference not in found)]
    return row(
        runs("".join(names), *_doubt(each, words)),
        adopted,
        references(each, ordered, words, _doubted(each, ordered, context)),
        context.paragraphs(actions),
        record=each.id,
    )


def _doubted(each: Instrument, cited: Iterable[str], context: CitationContext) -> frozenset[str]:
    """Return the references nobody has verified; none where that is said of the whole instrument."""
    doubted = (one for one in cited if not context.trace.verified(Citation(each.id, one)))
    return frozenset(doubted if each.verified else ())


def _doubt(each: Instrument | Participant, words: Labels) -> tuple[Run, ...]:
    return () if each.verified else (muted(f" ({words.not_verified})"),)


def _matrix(context: CitationContext, numbered: Numbered) -> Iterator[Block]:
    words = context.words
    columns = (
        Column(words.paragraph, 2, "action"),
        Column(words.recommendations, 5, "recommendations"),
        Column(words.provisions, 8, "provisions"),
        Column(words.why, 9, "why"),
    )
    rows = tuple(
        row(
            context.paragraphs((action.id,)),
            *context.brief(action)[:2],
            context.referring(action.why or ""),
            record=action.id,
        )
        for _, action in context.plan.walk_actions()
        if action.status.printed
    )
    if not rows:
        return
    yield body(words.lead_matrix)
    yield Table(columns, rows)
    lists = [numbered[name] for name in ("recommendations", "instruments") if name in numbered]
    if lists:
        yield body(words.legend_matrix.format(lists=f" {words.conjunction} ".join(lists)))


def _withdrawn(context: CitationContext, _numbered: Numbered) -> Iterator[Block]:
    words = context.words
    columns = (
        Column(words.action, 2, "id"),
        Column(words.status, 3, "status"),
        Column(words.text, 10, "text"),
        Column(words.reason, 7, "reason"),
    )
    rows = (
        row(
            action.id,
            words.statuses[action.status],
            _whole_text(action, context),
            context.referring(action.reason or ""),
            record=action.id,
        )
        for _, action in context.plan.walk_actions()
        if not action.status.printed
    )
    return _listed(words.lead_withdrawn, columns, rows, words.legend_withdrawn)


def _listed(lead: str, columns: tuple[Column, ...], rows: Iterable[Row], legend: str = "") -> Iterator[Block]:
    """Return a table between what leads in and what explains it; nothing where it has no row."""
    if found := tuple(rows):
        yield body(lead)
        yield Table(columns, found)
        if legend:
            yield body(legend)


def _whole_text(action: Action, context: CitationContext) -> tuple[Run, ...]:
    """Return an action's text and its points in one paragraph, as a cell shows them."""
    points = (
        (Text(f"{point.number} "), *context.marked(point.record.text)) for point in action.walk_points()
    )
    return joined((context.marked(action.text), *points), " ")


def _participants(context: CitationContext, _numbered: Numbered) -> Iterator[Block]:
    words = context.words
    columns = (
        Column(words.organisation, 10, "title"),
        Column(words.role, 4, "role"),
        Column(words.meetings, 8, "meetings"),
    )
    known = {
        source.consultation.id: dates.days(source.consultation.dates, words)
        for source in context.plan.sources
        if source.consultation
    }
    rows = (_participant(each, known, words) for each in context.plan.participants)
    return _listed(words.lead_participants, columns, rows, words.legend)


def _participant(each: Participant, known: dict[str, str], words: Labels) -> Row:
    meetings = "; ".join(known.get(meeting, meeting) for meeting in each.meetings)
    title = runs(each.title, *_doubt(each, words))
    return row(title, words.roles[each.role], meetings, record=each.id)


_ANNEXES: dict[str, Callable[[CitationContext, Numbered], Iterator[Block]]] = {
    "recommendations": _recommendations,
    "instruments": _instruments,
    "matrix": _matrix,
    "withdrawn": _withdrawn,
    "participants": _participants,
    "endorsements": lambda context, _: endorsements(context),
    "corrigenda": lambda context, _: corrigenda(context),
}
"""The annexes, in printed order."""


def endorsements(context: CitationContext) -> Iterator[Block]:
    """Return who endorsed the text, in which capacity, when, and with which reservation."""
    words, given = context.words, context.record.endorsements
    if not given:
        return iter(())
    columns = (
        Column(words.organisation, 8, "title"),
        Column(words.capacity, 4, "capacity"),
        Column(words.when, 4, "date"),
        Column(words.reservation, 8, "reservation"),
    )
    titles = {each.id: each.title for each in context.plan.participants}
    lead = words.lead_endorsements.format(text=given[0].text, digest=given[0].digest)
    return _listed(lead, columns, (_endorsement(each, titles, context) for each in given))


def _endorsement(each: Endorsement, titles: dict[str, str], context: CitationContext) -> Row:
    day = dates.day(each.date, context.words)
    return row(titles.get(each.participant, each.participant), each.capacity, day, each.reservation or "")


def corrigenda(context: CitationContext) -> Iterator[Block]:
    """Return what was put right since: where, what stood there, what stands there now, when."""
    words = context.words
    columns = (
        Column(words.paragraph, 3, "paragraph"),
        Column(words.was, 9, "was"),
        Column(words.now, 9, "now"),
        Column(words.when, 4, "date"),
    )
    rows = (_corrigendum(each, context) for each in context.record.corrigenda)
    return _listed(words.lead_corrigenda, columns, rows)


def _corrigendum(each: Amendment, context: CitationContext) -> Row:
    day = dates.day(decided(each), context.words)
    return row(corrected(each, context), each.original or "", each.adopted or "", day)


def corrected(corrigendum: Amendment, context: CitationContext) -> str:
    """Return where a corrigendum is: ``para. 13``, or the id of a record that has no number."""
    record = corrigendum.record or ""
    if record not in context.numbers:
        return record
    return counting(context.bare(record), Unit.PARAGRAPH, context.words)


def decided(corrigendum: Amendment) -> date:
    """Return the day on which a corrigendum was decided, or else proposed."""
    return corrigendum.decided or corrigendum.date
