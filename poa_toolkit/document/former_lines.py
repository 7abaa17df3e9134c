"""A document as printed before decisions 0066 and 0067, to know what stood in files that come back.

There every line of recommendations and provisions had notes, which said the source or the instrument in full
the first time. The reason why nothing takes something up stood in the column of paragraphs, the doubt about a
provision in notes alone, and a plain space behind “art.” and before “·”.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.document import dates
from poa_toolkit.document.blocks import Masthead, Paragraph, Role, Table
from poa_toolkit.document.citations import (
    by_instrument,
    doubts,
    full_name,
    in_parentheses,
    place,
    references,
    states,
)
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.report_blocks import muted
from poa_toolkit.document.runs import Note, Text, words_of
from poa_toolkit.model import Citation
from poa_toolkit.model.fields import Place
from poa_toolkit.returned.signature import BETWEEN
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Document, Part, Row
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Instrument, Plan, Recommendation, Source


def former(document: Document, plan: Plan) -> Document:
    """Return the document of a plan, which has no marks of change, as it was printed before."""
    words = LABELS[plan.style]
    notes = _Notes(plan, words)
    parts = (replace(part, blocks=tuple(_blocks(part, notes, words))) for part in document.parts)
    return replace(document, parts=tuple(parts), masthead=Masthead(), in_masthead=frozenset(), is_former=True)


def _blocks(part: Part, notes: _Notes, words: Labels) -> Iterator[Block]:
    leads = {words.lead_recommendations: words.lead_recommendations.rpartition(". ")[0] + "."}
    for block in part.blocks:
        match block:
            case Table(rows=rows):
                made = (_row(each, part.name, words) for each in rows)
                yield replace(block, rows=tuple(made))
            case Paragraph(role=Role.DETAIL, record=str(name), field=Place.LINKS):
                yield replace(block, runs=_spaced(notes.noted(name, block.runs), words))
            case Paragraph(role=Role.DETAIL):
                yield replace(block, runs=_spaced(block.runs, words))
            case Paragraph(role=Role.BODY, runs=(Text(text=text),)) if text in leads:
                yield replace(block, runs=(Text(leads[text]),))
            case _:
                yield block


def _spaced(runs: Iterable[Run], words: Labels) -> tuple[Run, ...]:
    """Return runs with plain spaces where lines may not end now."""
    units = "|".join(re.escape(each) for forms in words.units.values() for each in forms)
    pattern = re.compile(rf"((?:{units})|)\N{{NO-BREAK SPACE}}(?(1)|(?=\N{{MIDDLE DOT}}))")
    return tuple(
        replace(run, text=pattern.sub(r"\1 ", run.text)) if isinstance(run, Text) else run for run in runs
    )


def _row(row: Row, annex: str, words: Labels) -> Row:
    cells = row.cells
    if annex == "recommendations" and cells[3] == (muted(words.taken_up_nowhere),):
        name, source, gist, _ = cells
        label = muted(f"{words.not_taken_up}: ")
        at = gist.index(label) if label in gist else len(gist) + 1
        cells = (name, source, gist[: at - 1], gist[at + 1 :])
    elif annex == "instruments":
        title, adopted, provisions, actions = cells
        doubt = in_parentheses((words.not_verified,))
        plain = (Text(words_of((run,)).replace(doubt, "")) for run in provisions)
        cells = (title, adopted, tuple(plain), actions)
    return replace(row, cells=tuple(_spaced(cell, words) for cell in cells))


def _recommendations_first(runs: list[Run]) -> list[Run]:
    """Return the runs of a line with what it says first and last in turn, and labels in one run."""
    between = [at for at, run in enumerate(runs) if isinstance(run, Text) and run.text == BETWEEN]
    if between:
        at = between[0]
        runs = [*runs[at + 1 :], runs[at], *runs[:at]]
    return runs


class _Notes:
    """Composes the notes of one document in their order."""

    def __init__(self, plan: Plan, words: Labels) -> None:
        self.words = words
        self.trace = trace(plan)
        self.actions = {action.id: action for _, action in plan.walk_actions()}
        self.sources = {each.id: source for source in plan.sources for each in source.recommendations}
        self.cited: set[str] = set()
        """The instruments and meetings that a note has cited in full."""

    def noted(self, name: str, runs: Sequence[Run]) -> Iterator[Run]:
        """Return a line under an action with its notes; `runs` has those of today."""
        action = self.actions[name]
        notes = {
            "recommendations": self.of_recommendations(action.recommendations),
            "provisions": self.of_provisions(action.provisions),
        }
        said = _recommendations_first([run for run in runs if not isinstance(run, Note)])
        last = {getattr(run, "field", ""): index for index, run in enumerate(said)}
        for index, run in enumerate(said):
            yield run
            field = getattr(run, "field", "")
            if field in notes and last[field] == index:
                yield Note((Text("; ".join(notes[field]) + "."),))

    def of_provisions(self, cited: Iterable[Citation]) -> Iterator[str]:
        """Return what the note on provisions says of each instrument."""
        for instrument, given in by_instrument(cited, self.trace):
            if instrument is None:
                yield given[0]
                continue
            each = (Citation(instrument.id, one) for one in given)
            verified = instrument.verified and all(map(self.trace.verified, each))
            doubt = in_parentheses(() if verified else (self.words.not_verified,))
            yield f"{self.name(instrument)}, {references(instrument, given, self.words)}{doubt}".replace(
                "\N{NO-BREAK SPACE}", " "
            )

    def name(self, instrument: Instrument) -> str:
        """Return the short name of an instrument, and with it the full one where it comes first."""
        short, named = instrument.short or instrument.title, full_name(instrument)
        if instrument.id in self.cited:
            return short
        self.cited.add(instrument.id)
        about = [] if instrument.kind.is_treaty or not instrument.symbol else [instrument.symbol]
        if short not in named:
            about.append(f"\N{LEFT DOUBLE QUOTATION MARK}{short}\N{RIGHT DOUBLE QUOTATION MARK}")
        return named + in_parentheses(about)

    def of_recommendations(self, names: Iterable[str]) -> dict[str, None]:
        """Return what the note on recommendations says, each thing once."""
        cited: dict[str, None] = {}
        before, last = frozenset(self.cited), ""
        for name in names:
            found = self.trace.recommendations.get(name)
            if found is None:
                cited[name] = None
                continue
            origin = ", ".join(self.origin(found, self.sources[name], before))
            stands = ", ".join(place(found, self.words)).replace("\N{NO-BREAK SPACE}", " ")
            remarks = (*states(found, self.words), *doubts(found, self.words))
            parts = (origin if origin != last or not stands else "", stands)
            cited[", ".join(filter(None, parts)) + in_parentheses(remarks)] = None
            last = origin
        return cited

    def origin(self, found: Recommendation, source: Source, before: frozenset[str]) -> Iterator[str]:
        """Name what a recommendation comes from; a meeting that was cited before by its title alone."""
        if source.consultation:
            meeting = source.consultation
            self.cited.add(meeting.id)
            yield meeting.title
            if meeting.id in before:
                return
            if meeting.place:
                yield meeting.place
            yield dates.days(meeting.dates, self.words)
        elif found.mechanism:
            yield found.mechanism
        elif source.mechanism:
            yield source.mechanism.title
