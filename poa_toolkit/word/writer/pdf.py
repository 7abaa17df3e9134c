"""A Word file as a PDF that can be read aloud, made by LibreOffice where it is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import PoaError
from poa_toolkit.source import programs

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 180
"""Seconds that LibreOffice may take."""
_PROGRAMS = ("soffice", "libreoffice")
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
    program = programs.find(*_PROGRAMS)
    if program is None:
        raise PoaError("a PDF is made by LibreOffice, which is not installed: install it, or leave out --pdf")
    with tempfile.TemporaryDirectory(prefix="poa-pdf-") as folder:
        source = Path(folder, "plan.docx")
        source.write_bytes(docx)
        said = _convert(program, source)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise PoaError(f"LibreOffice made no PDF{said}")
        return made.read_bytes()


def _convert(program: str, source: Path) -> str:
    """Run LibreOffice with a profile of its own; what it said, to be shown where it failed."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", _FILTER]
    try:
        process = subprocess.Popen(  # noqa: S603 - a list, no shell
            [*command, "--outdir", os.fspath(source.parent), os.fspath(source)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise PoaError(f"LibreOffice cannot be run: {error.strerror}") from None
    try:
        _, complaint = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise PoaError(f"LibreOffice took more than {SECONDS} seconds, and was stopped") from None
    finally:
        programs.end(process)
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1]}" if lines else ""


def findings(pdf: bytes) -> Iterator[str]:
    """Return what keeps a PDF from being read aloud, as far as its catalogue and its title tell."""
    found = _CATALOGUE.search(pdf)
    catalogue = found.group() if found else b""
    for wanted, wrong in _FINDINGS.items():
        if not re.search(wanted, catalogue):
            yield wrong
    if not re.search(rb"/Title[ ]?[<(]", pdf):
        yield "it has no title"
