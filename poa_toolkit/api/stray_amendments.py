"""What became of the places that amendments are to, by the plan of today and the frozen versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.api.baseline import frozen
from poa_toolkit.check.amendment_places import WAITING, Places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from poa_toolkit.check.amendment_places import StrayAmendment
    from poa_toolkit.model import Amendment, Plan


def astray(project: Path, plan: Plan, amendments: Iterable[Amendment]) -> dict[str, StrayAmendment]:
    """Give, by id, what became of the place of each waiting amendment whose place is not as it was."""
    waiting = [each for each in amendments if each.state in WAITING]
    if not waiting:
        return {}
    known = {name: each for name, each, _ in frozen(project) if each is not None}
    places = Places(plan, known)
    found = ((each.id, next(places.astray(each), None)) for each in waiting)
    return {name: each for name, each in found if each is not None}
