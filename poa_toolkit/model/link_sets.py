"""The sets that a document prints under an action, spelt as a text: who is to act, what it comes from."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from poa_toolkit.model.actions import Action
from poa_toolkit.model.fields import Place, Value, fields
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.model.texts import PlanText, TextKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.model.fields import Field
    from poa_toolkit.model.plan import Plan

_BETWEEN = ", "
_SEPARATOR = re.compile(r"[,;]")


def spelt(members: Iterable[object]) -> str:
    """Spell a set as amendments hold it: its members as files have them, ``observers, states``."""
    return _BETWEEN.join(map(str, members))


def members(text: str) -> tuple[str, ...]:
    """Read a set that `spelt` wrote, or a person; each member once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, _SEPARATOR.split(text)))))


@cache
def set_fields() -> dict[str, Field]:
    """Return the fields of an action that hold a set people agree to, and that a line under it prints."""
    places = (Place.SETTINGS, Place.LINKS)
    return {
        name: each
        for name, each in fields(Action).items()
        if each.value is Value.LINKS and each.agreed and each.place in places
    }


def sets(plan: Plan) -> Iterator[PlanText]:
    """Return every such set of a plan, in printed order, spelt as a text; None for one that is empty."""
    numbers = cited_numbers(plan)
    known = set_fields()
    for place, section in enumerate(plan.sections):
        for index, action in enumerate(section.actions):
            at = ("sections", place, "actions", index)
            for name, field in known.items():
                yield PlanText(
                    action.id,
                    name,
                    spelt(getattr(action, field.attribute)) or None,
                    (*at, name),
                    TextKind.DETAIL,
                    field,
                    numbers.get(action.id, ""),
                    section.id,
                    action.status.printed,
                )
