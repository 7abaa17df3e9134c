"""The report of a comparison: what changed between two versions, change by change."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Kind
from poa_toolkit.document.blocks import Column, Document, Part, PartKind, Table
from poa_toolkit.document.change_entry import HEADINGS, SAID, entry, renumbered, same_status
from poa_toolkit.document.comparison_view import ComparisonView
from poa_toolkit.document.report_blocks import body, heading, item, row, runs, strong
from poa_toolkit.document.runs import Link
from poa_toolkit.model import Significance
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.diff.change import Change, Comparison, Version
    from poa_toolkit.document.blocks import Block, Entry, Row
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment, Plan

    Groups = Mapping[tuple[str, str], Sequence[Change]]
    """Name and anchor of each group, and its changes, in the order of the report."""

_COUNTED = {Kind.STATUS: "status changed", Kind.FIELD: "field changed"}
"""Kinds whose own name is no answer to what happened."""

_WHOLE = "The plan as a whole"
_REGISTRY = {
    "sources": "Recommendations",
    "instruments": "Instruments",
    "actors": "Actors",
    "participants": "Participants",
    "obligations": "Obligations",
    "parts": "Parts of an election",
}
"""Headings after the sections, by the first step of a pointer."""
_RENUMBERED = ("Renumbered paragraphs", "renumbered")
_CAUSES = frozenset(
    (Kind.ADDED, Kind.REMOVED, Kind.SPLIT, Kind.MERGED, Kind.MOVED, Kind.WITHDRAWN, Kind.STATUS)
)


def changes(
    comparison: Comparison,
    old: Plan,
    new: Plan,
    adopted: Iterable[Amendment] = (),
    *,
    lacking: Sequence[tuple[str, str]] = (),
) -> Document:
    """Lay out the comparison of two versions as a report, with the amendments `adopted` between them.

    `lacking` is what the new version still lacks for its stage, as lines of the cover.

    A summary with counts by section and by kind, then the changes by section in the order of the new
    version, the paragraphs that only have another number in one entry, then the effects.
    """
    view = ComparisonView(comparison, old, new, adopted)
    groups = _groups(comparison.changes, view, new)
    parts = [Part(PartKind.REPORT, tuple(_summary(comparison, groups)), name="summary")]
    if comparison.left_out:
        lines = map(item, comparison.left_out)
        unread = heading("Not compared", anchor="not-compared")
        parts.append(Part(PartKind.REPORT, (unread, *lines), name="not-compared"))
    for (name, anchor), found in groups.items():
        shown = tuple(entries(found, view))
        parts.append(Part(PartKind.REPORT, (heading(name, anchor=anchor),), name="changes", entries=shown))
    if comparison.effects:
        listed = (item(each.message, record=each.record) for each in comparison.effects)
        effects = heading("Effects", anchor="effects")
        parts.append(Part(PartKind.REPORT, (effects, *listed), name="effects"))
    return Document(
        title=f"Changes from {comparison.old.label} to {comparison.new.label}",
        subtitle=new.title,
        cover=(
            ("Old version", _version(comparison.old)),
            ("New version", _version(comparison.new)),
            *lacking,
        ),
        notice=new.printed_notice(),
        parts=tuple(parts),
        version=comparison.new.label,
        lacking=". ".join(f"{label}: {value}" for label, value in lacking),
    )


def _version(version: Version) -> str:
    return f"{version.label} ({version.digest})" if version.digest else version.label


# --- Summary --------------------------------------------------------------------------------------


def _summary(comparison: Comparison, groups: Groups) -> Iterator[Block]:
    found = comparison.changes
    if not found:
        yield body("Nothing changed.")
        return
    weights = Counter(change.significance for change in found)
    counted = ", ".join(f"{weights[each]} {each.value}" for each in Significance if weights[each])
    yield body(f"{many(len(found), 'change')}: {counted}.")
    yield _by_section(groups, weights)
    yield _by_kind(found, weights)
    count = sum(change.kind is Kind.RENUMBERED for change in found)
    if count:
        words = f"{many(count, 'paragraph')} {'is' if count == 1 else 'are'} renumbered"
        yield body(f"{words}{_why_renumbered(found)}.")
    if comparison.effects:
        words = f"{many(len(comparison.effects), 'effect')} on links and brackets"
        yield body(Link(words, "#effects"), ": see Effects.")


def _by_section(groups: Groups, weights: Counter[Significance]) -> Table:
    shown = [each for each in Significance if weights[each]]
    rows = []
    for (name, anchor), found in groups.items():
        counts = Counter(change.significance for change in found)
        rows.append(row(Link(name, f"#{anchor}"), *(_number(counts[each]) for each in shown)))
    if len(rows) > 1:
        rows.append(row(strong("All"), *(strong(str(weights[each])) for each in shown)))
    return _counts("Section", shown, rows)


def _by_kind(found: Sequence[Change], weights: Counter[Significance]) -> Table:
    shown = [each for each in Significance if weights[each]]
    counts = Counter((change.kind, change.significance) for change in found)
    kinds = [kind for kind in Kind if any((kind, weight) in counts for weight in shown)]
    rows = [
        row(
            _COUNTED.get(kind, kind.value.replace("-", " ")),
            *(_number(counts[kind, each]) for each in shown),
        )
        for kind in kinds
    ]
    return _counts("Kind", shown, rows)


def _number(count: int) -> tuple[Run, ...]:
    return runs(str(count)) if count else ()


def _counts(title: str, shown: Sequence[Significance], rows: Sequence[Row]) -> Table:
    return Table((Column(title, 2), *(Column(each.value.capitalize()) for each in shown)), tuple(rows))


def _why_renumbered(found: Sequence[Change]) -> str:
    said = {**SAID, Kind.STATUS: "deferred or brought back"}
    causes = Counter(change.kind for change in found if _changes_numbers(change))
    listed = [
        f"{many(causes[kind], 'paragraph')} {'was' if causes[kind] == 1 else 'were'} {said[kind]}"
        for kind in Kind
        if causes[kind]
    ]
    if not listed:
        return ""
    *first, last = listed
    return f" because {', '.join(first)} and {last}" if first else f" because {last}"


def _changes_numbers(change: Change) -> bool:
    if change.kind is Kind.STATUS and change.significance is not Significance.SUBSTANTIVE:
        return False
    return change.kind in _CAUSES and change.record_kind in ("action", "paragraph") and bool(change.number)


# --- Changes --------------------------------------------------------------------------------------


def _groups(found: Sequence[Change], view: ComparisonView, new: Plan) -> Groups:
    """Part the changes by where they stand: parts of the plan in its order, registries, numbers last."""
    grouped: dict[tuple[str, str], list[Change]] = {}
    for change in found:
        grouped.setdefault(_group(change, view), []).append(change)
    order = ["plan", *HEADINGS, *(f"section-{section.id}" for section in new.sections)]
    places = {name: place for place, name in enumerate(order)}
    late = {name: len(order) + 1 + place for place, name in enumerate((*_REGISTRY, _RENUMBERED[1]))}
    names = sorted(grouped, key=lambda each: places.get(each[1], late.get(each[1], len(order))))
    return {name: grouped[name] for name in names}


def _group(change: Change, view: ComparisonView) -> tuple[str, str]:
    """Return the heading under which a change stands, and its anchor."""
    if change.kind is Kind.RENUMBERED:
        return _RENUMBERED
    if change.section:
        return view.heading(change.section), f"section-{change.section}"
    root = str(((change.new_at if change.new_at is not None else change.old_at) or ("plan",))[0])
    name = {**HEADINGS, **_REGISTRY}.get(root)
    return (name, root) if name else (_WHOLE, "plan")


def entries(found: Sequence[Change], view: ComparisonView) -> Iterator[Entry]:
    """Return changes as entries of a report.

    What only says the same of several statuses is said once, last.
    """
    statuses: dict[tuple[object, ...], list[Change]] = {}
    numbers: list[Change] = []
    for change in found:
        if change.kind is Kind.RENUMBERED:
            numbers.append(change)
        elif change.kind is Kind.STATUS and change.significance is Significance.PROCESS:
            statuses.setdefault((change.old, change.new), []).append(change)
        else:
            yield entry(change, view)
    for same in statuses.values():
        yield same_status(same, view)
    if numbers:
        yield renumbered(numbers, view)
