"""Where a sentence ends and the next begins, so that a file can hold one sentence a line."""

from __future__ import annotations

import re

_SHORTENED = """
    add al app approx arr art arts assoc aud c ca cap cf ch chap chaps cl co col corp corr dept dir div doc
    docs dr ed eds est etc ex ext fig figs fn gen gov govt hon ibid id inc incl intl jr km lt ltd m max min
    mme mr mrs ms n nat no nos nr núm op p para paras parr párr pl pp pr prof pt pts pub ref refs rep repr res
    resp ret rev rt sect secs sec ser sess sq sr sra st subpara subparas supp suppl univ v viz vol vols vs
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
"""
ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Words that a full stop shortens, in lower case and without it: ``Art.`` and ``No.`` end no sentence."""

_QUOTES = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb"
_STOPS = ".!?\u2026\u061f\u06d4\u0964"
"""What ends a sentence, in Latin, Arabic, Urdu and Indian scripts too."""

_END = re.compile(rf"[{_STOPS}][{_QUOTES})\]*]* (?=\S)")
_BEFORE = re.compile(rf"[\s(\[/|{_QUOTES}]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LONGEST = 20
"""How far around a full stop the answer is looked for: longer than any abbreviation."""


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into its sentences, in order; joined by one space each they give the text again.

    A break stands only at exactly one U+0020 after a sentence's end. Where a full stop may belong to
    an abbreviation or an initial, or a small letter or a figure follows, there is none: a line too long
    does no harm.
    """
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _is_end(text, match):
            found.append(text[start : match.end() - 1])
            start = match.end()
    return (*found, text[start:])


def _is_end(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + _LONGEST].lstrip(f"{_QUOTES}([")[:1]
    if not after or after.islower() or after.isdigit() or after.isspace():
        return False
    if text[match.start()] != ".":
        return True
    word = _BEFORE.split(text[max(0, match.start() - _LONGEST) : match.start()])[-1]
    return bool(word) and not (word.casefold() in ABBREVIATIONS or _INITIALS.fullmatch(word))
