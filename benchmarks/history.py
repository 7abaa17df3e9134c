"""A history whose edits are known: what a comparison finds of it, and what it finds besides.

A tenth of the actions of a plan get another id, a tenth more are split, a tenth merged two by two, a
tenth move to another section, each with phrases rewritten; some go and others of new words come.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import generate

from poa_toolkit.diff.change import Kind
from poa_toolkit.diff.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model import Action, Plan

Known = tuple[str, str, str]
"""What was done, the old id, the new one; of a move, the new section."""
_REWRITTEN = 0.4
"""The most of a text that is rewritten."""


class History(NamedTuple):
    """A later version of a plan, and how it came about."""

    plan: Plan
    edits: frozenset[Known]


def later(plan: Plan, seed: int) -> History:
    """Edit a plan."""
    return _Editor(plan, Random(seed)).run()  # noqa: S311 - edits drawn by lot, not secrets


def precision_and_recall(old: Plan, history: History) -> tuple[float, float]:
    """Give which share of what is found was done, and which share of what was done is found."""
    found = frozenset(_found(old, history.plan))
    right = len(found & history.edits)
    return right / max(1, len(found)), right / max(1, len(history.edits))


def _found(old: Plan, new: Plan) -> Iterator[Known]:
    for change in compare(old, new, old_label="old", new_label="new").changes:
        if change.record_kind != "action":
            continue
        if change.kind is Kind.ID_CHANGED:
            yield "renamed", str(change.old), change.record
        elif change.kind in (Kind.SPLIT, Kind.MERGED):
            yield from ((change.kind.value, name, change.record) for name in change.old or ())
        elif change.kind is Kind.MOVED and change.field == "section":
            yield "moved", change.record, str(change.new)
        elif (
            change.kind is Kind.REMOVED
            and change.evidence.startswith("merged into ")
            and "," in change.evidence
        ):
            yield "merged", change.record, change.evidence.removeprefix("merged into ").partition(",")[0]


class _Editor:
    """The sections as lists of actions, while they are edited."""

    def __init__(self, plan: Plan, random: Random) -> None:
        self.plan, self.random = plan, random
        self.sections = {section.id: list(section.actions) for section in plan.sections}
        self.home = {action.id: section.id for section in plan.sections for action in section.actions}
        self.edits: set[Known] = set()
        self.ids = 0

    def run(self) -> History:
        actions = [
            each
            for _, each in self.plan.walk_actions()
            if each.status.printed and len(each.text.split()) > 15
        ]
        self.random.shuffle(actions)
        tenth = max(2, len(actions) // 10 // 2 * 2)
        parts = (actions[start : start + tenth] for start in range(0, len(actions), tenth))
        for part, edit in zip(
            parts, (self.rename, self.split, self.merge, self.move, self.reword, self.replace), strict=False
        ):
            edit(part)
        sections = tuple(
            section.model_copy(update={"actions": tuple(self.sections[section.id])})
            for section in self.plan.sections
        )
        return History(self.plan.model_copy(update={"sections": sections}), frozenset(self.edits))

    def rename(self, part: list[Action]) -> None:
        for action in part:
            new = self.changed(action, id=self.new_id(), text=self.rewritten(action.text))
            self.put(action, new)
            self.edits.add(("renamed", action.id, new.id))

    def split(self, part: list[Action]) -> None:
        """Cut actions in two; half of them keep their id for the first part."""
        for number, action in enumerate(part):
            words = action.text.split()
            half = len(words) * self.random.randint(4, 6) // 10
            first_id = self.new_id() if number % 2 else action.id
            first = self.changed(action, id=first_id, text=" ".join(words[:half]))
            rest = self.rewritten(" ".join(words[half:]), at_most=0.2)
            second = self.changed(action, id=self.new_id(), text=rest, points=())
            self.put(action, first, second)
            self.edits.add(("split", action.id, second.id))
            if first.id != action.id:
                self.edits.add(("split", action.id, first.id))

    def merge(self, part: list[Action]) -> None:
        """Make one of two actions; half of them go into one that was there."""
        for number, (one, other) in enumerate(zip(part[::2], part[1::2], strict=False)):
            text = f"{self.rewritten(one.text, at_most=0.2)} {self.rewritten(other.text, at_most=0.2)}"
            new = self.changed(one, id=self.new_id() if number % 2 else one.id, text=text)
            self.put(one, new)
            self.put(other)
            self.edits.add(("merged", other.id, new.id))
            if new.id != one.id:
                self.edits.add(("merged", one.id, new.id))

    def move(self, part: list[Action]) -> None:
        """Move actions to another section; half of them get another id as well."""
        for number, action in enumerate(part):
            others = [name for name in self.sections if name != self.home[action.id]]
            if not others:
                return
            target = self.random.choice(others)
            new = self.changed(
                action, id=self.new_id() if number % 2 else action.id, text=self.rewritten(action.text)
            )
            self.put(action)
            self.sections[target].insert(self.random.randint(0, len(self.sections[target])), new)
            self.edits.add(("moved", new.id, target))
            if new.id != action.id:
                self.edits.add(("renamed", action.id, new.id))

    def reword(self, part: list[Action]) -> None:
        for action in part:
            self.put(action, self.changed(action, text=self.rewritten(action.text)))

    def replace(self, part: list[Action]) -> None:
        """Take actions out, and put others of new words in their place."""
        for action in part:
            words = " ".join(generate.text(self.random, len(action.text.split())).split())
            self.put(action, self.changed(action, id=self.new_id(), text=words, points=()))

    def changed(self, action: Action, **fields: object) -> Action:
        return action.model_copy(update=fields)

    def new_id(self) -> str:
        self.ids += 1
        return f"N-{self.ids:03}"

    def put(self, action: Action, *others: Action) -> None:
        """Put others in the place of an action."""
        actions = self.sections[self.home[action.id]]
        place = next(place for place, each in enumerate(actions) if each.id == action.id)
        actions[place : place + 1] = others

    def rewritten(self, text: str, *, at_most: float = _REWRITTEN) -> str:
        """Replace phrases of up to six words by others, to a share of the text drawn by lot."""
        words = text.split()
        left = int(len(words) * self.random.random() * at_most)
        while left > 0:
            count = min(left, self.random.randint(1, 6))
            start = self.random.randrange(max(1, len(words) - count))
            words[start : start + count] = generate.text(self.random, count).lower().replace(".", "").split()
            left -= count
        return " ".join(words)
