"""Reads a Word file with lxml alone, so that tests do not believe what the toolkit says of itself."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its style and its text, tabs and breaks as characters."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: what names it, the bookmarks in it, and its text."""

    tag: str
    id: int
    bookmarks: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a Word file holds."""

    names: tuple[str, ...]
    parts: dict[str, bytes] = field(repr=False)

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @property
    def body(self) -> etree._Element:
        return self.tree("word/document.xml")[0]

    @property
    def lines(self) -> list[Line]:
        """Every paragraph of the body, cells included, in reading order."""
        return [_line(each) for each in self.body.iter(f"{W}p")]

    @property
    def notes(self) -> list[str]:
        """The text of every note, without the lines that part notes from the text."""
        notes = self.tree("word/footnotes.xml").findall(f"{W}footnote")
        return [_text(each).strip() for each in notes if each.get(f"{W}type") is None]

    @property
    def rows(self) -> list[list[str]]:
        return [[_text(cell) for cell in row.findall(f"{W}tc")] for row in self.body.iter(f"{W}tr")]

    def of_style(self, style: str) -> list[str]:
        return [line.text for line in self.lines if line.style == style]

    @property
    def controls(self) -> list[Control]:
        """Every content control of the body, in reading order."""
        return [_control(each) for each in self.body.iter(f"{W}sdt")]

    @property
    def text(self) -> str:
        """All the text there is: body, notes, heads and feet."""
        around = [name for name in self.parts if name.startswith(("word/header", "word/footer"))]
        pieces = [
            *(line.text for line in self.lines),
            *self.notes,
            *(_text(self.tree(name)) for name in around),
        ]
        return "\n".join(pieces)


def read(file: bytes) -> Reading:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        names = tuple(archive.namelist())
        return Reading(names, {name: archive.read(name) for name in names})


def repacked(file: bytes, part: str, old: str, new: str) -> bytes:
    """Give a Word file with one string of one part replaced."""
    parts = read(file).parts
    assert old.encode("utf-8") in parts[part], f"{old!r} is not in {part}"
    return packed({**parts, part: parts[part].replace(old.encode("utf-8"), new.encode("utf-8"))})


def packed(parts: dict[str, bytes]) -> bytes:
    """Give parts as a Word file."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _line(paragraph: etree._Element) -> Line:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return Line("" if style is None else style.get(f"{W}val"), _text(paragraph))


def _control(element: etree._Element) -> Control:
    properties, content = element
    return Control(
        properties.find(f"{W}tag").get(f"{W}val"),
        int(properties.find(f"{W}id").get(f"{W}val")),
        tuple(each.get(f"{W}name") for each in content.iter(f"{W}bookmarkStart")),
        _text(content).replace("\n", ""),  # where lines of a title end is no word of it
    )


def _text(element: etree._Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for each in element.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.getparent().tag == f"{W}r":
            yield "\t" if each.tag == f"{W}tab" else "\n"
