r"""A text as words: what a person would point at as one thing, never a part of it.

Whole are ``30%``, ``1,000.5``, ``2014-2017``, ``A/HRC/26/16``, ``25(b)``, ``9(1)(a)``, ``Dec. 4-5``,
hyphenated words, words with apostrophes and ``U.N.``. Runs of white space are tokens. All else is single:
punctuation, the marks of brackets (an escaped one with its backslash), a cross-reference, and the letters
of scripts that put no space between words, each with the marks that stand on it.
"""

from __future__ import annotations

import re

from poa_toolkit.text import cross_references

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""What stands on the letter before it."""

_INDIC = "\u0900-\u0963\u0966-\u0dff"
"""Scripts whose vowel signs are no letters to `re`; U+0964 and U+0965 are their full stops."""

_JOINERS = "\u00ad\u200c\u200d"
"""The soft hyphen and the joiners: invisible, inside a word."""

_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana, Chinese characters: no spaces between words."""

_SINGLE_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)

_LETTER = rf"(?:[^\W{_SINGLE}]|[{_INDIC}{_JOINERS}{_MARKS}])"
_LETTERS = rf"(?:[^\W{_SINGLE}]++|[{_INDIC}{_JOINERS}{_MARKS}]++)++"
_JOINED = (
    r"(?:[-\u2010\u2011'\u2019/]|\.(?=[0-9])|(?<=[0-9])[,:\u2013](?=[0-9])|(?<=\d)[\u066b\u066c])" + _LETTERS
)
_WORD = rf"{_LETTERS}(?:{_JOINED})*+(?:\({_LETTER}{{1,4}}\))*+(?:(?<=\d)[%\u2030\u066a])?"
_DAY = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.[ \u00a0][0-9]{1,2}(?:[-\u2013][0-9]{1,2})?(?!\w)"
_MARK = rf"\\[\[\]|\\{{}}]|{cross_references.MARK}"
_NOT_SPACE = rf"{_DAY}|{_MARK}|(?:[^\W\d_]\.){{2,}}|{_WORD}|\S[{_MARKS}{_SINGLE_MARKS}]*"
_TOKEN = re.compile(rf"\s+|{_NOT_SPACE}")


def tokens(text: str) -> tuple[str, ...]:
    """Split a text into tokens; joined they give it back exactly."""
    return tuple(_TOKEN.findall(text))


def words(text: str) -> list[str]:
    """Return the tokens of a text that are no white space."""
    return [token for token in tokens(text) if not token.isspace()]


def lettered(text: str) -> list[str]:
    """Return the tokens of a text that have a letter or a figure."""
    return [token for token in tokens(text) if any(map(str.isalnum, token))]


def spaced(text: str) -> list[tuple[str, str]]:
    """Split a text into tokens that are no white space, each with the white space before it.

    The last is empty, for the white space at the end; joined they give the text back exactly.
    """
    pairs, space = [], ""
    for token in tokens(text):
        if token.isspace():
            space = token
        else:
            pairs.append((space, token))
            space = ""
    return [*pairs, (space, "")]
