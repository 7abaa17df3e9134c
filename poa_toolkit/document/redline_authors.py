"""Whose the words are that a redline shows as changed: proposers of adopted amendments, or nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.diff.attribution import Credits, ascribed, credits_of, pieces, to_field
from poa_toolkit.document.blocks import Author, Deleted, Inserted, Text
from poa_toolkit.model import Amendment
from poa_toolkit.text.brackets import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.diff.change import Change
    from poa_toolkit.document.blocks import Run


def author(amendment: Amendment) -> Author:
    """Return who proposed an amendment, and the day on which it was decided."""
    return Author(amendment.proposer, amendment.decided or amendment.date)


def named(change: Change, adopted: Sequence[Amendment]) -> tuple[str, ...]:
    """Name the amendments whose words a change shows, and say where other words changed too."""
    found = ascribed(change, adopted)
    names = tuple(f"amendment {each.id} of {each.proposer}" for each in found.amendments)
    return names if found.whole or not names else (*names, "the other words by no amendment")


def credits_by_text(
    changes: Iterable[Change], adopted: Sequence[Amendment]
) -> dict[tuple[str, str], Credits | Amendment]:
    """Return whose the changed characters of each text are that an adopted amendment is to.

    Of a set, which is printed under other names, it is the one amendment that made all of the change.
    """
    amended = {each.record for each in adopted}
    found: dict[tuple[str, str], Credits | Amendment] = {}
    for change in changes:
        if change.record not in amended:
            continue
        if isinstance(change.old, tuple) or isinstance(change.new, tuple):
            made = ascribed(change, adopted)
            if made.whole and len(made.amendments) == 1:
                found[change.record, change.field] = made.amendments[0]
            continue
        field = change.field or "text"
        mine = to_field([each for each in adopted if each.record == change.record], field)
        if mine:
            old, new = (shown(each or "") for each in (change.old, change.new))
            found[change.record, field] = credits_of(old, new, mine)
    return found


def with_authors(
    runs: Iterable[Run], of_field: Mapping[str, Credits | Amendment], field: str
) -> tuple[Run, ...]:
    """Return the runs of a line, each changed stretch with its author.

    `of_field` gives whose the characters of each field are; `field` is that of runs that name none.
    """
    return tuple(_with_authors(runs, of_field, field)) if of_field else tuple(runs)


def _with_authors(
    runs: Iterable[Run], of_field: Mapping[str, Credits | Amendment], field: str
) -> Iterator[Run]:
    places: dict[str, tuple[int, int]] = {}
    for run in runs:
        name = getattr(run, "field", "") or field
        found = of_field.get(name)
        if found is None or not isinstance(run, Text | Inserted | Deleted):
            yield run
            continue
        if isinstance(found, Amendment):
            yield run if isinstance(run, Text) else replace(run, by=author(found))
            continue
        old, new = places.get(name, (0, 0))
        size = sum(not each.isspace() for each in run.text)
        if isinstance(run, Text):
            yield run
        else:
            whose, at = (found.new, new) if isinstance(run, Inserted) else (found.old, old)
            for each, text in pieces(run.text, whose[at : at + size]):
                yield replace(run, text=text, by=author(each) if isinstance(each, Amendment) else None)
        places[name] = (
            old + size * (not isinstance(run, Inserted)),
            new + size * (not isinstance(run, Deleted)),
        )
