"""What styles say of paragraphs and runs, with all that they take from those they are based on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.word_file import Look
from poa_toolkit.word.reader.xml_names import (
    DELETED,
    INSERTED,
    NAMES,
    attribute,
    child,
    is_on,
    revision,
    value,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.model.proposals import Reviser

_MOST_UP = 10
_RUNNING_TEXT = 9
"""Word's outline level of what is no heading."""
_CHANGES = frozenset(("pPrChange", "sectPrChange"))
_TOGGLES = {
    "strike": Look.STRUCK,
    "dstrike": Look.STRUCK,
    "vanish": Look.HIDDEN,
    "u": Look.UNDERLINED,
    "highlight": Look.HIGHLIGHTED,
    "color": Look.COLOURED,
    "b": Look.BOLD,
}
_NO_COLOURS = ("auto", "000000", "")
_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc( heading| ?\d)|contents (heading|\d)|table of (figures|authorities)|toa heading")
"""The names of the built-in styles of contents, which are English in every language of Word."""


class Looks(NamedTuple):
    """Which looks are set, and which are taken back."""

    on: frozenset[Look] = frozenset()
    off: frozenset[Look] = frozenset()
    font: str = ""

    def over(self, below: Looks) -> Looks:
        """Return what these looks make of those below them."""
        if self is NO_LOOKS:
            return below
        return Looks((below.on - self.off) | self.on, self.off | below.off, self.font or below.font)


NO_LOOKS = Looks()


class Layout(NamedTuple):
    """What the properties of a paragraph say of its place on the page and in lists."""

    number: str | None = None
    """The list it is in; ``0`` for none."""
    level: int | None = None
    """The level in that list, from 0."""
    outline: int | None = None
    """The level of heading, from 0; 9 for running text."""
    indent: int | None = None
    centred: bool | None = None

    def over(self, below: Layout) -> Layout:
        """Return what this layout makes of the one below it."""
        pairs = zip(self, below, strict=True)
        return Layout(*(mine if mine is not None else theirs for mine, theirs in pairs))  # type: ignore[arg-type] # each of its own kind


class Style(NamedTuple):
    """A style."""

    id: str = ""
    name: str = ""
    layout: Layout = Layout()
    looks: Looks = NO_LOOKS
    heading: int = 0
    """The level of heading, from 1; 0 for other paragraphs."""
    is_contents: bool = False
    """Whether it is one of contents, which a program makes."""


class Properties(NamedTuple):
    """What the properties of a paragraph say, its style counted in."""

    style: Style
    layout: Layout
    inserted: Reviser | None = None
    """Who put in the mark that ends it."""
    deleted: Reviser | None = None
    """Who took out the mark that ends it."""
    changes: int = 0
    """How many tracked changes of its looks there are."""

    @property
    def heading(self) -> int:
        """Return the level of heading, from 1; 0 for running text."""
        return heading(self.layout) or self.style.heading


class Styles:
    """The styles of a file."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read them all; without a part of styles every paragraph is of none."""
        elements = [each for each in root if NAMES[each.tag] == "style"] if root is not None else []
        by_id = {attribute(each, "styleId"): each for each in elements}
        own = {name: _Own.read(each) for name, each in by_id.items()}
        self._styles = {name: _style(name, own) for name in own}
        self._default = next(
            (
                self._styles[attribute(each, "styleId")]
                for each in elements
                if attribute(each, "type") == "paragraph"
                and attribute(each, "default") in ("1", "true", "on")
            ),
            Style(),
        )

    def named(self, name: str) -> Style:
        """Return the style with that id; the default one of paragraphs for an empty or unknown one."""
        return self._styles.get(name, self._default)

    def of_run(self, name: str) -> Style | None:
        """Return the style of characters with that id; None where there is none."""
        return self._styles.get(name)


class _Own(NamedTuple):
    """What a style says itself."""

    name: str
    based_on: str
    layout: Layout
    looks: Looks

    @classmethod
    def read(cls, element: etree._Element) -> _Own:
        of_paragraph, of_run = child(element, "pPr"), child(element, "rPr")
        return cls(
            value(element, "name") or "",
            value(element, "basedOn") or "",
            Layout() if of_paragraph is None else read_layout(of_paragraph),
            Looks() if of_run is None else read_looks(of_run),
        )


def _style(name: str, styles: Mapping[str, _Own]) -> Style:
    layout, looks = Layout(), Looks()
    title, here = styles[name].name or name, name
    for _ in range(_MOST_UP):
        own = styles.get(here)
        if own is None:
            break
        layout, looks, here = layout.over(own.layout), looks.over(own.looks), own.based_on
    level = heading(layout)
    named = _HEADING.fullmatch(title.lower())
    if layout.outline is None and named:
        level = int(named[1])
    return Style(name, title, layout, looks, level, bool(_CONTENTS.match(title.lower())))


def heading(layout: Layout) -> int:
    """Return the level of heading that a layout says, from 1; 0 for running text."""
    outline = _RUNNING_TEXT if layout.outline is None else layout.outline
    return outline + 1 if 0 <= outline < _RUNNING_TEXT else 0


def read_paragraph(properties: etree._Element | None, styles: Styles) -> Properties:
    """Read the properties of a paragraph."""
    name, own = "", None
    inserted: Reviser | None = None
    deleted: Reviser | None = None
    changes = 0
    for each in properties if properties is not None else ():
        kind = NAMES[each.tag]
        if kind == "pStyle":
            name = attribute(each, "val")
        elif kind in _LAYOUT:
            own = own or read_layout(properties)
        elif kind == "rPr":
            changes += sum(NAMES[one.tag] == "rPrChange" for one in each)
            inserted = next((revision(one) for one in each if NAMES[one.tag] in INSERTED), None)
            deleted = next((revision(one) for one in each if NAMES[one.tag] in DELETED), None)
        elif kind in _CHANGES:
            changes += 1
    style = styles.named(name)
    layout = style.layout if own is None else own.over(style.layout)
    return Properties(style, layout, inserted, deleted, changes)


def read_layout(properties: etree._Element) -> Layout:
    """Read what the properties of a paragraph or a level of a list say of its place."""
    found: dict[str, str | int | bool | None] = {}
    for each in properties:
        read = _LAYOUT.get(NAMES[each.tag])
        if read is not None:
            found.update(read(each))
    return Layout(**found)  # type: ignore[arg-type] # each name with a value of its own kind


def _of_list(element: etree._Element) -> dict[str, str | int | bool | None]:
    level = value(element, "ilvl")
    return {"number": value(element, "numId"), "level": None if level is None else whole(level)}


def _of_indent(element: etree._Element) -> dict[str, str | int | bool | None]:
    left = attribute(element, "left") or attribute(element, "start")
    return {"indent": whole(left)} if left else {}


_LAYOUT: dict[str, Callable[[etree._Element], dict[str, str | int | bool | None]]] = {
    "numPr": _of_list,
    "outlineLvl": lambda element: {"outline": whole(attribute(element, "val"), _RUNNING_TEXT)},
    "ind": _of_indent,
    "jc": lambda element: {"centred": attribute(element, "val") == "center"},
}


def read_looks(properties: etree._Element) -> Looks:
    """Read what the properties of a run say of its looks, its style left out."""
    return read_run(properties)[0]


def read_run(properties: etree._Element) -> tuple[Looks, str, int]:
    """Read the looks that the properties of a run set, its style, and how many tracked changes of looks."""
    found: dict[Look, bool] = {}
    font = style = ""
    changes = 0
    for each in properties:
        name = NAMES[each.tag]
        look = _TOGGLES.get(name)
        if look is not None:
            setting = attribute(each, "val")
            is_set = setting not in _NO_COLOURS if look is Look.COLOURED else is_on(setting)
            # two elements strike: one of them is enough
            found[look] = is_set or found.get(look, False)
        elif name == "rStyle":
            style = attribute(each, "val")
        elif name == "rFonts":
            font = attribute(each, "ascii") or attribute(each, "hAnsi")
        elif name == "rPrChange":
            changes += 1
    if not found and not font:
        return NO_LOOKS, style, changes
    on = frozenset(look for look, is_set in found.items() if is_set)
    return Looks(on, frozenset(found) - on, font), style, changes
