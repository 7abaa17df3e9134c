"""What an editor shows of a name under the pointer: the record that it leads to, in a few lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from poa_toolkit.document.citations import CitationContext, full_name, references, source_in_full
from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import Action, Citation, Indicator, Instrument, Paragraph, Recommendation, Section
from poa_toolkit.model.cross_references import of as cross_references_of
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.text import cross_references, dates
from poa_toolkit.text.brackets import shown
from poa_toolkit.write.escape import plain_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.lsp.names import Name
    from poa_toolkit.lsp.open_plan import Snapshot
    from poa_toolkit.model import Plan, Stage
    from poa_toolkit.trace import Trace

_ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f]+")


def hover(snapshot: Snapshot, name: Name) -> types.MarkupContent | None:
    """Return what there is to know of what is named; None where the plan has no such record."""
    plan, trace = snapshot.plan, snapshot.trace
    if plan is None or trace is None:
        return None
    lines = list(_Hover(snapshot, plan, trace).lines(name.of))
    return types.MarkupContent(types.MarkupKind.Markdown, "\n\n".join(lines)) if lines else None


class _Hover:
    """Says what there is to know of the records of a plan."""

    def __init__(self, snapshot: Snapshot, plan: Plan, trace: Trace) -> None:
        self.snapshot, self.plan, self.trace = snapshot, plan, trace

    def lines(self, name: str) -> Iterator[str]:
        """Return the paragraphs on what bears a name."""
        if " " in name:
            yield from self.citation(Citation(*name.split(" ", 1)))
            return
        record, _, point = name.partition(".")
        found = self.trace.ids.get(record, ())
        if found:
            value = self.plan.record_at(found[0][1])
            yield from self.point(value, point) if point else self.record(value)

    def record(self, record: Any) -> Iterator[str]:  # noqa: ANN401 - any record of a plan
        """Return the paragraphs on one record."""
        match record:
            case Action():
                yield from self.action(record)
            case Paragraph():
                yield self._head(record.id)
                yield self._words(record.text)
            case Section():
                yield f"{self._head(record.id)} · {plain_markdown(record.title)}"
            case Recommendation():
                yield from self.recommendation(record)
            case Instrument():
                yield from self.instrument(record)
            case Indicator():
                yield plain_markdown(str(record))
            case _:
                yield f"**{record.id}**" + (f" · {plain_markdown(record.title)}" if record.title else "")

    def action(self, action: Action) -> Iterator[str]:
        """Return the number of an action, its status, its words, and what it comes from and serves."""
        yield f"{self._head(action.id)} · {action.status.value}"
        yield self._words(action.text)
        if action.recommendations:
            yield "Comes from:\n" + "\n".join(map(self._cause, action.recommendations))
        if action.provisions:
            yield "Serves:\n" + "\n".join(map(self._ground, action.provisions))

    def point(self, action: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - any record of a plan
        """Return the words of a point."""
        found = action.placed_point(name) if isinstance(action, Action) else None
        if found is not None:
            yield self._head(f"{action.id}.{found.record.id}")
            yield self._words(found.record.text)

    def recommendation(self, recommendation: Recommendation) -> Iterator[str]:
        """Return the words of a recommendation, who made it, and which actions take it up."""
        yield f"**{recommendation.id}** · {recommendation.origin.value}"
        yield self._words(recommendation.text)
        source = next(each for each in self.plan.sources if recommendation in each.recommendations)
        yield plain_markdown(source_in_full(recommendation.id, self._context, {recommendation.id: source}))
        taken = self.trace.taken_up.get(recommendation.id, ())
        yield f"Taken up by {', '.join(map(self._called, taken))}" if taken else "No action takes it up"

    def instrument(self, instrument: Instrument) -> Iterator[str]:
        """Return the title of an instrument, its dates, whether it is in force, and where that was read."""
        yield f"**{plain_markdown(instrument.title)}**" + (
            f" · {plain_markdown(instrument.symbol)}" if instrument.symbol else ""
        )
        yield from self._of_instrument(instrument)

    def citation(self, citation: Citation) -> Iterator[str]:
        """Return what a provision is about, and what there is to know of its instrument."""
        instrument = next(
            (each for each in self.plan.instruments if each.id.lower() == citation.instrument), None
        )
        if instrument is None:
            return
        citation = Citation(instrument.id, citation.reference)
        listed = self.trace.listed(citation)
        if not listed:
            return
        place = references(instrument, (citation.reference,), LABELS[self.plan.style])
        yield f"**{plain_markdown(f'{full_name(instrument)}, {place}')}**"
        for each in listed:
            about = "" if each.ref == citation.reference else f" (listed as {plain_markdown(each.ref)})"
            yield f"*{plain_markdown(each.subject)}*{about}"
            yield _read("provision", verified=each.verified, source=each.source)
        yield from self._of_instrument(instrument)

    def _of_instrument(self, instrument: Instrument) -> Iterator[str]:
        yield f"Adopted {dates.when(instrument.adopted)}; {self._force(instrument)}"
        yield _read("instrument", verified=instrument.verified, source=instrument.source)

    def _head(self, name: str) -> str:
        number = self.snapshot.numbers.get(name)
        said = name.replace(".", ", point ")
        return f"**{plain_markdown(number)}** · {said}" if number else f"**{said}**"

    def _called(self, name: str) -> str:
        number = self.snapshot.numbers.get(name)
        return f"{number} ({name})" if number else name

    def _words(self, text: str) -> str:
        known = self.snapshot.references
        return plain_markdown(shown(cross_references.printed(text, known.printed) if known else text))

    def _cause(self, name: str) -> str:
        known = self.trace.recommendations.get(name)
        return f"- {name}: {self._words(known.text)}" if known else f"- {name}: not in the plan"

    def _ground(self, citation: Citation) -> str:
        subjects = ", ".join(dict.fromkeys(each.subject for each in self.trace.listed(citation)))
        about = f"*{plain_markdown(subjects)}*" if subjects else "not in the registry"
        return f"- {citation}: {about}"

    def _force(self, instrument: Instrument) -> str:
        """Say whether an instrument is in force at the stage of the plan, as far as the registry tells."""
        stage, since = self.plan.current_stage(), instrument.in_force
        if not since and not instrument.kind.is_treaty:
            return "it is no treaty"
        if not since:
            return "the registry does not say that it is in force"
        return f"in force since {since}{_at_stage(since, stage) if stage else ''}"

    @property
    def _context(self) -> CitationContext:
        words, known = LABELS[self.plan.style], cross_references_of(self.plan)
        return CitationContext(self.plan, self.trace, words, printed_numbers(self.plan), known)


def _at_stage(since: str, stage: Stage) -> str:
    if dates.latest(since) <= stage.date:
        standing = ", and so"
    else:
        standing = ", not yet" if dates.earliest(since) > stage.date else "; nobody can tell whether"
    return f"{standing} at stage {stage.id} ({stage.date})"


def _read(what: str, *, verified: bool, source: str | None) -> str:
    """Say whether what the registry says of a provision or an instrument was read, and where."""
    where = f", see {_linked(source)}" if source else ""
    return f"The {what}: {'verified' if verified else '**not verified**'}{where}"


def _linked(source: str) -> str:
    return f"<{source}>" if _ADDRESS.fullmatch(source) else plain_markdown(source)
