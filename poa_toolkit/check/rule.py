"""What a rule is, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.follow_up import follow_up
from poa_toolkit.diagnostic import Finding, Pointer, Severity
from poa_toolkit.manual import Page
from poa_toolkit.model.base import Record
from poa_toolkit.model.fields import Value
from poa_toolkit.model.settings import NO_SETTINGS, Limits
from poa_toolkit.model.texts import texts
from poa_toolkit.text.typography import around

if TYPE_CHECKING:
    import re
    from datetime import date

    from poa_toolkit.check.follow_up import FollowUp
    from poa_toolkit.model import (
        Action,
        Amendment,
        Baseline,
        Citation,
        Endorsement,
        Plan,
        ProgressEntry,
        Review,
        Stage,
    )
    from poa_toolkit.text.did_you_mean import Names
    from poa_toolkit.trace import Trace


class Prose:
    """Every running text of a plan with its pointer; official titles and sources are not ours to set."""

    def __init__(self, plan: Plan) -> None:
        """Gather the texts of `plan`."""
        self.pieces = tuple(_pieces(plan))
        self.joined = "\n".join(text for _, text in self.pieces)

    def having(self, *marks: str) -> Iterator[tuple[Pointer, str]]:
        """Return the texts that hold one of `marks`; cheap where, as mostly, none does."""
        marks = tuple(mark for mark in marks if mark in self.joined)
        if marks:
            yield from (each for each in self.pieces if any(mark in each[1] for mark in marks))

    def matching(self, pattern: re.Pattern[str], *marks: str) -> Iterator[tuple[Pointer, str, re.Match[str]]]:
        """Return the first match in each text of a pattern that needs one of `marks`, if it needs any."""
        for at, text in self.having(*marks) if marks else self.pieces if pattern.search(self.joined) else ():
            match = pattern.search(text)
            if match:
                yield at, around(text, match.start(), match.end()), match


def _pieces(plan: Plan) -> Iterator[tuple[Pointer, str]]:
    for each in texts(plan):
        if each.text and each.traits.value is not Value.NAME:
            yield each.at, each.text


@dataclass(frozen=True)
class Context:
    """All that a rule may look at."""

    plan: Plan
    trace: Trace
    stage: Stage | None
    """The stage the plan is checked for; None where plan.yaml names an unknown one."""
    broken: frozenset[str] = frozenset()
    """Ids, in lower case, of records that could not be read; links to them are silent."""
    lost: frozenset[str] = frozenset()
    """Kinds of file, by name, of which one could not be read at all; links to such records are silent."""
    baselines: tuple[str, ...] = ()
    """The names of the frozen versions."""
    frozen: Mapping[str, Baseline] = field(default_factory=dict)
    """The frozen versions themselves, by name; loaded only for rules that ask for them."""
    reviews: tuple[Review, ...] = ()
    """The reviews of links that are on record."""
    endorsements: tuple[Endorsement, ...] = ()
    """The endorsements that are on record."""
    amendments: tuple[Amendment, ...] = ()
    """The proposals on the table."""
    progress: tuple[ProgressEntry, ...] = ()
    """What was reported on actions."""
    today: date | None = None
    """The day it is; without it, and of a frozen version, nobody knows what is late."""
    limits: Limits = NO_SETTINGS.limits
    """The numbers that rules measure a text by, as poa.yaml sets them."""

    def citations(self) -> Iterator[tuple[Pointer, Action, Citation]]:
        """Return every citation of an action, with its pointer and its action."""
        for at, action in self.plan.walk_actions():
            for index, citation in enumerate(action.provisions):
                yield (*at, "provisions", index), action, citation

    @cached_property
    def prose(self) -> Prose:
        """Every running text of the plan."""
        return Prose(self.plan)

    @cached_property
    def names(self) -> dict[str, Names]:
        """By kind of record, the names among which rules look for the one that was meant."""
        return {}

    @cached_property
    def unusual_strings(self) -> tuple[tuple[Pointer, str], ...]:
        """Every string of the plan and of reports on it that is not one line of ASCII, with its pointer."""
        return (*_unusual(self.plan, ()), *_unusual(self.progress, ("progress",)))

    @cached_property
    def follow_up(self) -> FollowUp:
        """How far the plan has come since its adoption."""
        return follow_up(self.plan, self.progress, self.endorsements, self.today)


class Demand(StrEnum):
    """What a text may still lack though nothing that it says is wrong: it waits for somebody to decide.

    A text that lacks something can be read, printed and compared, and says on its cover what it lacks; it
    cannot be frozen for its stage. Any other error is a fault: what it stands in cannot be relied on.
    """

    STATUS = "status"
    """An action has not come as far as the stage asks."""
    BRACKETS = "brackets"
    """Words are not agreed yet."""
    PROVISION = "provision"
    """An action has no ground in law yet."""
    RECOMMENDATION = "recommendation"
    """An action has no recommendation yet."""
    ADDRESSEE = "addressee"
    """An action has nobody yet who is to act."""


class Required(NamedTuple):
    """A key that a rule misses where it is not there, or empty."""

    record: str
    """The type of the record, such as ``Action``."""
    key: str
    where: str = ""
    """In which records, as the end of a sentence: ``where `state` is modified``; empty: in all."""
    unless: str = ""
    """In which it may be missing all the same: ``unless it is withdrawn``; empty: in none."""


_OF_DEMAND = (
    "This is lacking, not wrong: documents are made all the same, and say on the cover what is lacking. "
    "`poa baseline create` waits for it."
)


class Rule(NamedTuple):
    """A rule of the book: its code, its weight, and the generator that applies it."""

    code: str
    name: str
    severity: Severity
    run: Callable[[Context], Iterator[Finding]]
    whole: bool = False
    """Whether it speaks of the plan as a whole, and so waits until every record can be read."""
    wants_frozen: bool = False
    """Whether it looks at the frozen versions, and so has them loaded."""
    demand: Demand | None = None
    """What a text still lacks where it finds something; None: what it finds is wrong."""
    requires: tuple[Required, ...] = ()
    """The keys that it misses where they are not there; schemas and the reference say so."""

    def page(self) -> Page:
        """Return the manual page, read from the docstring."""
        page = Page.of(self.code, self.name, self.severity, self.run.__doc__ or "")
        return page._replace(why=f"{page.why}\n\n{_OF_DEMAND}".strip()) if self.demand else page


def rule(  # noqa: PLR0913 - one parameter a trait of the rule
    code: str,
    name: str,
    severity: Severity = Severity.ERROR,
    *,
    whole: bool = False,
    wants_frozen: bool = False,
    demand: Demand | None = None,
    requires: tuple[Required, ...] = (),
) -> Callable[[Callable[[Context], Iterator[Finding]]], Rule]:
    """Make a rule of a generator; its docstring is its manual page."""

    def make(run: Callable[[Context], Iterator[Finding]]) -> Rule:
        return Rule(code, name, severity, run, whole, wants_frozen, demand, requires)

    return make


def _unusual(value: Record | tuple[object, ...], at: Pointer) -> Iterator[tuple[Pointer, str]]:
    items = value.__dict__.items() if isinstance(value, Record) else enumerate(value)
    for step, each in items:
        if each.__class__ is str:
            if not each.isascii() or "\n" in each:
                yield (*at, step), each
        elif each.__class__ is tuple or isinstance(each, Record):
            yield from _unusual(each, (*at, step))
