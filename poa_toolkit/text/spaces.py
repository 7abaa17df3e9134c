"""What of a text is no more than how it is laid out: runs of white space, ways to compose a letter."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[ \t\r\n]+")


def folded(text: str) -> str:
    """Give a text with single spaces and composed letters; two texts that give the same are one text.

    A no-break space or one of another script is a character like others: a reader may see it.
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", text).strip(" ")
