"""Where the marks of comments stand in a body, so that LibreOffice keeps the words of its notes."""

from __future__ import annotations

import re

_NOTE = re.compile(rb"<w:footnoteReference [^>]*/></w:r>")
_REVISION = re.compile(rb"<(?P<ends>/?)w:(?:ins|del)(?:>| [^>]*(?<!/)>)")
_MARK = re.compile(rb"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:commentReference [^>]*/></w:r>")


def moved(body: bytearray) -> None:
    """Move the marks of comments that stand between the first two notes of a body behind the second.

    LibreOffice 7.4 empties every note of a file with a mark between these two. What a comment is on stays:
    its range says that, and the mark may stand elsewhere.
    """
    notes = _NOTE.finditer(body)
    first, second = next(notes, None), next(notes, None)
    if first is None or second is None:
        return
    start, end = first.end(), _behind_revisions(body, second.end())
    between = bytes(body[start:end])
    marks = _MARK.findall(between)
    if marks:
        body[start:end] = _MARK.sub(b"", between) + b"".join(marks)


def _behind_revisions(body: bytearray, at: int) -> int:
    """Return the end of what came or went round a place; the mark of a comment is never part of that."""
    for found in _REVISION.finditer(body, at):
        if not found["ends"]:
            break
        at = found.end()
    return at
