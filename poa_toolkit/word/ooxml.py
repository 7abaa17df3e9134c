"""What our own files are matched by when they come back: controls, bookmarks, a record of what was printed.

All of it is written here and read here; `returned.signature` says how it is named.
"""

from __future__ import annotations

import re
from html import escape
from itertools import chain, islice, starmap
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from poa_toolkit.returned import signature
from poa_toolkit.returned.printed_proposals import (
    MarkedText,
    PrintedProposal,
    PrintedRemark,
    Printing,
    Stretch,
    amendment_of,
)
from poa_toolkit.returned.printed_texts import Line
from poa_toolkit.returned.signature import LONGEST_BOOKMARK
from poa_toolkit.returned.word_file import Record, RecordedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.document.blocks import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"'
"""What the root of every part declares: some readers look for both in parts that link to nothing."""
TEXTS = "https://poa-toolkit.example/texts/1"
"""The namespace of the part that holds the record. What it gains later an older toolkit passes over."""

_ROOT, _TEXT, _BESIDE, _NUMBER, _PROPOSAL, _MARKED, _STRETCH, _REMARK, _ROOM = (
    f"{{{TEXTS}}}{name}"
    for name in ("texts", "text", "beside", "number", "proposal", "marked", "stretch", "remark", "room")
)
_BEGINNING = re.compile(
    rb"((?:<\?xml [^>]*\?>\s*)?<texts xmlns=\"" + TEXTS.encode() + rb'")(?: pages="[^"]*")?'
)
_MOST_TEXTS = 100_000
_PIECES_AT_ONCE = 1000
"""How many texts and lines of the record are encoded together."""
_CONTROL_IDS = 0x3FFFFFFF
"""Ids of controls are positive and fit 32 bits with a sign; half of those there are is plenty."""


class Control(NamedTuple):
    """A text of a record that stands in a control of its own."""

    record: str
    field: str
    """``text``, ``title`` or ``points.a``."""
    text: str
    """The text printed there."""
    source: str = ""
    """The text as the plan has it, where that is spelt otherwise."""

    @property
    def tag(self) -> str:
        """Return what names the control: ``poa:A-007:text``."""
        return signature.tag(self.record, self.field)


class Taken(NamedTuple):
    """The names and numbers that a template has given."""

    note: int = 0
    """The highest of a note."""
    comment: int = -1
    """The highest of a comment; they count from 0."""
    mark: int = 0
    """The highest of a bookmark or another mark in the text."""
    bookmarks: frozenset[str] = frozenset()
    controls: frozenset[int] = frozenset()


class Names:
    """Names and numbers of one document, none given twice."""

    def __init__(self, taken: Taken) -> None:
        """Start after those of the template."""
        self._mark = taken.mark
        self._bookmarks = {name.lower() for name in taken.bookmarks}
        self._controls = set(taken.controls)

    def mark(self) -> int:
        """Return the next number of a mark in the text."""
        self._mark += 1
        return self._mark

    def bookmark(self, *parts: str) -> str:
        """Name a bookmark: ``A-007``, ``text`` → ``poa_A_007_text``; no two alike in any case."""
        stem = signature.bookmark(*parts)
        name, count = stem[:LONGEST_BOOKMARK], 1
        while name.lower() in self._bookmarks:
            count += 1
            ending = f"_{count}"
            name = stem[: LONGEST_BOOKMARK - len(ending)] + ending
        self._bookmarks.add(name.lower())
        return name

    def control(self, tag: str) -> int:
        """Return the id of a control, the same for the same tag in every document that is like this one."""
        number = crc32(tag.encode("utf-8")) & _CONTROL_IDS
        while number == 0 or number in self._controls:
            number = (number + 1) & _CONTROL_IDS
        self._controls.add(number)
        return number


def controlled(runs: str, control: Control, number: int) -> str:
    """Put runs into a control; Word shows record and field over it when one clicks there."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{control.record} {control.field}"/><w:tag w:val="{control.tag}"/>'
        f'<w:id w:val="{number}"/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'
    )


def written(
    document: Document,
    controls: Sequence[tuple[Control, str]],
    beside: Iterable[Line] = (),
    referred: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[bytes]:
    """Write the part that says what each control held, with its bookmark, when the file was made.

    `beside` are the lines that the document prints beside the texts, `referred` the numbers that its
    cross-references print, by bookmark. Of a document with proposals it says which words are whose. It is
    as long as the text itself, so that it is written piece by piece.
    """
    about = {"digest": document.digest, "version": document.version, "stage": document.stage}
    attributes = "".join(f' {name}="{escaped(value)}"' for name, value in about.items())
    standing = (each for each in controls if not amendment_of(each[0].record))
    numbers = (f'<number bookmark="{name}">{escaped(each)}</number>' for name, each in referred.items())
    proposals = _proposals(document.proposals, controls) if document.proposals else ()
    pieces = chain(starmap(_text, standing), map(_line, beside), numbers, proposals)
    yield f'<texts xmlns="{TEXTS}"{attributes}>'.encode()
    while some := "".join(islice(pieces, _PIECES_AT_ONCE)):
        yield some.encode("utf-8")
    yield b"</texts>"


def laid_out_by(part: bytes, program: str) -> bytes:
    """Return a part; the record of ours says that this program found the pages, and with "" that none did."""
    said = _attributes({"pages": program}).encode("utf-8")
    return _BEGINNING.sub(lambda found: found[1] + said, part, count=1) if _BEGINNING.match(part) else part


def _text(control: Control, bookmark: str) -> str:
    return (
        f'<text tag="{escaped(control.tag)}" bookmark="{bookmark}" record="{escaped(control.record)}" '
        f'field="{escaped(control.field)}"{_attributes({"source": control.source})}>'
        f"{escaped(control.text)}</text>"
    )


def _proposals(printing: Printing, controls: Sequence[tuple[Control, str]]) -> Iterator[str]:
    """Write the amendments that are printed, and which words of which text are whose."""
    bookmarks = {control.tag: bookmark for control, bookmark in controls}
    for each in printing.proposals:
        about = each._asdict()
        words = escaped(about.pop("words"))
        yield f"<proposal{_attributes(about)}>{words}</proposal>"
    for text in printing.texts:
        about = {"tag": text.tag, "bookmark": bookmarks.get(text.tag, ""), "by": text.by, "at": text.at}
        stretches = "".join(
            f"<stretch{_attributes({**each._asdict(), 'words': '', 'gone': ' '.join(each.gone)})}>"
            f"{escaped(each.words)}</stretch>"
            for each in text.stretches
        )
        yield f"<marked{_attributes(about)}>{stretches}</marked>"
    for remark in printing.remarks:
        yield f"<remark{_attributes({'by': remark.by})}>{escaped(remark.text)}</remark>"
    for line in printing.lines:
        yield f"<room>{escaped(line)}</room>"


def _attributes(about: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escaped(value)}"' for name, value in about.items() if value)


def _line(line: Line) -> str:
    under = signature.tag(*line.under) if line.under else ""
    about = {"kind": line.kind, "under": under, "whole": line.whole if line.whole != line.words else ""}
    return f"<beside{_attributes(about)}>{escaped(line.words)}</beside>"


def is_record(root: etree._Element) -> bool:
    """Return whether a custom part, by its root, is the record of ours."""
    return bool(root.tag == _ROOT)


def record(root: etree._Element) -> Record:
    """Read the record. Nothing of it is to be trusted."""
    digest, version, stage = (root.get(name, "") for name in ("digest", "version", "stage"))
    texts = tuple(_kept(each) for each in islice(root.iterchildren(_TEXT), _MOST_TEXTS))
    beside = tuple(_beside(each) for each in islice(root.iterchildren(_BESIDE), _MOST_TEXTS))
    numbers = islice(root.iterchildren(_NUMBER), _MOST_TEXTS)
    referred = {each.get("bookmark", ""): each.text or "" for each in numbers}
    return Record(digest, version, stage, texts, beside, referred, _printing(root))


def _printing(root: etree._Element) -> Printing | None:
    proposals = tuple(
        PrintedProposal(**{name: each.get(name, "") for name in _OF_PROPOSAL}, words=each.text or "")
        for each in islice(root.iterchildren(_PROPOSAL), _MOST_TEXTS)
    )
    if not proposals:
        return None
    return Printing(
        proposals,
        tuple(_marked(each) for each in islice(root.iterchildren(_MARKED), _MOST_TEXTS)),
        tuple(
            PrintedRemark(each.get("by", ""), each.text or "")
            for each in islice(root.iterchildren(_REMARK), _MOST_TEXTS)
        ),
        tuple(each.text or "" for each in islice(root.iterchildren(_ROOM), _MOST_TEXTS)),
    )


_OF_PROPOSAL = tuple(name for name in PrintedProposal._fields if name != "words")


def _marked(element: etree._Element) -> MarkedText:
    stretches = (
        Stretch(
            each.text or "",
            tuple(each.get("gone", "").split()),
            *(each.get(name, "") for name in ("came", "by", "at")),
        )
        for each in islice(element.iterchildren(_STRETCH), _MOST_TEXTS)
    )
    tag, *about = (element.get(name, "") for name in ("tag", "bookmark", "by", "at"))
    return MarkedText(tag, tuple(stretches), *about)


def _kept(element: etree._Element) -> RecordedText:
    name, field, source, bookmark = (
        element.get(name, "") for name in ("record", "field", "source", "bookmark")
    )
    return RecordedText(name, field, element.text or "", source, bookmark)


def _beside(element: etree._Element) -> Line:
    words, tag = element.text or "", element.get("under", "")
    under = signature.key(tag) if signature.is_tag(tag) else None
    return Line(words, element.get("kind", ""), under, element.get("whole", "") or words)


_IN_ATTRIBUTES = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;", '"': "&quot;"}


def escaped(text: str) -> str:
    """Write text so that a reader of XML gets each character back, white space too."""
    found = escape(text, quote=False)
    for character, written_as in _IN_ATTRIBUTES.items():  # far quicker than a table of translations
        found = found.replace(character, written_as)
    return found
