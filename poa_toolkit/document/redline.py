"""Two versions of a plan as one document, with what went, what came, and remarks.

The clean documents of both are laid side by side. Without what went it is the new one, without what
came the old one; that holds by construction, whatever the comparison says.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, cast

from poa_toolkit.amend.endorsement_record import NOTHING, EndorsementRecord
from poa_toolkit.document.blocks import (
    Document,
    Heading,
    Marks,
    Paragraph,
    Part,
    PartKind,
    Role,
    Row,
    Table,
    number_before,
)
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.merged_runs import changed, merged, paired
from poa_toolkit.document.plan import both
from poa_toolkit.document.redline_remarks import Remarks
from poa_toolkit.document.renamed_ids import ids
from poa_toolkit.document.runs import Link, RevisionState, Text, words_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Block, Item
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment, Plan

Unit = tuple["Block", ...]
"""Blocks that come, go and move together: an action with its points and lines, a table with its heading."""


def redline(  # noqa: PLR0913 - one parameter a thing that is printed
    old: Plan,
    new: Plan,
    comparison: Comparison,
    *,
    amendments: Iterable[Amendment] = (),
    version: str = "",
    record: EndorsementRecord = NOTHING,
) -> Document:
    """Lay out the new version of a plan with all that changed since the old one.

    `comparison` is theirs; `amendments` are those adopted between them; `version`
    is how the new one is called, `record` who endorsed it. Cover, language and contents are the new
    version's.
    """
    known = ids(comparison)
    before, after = both(old, new, known=known, version=version, record=record)
    words = LABELS[new.style]
    sides = _Sides(Remarks(old, new, comparison, tuple(each for each in amendments if each.is_adopted)))
    parts = tuple(sides.parts(before, after.parts))
    heading = merged((Text(old.title),), (Text(new.title),))
    subheading = merged(_text(old.subtitle), _text(new.subtitle))
    is_shown = changed(heading) or changed(subheading) or _has_changes(parts)
    revision = sides.remarks.of_the_rest(shown=is_shown)
    return replace(
        after,
        cover=(*after.cover, (words.since, comparison.old.label)),
        parts=parts,
        heading=heading,
        subheading=subheading,
        revision=revision,
        clean=after,
    )


def _text(words: str | None) -> tuple[Run, ...]:
    return (Text(words),) if words else ()


def visual(document: Document) -> Document:
    """Return a redline in bold and struck words.

    What went has its old number as text, for it takes none of the new version's.
    """
    parts = (
        replace(part, blocks=tuple(_with_old_number(block) for block in part.blocks))
        for part in document.parts
    )
    return replace(document, parts=tuple(parts), marks=Marks.STRUCK)


def _with_old_number(block: Block) -> Block:
    if isinstance(block, Table) or not block.number or block.revision is None:
        return block
    if isinstance(block, Heading) and block.record is None:
        return block  # that of an annex stands there as text in any case
    if block.revision.standing is not RevisionState.REMOVED:
        return block
    return replace(block, runs=(Text(f"{block.number}\t"), *block.runs))


def _has_changes(parts: Iterable[Part]) -> bool:
    return any(
        block.revision is not None
        or (isinstance(block, Table) and any(row.revision is not None for row in block.rows))
        for part in parts
        for block in part.blocks
    )


class _Sides:
    """Lays the parts of two documents side by side."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks

    def parts(self, old: Sequence[Part], new: Sequence[Part]) -> Iterator[Part]:
        """Return every part of either document, those of one kind together."""
        for kind in PartKind:
            before, after = ([part for part in parts if part.kind is kind] for parts in (old, new))
            for was, now in paired(before, after, key=_name_of_part):
                yield self.part(was, now)

    def part(self, was: Part | None, now: Part | None) -> Part:
        """Return a part of both documents, or of one of them."""
        part = cast("Part", now or was)
        units = _units_of_annex if part.kind is PartKind.ANNEX else _units
        before, after = (tuple(units(side)) if side else () for side in (was, now))
        blocks: list[Block] = []
        for mine, theirs in paired(before, after, key=lambda unit: unit[0]):
            blocks += self.unit(mine[1] if mine else (), theirs[1] if theirs else ())
        return replace(part, blocks=tuple(blocks))

    def unit(self, was: Unit, now: Unit) -> Iterator[Block]:
        """Return the blocks of a unit of both versions, or of one of them."""
        for mine, theirs in paired(was, now, key=_name_of_block):
            if mine is None or theirs is None:
                yield self.block(cast("Block", theirs or mine), _standing(theirs))
            elif isinstance(mine, Table) and isinstance(theirs, Table):
                yield self.table(mine, theirs)
            elif mine == theirs and not self.remarks.has(theirs):
                yield theirs
            else:
                yield self.line(cast("Heading", mine), cast("Heading", theirs))

    def line(self, was: Heading | Paragraph, now: Heading | Paragraph) -> Heading | Paragraph:
        """Return a heading or a paragraph that both versions have."""
        runs = merged(was.runs, now.runs)
        is_changed = changed(runs)
        if isinstance(was, Heading) and isinstance(now, Heading) and _is_renumbered(was, now):
            now = replace(now, renumbered=merged(number_before(was), number_before(now)))
            is_changed = True
        if not is_changed and not self.remarks.has(now):
            return now
        runs = self.remarks.with_authors(runs, now)
        revision = self.remarks.of_block(now, RevisionState.KEPT)
        marked = replace(now, runs=runs, revision=revision) if is_changed or revision.remarks else now
        if isinstance(was, Paragraph) and isinstance(marked, Paragraph) and was.items != marked.items:
            return replace(marked, items=tuple(_items(was.items, marked.items)))
        return marked

    def block(self, block: Block, standing: RevisionState) -> Block:
        """Return a block that one version alone has."""
        revision = self.remarks.of_block(block, standing)
        match block:
            case Table(rows=rows):
                return replace(
                    block, rows=tuple(self.alone(row, standing) for row in rows), revision=revision
                )
            case Heading() if standing is RevisionState.REMOVED:
                return replace(block, anchor="", revision=revision)
            case _:
                return replace(block, revision=revision)

    def alone(self, row: Row, standing: RevisionState) -> Row:
        """Return a row that one version alone has."""
        return replace(row, revision=self.remarks.of_block(row, standing))

    def table(self, was: Table, now: Table) -> Table:
        """Return a table that both versions have."""
        rows = [self.row(mine, theirs) for mine, theirs in paired(was.rows, now.rows, key=_name_of_row)]
        return replace(now, rows=tuple(rows))

    def row(self, was: Row | None, now: Row | None) -> Row:
        """Return a row of both versions, or of one of them."""
        if was is None or now is None:
            return self.alone(cast("Row", now or was), _standing(now))
        moved = self.remarks.moved
        if was == now and not moved and not self.remarks.has(now):
            return now
        cells = tuple(merged(*both, moved) for both in zip(was.cells, now.cells, strict=True))
        is_changed = any(changed(cell) for cell in cells)
        if not is_changed and not self.remarks.has(now):
            return now
        revision = self.remarks.of_block(now, RevisionState.KEPT)
        return replace(now, cells=cells, revision=revision) if is_changed or revision.remarks else now


def _is_renumbered(was: Heading, now: Heading) -> bool:
    """Return whether a heading of an annex has another number, which is printed as it stands.

    That of a section is counted by whoever lays out the pages.
    """
    return now.record is None and was.number != now.number


def _items(was: Sequence[Item], now: Sequence[Item]) -> Iterator[Item]:
    """Return what a line says in both versions one by one, each as one that stayed, came or went."""
    for mine, theirs in paired(was, now, key=lambda each: (each.field, words_of(each.runs))):
        standing = RevisionState.KEPT if mine and theirs else _standing(theirs)
        yield cast("Item", theirs or mine)._replace(standing=standing)


def _standing(now: object) -> RevisionState:
    return RevisionState.REMOVED if now is None else RevisionState.ADDED


def _name_of_part(part: Part) -> Hashable:
    """Name a part: a section by its id, an annex by its own name."""
    first = part.blocks[0]
    return part.name or (first.record if isinstance(first, Heading) else None)


def _units(part: Part) -> Iterator[tuple[Hashable, Unit]]:
    """Part the text by record: a heading, a paragraph, an action with its points and lines."""
    for name, blocks in groupby(part.blocks, key=lambda block: cast("Paragraph", block).record):
        yield (name,), tuple(blocks)


def _units_of_annex(part: Part) -> Iterator[tuple[Hashable, Unit]]:
    """Part an annex: its title, what leads in, each table with its heading, what closes it."""
    leads, name = 0, "lead"
    waiting: list[Block] = []
    for block in part.blocks:
        match block:
            case Heading(level=1):
                yield ("title",), (block,)
            case Heading():
                waiting = [block]
            case Table():
                yield ("table", *map(_name_of_block, waiting)), (*waiting, block)
                waiting, name = [], "note"
            case Paragraph(role=Role.ITEM, runs=(Link(target=target),)):
                yield ("item", target), (block,)
            case Paragraph():
                leads += 1
                yield (name, leads), (block,)


def _name_of_block(block: Block) -> Hashable:
    match block:
        case Paragraph(role=role, field=field):
            return role, field
        case Heading(level=level, record=record, runs=runs):
            return level, record or (words_of(runs) if level > 1 else "")
        case Table():
            return Table


def _name_of_row(row: Row) -> Hashable:
    return row.record or words_of(row.cells[0])
