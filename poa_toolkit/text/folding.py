"""A text as it is read, whatever keys typed it: no case, no accents, one kind of space, quote and hyphen."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from poa_toolkit.text.characters import INVISIBLE

_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2013\u2014\u2015", "\u2013"),
    "\u2116": "no",
    "\u00ba": "\u00b0",
}

_TABLE = str.maketrans(_ALIKE)


class Folded(NamedTuple):
    """A folded text, and where each of its characters comes from."""

    text: str
    origins: tuple[int, ...]
    """For each character of `text`, and for its end, the place in `original`."""
    original: str

    def written(self, start: int, end: int) -> str:
        """Return the words of the original that stand between two places of `text`."""
        return self.original[self.origins[start] : self.origins[end - 1] + 1] if start < end else ""

    def is_capital(self, place: int) -> bool:
        """Return whether the character at a place of `text` is a capital in the original."""
        return place < len(self.text) and self.original[self.origins[place]].isupper()


def fold(text: str) -> Folded:
    """Fold a text: small letters, no accents, single spaces, straight quotes, one hyphen, one dash.

    Characters that nobody sees are left out; no number, letter or sign becomes another.
    """
    letters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        for each in _folded_character(character):
            if each != " " or (letters and letters[-1] != " "):
                letters.append(each)
                origins.append(place)
    return Folded("".join(letters), (*origins, len(text)), text)


def plain(text: str) -> str:
    """Fold a text alone, but for its spaces: as `fold` does, and many times faster."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", INVISIBLE.sub("", text).translate(_TABLE))
    return "".join(each for each in apart if each.isascii() or not unicodedata.combining(each)).lower()


def _folded_character(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() or character < " " else character.lower()
    if character.isspace():
        return " "
    if character in _ALIKE:
        return _ALIKE[character]
    if INVISIBLE.match(character):
        return ""
    plain = unicodedata.normalize("NFD", character)
    return "".join(each for each in plain if not unicodedata.combining(each)).lower()
