"""Where a text stands: its actions by status, what is still open in it, and what it covers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.amendment_places import WAITING
from poa_toolkit.check.follow_up import FollowUpCounts, counts_of
from poa_toolkit.model import AmendmentState, Status
from poa_toolkit.model.numbering import cited_numbers, printed_numbers
from poa_toolkit.model.texts import bracketed
from poa_toolkit.text import brackets
from poa_toolkit.trace import Trace, trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.check.amendment_places import StrayAmendment
    from poa_toolkit.check.follow_up import FollowUp
    from poa_toolkit.model import Action, Amendment, Plan

PENDING = (*WAITING, AmendmentState.STALE, AmendmentState.UNPLACED)
"""The states of an amendment that somebody still has to decide."""


class OpenBracket(NamedTuple):
    """One bracket of a printed text."""

    record: str
    """The paragraph or action it stands in."""
    field: str
    """``text``, or ``points.a``."""
    number: str
    """The printed number of the record, as one cites it; empty where it has none."""
    section: str
    """The section it stands in; empty outside them."""
    holder: str
    """Who holds it, by id; empty where nobody is named."""
    text: str
    """The bracket as it stands in the file."""


class SectionStatus(NamedTuple):
    """Where one section stands."""

    id: str
    number: str
    title: str
    statuses: dict[Status, int]
    """How many of its actions have each status, withdrawn and deferred ones too."""
    brackets: int


class Coverage(NamedTuple):
    """What the printed actions answer and serve, and what they leave out."""

    recommendations: int
    taken_up: int
    explained: tuple[str, ...]
    """Recommendations that no action takes up, with a reason on record."""
    unanswered: tuple[str, ...]
    """Those without one."""
    obligations: int
    unserved: tuple[str, ...]
    """Obligations that no cited provision grounds."""
    provisions: int
    """How many different provisions are cited."""
    unverified: tuple[str, ...]
    """Cited provisions that nobody has read on a page of their publisher."""


class TextStatus(NamedTuple):
    """Where a whole text stands."""

    statuses: dict[Status, int]
    sections: tuple[SectionStatus, ...]
    brackets: tuple[OpenBracket, ...]
    """In the order of the text."""
    pending: tuple[Amendment, ...]
    """Amendments that are not decided, in the order of their files."""
    decided: dict[AmendmentState, int]
    """How many were decided, and how."""
    coverage: Coverage
    astray: Mapping[str, StrayAmendment] = {}
    """By id, what became of the place of a pending amendment, where that is not as it was."""
    follow_up: FollowUpCounts | None = None
    """How far the actions have come since the adoption; None where that is not followed up."""


def status_of(
    plan: Plan,
    amendments: Iterable[Amendment] = (),
    astray: Mapping[str, StrayAmendment] | None = None,
    followed: FollowUp | None = None,
) -> TextStatus:
    """Return where a plan stands.

    `amendments` are those on record for it; `astray` says what became of the places of some of them;
    `followed` is how far the actions have come, where that is known.
    """
    known = trace(plan)
    opened = tuple(_brackets(plan, known))
    every = tuple(amendments)
    return TextStatus(
        statuses=_statuses(action for _, action in plan.walk_actions()),
        sections=tuple(_sections(plan, opened)),
        brackets=opened,
        pending=tuple(each for each in every if each.state in PENDING),
        decided=dict(Counter(each.state for each in every if each.state not in PENDING)),
        coverage=_coverage(plan, known),
        astray=astray or {},
        follow_up=counts_of(followed) if followed and followed.is_kept else None,
    )


def _statuses(actions: Iterable[Action]) -> dict[Status, int]:
    counts = Counter(action.status for action in actions)
    return {status: counts[status] for status in Status if counts[status]}


def _sections(plan: Plan, opened: Iterable[OpenBracket]) -> Iterator[SectionStatus]:
    numbers = printed_numbers(plan)
    counts = Counter(each.section for each in opened)
    for section in plan.sections:
        statuses = _statuses(section.actions)
        yield SectionStatus(section.id, numbers[section.id], section.title, statuses, counts[section.id])


def _brackets(plan: Plan, known: Trace) -> Iterator[OpenBracket]:
    """Return every bracket, nested ones too; a text whose brackets do not pair has a finding of its own."""
    numbers = cited_numbers(plan)
    for each in bracketed(plan):
        text = each.text or ""
        try:
            found = tuple(brackets.walk(brackets.parse(text, known.holders)))
        except brackets.BracketError:
            continue
        for one in found:
            number = numbers.get(each.record, "")
            holder, words = (one.holder or "").lower(), text[one.start : one.end]
            yield OpenBracket(each.record, each.field, number, each.section, holder, words)


def _coverage(plan: Plan, known: Trace) -> Coverage:
    left = [each for _, each in plan.walk_recommendations() if each.id not in known.taken_up]
    served = known.obligations()
    return Coverage(
        recommendations=len(known.recommendations),
        taken_up=len(known.recommendations) - len(left),
        explained=tuple(each.id for each in left if each.not_taken_up),
        unanswered=tuple(each.id for each in left if not each.not_taken_up),
        obligations=len(plan.obligations),
        unserved=tuple(each.id for each in plan.obligations if each.id not in served),
        provisions=len(known.served),
        unverified=tuple(str(cited) for cited in known.served if not known.verified(cited)),
    )
