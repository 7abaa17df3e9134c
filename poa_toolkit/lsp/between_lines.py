"""What an editor prints between the lines: printed numbers, amendments that wait, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from poa_toolkit.api.validate import readable_baselines
from poa_toolkit.check.plan_status import PENDING
from poa_toolkit.lsp.protocol import uri
from poa_toolkit.model.fields import fields
from poa_toolkit.text import cross_references
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from poa_toolkit.lsp.names import Name
    from poa_toolkit.lsp.open_plan import Snapshot
    from poa_toolkit.model import Action, Plan

SHOW_AMENDMENTS = "poa.showAmendments"
SHOW_CHANGES = "poa.showChanges"


def hints(snapshot: Snapshot, path: str, here: types.Range) -> list[types.InlayHint]:
    """Return the numbers that a document prints, behind ids and cross-references in a range of a file."""
    found = []
    for name in snapshot.names.files.get(path, (None, ()))[1]:
        said = snapshot.number(name.of) if name.is_own else _printed(snapshot, name)
        place = snapshot.place(path, name.at, name.words) if said else None
        if said and place and here.start <= place.range.end <= here.end:
            found.append(types.InlayHint(place.range.end, said, padding_left=True))
    return sorted(found, key=lambda each: each.position)


def _printed(snapshot: Snapshot, name: Name) -> str:
    """Return what a cross-reference prints; empty for another name."""
    if snapshot.references is None or name.words is None:
        return ""
    text = snapshot.loaded.trees[name.path].places.spelling(name.at) or ""
    mark = text[slice(*name.words)]
    reference = cross_references.parse(mark) if mark.startswith("{") else None
    return snapshot.references.printed(reference) if reference else ""


def lenses(snapshot: Snapshot, path: str) -> list[types.CodeLens]:
    """Return, over each action of a file, the amendments that wait and what has changed lately."""
    plan = snapshot.plan
    if plan is None:
        return []
    waiting: dict[str, int] = {}
    for each in snapshot.loaded.amendments:
        if each.state in PENDING and each.record:
            waiting[each.record] = waiting.get(each.record, 0) + 1
    frozen, address = _frozen(snapshot, plan), uri(snapshot.root, path)
    found = []
    for at, action in plan.walk_actions():
        place = snapshot.place_of((*at, "id"))
        if place is None or place.uri != address:
            continue
        said = [(many(waiting[action.id], "amendment"), SHOW_AMENDMENTS)] if action.id in waiting else []
        for name, before in frozen.items():
            if changed := _changed(before.get(action.id), action):
                said.append((f"{changed} since {name}", SHOW_CHANGES))
        for title, command in said:
            found.append(
                types.CodeLens(place.range, types.Command(title, command, arguments=[address, action.id]))
            )
    return found


def _frozen(snapshot: Snapshot, plan: Plan) -> dict[str, dict[str, Action]]:
    """Return the actions of the previous stage's baseline and of the current one's, by name and id."""
    stage = plan.current_stage()
    names = (plan.previous_baseline(), stage.baseline if stage else None)
    known = readable_baselines(snapshot.root) if any(names) else {}
    return {
        name: {each.id: each for _, each in known[name].plan.walk_actions()}
        for name in names
        if name and name in known
    }


def _changed(before: Action | None, now: Action) -> str:
    """Say which fields of an action are not as they were; empty where all are."""
    if before is None:
        return "new"
    names = [
        each.name
        for each in fields(type(now)).values()
        if getattr(before, each.attribute) != getattr(now, each.attribute)
    ]
    return f"{', '.join(names)} changed" if names else ""
