"""The numbers that Word puts before paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.word_file import Form, Number
from poa_toolkit.text.numerals import letter, roman
from poa_toolkit.word.reader import symbols
from poa_toolkit.word.reader.styles import Layout, Looks, read_layout, read_looks
from poa_toolkit.word.reader.xml_names import NAMES, attribute, child, is_on, value, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.word.reader.styles import Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_UP = 10
_LONGEST = 255
"""How long the pattern of a number, and a number, may be; longer ones are cut."""
_LARGEST, _LAST_LETTER = 32_767, 780
"""How far Word counts a list, and how far with letters; a larger number is written in digits."""


class Level(NamedTuple):
    """How one level of a list is numbered."""

    start: int = 1
    written: str = "decimal"
    """The name of the form, as the file has it."""
    text: str = ""
    """The pattern of the number: ``%1.``, ``(%2)``; of a bullet the character."""
    restart: int | None = None
    """After which level, counted from 1, it begins anew; 0: never; None: after any above it."""
    style: str = ""
    """The id of the style of paragraphs that is bound to it."""
    in_digits: bool = False
    """Whether the numbers of the levels above are shown as digits, as in legal texts."""
    layout: Layout = Layout()


@dataclass
class _Count:
    """How far a list has come."""

    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    restarted: set[str] = field(default_factory=set)


class Numbering:
    """The lists of a file; counts on with every paragraph that is asked for."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Read the lists; without a part of lists no paragraph has a number."""
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        """By its id: the definition a list follows, the levels it has otherwise, where it starts anew."""
        self._counts: dict[str, _Count] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        linked = {}
        for each in root:
            if NAMES[each.tag] == "abstractNum":
                name = attribute(each, "abstractNumId")
                levels = (one for one in each if NAMES[one.tag] == "lvl")
                self._abstract[name] = {at: _level(one) for one in levels if (at := _depth(one)) is not None}
                linked[name] = value(each, "numStyleLink") or ""
            elif NAMES[each.tag] == "num":
                self._lists[attribute(each, "numId")] = _list(each)
        for name, style in linked.items():
            # a definition that follows a style has its levels where the style's list has them
            number = self._styles.named(style).layout.number if style else None
            if number in self._lists and not self._abstract[name]:
                self._abstract[name] = self._abstract.get(self._lists[number][0], {})

    def level(self, layout: Layout, style: str) -> tuple[str, int, Level] | None:
        """Return the list, the level in it and how that is numbered, for a paragraph; None for no number."""
        found = self._lists.get(layout.number or "")
        if found is None or layout.number is None:
            return None
        abstract, own, _ = found
        levels = {**self._abstract.get(abstract, {}), **own}
        at = layout.level
        if at is None:
            at = next((index for index, each in levels.items() if each.style and each.style == style), 0)
        at = min(max(at, 0), _LEVELS - 1)
        return layout.number, at, levels.get(at, Level(written="none"))

    def count(self, number: str, at: int) -> Number:
        """Count one paragraph more in a list, at a level, and give its number."""
        abstract, own, starts = self._lists[number]
        levels = {**self._abstract.get(abstract, {}), **own}
        count = self._counts.setdefault(abstract, _Count())
        if number not in count.restarted:
            count.restarted.add(number)
            for level, start in starts.items():
                count.values[level] = start - 1
        here = levels.get(at, Level(written="none"))
        last = count.values[at]
        count.values[at] = here.start if last is None else last + 1
        for below in range(at + 1, _LEVELS):
            restart = levels.get(below, Level()).restart
            if restart is None or at < restart:
                count.values[below] = None
        series = f"{abstract}/{number}" if starts else abstract
        return Number(
            series,
            at,
            _FORMS.get(here.written, Form.OTHER),
            count.values[at] or 0,
            self._shown(count, levels, at),
        )

    def _shown(self, count: _Count, levels: Mapping[int, Level], at: int) -> str:
        here = levels.get(at, Level(written="none"))
        if here.written == "bullet":
            return here.text

        def number(found: re.Match[str]) -> str:
            index = int(found[1]) - 1
            level = levels.get(index, Level())
            counted = count.values[index]
            form = "decimal" if here.in_digits and index < at else level.written
            return written(level.start if counted is None else counted, form)

        return _PLACE.sub(number, here.text)[:_LONGEST]


def _list(element: etree._Element) -> tuple[str, dict[int, Level], dict[int, int]]:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for each in element:
        at = _depth(each) if NAMES[each.tag] == "lvlOverride" else None
        if at is not None:
            level, start = child(each, "lvl"), value(each, "startOverride")
            if level is not None:
                own[at] = _level(level)
                starts[at] = own[at].start
            if start is not None:
                starts[at] = whole(start, 1)
    return value(element, "abstractNumId") or "", own, starts


def _depth(element: etree._Element) -> int | None:
    """Return which level of a list an element is about; None for one that no list of Word has."""
    at = whole(attribute(element, "ilvl"))
    return at if 0 <= at < _LEVELS else None


def _level(element: etree._Element) -> Level:
    found = {NAMES[each.tag]: each for each in element}

    def said(name: str, default: str = "") -> str:
        return attribute(found[name], "val") if name in found else default

    form = _format(found.get("numFmt"), said("numFmt", "decimal"))
    looks = read_looks(found["rPr"]) if "rPr" in found else Looks()
    text = said("lvlText")[:_LONGEST]
    return Level(
        whole(said("start", "1"), 1),
        form,
        symbols.readable(text, looks.font) if form == "bullet" else text,
        whole(said("lvlRestart")) if "lvlRestart" in found else None,
        said("pStyle"),
        "isLgl" in found and is_on(said("isLgl")),
        read_layout(found["pPr"]) if "pPr" in found else Layout(),
    )


def _format(element: etree._Element | None, name: str) -> str:
    """Name the form of a number; one of the user's own is known by how it looks."""
    pattern = attribute(element, "format") if element is not None and name == "custom" else ""
    return "decimalZero" if pattern.startswith("0") else name


_FORMS = {
    "decimal": Form.DECIMAL,
    "decimalZero": Form.DECIMAL,
    "decimalFullWidth": Form.DECIMAL,
    "decimalHalfWidth": Form.DECIMAL,
    "decimalEnclosedCircle": Form.DECIMAL,
    "numberInDash": Form.DECIMAL,
    "ordinal": Form.DECIMAL,
    "lowerLetter": Form.LOWER_LETTER,
    "upperLetter": Form.UPPER_LETTER,
    "lowerRoman": Form.LOWER_ROMAN,
    "upperRoman": Form.UPPER_ROMAN,
    "bullet": Form.BULLET,
    "none": Form.NONE,
}


def written(number: int, form: str) -> str:
    """Write a number in one of Word's forms, ``lowerRoman``; in digits where the form is not known."""
    if not 0 <= number <= _LARGEST:
        return str(number)
    write = _WRITTEN.get(form)
    return write(number) if write and (number or form in _FROM_ZERO) else str(number)


def _letters(number: int) -> str:
    return letter(number) if number <= _LAST_LETTER else str(number)


def _digits(zero: int) -> Callable[[int], str]:
    """Write with the ten digits of a script, the first of which has the number `zero` in Unicode."""
    return lambda number: "".join(chr(zero + int(digit)) for digit in str(number))


def _counted(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


_HAN = "〇一二三四五六七八九"


def _han(number: int) -> str:
    """Write up to 99 as a Chinese or Japanese reader counts; past it digit by digit."""
    tens, ones = divmod(number, 10)
    if tens >= 10:  # noqa: PLR2004 - two digits
        return "".join(_HAN[int(digit)] for digit in str(number))
    return (
        (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones or not tens else "")
    )


_WRITTEN: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: roman(number).lower(),
    "upperRoman": roman,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": lambda number: f"{number}{_ending(number)}",
    "decimalFullWidth": _digits(0xFF10),
    "decimalEnclosedCircle": _counted("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "ideographDigital": lambda number: "".join(_HAN[int(digit)] for digit in str(number)),
    "ideographTraditional": _counted("甲乙丙丁戊己庚辛壬癸"),
    "hindiNumbers": _digits(0x0966),
    "thaiNumbers": _digits(0x0E50),
    "arabicAlpha": _counted("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "arabicAbjad": _counted("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    "russianLower": _counted("абвгдежзиклмнопрстуфхцчшщыэюя"),
    "russianUpper": _counted("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    "hebrew1": _counted("אבגדהוזחטי"),
    "hebrew2": _counted("אבגדהוזחטיכלמנסעפצקרשת"),
    "none": lambda _: "",
}
_FROM_ZERO = ("decimalZero", "decimalFullWidth", "numberInDash", "hindiNumbers", "thaiNumbers", "none")


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
