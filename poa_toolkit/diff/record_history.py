"""The versions of one record: what each changed, and which amendments it carried out."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.attribution import ascribed
from poa_toolkit.diff.change import Comparison, Kind, Version
from poa_toolkit.diff.compare import compare
from poa_toolkit.model.single_record import nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.diff.change import Change
    from poa_toolkit.model import Amendment, Plan


class Where(StrEnum):
    """What holds a version."""

    COMMIT = "commit"
    BASELINE = "baseline"
    WORKING_TREE = "working-tree"


class Origin(NamedTuple):
    """Where a version comes from."""

    where: Where
    name: str
    """The full hash of a commit, the name of a baseline; empty for the working tree."""
    who: str = ""
    """Who made it."""
    when: str = ""
    """The moment of a commit, the day of a baseline's stage; ISO 8601."""
    subject: str = ""
    """What a commit says of itself."""


class Step(NamedTuple):
    """One version of a record, and what it changed."""

    origin: Origin
    old: Plan
    """The record before, as a plan that holds nothing else."""
    new: Plan
    changes: tuple[Change, ...]
    amendments: tuple[str, ...] = ()
    """The ids of the adopted amendments whose words it put in."""
    trouble: str = ""
    """Why the record cannot be read in this version; empty where it can."""


def step(
    name: str, origin: Origin, old: Plan | None, new: Plan | None, amendments: Iterable[Amendment]
) -> Step:
    """Give the version `new` of the record `name`, since the version `old`; None where it was not there.

    `name` may be that of a field, ``A-007.points.b``: only what changed it counts, and that its record came
    or went.
    `amendments` are those that no earlier version carried out.
    """
    before, after = old or nothing(), new or nothing()
    changes = tuple(_changes(name, before, after))
    adopted = [each for each in amendments if each.is_adopted]
    shown = {each.id for change in changes for each in ascribed(change, adopted).amendments}
    return Step(origin, before, after, changes, tuple(sorted(shown)))


def comparison(of: Step) -> Comparison:
    """Give what a version changed as a comparison of its record alone."""
    return Comparison(Version("", ""), Version("", ""), of.changes, ())


def _changes(name: str, old: Plan, new: Plan) -> Iterable[Change]:
    """Give what differs in a record; its number says nothing, cut out as it is."""
    wanted, _, field = name.lower().partition(".")
    for change in compare(old, new, old_label="", new_label="").changes:
        record = change.record.lower()
        is_it = record == wanted or record.startswith(f"{wanted} ")
        if field and change.field:
            is_it = is_it and f"{change.field.lower()}.".startswith(f"{field}.")
        if is_it and change.kind is not Kind.RENUMBERED:
            yield replace(change, number="")
