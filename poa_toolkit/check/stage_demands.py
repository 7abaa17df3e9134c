"""What a text still lacks for its stage, told by the rules that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.rule import Context, Demand
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.check.waivers import record_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.check.waivers import Found


class Lacking(NamedTuple):
    """One kind of thing that a text lacks."""

    demand: Demand
    records: tuple[str, ...]
    """The records that lack it, by id, in printed order."""
    number: int
    """How many things that are: of brackets, one text may have several."""


DEMANDS = {rule.code: rule.demand for rule in RULES if rule.demand}
"""The code of each rule that tells what is lacking, and what that is."""


def lacking(context: Context, found: Iterable[Found]) -> tuple[Lacking, ...]:
    """Return what is lacking by the findings of a run, kind by kind; those of other rules tell nothing."""
    records: dict[Demand, dict[str, None]] = {}
    counts: dict[Demand, int] = {}
    for code, finding in found:
        demand = DEMANDS.get(code)
        if demand:
            records.setdefault(demand, {})[record_of(context, finding.at)] = None
            counts[demand] = counts.get(demand, 0) + finding.times
    return tuple(Lacking(each, tuple(records[each]), counts[each]) for each in Demand if each in records)
