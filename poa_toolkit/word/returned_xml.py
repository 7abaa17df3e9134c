"""The elements of a returned file by their short names, in Word's namespace or that of Strict files."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from poa_toolkit.process.returned import By
from poa_toolkit.process.signature import is_tag

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""What Word calls its elements when one saves as "Strict Open XML Document"."""

_PREFIXES = {
    WORD: "",
    STRICT: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}


@lru_cache(maxsize=1024)
def _named(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:])
    return f"?{name}" if prefix is None else prefix + name


def local(element: etree._Element) -> str:
    """Name an element of Word's by its local name, another with a prefix; both namespaces of Word are one."""
    return _named(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """Give an attribute of Word's, or an empty text."""
    for space in (WORD, STRICT):
        value = element.get(f"{{{space}}}{name}")
        if value is not None:
            return str(value)
    return ""


def revision(element: etree._Element) -> By:
    """Give who made a revision, and when."""
    at = attribute(element, "date")
    try:
        day = date.fromisoformat(at[:10])
    except ValueError:
        day = None
    return By(attribute(element, "author").strip(), day, at)


def tag_of(control: etree._Element) -> str:
    """Give the tag of a content control of ours; empty for any other."""
    properties = child(control, "sdtPr")
    tag = None if properties is None else child(properties, "tag")
    value = "" if tag is None else attribute(tag, "val")
    return value if is_tag(value) else ""


def numbering(properties: etree._Element) -> tuple[str, int] | None:
    """Give the list, and the level in it, that the properties of a paragraph name."""
    listed = child(properties, "numPr")
    if listed is None:
        return None
    number, level = child(listed, "numId"), child(listed, "ilvl")
    name = "" if number is None else attribute(number, "val")
    return (name, whole("" if level is None else attribute(level, "val"))) if name not in ("", "0") else None


def outline(properties: etree._Element) -> int:
    """Give the level of heading that the properties of a paragraph name, from 1; 0 for none."""
    level = child(properties, "outlineLvl")
    number = 9 if level is None else whole(attribute(level, "val"), 9)
    return number + 1 if number < 9 else 0  # noqa: PLR2004 - 9 is Word's word for running text


def whole(text: str, default: int = 0) -> int:
    """Read a small number, or give the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default  # noqa: PLR2004 - no larger one means anything


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Give the first child of that name."""
    return next((each for each in element if local(each) == name), None)
