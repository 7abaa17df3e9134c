r"""What comes along when a text is pasted from Word, a mail or a web page: numbers, bullets, markup.

Each function gives the place of the first such thing in a text, or None. Made to err on one side: what
may well be part of the text is part of it.
"""

# ruff: noqa: RUF001 - the marks are what this is about

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Piece: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Where a piece of Markdown stands, and what a reader should see of it."""

_DATE = r"[^\W\d]+\.?\s[0-9]{4}\b"
"""What follows the day of a date that is written with a full stop: ``4. Dezember 2017``."""
_NUMBER = re.compile(
    rf"""\s*(
      [0-9]{{1,3}}(?:\.[0-9]{{1,3}})*[.)](?=\s+(?!{_DATE})\S|[^\W\d_])   # 22. 22) 3.1. 22.Observers
    | [0-9]{{1,2}}(?:\.[0-9]{{1,2}})+(?=\s+(?!(?i:[mb]illion|per))[^\W\d_][a-z])(?=\s+[A-Z]) # 3.1 Observers
    | \((?:[0-9]{{1,3}}|[a-z]|[ivx]{{2,5}})\)(?=\s+[^\W_])              # (22) (a) (iv)
    | (?:[a-z]|[ivx]{{2,5}})\)(?=\s+[^\W_])                            # a) iv)
    | (?:[a-hj-z]|[ivx]{{2,5}})\.(?=\s+[A-Z])                          # a. iv.
    | [IVXLC]{{2,6}}[.)](?=\s+[A-Z])                                   # II. IV)
    )""",
    re.VERBOSE,
)
_HEADING = re.compile(r"\s*([A-Z][.)])(?=\s+[A-Z][a-z])")

_CITES = (
    r"(?:[0-9)]|\b(?:articles?|arts?\.?|paragraphs?|paras?\.?|sub-?paragraphs?|points?|items?|sections?|clauses?|"
    r"rules?|principles?|letters?|annex|figures?|letras?|lit\.|inciso|alin[ée]as?))"
)
"""What stands before a letter that is part of a citation: ``article 2 (a)``."""
_LETTERED = re.compile(
    r"(?<![\w(])\(?(?P<letter>[0-9]{1,2}|[a-z]|[ivx]{1,4})\)\s+(?!(?:and|or|to|et|y)\b)[^\W_]"
)
_IS_CITED = re.compile(rf"{_CITES}\Z", re.IGNORECASE)
_REACH = 24
"""Characters that hold the longest of these words."""
_FIRST_TWO = (("a", "b"), ("i", "ii"), ("1", "2"))

_DOTS = "•▪▫◦‣●○■□➢➤\u27a4\u2043\uf0a7\uf0b7\uf0d8"
_BULLET = re.compile(rf"\s*(?:([{_DOTS}])\s*|([–—‒―·-])\s+)(?=\S)")
_BULLET_INSIDE = re.compile(rf"(?<=\s)[{_DOTS}](?=\s)")
_STAR = re.compile(r"\s*(\*)\s+(?=\S)")

_OPENING, _CLOSING = re.compile(r"(?<!\w)__(?=[^\W_])"), re.compile(r"[^\s_](?=__(?!\w))")


def _underscored(text: str) -> Iterator[_Piece]:
    """Find words between two underscores each, on one line: up to the first two that can close them."""
    closings = [match.end() for match in _CLOSING.finditer(text)]
    breaks = [index for index, each in enumerate(text) if each == "\n"]
    last = 0
    for opening in _OPENING.finditer(text):
        start = opening.end()
        found = bisect_right(closings, start)
        if opening.start() < last or found == len(closings):
            continue
        stop, line = closings[found], bisect_right(breaks, start)
        if line == len(breaks) or stop <= breaks[line]:
            last = stop + 2
            yield (opening.start(), last), (start, stop)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[_Piece]:
    return ((match.span(), match.span(1)) for match in pattern.finditer(text))


_MARKS: tuple[Callable[[str], Iterator[_Piece]], ...] = (
    partial(_matches, re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]*[^\s*])\*\*(?![\w*])")),
    _underscored,
    partial(_matches, re.compile(r"""(?<![\w*])\*(?=[\w"“‘\[(])([^*]*[\w.,;:!?"”’\])])\*(?![\w*])""")),
    partial(_matches, re.compile(r"(?<!\w)_(?=[^\W_])([^_]*[^\s_])_(?!\w)")),
    partial(_matches, re.compile(r"(?<!`)`++([^`]+)`+")),
    partial(_matches, re.compile(r"^\s*#{1,6}\s+(?=\S)()")),
)
"""Emphasis, code and headings of Markdown; the second place is what a reader should see of the whole."""
_MARKUP = (
    re.compile(r"\]\((?:https?://|www\.|mailto:)[^)\s]*\)"),
    re.compile(r"~~(?=\S)[^~]+~~"),
    re.compile(r"</?(?:a|b|br|em|i|li|ol|p|span|strong|su[bp]|u|ul|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE),
    re.compile(r"&(?:nbsp|amp|lt|gt|quot|[lr][sd]quo|[nm]dash|#[0-9]+|#x[0-9a-fA-F]+);"),
)


def number(text: str) -> tuple[int, int] | None:
    """Find a number or letter that a text begins with as if it were printed: ``22.``, ``22)``, ``(a)``."""
    found = _NUMBER.match(text)
    return found.span(1) if found else None


def heading_number(text: str) -> tuple[int, int] | None:
    """Find what `number` finds, or the capital letter of a heading: ``A. Treaty bodies``."""
    found = _HEADING.match(text)
    return number(text) or (found.span(1) if found else None)


def points(text: str) -> tuple[int, int] | None:
    """Find the first of several points that were typed into a text: ``(a) …; (b) …``.

    A letter that is cited, as in ``article 2 (a) and (b)``, begins no point.
    """
    first: dict[str, tuple[int, int]] = {}
    for match in _LETTERED.finditer(text):
        before = _without_space(text, match.start())
        if _IS_CITED.search(text, max(0, before - _REACH), before):
            continue
        place = (match.start(), _without_space(text, match.end() - 1))
        first.setdefault(match["letter"], place)
        for one, two in _FIRST_TWO:
            if match["letter"] == two and one in first and first[one][0] < place[0]:
                return first[one]
    return None


def _without_space(text: str, end: int) -> int:
    """Return where a text ends that is cut off at `end`, without the white space there."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def bullet(text: str, *, has_notes: bool = False) -> tuple[int, int] | None:
    """Find a bullet at the beginning of a text, or a round one inside.

    `has_notes` says that the asterisk is a call for notes here, and so no bullet.
    """
    found = _BULLET.match(text)
    if found:
        return found.span(1 if found[1] else 2)
    star = None if has_notes else _STAR.match(text)
    if star:
        return star.span(1)
    inside = _BULLET_INSIDE.search(text)
    return inside.span() if inside else None


def without_bullet(text: str) -> str:
    """Take a bullet away from the beginning of a text."""
    found = _BULLET.match(text)
    return text[found.end() :] if found else text


def markup(text: str) -> tuple[int, int] | None:
    """Find the first piece of Markdown or HTML."""
    marks = (next(find(text), None) for find in _MARKS)
    found = [piece[0] for piece in marks if piece]
    found += [match.span() for match in (pattern.search(text) for pattern in _MARKUP) if match]
    return min(found, default=None)


def without_markup(text: str) -> str:
    """Take the marks of Markdown away and leave the words between them."""
    for find in _MARKS:
        parts, at = [], 0
        for (start, end), inside in find(text):
            parts += [text[at:start], text[slice(*inside)]]
            at = end
        text = "".join((*parts, text[at:]))
    return text
