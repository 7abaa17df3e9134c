"""Both versions of a comparison, as far as a report needs them to print a change."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from poa_toolkit.diff.change import Kind
from poa_toolkit.document.redline_remarks import named
from poa_toolkit.model import cross_references
from poa_toolkit.model.numbering import cited_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.diff.records import Value
    from poa_toolkit.model import Action, Amendment, Plan
    from poa_toolkit.model.cross_references import CrossReferences

_REFERRING = ("paragraph", "action", "point", "recommendation")
"""Records in whose texts cross-references may stand."""
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Side:
    """What is needed of one version to print a change."""

    numbers: Mapping[str, str]
    actions: Mapping[str, Action]
    actors: Mapping[str, str]
    sections: Mapping[str, str]
    references: CrossReferences

    def shown(self, value: Value) -> Value:
        """Return a value with what its cross-references print."""
        return self.references.shown(value) if isinstance(value, str) else value


def side(plan: Plan) -> Side:
    """Look up the numbers, the actions, and the names of a version."""
    return Side(
        cited_numbers(plan),
        {action.id: action for _, action in plan.walk_actions()},
        {actor.id: actor.title for actor in plan.actors},
        {section.id: section.title for section in plan.sections},
        cross_references.of(plan),
    )


class ComparisonView:
    """Both versions, and how what both have is called in each."""

    def __init__(
        self, comparison: Comparison, old: Plan, new: Plan, adopted: Iterable[Amendment] = ()
    ) -> None:
        self.old, self.new = side(old), side(new)
        self._adopted = tuple(adopted)
        self._effects: dict[str, list[str]] = {}
        for effect in comparison.effects:
            self._effects.setdefault(effect.record, []).append(effect.message)
        self._formerly = {
            (each.record_kind, each.record): str(each.old)
            for each in comparison.changes
            if each.kind is Kind.ID_CHANGED and each.record_kind != "point"
        }
        self.taken: set[str] = set()
        """The anchors that are given already."""

    def in_report(self, taken: set[str]) -> Self:
        """Return the same for another report, in which the anchors `taken` are given already."""
        same = copy(self)
        same.taken = taken
        return same

    def as_printed(self, change: Change) -> Change:
        """Return a change with what its cross-references print in either version."""
        if change.record_kind not in _REFERRING or change.field == "timeframe":
            return change
        return replace(change, old=self.old.shown(change.old), new=self.new.shown(change.new))

    def heading(self, section: str) -> str:
        """Name a section as the new version does; by its id where it is there no more."""
        if section in self.new.sections:
            number = self.new.numbers.get(section, "")
            return f"{number}{number and '.'} {self.new.sections[section]}".strip()
        if section in self.old.sections:
            return f"{self.old.sections[section]} (section {section}, removed)"
        return f"Section {section}"

    def formerly(self, change: Change) -> str:
        """Return the id that a record had in the old version."""
        kind = "action" if change.record_kind == "point" else change.record_kind
        return self._formerly.get((kind, change.record), change.record)

    def numbers(self, change: Change) -> tuple[str, str]:
        """Return the number one cites in the old version and in the new, as ``14``, ``14 (a)``, ``II``."""
        if change.kind in (Kind.ADDED, Kind.SPLIT, Kind.MERGED):
            return "", change.number
        old = self._number(self.old, self.formerly(change), change) if change.old_at is not None else ""
        new = self._number(self.new, change.record, change) if change.new_at is not None else ""
        return old, new

    @staticmethod
    def _number(version: Side, record: str, change: Change) -> str:
        number = version.numbers.get(record, "")
        if change.record_kind != "point" or not number:
            return number
        return version.numbers.get(f"{record}.{change.field.split('.')[1]}", change.number)

    def addressees(self, change: Change) -> tuple[str, ...]:
        """Name whom the action of a change addresses, in either version."""
        if change.record_kind not in ("action", "point"):
            return ()
        both = (self.old.actions.get(self.formerly(change)), self.new.actions.get(change.record))
        named = dict.fromkeys(each for action in both if action for each in action.addressees)
        titles = {**self.old.actors, **self.new.actors}
        return tuple(titles.get(each, each) for each in named)

    def effects(self, change: Change) -> tuple[str, ...]:
        """Return what a change means for the links: of the record itself, and of those it lost or gained."""
        names = [change.record]
        if change.field in ("recommendations", "provisions"):
            names += [each for value in (change.old, change.new) for each in value or ()]
        for action in self._whole(change):
            names += [*action.recommendations, *map(str, action.provisions)]
        found = (message for name in dict.fromkeys(names) for message in self._effects.get(name, ()))
        return tuple(dict.fromkeys(found))

    def amendments(self, change: Change) -> tuple[str, ...]:
        """Name the adopted amendments whose words a change shows."""
        return named(change, self._adopted)

    def _whole(self, change: Change) -> Iterator[Action]:
        """Return the action whose links came or went with it."""
        if change.record_kind == "action" and change.field in ("", "status"):
            both = (self.old.actions.get(self.formerly(change)), self.new.actions.get(change.record))
            yield from (action for action in both if action)

    def anchor(self, change: Change) -> str:
        """Name a change, always the same in the same report and hardly ever another one in a later."""
        kind = "" if change.record_kind in ("action", "point", "plan") else change.record_kind
        parts = (kind, change.record, change.field or change.kind.value)
        name = _UNSAFE.sub("_", ".".join(part for part in parts if part))
        times = 1
        stem = name
        while name in self.taken:
            times += 1
            name = f"{stem}-{times}"
        self.taken.add(name)
        return name
