"""What the pages of a site say, as documents: the first one, and that of each action."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.check.plan_status import status_of
from poa_toolkit.document.amendments_report import AmendmentView, collisions_of, detail, in_full, report
from poa_toolkit.document.blocks import Document, Heading, Part, PartKind
from poa_toolkit.document.changes_report import entries
from poa_toolkit.document.citations import joined, source_in_full
from poa_toolkit.document.record_in_full import RecordWriter
from poa_toolkit.document.record_names import Meant
from poa_toolkit.document.report_blocks import body, code, heading, item, muted, part
from poa_toolkit.document.runs import Link, Text
from poa_toolkit.model import Citation
from poa_toolkit.text import brackets
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Block
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.document.record_card import Card, Setting
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Action, Amendment
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
        self.themes = {each.id: each.title for each in material.plan.obligations}

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
            "Addressees": f"those to whom actions are addressed, {len(plan.actors)} in all",
            "Matrix": "which action takes up which recommendation, and which provisions it rests on",
        }
        for name, words in said.items():
            yield item(Link(name, f"#_{name.lower()}"), f": {words}.")

    def _process(self) -> Iterator[Block]:
        amendments = self.material.table.amendments
        waiting = sum(each.state in WAITING for each in amendments)
        count = (
            f"{len(amendments)} on record, {waiting} of them to be decided"
            if amendments
            else "none on record"
        )
        yield item(Link("Amendments", "#_amendments"), f": {count}.")
        told = "; ".join(each.title for each in self.material.versions)
        yield item(Link("Changes", "#_changes"), f" between any two of: {told}.")
        yield item(Link("Status", "#_status"), ": where the text stands, and what it still lacks.")
        if self.material.progress:
            yield item(Link("Progress", "#_progress"), ": how far each action has come since the adoption.")

    def action(self, action: Action) -> Document:
        """Return the page of an action: its words, what it comes from and serves, amendments, history."""
        card = self.cards.of(Meant(action.id))
        parts = [
            part(*(self.writer.text(text) for text in card.texts), *self._settings(card.settings)),
            part(*self.writer.brackets(card)),
            part(*self._causes(card)),
            part(*self._grounds(card)),
            part(*self._followed(action.id)),
            part(*self._amendments(action.id)),
            *self.history(action.id),
        ]
        return self.page(self.called(action), filter(_is_filled, parts), self._where(card))

    def called(self, action: Action) -> str:
        """Name an action by its number, or by its id where the text does not contain it."""
        if action.status.printed:
            return f"Paragraph {self.context.bare(action.id)}"
        return f"Action {action.id}, {action.status}"

    def gist(self, text: str) -> str:
        """Return as much of a text as stands in a line of a list."""
        words = brackets.shown(self.context.references.shown(text))
        return words if len(words) <= _GIST else f"{words[:_GIST].rpartition(' ')[0]} \N{HORIZONTAL ELLIPSIS}"

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
            if cause.text:
                yield item(*self._recommended(cause.id, cause.text))
            else:
                yield item(code(cause.id), " No such recommendation is in the plan.")

    def _recommended(self, name: str, text: str) -> Iterator[Run]:
        """Return the gist of a recommendation, who made it, which leads to its page, and its id."""
        source = source_in_full(name, self.context, self.cards.sources).strip()
        yield from self.context.marked(text)
        if source:
            yield from (Text(" "), Link(source, f"#{name}"), muted(f" \N{MIDDLE DOT} {name}"))
        else:
            yield from (Text(" "), code(name))

    def _grounds(self, card: Card) -> Iterator[Block]:
        yield heading("Rests on", anchor="_rests-on")
        if not card.provisions:
            yield body("No provision of law is named.")
        for ground in card.provisions:
            words = "; ".join(ground.words) or "the registry has no words of it"
            themes = self._themes(Citation.parse(ground.citation))
            yield item(Link(ground.source, f"#{ground.citation}"), f": {words}.", *themes)

    def _themes(self, citation: Citation) -> tuple[Run, ...]:
        """Return the obligations that a provision grounds, each a link to its page."""
        named = dict.fromkeys(one for each in self.trace.listed(citation) for one in each.obligations)
        links = joined(((Link(self.themes.get(each, each), f"#{each}"),) for each in named), "; ")
        return (muted(" Themes: "), *links, Text(".")) if links else ()

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
            yield from collisions_of(each, self.amendments)

    def amendment(self, each: Amendment) -> Document:
        """Return the page of an amendment: what collides with it stands beside it."""
        found = part(*in_full(each, self.amendments))
        return report(self.material.table, f"Amendment {each.id}", (found,))

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


def _is_filled(found: Part) -> bool:
    return bool(found.blocks or found.entries)
