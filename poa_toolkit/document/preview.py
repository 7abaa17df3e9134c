"""How the text would read with amendments accepted together: nothing of it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Kind
from poa_toolkit.document.amendments_report import pair
from poa_toolkit.document.blocks import Layout, Part
from poa_toolkit.document.change_entry import entry
from poa_toolkit.document.comparison_view import ComparisonView
from poa_toolkit.document.report_blocks import body, code, heading, item, part, quote, report
from poa_toolkit.document.statements import in_a_line
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.amend.collisions import Collision
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.model import Amendment, Plan


class Preview(NamedTuple):
    """What accepting amendments together would do."""

    order: tuple[str, ...]
    """The amendments that were asked for, as they would be accepted one after the other."""
    by_consideration: bool
    """Whether that is the order of the chair's sheet; otherwise the one that was given."""
    accepted: tuple[Amendment, ...]
    """Those that can be, as they lie on the table."""
    adopted: tuple[Amendment, ...]
    """The same as they would be then."""
    refused: tuple[tuple[str, str], ...]
    """Those that cannot be accepted after the ones before them, and why."""
    others: tuple[tuple[str, str], ...]
    """What would become of others that wait, as sentences."""
    collisions: tuple[Collision, ...]
    """Those among the amendments asked for."""
    old: Plan
    new: Plan
    comparison: Comparison
    findings: tuple[Diagnostic, ...]
    """What the checks would say that they do not say today."""
    is_refused: bool
    """Whether one of them would keep the whole from being written."""


def preview(found: Preview) -> Document:
    """Lay out how the text would read, against the text of today."""
    parts = [
        part(*_lead(found)),
        _part("Cannot be accepted", (item(code(name), f": {why}") for name, why in found.refused)),
        _part("What collides", map(pair, found.collisions)),
        _part("What would become of others", (item(code(name), f" {said}") for name, said in found.others)),
        _part("As it would read", _text(found)),
        _part("What the checks would say", _findings(found)),
    ]
    return report(
        f"As it would read with {', '.join(each.id for each in found.accepted) or 'none of them'}",
        (each for each in parts if each.blocks),
        found.new,
        version=found.comparison.old.label,
        layout=Layout.ROOM,
    )


def _part(title: str, blocks: Iterable[Block]) -> Part:
    listed = tuple(blocks)
    return part(heading(title), *listed) if listed else part()


def _lead(found: Preview) -> Iterator[Block]:
    order = "of consideration" if found.by_consideration else "given"
    every = many(len(found.order), "amendment")
    count = every if not found.refused else f"{len(found.accepted)} of {every}"
    how = f" together, in the order {order}" if len(found.order) > 1 else ""
    said = f"{count} accepted{how}: {', '.join(found.order)}."
    if len(found.order) > 1 and (found.refused or found.collisions):
        said += " Another order can give another text."
    yield body(f"{said} Nothing was decided, and nothing written.")
    for each in found.accepted:
        spoken = in_a_line(each)
        yield item(code(each.id), f", {each.proposer}{f'; {spoken}' if spoken else ''}")


def _text(found: Preview) -> Iterator[Block]:
    view = ComparisonView(found.comparison, found.old, found.new, found.adopted)
    changes = [each for each in found.comparison.changes if each.kind is not Kind.RENUMBERED]
    if not changes:
        yield body("The text would stay as it is.")
    for each in changes:
        first, *words = entry(each, view).paragraphs()
        yield first
        yield from _clean(view.as_printed(each))
        yield from words


def _clean(change: Change) -> Iterator[Block]:
    """Return the words as they would stand, where a change leaves words that a redline interrupts."""
    if isinstance(change.new, str) and change.segments:
        yield quote(change.new, record=change.record, field=change.field)


def _findings(found: Preview) -> Iterator[Block]:
    for each in found.findings:
        yield item(code(each.code), f" {each.severity.value}: {each.message}")
    if not found.findings:
        yield body("Nothing that they do not say today.")
    if found.is_refused:
        yield body("With these errors accepting them together would be refused.")
