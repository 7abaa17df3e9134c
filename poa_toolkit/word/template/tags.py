"""The tags of a template, in page order, each with its place as a person would describe it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.word.ooxml import WORD

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


class TagPlace(NamedTuple):
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
    place: TagPlace
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
    place: TagPlace
    why: str


def scan(trees: Mapping[str, etree._Element]) -> tuple[list[Tag], list[Stray]]:
    """Return the tags of the body, of its notes, of heads and feet, and what only looks like one."""
    tags: list[Tag] = []
    strays: list[Stray] = []
    called = stories(trees)
    for name, root in rendered(trees):
        part = "body" if name == "word/document.xml" else name.removeprefix("word/")
        for each in _in_part(root, TagPlace(part, "", called.get(name, ""))):
            (tags if isinstance(each, Tag) else strays).append(each)  # type: ignore[arg-type] # of one or the other
    return tags, [*strays, *_in_other_parts(trees)]


def rendered(trees: Mapping[str, etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    """Return the parts whose tags are filled: the body, its notes, heads, feet."""
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
            yield Stray(_near(whole, found), TagPlace(name, ""), "no tag of this part is filled")


def _texts(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from element.attrib.values()
        yield element.text or ""
    yield element.tail or ""


def _in_part(root: etree._Element, part: TagPlace) -> Iterator[Tag | Stray]:
    places = _places(root, part)
    for paragraph in root.iter(f"{_W}p"):
        yield from _in_paragraph(paragraph, places[paragraph])
    for element in root.iter():
        yield from _elsewhere(element, places, part)


def _places(root: etree._Element, part: TagPlace) -> dict[etree._Element, TagPlace]:
    """Describe the place of every paragraph: those of tables by their cells, the others counted."""
    places: dict[etree._Element, TagPlace] = {}
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


def _in_paragraph(paragraph: etree._Element, place: TagPlace) -> Iterator[Tag | Stray]:
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
    place: TagPlace,
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
    """Return the formatting of a run, spelling and languages left out, so that two can be compared."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return b""
    skipped = (f"{_W}lang", f"{_W}noProof", f"{_W}rFonts")
    return b"".join(_canonical(each) for each in properties if each.tag not in skipped)


def _canonical(element: etree._Element) -> bytes:
    return repr((element.tag, sorted(element.attrib.items()))).encode("utf-8")


def _elsewhere(
    element: etree._Element, places: Mapping[etree._Element, TagPlace], part: TagPlace
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


_CURLY = re.compile(
    r"""
    (?P<straight> " (?: [^"“”„\\] | \\. )* " | ' (?: [^'‘’‚\\] | \\. )* ' )
    | ["“”„] (?P<double> [^"“”„]* ) ["“”]
    | ['‘’‚] (?P<single> .*? ) ['‘’] (?= \s* (?: $ | [^\w\s'‘’] | (?:and|or|else|if|in|is|not)\b ) )
    """,
    re.VERBOSE,
)
_QUOTED_TAG = re.compile(r"(?<=\{[{%]).*?(?=[}%]\})", re.DOTALL)
_SIGNS = "“”„‘’‚"
_HIDDEN = str.maketrans({sign: chr(0x10FFF0 + number) for number, sign in enumerate(_SIGNS)})
_SHOWN = str.maketrans({chr(0x10FFF0 + number): sign for number, sign in enumerate(_SIGNS)})


def straightened(inner: str) -> str:
    """Return what stands between the braces of a tag with straight quotes round its words.

    What stands between the quotes stays, an apostrophe too: ``“people’s”`` means ``people’s``.
    """
    return _CURLY.sub(_straight, inner)


def hidden(xml: str) -> str:
    """Return a part with its curly quotes as characters that nobody uses, so that docxtpl leaves them."""
    return xml.translate(_HIDDEN)


def shown(xml: str) -> str:
    """Restore the curly quotes of a part whose tags docxtpl has cleaned; in tags straight ones."""
    return _QUOTED_TAG.sub(lambda tag: straightened(tag[0]), xml.translate(_SHOWN))


def _straight(found: re.Match[str]) -> str:
    words = next(each for each in (found["straight"], found["double"], found["single"]) if each is not None)
    if words == found["straight"]:
        if not any(sign in words for sign in _SIGNS):
            return words
        words = words[1:-1]
    # what would end the word, or be made straight with the quotes, is written by its number
    spelt = re.sub(rf"[\"'{_SIGNS}]", lambda sign: f"\\u{ord(sign[0]):04x}", words)
    return f'"{spelt}"'


_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PAGES = {"first": " of the first page", "even": " of even pages"}
_AROUND = re.compile(r"word/(header|footer)[^/]*\.xml")


def stories(trees: Mapping[str, etree._Element]) -> dict[str, str]:
    """Say of each header, footer and part of notes what it is: ``footer of the first page of section 2``.

    Sections are named where there are several; a header that none of them uses is ``an unused header``.
    """
    found = {"word/footnotes.xml": "a footnote", "word/endnotes.xml": "an end note"}
    found |= {name: f"an unused {kind[1]}" for name in trees if (kind := _AROUND.fullmatch(name))}
    body = trees.get("word/document.xml")
    sections = [] if body is None else [each for each in body.iter(f"{_W}sectPr") if _stands(each)]
    used: dict[str, list[int]] = {}
    for number, section in enumerate(sections, 1):
        for name, words in _used(section, _targets(trees)):
            used.setdefault(name, []).append(number)
            if len(used[name]) == 1:
                found[name] = words
    if len(sections) > 1:
        for name, numbers in used.items():
            named = ", ".join(map(str, dict.fromkeys(numbers)))
            found[name] += f" of section{'s' * (',' in named)} {named}"
    return found


def _stands(section: etree._Element) -> bool:
    """Return whether the settings of a section are those that count, not what a tracked change replaced."""
    return section.getparent() is None or section.getparent().tag != f"{_W}sectPrChange"


def _used(section: etree._Element, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind in ("header", "footer"):
        for each in section.iterchildren(f"{_W}{kind}Reference"):
            name = targets.get(each.get(_ID, ""), "")
            if name:
                yield name, kind + _PAGES.get(each.get(f"{_W}type", ""), "")


def _targets(trees: Mapping[str, etree._Element]) -> dict[str, str]:
    links = trees.get("word/_rels/document.xml.rels")
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/word", each.get("Target", ""))).lstrip("/")
        for each in (links if links is not None else ())
        if isinstance(each.tag, str)
    }
