"""What a paragraph of a file says, to compare it with the lines that a version printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.process.revisions import clean
from poa_toolkit.process.signature import PLAN
from poa_toolkit.process.signature import key as key_of

if TYPE_CHECKING:
    from poa_toolkit.process.returned import Paragraph, Thing


def line(paragraph: Paragraph, *, with_details: bool = False) -> str:
    """Give what a paragraph said when it was printed, to compare lines by.

    What Word computes is left out, and unless asked for details that are compared by themselves.
    """
    said = [
        each.text
        for each in paragraph.pieces
        if each.inserted is None and not each.computed and (with_details or not is_detail(each.control))
    ]
    return clean("".join(said))


def thing_line(thing: Thing) -> str:
    """Name a thing, with the words that stand on it or say what it shows."""
    words = clean(thing.words)
    return f"{thing.kind}: “{words}”" if words else thing.kind


THING = "thing"
"""The kind of a printed line that is what is said of a picture, or its like."""


def is_detail(control: str) -> bool:
    """Say whether a control of ours holds a detail: one of several in a line, or a text of the cover."""
    if not control:
        return False
    record, field = key_of(control)
    is_own = field in ("text", "title") or field.startswith("points.")
    return bool(field) and (record == PLAN or not is_own)
