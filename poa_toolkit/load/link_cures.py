"""What was meant by links that have not the form of one, as far as the records of the plan tell."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from poa_toolkit.load.shape_errors import LINK_LISTS
from poa_toolkit.text import citations
from poa_toolkit.text.did_you_mean import Names
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Plan
    from poa_toolkit.trace import Trace

CODES = ("POA109", "POA204")
"""The codes of values that have not the form of an id, or of a citation."""
_ONE_A_LINE = "write each on a line of its own, after `- `"
_LONGEST = 500
"""Characters of a value that may be a citation in words."""
_TRIES = 100_000
"""How often, in all, the name of an instrument is looked for in such a value."""


class Cures:
    """Cures for links without the form of one; what a plan full of them costs is bounded."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names: dict[str, Names] = {}
        self._linked: dict[str, dict[str, str]] = {}
        self._tries = _TRIES

    def cure(self, code: str, at: Pointer, value: object) -> str:
        """Return a cure that names the record or citation that `value` at `at` means, or nothing."""
        if not isinstance(value, str):
            return ""
        key = next((step for step in reversed(at) if isinstance(step, str)), "")
        if code == "POA204":
            return "" if key == "ref" else self._citation(value)
        if key not in self._names:
            self._linked[key] = linked = dict(_linked(key, self._plan))
            self._names[key] = Names(dict.fromkeys(linked.values()), linked)
        if key in LINK_LISTS and _are_several(value, self._linked[key].__contains__):
            return _ONE_A_LINE
        return self._names[key].cure(value)

    def _citation(self, value: str) -> str:
        """Return the citation where it is one that the registry knows."""
        if _are_several(value, self._trace.knows):
            return _ONE_A_LINE
        self._tries -= len(self._instruments)
        if len(value) > _LONGEST or self._tries < 0:
            return ""
        every = citations.readings(value, self._instruments)
        found = next((each for each in every if self._trace.knows(each)), None)
        return f'did you mean "{found}"?' if found else ""

    @cached_property
    def _trace(self) -> Trace:
        return trace(self._plan)

    @cached_property
    def _instruments(self) -> dict[str, str]:
        return {
            name: each.id
            for each in self._plan.instruments
            for name in (each.title, each.short, each.id)
            if name
        }


def _are_several(value: str, is_known: Callable[[str], bool]) -> bool:
    """Return whether a value is several links, each of which is known, in one line."""
    parts = [each.strip() for each in re.split("[,;]", value)] if len(value) <= _LONGEST else []
    return len(parts) > 1 and all(map(is_known, parts))


def _linked(key: str, plan: Plan) -> Iterator[tuple[str, str]]:
    """Return the names of the records that a field links to, each with its id."""
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
