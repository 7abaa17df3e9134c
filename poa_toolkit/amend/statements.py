"""Who spoke for an amendment, against it and about it, and which word of each speaker stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import Stance
from poa_toolkit.text.white_space import folded

if TYPE_CHECKING:
    from poa_toolkit.model import Amendment, Statement


class Standpoints(NamedTuple):
    """Where a speaker stands on an amendment."""

    statement: Statement
    """The latest for or against it."""
    earlier: tuple[Statement, ...]
    """What the same speaker had said for or against it, the first first."""


def spoken(amendment: Amendment) -> tuple[Standpoints, ...]:
    """Return where each speaker stands, in the order in which they first spoke; remarks are left out."""
    by_speaker: dict[str, list[Statement]] = {}
    for each in amendment.statements:
        if each.stance is not Stance.REMARK:
            by_speaker.setdefault(speaker(each.by), []).append(each)
    found = (sorted(each, key=lambda one: (one.form, one.date)) for each in by_speaker.values())
    return tuple(Standpoints(each[-1], tuple(each[:-1])) for each in found)


def speaker(name: str) -> str:
    """Return what the name of a speaker is compared by."""
    return folded(name).casefold()
