"""How a text is set: its quotation marks, spaces and dashes, and the stretch of it to show a person."""

from __future__ import annotations

import re
import string

from poa_toolkit.text.characters import unpaired

NO_BREAK = "\u00a0"
"""The space at which no line is broken."""

_AROUND = 18
_STRAIGHT = re.compile(r"""["']""")
_CURLY = re.compile("[\u2018\u2019\u201c\u201d]")
_PARENTHESES = re.compile("[()]")
_NO_LETTERS = dict.fromkeys(map(ord, string.punctuation + "\u2018\u2019\u201c\u201d\u2013\u2014\u2026"))


def around(text: str, start: int, end: int) -> str:
    """Return the words around `text[start:end]`, to be quoted in a message; … shows where they are cut."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        first = min(start, text.find(" ", first, start) + 1 or first)
    if last < len(text):
        last = max(end, text.rfind(" ", end, last)) if " " in text[end:last] else last
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def straight(text: str) -> re.Match[str] | None:
    """Find the first straight quotation mark or apostrophe."""
    return _STRAIGHT.search(text)


def curly(text: str) -> re.Match[str] | None:
    """Find the first curly quotation mark or apostrophe."""
    return _CURLY.search(text)


def letters(text: str) -> str:
    """Return what of a text is left when spaces, punctuation and capitals do not count."""
    return "".join(text.translate(_NO_LETTERS).casefold().split())


def unpaired_parenthesis(text: str) -> int | None:
    """Return the place of the first parenthesis that has no partner; None where all pair."""
    return unpaired(text, _PARENTHESES, ")")
