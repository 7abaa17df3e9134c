"""Pages that an editor shows beside a plan: what has changed, a section as it reads, amendments that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.api import diff
from poa_toolkit.api.printed import printed
from poa_toolkit.check.plan_status import PENDING
from poa_toolkit.diagnostic import FaultsError
from poa_toolkit.document.amendments_report import AmendmentsOfPlan
from poa_toolkit.document.record_card import Cards
from poa_toolkit.document.record_in_full import Shown, records
from poa_toolkit.document.record_names import Meant
from poa_toolkit.errors import PoaError

if TYPE_CHECKING:
    from datetime import date

    from lsprotocol import types

    from poa_toolkit.lsp.open_plan import Snapshot

NO_PLAN = "this file is no part of a plan that can be read"
_NOTHING = "no earlier stage of plan.yaml names a baseline: there is nothing to compare with yet"


def changes(snapshot: Snapshot, today: date) -> dict[str, str]:
    """Return the report on what has changed since the previous stage as a page, or why there is none."""
    compared = _compared(snapshot, today)
    if isinstance(compared, str):
        return {"message": compared}
    title = f"Changes since {compared.old.label}"
    return {"title": title, "html": diff.describe(compared, "html")}


def changes_of(snapshot: Snapshot, name: str, today: date) -> str:
    """Say what has changed in one record since the previous stage."""
    compared = _compared(snapshot, today)
    if isinstance(compared, str):
        return compared
    fields = [each.field for each in compared.comparison.changes if each.record == name]
    since = compared.old.label
    return f"{name}: {', '.join(fields)} changed since {since}" if fields else f"{name}: as at {since}"


def _compared(snapshot: Snapshot, today: date) -> diff.Compared | str:
    try:
        found = diff.compare(snapshot.root, new=snapshot.loaded, tolerant=True, today=today)
    except FaultsError as error:
        return f"{error.diagnostics[0].location}: {error.diagnostics[0].message}"
    except PoaError as error:
        return str(error)
    return found or _NOTHING


def preview(snapshot: Snapshot, path: str, position: types.Position) -> dict[str, str]:
    """Return the section, or the paragraph, in which a position lies as a page, or why there is none."""
    spot = snapshot.spot(path, snapshot.text(path), position)
    plan = snapshot.plan
    name = _record(snapshot, path, spot.at) if spot else None
    if plan is None or name is None:
        return {"message": "no section stands here, and no paragraph"}
    table = AmendmentsOfPlan(plan, snapshot.loaded.amendments, (), snapshot.loaded.label)
    shown = Shown(Cards(table).of(Meant(name)), path)
    return {"title": name, "html": printed(records(table, (shown,)), "html")}


def _record(snapshot: Snapshot, path: str, at: tuple[str | int, ...]) -> str | None:
    """Return the id of a section, or of a paragraph in front of all sections."""
    value = snapshot.loaded.trees[path].value
    if not path.startswith("plan/sections/"):
        value = value.get(at[0], {})[at[1]] if len(at) > 1 and at[0] in ("front", "introduction") else {}
    name = value.get("id")
    return name if isinstance(name, str) and snapshot.trace and name.lower() in snapshot.trace.ids else None


def amendments(snapshot: Snapshot, name: str) -> list[types.Location]:
    """Return where the amendments stand that wait on a record."""
    of_record = (each for each in snapshot.loaded.amendments if each.record == name)
    waiting = [each.id.lower() for each in of_record if each.state in PENDING]
    own = (each for of in waiting for each in snapshot.names.of(of) if each.is_own)
    return [place for each in own if (place := snapshot.place(each.path, each.at)) is not None]
