"""Two spellings of one word: British and American, hyphenated and not, and slips of the pen.

Made to err on one side: what might be another word is another word. `agreed` and `agree`, `now` and
`not`, `complaint` and `compliant` are not one word; nor is anything that has a figure in it.
"""

from __future__ import annotations

import re

from poa_toolkit.text.language_files import read_spellings

_IZE = re.compile(r"([a-z]{3,})is(e|es|ed|er|ers|ing|ation|ations|ational)")
"""-ise for -ize: ``organise``. Of the words that are always written so, both sides become the same."""
_LYSE = re.compile(r"(ana|cata|para|dia)ly[sz](e|es|ed|ing)")
_OUR = re.compile(
    r"(arb|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|"
    r"rig|rum|sav|splend|tum|val|vap|vig)our(\w*)"
)
_RE = re.compile(r"(cent|theat|lit|met|kilomet|fib|calib|lust|meag|spect)re(s|d)?")
_LL = re.compile(
    r"(cancel|channel|counsel|equal|fuel|initial|label|level|marshal|model|signal|total|travel|tunnel)"
    r"l(ed|ing|er|ers|or|ors)"
)
_TABLES = read_spellings(__file__.removesuffix(".py"))
_VARIANTS, _MISSPELT = _TABLES["variants"], _TABLES["misspelt"]
_HYPHEN = re.compile(
    r"(co|re(?=-e)|pre(?=-e))-(operat|ordinat|elect|exist|examin|establish|enact|edit|enter|open)(\w*)"
)
_REOPEN = re.compile(r"re-open(\w*)")
"""Prefixes that are written with a hyphen and without; never ``re-sign``, ``re-cover``, ``re-form``."""

_DOUBLED = re.compile(r"([abcdefgiklmnoptuz])\1")
"""A letter written twice; without r and s, which make other words of Spanish and French ones."""
_SHORTEST = 8
"""Letters of a word in which a slip is seen; shorter words have too many neighbours."""
_END = 3
"""Letters at the end of a word that a slip never touches: they are its inflection."""
_REAL = frozenset(("complaint", "complaints", "compliant", "casually", "causally"))
"""Words that a slip of the pen would make out of others."""


def canonical(word: str) -> str:
    """Return the one spelling by which all of a word are known: ``organised`` → ``organized``."""
    word = _MISSPELT.get(word, word)
    word = _VARIANTS.get(word, word)
    word = _LYSE.sub(r"\1lyz\2", word)
    if not word.isascii():
        return word
    for pattern, spelling in _FAMILIES:
        match = pattern.fullmatch(word)
        if match:
            return match.expand(spelling)
    return word


_FAMILIES = (
    (_IZE, r"\1iz\2"),
    (_OUR, r"\1or\2"),
    (_RE, r"\1er\2"),
    (_LL, r"\1\2"),
    (_HYPHEN, r"\1\2\3"),
    (_REOPEN, r"reopen\1"),
)


def is_slip(old: str, new: str) -> bool:
    """Return whether one of two words is the other with a letter doubled, or two neighbours exchanged."""
    shortest = min(len(old), len(new))
    if shortest < _SHORTEST or not (old.isalpha() and new.isalpha()) or {old, new} & _REAL:
        return False
    if old[0] != new[0] or old[-_END:] != new[-_END:]:
        return False
    return _DOUBLED.sub(r"\1", old) == _DOUBLED.sub(r"\1", new) or _are_exchanged(old, new)


def _are_exchanged(old: str, new: str) -> bool:
    if len(old) != len(new):
        return False
    places = [place for place in range(len(old)) if old[place] != new[place]]
    if len(places) != 2 or places[1] != places[0] + 1:  # noqa: PLR2004 - two letters
        return False
    one, two = places
    return (old[one], old[two]) == (new[two], new[one])
