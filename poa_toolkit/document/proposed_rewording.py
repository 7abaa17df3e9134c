"""Amendments to words that are printed: which words of which line each would change."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from poa_toolkit.amend.amendment import edits_of
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.document.blocks import Heading, Paragraph, Role
from poa_toolkit.document.citations import marked
from poa_toolkit.document.plan import lines_under
from poa_toolkit.document.proposed_words import (
    characters,
    compared,
    differences,
    edits_as_changes,
    layered,
    words,
)
from poa_toolkit.document.runs import Author, Link, Note, Text, words_of
from poa_toolkit.document.sets_read_back import Registry
from poa_toolkit.model import Action, cross_references
from poa_toolkit.model.digests import dump
from poa_toolkit.model.fields import Value
from poa_toolkit.model.link_sets import members, set_fields
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.document.amendments_report import AmendmentView
    from poa_toolkit.document.blocks import Document
    from poa_toolkit.document.proposed_words import WordChange
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment

    Line: TypeAlias = Heading | Paragraph


class Rewordings:
    """The amendments to the words of one document, and the lines that these stand in."""

    def __init__(self, view: AmendmentView, document: Document) -> None:
        self.view = view
        self.blocks: defaultdict[str, list[Line]] = defaultdict(list)
        """What the body prints of each record."""
        self._lines: dict[tuple[str, str], Line] = {}
        for part in document.parts:
            for block in part.blocks:
                if isinstance(block, Heading | Paragraph) and block.record and block.field:
                    self.blocks[block.record].append(block)
                    self._lines[block.record, block.field] = block
        self._fields = {
            (each.record or "", run.field): each.field or ""
            for each in self._lines.values()
            if isinstance(each, Paragraph) and each.role is Role.DETAIL
            for run in each.runs
            if isinstance(run, Text | Link) and run.field
        }
        self._changes: defaultdict[tuple[str, str], list[WordChange]] = defaultdict(list)
        self._holders = trace(view.table.plan).holders
        self._references = cross_references.of(view.table.plan)
        self._registry = Registry(view.table.plan)
        self._actions = {action.id: action for _, action in view.table.plan.walk_actions()}

    def line_of(self, record: str, field: str) -> str:
        """Return the line of a record that prints a field: its own, or the one that says it beside others."""
        return self._fields.get((record, field), field)

    def obstacle(self, amendment: Amendment) -> str:
        """Return why a rewording cannot be shown; empty where it can."""
        now, stale = self.view.now(amendment)
        if stale:
            return f"it does not fit the text of today: {stale}"
        field = self.line_of(now.record or "", now.field or "")
        block = self._lines.get((now.record or "", field))
        if block is None:
            return "its text is not printed in the body"
        if "\n" in (now.wording.proposed or "").strip():
            return "it holds several paragraphs"
        return self._obstacle_in_line(now, block) if _is_detail(block) else ""

    def _obstacle_in_line(self, now: Amendment, block: Line) -> str:
        """Return why a change of what a line under an action says cannot be shown; empty where it can."""
        name, proposed = now.field or "", now.wording.proposed or ""
        if name in set_fields() and (unknown := self._registry.unknown(name, proposed)):
            return f"“{unknown}” is not known"
        new = self._line(now, block.field or "")
        if not new:
            return "the line under its action would be gone"
        units = words(block.runs)
        came_or_gone = (
            run
            for each in differences(block.runs, new, _NOBODY)
            for run in (*each.came, *units[each.start : each.end])
        )
        if any(isinstance(run, Note) for run in came_or_gone):
            return "a note would come or go with it"
        return ""

    def add(self, amendment: Amendment, by: Author) -> None:
        """Take in a rewording that can be shown."""
        now, _ = self.view.now(amendment)
        field = self.line_of(now.record or "", now.field or "")
        block = self._lines[now.record or "", field]
        changes = self._changes[now.record or "", field]
        if _is_detail(block):
            changes += differences(block.runs, self._line(now, field), by)
            return
        proposed = now.wording.proposed or ""
        new = (
            (Text(proposed),)
            if isinstance(block, Heading)
            else marked(proposed, self._holders, self._references)
        )
        is_spelt_so = (words_of(block.runs), words_of(new)) == (now.wording.original, proposed)
        units, others = characters(block.runs), characters(new)
        edits = edits_of(now) if is_spelt_so else edits_between(compared(units), compared(others))
        changes += edits_as_changes(edits, units, others, by)

    def runs(self, block: Line, whole: Sequence[Author]) -> tuple[Run, ...]:
        """Return the runs of a line with all that amendments would change in it."""
        changes = self._changes.get((block.record or "", block.field or ""), ())
        if not changes:
            return block.runs
        units = words(block.runs) if _is_detail(block) else characters(block.runs)
        return layered(units, changes, whole)

    def _line(self, amendment: Amendment, field: str) -> tuple[Run, ...]:
        """Return the line under an action as an amendment to one of its fields would have it."""
        action, name = self._actions[amendment.record or ""], amendment.field or ""
        proposed = amendment.wording.proposed or ""
        target = self.view.texts[action.id, name]
        is_set = target.traits.value is Value.LINKS
        value = members(self._registry.in_ids(name, proposed)) if is_set else proposed
        try:
            reworded = Action.model_validate({**dump(action), name: value})
        except ValueError:
            return ()
        notes = (run for run in self._lines[action.id, field].runs if isinstance(run, Note))
        return lines_under(self.view.table.plan, reworded, *notes).get(field, ())


_NOBODY = Author("", date.min)


def _is_detail(block: Line) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.DETAIL
