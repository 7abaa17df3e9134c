"""Runs of a document as WordprocessingML: strings, with nothing but character styles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self, TypeAlias

from poa_toolkit.document.parts import Deleted, Inserted, Link, Mark, Note, Run, Text
from poa_toolkit.errors import TemplateError
from poa_toolkit.text import characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARK_STYLES: Mapping[Mark, str] = {
    Mark.PLAIN: "",
    Mark.STRONG: "Strong",
    Mark.EMPHASIS: "Emphasis",
    Mark.CODE: "POACode",
    Mark.BRACKET: "POABracket",
    Mark.HOLDER: "POAHolder",
    Mark.MUTED: "POAMuted",
}
"""The id of the character style that shows each mark; the template says how it looks."""

_SPECIAL = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("(\r\n|[\r\n\t])")
_STYLE = re.compile(r"<w:rStyle [^>]*/>")


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page on which an anchor stands; whoever lays out the pages fills it in."""

    target: str


WordRun: TypeAlias = Run | PageOf


class Rich(str):
    """What a tag of the template gives: plain text that also knows its runs and its anchor."""

    __slots__ = ("anchor", "runs")
    runs: tuple[WordRun, ...]
    anchor: str

    def __new__(cls, runs: Iterable[WordRun], anchor: str = "") -> Self:
        """Make the plain text from the runs; notes and pages have none."""
        runs = tuple(runs)
        rich = super().__new__(cls, "".join([getattr(run, "text", "") for run in runs]))
        rich.runs = runs
        rich.anchor = anchor
        return rich


class Xml(str):
    """Runs as XML: a template prints them as they stand, for each has escaped its text."""

    __slots__ = ()
    __html__ = str.__str__


class Pen:
    """Writes the runs of one document, and remembers its notes and bookmarks."""

    def __init__(self, anchors: Mapping[str, str]) -> None:
        """Take every anchor that can be linked to, with its printed number where it has one."""
        self.notes: list[tuple[Text | Link, ...]] = []
        self.in_body = True
        self.last_note = 0
        self._numbers = {name: number.rstrip(".") for name, number in anchors.items()}
        self._bookmarks = _bookmarks(anchors)
        self._placed: dict[str, int] = {}
        self._links: dict[tuple[str, str, str], str] = {}

    def write(self, value: object, properties: str = "") -> Xml:
        """Give a tag's value as runs that keep the run properties of the tag.

        `properties` is the inside of the tag's ``w:rPr``. A bookmark stands round the runs of a
        value with an anchor, the first time it is written.
        """
        if not isinstance(value, Rich):
            return Xml(_text(str(value), "", properties))
        xml = "".join([self._run(run, properties) for run in value.runs])
        return Xml(self._bookmarked(xml, value.anchor))

    def note(self, runs: Iterable[Text | Link]) -> str:
        """Give the runs of a footnote's text."""
        return "".join(self._run(run, "") for run in runs)

    def _run(self, run: WordRun, properties: str) -> str:
        match run:
            case Text():
                return _text(run.text, MARK_STYLES[run.mark], properties)
            case Link():
                return self._link(run.text, run.target, properties)
            case Inserted(text):
                return _text(text, "POAInserted", properties)
            case Deleted(text):
                return _text(text, "POADeleted", properties)
            case PageOf(target):
                return self._field(f"PAGEREF {self._bookmarks[target]} \\h", "", properties)
            case Note(runs):
                return self._reference(runs)

    def _link(self, text: str, target: str, properties: str) -> str:
        """Give a link as runs; one that was written before is not built again."""
        link = (text, target, properties)
        if link not in self._links:
            self._links[link] = self._new_link(*link)
        return self._links[link]

    def _new_link(self, text: str, target: str, properties: str) -> str:
        anchor = target[1:]
        if not target.startswith("#"):
            address = target.replace("\\", "%5C").replace('"', "%22")
            return self._field(f'HYPERLINK "{address}"', _text(text, "Hyperlink", properties), properties)
        if anchor not in self._bookmarks:
            return _text(text, "", properties)
        bookmark = self._bookmarks[anchor]
        if text == self._numbers[anchor]:
            return self._field(f"REF {bookmark} \\n \\h", _text(text, "POALink", properties), properties)
        runs = _text(text, "POALink", properties)
        return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{runs}</w:hyperlink>'

    @staticmethod
    def _field(instruction: str, result: str, properties: str) -> str:
        start, end = f"<w:r>{_properties('', properties)}", "</w:r>"
        return (
            f'{start}<w:fldChar w:fldCharType="begin"/>{end}'
            f'{start}<w:instrText xml:space="preserve"> {_escaped(instruction)} </w:instrText>{end}'
            f'{start}<w:fldChar w:fldCharType="separate"/>{end}{result}'
            f'{start}<w:fldChar w:fldCharType="end"/>{end}'
        )

    def _reference(self, runs: tuple[Text | Link, ...]) -> str:
        if not self.in_body:
            raise TemplateError("a head or foot of the pages prints a text with notes; notes need the body")
        self.notes.append(runs)
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{self.last_note + len(self.notes)}"/></w:r>'
        )

    def _bookmarked(self, xml: str, anchor: str) -> str:
        name = self._bookmarks.get(anchor)
        if not name or not self.in_body or name in self._placed:
            return xml
        self._placed[name] = number = len(self._placed) + 1
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'


def _bookmarks(anchors: Iterable[str]) -> dict[str, str]:
    """Name a bookmark for each anchor: ``A-007`` → ``poa_A_007``; no two alike in any case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in anchors:
        stem = name = "poa_" + re.sub(r"\W", "_", anchor, flags=re.ASCII)[:32]
        count = 1
        while name.lower() in taken:
            count += 1
            name = f"{stem}_{count}"
        taken.add(name.lower())
        names[anchor] = name
    return names


def _text(text: str, style: str, properties: str) -> str:
    if not text:
        return ""
    inside = _t(text) if text.isprintable() or not _SPECIAL.search(text) else _inside(text)
    return f"<w:r>{_properties(style, properties)}{inside}</w:r>"


@lru_cache(maxsize=256)
def _properties(style: str, given: str) -> str:
    if style:
        return f'<w:rPr><w:rStyle w:val="{style}"/>{_STYLE.sub("", given)}</w:rPr>'
    return f"<w:rPr>{given}</w:rPr>" if given else ""


def _inside(text: str) -> str:
    """Give text with its line breaks and tabs, which Word holds as elements; refuse other controls."""
    for bad in _SPECIAL.finditer(text):
        if bad.group() not in "\r\n\t":
            near = text[max(bad.start() - 20, 0) : bad.start()]
            named = characters.name(bad.group())
            raise TemplateError(f"no Word file can hold {named}, which follows {near!r}: take it out")
    pieces = (
        _t(piece) if index % 2 == 0 else "<w:tab/>" if piece == "\t" else "<w:br/>"
        for index, piece in enumerate(_BREAKS.split(text))
    )
    return "".join(pieces)


def _t(text: str) -> str:
    return f'<w:t xml:space="preserve">{_escaped(text)}</w:t>' if text else ""


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text
