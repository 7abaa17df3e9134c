"""The clean document of a plan: cover, numbered text, notes and annexes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from poa_toolkit import model
from poa_toolkit.amend.endorsement_record import NOTHING, EndorsementRecord, is_withheld, notice_of_stage
from poa_toolkit.document import annexes, dates, lacking
from poa_toolkit.document.annexes import corrected, decided
from poa_toolkit.document.blocks import Document, Heading, Item, Masthead, Paragraph, Part, PartKind, Role
from poa_toolkit.document.citations import CitationContext, first_cited, joined
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.renamed_ids import NO_IDS, in_new_terms
from poa_toolkit.document.runs import Mark, Text, words_of
from poa_toolkit.model import Status, cross_references, digests
from poa_toolkit.model.fields import Place, printed_in
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.model.texts import bracketed
from poa_toolkit.returned.signature import BETWEEN
from poa_toolkit.text import brackets
from poa_toolkit.text.counting import counted
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.document.blocks import Block
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.renamed_ids import Ids
    from poa_toolkit.document.runs import Note, Run
    from poa_toolkit.model import Action, Plan
    from poa_toolkit.model.cross_references import CrossReferences

INTRODUCTION = "Text.introduction"
"""The anchor of the introduction; its dot keeps it apart from every id."""
_SHOWN = len("sha256:") + 16
"""How much of a digest the cover shows: enough to tell two texts apart."""


def plan(
    plan: Plan,
    *,
    version: str = "",
    record: EndorsementRecord = NOTHING,
    digest: str = "",
    references: CrossReferences | None = None,
) -> Document:
    """Lay out a whole plan as a reader sees it, without marks of change.

    `version` is how the cover and the head of each page call this version of the text; without
    one the head names the stage. `record` is who endorsed this text, what was put right in it since, and
    what it still lacks; `digest` is that of what the plan says, where it is known already; `references`
    says what cross-references and holders print, where that is not what they print in this plan.
    """
    context = citation_context(plan, record)
    if references:
        context = replace(context, references=references)
    return _document(context, version, digest or digests.text(plan))


def both(
    old: Plan, new: Plan, *, known: Ids = NO_IDS, version: str = "", record: EndorsementRecord = NOTHING
) -> tuple[tuple[Part, ...], Document]:
    """Lay out the text and the annexes of an old version, and a new one whole.

    The old one goes by the ids `known` of the new one, and by its titles for the holders of brackets. Their
    bodies, notes left out, differ exactly where the digests of their texts do; the notes of each are those
    of its own document. `record` is that of the new one.
    """
    context = citation_context(new, record)
    after = _document(context, version, digests.text(new))
    references = cross_references.in_titles_of(new, cross_references.of(old, new.style))
    before = replace(citation_context(old), references=references)
    if (old.style, old.sources, old.instruments) == (new.style, new.sources, new.instruments):
        before = replace(before, briefs=context.briefs)
    annexes_before = in_new_terms(tuple(annexes.annexes(before)), known)
    same = _in_terms_of(old, new, known)
    body = replace(
        citation_context(same),
        references=references,
        shows_status=context.shows_status,
        noting=before,
    )
    return (*in_new_terms(tuple(_body(body)), known), *annexes_before), after


def _in_terms_of(old: Plan, new: Plan, known: Ids) -> Plan:
    """Return the old version as far as its body is agreed to, with the rest as the new one has it.

    Its law is cited by the registry of the new version, its actions have the status that they have there,
    and the words made by the toolkit are those of the new house: what differs there is no revision.
    """
    statuses = {action.id: action.status for _, action in new.walk_actions() if action.status.printed}
    instruments = {each.id: each for each in (*old.instruments, *new.instruments)}
    there = {each.id for _, each in new.walk_recommendations()}
    gone = (
        source.model_copy(
            update={"recommendations": tuple(each for each in source.recommendations if each.id not in there)}
        )
        for source in old.sources
    )

    def action_of(action: Action) -> Action:
        status = statuses.get(known.record(action.id)) if action.status.printed else None
        return action.model_copy(update={"status": status}) if status else action

    sections = tuple(
        section.model_copy(update={"actions": tuple(map(action_of, section.actions))})
        for section in old.sections
    )
    return old.model_copy(
        update={
            "style": new.style,
            "sections": sections,
            "instruments": tuple(instruments.values()),
            "sources": (*new.sources, *gone),
        }
    )


def _document(context: CitationContext, version: str, digest: str) -> Document:
    plan = context.plan
    stage = plan.current_stage()
    return Document(
        title=plan.title,
        subtitle=plan.subtitle or "",
        cover=tuple(_cover(context, version, digest)),
        notice=_notice(context),
        parts=tuple(_parts(context)),
        author=_organisers(context),
        version=version or dates.of_stage(context.plan, context.words),
        language=context.words.language,
        stage=plan.stage,
        stage_title=(stage.title or stage.id) if stage else "",
        digest=digest,
        symbol=plan.symbol or "" if context.words.masthead else "",
        masthead=_masthead(plan, context.words) if context.words.masthead else Masthead(),
        in_masthead=frozenset(_of_masthead(context.words)),
        house=plan.style,
        lacking=lacking.in_a_line(context.record.lacking, plan),
        own=frozenset(_own(plan, _notice(context))),
        holders=tuple(sorted(plan.holders().items())),
    )


def _masthead(plan: Plan, words: Labels) -> Masthead:
    """Return what the plan gives for the head of the first page."""
    given = plan.masthead or model.Masthead()
    stage, meeting = plan.current_stage(), plan.conference
    return Masthead(
        organization=given.organization or "",
        distribution=words.distribution.format(words=given.distribution) if given.distribution else "",
        date=dates.day(stage.date, words) if stage else "",
        language=words.original.format(words=given.original_language) if given.original_language else "",
        meeting=meeting.title if meeting else "",
        dates=dates.days(meeting.dates, words) if meeting else "",
        place=meeting.place if meeting else "",
    )


def _of_masthead(words: Labels) -> Iterator[str]:
    """Return the labels of the lines of the cover that a masthead says too."""
    if words.masthead:
        yield from (words.conference, words.when, words.place)


def _own(plan: Plan, notice: str) -> Iterator[str]:
    """Return the texts of the cover that are fields of the plan: not the notice of a stage."""
    yield from ("title", "subtitle")
    if notice and notice == plan.notice:
        yield "notice"


def _notice(context: CitationContext) -> str:
    """Return the notice of the stage, else that of the plan, where nothing contradicts it."""
    of_plan = "" if is_withheld(context.plan, context.record) else context.plan.notice
    return notice_of_stage(context.plan, context.record) or of_plan or ""


def citation_context(plan: Plan, record: EndorsementRecord = NOTHING) -> CitationContext:
    """Return what is needed to name the records of a plan as it prints them."""
    statuses = {action.status for _, action in plan.walk_actions() if action.status.printed}
    return CitationContext(
        plan,
        trace(plan),
        LABELS[plan.style],
        printed_numbers(plan),
        cross_references.of(plan),
        record=record,
        shows_status=len(statuses) > 1,
    )


def _cover(context: CitationContext, version: str, digest: str) -> Iterator[tuple[str, str]]:
    words = context.words
    if context.plan.symbol and not words.masthead:
        yield words.symbol, context.plan.symbol
    organisers = _organisers(context)
    if organisers:
        yield words.organisers, organisers
    if conference := context.plan.conference:
        yield words.conference, conference.title
        yield words.when, dates.days(conference.dates, words)
        yield words.place, conference.place
    if version:
        yield words.version, version
    if stage := dates.of_stage(context.plan, context.words):
        yield words.stage, stage
    yield words.standing, _standing(context)
    yield from lacking.lines(context.record.lacking, context.plan)
    yield from _process(context)
    yield words.digest, digest[:_SHOWN] + "\N{HORIZONTAL ELLIPSIS}"


def _process(context: CitationContext) -> Iterator[tuple[str, str]]:
    """Return by how many the text was endorsed, and where it was put right since."""
    words, record = context.words, context.record
    if record.endorsements:
        yield words.endorsed_by, counted(len(record.endorsements), words.organisation_count)
    if record.corrigenda:
        places = (
            f"{corrected(each, context)} ({dates.day(decided(each), words)})" for each in record.corrigenda
        )
        yield words.corrigenda, "; ".join(places)


def _organisers(context: CitationContext) -> str:
    if context.plan.conference is None:
        return ""
    titles = {each.id: each.title for each in context.plan.participants}
    return "; ".join(titles.get(each, each) for each in context.plan.conference.organisers)


def _standing(context: CitationContext) -> str:
    """Count the actions by status, and the brackets that are open."""
    printed = [action for _, action in context.plan.walk_actions() if action.status.printed]
    counts = Counter(action.status for action in printed)
    statuses = ", ".join(
        f"{counts[status]} {context.words.statuses[status]}" for status in Status if counts[status]
    )
    actions = counted(len(printed), context.words.action_count)
    opened = sum(brackets.count(each.text or "") for each in bracketed(context.plan))
    found = f"{actions} ({statuses})" if statuses else actions
    return f"{found}; {counted(opened, context.words.bracket_count) if opened else context.words.no_brackets}"


def _parts(context: CitationContext) -> Iterator[Part]:
    yield from _body(context)
    yield from annexes.annexes(context)


def _body(context: CitationContext) -> Iterator[Part]:
    """Return the text itself."""
    plan = context.plan
    if plan.front:
        front = (_paragraph(Role.FRONT, each, context) for each in plan.front)
        yield Part(PartKind.FRONT, tuple(front))
    if plan.introduction:
        heading = Heading(1, (Text(context.words.introduction),), anchor=INTRODUCTION)
        numbered = (_paragraph(Role.NUMBERED, each, context) for each in plan.introduction)
        yield Part(PartKind.INTRODUCTION, (heading, *numbered))
    writer = _ActionWriter(context)
    for section in plan.sections:
        yield Part(PartKind.SECTION, tuple(writer.section(section)))


def _paragraph(role: Role, record: model.Paragraph | Action, context: CitationContext) -> Paragraph:
    return _text(role, record.text, (record.id, "text"), context.numbers.get(record.id, ""), context)


def _text(role: Role, text: str, field: tuple[str, str], number: str, context: CitationContext) -> Paragraph:
    """Print the text of a field, which is named by its record and its own name."""
    runs = context.marked(text)
    source = "" if words_of(runs) == text else text
    return Paragraph(role, runs, *field, number, source)


def names(plan: Plan, words: Labels) -> dict[str, Mapping[Any, str]]:
    """Return how values are named in the line under an action, by field; what has no name stands as it is."""
    return {
        "addressees": {each.id: each.title for each in plan.actors},
        "level": words.levels,
        "status": words.statuses,
    }


class _ActionWriter:
    """Writes sections; knows once for all what each action needs of the plan."""

    def __init__(self, context: CitationContext) -> None:
        self.context = context
        self.words = context.words
        self.names = names(context.plan, context.words)
        self.known: dict[tuple[str, tuple[str, ...]], tuple[Item, ...]] = {}
        self.cited: set[str] = set()
        """The instruments that the text has cited so far, by id."""

    def section(self, section: model.Section) -> Iterator[Block]:
        """Return the heading, the chapeau and the printed actions of a section."""
        number = self.context.numbers[section.id]
        yield Heading(1, (Text(section.title),), number, section.id, section.id, "title")
        for paragraph in section.chapeau:
            yield _paragraph(Role.NUMBERED, paragraph, self.context)
        for action in section.actions:
            if action.status.printed:
                yield from self.action(action)

    def action(self, action: Action) -> Iterator[Block]:
        """Return an action's paragraph, its points, and the lines under it."""
        yield _paragraph(Role.ACTION, action, self.context)
        for point in action.walk_points():
            role = Role.SUBPOINT if point.above else Role.POINT
            number = self.context.numbers[f"{action.id}.{point.record.id}"]
            yield _text(role, point.record.text, (action.id, point.field), number, self.context)
        for field, (runs, items) in self.lines(action, *self.notes(action)).items():
            if runs:
                yield Paragraph(Role.DETAIL, runs, action.id, field, items=items)

    def notes(self, action: Action) -> Iterator[Note]:
        """Return the note on the instruments that the text cites here for the first time, where it does.

        Whether there is one depends on the citations alone: what a registry says is no part of the text.
        """
        first = [each.instrument for each in action.provisions if each.instrument not in self.cited]
        if first:
            self.cited.update(first)
            yield first_cited(dict.fromkeys(first), self.context.noting or self.context)

    def lines(self, action: Action, *notes: Note) -> dict[str, tuple[tuple[Run, ...], tuple[Item, ...]]]:
        """Return the lines under an action by their fields, each with what it says one by one.

        The `notes` stand behind the label of its provisions, the first word there: LibreOffice parts a
        paragraph, even one that is to stay whole, before a line whose note has no room.
        """
        settings = tuple(self.settings(action))
        said = (
            _labelled(self.words.label(name), Text(", ".join(each), field=name)) for name, each in settings
        )
        items = tuple(item for each in settings for item in self.items(*each))
        return {
            "settings": (joined(said, BETWEEN), items),
            "links": (joined(self.links(action, notes), BETWEEN), self.context.brief(action).items),
        }

    def items(self, field: str, values: tuple[str, ...]) -> tuple[Item, ...]:
        """Return the values of a field one by one, the same every time."""
        if (field, values) not in self.known:
            self.known[field, values] = tuple(Item(field, (Text(each),)) for each in values)
        return self.known[field, values]

    def settings(self, action: Action) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Return who is to act, where, by when, how far the action has come: each field and its values."""
        for field in printed_in(model.Action, Place.SETTINGS):
            value = getattr(action, field.attribute)
            if value and (field.name != "status" or self.context.shows_status):
                names = self.names.get(field.name, {})
                values = value if isinstance(value, tuple) else (value,)
                yield field.name, tuple(names.get(each, str(each)) for each in values)

    def links(self, action: Action, notes: Sequence[Note]) -> Iterator[tuple[Run, ...]]:
        """Name the provisions and recommendations of an action."""
        brief = self.context.brief(action)
        if action.provisions:
            yield _labelled(self.words.provisions, *brief.provisions, notes=notes)
        if action.recommendations:
            yield _labelled(self.words.recommendations, *brief.recommendations)


def lines_under(plan: Plan, action: Action, *notes: Note) -> dict[str, tuple[Run, ...]]:
    """Return the lines that a plan prints under an action, by their fields, with these notes."""
    lines = _ActionWriter(citation_context(plan)).lines(action, *notes)
    return {field: runs for field, (runs, _) in lines.items()}


def _labelled(label: str, *runs: Run, notes: Sequence[Note] = ()) -> tuple[Run, ...]:
    if notes:
        return (Text(label, Mark.EMPHASIS), *notes, Text(": ", Mark.EMPHASIS), *runs)
    return (Text(f"{label}: ", Mark.EMPHASIS), *runs)
