"""Tables of counts that can be drawn: what the plan covers, what changed when, what became of amendments."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Kind
from poa_toolkit.document.blocks import Column, Panel, Picture, Table
from poa_toolkit.document.report_blocks import heading, part, row
from poa_toolkit.model import AmendmentState
from poa_toolkit.text.counting import listed_up_to, many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Part
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.model import Amendment, Source

_MOST_LABELS, _MOST_PANELS = 40, 6
"""Of what has more, nobody would read a picture: the table says it better."""
_NAMED = 6
"""How many labels the words beside a picture name before they only count."""


def part_of(tables: Iterable[Table | None]) -> Part | None:
    """Return the part of a report that shows such tables; None where there is none."""
    found = tuple(table for table in tables if table is not None)
    return part(heading("In pictures", anchor="Matrix.pictures"), *found, wide=True) if found else None


def every_table(
    context: CitationContext, comparisons: Sequence[Comparison], amendments: Iterable[Amendment]
) -> tuple[Table | None, ...]:
    """Return every such table of a plan: coverage, changes between its versions, amendments on record."""
    return (
        by_obligation(context),
        by_mechanism(context),
        changes_by_day(context, comparisons),
        by_state(amendments),
    )


def by_obligation(context: CitationContext) -> Table | None:
    """Count for each election obligation the printed actions that serve it, and the recommendations on it."""
    plan = context.plan
    served = {name: len(set(actions)) for name, actions in context.trace.obligations().items()}
    bearing = Counter(name for _, each in plan.walk_recommendations() for name in set(each.obligations))
    labels = [f"{each.number}. {each.title}" for each in plan.obligations]
    panels = (
        Panel("Actions that serve it", tuple(served.get(each.id, 0) for each in plan.obligations)),
        Panel("Recommendations that bear on it", tuple(bearing[each.id] for each in plan.obligations)),
    )
    gaps = [str(each.number) for each in plan.obligations if each.id not in served]
    says = (
        f"Of {many(len(labels), 'obligation')}, printed actions serve {len(labels) - len(gaps)}"
        f"{f'; none serves number {listed_up_to(_NAMED, gaps)}' if gaps else ''}."
    )
    return _table("Coverage by obligation", "Obligation", labels, panels, says)


def by_mechanism(context: CitationContext) -> Table | None:
    """Count for each mechanism its recommendations that are taken up, and those that are not."""
    counts: dict[str, Counter[str]] = {}
    for source in context.plan.sources:
        for each in source.recommendations:
            fate = _NO_REASON if each.not_taken_up is None else _REASON
            taken = _TAKEN_UP if each.id in context.trace.taken_up else fate
            counts.setdefault(each.mechanism or _title(source), Counter())[taken] += 1
    panels = [
        Panel(title, tuple(each[title] for each in counts.values()))
        for title in (_TAKEN_UP, _REASON, _NO_REASON)
    ]
    told = "; ".join(f"{sum(each.counts)} {each.title[:1].lower()}{each.title[1:]}" for each in panels)
    recommendations = many(len(context.trace.recommendations), "recommendation")
    says = f"{recommendations} of {len(counts)} mechanisms and consultations: {told}."
    return _table("Coverage by mechanism", "Mechanism or consultation", [*counts], panels, says)


_TAKEN_UP, _REASON, _NO_REASON = "Taken up", "Not taken up, with a reason", "Not taken up, no reason recorded"


def _title(source: Source) -> str:
    found = source.consultation or source.mechanism
    return found.title if found else "No source named"


def changes_by_day(context: CitationContext, comparisons: Sequence[Comparison]) -> Table | None:
    """Count the changes between versions that follow each other, by the section they are in.

    Sections are those of the plan of `context`; what stands in none of them is counted below. That a
    paragraph has another number, since another came or went, is no change of its own.
    """
    labels = {each.id: f"{context.numbers[each.id]} {each.title}".strip() for each in context.plan.sections}
    counts = [
        Counter(
            each.section if each.section in labels else ""
            for each in found.changes
            if each.kind is not Kind.RENUMBERED
        )
        for found in comparisons
    ]
    if any(each[""] for each in counts):
        labels[""] = "Outside these sections"
    panels = [
        Panel(f"{found.old.label} to {found.new.label}", tuple(of_day[name] for name in labels))
        for found, of_day in zip(comparisons, counts, strict=True)
    ]
    says = "; ".join(f"{many(sum(each.counts), 'change')} from {each.title}" for each in panels)
    return _table("Changes by day and section", "Section", [*labels.values()], panels, f"{says}.")


def by_state(amendments: Iterable[Amendment]) -> Table | None:
    """Count the amendments on record by their state."""
    counts = Counter(each.state for each in amendments)
    states = [each for each in AmendmentState if counts[each]]
    total = many(sum(counts.values()), "amendment")
    told = ", ".join(f"{counts[each]} {each.value}" for each in states)
    panel = Panel("Amendments", tuple(counts[each] for each in states))
    labels = [each.value.capitalize() for each in states]
    return _table("Amendments by state", "State", labels, [panel], f"{total}: {told}.")


def _table(title: str, of: str, labels: Sequence[str], panels: Sequence[Panel], says: str) -> Table | None:
    """Return a table of counts, a column a panel, and what can be drawn of it; None where there is none."""
    if not labels or not panels:
        return None
    columns = (Column(of, 6), *(Column(each.title, 2) for each in panels))
    rows = (row(label, *(str(each.counts[at]) for each in panels)) for at, label in enumerate(labels))
    is_readable = len(labels) <= _MOST_LABELS and len(panels) <= _MOST_PANELS
    picture = Picture(says, tuple(labels), tuple(panels)) if is_readable else None
    return Table(columns, tuple(rows), title, picture=picture)
