"""What a text still lacks for its stage, as its cover and the head of each page say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.rule import Demand
from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import Status
from poa_toolkit.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.check.rulebook import Lacking
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.model import Plan

_NAMED = 6
"""How many records a line names before it only counts the rest."""
_ORDER = tuple(Status)
"""From the first to the last that an action comes to."""


class _Item(NamedTuple):
    """One thing that is lacking: what it is called, how often, and where."""

    label: str
    counted: str
    records: tuple[str, ...] = ()


def lines(lacking: Iterable[Lacking], plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return what is lacking as lines of a cover: ``Not yet agreed``, ``1 action (A-003)``."""
    words = LABELS[plan.style]
    return _lines(
        (each.label, f"{each.counted} ({_named(each.records, words)})" if each.records else each.counted)
        for each in _items(lacking, plan, words)
    )


def in_full(lacking: Iterable[Lacking], plan: Plan) -> str:
    """Return the lines of the cover as one: ``Not yet agreed: 1 action (A-003); 2 open brackets``."""
    return ". ".join(f"{label}: {value}" for label, value in lines(lacking, plan))


def in_a_line(lacking: Iterable[Lacking], plan: Plan) -> str:
    """Return the same in a line, without the records: ``Not yet agreed: 1 action; 2 open brackets``."""
    found = _lines((each.label, each.counted) for each in _items(lacking, plan, LABELS[plan.style]))
    return ". ".join(f"{label}: {value}" for label, value in found)


def labels(words: Labels) -> tuple[str, ...]:
    """Return every label that such a line of a cover can have."""
    not_yet = (words.not_yet.format(status=words.statuses[each]) for each in _ORDER if each.printed)
    return (*not_yet, words.other_status, words.incomplete)


def _lines(items: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Join what has one label."""
    found: dict[str, list[str]] = {}
    for label, value in items:
        found.setdefault(label, []).append(value)
    return tuple((label, "; ".join(values)) for label, values in found.items())


def _items(lacking: Iterable[Lacking], plan: Plan, words: Labels) -> Iterator[_Item]:
    for each in lacking:
        match each.demand:
            case Demand.STATUS:
                yield from _statuses(each.records, plan, words)
            case Demand.BRACKETS:
                label = words.not_yet.format(status=words.statuses[Status.AGREED])
                yield _Item(label, counted(each.number, words.open_bracket_count))
            case _:
                found = f"{counted(each.number, words.action_count)} {words.without[each.demand]}"
                yield _Item(words.incomplete, found, each.records)


def _statuses(records: Sequence[str], plan: Plan, words: Labels) -> Iterator[_Item]:
    """Part the actions that have not come far enough from those with a status the stage does not know."""
    stage = plan.current_stage()
    asked = stage.allows.statuses if stage and stage.allows else ()
    first = min(asked, key=_ORDER.index, default=Status.AGREED)
    statuses = {action.id: action.status for _, action in plan.walk_actions()}
    below = tuple(each for each in records if _ORDER.index(statuses[each]) < _ORDER.index(first))
    others = tuple(each for each in records if each not in below)
    if below:
        label = words.not_yet.format(status=words.statuses[first])
        yield _Item(label, counted(len(below), words.action_count), below)
    if others:
        yield _Item(words.other_status, counted(len(others), words.action_count), others)


def _named(records: Sequence[str], words: Labels) -> str:
    shown = ", ".join(records[:_NAMED])
    more = words.and_more.format(count=len(records) - _NAMED) if len(records) > _NAMED else ""
    return f"{shown} {more}".strip()
