"""Puts one paragraph of a draft after the other where it belongs in the plan to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.returned.draft.blocks import Aside
from poa_toolkit.returned.draft.choices import is_action
from poa_toolkit.returned.draft.drafted_plan import Becomes, Decision, Drafted, DraftedPlan, DraftedSection
from poa_toolkit.returned.draft.list_marks import LISTS, Kind
from poa_toolkit.returned.draft.outline import Form
from poa_toolkit.returned.draft.words import (
    SETTINGS,
    asks,
    closes,
    field_of,
    is_fragment,
    is_introduction,
    is_sentence,
    level_of,
)
from poa_toolkit.returned.ledger import Fate

if TYPE_CHECKING:
    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.choices import Choices
    from poa_toolkit.returned.draft.outline import Line

_CONTINUES = "list continue"
_DEEPEST = 2
"""How deep what stands under an action may be: a sub-point."""


_PARTS = re.compile(r"\s+[·|]\s+")
"""What stands between the fields of one line."""
_WIDE_COLON = "\N{FULLWIDTH COLON}"


def _setting(text: str) -> tuple[str, str]:
    """Read ``When: 2018`` as a field and what it holds; empty where it is none."""
    label, colon, words = text.replace(_WIDE_COLON, ":").partition(":")
    name = field_of(label) if colon and words.strip() else ""
    if name == "level":
        words = level_of(words)
    elif name == "action" and not (asks(words) or is_sentence(words)):
        name = "recommendations"
    return (name, words.strip()) if name in SETTINGS and words else ("", "")


class PlanBuilder:
    """Builds a plan from the lines of a draft, top to bottom."""

    def __init__(self, plan: DraftedPlan, choices: Choices) -> None:
        """Begin with an empty plan."""
        self.plan = plan
        self.choices = choices
        self.section: DraftedSection | None = None
        self.in_introduction = False
        self.introduction_level = 0
        self.has_begun = False
        """Whether anything that asks something stood in a section: no introduction comes behind it."""
        self.last: Drafted = plan.title
        """The record that was written last: asides hang on it."""
        self.last_item: Line | None = None
        self.is_closed = False
        """Whether the text was adopted above: who signed it stands below, up to the next action."""
        self.is_headless = False
        """Whether the draft has no heading at all."""
        self.decided_late: dict[int, tuple[Becomes, str]] = {}
        """By the identity of a record, what only the whole could tell of it."""

    def take(self, line: Line) -> None:
        """Take the next paragraph of the running text."""
        for typed in line.typed:
            self.plan.ledger.enter(typed.pieces, Fate.GENERATED, "a number")
        match line.form:
            case Form.GENERATED:
                self._generated(line)
            case Form.EMPTY:
                self.last.hang(line.block)
            case Form.NUMBER:
                self._number(line)
            case Form.LEFT:
                self.leave(line, line.why)
            case Form.TITLE | Form.SUBTITLE:
                self._title(line)
            case Form.HEADING:
                self.heading(
                    line.block, line.mark.text if line.mark else "", line.why, level=line.block.level
                )
                if self.section is not None:
                    self.section.level = line.block.level
                    self.section.is_item = line.mark is not None and line.mark.is_worded
            case Form.ITEM | Form.PLAIN:
                self._text(line)

    # --- what stands outside the sections ---

    def _generated(self, line: Line) -> None:
        self.plan.ledger.enter((*line.block.pieces, *line.block.history), Fate.GENERATED, line.why)
        self.last.asides += line.block.asides
        self._decide(line, Becomes.GENERATED)

    def _number(self, line: Line) -> None:
        self.plan.ledger.enter(line.block.pieces, Fate.GENERATED, "a number on a line of its own")
        self.last.hang(line.block)

    def _title(self, line: Line) -> None:
        place = self.plan.title if line.form is Form.TITLE else self.plan.subtitle
        goes_on = place.text and self.last is place
        if (place.text and not goes_on) or self.section is not None:
            self._plain(line)
        else:
            self._write(place, line.block)
            self._decide(line, place.kind, place)

    def heading(self, block: Block, number: str, why: str, *, level: int = 0) -> None:
        """Begin a section, or the introduction; `level` is that of the style, 0 where it has none."""
        is_inside = self.in_introduction and 0 < self.introduction_level < level
        self.in_introduction = is_inside or is_introduction(block.text)
        self.last_item = None
        self.is_closed = False
        if self.in_introduction and not self.has_begun:
            self.section = None
            self.introduction_level = self.introduction_level if is_inside else level
            aside = Aside(
                "the heading of the introduction", block.text, block.first, block.pieces, is_kept=True
            )
            self.last.asides.append(aside)
            self.last.hang(block)
            self.plan.decisions.append(
                Decision(block, number, block.text, Becomes.COMMENT, f"{why}; it begins the introduction")
            )
            return
        self.in_introduction = False
        title = Drafted(Becomes.SECTION)
        self.section = DraftedSection(title)
        self.plan.sections.append(self.section)
        self._write(title, block)
        self.plan.decisions.append(Decision(block, number, block.text, Becomes.SECTION, why, title))

    # --- what stands in them ---

    def _text(self, line: Line) -> None:
        if self._sets(line) and (action := self._set_up()):
            self._set(line, action)
        elif line.form is Form.ITEM:
            self._item(line)
        else:
            self._plain(line)

    def _item(self, line: Line) -> None:
        wanted = self.choices.actions_are
        if wanted and self.section is not None and self._is_wanted(line):
            self.action(line, f"{line.why}; as --actions-are says")
        elif line.depth:
            self._below(line)
        elif self.section is None and self._begins_alone(line):
            self._open_section()
            self.action(line, line.why)
        elif self.section is None:
            is_listed = line.mark is not None and line.mark.kind in LISTS
            self._outside(line, is_numbered=line.mark is not None and not is_listed)
        elif wanted:
            self._unwanted(line)
        else:
            is_guessed = line.mark is None and not asks(line.text)
            self.action(line, line.why, guess="it asks nothing, and has a list" if is_guessed else "")
        self.last_item = line

    def _is_wanted(self, line: Line) -> bool:
        """Return whether a person said that such paragraphs are actions."""
        return is_action(line.block, line.mark, self.choices.actions_are)

    def _below(self, line: Line) -> None:
        """Take an item of an inner list: a point, or what stands deeper than that."""
        section = self.section
        if section is not None and section.actions:
            self.under(section.actions[-1], line, line.depth)
        elif self.last.kind in (Becomes.FRONT, Becomes.INTRODUCTION, Becomes.CHAPEAU):
            number = f"{line.mark.text} " if line.mark and line.mark.kind is not Kind.BULLET else ""
            self.last.guess = "its list has been joined to it: only actions have points"
            self._write(self.last, line.block, number)
            self._decide(line, self.last.kind, self.last, "a list in a text that has no points")
        elif section is not None:
            self.action(line, line.why)
        else:
            self._outside(line, is_numbered=False)

    def under(self, action: Drafted, line: Line, depth: int) -> None:
        """Take an item under an action: 1 deep it is a point, 2 deep a sub-point; deeper it has no place."""
        if depth == 1:
            self._point(Becomes.POINT, action.points, line)
        elif depth == _DEEPEST and action.points:
            self._point(Becomes.SUBPOINT, action.points[-1].points, line)
        else:
            number = line.mark.text if line.mark else ""
            above = "sub-points" if action.points else "points"
            what = f"{number or 'a line'}, a level below the {above} of its action"
            self.leave(line, "a level too deep", what=what, code="POA735")

    def _point(self, kind: Becomes, beside: list[Drafted], line: Line) -> None:
        point = Drafted(kind)
        beside.append(point)
        self._write(point, line.block)
        self._decide(line, kind, point)

    def action(self, line: Line, why: str, *, guess: str = "") -> Drafted:
        """Add an action to the section."""
        self.has_begun = True
        self.is_closed = False
        is_marked = line.mark is not None or line.block.place.kind == "table"
        action = Drafted(Becomes.ACTION, guess=guess, is_marked=is_marked)
        self._open_section().actions.append(action)
        self._write(action, line.block)
        self._decide(line, Becomes.ACTION, action, why)
        return action

    def _begins_alone(self, line: Line) -> bool:
        """Return whether a paragraph begins what is agreed, in a draft without a heading.

        A number before a part of a sentence does too: *1. Condemns …;*, as resolutions have it.
        """
        is_numbered = line.mark is not None and line.mark.kind not in LISTS
        asks_or_goes_on = asks(line.text) or (is_numbered and is_fragment(line.text))
        return self.is_headless and not self.in_introduction and asks_or_goes_on

    def _open_section(self) -> DraftedSection:
        """Return the section that is open; for a table below no heading, one named when all is known."""
        if self.section is None:
            self.section = DraftedSection(Drafted(Becomes.SECTION), is_lead=True)
            self.plan.sections.append(self.section)
        return self.section

    def _plain(self, line: Line) -> None:
        wanted, section = self.choices.actions_are, self.section
        if section is None and self._begins_alone(line):
            self._open_section()
            self._chapeau(line)
        elif section is None:
            self._outside(line, is_numbered=False)
        elif wanted and self._is_wanted(line):
            self.action(line, "as --actions-are says")
        elif not section.is_empty and (self.is_closed or closes(line.text)) and not asks(line.text):
            why = "below where it was adopted" if self.is_closed else "where it was adopted"
            self.is_closed = True
            self.leave(line, why)
        elif not section.actions:
            self._chapeau(line)
        elif wanted:
            self._unwanted(line)
        elif self._goes_on(line):
            self.go_on(line, "indented below a numbered one: it goes on")
        elif line.mark is not None and not asks(line.text):
            self.leave(line, line.why)
        elif asks(line.text) or is_sentence(line.text):
            why = "it had no number in the draft"
            self.action(line, f"{why}, and stands behind an action", guess=why)
        else:
            self.leave(line, "a line that is no sentence")

    def _sets(self, line: Line) -> bool:
        """Return whether a line below an action fills its fields: ``Addressed to: States · When: 2018``."""
        return all(_setting(part)[0] for part in _PARTS.split(line.text))

    def _set_up(self) -> Drafted | None:
        """Return the action whose fields a line may fill: the last, or the paragraph above, if it asks."""
        section = self.section
        if section is None or section.actions:
            return section.actions[-1] if section else None
        if self.choices.actions_are or not section.chapeau:
            return None
        if not section.is_item and not asks(section.chapeau[-1].text):
            return None
        action = section.chapeau.pop()
        action.kind, action.guess = Becomes.ACTION, "it had no number in the draft"
        why = "no number, and the lines below it fill its fields"
        self.decided_late[id(action)] = (Becomes.ACTION, why)
        section.actions.append(action)
        return action

    def _set(self, line: Line, action: Drafted) -> None:
        for name, words in map(_setting, _PARTS.split(line.text)):
            action.settings.setdefault(name, []).append(words)
        action.hang(line.block)
        self.plan.ledger.enter(line.block.pieces, Fate.PLACED, "what the fields of an action hold")
        self._decide(line, Becomes.ACTION, action, "a line that names what fields of the action hold")

    def _goes_on(self, line: Line) -> bool:
        """Return whether a paragraph is the second one of an item of a list."""
        item = self.last_item
        if item is None or self.last.kind not in (Becomes.ACTION, Becomes.POINT, Becomes.SUBPOINT):
            return False
        is_indented = 0 < item.block.indent <= line.block.indent
        return line.block.style.startswith(_CONTINUES) or (is_indented and item.mark is not None)

    def go_on(self, line: Line, why: str) -> None:
        """Add a paragraph to the text written last."""
        self._write(self.last, line.block)
        self._decide(line, self.last.kind, self.last, why)

    def _unwanted(self, line: Line) -> None:
        """Take a paragraph that a person said is no action."""
        if self.section is not None and not self.section.actions:
            self._chapeau(line)
        else:
            self.leave(line, "no action, as --actions-are says")

    def _chapeau(self, line: Line) -> None:
        paragraph = Drafted(Becomes.CHAPEAU, guess=f"taken for the chapeau: {line.why}" if line.mark else "")
        if self.section is not None:
            self.section.chapeau.append(paragraph)
            self.has_begun = self.has_begun or asks(line.text)
        self._write(paragraph, line.block)
        self._decide(line, Becomes.CHAPEAU, paragraph)

    def _outside(self, line: Line, *, is_numbered: bool) -> None:
        """Take a paragraph before the first section."""
        kind = Becomes.INTRODUCTION if self.in_introduction or is_numbered else Becomes.FRONT
        paragraph = Drafted(kind)
        (self.plan.introduction if kind is Becomes.INTRODUCTION else self.plan.front).append(paragraph)
        self._write(paragraph, line.block)
        self._decide(line, kind, paragraph)

    def leave(self, line: Line, why: str, *, what: str = "", code: str = "POA733") -> None:
        """Keep a paragraph as a comment of the record above it, and tell it."""
        block = line.block
        aside = Aside(what or why, block.text, block.first, block.pieces, code=code)
        self.last.asides.append(aside)
        self.last.hang(block)
        self._decide(line, Becomes.COMMENT, None, why)

    # --- the books ---

    def _write(self, record: Drafted, block: Block, number: str = "") -> None:
        """Put the words of a paragraph into a record."""
        record.add(block, number + block.text)
        self.plan.ledger.enter(block.pieces, Fate.PLACED, record.kind.value)
        self.last = record

    def _decide(self, line: Line, becomes: Becomes, record: Drafted | None = None, why: str = "") -> None:
        number = line.mark.text if line.mark else ""
        self.plan.decisions.append(Decision(line.block, number, line.text, becomes, why or line.why, record))
