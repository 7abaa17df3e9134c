"""What a paragraph of a file says, to compare it with the lines that a version printed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.signature import PLAN
from poa_toolkit.returned.signature import key as key_of
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Graphic, Paragraph


def line(paragraph: Paragraph, *, with_details: bool = False) -> str:
    """Return what a paragraph said when it was printed, to compare lines by.

    What Word computes is left out, and unless asked for details that are compared by themselves.
    """
    said = [
        each.text
        for each in paragraph.pieces
        if each.inserted is None and not each.computed and (with_details or not is_detail(each.control))
    ]
    return clean("".join(said))


class LineForms(NamedTuple):
    """A line of a file, in each form in which it may have been printed."""

    above: Key | None
    """The text under which it stands."""
    words: str
    """Without what Word computes, and the details that are compared by themselves."""
    whole: str = ""
    """With the details, where they were asked for."""
    shown: str = ""
    """With all that a reader sees."""
    kind: str = ""
    """Where it stands, as `Place.kind` says it."""


def said(paragraph: Paragraph, above: Key | None) -> LineForms:
    """Return a paragraph as a line under a text."""
    words = line(paragraph)
    has_details = any(each.control for each in paragraph.pieces)
    whole = line(paragraph, with_details=True) if has_details else words
    is_computed = any(each.computed for each in paragraph.pieces)
    return LineForms(
        above, words, whole, clean(paragraph.old) if is_computed else whole, paragraph.place.kind
    )


def graphic_line(graphic: Graphic) -> str:
    """Name a graphic, with the words that stand on it or say what it shows."""
    words = clean(graphic.words)
    return f"{graphic.kind}: “{words}”" if words else graphic.kind


GRAPHIC = "thing"
"""The kind of a printed line that names a picture, or its like."""


@lru_cache(maxsize=1 << 14)
def is_detail(control: str) -> bool:
    """Say whether a control of ours holds a detail: one of several in a line, or a text of the cover."""
    record, field = key_of(control)
    is_own = field in ("text", "title") or field.startswith("points.")
    return bool(field) and (record == PLAN or not is_own)
