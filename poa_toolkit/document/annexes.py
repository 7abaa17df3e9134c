"""The annexes of a plan: sources, instruments, the matrix, what was set aside, who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document import dates, endorsement_annexes
from poa_toolkit.document.blocks import (
    Column,
    Heading,
    Link,
    Mark,
    Paragraph,
    Part,
    PartKind,
    Role,
    Row,
    Table,
    Text,
)
from poa_toolkit.document.citations import doubts, in_parentheses, joined, marked, place, references, states
from poa_toolkit.model import SourceKind
from poa_toolkit.model.numbering import letter
from poa_toolkit.text.numerals import roman

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from poa_toolkit.document.blocks import Block, Run
    from poa_toolkit.document.citations import Desk
    from poa_toolkit.document.labels import Words
    from poa_toolkit.model import Action, Instrument, Participant, Recommendation, Source


def annexes(desk: Desk) -> Iterator[Part]:
    """Give the annexes that have something to say, numbered in order, and the links."""
    title = _Titles(desk)
    for name, build in _ANNEXES.items():
        blocks = tuple(build(desk, title))
        if blocks:
            yield Part(PartKind.ANNEX, (title.heading(name), *blocks), wide=name == "matrix", name=name)
    if desk.plan.links:
        items = (Paragraph(Role.ITEM, (Link(each.title, each.url),)) for each in desk.plan.links)
        heading = Heading(1, (Text(desk.words.links),), anchor="Annex.links")
        yield Part(PartKind.ANNEX, (heading, *items), name="links")


class _Titles:
    """Numbers the annexes as they come."""

    def __init__(self, desk: Desk) -> None:
        self.words = desk.words
        self.names: dict[str, str] = {}
        self.titles = {
            "recommendations": desk.words.annex_recommendations,
            "instruments": desk.words.annex_instruments,
            "matrix": desk.words.annex_matrix,
            "withdrawn": desk.words.annex_withdrawn,
            "participants": desk.words.annex_participants,
            "endorsements": desk.words.annex_endorsements,
            "corrigenda": desk.words.annex_corrigenda,
        }

    def heading(self, name: str) -> Heading:
        """Give the heading of the next annex: ``Annex I. Source recommendations``."""
        count = len(self.names) + 1
        number = letter(count).upper() if self.words.annex_letters else roman(count)
        self.names[name] = f"{self.words.annex} {number}"
        return Heading(1, (Text(self.titles[name]),), f"{self.names[name]}.", anchor=f"Annex.{name}")


def _body(text: str) -> Paragraph:
    return Paragraph(Role.BODY, (Text(text),))


def _paragraphs(records: Iterable[str], desk: Desk) -> tuple[Run, ...]:
    """Give the printed numbers of actions, each a link to its paragraph."""
    return joined(((desk.link(each),) for each in records), ", ")


def _recommendations(desk: Desk, _title: _Titles) -> Iterator[Block]:
    words = desk.words
    columns = (
        Column(words.recommendation, 4, "id"),
        Column(words.source, 6, "source"),
        Column(words.gist, 10, "text"),
        Column(words.taken_up, 4, "actions"),
    )
    sources = [source for source in desk.plan.sources if source.recommendations]
    if not sources:
        return
    yield _body(words.lead_recommendations)
    for index, source in enumerate(sources, start=1):
        yield Heading(2, (Text(_source_title(source, desk)),), _group(index, len(sources), words))
        yield Table(columns, tuple(_recommendation(each, source, desk) for each in source.recommendations))
    yield _body(words.legend)


def _source_title(source: Source, desk: Desk) -> str:
    if source.consultation:
        meeting = source.consultation
        where = [meeting.place] if meeting.place else []
        doubt = "" if meeting.verified else f" ({desk.words.not_verified})"
        return ", ".join((meeting.title, *where, dates.days(meeting.dates, desk.words))) + doubt
    return source.mechanism.title if source.mechanism else desk.words.source


def _group(index: int, groups: int, words: Words) -> str:
    """Give the letter of a table of an annex, ``B.``; a lone one has none."""
    return f"{letter(index).upper()}." if words.group_letters and groups > 1 else ""


def _recommendation(each: Recommendation, source: Source, desk: Desk) -> Row:
    words = desk.words
    taken = _paragraphs(desk.trace.taken_up.get(each.id, ()), desk)
    if not taken and each.not_taken_up:
        taken = (Text(each.not_taken_up, Mark.MUTED),)
    doubt = in_parentheses(doubts(each, words)).strip()
    facts = "; ".join(_facts(each, source, words)) or ("" if doubt else words.recorded)
    gist = marked(each.text, desk.trace.holders)
    return Row(((Text(each.id),), (Text(f"{facts} {doubt}".strip()),), gist, taken), each.id)


def _facts(each: Recommendation, source: Source, words: Words) -> Iterator[str]:
    """Say what is on record of a recommendation besides its gist."""
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


def _instruments(desk: Desk, _title: _Titles) -> Iterator[Block]:
    words = desk.words
    columns = (
        Column(words.instrument, 10, "title"),
        Column(words.adopted, 4, "adopted"),
        Column(words.provisions_cited, 5, "provisions"),
        Column(words.paragraphs, 4, "actions"),
    )
    cited: dict[str, dict[str, None]] = {}
    actions: dict[str, set[str]] = {}
    for citation, served_by in desk.trace.served.items():
        cited.setdefault(citation.instrument, {})[citation.reference] = None
        actions.setdefault(citation.instrument, set()).update(served_by)
    place = {action: index for index, action in enumerate(desk.trace.actions)}
    listed = [each for each in desk.plan.instruments if each.id in cited]
    if not listed:
        return
    yield _body(words.lead_instruments)
    kinds = [kind for kind in words.kinds if any(each.kind is kind for each in listed)]
    for index, kind in enumerate(kinds, start=1):
        rows = tuple(
            _instrument(each, cited[each.id], sorted(actions[each.id], key=place.__getitem__), desk)
            for each in listed
            if each.kind is kind
        )
        yield Heading(2, (Text(words.kinds[kind]),), _group(index, len(kinds), words))
        yield Table(columns, rows)
    yield _body(words.legend)


def _instrument(each: Instrument, cited: Iterable[str], actions: Iterable[str], desk: Desk) -> Row:
    words = desk.words
    names = [each.title]
    if each.short and each.short != each.title:
        names.append(f" ({each.short})")
    if each.symbol:
        names.append(f", {each.symbol}")
    doubt = () if each.verified else (Text(f" ({words.not_verified})", Mark.MUTED),)
    adopted = dates.partial(each.adopted, words)
    if each.in_force:
        adopted = f"{adopted}; {words.in_force} {dates.partial(each.in_force, words)}"
    wanted = dict.fromkeys(cited)
    found = [entry.ref for entry in each.provisions if entry.ref in wanted]
    ordered = [*found, *(reference for reference in wanted if reference not in found)]
    return Row(
        (
            (Text("".join(names)), *doubt),
            (Text(adopted),),
            (Text(references(each, ordered, words)),),
            _paragraphs(actions, desk),
        ),
        each.id,
    )


def _matrix(desk: Desk, title: _Titles) -> Iterator[Block]:
    words = desk.words
    columns = (
        Column(words.paragraph, 2, "action"),
        Column(words.recommendations, 5, "recommendations"),
        Column(words.provisions, 8, "provisions"),
        Column(words.why, 9, "why"),
    )
    rows = tuple(
        Row(
            (
                _paragraphs((action.id,), desk),
                *desk.brief(action),
                (Text(action.why or ""),),
            ),
            action.id,
        )
        for _, action in desk.plan.walk_actions()
        if action.status.printed
    )
    if not rows:
        return
    yield _body(words.lead_matrix)
    yield Table(columns, rows)
    lists = [title.names[name] for name in ("recommendations", "instruments") if name in title.names]
    if lists:
        yield _body(words.legend_matrix.format(lists=f" {words.conjunction} ".join(lists)))


def _withdrawn(desk: Desk, _title: _Titles) -> Iterator[Block]:
    words = desk.words
    columns = (
        Column(words.action, 2, "id"),
        Column(words.status, 3, "status"),
        Column(words.text, 10, "text"),
        Column(words.reason, 7, "reason"),
    )
    rows = tuple(
        Row(
            (
                (Text(action.id),),
                (Text(words.statuses[action.status]),),
                _whole_text(action, desk),
                (Text(action.reason or ""),),
            ),
            action.id,
        )
        for _, action in desk.plan.walk_actions()
        if not action.status.printed
    )
    if rows:
        yield _body(words.lead_withdrawn)
        yield Table(columns, rows)
        yield _body(words.legend_withdrawn)


def _whole_text(action: Action, desk: Desk) -> tuple[Run, ...]:
    """Give an action's text and its points in one paragraph, as a cell shows them."""
    points = (
        (Text(f"({letter(index)}) "), *marked(point.text, desk.trace.holders))
        for index, point in enumerate(action.points, start=1)
    )
    return joined((marked(action.text, desk.trace.holders), *points), " ")


def _participants(desk: Desk, _title: _Titles) -> Iterator[Block]:
    words = desk.words
    columns = (
        Column(words.organisation, 10, "title"),
        Column(words.role, 4, "role"),
        Column(words.meetings, 8, "meetings"),
    )
    known = {
        source.consultation.id: dates.days(source.consultation.dates, words)
        for source in desk.plan.sources
        if source.consultation
    }
    rows = tuple(_participant(each, known, words) for each in desk.plan.participants)
    if rows:
        yield _body(words.lead_participants)
        yield Table(columns, rows)
        yield _body(words.legend)


def _participant(each: Participant, known: dict[str, str], words: Words) -> Row:
    doubt = () if each.verified else (Text(f" ({words.not_verified})", Mark.MUTED),)
    meetings = "; ".join(known.get(meeting, meeting) for meeting in each.meetings)
    return Row(((Text(each.title), *doubt), (Text(words.roles[each.role]),), (Text(meetings),)), each.id)


_ANNEXES: dict[str, Callable[[Desk, _Titles], Iterator[Block]]] = {
    "recommendations": _recommendations,
    "instruments": _instruments,
    "matrix": _matrix,
    "withdrawn": _withdrawn,
    "participants": _participants,
    "endorsements": lambda desk, _: endorsement_annexes.endorsements(desk),
    "corrigenda": lambda desk, _: endorsement_annexes.corrigenda(desk),
}
"""The annexes, in printed order."""
