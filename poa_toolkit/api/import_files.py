"""The files of a plan made from a draft: each text in its place, what is left as comments below it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.fmt import laid_out
from poa_toolkit.api.import_links import Open
from poa_toolkit.api.returned_files import slug, stem_of
from poa_toolkit.diagnostic import Diagnostic, Location, Severity, Span
from poa_toolkit.edit import yaml_text
from poa_toolkit.model import Action, Head, Paragraph, Section
from poa_toolkit.returned.draft.blocks import shortened
from poa_toolkit.returned.draft.drafted_plan import Becomes
from poa_toolkit.source.base import PLAN_FILE
from poa_toolkit.text.valid_names import LONGEST
from poa_toolkit.write.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from poa_toolkit.api.import_links import Linked, Links
    from poa_toolkit.returned.draft.blocks import Aside
    from poa_toolkit.returned.draft.drafted_plan import Drafted, DraftedPlan, DraftedSection

_NOTICE = "Taken from a Word draft; nobody has looked through it yet."
_SCHEMA = "# yaml-language-server: $schema="
_LONGEST_NAME = 40
_BY_HAND = "look at the draft, and put into the plan what belongs there"
_MUST_ESCAPE = re.compile(r"\\(?=[\[\]|\\{}])")


class _Telling(NamedTuple):
    """Something to be told, and the line where it stands."""

    code: str
    message: str
    cure: str
    line: str


class ImportedFiles:
    """Spells the files of the plan, and finds where what is left to look at stands in them."""

    def __init__(self, plan: DraftedPlan, links: Links) -> None:
        """Take the plan to be, and what its notes and tables cite."""
        self.plan = plan
        self.links = links
        self.diagnostics: list[Diagnostic] = []
        self.notes: dict[str, bool] = {}
        """Every note that a text calls, and whether it was understood whole."""
        self._lines: list[str] = []
        self._told: list[_Telling] = []

    def files(self, name: str, day: date) -> dict[str, str]:
        """Spell every file of the plan's own text; the head is made for a draft called `name`."""
        found = {PLAN_FILE: self._file(PLAN_FILE, partial(self._head, name, day))}
        for number, section in enumerate(self.plan.sections, 1):
            stem = slug(section.title.text)[:_LONGEST_NAME].strip("-")
            stem = "section" if stem == "returned" else stem
            path = f"plan/sections/{number:02}-{stem}.yaml"
            found[path] = self._file(path, partial(self._section, section))
        return found

    def _file(self, path: str, write: Callable[[], None]) -> str:
        self._lines, self._told = [], []
        write()
        text = "\n".join(self._lines) + "\n"
        laid = laid_out(path, text)
        self.diagnostics += _placed(path, laid.split("\n"), self._told)
        return laid

    def _head(self, name: str, day: date) -> None:
        plan = self.plan
        allows = {"brackets": True, "statuses": ["draft"]}
        self._lines += [f"{_SCHEMA}../schema/plan.schema.json"]
        self._lines += yaml_text.record({"title": plan.title.text or stem_of(name)}, 0, Head)
        self._remarks(plan.title, 0, None)
        if plan.subtitle.text:
            self._lines += yaml_text.record({"subtitle": plan.subtitle.text}, 0, Head)
        self._remarks(plan.subtitle, 0, None)
        self._lines += yaml_text.record(
            {
                "notice": _NOTICE,
                "stage": "draft",
                "stages": [{"id": "draft", "date": day.isoformat(), "allows": allows}],
            },
            0,
            Head,
        )
        for key, paragraphs in (("front", plan.front), ("introduction", plan.introduction)):
            if paragraphs:
                self._lines.append(f"{key}:")
                for each in paragraphs:
                    self._paragraph(each)

    def _section(self, section: DraftedSection) -> None:
        name = self._id(section.title.text)
        section.title.id = name
        self._lines += [f"{_SCHEMA}../../schema/section.schema.json"]
        self._lines += yaml_text.record({"id": name, "title": section.title.text}, 0, Section)
        if section.title.guess:
            self._tell(
                "POA734", f"{name}: {section.title.guess}", "give the section its title", f"id: {name}"
            )
        self._remarks(section.title, 0, None)
        if section.chapeau:
            self._lines.append("chapeau:")
        for each in section.chapeau:
            self._paragraph(each)
        self._lines.append("actions:" if section.actions else "actions: []")
        for each in section.actions:
            self._action(each)

    def _paragraph(self, paragraph: Drafted) -> None:
        start = len(self._lines)
        self._lines += yaml_text.items([{"id": paragraph.id, "text": _source(paragraph.text)}], 2, Paragraph)
        if paragraph.guess:
            self._tell("POA734", f"{paragraph.id}: {paragraph.guess}", _LOOK, self._lines[start])
        self._remarks(paragraph, 4, None)

    def _action(self, action: Drafted) -> None:
        linked = self.links.of(action)
        record: dict[str, Any] = {
            "id": action.id,
            "text": _source(action.text),
            "points": [_point(each) for each in action.points],
            "level": list(dict.fromkeys(action.settings.get("level", ()))),
            "addressees": list(linked.addressees),
            "recommendations": list(linked.recommendations),
            "provisions": list(linked.provisions),
            "status": "draft",
            "timeframe": "; ".join(dict.fromkeys(action.settings.get("timeframe", ()))),
        }
        start = len(self._lines)
        self._lines += yaml_text.items([{key: value for key, value in record.items() if value}], 2, Action)
        if action.guess:
            message = f"{action.id} is taken for an action: {action.guess}"
            self._tell("POA734", message, "if it is none, move it to the chapeau", self._lines[start])
        for each in (action, *(point for point, _ in action.walk_points())):
            self._remarks(each, 4, linked)

    # --- comments ---

    def _remarks(self, record: Drafted, indent: int, linked: Linked | None) -> None:
        """Keep as comments what hangs on a record and has no field; tell it."""
        for aside in record.asides:
            self._aside(aside, indent)
        for note in record.notes:
            text = self.plan.notes.get(note, "")
            said = linked.notes.get(note, ()) if linked else (self._unlinked(record, note, text),)
            self.notes[note] = self.notes.get(note, True) and not said
            self._open(said, indent)
        if linked and record.kind is Becomes.ACTION:
            self._open(linked.cells, indent)

    def _open(self, said: Sequence[Open], indent: int) -> None:
        for each in said:
            self._tell("POA732", each.message, each.cure, self._comment(each.comment, indent))

    def _unlinked(self, record: Drafted, note: str, text: str) -> Open:
        """Say of the note of a text that cites nothing by itself what is to be looked at."""
        what = {Becomes.TITLE: "the title", Becomes.SUBTITLE: "the subtitle", Becomes.SECTION: "a heading"}
        where = what.get(record.kind, record.id)
        found = self.links.cited(text)
        if not found:
            message = f"{note}, of {where}, is kept as a comment: “{shortened(text)}”"
            return Open(f"{note}: {text}", message, "cite in an action what the comment says, or delete it")
        cited = ", ".join(found)
        message = f"{note} cites {cited} in {where}, which has no field for it"
        return Open(f"{note} ({cited}): {text}", message, "cite it in the actions that it is about")

    def _aside(self, aside: Aside, indent: int) -> None:
        line = self._comment(f"{aside.what}: {aside.words}" if aside.words else aside.what, indent)
        if not aside.is_kept:
            verb = "left as a comment" if aside.code == "POA735" else "not taken in"
            self._tell(aside.code, f"{verb}: {aside.said}", _BY_HAND, line)

    def _comment(self, text: str, indent: int) -> str:
        line = f"{' ' * indent}# {one_line(text).strip()}"
        self._lines.append(line)
        return line

    def _tell(self, code: str, message: str, cure: str, line: str) -> None:
        self._told.append(_Telling(code, one_line(message), cure, line.strip()))

    def _id(self, title: str) -> str:
        """Return a section an id made of the words of its title."""
        plain = slug(title)
        plain = "section" if plain == "returned" else plain
        stem = plain[:LONGEST].strip("-")
        stem = stem if len(plain) <= LONGEST else stem.rpartition("-")[0] or stem
        return self.links.ids.give(stem)


_LOOK = "look at it, and divide it where it should be"


def _point(point: Drafted) -> dict[str, Any]:
    below = [_point(each) for each in point.points]
    return {"id": point.id, "text": _source(point.text), **({"points": below} if below else {})}


def _source(text: str) -> str:
    """Return the words of a draft as a text of the plan, in which a stroke before a bracket is an escape.

    A draft knows nothing of cross-references: its braces are characters.
    """
    return _MUST_ESCAPE.sub(r"\\\\", text).replace("{", r"\{")


def _placed(path: str, lines: Sequence[str], told: Sequence[_Telling]) -> Iterator[Diagnostic]:
    """Return what is told as diagnostics, each at its line: they stand in the order of the file."""
    at = 0
    for each in told:
        found = next((index for index in range(at, len(lines)) if lines[index].strip() == each.line), None)
        place = Location(path)
        if found is not None:
            at, text = found, lines[found]
            column = len(text) - len(text.lstrip()) + 1
            place = Location(path, Span(found + 1, column, found + 1, len(text) + 1), text)
        yield Diagnostic(each.code, Severity.WARNING, each.message, place, each.cure)
