"""What the changes between two versions mean for the links and the brackets of the plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Effect
from poa_toolkit.text import brackets
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model import Plan
    from poa_toolkit.trace import Trace


def effects(old: Plan, new: Plan) -> tuple[Effect, ...]:
    """Say which recommendations gained their first or lost their last printed action, which provisions
    are no longer cited, and where brackets are still open, each in the order of the plan.
    """  # noqa: D205 - one sentence
    before, after = trace(old), trace(new)
    return (*_recommendations(before, after), *_provisions(before, after), *_brackets(new))


def open_brackets(text: str) -> int:
    """Count the brackets of a text, nested ones too; where they do not pair, those that open."""
    try:
        return sum(1 for _ in brackets.walk(brackets.parse(text)))
    except brackets.BracketError:
        return text.count("[")


def _recommendations(before: Trace, after: Trace) -> Iterator[Effect]:
    for name in after.recommendations:
        had, has = before.taken_up.get(name, ()), after.taken_up.get(name, ())
        if has and not had:
            message = f"recommendation {name} is now taken up by {_listed(has)}"
            yield Effect("recommendation-gained", name, message)
        elif had and not has:
            message = f"recommendation {name} is no longer taken up; {_listed(had)} took it up"
            yield Effect("recommendation-lost", name, message)


def _provisions(before: Trace, after: Trace) -> Iterator[Effect]:
    for citation, had in before.served.items():
        if citation not in after.served:
            message = f"provision {citation} is no longer cited; {_listed(had)} cited it"
            yield Effect("provision-lost", str(citation), message)


def _brackets(plan: Plan) -> Iterator[Effect]:
    counts: Counter[str] = Counter()
    hidden = {action.id for _, action in plan.walk_actions() if not action.status.printed}
    name = ""
    for at, record in plan.walk_texts():
        name = name if "points" in at else record.id
        if "[" in record.text and name not in hidden:
            counts[name] += open_brackets(record.text)
    for record_id, count in counts.items():
        if count:
            plural = "s" if count > 1 else ""
            yield Effect("brackets-open", record_id, f"{record_id} has {count} open bracket{plural}")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(names))
