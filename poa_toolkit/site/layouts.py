"""What each page of a site says, as documents: an action, a recommendation, an instrument, a theme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.check.plan_status import status_of
from poa_toolkit.document import annexes
from poa_toolkit.document.amendments_report import AmendmentView, detail
from poa_toolkit.document.blocks import Document, Heading, Part, PartKind
from poa_toolkit.document.changes_report import entries
from poa_toolkit.document.citations import cited_in_full, counting, full_name, joined, source_in_full
from poa_toolkit.document.record_in_full import RecordWriter
from poa_toolkit.document.record_names import Meant
from poa_toolkit.document.report_blocks import body, code, heading, item, muted, part, quote, strong
from poa_toolkit.document.runs import Link, Text
from poa_toolkit.model import Citation
from poa_toolkit.site.anchors import anchor_of
from poa_toolkit.text import brackets
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Block
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.document.record_card import Card, Setting
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Action, Actor, Instrument, Obligation, Recommendation, Source
    from poa_toolkit.site.material import Material

_NO_ORDER = (
    "Of versions of one day nothing on record says which came first: they stand in the order of their names."
)
_GIST = 160
"""How many characters of a text stand beside its number in a list."""


class Layouts:
    """Lays out the pages of the records of one plan."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.cards = material.cards
        self.trace = material.cards.trace
        self.context: CitationContext = material.cards.context
        self.writer = RecordWriter(material.table)
        self.amendments = AmendmentView(material.table)

    def page(self, title: str, parts: Iterable[Part], under: str = "") -> Document:
        """Return a page of the site."""
        return Document(title=title, subtitle=under, cover=(), notice="", parts=tuple(parts))

    def home(self) -> Document:
        """Return the first page: what the text is, its sections, and what else there is to read."""
        document = self.material.document
        sections = []
        for each in self.material.plan.sections:
            count = many(sum(action.status.printed for action in each.actions), "action")
            title = f"{self.context.bare(each.id)}. {each.title}"
            sections.append(item(Link(title, f"#{each.id}"), muted(f" ({count})")))
        parts = (
            part(
                heading("The text", anchor="_text"), item(Link("Introduction", "#_introduction")), *sections
            ),
            part(heading("Where it comes from and what it serves", anchor="_links"), *self._covered()),
            part(heading("How it came about", anchor="_process"), *self._process()),
        )
        return replace(document, parts=parts)

    def _covered(self) -> Iterator[Block]:
        plan, found = self.material.plan, status_of(self.material.plan).coverage
        unanswered, left = len(found.unanswered), len(found.explained) + len(found.unanswered)
        why = f"{unanswered} of them without a reason" if unanswered else "each with a reason"
        gaps = f"; {left} {'is' if left == 1 else 'are'} not, {why} on record" if left else ""
        served = found.obligations - len(found.unserved)
        said = {
            "Recommendations": f"{found.taken_up} of {found.recommendations} are taken up{gaps}",
            "Law": f"{many(found.provisions, 'provision')} cited; {len(plan.instruments)} instruments",
            "Themes": f"{served} of {found.obligations} election obligations are served",
            "Addressees": f"{many(len(plan.actors), 'group')} that actions may speak to",
            "Matrix": "each action with its recommendations and its provisions",
        }
        for name, words in said.items():
            yield item(Link(name, f"#_{name.lower()}"), f": {words}.")

    def _process(self) -> Iterator[Block]:
        amendments = self.material.table.amendments
        waiting = sum(each.state in WAITING for each in amendments)
        yield item(
            Link("Amendments", "#_amendments"),
            f": {len(amendments)} on record, {waiting} of them to be decided.",
        )
        told = "; ".join(each.title for each in self.material.versions)
        yield item(Link("Changes", "#_changes"), f" between any two of: {told}.")
        yield item(Link("Status", "#_status"), ": where the text stands, and what it still lacks.")
        if "progress" in self.material.reports:
            yield item(Link("Progress", "#_progress"), ": how far each action has come since the adoption.")

    # --- Actions ----------------------------------------------------------------------------------

    def action(self, action: Action) -> Document:
        """Return the page of an action: its words, what it comes from and serves, amendments, history."""
        card = self.cards.of(Meant(action.id))
        title = self.title(action) if card.number else f"{self.title(action)}, {card.aside}"
        parts = [
            part(*(self.writer.text(text) for text in card.texts), *self._settings(card.settings)),
            part(*self.writer.brackets(card)),
            part(*self._causes(card)),
            part(*self._grounds(card)),
            part(*self._followed(action.id)),
            part(*self._amendments(action.id)),
            *self.history(action.id),
        ]
        return self.page(title, filter(_is_filled, parts), self._where(card))

    def title(self, action: Action) -> str:
        """Return what an action is called: by its printed number, else by its id."""
        is_printed = action.status.printed
        return f"Paragraph {self.context.bare(action.id)}" if is_printed else f"Action {action.id}"

    def _where(self, card: Card) -> str:
        section = next((each for each in self.material.plan.sections if each.id == card.section), None)
        return (
            f"{card.record}, in section {self.context.bare(section.id)}: {section.title}" if section else ""
        )

    def _settings(self, settings: Iterable[Setting]) -> Iterator[Block]:
        """Return what is said of a record, a line each; who is named there is linked to."""
        for each in settings:
            known = ((Link(value.name, f"#{value.id}"),) for value in each.values)
            yield item(Text(f"{each.label}: "), *joined(known, ", "))

    def _causes(self, card: Card) -> Iterator[Block]:
        yield heading("Comes from", anchor="_comes-from")
        if not card.recommendations:
            yield body("No recommendation is named.")
        for cause in card.recommendations:
            words = cause.text or "No such recommendation is in the plan."
            yield item(code(cause.id), " ", Text(words), muted(f" {cause.source}." if cause.source else ""))

    def _grounds(self, card: Card) -> Iterator[Block]:
        yield heading("Rests on", anchor="_rests-on")
        if not card.provisions:
            yield body("No provision of law is named.")
        for ground in card.provisions:
            words = "; ".join(ground.words) or "the registry has no words of it"
            themes = self._themes(Citation.parse(ground.citation))
            yield item(code(ground.citation), f" {ground.source}: {words}.", *themes)

    def _themes(self, citation: Citation) -> tuple[Run, ...]:
        """Return the obligations that a provision grounds, each a link to its page."""
        titles = {each.id: each.title for each in self.material.plan.obligations}
        named = dict.fromkeys(one for each in self.trace.listed(citation) for one in each.obligations)
        links = joined(((Link(titles.get(each, each), f"#{each}"),) for each in named), "; ")
        return (muted(" Grounds: "), *links, Text(".")) if links else ()

    def _followed(self, record: str) -> Iterator[Block]:
        """Return what became of an action since the adoption, where anything is on record."""
        if found := self.material.followed.get(record):
            yield heading("Follow-up", anchor="_follow-up")
            yield from found

    def _amendments(self, record: str) -> Iterator[Block]:
        yield heading("Amendments", anchor="_amendments")
        found = [each for each in self.material.table.amendments if record in (each.record, each.after)]
        if not found:
            yield body("No amendment to it is on record.")
        for each in found:
            first, *rest = detail(each, self.amendments)
            yield Heading(2, first.runs if isinstance(first, Heading) else (), anchor=each.id)
            yield from rest

    def history(self, record: str) -> Iterator[Part]:
        """Return what each version changed in a record, the newest first."""
        versions = self.material.versions
        lead: list[Block] = [heading("History", anchor="_history")]
        if len(versions) == 1:
            lead.append(body("There is no earlier version to compare it with."))
        lead += self.order_of_versions()
        told = []
        for episode in self.material.history(record):
            head = heading(episode.version.title, anchor=f"_since-{episode.before.name}")
            since = f"since {episode.before.title}"
            said = body(muted(f"What changed {since}:" if episode.changes else f"Nothing changed {since}."))
            changed = tuple(entries(episode.changes, episode.view))
            told.append(Part(PartKind.REPORT, (head, said), name="changes", entries=changed))
        yield part(*lead)
        yield from told

    def order_of_versions(self) -> Iterator[Block]:
        """Say where nothing tells in which order versions came."""
        if not self.material.is_order_known:
            yield body(muted(_NO_ORDER))

    # --- What actions come from and serve ---------------------------------------------------------

    def recommendation(self, each: Recommendation) -> Document:
        """Return the page of a recommendation: what it says, who takes it up, or why nobody does."""
        taken = self.trace.taken_up.get(each.id, ())
        grounds = dict.fromkeys(cited for name in taken for cited in self.trace.actions[name].provisions)
        parts = [
            part(
                quote(*self.context.marked(each.text)),
                item("Source: ", source_in_full(each.id, self.context, self.cards.sources)),
                *self._on_record(each.id),
            ),
            part(heading("Taken up by", anchor="_taken-up"), *self._taken_up(each, taken)),
        ]
        if grounds:
            served = (item(self._law(cited)) for cited in grounds)
            parts.append(part(heading("Rests, through these actions, on", anchor="_rests-on"), *served))
        return self.page(f"Recommendation {each.id}", (*parts, *self.history(each.id)))

    def _taken_up(self, each: Recommendation, taken: Iterable[str]) -> Iterator[Block]:
        if not taken:
            reason = self.context.referring(each.not_taken_up) if each.not_taken_up else ()
            yield body(strong("No action takes it up. "), *(reason or (Text("No reason is recorded."),)))
        for name in taken:
            yield from self._action_in_a_line(name)
            if why := self.trace.actions[name].why:
                yield quote(muted("Why: "), *self.context.referring(why))

    def _action_in_a_line(self, name: str) -> Iterator[Block]:
        words = brackets.shown(self.context.references.shown(self.trace.actions[name].text))
        gist = words if len(words) <= _GIST else f"{words[:_GIST].rpartition(' ')[0]} \N{HORIZONTAL ELLIPSIS}"
        yield item(strong("Paragraph "), self.context.link(name), f" ({name}): {gist}")

    def _on_record(self, record: str) -> Iterator[Block]:
        """Return what a record of the registry says of itself, besides its words."""
        for setting in self.cards.of(Meant(record)).settings:
            if setting.field in ("text", "title", "not_taken_up"):
                continue
            values = (
                (Link(value.name, value.id if "://" in value.id else f"#{value.id}"),)
                for value in setting.values
            )
            yield item(muted(f"{setting.label}: "), *joined(values, ", "))

    def _law(self, citation: Citation) -> Link:
        return Link(cited_in_full(citation, self.context), f"#{citation}")

    def instrument(self, each: Instrument) -> Document:
        """Return the page of an instrument: its provisions, what each is about, and who cites it."""
        cited = [one for one in self.trace.served if one.instrument == each.id]
        listed = list(each.cites())
        parts = [part(*self._on_record(each.id))]
        blocks: list[Block] = [heading("Provisions", anchor="_provisions")]
        for citation in (*listed, *(one for one in cited if one not in listed)):
            blocks += self._provision(each, citation)
        if len(blocks) == 1:
            blocks.append(body("The registry lists no provision of it."))
        return self.page(full_name(each), (*parts, part(*blocks), *self.history(each.id)))

    def _provision(self, instrument: Instrument, citation: Citation) -> Iterator[Block]:
        yield Heading(2, (Text(self._place(instrument, citation)),), anchor=anchor_of(citation))
        subjects = "; ".join(dict.fromkeys(one.subject for one in self.trace.listed(citation)))
        doubt = "" if self.trace.verified(citation) else f" ({self.context.words.not_verified})"
        yield body(subjects or "The registry has no words of it", Text(f"{doubt}."), *self._themes(citation))
        served = self.trace.served.get(citation, ())
        numbers = joined(((self.context.link(name),) for name in served), ", ")
        others = self._cited_as(citation) if not numbers else ()
        links = joined(((Link(self._place(instrument, one), f"#{one}"),) for one in others), ", ")
        if numbers or links:
            yield body("Cited in paragraph ", *numbers, ".") if numbers else body("Cited as ", *links, ".")
        else:
            yield body("No action cites it.")

    def _place(self, instrument: Instrument, citation: Citation) -> str:
        """Return what a provision is called on the page of its instrument: ``art. 25(b)``."""
        named = citation.reference
        is_counted = named not in ("preamble", "annex")
        return counting(named, instrument.unit, self.context.words) if is_counted else named

    def _cited_as(self, citation: Citation) -> Iterator[Citation]:
        """Return what is cited in place of a provision: the whole of which it is a part, or parts of it."""
        for one in self.trace.served:
            is_of_it = one.instrument == citation.instrument
            if is_of_it and any(each.ref == citation.reference for each in self.trace.listed(one)):
                yield one

    def theme(self, each: Obligation, served: Iterable[str]) -> Document:
        """Return the page of an obligation: the law that grounds it, and which actions serve it."""
        plan = self.material.plan
        law = [
            citation
            for instrument in plan.instruments
            for provision, citation in zip(instrument.provisions, instrument.cites(), strict=True)
            if each.id in provision.obligations
        ]
        urged = [one for _, one in plan.walk_recommendations() if each.id in one.obligations]
        parts = [
            part(*self._on_record(each.id)),
            part(
                heading("Served by", anchor="_served"),
                *self._by_section(
                    served, "No action serves it: no action cites a provision that grounds it."
                ),
            ),
            part(
                heading("Provisions that ground it", anchor="_grounds"),
                *(item(self._law(one)) for one in law),
            ),
        ]
        if urged:
            said = (item(code(one.id), " ", *self.context.marked(one.text)) for one in urged)
            parts.append(part(heading("Recommendations on it", anchor="_recommended"), *said))
        return self.page(each.title, parts, "Theme: an election obligation")

    def addressee(self, each: Actor, named: Iterable[str]) -> Document:
        """Return the page of an addressee: every action that is addressed to it."""
        found = self._by_section(named, "No action is addressed to it.")
        parts = [part(*self._on_record(each.id)), part(heading("Addressed in", anchor="_addressed"), *found)]
        return self.page(f"{each.title[:1].upper()}{each.title[1:]}", parts, "Addressee")

    def source(self, each: Source) -> Document:
        """Return the page of a consultation or a mechanism: what it recommends, and what came of that."""
        head = each.consultation or each.mechanism
        parts = [part(*self._on_record(head.id))] if head else []
        blocks: list[Block] = [heading("Recommendations", anchor="_recommendations")]
        for one in each.recommendations:
            taken = self.trace.taken_up.get(one.id, ())
            numbers = joined(((self.context.link(name),) for name in taken), ", ")
            where = (
                (muted(" Taken up in paragraph "), *numbers, Text("."))
                if numbers
                else (muted(" No action takes it up."),)
            )
            blocks.append(item(code(one.id), " ", *self.context.marked(one.text), *where))
        return self.page(annexes.source_title(each, self.context), (*parts, part(*blocks)))

    def _by_section(self, names: Iterable[str], otherwise: str) -> Iterator[Block]:
        """Return actions in a line each, under the headings of their sections."""
        wanted = set(names)
        if not wanted:
            yield body(strong("Gap. "), otherwise)
        for section in self.material.plan.sections:
            found = [action for action in section.actions if action.id in wanted]
            if found:
                title = f"{self.context.bare(section.id)}. {section.title} ({many(len(found), 'action')})"
                yield Heading(2, (Link(title, f"#{section.id}"),))
                for action in found:
                    yield from self._action_in_a_line(action.id)


def _is_filled(found: Part) -> bool:
    return bool(found.blocks or found.entries)
