"""A Word file as a PDF that can be read aloud, made by LibreOffice where it is there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from poa_toolkit.word.writer.libreoffice import converted

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
        # comments would lie over the words, outside the tags
        "ExportNotes": {"type": "boolean", "value": "false"},
    }
)
_CATALOGUE = re.compile(rb"<</Type/Catalog.*?>>\s*endobj", re.DOTALL)
_FINDINGS = {
    rb"/MarkInfo<</Marked true>>": "it bears no tags, so it cannot be read aloud in order",
    rb"/Lang\([A-Za-z-]+\)": "it does not say its language",
    rb"/DisplayDocTitle true": "its window would not show its title",
}
"""What the catalogue of a PDF says that can be read aloud, and what is wrong without it."""


def to_pdf(docx: bytes) -> bytes:
    """Return a Word file as a tagged PDF with its title and language, without its comments.

    It does not claim to be PDF/UA, for it is not: LibreOffice leaves links out of the tags.

    Raises PoaError, one line, where LibreOffice is not there, takes too long, or makes none.
    """
    return converted([docx], _FILTER, because="a PDF is made", otherwise="leave out --pdf")[0]


def findings(pdf: bytes) -> Iterator[str]:
    """Return what keeps a PDF from being read aloud, as far as its catalogue and its title tell."""
    found = _CATALOGUE.search(pdf)
    catalogue = found.group() if found else b""
    for wanted, wrong in _FINDINGS.items():
        if not re.search(wanted, catalogue):
            yield wrong
    if not re.search(rb"/Title[ ]?[<(]", pdf):
        yield "it has no title"
