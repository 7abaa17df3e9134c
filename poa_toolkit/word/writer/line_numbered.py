"""A document to be read aloud and marked by hand: numbered lines, and room between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.word.ooxml import WORD

if TYPE_CHECKING:
    from collections.abc import Mapping

_W = f"{{{WORD}}}"
_TEXT = ("POAFront", "POAParagraph", "POAPoint", "POASubPoint")
"""The styles of what is read; an action follows its paragraph."""
_DOUBLE = "480"
_BEFORE_LINES = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
    "pgBorders",
)
_BEFORE_SPACING = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
)
"""What stands before an element in the order of the schema."""


def for_the_room(parts: Mapping[str, bytes | bytearray]) -> dict[str, bytes | bytearray]:
    """Return the parts with numbers on the lines of every page, and double spacing of the text."""
    body = etree.fromstring(bytes(parts["word/document.xml"]))
    for section in body.iter(f"{_W}sectPr"):
        _number(section)
    styles = etree.fromstring(bytes(parts["word/styles.xml"]))
    for style in styles.iter(f"{_W}style"):
        if style.get(f"{_W}styleId") in _TEXT:
            _widen(style)
    return {**parts, "word/document.xml": _written(body), "word/styles.xml": _written(styles)}


def _number(section: etree._Element) -> None:
    for old in section.findall(f"{_W}lnNumType"):
        section.remove(old)
    lines = etree.Element(f"{_W}lnNumType", {f"{_W}countBy": "1", f"{_W}restart": "newPage"})
    section.insert(_place(section, _BEFORE_LINES), lines)


def _widen(style: etree._Element) -> None:
    properties = style.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        runs = style.find(f"{_W}rPr")
        style.insert(len(style) if runs is None else style.index(runs), properties)
    spacing = properties.find(f"{_W}spacing")
    if spacing is None:
        spacing = etree.Element(f"{_W}spacing")
        properties.insert(_place(properties, _BEFORE_SPACING), spacing)
    spacing.set(f"{_W}line", _DOUBLE)
    spacing.set(f"{_W}lineRule", "auto")


def _place(element: etree._Element, before: tuple[str, ...]) -> int:
    names = {f"{_W}{name}" for name in before}
    return sum(child.tag in names for child in element)


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
