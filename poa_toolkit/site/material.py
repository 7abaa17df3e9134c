"""What a site is made of: a plan, what is on record of it, and its versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Kind
from poa_toolkit.document.comparison_view import ComparisonView
from poa_toolkit.document.record_card import Cards
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan
    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.model import Amendment, Plan


class SiteVersion(NamedTuple):
    """A version of the text that the site compares."""

    name: str
    """The name of its baseline; empty for the version that the site is of."""
    title: str
    """What readers know it by: ``Day 1: review and refinement, 4 December 2017``."""


class Difference(NamedTuple):
    """What differs between two versions."""

    old: Plan
    new: Plan
    comparison: Comparison
    adopted: tuple[Amendment, ...]
    """The amendments that were adopted between the two."""
    report: Document


class Episode(NamedTuple):
    """What one version changed in a record; nothing where it left it as it was."""

    version: SiteVersion
    before: SiteVersion
    changes: tuple[Change, ...]
    view: ComparisonView


@dataclass(frozen=True)
class Material:
    """A plan and all that its pages tell of it."""

    plan: Plan
    document: Document
    """The text with its annexes, as a reader of the Word file sees it."""
    table: AmendmentsOfPlan
    versions: tuple[SiteVersion, ...]
    """The oldest first; the last is the one that the site is of."""
    difference: Callable[[int, int], Difference]
    """Compares two of these, by their places."""
    status: Callable[[], Document]
    """Lays out where the text stands."""
    progress: Document | None = None
    """How far each action has come since the adoption, where anything is on record."""
    is_order_known: bool = True
    """Whether it is on record which of the versions came first; else some stand by their names."""
    followed: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    """What became of actions since the adoption, by action: their indicators, and what was reported."""

    @cached_property
    def cards(self) -> Cards:
        """What there is to know of each record."""
        return Cards(self.table)

    @cached_property
    def _steps(self) -> tuple[_Step, ...]:
        """The versions and what each changed, the newest first."""
        places = range(len(self.versions))
        found = (
            _Step(self.versions[new], self.versions[old], self.difference(old, new))
            for old, new in pairwise(places)
        )
        return tuple(reversed(tuple(found)))

    def history(self, record: str) -> Iterator[Episode]:
        """Return what each version did to a record, the newest first, by whatever id it had there."""
        name, taken = record, set[str]()
        for step in self._steps:
            changes = tuple(step.by_record.get(name, ()))
            if changes or name.lower() in step.ids:
                yield Episode(step.version, step.before, changes, step.view.in_report(taken))
            was = (each.old for each in changes if each.kind is Kind.ID_CHANGED and _is_of(each, name))
            name = str(next(was, name))


def _is_of(change: Change, name: str) -> bool:
    """Return whether the record itself changed, and not a part of it."""
    return change.record == name and change.field == "id"


class _Step:
    """A version, and what it changed by record."""

    def __init__(self, version: SiteVersion, before: SiteVersion, difference: Difference) -> None:
        self.version, self.before, self._difference = version, before, difference
        self.ids = frozenset(trace(difference.new).ids)
        self.by_record: dict[str, list[Change]] = {}
        """The provisions of an instrument have no page of their own: their changes are with it."""
        for change in difference.comparison.changes:
            self.by_record.setdefault(change.record.partition(" ")[0], []).append(change)

    @cached_property
    def view(self) -> ComparisonView:
        """Both versions."""
        found = self._difference
        return ComparisonView(found.comparison, found.old, found.new, found.adopted)
