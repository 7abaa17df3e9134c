"""The elements of Word by their short names, in Word's namespace or that of Strict files."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.word.ooxml import WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""What Word calls its elements when one saves as "Strict Open XML Document"."""

_PREFIXES = {
    WORD: "",
    STRICT: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c:",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c:",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm:",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
}
INSERTED = frozenset(("ins", "moveTo", "cellIns"))
DELETED = frozenset(("del", "moveFrom", "cellDel"))
"""The marks of what came and what went, tracked."""
_REVISED = INSERTED | DELETED
_UNKNOWN = "?:"
_MOST_NAMES = 4096
_MOST_FORMS = 50
"""How many forms of the same content are looked at; programs write two."""
_MOST_BEFORE = 8
"""Among how many first children properties are looked for; Word has them first, or second."""


class _Names(dict[object, str]):
    def __missing__(self, tag: object) -> str:
        if not isinstance(tag, str):
            return ""  # a comment, or an instruction to a program
        space, _, name = tag.rpartition("}")
        short = _PREFIXES.get(space[1:], _UNKNOWN) + name
        if len(self) < _MOST_NAMES:
            self[tag] = short
        return short


NAMES = _Names()
"""The short name of each tag: Word's own without a prefix, those nobody here knows as ``?:name``."""


class _Attributes(dict[str, tuple[str, str]]):
    def __missing__(self, name: str) -> tuple[str, str]:
        return self.setdefault(name, (f"{{{WORD}}}{name}", f"{{{STRICT}}}{name}"))


_ATTRIBUTES = _Attributes()
"""What the attributes of Word are called in its namespace, and in Strict files."""


def local(element: etree._Element) -> str:
    """Return the short name of an element."""
    return NAMES[element.tag]


def is_unknown(name: str) -> bool:
    """Return whether a short name is of no namespace that is known here."""
    return name.startswith(_UNKNOWN)


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute of Word's, or an empty text."""
    usual, strict = _ATTRIBUTES[name]
    found = element.get(usual)
    if found is None:
        found = element.get(strict, "")
    return found  # type: ignore[no-any-return] # a text


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of that name."""
    for each in element:
        if NAMES[each.tag] == name:
            return each
    return None


def properties_of(element: etree._Element, name: str) -> etree._Element | None:
    """Return the child that says how a block is made, which stands before what is in it.

    Only so far is looked for it: a row of thousands of cells is asked once for each of them.
    """
    for each in islice(element, _MOST_BEFORE):
        if NAMES[each.tag] == name:
            return each
    return None


def value(element: etree._Element, name: str) -> str | None:
    """Return the ``val`` of the child of that name; None where there is no such child."""
    found = child(element, name)
    return None if found is None else attribute(found, "val")


def is_on(text: str) -> bool:
    """Read a value that is on or off; one that is not given is on."""
    return text.lower() not in ("0", "false", "off", "none")


def whole(text: str, default: int = 0) -> int:
    """Read a small whole number, or give the default."""
    digits = text.removeprefix("-")
    number = digits.isascii() and digits.isdigit() and len(digits) < 6  # noqa: PLR2004 - no larger one means anything
    return int(text) if number else default


def revision(element: etree._Element) -> Reviser:
    """Return who made a revision, and when."""
    at = attribute(element, "date")
    try:
        day = date.fromisoformat(at[:10])
    except ValueError:
        day = None
    return Reviser(attribute(element, "author").strip(), day, at)


def revisions(name: str, element: etree._Element) -> Sequence[etree._Element]:
    """Return the marks that put in or take out a block, a row or a cell as a whole."""
    if name in _REVISED:
        return (element,)
    said = properties_of(element, f"{name}Pr") if name in ("tr", "tc") else None
    return () if said is None else [each for each in said if NAMES[each.tag] in _REVISED]


def is_second(name: str, element: etree._Element) -> bool:
    """Return whether a block is another form of what stands before it, of which a program shows one."""
    if name not in ("mc:Choice", "mc:Fallback"):
        return False
    return any(map(len, islice(element.itersiblings(preceding=True), _MOST_FORMS)))


def may_hold_words(name: str) -> bool:
    """Return whether the words of an element outside of paragraphs may be seen."""
    return is_unknown(name) or name in ("t", "delText")
