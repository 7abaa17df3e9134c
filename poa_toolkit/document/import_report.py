"""The report of an import: what each paragraph of the draft becomes, and what became of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document.blocks import Column, Table
from poa_toolkit.document.report_blocks import body, heading, item, muted, part, row, strong
from poa_toolkit.document.report_blocks import report as report_of
from poa_toolkit.returned.draft.blocks import shortened
from poa_toolkit.returned.draft.drafted_plan import Becomes, balanced, beside, described, of_the_plan
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.returned.draft.drafted_plan import Decision, Drafted, Imported
    from poa_toolkit.returned.ledger import Entry


def report(imported: Imported, *, explain: bool) -> Document:
    """Lay out what an import made: by paragraph where it was only to be shown, with `explain` by word."""
    blocks: list[Block] = [
        heading(imported.file),
        body(f"{described(imported)}. {balanced(imported)}."),
        *(body(f"{each}.") for each in imported.plan.tables),
    ]
    if imported.only_shown:
        blocks += [heading("Outline", 2), _outline(imported)]
    else:
        paths = ", ".join(of_the_plan(imported))
        blocks.append(body(f"Written: {paths} {beside(imported)}".rstrip() + "."))
    if explain:
        blocks += _stretches(imported)
    title = "What the import would make" if imported.only_shown else "What the import made"
    return report_of(title, (part(*blocks),))


def _outline(imported: Imported) -> Table:
    titles = (Column("Draft", 1), Column("Becomes", 2), Column("Words", 4), Column("Why", 3))
    points = {
        id(point): f"{action.id} {number}"
        for action in _actions(imported)
        for point, number in action.walk_points()
    }
    rows = tuple(
        row(each.number, named(each, points), shortened(each.words), muted(each.why))
        for each in imported.plan.decisions
    )
    return Table(titles, rows)


def _actions(imported: Imported) -> Iterator[Drafted]:
    for section in imported.plan.sections:
        yield from section.actions


def named(decision: Decision, points: Mapping[int, str]) -> str:
    """Return what a paragraph becomes: ``action A-003``, ``point A-003 (a)``.

    `points` says how each point is cited, by the identity of its record.
    """
    record = decision.record
    if record is None or not record.id or decision.becomes is Becomes.SECTION:
        return decision.becomes.value
    return f"{decision.becomes.value} {points.get(id(record), record.id)}"


def _stretches(imported: Imported) -> Iterator[Block]:
    """Return what became of every stretch of the draft."""
    yield heading("What became of every word", 2)
    for each in imported.plan.ledger.entries():
        said = "; ".join(filter(None, (each.why, where(imported, each))))
        yield item(strong(each.fate.name.lower()), f" ({said}): ", single_spaced(each.words))


def where(imported: Imported, entry: Entry) -> str:
    """Return where words of the draft stand: page, story, heading."""
    if not 0 <= entry.paragraph < len(imported.paragraphs):
        return ""
    page, heading, kind, _ = imported.paragraphs[entry.paragraph].place
    story = "" if kind == "header" else kind  # no word of Word's: why it is told says header or footer
    said = (f"page {page}" if page else "", story, f"under “{shortened(heading)}”" if heading else "")
    return ", ".join(filter(None, said))
