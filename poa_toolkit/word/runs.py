"""Runs of a document as WordprocessingML: strings, with nothing but character styles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document.blocks import Marks
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, RevisionState, Text
from poa_toolkit.errors import TemplateError
from poa_toolkit.text import characters
from poa_toolkit.word.ooxml import Names, controlled
from poa_toolkit.word.revising import RevisionWriter
from poa_toolkit.word.rich import LineBreak, NumberOf, PageOf, Rich

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.document.blocks import Revision
    from poa_toolkit.document.runs import Author
    from poa_toolkit.word.ooxml import Control, Taken
    from poa_toolkit.word.rich import WordRun

MARK_STYLES: Mapping[Mark, str] = {
    Mark.PLAIN: "",
    Mark.STRONG: "Strong",
    Mark.EMPHASIS: "Emphasis",
    Mark.CODE: "POACode",
    Mark.BRACKET: "POABracket",
    Mark.HOLDER: "POAHolder",
    Mark.MUTED: "POAMuted",
    Mark.FOUND: "Strong",
}
"""The id of the character style that shows each mark; the template says how it looks."""

_SPECIAL = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("(\r\n|[\r\n\t])")
_STYLE = re.compile(r"<w:rStyle [^>]*/>")


class Anchor(NamedTuple):
    """What a link can lead to."""

    number: str = ""
    """Its printed number, where it has one."""
    field: str = ""
    """The field whose text stands there, where it is the text of a record."""
    record: str = ""
    """The record of that field, where the anchor is called otherwise: of a point, its action."""


class Xml(str):
    """Runs as XML: a template prints them as they stand, for each has escaped its text."""

    __slots__ = ()
    __html__ = str.__str__


class Tag(NamedTuple):
    """A tag of the template."""

    properties: str = ""
    """The inside of the ``w:rPr`` of its run."""
    shares: bool = False
    """Whether other tags stand in its paragraph."""


PLAIN = Tag()


class Pen:
    """Writes the runs of one document, and remembers its notes, bookmarks, controls and comments."""

    def __init__(self, anchors: Mapping[str, Anchor], taken: Taken, marks: Marks | None = None) -> None:
        """Take every anchor that can be linked to, and what the template has numbered and named.

        `marks` says how a redline marks what changed; None: the document is clean.
        """
        self.notes: list[tuple[Note, Revision | None]] = []
        self.controls: dict[str, tuple[Control, str]] = {}
        """The texts in controls, each with its bookmark, by their tags."""
        self.in_body = True
        self.is_redline = marks is not None
        self._last_note = taken.note
        self._names = Names(taken)
        self.reviser = RevisionWriter(marks or Marks.TRACKED, self._names, taken.comment + 1)
        self._numbers = {name: anchor.number.rstrip(".") for name, anchor in anchors.items()}
        self._bookmarks = {
            name: self._names.bookmark(anchor.record or name, *([anchor.field] if anchor.field else []))
            for name, anchor in anchors.items()
        }
        self._placed: set[str] = set()
        self._said: set[int] = set()
        self._links: dict[tuple[str, str, str], str] = {}
        self.referred: dict[str, str] = {}
        """The numbers that cross-references print, by the bookmarks that their fields name."""

    def write(self, value: object, tag: Tag = PLAIN) -> Xml:
        """Return a tag's value as runs that keep the run properties of the tag.

        A bookmark stands round the runs of a value with an anchor, and a control round those of a
        text of the plan, the first time it is written in the body.
        """
        properties = tag.properties
        if not isinstance(value, Rich):
            return Xml(_text(str(value), "", properties))
        revision = value.revision
        if value.details and self.in_body:
            xml = "".join(self._details(value, properties))
        else:
            xml = "".join([self._run(run, properties, revision) for run in value.runs])
        if not self.in_body:
            return Xml(xml)
        if value.anchor or value.field:
            xml = self._named(xml, value.anchor, value.field, revision)
        if self.is_redline and xml:
            if revision and revision.remarks and id(revision) not in self._said:
                self._said.add(id(revision))
                xml = self.reviser.commented(xml, revision)
            xml = self.reviser.enclosed(xml, revision, tag.shares)
        return Xml(xml)

    def _details(self, value: Rich, properties: str) -> Iterator[str]:
        """Return the runs of a line, each text of the plan in it in its control."""
        groups = [
            (field, list(runs))
            for field, runs in groupby(value.runs, key=lambda run: getattr(run, "field", ""))
        ]
        times = Counter(field for field, _ in groups)
        for field, runs in groups:
            xml = "".join([self._run(run, properties, value.revision) for run in runs])
            # in a redline the words of a field may stand apart; no control holds them then
            control = value.details.get(field) if times[field] == 1 else None
            yield self._named(xml, "", control, value.revision) if control else xml

    def note(self, note: Note, revision: Revision | None = None) -> str:
        """Return the runs of a footnote's text."""
        return "".join(self._run(run, "", revision) for run in note.runs)

    def _run(self, run: WordRun, properties: str, revision: Revision | None) -> str:
        match run:
            case Text():
                return self._words(run, properties, revision)
            case Link(standing=RevisionState.KEPT) if revision and revision.standing is RevisionState.REMOVED:
                return _text(run.text, "POALink", properties)
            case Link(standing=RevisionState.KEPT) if not (run.was and self.reviser.tracked):
                return self._link(run.text, run.target, properties)
            case NumberOf() | PageOf() | LineBreak():
                return self._place(run, properties)
            case Note(standing=RevisionState.KEPT):
                return self._reference(run, revision)
            case _:
                return self._revised(run, properties, revision) if revision else ""

    def _place(self, run: NumberOf | PageOf | LineBreak, properties: str) -> str:
        """Return the page of an anchor as a field, the number of one in a bookmark, or the end of a line."""
        if isinstance(run, LineBreak):
            return f"<w:r>{_properties('', properties)}<w:br/></w:r>" if self.in_body else ""
        if isinstance(run, PageOf):
            return self._field(f"PAGEREF {self._bookmarks[run.target]} \\h", "", properties)
        xml, name = _text(run.text, "", properties), self._bookmarks[run.anchor]
        return self._bookmarked(xml, name) if self.in_body and name not in self._placed else xml

    def _revised(self, run: WordRun, properties: str, revision: Revision) -> str:
        """Return a run that came or went in a line that stayed."""
        match run:
            case Inserted(by=by):
                revision = _by(revision, by)
                runs, standing = self._words(run, properties, revision), RevisionState.ADDED
            case Deleted(by=by):
                revision = _by(revision, by)
                runs, standing = self._words(run, properties, revision), RevisionState.REMOVED
            case Link(text, target, RevisionState.KEPT):
                runs = self._renumbered(run.was, text, "POALink", properties, revision)
                bookmark = self._bookmarks.get(target[1:])
                return self._field(f"REF {bookmark} \\n \\h", runs, properties) if bookmark else runs
            case Link(text, target, RevisionState.ADDED, by=by):
                revision = _by(revision, by)
                runs, standing = self._link(text, target, properties), RevisionState.ADDED
            case Link(text, _, standing, by=by):
                revision = _by(revision, by)
                runs = _text(text, "POALink", properties)
            case Note(standing=standing):
                runs = self._reference(run, revision)
            case _:
                raise AssertionError("all other runs stay")
        return self.reviser.revised(runs, revision, standing)

    def _words(self, run: Text | Inserted | Deleted, properties: str, revision: Revision | None) -> str:
        """Return a stretch of text; the numbers of a cross-reference as fields that Word keeps right.

        What the new version has no more leads nowhere; what somebody would take out still does.
        """
        style, reference = MARK_STYLES[run.mark], run.reference
        if reference is None or not reference.numbers or _is_gone(run, revision):
            return _text(run.text, style, properties)
        words = _text(reference.word, style, properties)
        numbers = []
        before = reference.was or (each.text for each in reference.numbers)
        for (text, target), was in zip(reference.numbers, before, strict=True):
            runs = _text(text, style, properties)
            if was != text and revision and self.reviser.tracked:
                runs = self._renumbered(was, text, style, properties, revision)
            numbers.append(self._number(text, target, runs, properties))
        return words + _text(" ", style, properties).join(numbers)

    def _number(self, text: str, target: str, runs: str, properties: str) -> str:
        """Return the number of an anchor as a field; as words where the document has no such number."""
        for anchor, switch in ((target, "\\n "), (NumberOf(text, target).anchor, "")):
            if self._numbers.get(anchor) == text:
                bookmark = self._bookmarks[anchor]
                self.referred[bookmark] = text
                return self._field(f"REF {bookmark} {switch}\\h", runs, properties)
        return runs

    def _renumbered(self, was: str, now: str, style: str, properties: str, revision: Revision) -> str:
        """Return the number of one paragraph that each version counts in its own way."""
        return "".join(
            self.reviser.revised(_text(number, style, properties), revision, standing)
            for number, standing in ((was, RevisionState.REMOVED), (now, RevisionState.ADDED))
        )

    def _link(self, text: str, target: str, properties: str) -> str:
        """Return a link as runs; one that was written before is not built again."""
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
        if self.is_redline:
            # some readers drop what came or went inside the element
            return self._field(f'HYPERLINK \\l "{bookmark}"', runs, properties)
        return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{runs}</w:hyperlink>'

    @staticmethod
    def _field(instruction: str, result: str, properties: str) -> str:
        start, end = f"<w:r>{_properties('', properties)}", "</w:r>"
        code = escape(instruction, quote=False)
        return (
            f'{start}<w:fldChar w:fldCharType="begin"/>{end}'
            f'{start}<w:instrText xml:space="preserve"> {code} </w:instrText>{end}'
            f'{start}<w:fldChar w:fldCharType="separate"/>{end}{result}'
            f'{start}<w:fldChar w:fldCharType="end"/>{end}'
        )

    def _reference(self, note: Note, revision: Revision | None) -> str:
        if not self.in_body:
            raise TemplateError("a head or foot of the pages prints a text with notes; notes need the body")
        self.notes.append((note, revision))
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{self._last_note + len(self.notes)}"/></w:r>'
        )

    def _named(self, xml: str, anchor: str, control: Control | None, revision: Revision | None) -> str:
        """Put runs into their bookmark, and those of a text of the plan into their control."""
        name = self._bookmarks.get(anchor, "")
        if control is None or (self.is_redline and not self.reviser.tracked):
            return self._bookmarked(xml, name) if name and name not in self._placed else xml
        if control.tag in self.controls or not xml:
            return xml
        name = name or self._names.bookmark(control.record, control.field)
        self.controls[control.tag] = control, name
        if revision and revision.standing is RevisionState.REMOVED:
            # Word leaves an empty control where its text is taken out, and LibreOffice loses its count
            return self._bookmarked(xml, name)
        number = self._names.control(control.tag)
        made = controlled(self._bookmarked(xml, name), control, number)
        if revision and revision.standing is RevisionState.ADDED:
            return self.reviser.new_control(made, revision)
        return made

    def _bookmarked(self, xml: str, name: str) -> str:
        self._placed.add(name)
        number = self._names.mark()
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'


def _is_gone(run: Text | Inserted | Deleted, revision: Revision | None) -> bool:
    """Return whether words are no more in the new version; those of a proposal to take them out are."""
    if isinstance(run, Deleted):
        return run.by is None or not run.by.amendments
    return revision is not None and revision.standing is RevisionState.REMOVED and not revision.amendments


def _by(revision: Revision, author: Author | None) -> Revision:
    """Return a revision as that of whoever proposed the words, where that is known."""
    return replace(revision, author=author.name, when=author.when) if author else revision


def styled(text: str, style: str = "") -> str:
    """Return a text as a run in a character style, by its id."""
    return _text(text, style, "")


def _text(text: str, style: str, properties: str) -> str:
    if not text:
        return ""
    return f"<w:r>{_properties(style, properties)}{_inside(text)}</w:r>"


@lru_cache(maxsize=256)
def _properties(style: str, given: str) -> str:
    if style:
        return f'<w:rPr><w:rStyle w:val="{style}"/>{_STYLE.sub("", given)}</w:rPr>'
    return f"<w:rPr>{given}</w:rPr>" if given else ""


def _inside(text: str) -> str:
    """Return text with its line breaks and tabs, which Word holds as elements; refuse other controls."""
    if text.isprintable() or not _SPECIAL.search(text):
        return _t(text)
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
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>' if text else ""
