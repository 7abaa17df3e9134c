"""Records in full, as one reads them from a lectern or from the back of a room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Kind
from poa_toolkit.diff.record_history import Where
from poa_toolkit.document.amendments_report import DOES, AmendmentView
from poa_toolkit.document.blocks import Heading, Layout, Paragraph, Part, Role
from poa_toolkit.document.citations import joined, marked
from poa_toolkit.document.history_report import holder
from poa_toolkit.document.report_blocks import code, heading, item, muted, part, quote, report, strong
from poa_toolkit.document.runs import Deleted, Inserted, Mark, Text, words_of
from poa_toolkit.document.statements import in_a_line
from poa_toolkit.model import cross_references
from poa_toolkit.model.texts import TextKind
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.check.plan_status import OpenBracket
    from poa_toolkit.diff.change import Change
    from poa_toolkit.diff.record_history import Step
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan
    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.document.record_card import Card
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment
    from poa_toolkit.model.texts import PlanText

_ROLES = {
    TextKind.FRONT: Role.FRONT,
    TextKind.ACTION: Role.ACTION,
    TextKind.POINT: Role.POINT,
    TextKind.SUBPOINT: Role.SUBPOINT,
}
_MANY = 12
"""How many versions of a record are told; `poa log` tells all."""
_AROUND = 60
"""How many characters of what stays are shown on each side of a proposed change."""
_ELLIPSIS = " \N{HORIZONTAL ELLIPSIS} "


class Past(NamedTuple):
    """What is known of the past of a record."""

    steps: tuple[Step, ...] = ()
    """Its versions, the oldest first."""
    unknown: str = ""
    """Why older ones are not known, or none is."""


class Shown(NamedTuple):
    """A record to show, or an annex."""

    card: Card | None
    place: str
    """Where it stands: the path inside the project and the line."""
    past: Past = Past()
    annex: Part | None = None


def records(table: AmendmentsOfPlan, shown: Sequence[Shown]) -> Document:
    """Lay out records one after the other."""
    writer = RecordWriter(table, level=1 if len(shown) == 1 else 2)
    parts = [part(*writer.blocks(each), wide=each.annex is not None) for each in shown]
    only = shown[0] if len(shown) == 1 else None
    name = title(only) if only else many(len(shown), "record")
    found = report(name, parts, table.plan, version=table.label, layout=Layout.ROOM)
    is_numbered = only and only.card and only.card.number
    return replace(found, subtitle=_under(only)) if only and is_numbered else found


def title(shown: Shown) -> str:
    """Name what is shown as people do: ``Paragraph 22``, ``Section V: Equal participation``."""
    card = shown.card
    if card is None:
        head = shown.annex.blocks[0] if shown.annex else None
        return f"{head.number} {words_of(head.runs)}" if isinstance(head, Heading) else ""
    field = f", {card.field}" if card.field and not card.field.startswith("points.") else ""
    if card.kind == "section":
        return f"Section {card.number or card.record}{field}"
    if card.number:
        return f"Paragraph {card.number}{field}"
    aside = f" ({card.aside})" if card.aside else ""
    return f"{card.kind.capitalize()}{f' {card.record}' if card.kind != 'plan' else ''}{field}{aside}"


def _under(shown: Shown) -> str:
    card = shown.card
    return f"{card.record}{f'.{card.field}' if card.field else ''}" if card else ""


class RecordWriter:
    """Lays out records of one plan."""

    def __init__(self, table: AmendmentsOfPlan, *, level: int = 1) -> None:
        self.table = table
        self.level = level
        self.view = AmendmentView(table)
        plan = table.plan
        self.holders = plan.holders()
        self.references = cross_references.of(plan)
        self.sections = {each.id: each.title for each in plan.sections}

    def blocks(self, shown: Shown) -> Iterator[Block]:
        """Return all that is shown of one record."""
        if self.level > 1:
            under = f" ({_under(shown)})" if shown.card and shown.card.number else ""
            yield heading(f"{title(shown)}{under}")
        if shown.annex is not None:
            yield from shown.annex.blocks[1:]
        card = shown.card
        if card is None:
            return
        for text in card.texts:
            yield self.text(text)
        yield from self._settings(card)
        yield from self.brackets(card)
        yield from self.links(card)
        yield from self._amendments(card)
        yield from self._past(shown.past, card)
        yield from self._place(shown, card)

    def _heading(self, words: str) -> Heading:
        return heading(words, self.level)

    def text(self, text: PlanText) -> Block:
        """Return a text with its number."""
        number = text.number.rpartition(" ")[2] if text.kind.is_point else text.number
        printed = number if text.kind.is_point or not number else f"{number}."
        if text.kind is TextKind.TITLE:
            return Paragraph(Role.NUMBERED, (strong(text.shown),), text.record, "title", printed)
        runs = marked(text.text or "", frozenset(self.holders), self.references)
        return Paragraph(_ROLES.get(text.kind, Role.NUMBERED), runs, text.record, text.field, printed)

    def _settings(self, card: Card) -> Iterator[Block]:
        if card.settings:
            yield self._heading("Who, where, when" if card.kind == "action" else "On record")
        for each in card.settings:
            said = ", ".join(value.name for value in each.values)
            yield _item(Text(f"{each.label}: ", Mark.EMPHASIS), said)

    def brackets(self, card: Card) -> Iterator[Block]:
        """Return the brackets that are open in a record, each with its holder."""
        if not card.brackets:
            return
        yield self._heading(f"Not agreed: {many(len(card.brackets), 'bracket')}")
        for each in card.brackets:
            holder = self.holders.get(each.holder, each.holder)
            by = f"held by {holder}" if holder else "no holder named"
            place = f"{each.number or each.record}: " if card.kind == "section" else ""
            where = f"{place}point {self._letter(each)}, " if each.field.startswith("points.") else place
            yield _item(f"{where}{by}: ", *marked(each.text, frozenset(self.holders), self.references))

    def _letter(self, bracket: OpenBracket) -> str:
        """Return the letter of the point that a bracket stands in; its id where no number is printed."""
        text = self.view.texts.get((bracket.record, bracket.field))
        return (text.number.partition(" ")[2] if text else "") or bracket.field.removeprefix("points.")

    def links(self, card: Card) -> Iterator[Block]:
        """Return what a record comes from and rests on, and what names it."""
        if card.recommendations:
            yield self._heading("Comes from")
        for cause in card.recommendations:
            words = f": {cause.text}" if cause.text else ": no such recommendation is in the plan"
            source = f" {cause.source}." if cause.source else ""
            yield _item(code(cause.id), words, muted(source))
        if card.provisions:
            yield self._heading("Provisions" if card.kind == "instrument" else "Rests on")
        for ground in card.provisions:
            words = f": {'; '.join(ground.words)}." if ground.words else ": the registry has no words of it."
            source = f" {ground.source}." if card.kind != "instrument" else ""
            yield _item(code(ground.citation), words, muted(source))
        if card.used_by:
            yield self._heading("Named by")
            numbers = joined(((Text(f"{each.name} ({each.id})"),) for each in card.used_by), ", ")
            yield _item("Paragraphs " if len(card.used_by) > 1 else "Paragraph ", *numbers)

    def _amendments(self, card: Card) -> Iterator[Block]:
        if card.kind not in ("action", "paragraph", "section", "plan"):
            return
        yield self._heading("Amendments")
        if not card.amendments:
            yield item("None waits for a decision.")
        for each in card.amendments:
            yield self._amendment(each)
            if runs := tuple(abridged(self.view.redline(each))):
                yield quote(*runs, record=each.record, field=each.field)
            if said := in_a_line(each):
                yield quote(muted(said))
            for name, why in self.view.partners(each):
                yield quote(muted(f"collides with {name}: {why}"))
        if card.decided:
            yield item(f"Decided already: {many(card.decided, 'amendment')}.")

    def _amendment(self, amendment: Amendment) -> Paragraph:
        state = "" if amendment.state.value == "open" else f", {amendment.state.value}"
        lost = self.table.astray.get(amendment.id)
        _, stale = self.view.now(amendment)
        said = f"{DOES[amendment.kind]}, {self.view.where(amendment)}, by {amendment.proposer}{state}"
        trouble = (
            f"; but {lost.said}" if lost else f"; it does not fit the text of today: {stale}" if stale else ""
        )
        comment = f": {amendment.comment}" if amendment.comment else ""
        return item(code(amendment.id), f" {said}{trouble}{comment}")

    def _past(self, past: Past, card: Card) -> Iterator[Block]:
        yield self._heading("History")
        earlier = len(past.steps) - _MANY
        if past.unknown:
            yield item(past.unknown)
        elif not past.steps:
            yield item("No version of it is on record.")
        if earlier > 0:
            name = f"{card.record}.{card.field}" if card.field else card.record
            yield item(f"{many(earlier, 'earlier version')}: ", code(f"poa log {name}"), " tells all")
        for step in past.steps[max(earlier, 0) :]:
            yield _item(*_told(step))

    def _place(self, shown: Shown, card: Card) -> Iterator[Block]:
        section = self.sections.get(card.section) if card.kind != "section" else None
        yield self._heading("Where it stands")
        inside = f", section {card.section}, {section}" if section else ""
        yield _item(code(shown.place), inside)


def _item(*words: Run | str) -> Paragraph:
    """Return an item without its empty texts."""
    return item(*(each for each in words if each and not (isinstance(each, Text) and not each.text)))


def abridged(runs: Iterable[Run]) -> Iterator[Run]:
    """Leave out the middle of long stretches that stay, so that a change can be read in a line or two."""
    every = list(runs)
    if all(isinstance(run, Text) for run in every):
        yield from every
        return
    for index, run in enumerate(every):
        if isinstance(run, Deleted | Inserted) or not isinstance(run, Text):
            yield run
            continue
        before = run.text[:_AROUND].rpartition(" ")[0] if index else ""
        after = run.text[-_AROUND:].partition(" ")[2] if index + 1 < len(every) else ""
        is_long = len(run.text) > 2 * _AROUND
        yield replace(run, text=f"{before}{_ELLIPSIS}{after}") if is_long else run


def _told(step: Step) -> Iterator[Run]:
    """Tell a version in a line: when, what holds it, who made it, what changed."""
    origin = step.origin
    yield strong(f"{origin.when[:10]} {holder(origin)}".strip())
    yield Text(f" by {origin.who}" if origin.who else "")
    yield Text(f": {_changed(step)}")
    if step.amendments:
        yield muted(f" ({', '.join(step.amendments)})")


def _changed(step: Step) -> str:
    if step.trouble:
        return f"it cannot be read here: {step.trouble}"
    if not step.changes:
        return "frozen as it stood" if step.origin.where is Where.BASELINE else "nothing changed"
    whole = (Kind.ADDED, Kind.REMOVED, Kind.WITHDRAWN, Kind.MOVED, Kind.SPLIT, Kind.MERGED)
    said = (
        f"{_what(each)}{each.kind.value}" if each.kind in whole else f"{each.field} changed"
        for each in step.changes
    )
    return ", ".join(dict.fromkeys(said))


def _what(change: Change) -> str:
    """Name what came, went or moved, where that is not the record itself."""
    return "" if change.record_kind != "point" else f"point {change.field.split('.')[1]} "
