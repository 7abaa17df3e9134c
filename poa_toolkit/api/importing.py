"""An old Word draft becomes the files of a plan; what is left to look at is told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.pulling import RefusedFileError, read_returned, slug
from poa_toolkit.api.scaffolding import begin
from poa_toolkit.diagnostic import Diagnostic, Location, Severity, Span
from poa_toolkit.edit import spell
from poa_toolkit.load.plan import load
from poa_toolkit.model import Action, Head, Paragraph, Section
from poa_toolkit.process.citing_notes import NoteReader
from poa_toolkit.process.drafting import Drafted, DraftedPlan, DraftedSection, drafted
from poa_toolkit.source import folder
from poa_toolkit.source.base import PLAN_FILE
from poa_toolkit.trace import trace
from poa_toolkit.write.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from poa_toolkit.trace import Trace

_REGISTRY = ("plan/instruments/", "plan/recommendations/", "plan/actors.yaml", "plan/participants.yaml")
_KEPT = (*_REGISTRY, "plan/obligations.yaml")
"""What is taken over from the project whose registry is used."""
_NOTICE = "Taken from a Word draft; nobody has looked through it yet."
_LONGEST_ID = 28
_QUOTED = 80


class Imported(NamedTuple):
    """What an import made."""

    paths: tuple[str, ...]
    """The files, inside the folder."""
    sections: int
    actions: int
    points: int
    notes: int
    """How many notes the draft has."""
    resolved: int
    """How many of them were understood whole."""
    diagnostics: tuple[Diagnostic, ...]


def import_draft(
    target: Path, name: str, content: bytes, day: date, *, registry: Path | None = None
) -> Imported:
    """Write a plan into `target`, made from a Word draft called `name`; its one stage is dated `day`.

    `registry` is a project whose instruments, recommendations and actors are taken over, and in which
    the citations of the notes are looked up. Raises RefusedFileError for a file that cannot be read,
    EditRefusedError where there is a plan already.
    """
    returned = read_returned(name, content)
    plan = drafted(returned)
    if not any(section.actions for section in plan.sections):
        message = "no heading with paragraphs below it that could be actions was found"
        cure = "give the sections headings, and number the actions or say in them who should do what"
        raise RefusedFileError((Diagnostic("POA731", Severity.ERROR, message, Location(name), cure),))
    kept = _kept(registry) if registry else {}
    known = load(folder.read(registry, "")).plan if registry else None
    pages = _Pages(plan, trace(known) if known else None)
    files = {
        **kept,
        PLAN_FILE: pages.head(name, day),
        **{path: pages.section(path, section) for path, section in _sections(plan)},
    }
    written = begin(target, day, files)
    left = [*plan.left_out, *(["the comments of the draft"] if returned.remarks else [])]
    said = tuple(
        Diagnostic("POA733", Severity.WARNING, f"not taken in: {each}", Location(name), _BY_HAND)
        for each in left
    )
    return Imported(
        written,
        len(plan.sections),
        sum(len(section.actions) for section in plan.sections),
        sum(len(action.points) for section in plan.sections for action in section.actions),
        len(pages.asked),
        len(pages.asked) - len(pages.open_notes),
        (*pages.diagnostics, *said),
    )


_BY_HAND = "look at the draft, and put into the plan what belongs there"


def _kept(registry: Path) -> dict[str, str]:
    contents = folder.read(registry, "").contents
    return {path: each.decode("utf-8") for path, each in contents.items() if path.startswith(_KEPT)}


def _taken(registry: Trace) -> Iterator[str]:
    """Give the ids of what is taken over, which no section can have."""
    for name, found in registry.ids.items():
        if any(at[0] in _KEPT_LISTS for _, at in found):
            yield name


_KEPT_LISTS = ("sources", "instruments", "actors", "participants", "obligations", "parts")


def _sections(plan: DraftedPlan) -> Iterator[tuple[str, DraftedSection]]:
    for number, section in enumerate(plan.sections, 1):
        yield f"plan/sections/{number:02}-{slug(section.title)[:40].strip('-')}.yaml", section


class _Pages:
    """Spells the files of the plan, and finds where what is left to look at stands in them."""

    def __init__(self, plan: DraftedPlan, registry: Trace | None) -> None:
        self.plan = plan
        self.reader = NoteReader(registry) if registry else None
        self.ids = {"draft", *(_taken(registry) if registry else ())}
        self.diagnostics: list[Diagnostic] = []
        self.asked: set[str] = set()
        self.open_notes: set[str] = set()
        self.counts = {"A": 0, "C": 0}

    def head(self, name: str, day: date) -> str:
        """Spell plan.yaml."""
        plan = self.plan
        record = {
            "title": plan.title or name,
            "notice": _NOTICE,
            "stage": "draft",
            "stages": [
                {"id": "draft", "date": day.isoformat(), "allows": {"brackets": True, "statuses": ["draft"]}}
            ],
        }
        lines = [f"{_SCHEMA}../schema/plan.schema.json", *spell.record(record, 0, Head)]
        for key, letter, paragraphs in (("front", "F", plan.front), ("introduction", "P", plan.introduction)):
            if paragraphs:
                lines.append(f"{key}:")
                for number, each in enumerate(paragraphs, 1):
                    self._paragraph(PLAN_FILE, lines, f"{letter}-{number:02}", each)
        return "\n".join(lines) + "\n"

    def section(self, path: str, section: DraftedSection) -> str:
        """Spell a section."""
        lines = [
            f"{_SCHEMA}../../schema/section.schema.json",
            *spell.record({"id": self._id(section.title), "title": section.title}, 0, Section),
        ]
        if section.chapeau:
            lines.append("chapeau:")
        for each in section.chapeau:
            self.counts["C"] += 1
            self._paragraph(path, lines, f"C-{self.counts['C']:02}", each)
        lines.append("actions:" if section.actions else "actions: []")
        for each in section.actions:
            self.counts["A"] += 1
            self._action(path, lines, f"A-{self.counts['A']:03}", each)
        return "\n".join(lines) + "\n"

    def _paragraph(self, path: str, lines: list[str], name: str, paragraph: Drafted) -> None:
        lines += spell.items([{"id": name, "text": paragraph.text}], 2, Paragraph)
        self._remarks(path, lines, [(note, self.plan.notes.get(note, "")) for note in paragraph.notes], ())

    def _action(self, path: str, lines: list[str], name: str, action: Drafted) -> None:
        notes = [(note, self.plan.notes.get(note, "")) for note in action.notes]
        read = {note: self.reader.read(text) for note, text in notes} if self.reader else {}
        self.asked |= set(read) if self.reader else {note for note, _ in notes}
        points = [{"id": _letter(number), "text": text} for number, text in enumerate(action.points)]
        record: dict[str, Any] = {
            "id": name,
            "text": action.text,
            "points": points,
            "recommendations": _unique(each.recommendations for each in read.values()),
            "provisions": _unique(each.provisions for each in read.values()),
            "status": "draft",
        }
        start = len(lines)
        lines += spell.items([{key: value for key, value in record.items() if value}], 2, Action)
        if action.is_guess:
            message = f"{name} had no number in the draft, and is taken for an action"
            self._tell("POA734", (path, lines, start), message, "if it is none, move it to the chapeau")
        unclear = [(note, text) for note, text in notes if note not in read or read[note].is_empty]
        unknown = tuple((note, each) for note, found in read.items() for each in found.unknown)
        self._remarks(path, lines, unclear, unknown)

    def _remarks(
        self,
        path: str,
        lines: list[str],
        notes: Sequence[tuple[str, str]],
        unknown: Sequence[tuple[str, str]],
    ) -> None:
        """Keep what a note says as a comment below its paragraph, and say that it is there."""
        for note, text in notes:
            self.asked.add(note)
            self.open_notes.add(note)
            lines.append(f"    # {one_line(f'{note}: {text}')}")
            message = f"{note} cites nothing that the registry knows: “{_short(text)}”"
            self._tell("POA732", (path, lines, len(lines) - 1), message, "write its citations by hand")
        for note, citation in unknown:
            self.open_notes.add(note)
            lines.append(f"    # {note}: {citation} is not in the registry")
            message = f"{note} cites {citation}, a provision that the registry does not list"
            cure = "list the provision in plan/instruments, then cite it"
            self._tell("POA732", (path, lines, len(lines) - 1), message, cure)

    def _tell(self, code: str, where: tuple[str, Sequence[str], int], message: str, cure: str) -> None:
        """Say what is to be looked at; `where` is a file, its lines, and the index of the line."""
        path, lines, index = where
        text = lines[index]
        span = Span(index + 1, len(text) - len(text.lstrip()) + 1, index + 1, len(text) + 1)
        place = Location(path, span, text)
        self.diagnostics.append(Diagnostic(code, Severity.WARNING, message, place, cure))

    def _id(self, title: str) -> str:
        """Give a section an id made of the words of its title."""
        stem = slug(title)[:_LONGEST_ID].strip("-")
        stem = stem if len(slug(title)) <= _LONGEST_ID else stem.rpartition("-")[0] or stem
        name, number = stem, 1
        while name in self.ids:
            number += 1
            name = f"{stem[: _LONGEST_ID - len(str(number)) - 1]}-{number}"
        self.ids.add(name)
        return name


_SCHEMA = "# yaml-language-server: $schema="
_ALPHABET = 26


def _letter(number: int) -> str:
    letter = chr(ord("a") + number % _ALPHABET)
    return letter if number < _ALPHABET else _letter(number // _ALPHABET - 1) + letter


def _unique(groups: Iterator[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(each for group in groups for each in group))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED].rpartition(" ")[0] + "…"


def described(imported: Imported) -> str:
    """Count what was made, in a line."""
    counted: Mapping[str, int] = {
        "section": imported.sections,
        "action": imported.actions,
        "point": imported.points,
    }
    parts = [f"{count} {what}{'s' * (count != 1)}" for what, count in counted.items()]
    notes = f"; {imported.resolved} of {imported.notes} notes understood" if imported.notes else ""
    return ", ".join(parts) + notes
