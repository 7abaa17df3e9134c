r"""What comes along when a text is pasted from Word, a mail or a web page: numbers, bullets, markup.

Each function gives the place of the first such thing in a text, or None. Made to err on one side: what
may well be part of the text is part of it.
"""

# ruff: noqa: RUF001 - the marks are what this is about

from __future__ import annotations

import re

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
_IS_CITED = re.compile(rf"{_CITES}\s*$", re.IGNORECASE)
_FIRST_TWO = (("a", "b"), ("i", "ii"), ("1", "2"))

_DOTS = "•▪▫◦‣●○■□➢➤\u27a4\u2043\uf0a7\uf0b7\uf0d8"
_BULLET = re.compile(rf"\s*(?:([{_DOTS}])\s*|([–—‒―·-])\s+)(?=\S)")
_BULLET_INSIDE = re.compile(rf"(?<=\s)[{_DOTS}](?=\s)")
_STAR = re.compile(r"\s*(\*)\s+(?=\S)")

_MARKS = (
    re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]*[^\s*])\*\*(?![\w*])"),
    re.compile(r"(?<!\w)__(?=[^\W_])(.*?[^\s_])__(?!\w)"),
    re.compile(r"""(?<![\w*])\*(?=[\w"“‘\[(])([^*]*[\w.,;:!?"”’\])])\*(?![\w*])"""),
    re.compile(r"(?<!\w)_(?=[^\W_])([^_]*[^\s_])_(?!\w)"),
    re.compile(r"`+([^`]+)`+"),
    re.compile(r"^\s*#{1,6}\s+(?=\S)()"),
)
"""Emphasis, code and headings of Markdown; the group is what a reader should see of the whole."""
_MARKUP = (
    *_MARKS,
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
        if _IS_CITED.search(text, 0, match.start()):
            continue
        place = (match.start(), match.end() - 1)
        first.setdefault(match["letter"], (place[0], len(text[: place[1]].rstrip())))
        for one, two in _FIRST_TWO:
            if match["letter"] == two and one in first and first[one][0] < place[0]:
                return first[one]
    return None


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
    found = [match.span() for match in (pattern.search(text) for pattern in _MARKUP) if match]
    return min(found, default=None)


def without_markup(text: str) -> str:
    """Take the marks of Markdown away and leave the words between them."""
    for pattern in _MARKS:
        text = pattern.sub(r"\1", text)
    return text
