"""What the pages of a site say of the records that actions link to: recommendations, law, themes, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document import annexes, dates
from poa_toolkit.document.blocks import Heading
from poa_toolkit.document.citations import cited_in_full, counting, full_name, joined, source_in_full
from poa_toolkit.document.record_names import Meant
from poa_toolkit.document.report_blocks import body, code, heading, item, muted, part, quote, strong
from poa_toolkit.document.runs import Link, Text
from poa_toolkit.model import Citation
from poa_toolkit.site.anchors import anchor_of
from poa_toolkit.site.layouts import Layouts
from poa_toolkit.text.citations import ancestors
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Actor, Instrument, Obligation, Recommendation, Source
    from poa_toolkit.site.material import Material

_SAID = {
    "text": "",
    "title": "",
    "not_taken_up": "",
    "number": "",
    "unit": "",
    "anchor": "Usually rests on",
    "obligations": "Themes",
    "date": "Made",
    "document_date": "Document of",
    "verified": "Read on a published page",
}
"""What the fields of a record are called; those without a name are shown elsewhere, or nowhere."""
_IN_THE_TITLE = {
    "recommendation": ("origin", "symbol", "paragraph", "mechanism", "state", "recommending_state"),
    "consultation": ("place", "dates"),
}
"""What the page of a record is called by, by kind."""
_DAYS = ("date", "document_date", "adopted", "opened", "in_force")


def _paragraphs(names: Sequence[str]) -> str:
    return "paragraphs" if len(names) > 1 else "paragraph"


class RecordLayouts(Layouts):
    """Lays out the pages of all records of one plan."""

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        self._cited: dict[Citation, Link] = {}

    def recommendation(self, each: Recommendation) -> Document:
        """Return the page of a recommendation: what it says, who takes it up, or why nobody does."""
        taken = self.trace.taken_up.get(each.id, ())
        grounds = dict.fromkeys(cited for name in taken for cited in self.trace.actions[name].provisions)
        parts = [
            part(
                quote(*self.context.marked(each.text)),
                *self._on_record(each.id),
                *self._response(each),
            ),
            part(heading("Taken up by", anchor="_taken-up"), *self._taken_up(each, taken)),
        ]
        if grounds:
            served = (item(self._law(cited)) for cited in grounds)
            parts.append(part(heading("What these actions rest on", anchor="_rests-on"), *served))
        title = source_in_full(each.id, self.context, self.cards.sources).strip()
        return self.page(title or each.id, (*parts, *self.history(each.id)), f"Recommendation {each.id}")

    def _response(self, each: Recommendation) -> Iterator[Block]:
        """Return what the State answered to a recommendation, where that is on record."""
        if each.response:
            known = each.response.verified or not each.verified
            doubt = "" if known else f" ({self.context.words.not_verified})"
            said = self.context.words.positions[each.response.position]
            yield item(muted("Answer of the State: "), f"{said}{doubt}")

    def _taken_up(self, each: Recommendation, taken: Iterable[str]) -> Iterator[Block]:
        if not taken:
            reason = self.context.referring(each.not_taken_up) if each.not_taken_up else ()
            yield body(strong("No action takes it up. "), *(reason or (Text("No reason is recorded."),)))
        for name in taken:
            yield from self._action_in_a_line(name)
            if why := self.trace.actions[name].why:
                yield quote(muted("Why: "), *self.context.referring(why))

    def _action_in_a_line(self, name: str) -> Iterator[Block]:
        gist = self.gist(self.trace.actions[name].text)
        yield item(strong("Paragraph "), self.context.link(name), f" ({name}): {gist}")

    def _on_record(self, record: str) -> Iterator[Block]:
        """Return what a record of the registry says of itself, besides what its page is called by."""
        card = self.cards.of(Meant(record))
        for setting in card.settings:
            label = _SAID.get(setting.field, setting.label)
            if label and setting.field not in _IN_THE_TITLE.get(card.kind, ()):
                values = (self._value(setting.field, value.name) for value in setting.values)
                yield item(muted(f"{label}: "), *joined(values, "; "))

    def _value(self, field: str, value: str) -> tuple[Run, ...]:
        """Return a value as people read it: a day in words, a theme by its title, a page as a link."""
        if field in _DAYS:
            return (Text(dates.partial(value, self.context.words)),)
        if field == "obligations":
            return (Link(self.themes.get(value, value), f"#{value}"),)
        if field == "anchor":
            return (self._law(Citation.parse(value)),)
        address, gap, rest = value.partition(" ")
        return (Link(address, address), Text(gap + rest)) if "://" in address else (Text(value),)

    def _law(self, citation: Citation) -> Link:
        if citation not in self._cited:
            self._cited[citation] = Link(cited_in_full(citation, self.context), f"#{citation}")
        return self._cited[citation]

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
        if numbers:
            yield body(f"Cited in {_paragraphs(served)} ", *numbers, ".")
        elif links:
            yield body("Cited as ", *links, ".")
        else:
            yield body(*self._not_cited(instrument, citation))

    def _not_cited(self, instrument: Instrument, citation: Citation) -> Iterator[Run]:
        """Say that nothing cites a provision, and what is cited of those that hold it or are part of it."""
        wholes = ancestors(citation.reference)
        near = [
            Link(self._place(instrument, one), f"#{one}")
            for one in self.trace.served
            if one.instrument == citation.instrument
            and (one.reference in wholes or citation.reference in ancestors(one.reference))
        ]
        yield Text("No action cites it by itself; " if near else "No action cites it.")
        if near:
            yield from joined(((each,) for each in near), " and ")
            yield Text(f" {'are' if near[1:] else 'is'} cited.")

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
            said = (item(*self._recommended(one.id, one.text)) for one in urged)
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
                (muted(f" \N{MIDDLE DOT} taken up in {_paragraphs(taken)} "), *numbers)
                if numbers
                else (muted(" \N{MIDDLE DOT} no action takes it up"),)
            )
            # the page of a meeting is called by what the source of each would be
            said = (
                (*self.context.marked(one.text), Text(" "), code(one.id))
                if each.consultation
                else self._recommended(one.id, one.text)
            )
            blocks.append(item(*said, *where))
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
