"""Print a document in the format that was asked for; each format's module is loaded for that format alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_toolkit.document.blocks import Document

WIDTH = 100
"""Columns of what is printed as text."""


def printed(document: Document, form: str, *, colour: bool = False, width: int = WIDTH) -> str:
    """Print a document as ``markdown``, ``html``, or else text, of `width` columns."""
    if form == "html":
        from poa_toolkit.write import html  # noqa: PLC0415 - heavy: jinja2

        return html.document(document)
    if form == "markdown":
        from poa_toolkit.write import markdown  # noqa: PLC0415 - only what is printed is imported

        return markdown.document(document)
    from poa_toolkit.write import terminal  # noqa: PLC0415 - the same

    return terminal.document(document, colour=colour, width=width)
