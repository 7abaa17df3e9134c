"""White space and composed letters: whether two texts are the same, and a text as a plan may hold it."""

from __future__ import annotations

import re
import unicodedata

from poa_toolkit.text.characters import FORBIDDEN

_SPACES = re.compile(r"[ \t\r\n]+")


def folded(text: str) -> str:
    """Return a text with single spaces and composed letters; two texts that give the same are one text.

    A no-break space or one of another script is a character like others: a reader may see it.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", text).strip(" ")


def single_spaced(text: str) -> str:
    """Return a text on one line, each run of any white space in it one space."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return a text without its white space, which converters change."""
    return "".join(text.split())


_NOT_SINGLE = re.compile(r"\s\s+|[\t\n\r\x0b\x0c\x1c-\x1f]")
"""All white space but what stands alone: a space, or a no-break space, which is kept."""
_BREAKS = re.compile("[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return a text as a plan may hold it: composed, on one line, single spaces, no control characters."""
    text = unicodedata.normalize("NFC", text)
    # what can be printed is no white space but single spaces, and nothing that a plan may not hold
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = FORBIDDEN.sub("", _BREAKS.sub(" ", text))
    return _NOT_SINGLE.sub(" ", text).strip()


def clean_lines(text: str) -> str:
    """Return a text of several lines as a plan may hold it: each line clean, none empty."""
    return "\n".join(filter(None, map(clean, text.split("\n"))))
