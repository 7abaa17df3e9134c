"""From the paragraphs of an old draft to the shape of a plan: title, sections, actions, points, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.process.returned import Form as NumberForm
from poa_toolkit.process.revisions import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.process.returned import Paragraph, Returned

_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\(\d{1,3}\)|\d{1,3}(?:\.\d{1,3})+\.?)\s+")
_LETTER = re.compile(r"(?:\(?[a-z]{1,2}\)|[a-z]\.|\([ivx]{1,5}\)|[ivx]{1,5}\))\s+")
_BULLET = re.compile(r"[-\u2013\u2014\u2022\u00b7\u25aa\u25cf*]\s+")
_ROMAN = re.compile(r"(?:(?i:section|part|chapter)\s+)?(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})[.:)]\s+(?=\S)")
_INTRODUCTION = re.compile(r"(?:introduction|preamble|background)\b", re.IGNORECASE)
_CALL = re.compile(
    r"\b(?:should|shall|must|will|may|urges?|calls? (?:up)?on|encourages?|recommends?)\b", re.IGNORECASE
)
_LONGEST_HEADING = 90


class Form(StrEnum):
    """What a paragraph of a draft is by its looks."""

    TITLE = "title"
    HEADING = "heading"
    NUMBERED = "numbered"
    POINT = "point"
    PLAIN = "plain"


class Line(NamedTuple):
    """A paragraph of the draft: what it is, its words without the number, and the notes it calls."""

    form: Form
    text: str
    level: int = 0
    notes: tuple[str, ...] = ()


@dataclass
class Drafted:
    """A text of the plan to be, with its notes."""

    text: str
    notes: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    is_guess: bool = False
    """Whether it had no number and is an action by its words alone."""


@dataclass
class DraftedSection:
    """A section of the plan to be."""

    title: str
    chapeau: list[Drafted] = field(default_factory=list)
    actions: list[Drafted] = field(default_factory=list)


@dataclass
class DraftedPlan:
    """The plan to be."""

    title: str = ""
    front: list[Drafted] = field(default_factory=list)
    introduction: list[Drafted] = field(default_factory=list)
    sections: list[DraftedSection] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """The text of every note, by its name."""
    left_out: list[str] = field(default_factory=list)
    """What was not taken in: a table, a text box."""


def drafted(returned: Returned) -> DraftedPlan:
    """Read an old draft: tracked changes are taken as accepted, numbers are left out."""
    plan = DraftedPlan()
    names = _note_names(returned.paragraphs)
    plan.notes = _notes(returned.paragraphs, names)
    plan.left_out = list(_left_out(returned.paragraphs))
    writer = _Writer(plan)
    for each in _lines(returned.paragraphs):
        writer.take(each._replace(notes=tuple(names[note] for note in each.notes)))
    writer.finish()
    return plan


def _note_names(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Give the notes that are called, each with the number that a reader sees: ``note 3``."""
    called = dict.fromkeys(call.note for each in paragraphs for call in each.calls)
    return {note: f"note {number}" for number, note in enumerate(called, 1)}


def _notes(paragraphs: Iterable[Paragraph], names: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in paragraphs:
        if each.note in names:
            found.setdefault(names[each.note], []).append(clean(each.new))
    return {name: " ".join(filter(None, texts)) for name, texts in found.items()}


def _left_out(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Name the tables and boxes that hold words, each by its first."""
    last = ""
    for each in paragraphs:
        kind, words = each.place.kind, clean(each.new)
        if kind in ("table", "box") and words and last != kind:
            yield f"{'a table' if kind == 'table' else 'a text box'} that begins “{words[:_LONGEST_HEADING]}”"
        if words or kind not in ("table", "box"):
            last = kind
    if any(piece.inserted or piece.deleted for each in paragraphs for piece in each.pieces):
        yield "its tracked changes, which are taken as accepted"


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[Line]:
    text = [each for each in paragraphs if not each.place.kind]
    has_headings = any(each.level for each in text)
    for each in paragraphs:
        words = clean(each.new)
        if not each.place.kind and words:
            yield _line(each, words, has_headings=has_headings)


def _line(paragraph: Paragraph, words: str, *, has_headings: bool) -> Line:
    style = paragraph.style.lower()
    calls = tuple(each.note for each in paragraph.calls)
    if style in ("title", "titre"):
        return Line(Form.TITLE, words, 0, calls)
    if paragraph.level or (not has_headings and _looks_like_heading(words)):
        return Line(Form.HEADING, _ROMAN.sub("", words, count=1), paragraph.level or 1, calls)
    form, level = Form.PLAIN, 0
    if paragraph.number:
        level = paragraph.number.level
        form = Form.POINT if level or paragraph.number.form is NumberForm.BULLET else Form.NUMBERED
    for pattern, typed in ((_NUMBER, Form.NUMBERED), (_LETTER, Form.POINT), (_BULLET, Form.POINT)):
        found = pattern.match(words)
        if found and form is Form.PLAIN:
            form, words = typed, words[found.end() :]
    return Line(form, words, level, calls)


def _looks_like_heading(words: str) -> bool:
    """Say whether a paragraph of no style is a heading: short, and numbered in roman or all in capitals."""
    if len(words) > _LONGEST_HEADING or words.endswith((".", ";", ":", ",")):
        return False
    roman = re.match(r"(?:(?:Section|Part|Chapter)\s+\w+|[IVXLC]{1,6})[.:)]?\s+\S", words)
    return bool(roman) or (words.isupper() and any(each.isalpha() for each in words))


class _Writer:
    """Puts one line after the other where it belongs."""

    def __init__(self, plan: DraftedPlan) -> None:
        self.plan = plan
        self.section: DraftedSection | None = None
        self.in_introduction = False
        self.last: Drafted | None = None
        self.last_line: Line | None = None

    def take(self, line: Line) -> None:
        match line.form:
            case Form.TITLE:
                self._title(line)
            case Form.HEADING:
                self._heading(line)
            case Form.POINT if self.last is not None and self._is_below(line):
                self.last.points.append(line.text)
                self.last.notes += line.notes
            case _:
                self._paragraph(line)

    def _is_below(self, line: Line) -> bool:
        """Say whether a line of a list belongs to the action above, and is not the next of its kind."""
        if self.section is None or not self.section.actions or self.last_line is None:
            return False
        return self.last_line.form is not Form.POINT or line.level > self.last_line.level

    def _title(self, line: Line) -> None:
        if self.plan.title:
            self._paragraph(line)
        else:
            self.plan.title = line.text

    def _heading(self, line: Line) -> None:
        self.in_introduction = bool(_INTRODUCTION.match(line.text))
        self.last = None
        if self.in_introduction:
            self.section = None
            return
        self.section = DraftedSection(line.text)
        self.plan.sections.append(self.section)

    def _paragraph(self, line: Line) -> None:
        paragraph = Drafted(line.text, list(line.notes))
        self.last, self.last_line = paragraph, line
        if self.section is None:
            numbered = self.in_introduction or line.form is Form.NUMBERED
            (self.plan.introduction if numbered else self.plan.front).append(paragraph)
            return
        if line.form in (Form.NUMBERED, Form.POINT):
            self.section.actions.append(paragraph)
        elif self.section.actions:
            paragraph.is_guess = True
            self.section.actions.append(paragraph)
        else:
            self.section.chapeau.append(paragraph)

    def finish(self) -> None:
        """Settle what only the whole can tell: the title, and sections without a number."""
        plan = self.plan
        first = plan.sections[0] if plan.sections else None
        if not plan.title and first is not None and not first.actions and not first.chapeau:
            # a heading that has nothing below it but headings, at the top, is the title
            plan.title = first.title
            plan.sections.pop(0)
        elif not plan.title and plan.front:
            plan.title = plan.front.pop(0).text
        for section in plan.sections:
            if not section.actions:
                _divide(section)
        plan.sections = [each for each in plan.sections if each.actions or each.chapeau]


def _divide(section: DraftedSection) -> None:
    """Tell the actions of a section without numbers: the paragraphs that say what somebody is to do."""
    asking = [each for each in section.chapeau if _CALL.search(each.text)]
    for each in asking:
        each.is_guess = True
    section.actions = asking
    section.chapeau = [each for each in section.chapeau if each not in asking]
