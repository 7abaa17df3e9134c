"""The names by which pages and the things on them are linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document.blocks import Heading, Paragraph, Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.document.blocks import Document, Part
    from poa_toolkit.model import Citation

_OF_TEXT = (Role.FRONT, Role.NUMBERED, Role.ACTION, Role.POINT, Role.SUBPOINT)
"""The paragraphs of the text: whoever cites them finds them."""


def anchor_of(citation: Citation) -> str:
    """Return the anchor of a provision on the page of its instrument: ``25(b)``, ``9_bis``."""
    return citation.reference.replace(" ", "_")


def paragraph_anchor(paragraph: Paragraph) -> str:
    """Return the anchor of a paragraph of the text: ``A-012``, ``A-012.b``; empty for any other."""
    if paragraph.role not in _OF_TEXT or not paragraph.record:
        return ""
    point = (paragraph.field or "").partition("points.")[2]
    return f"{paragraph.record}.{point}" if point else paragraph.record


def anchors(document: Document) -> Iterator[str]:
    """Return every name on the page of a document that a link can lead to."""
    for part in document.parts:
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[str]:
    first = part.blocks[0] if part.blocks else None
    yield part.name if not isinstance(first, Heading) else ""
    for block in part.blocks:
        if isinstance(block, Heading):
            yield block.anchor
        elif isinstance(block, Paragraph):
            yield paragraph_anchor(block)
        elif isinstance(block, Table):
            yield from (row.record or "" for row in block.rows)
    for entry in part.entries:
        yield from entry.anchors
