"""What was meant by a link that has not the form of one, as far as the records of the plan tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.text import citations
from poa_toolkit.text.likeness import did_you_mean
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Plan
    from poa_toolkit.trace import Trace

CODES = ("POA109", "POA204")
"""The codes of values that have not the form of an id, or of a citation."""


def suggestion(code: str, at: Pointer, value: object, plan: Plan) -> str:
    """Give a cure that names the record or the citation that `value`, standing at `at`, means, or nothing."""
    if not isinstance(value, str):
        return ""
    key = next((step for step in reversed(at) if isinstance(step, str)), "")
    if code == "POA204":
        return "" if key == "ref" else _citation(value, plan, trace(plan))
    names = dict(_linked(key, plan))
    return did_you_mean(value, set(names.values()), names)


def _citation(value: str, plan: Plan, known: Trace) -> str:
    """Give the citation where it is one that the registry knows."""
    names = {name: each.id for each in plan.instruments for name in (each.title, each.short, each.id) if name}
    every = citations.readings(value, names)
    found = next((each for each in every if known.knows(each)), None)
    return f'did you mean "{found}"?' if found else ""


def _linked(key: str, plan: Plan) -> Iterator[tuple[str, str]]:
    """Give the names of the records that a field links to, each with its id."""
    match key:
        case "addressees":
            yield from ((name, each.id) for each in plan.actors for name in (each.title, each.id))
        case "organisers" | "participant":
            yield from ((name, each.id) for each in plan.participants for name in (each.title, each.id))
        case "obligations":
            yield from ((each.id, each.id) for each in plan.obligations)
        case "recommendations":
            yield from ((each.id, each.id) for _, each in plan.walk_recommendations())
        case "from":
            yield from ((each.id, each.id) for _, each in plan.walk_actions())
