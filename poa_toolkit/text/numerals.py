"""Numbers as roman numerals and as letters."""

from __future__ import annotations

import re
from functools import cache

_SIGNS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_VALUES = {sign: value for value, sign in _SIGNS}


def roman(number: int) -> str:
    """Write a number from 1 as a roman numeral: 4 → ``IV``."""
    numeral = ""
    for value, sign in _SIGNS:
        times, number = divmod(number, value)
        numeral += sign * times
    return numeral


def from_roman(numeral: str) -> int:
    """Read a roman numeral below 4000, in capital or small letters: ``iv`` → 4; 0 where it is none."""
    if not _ROMAN.fullmatch(numeral):
        return 0
    values = [_VALUES[each] for each in numeral.upper()]
    following = [*values[1:], 0]
    return sum(-one if one < other else one for one, other in zip(values, following, strict=True))


@cache
def letter(number: int) -> str:
    """Write a number from 1 as Word letters its lists: 1 → ``a``, 26 → ``z``, 27 → ``aa``, 28 → ``bb``."""
    repeats, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeats + 1)


def small_roman(number: int) -> str:
    """Write a number from 1 as a small roman numeral: 4 → ``iv``."""
    return roman(number).lower()


def column_letters(number: int) -> str:
    """Write a number from 1 as spreadsheets letter their columns: 26 → ``Z``, 27 → ``AA``, 28 → ``AB``."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
