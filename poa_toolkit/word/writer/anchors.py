"""What links and references of a Word file can lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document.blocks import Heading, Paragraph, PartKind, Role, Table, is_proposed
from poa_toolkit.document.runs import RevisionState
from poa_toolkit.word.rich import NumberOf
from poa_toolkit.word.runs import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.document.blocks import Block, Document, Part, Row


def anchors(document: Document) -> dict[str, Anchor]:
    """Return every anchor of a document that a link can lead to."""
    return {name: anchor for part in document.parts for name, anchor in _anchors(part)}


def _anchors(part: Part) -> Iterator[tuple[str, Anchor]]:
    for block in part.blocks:
        match block:
            case _ if is_gone(block):
                continue
            case Heading(anchor=anchor, number=number, field=field) if anchor:
                yield anchor, Anchor(number, field or "")
                if part.kind is PartKind.ANNEX and number and not block.renumbered:
                    typed = typed_number(block)
                    yield typed.anchor, Anchor(typed.text)
            case Paragraph(role=Role.ACTION | Role.NUMBERED, record=str(record), number=number):
                yield record, Anchor(number, block.field or "")
            case Paragraph(role=Role.POINT | Role.SUBPOINT, record=str(record), number=number):
                yield _anchor_of_point(block), Anchor(number, block.field or "", record)
            case Table(rows=rows) if part.name in ENTRIES:
                yield from ((row.record, Anchor()) for row in rows if row.record and not is_gone(row))


ENTRIES = ("recommendations", "instruments", "withdrawn", "participants")
"""The annexes whose rows are entries; those of the matrix are the actions once more."""


def _anchor_of_point(block: Paragraph) -> str:
    """Return the name that references to a point lead to: ``A-012.b``."""
    return f"{block.record}.{(block.field or '').removeprefix('points.')}"


def anchor_of(block: Paragraph) -> str:
    """Return the name that links to a paragraph lead to; empty where none can."""
    if is_gone(block):
        return ""
    if block.role in (Role.POINT, Role.SUBPOINT):
        return _anchor_of_point(block)
    return block.record or "" if block.role in (Role.ACTION, Role.NUMBERED) else ""


def is_gone(block: Block | Row) -> bool:
    """Return whether a redline shows it as one that went; what somebody would take out is there."""
    is_removed = block.revision is not None and block.revision.standing is RevisionState.REMOVED
    return is_removed and not is_proposed(block)


def typed_number(heading: Heading) -> NumberOf:
    """Return the number of an annex: ``I`` of ``Annex I.``."""
    return NumberOf(heading.number.rpartition(" ")[2].rstrip("."), heading.anchor)
