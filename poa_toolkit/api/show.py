"""Show records in full: their words, what is open in them, what they rest on, their past and their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api import log
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.printed import printed
from poa_toolkit.api.validate import read
from poa_toolkit.document import record_names
from poa_toolkit.document.blocks import Part
from poa_toolkit.document.record_card import Cards
from poa_toolkit.document.record_in_full import Past, Shown, records
from poa_toolkit.errors import EditRefusedError, UnknownRecordError, VersionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poa_toolkit.diagnostic import Location
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan
    from poa_toolkit.document.record_names import Meant


class Showing(NamedTuple):
    """What is shown, and what is needed to print it."""

    table: AmendmentsOfPlan
    shown: tuple[Shown, ...]
    places: tuple[Location | None, ...]


def show(project: Path, names: Sequence[str]) -> Showing:
    """Show the records, or annexes, that `names` mean in the working tree.

    Raises InvalidPlanError where plan.yaml cannot be read, UnknownRecordError where a name means nothing.
    """
    table = on_table(project)
    loaded, cards = read(project, None), Cards(table)
    shown: list[Shown] = []
    places: list[Location | None] = []
    for meant in dict.fromkeys(_meant(table, name) for name in names):
        if isinstance(meant, Part):
            shown.append(Shown(None, "", annex=meant))
            places.append(None)
            continue
        card = cards.of(meant)
        place = loaded.locate(card.at)
        places.append(place)
        line = f":{place.span.line}" if place.span else ""
        shown.append(Shown(card, f"{place.path}{line}", _past(project, meant.name)))
    return Showing(table, tuple(shown), tuple(places))


def _meant(table: AmendmentsOfPlan, name: str) -> Meant | Part:
    """Return the record that a name means, or the annex."""
    annex = record_names.annex(table.plan, name)
    if annex is not None:
        return annex
    if name.partition(".")[0].lower() in table.broken:
        raise EditRefusedError(f'"{name}" cannot be read; `poa validate` says why')
    return record_names.meant(table.plan, name)


def describe(showing: Showing, form: str, *, colour: bool = False, width: int = 100) -> str:
    """Print records in one of FORMATS; as text, lines of `width` columns at most."""
    if form == "json":
        from poa_toolkit.write import show as as_json  # noqa: PLC0415 - only what is printed is imported

        return as_json.to_json(showing.shown, showing.places, showing.table.collisions)
    return printed(records(showing.table, showing.shown), form, colour=colour, width=width)


def _past(project: Path, name: str) -> Past:
    """Tell the past of a record; where it cannot be told, why."""
    try:
        found = log.history(project, name)
    except UnknownRecordError:
        return Past()
    except VersionError as error:
        return Past(unknown=f"It cannot be told: {error}")
    return Past(found.steps, found.cut)
