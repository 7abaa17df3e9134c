"""The cells of a sheet as a file of SpreadsheetML has them, to what they show."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.archive.untrusted import UnsafePartError
from poa_toolkit.returned.sheet_file import Area, Filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.archive.untrusted import Element

_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
"""A character by its number; half of one stands for nothing."""
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The numbers of the formats that every program has for dates and times."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""What stands in a format as it is, or says how it looks."""
_OF_DATES = re.compile("[dmyhs]", re.IGNORECASE)
_FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - a sheet knows no zone
_DIGITS = re.compile("[0-9]{1,9}")
_KINDS = {"b": Filled.BOOLEAN, "e": Filled.ERROR, "d": Filled.DATE}


class Content(NamedTuple):
    """What stands in a cell."""

    text: str
    kind: Filled = Filled.TEXT
    formula: str = ""
    struck: str = ""


class Words(NamedTuple):
    """A string, and which of its words are struck through."""

    text: str = ""
    struck: str = ""
    struck_in_struck: str = ""
    """The same in a cell that is struck through: what says nothing of its looks looks as the cell does."""


class Styles(NamedTuple):
    """What the styles of cells say that counts here, by their numbers."""

    dates: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    is_1904: bool = False
    """Whether days are counted from 1904."""


def local(element: Element) -> str:
    """Return the name of an element without its namespace, of which there are two for each."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Return the children with one of the names."""
    return (each for each in (() if element is None else element) if local(each) in names)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a name; None where there is none."""
    return next(children(element, name), None)


def styles(root: Element | None, *, is_1904: bool) -> Styles:
    """Read which styles show a number as a date, and which strike words through."""
    formats = {
        number(each.get("numFmtId")): each.get("formatCode", "")
        for each in children(child(root, "numFmts"), "numFmt")
    }
    fonts = [_is_struck(each) for each in children(child(root, "fonts"), "font")]
    dates, struck = set(), set()
    for style, each in enumerate(children(child(root, "cellXfs"), "xf")):
        form, font = number(each.get("numFmtId")), number(each.get("fontId"))
        if form in _DATE_FORMATS or _OF_DATES.search(_LITERAL.sub("", formats.get(form, ""))):
            dates.add(style)
        if font < len(fonts) and fonts[font]:
            struck.add(style)
    return Styles(frozenset(dates), frozenset(struck), is_1904)


def number(text: str | None) -> int:
    """Read a whole number as files count with it; 0 for anything else."""
    return int(text) if text and _DIGITS.fullmatch(text) else 0


def _is_struck(properties: Element | None) -> bool:
    strike = child(properties, "strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def words(item: Element | None) -> Words:
    """Return the text of a string, and those of its words that are struck through.

    How East Asian words are pronounced stands beside the text, and is none of it.
    """
    found, struck, in_struck = [], [], []
    for each in children(item, "t", "r"):
        text = "".join(one.text or "" for one in ((each,) if local(each) == "t" else children(each, "t")))
        looks = child(each, "rPr")
        found.append(text)
        if _is_struck(looks):
            struck.append(text)
        if looks is None or _is_struck(looks):
            in_struck.append(text)
    return Words(*(unescaped("".join(each)) for each in (found, struck, in_struck)))


def unescaped(text: str) -> str:
    """Return a text in which ``_x000D_`` is the character that it stands for; lines end as elsewhere."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda it: chr(int(it[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def content(cell: Element, strings: Sequence[Words], known: Styles) -> Content | None:
    """Return what stands in a cell; None for an empty one.

    Raises UnsafePartError for a string that the file does not have.
    """
    style, form = number(cell.get("s")), cell.get("t", "n")
    formula, value = child(cell, "f"), child(cell, "v")
    raw = "" if value is None else value.text or ""
    if form in ("s", "inlineStr", "str"):
        found, kind = _string(cell, form, raw, strings), Filled.TEXT
    else:
        kind = _KINDS.get(form, Filled.DATE if style in known.dates else Filled.NUMBER)
        shown = _shown(raw, kind, form, is_1904=known.is_1904)
        found = Words(shown, struck_in_struck=shown)
    struck = found.struck_in_struck if style in known.struck else found.struck
    if formula is not None:
        return Content(found.text, Filled.FORMULA, f"={formula.text or '…'}", struck)
    return Content(found.text, kind, struck=struck) if found.text else None


def _string(cell: Element, form: str, raw: str, strings: Sequence[Words]) -> Words:
    """Return the string that a cell holds, or names by its number."""
    if form == "inlineStr":
        return words(child(cell, "is"))
    if form == "str":
        return Words(unescaped(raw), struck_in_struck=unescaped(raw))
    at = number(raw)
    if raw.strip("0") and (not at or at >= len(strings)):
        raise UnsafePartError(f"{cell.get('r', 'a cell')} holds the string {raw[:20]}, which is not there")
    return strings[at] if raw and strings else Words()


def _shown(raw: str, kind: Filled, form: str, *, is_1904: bool) -> str:
    """Return what a cell that holds no text shows, as plainly as can be."""
    if kind is Filled.BOOLEAN:
        return "TRUE" if raw.strip() in ("1", "true") else "FALSE" if raw.strip() else ""
    if kind is Filled.ERROR or form == "d":
        return raw
    try:
        found = float(raw)
    except ValueError:
        return raw
    if kind is Filled.DATE and found >= 0:
        with suppress(OverflowError):  # a number beyond the calendar is shown as one
            day = _FIRST_DAYS[is_1904] + timedelta(days=found)
            return day.date().isoformat() if found == int(found) else day.isoformat(" ", "minutes")
    return str(int(found)) if found.is_integer() and abs(found) < 1 << 53 else repr(found)


def place(name: str) -> tuple[int, int]:
    """Return the row and the column, from 1, of ``B7``. Raises UnsafePartError for what is no cell's name."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise UnsafePartError(f"“{name[:20]}” names no cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def area(name: str) -> Area:
    """Return the cells that ``B3:C5`` names."""
    first, _, last = name.partition(":")
    top, left = place(first)
    bottom, right = place(last or first)
    return Area(name, top, left, bottom, right)
