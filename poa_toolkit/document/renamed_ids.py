"""The old version of a text in the ids of the new one, where records have others now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Kind
from poa_toolkit.document.blocks import Heading, PartKind, Table
from poa_toolkit.document.runs import Link, Note, Reference, Text
from poa_toolkit.text.cross_references import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Block, Part, Row
    from poa_toolkit.document.runs import Run


class Ids(NamedTuple):
    """What became of ids."""

    records: Mapping[str, str]
    """The old id of a record → its id now."""
    points: Mapping[tuple[str, str], str]
    """The id an action has now, and the old field of a point → the field of that point now."""

    def record(self, name: str) -> str:
        """Return the id that a record has now."""
        return self.records.get(name, name)

    def field(self, record: str, name: str) -> str:
        """Return the field that a point has now; `record` is the id of its action now."""
        return self.points.get((record, name), name)

    def reference(self, found: Reference) -> Reference:
        """Return a cross-reference as the new version spells it; a holder as it is."""
        if found.is_holder:
            return found
        former = {now: was for was, now in self.records.items()}
        points = {
            f"{former.get(record, record)}.{was.removeprefix('points.')}": now
            for (record, was), now in self.points.items()
        }
        parsed = parse(found.source)
        return found._replace(source=parsed.renamed({**self.records, **points}).source) if parsed else found


NO_IDS = Ids({}, {})
"""Where no id differs."""


def ids(comparison: Comparison) -> Ids:
    """Return the ids that differ between two versions."""
    found = [change for change in comparison.changes if change.kind is Kind.ID_CHANGED]
    records = {
        str(each.old): each.record
        for each in found
        if each.record_kind not in ("point", "indicator", "provision")
    }
    points = {
        (each.record, f"points.{each.old}"): f"points.{each.new}"
        for each in found
        if each.record_kind == "point"
    }
    return Ids(records, points)


def in_new_terms(parts: tuple[Part, ...], known: Ids) -> tuple[Part, ...]:
    """Return the parts of the old version, all in it by the ids it has in the new one."""
    if known == NO_IDS:
        return parts
    return tuple(_part(part, known) for part in parts)


def _part(part: Part, known: Ids) -> Part:
    """Return a part; the lines under actions cite by the ids of their own version, which people agreed to."""
    links = known if part.kind is PartKind.ANNEX else NO_IDS
    return replace(part, blocks=tuple(_block(block, known, links) for block in part.blocks))


def _block(block: Block, known: Ids, links: Ids) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(_row(row, known) for row in block.rows))
    name, runs = known.record(block.record or ""), _runs(block.runs, known, links)
    if isinstance(block, Heading):
        return replace(block, record=name or None, anchor=known.record(block.anchor), runs=runs)
    return replace(block, record=name or None, field=known.field(name, block.field or "") or None, runs=runs)


def _row(row: Row, known: Ids) -> Row:
    cells = tuple(_runs(cell, known, known) for cell in row.cells)
    return replace(row, cells=cells, record=known.record(row.record or "") or None)


def _runs(runs: Iterable[Run], known: Ids, links: Ids) -> tuple[Run, ...]:
    return tuple(_run(run, known, links) for run in runs)


def _run(run: Run, known: Ids, links: Ids) -> Run:
    match run:
        case Text(reference=Reference() as found):
            return replace(run, reference=known.reference(found))
        case Link(target=target) if target.startswith("#"):
            return replace(run, target=f"#{links.record(target[1:])}")
        case Note(runs=inner):
            return replace(run, runs=_runs(inner, known, links))  # type: ignore[arg-type]  # no notes in notes
        case _:
            return run
