"""What keeps a Word file from being read by everyone: a cheap look at its parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.word.ooxml import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_W = f"{{{WORD}}}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_WHITE = (255, 255, 255)
CONTRAST = 4.5
"""The least contrast of text with what is behind it, by WCAG 2.2."""


class Barrier(NamedTuple):
    """One thing that keeps somebody out."""

    kind: str
    message: str


def barriers(trees: Mapping[str, etree._Element]) -> Iterator[Barrier]:
    """Return what a reader with a screen reader, or with weak eyes, would stumble over."""
    body, styles = trees["word/document.xml"], trees.get("word/styles.xml")
    yield from _pictures(body)
    yield from _tables(body)
    yield from _blanks(body)
    if styles is not None:
        yield from _language(styles)
        yield from _contrast(styles)
        yield from _headings(body, styles)


def _pictures(body: etree._Element) -> Iterator[Barrier]:
    for each in body.iter(_DRAWN):
        if not (each.get("descr") or each.get("title")):
            named = each.get("name") or "a picture"
            yield Barrier("picture", f"“{named}” has no alternative text")


def _tables(body: etree._Element) -> Iterator[Barrier]:
    for number, table in enumerate(body.iter(f"{_W}tbl"), start=1):
        first = table.find(f"{_W}tr")
        if first is None or first.find(f"{_W}trPr/{_W}tblHeader") is None:
            yield Barrier("table", f"table {number} does not say that its first row is its head")


def _blanks(body: etree._Element) -> Iterator[Barrier]:
    """Find two empty paragraphs in a row, which are there for space alone."""
    before = False
    for paragraph in body.iterfind(f"{_W}body/{_W}p"):
        held = (f"{_W}t", f"{_W}tab", f"{_W}drawing", f"{_W}pict", f"{_W}sectPr", f"{_W}br", f"{_W}object")
        empty = next(paragraph.iter(*held), None) is None
        if empty and before:
            yield Barrier("blank", "empty paragraphs stand for space; use the space before or after a style")
            return
        before = empty


def _language(styles: etree._Element) -> Iterator[Barrier]:
    found = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
    if found is None or not found.get(f"{_W}val"):
        yield Barrier("language", "the styles do not say the language of the text")


def _contrast(styles: etree._Element) -> Iterator[Barrier]:
    for style in styles.iter(f"{_W}style"):
        colour = style.find(f"{_W}rPr/{_W}color")
        value = "" if colour is None else colour.get(f"{_W}val", "")
        # white letters stand on the dark head of a table
        if re.fullmatch(r"[0-9A-Fa-f]{6}", value) and value.upper() != "FFFFFF":
            ratio = contrast(_rgb(value), _WHITE)
            if ratio < CONTRAST:
                name = style.get(f"{_W}styleId")
                yield Barrier("contrast", f"the style “{name}” is pale: {ratio:.1f} to 1 on white")


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of the standard
        for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(value: str) -> tuple[int, int, int]:
    red, green, blue = (int(value[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


_TEXT_LEVEL = 9
"""The level of what is no heading."""


def _headings(body: etree._Element, styles: etree._Element) -> Iterator[Barrier]:
    """Find a heading that skips a level; a style has the level of the one it is based on."""
    by_id = {each.get(f"{_W}styleId"): each for each in styles.iter(f"{_W}style")}

    def level(name: str | None, depth: int = 0) -> int | None:
        style = by_id.get(name)
        if style is None or depth > len(by_id):
            return None
        own = style.find(f"{_W}pPr/{_W}outlineLvl")
        if own is not None:
            value = own.get(f"{_W}val", "9")
            # what is no level of Word is that of a text
            return int(value) if re.fullmatch("[0-8]", value) else _TEXT_LEVEL
        based = style.find(f"{_W}basedOn")
        return None if based is None else level(based.get(f"{_W}val"), depth + 1)

    before = -1
    for paragraph in body.iter(f"{_W}p"):
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        here = None if named is None else level(named.get(f"{_W}val"))
        if here is None or here >= _TEXT_LEVEL:
            continue
        if here > before + 1:
            text = "".join(paragraph.itertext(f"{_W}t"))[:60]
            yield Barrier(
                "heading", f"the heading “{text}” of level {here + 1} follows one of level {before + 1}"
            )
        before = here
