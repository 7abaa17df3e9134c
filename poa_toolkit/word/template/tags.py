"""The tags of a template, in page order, each with its place as a person would describe it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.word.package import WORD
from poa_toolkit.word.template.curly_quotes import straightened
from poa_toolkit.word.template.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_W = f"{{{WORD}}}"
_TEXT = f"{_W}t"
_DELETED = f"{_W}delText"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENED = re.compile(r"\{\{|\{%|\{#")
_CLOSED = re.compile(r"\}\}|%\}|#\}")
_INSIDE = re.compile(r"\{[{%#][-+]?(?P<scope>(?:tr|tc|p|r)\s)?(?P<inner>.*?)[-+]?[}%#]\}", re.DOTALL)
_NEAR = 60
_MOST_STRAYS = 100
"""How many of a part are told."""


NOTES = ("word/footnotes.xml", "word/endnotes.xml")
"""The parts of notes, whose tags are filled as those of the body."""


class Place(NamedTuple):
    """Where something stands in a template."""

    part: str
    """``body``, or the head or foot of the pages by its file, such as ``header1.xml``."""
    words: str
    """``paragraph 12``, or ``table 2, row 3, cell 1``."""
    story: str = ""
    """What the part is to a person: ``header of the first page``; empty for the body."""

    def __str__(self) -> str:
        words = (self.words,) if self.part == "body" else (self.story or self.part, self.words)
        return ", ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag."""

    text: str
    """As it was typed."""
    place: Place
    style: str
    """The id of its paragraph's style."""
    scope: str
    """What it stands for as a whole: ``p`` a paragraph, ``tr`` a row, ``tc`` a cell; empty: itself."""
    inner: str
    """What stands between the braces, its words in straight quotes."""
    lost: str
    """The text beside it that its scope takes away with it."""
    runs: int
    """How many runs it stands in; with more than one, Word has split it."""
    formats: int
    """How many formattings these have."""
    holder: str
    """The way to what holds its scope: the same for tags that can be a pair."""

    @property
    def rules(self) -> bool:
        """Whether it is ``{% … %}``."""
        return self.text.startswith("{%")

    @property
    def comments(self) -> bool:
        """Whether it is ``{# … #}``."""
        return self.text.startswith("{#")


class Stray(NamedTuple):
    """What looks like a tag, and is none that can be filled."""

    text: str
    place: Place
    why: str


def scan(trees: Mapping[str, etree._Element]) -> tuple[list[Tag], list[Stray]]:
    """Give the tags of the body, of its notes, of heads and feet, and what only looks like one."""
    tags: list[Tag] = []
    strays: list[Stray] = []
    called = stories(trees)
    for name, root in rendered(trees):
        part = "body" if name == "word/document.xml" else name.removeprefix("word/")
        for each in _in_part(root, Place(part, "", called.get(name, ""))):
            (tags if isinstance(each, Tag) else strays).append(each)  # type: ignore[arg-type] # of one or the other
    return tags, [*strays, *_in_other_parts(trees)]


def rendered(trees: Mapping[str, etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    """Give the parts whose tags are filled: the body, its notes, heads, feet."""
    around = sorted(name for name in trees if re.fullmatch(r"word/(?:header|footer)[^/]*\.xml", name))
    for name in ("word/document.xml", *NOTES, *around):
        if name in trees:
            yield name, trees[name]


def _in_other_parts(trees: Mapping[str, etree._Element]) -> Iterator[Stray]:
    """Find tags where none is filled: in the properties, in comments, in charts."""
    filled = {name for name, _ in rendered(trees)}
    for name in sorted(set(trees) - filled):
        texts = (text for each in trees[name].iter() for text in _texts(each))
        whole = "".join(texts)
        for found in islice(_OPENED.finditer(whole), _MOST_STRAYS):
            yield Stray(_near(whole, found), Place(name, ""), "no tag of this part is filled")


def _texts(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from element.attrib.values()
        yield element.text or ""
    yield element.tail or ""


def _in_part(root: etree._Element, part: Place) -> Iterator[Tag | Stray]:
    places = _places(root, part)
    for paragraph in root.iter(f"{_W}p"):
        yield from _in_paragraph(paragraph, places[paragraph])
    for element in root.iter():
        yield from _elsewhere(element, places, part)


def _places(root: etree._Element, part: Place) -> dict[etree._Element, Place]:
    """Describe the place of every paragraph: those of tables by their cells, the others counted."""
    places: dict[etree._Element, Place] = {}
    count = 0
    tables = {table: number for number, table in enumerate(root.iter(f"{_W}tbl"), start=1)}
    for paragraph in root.iter(f"{_W}p"):
        around = [each.tag for each in paragraph.iterancestors()]
        if f"{_W}tc" in around:
            cell = next(paragraph.iterancestors(f"{_W}tc"))
            row = next(cell.iterancestors(f"{_W}tr"))
            table = next(row.iterancestors(f"{_W}tbl"))
            r, c = (_nth(row, table, f"{_W}tr"), _nth(cell, row, f"{_W}tc"))
            words = f"table {tables[table]}, row {r}, cell {c}"
        else:
            boxed = f"{_W}txbxContent" in around
            count += not boxed
            words = f"text box in paragraph {count}" if boxed else f"paragraph {count}"
        places[paragraph] = part._replace(words=words)
    return places


def _nth(element: etree._Element, root: etree._Element, tag: str) -> int:
    return next(number for number, each in enumerate(root.iter(tag), start=1) if each is element)


def _in_paragraph(paragraph: etree._Element, place: Place) -> Iterator[Tag | Stray]:
    pieces = [each for each in paragraph.iter(_TEXT) if next(each.iterancestors(f"{_W}p")) is paragraph]
    text = "".join(each.text or "" for each in pieces)
    if not _OPENED.search(text) and not _CLOSED.search(text):
        return
    owners = [piece for piece in pieces for _ in piece.text or ""]
    left = _TAG.sub("\0", text)
    found = list(_TAG.finditer(text))
    for each in found:
        yield _tag(each, text, owners[each.start() : each.end()], paragraph, place)
    for pattern, why in (
        (_OPENED, "a tag is opened and not closed"),
        (_CLOSED, "a tag is closed and not opened"),
    ):
        if wrong := pattern.search(left):
            yield Stray(left[max(wrong.start() - 10, 0) :].replace("\0", "")[:_NEAR], place, why)


def _tag(
    found: re.Match[str],
    text: str,
    owners: list[etree._Element],
    paragraph: etree._Element,
    place: Place,
) -> Tag:
    parsed = _INSIDE.fullmatch(found.group())
    scope = (parsed["scope"] or "").strip() if parsed else ""
    inner = straightened(parsed["inner"].strip()) if parsed else ""
    runs = list(dict.fromkeys(next(owner.iterancestors(f"{_W}r"), owner) for owner in owners))
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    held = {"p": paragraph, "tr": _above(paragraph, "tr"), "tc": _above(paragraph, "tc")}.get(scope)
    around = text if scope == "p" else "" if held is None else "".join(t.text or "" for t in held.iter(_TEXT))
    parent = None if held is None else held.getparent()
    return Tag(
        text=found.group(),
        place=place,
        style="" if style is None else style.get(f"{_W}val", ""),
        scope="" if scope == "r" else scope,
        inner=inner,
        lost=" ".join(around.replace(found.group(), "", 1).split())[:_NEAR],
        runs=len(runs),
        formats=sum(1 for _ in groupby(runs, key=_format)),
        holder="" if parent is None else parent.getroottree().getpath(parent),
    )


def _above(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(f"{_W}{name}"), None)


def _format(run: etree._Element) -> bytes:
    """Give the formatting of a run, spelling and languages left out, so that two can be compared."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return b""
    skipped = (f"{_W}lang", f"{_W}noProof", f"{_W}rFonts")
    return b"".join(_canonical(each) for each in properties if each.tag not in skipped)


def _canonical(element: etree._Element) -> bytes:
    return repr((element.tag, sorted(element.attrib.items()))).encode("utf-8")


def _elsewhere(
    element: etree._Element, places: Mapping[etree._Element, Place], part: Place
) -> Iterator[Stray]:
    """Find what the engine would take for a tag outside the text of a paragraph."""
    texts = [*element.attrib.values()] if isinstance(element.tag, str) else []
    if element.tag != _TEXT:
        texts.append(element.text or "")
    texts.append(element.tail or "")
    for text in texts:
        for found in _OPENED.finditer(text):
            paragraph = element if element in places else next(element.iterancestors(f"{_W}p"), None)
            outside = part._replace(words="outside its paragraphs")
            place = outside if paragraph is None else places[paragraph]
            deleted = "in a deletion that is still tracked" if element.tag == _DELETED else "outside the text"
            yield Stray(_near(text, found), place, f"a tag stands {deleted}")


def _near(text: str, opened: re.Match[str]) -> str:
    """Quote what looks like a tag, as far as its end or the next one."""
    end = _TAG.match(text, opened.start())
    return (end.group() if end else text[opened.start() :])[:_NEAR]
