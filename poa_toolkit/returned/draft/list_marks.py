"""Numbers, letters and bullets at the head of a paragraph: those that were typed, and those Word computes.

What is typed may be read in several ways, ``(i)`` as a letter or a roman one; which is meant, only the
paragraphs around it tell. So every reading is given, and `levels` chooses.
"""

# ruff: noqa: RUF001 - the marks are what this is about

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.words import ARTICLES, DIVISIONS, ITEMS, NUMBERS
from poa_toolkit.returned.word_file import Form
from poa_toolkit.text.numerals import from_roman

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from poa_toolkit.returned.word_file import Number


class Kind(StrEnum):
    """How a mark counts."""

    DIVISION = "part"
    """``Chapter II``, ``Section 3``: always a heading."""
    ARTICLE = "article"
    IDEOGRAPH = "ideograph"
    """``一、``"""
    UPPER_ROMAN = "roman"
    UPPER_LETTER = "upper letter"
    BRACKETED_IDEOGRAPH = "bracketed ideograph"
    """``（一）``"""
    DECIMAL = "decimal"
    CIRCLED = "circled"
    LETTER = "letter"
    LOWER_ROMAN = "lower roman"
    BULLET = "bullet"


RANKS = {
    Kind.DIVISION: 0,
    Kind.IDEOGRAPH: 0,
    Kind.UPPER_ROMAN: 0,
    Kind.ARTICLE: 1,
    Kind.UPPER_LETTER: 1,
    Kind.BRACKETED_IDEOGRAPH: 1,
    Kind.DECIMAL: 2,
    Kind.CIRCLED: 3,
    Kind.LETTER: 3,
    Kind.LOWER_ROMAN: 4,
    Kind.BULLET: 5,
}
"""How deep a mark of each kind usually stands below one of another."""


LISTS = (Kind.BULLET, Kind.LETTER, Kind.LOWER_ROMAN)
"""The kinds of mark that mean an item of a list rather than a heading."""


class Mark(NamedTuple):
    """One reading of what stands before a paragraph."""

    kind: Kind
    value: int
    text: str
    """As a reader sees it: ``(a)``, ``1.``, ``Article 3``."""
    shape: str
    """The same without its letters and figures: ``(x)``."""
    length: int = 0
    """How many characters of the paragraph it takes, the space behind it too; 0 where Word computes it."""
    path: tuple[int, ...] = ()
    """All its numbers, of ``3.1`` both."""
    series: str = ""
    """The list of Word that it is in; empty for what was typed."""
    level: int = 0
    """In that list, from 0."""
    is_weak: bool = False
    """Whether it is a mark only if its neighbour in the count is there too."""

    @property
    def is_worded(self) -> bool:
        """Return whether it is that of one item, and says so: ``Action 1.1``, ``Recommendation 3``."""
        return self.kind is Kind.DECIMAL and self.text[:1].isalpha()

    @property
    def is_typed(self) -> bool:
        """Return whether a person typed it."""
        return not self.series


LONGEST = 60
"""How far into a paragraph a mark may reach."""
_GAP = r"[ \t\u00a0\u2002-\u200a\u202f\u3000]"
_LETTER = r"[^\W\d_]"
_DASH = rf"(?:{_GAP}*[–—](?={_GAP}))?"
"""``I. – Voters``"""
_IDEOGRAPHS = "一二三四五六七八九"
_HANGUL = "가나다라마바사아자차카타파하"
_ABJAD, _ARABIC, _CYRILLIC = (
    "أبجدهوزحطيكلمنسعفصقرشت",
    "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "абвгдежзиклмнопрстуфхцчшщэюя",
)
_BULLETS = "•▪▫◦‣●○■□➢➤⁃·◆◊►\uf0a7\uf0b7\uf0d8\uf02d"
_DASHES = "-–—―‒"
_CITED = r"(?!(?:and|or|to|et|ou|y|o|à|a)\s+[(（]?[^\W_]{1,4}[)）])"
"""``(a) and (b) of article 25`` begins with a citation, not with a mark."""

_UNITS = (
    r"(?:million|billion|thousand|hundred|per\b|percent|%|٪|‰|°c|°f|km|kg|mm|cm|m\b|m²|ha\b|usd|eur|euros?|dollars?|"
    r"milliard|pour\b|pourcent|mill[oó]n|millones|mil\b|por\b|milh|prozent|millionen|mio\b|mrd\b|percentage|"
    r"(?-i:voters?|days?|months?|years?|weeks?|hours?|points?|times)\b|"
    r"مليون|ملايين|ألف|في\b|بالمائة|万|亿|％|миллион|тысяч|процент)"
)
_UNIT = re.compile(rf"{_GAP}*{_UNITS}", re.IGNORECASE)
_FIGURE = re.compile(rf"{_GAP}*\d")
"""What follows a number that is part of the text: a unit, a percentage; another number, perhaps."""
_DATE = re.compile(rf"{_LETTER}+\.?\s\d{{4}}\b")
"""What follows the day of a date that is written with a full stop: ``4. Dezember 2017``."""


def computed(number: Number) -> Mark | None:
    """Return the mark that Word puts before a paragraph; None where it shows nothing."""
    kind = _KINDS.get(number.form)
    value = number.value
    path: tuple[int, ...] = (value,)
    is_blank = not number.text.strip() and (number.form is not Form.BULLET or number.text)
    if number.form is Form.NONE or is_blank:
        # a bullet without any sign may be a picture; one that is a space is none
        return None
    found = next(iter(readings(f"{number.text.strip()}\t{_FILLER}")), None)
    if kind is None:
        if found is None:
            return Mark(
                Kind.DECIMAL, value, number.text, _shape(number.text), 0, path, number.series, number.level
            )
        kind = found.kind
    elif found is not None and found.kind in (Kind.ARTICLE, Kind.DIVISION):
        kind = found.kind
    if kind is Kind.DECIMAL:
        path = tuple(int(each) for each in re.findall(r"\d{1,4}", number.text)) or path
    return Mark(kind, value, number.text, _shape(number.text), 0, path, number.series or "list", number.level)


def has_neighbour(path: tuple[int, ...], paths: Collection[tuple[int, ...]]) -> bool:
    """Return whether the number before or after one, 3.1 or 3.3 of 3.2, is among numbers."""
    *above, last = path
    return any((*above, last + step) in paths for step in (-1, 1))


_FILLER = "Xx"
_LONGEST_BARE = 8
_KINDS = {
    Form.DECIMAL: Kind.DECIMAL,
    Form.LOWER_LETTER: Kind.LETTER,
    Form.UPPER_LETTER: Kind.UPPER_LETTER,
    Form.LOWER_ROMAN: Kind.LOWER_ROMAN,
    Form.UPPER_ROMAN: Kind.UPPER_ROMAN,
    Form.BULLET: Kind.BULLET,
}


def readings(raw: str) -> tuple[Mark, ...]:
    """Return what may have been typed as the number of a paragraph, likeliest first; nothing for plain text.

    `raw` is the paragraph with its tabs.
    """
    start = len(raw) - len(raw.lstrip())
    head = raw[start : start + LONGEST]
    bare = head.rstrip()
    if len(bare) <= _LONGEST_BARE and bare[-1:] in ".)）":
        # a number on a line of its own: it is read as if words stood behind it
        head = f"{bare} {_FILLER}"
    found = (mark for read in _READERS for mark in read(head))
    return tuple(each._replace(length=min(each.length + start, len(raw))) for each in found)


_BARE = re.compile(rf"(?P<mark>\d{{1,2}}){_GAP}+(?=[^\W\d_])")


def bare(raw: str) -> Mark | None:
    """Return the number without a stop at the head of a heading, ``2 Voters``, if there is one."""
    match = _BARE.match(raw)
    return _mark(match, Kind.DECIMAL, int(match["mark"])) if match else None


def _mark(match: re.Match[str], kind: Kind, value: int, path: tuple[int, ...] = ()) -> Mark:
    text = match["mark"].strip()
    return Mark(kind, value, text, _shape(text), match.end(), path or (value,))


def _shape(text: str) -> str:
    shape = re.sub(r"[^\W_]+", "x", text.strip())
    shape = shape.translate(str.maketrans("（）．", "().")) if not shape.isascii() else shape
    return "-" if shape in _DASHES else shape


_WORDED = re.compile(
    rf"(?P<mark>(?:(?P<division>{DIVISIONS})|(?P<article>{ARTICLES})|(?P<item>{ITEMS}))"
    rf"{_GAP}*(?:(?:n[°ºo]|no\.|№){_GAP}*)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*|(?<={_GAP})(?:[ivxlc]{{1,7}}\b|1er|premi[eè]re?|primero|[a-z]\b"
    rf"|(?:{'|'.join(NUMBERS)})(?=\s*$)))"
    rf"(?:\s?(?:bis|ter|er|re|º|°))?)"
    rf"(?P<rest>{_GAP}*(?:[.:)–—]|[.]?{_GAP}?[-–—])+(?:\s+|(?=[^\W\d])|$)|\t+|{_GAP}{{2,}}|\s*\n\s*|\s*$"
    rf"|(?P<weak>{_GAP}(?=[A-Z\u00c0-\u00de])))",
    re.IGNORECASE,
)
_CHINESE_WORDED = re.compile(
    r"(?P<mark>第(?P<number>[一二三四五六七八九十百\d]{1,5})(?P<unit>条|條|章|部分|节|節|编|篇))(?P<rest>[\s、：:]*)"
)


def _worded(head: str) -> Iterator[Mark]:
    if match := _WORDED.match(head):
        number = match["number"]
        value = NUMBERS.get(number.lower()) or _number(number)
        kind = Kind.DIVISION if match["division"] else Kind.ARTICLE if match["article"] else Kind.DECIMAL
        yield _mark(match, kind, value)._replace(is_weak=match["weak"] is not None)
    if match := _CHINESE_WORDED.match(head):
        value = _chinese(match["number"])
        yield _mark(match, Kind.ARTICLE if match["unit"] in "条條" else Kind.DIVISION, value)


def _number(text: str) -> int:
    if found := re.match(r"\d+", text):
        return int(found[0])
    return from_roman(text) or (ord(text.lower()) - ord("a") + 1 if len(text) == 1 and text.isascii() else 1)


_OUTLINE = re.compile(rf"(?P<mark>\d{{1,3}}(?:\.\d{{1,3}})+[.)]?)(?:{_GAP}+|(?=[A-Z]{_LETTER}))(?=\S)")
_DECIMAL = re.compile(
    rf"""(?P<mark>
      \d{{1,3}}(?:[.．)）]-?|\.?[º°][.)]?|/|{_GAP}[-–—]|:)(?={_GAP})    # 22. 22) 1.- 1° 1/ 1 –
    | \d{{1,3}}(?:[.．)）、])(?=[A-Z]?{_LETTER})                         # 22.Observers 1、
    | \d{{1,3}}(?=\t)                                                    # 1⇥States
    | [(（]\d{{1,3}}[)）](?={_GAP}|{_LETTER})                            # (22)
    | \[\d{{1,3}}\](?={_GAP})                                           # [22]
    | \d{{1,3}}[-–—](?={_GAP}+(?![a-z\d]))                               # 22-
    ){_DASH}(?P<rest>{_GAP}*)(?=\S)""",
    re.VERBOSE,
)


_LETTER_AND_NUMBER = re.compile(
    rf"(?P<mark>(?P<letter>[A-Z]|[IVX]{{1,5}})(?:\.\d{{1,3}})+[.)]?){_GAP}+(?=\S)"
)
"""``C.1``, ``II.3.2``"""
_CODE = re.compile(rf"(?P<mark>(?P<letters>[A-Z]{{1,4}})[-.]?{_GAP}?(?P<number>\d{{1,3}})[.):]){_GAP}+(?=\S)")
"""``R1.``, ``REC-3:``; whether it counts, the others tell."""


def _decimal(head: str) -> Iterator[Mark]:
    if match := _LETTER_AND_NUMBER.match(head):
        letter = match["letter"]
        first = from_roman(letter) or ord(letter) - ord("A") + 1
        path = (first, *map(int, re.findall(r"\d+", match["mark"])))
        yield _mark(match, Kind.DECIMAL, path[-1], path)
        return
    if match := _CODE.match(head):
        path = (sum(ord(each) * 32**at for at, each in enumerate(match["letters"])), int(match["number"]))
        yield _mark(match, Kind.DECIMAL, path[-1], path)._replace(is_weak=True)
        return
    if match := _OUTLINE.match(head):
        path = tuple(int(each) for each in re.findall(r"\d+", match["mark"]))
        end, is_closed = match.end("mark"), match["mark"][-1] in ".)"
        if is_closed or not _UNIT.match(head, end):
            is_weak = not is_closed and _FIGURE.match(head, end) is not None
            yield _mark(match, Kind.DECIMAL, path[-1], path)._replace(is_weak=is_weak)
        return
    match = _DECIMAL.match(head)
    if match is None:
        return
    rest = head[match.end() :]
    is_glued = match.end() == match.end("mark") and match["mark"][-1] not in ")）"
    if (is_glued and rest[:1].islower()) or _DATE.match(rest):
        return
    if match["mark"][-1] not in ".．)）、]" and (_UNIT.match(rest) or _FIGURE.match(rest)):
        return
    yield _mark(match, Kind.DECIMAL, int(re.sub(r"\D", "", match["mark"])))


_LETTERED = re.compile(
    rf"(?P<mark>[(（]?(?P<letter>{_LETTER}{{1,7}})(?:[)）]|\.[)-]?|\u0640?{_GAP}?[-–—](?={_GAP})))"
    rf"{_DASH}(?P<rest>{_GAP}+|(?=[\u0600-\u06ff\u4e00-\u9fff])){_CITED}(?=\S)"
)


def _lettered(head: str) -> Iterator[Mark]:
    match = _LETTERED.match(head)
    if match is None:
        return
    letter = match["letter"]
    is_bare = match["mark"][-1] in f".{_DASHES}"
    if letter.isascii():
        roman = from_roman(letter)
        upper = letter.isupper()
        if not upper and not letter.islower():
            return
        if match["mark"][-1] in _DASHES and match["mark"][-2:-1].isspace() and not upper:
            return  # "a" and a dash is text
        if len(set(letter)) == 1 and len(letter) <= 2:  # noqa: PLR2004 - aa, bb …
            value = ord(letter[0].lower()) - ord("a") + 1 + 26 * (len(letter) - 1)
            kind = Kind.UPPER_LETTER if upper else Kind.LETTER
            yield _mark(match, kind, value)._replace(is_weak=is_bare)
        if roman:
            kind = Kind.UPPER_ROMAN if upper else Kind.LOWER_ROMAN
            yield _mark(match, kind, roman)._replace(is_weak=is_bare and not (upper and roman == 1))
        return
    if len(letter) == 1 or (letter.endswith("\u0640") and len(letter) == 2):  # noqa: PLR2004 - a letter and its stroke
        for alphabet in (_ABJAD, _ARABIC, _CYRILLIC, _HANGUL):
            at = alphabet.find(letter[0].lower().replace("ا", "أ"))
            if at >= 0:
                yield _mark(match, Kind.LETTER, at + 1)._replace(is_weak=is_bare)


_CHINESE = re.compile(
    r"(?P<mark>[(（](?P<bracketed>[一二三四五六七八九十]{1,3})[)）]|(?P<bare>[一二三四五六七八九十]{1,3})[、.．])\s*(?=\S)"
)
_RINGS = re.compile(r"(?P<mark>[①-⑳])\s*(?=\S)")
_ORDINALS = ["أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"]
_ORDINAL = re.compile(rf"(?P<mark>(?P<word>{'|'.join(_ORDINALS)})[\u064b\u0627]{{1,2}}\s*[:.–—-])\s*(?=\S)")
"""First, second … of Arabic."""


def _other_scripts(head: str) -> Iterator[Mark]:
    if match := _CHINESE.match(head):
        if match["bracketed"]:
            yield _mark(match, Kind.BRACKETED_IDEOGRAPH, _chinese(match["bracketed"]))
        else:
            yield _mark(match, Kind.IDEOGRAPH, _chinese(match["bare"]))
    if match := _RINGS.match(head):
        yield _mark(match, Kind.CIRCLED, ord(match["mark"]) - ord("①") + 1)
    if match := _ORDINAL.match(head):
        yield _mark(match, Kind.IDEOGRAPH, _ORDINALS.index(match["word"]) + 1)


_BULLET = re.compile(rf"(?P<mark>[{_BULLETS}])\s*(?=\S)|(?P<dash>[{_DASHES}*])\s+(?=\S)")


def _bulleted(head: str) -> Iterator[Mark]:
    if match := _BULLET.match(head):
        text = match["mark"] or match["dash"]
        shape = "-" if text in _DASHES else text
        yield Mark(Kind.BULLET, 1, text, shape, match.end(), (1,))


_READERS: tuple[Callable[[str], Iterator[Mark]], ...] = (
    _worded,
    _decimal,
    _other_scripts,
    _lettered,
    _bulleted,
)


def _chinese(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    tens, found, units = text.partition("十")
    ten = (_IDEOGRAPHS.find(tens) + 1 or 1) * 10 if found else 0
    return ten + (_IDEOGRAPHS.find((units if found else tens)[:1]) + 1 if (units if found else tens) else 0)
