"""Surgical edits of a plan: move, withdraw, review. All or nothing, every other byte kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.api.plan_edit import PartialPlanEdit, PlanEdit, Written
from poa_toolkit.edit import changes
from poa_toolkit.edit.yaml_file import value_at
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import Section
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.trace import meaning

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.source.base import Files

REVIEWS = "plan/reviews.yaml"


def move(
    project: Path,
    name: str,
    *,
    section: str | None = None,
    after: str | None = None,
    files: Files | None = None,
) -> Written:
    """Move an action behind the action `after`, or to the end of `section`; its comments go with it.

    `files` as for `PlanEdit`, here and below.
    """
    edit = PlanEdit(project, files)
    if after is not None and after.lower() == name.lower():
        raise EditRefusedError(f"{name} cannot be moved behind itself")
    put_elsewhere(edit, name, *slot(edit, section, after))
    return edit.finish(name, may_depart=True)


def put_elsewhere(edit: PlanEdit, name: str, target: str, index: int) -> None:
    """Move an action into the file `target`, before the action that is `index` there now."""
    path, at = _action(edit, name)
    if target == path:
        index -= int(at[-1]) < index
        edit.change(path, lambda text: changes.move_item(text, at, ("actions",), index))
        return
    taken: list[Any] = []

    def take(text: str) -> str:
        without, *rest = changes.take_item(text, at)
        taken.extend(rest)
        return without

    edit.change(path, take)
    lines, record = taken
    edit.change(target, lambda text: changes.put_item(text, ("actions",), index, lines, record))


def withdraw(project: Path, name: str, reason: str, *, files: Files | None = None) -> Written:
    """Withdraw an action: its status and the reason; all else stays."""
    edit = PartialPlanEdit(project, files)
    path, at = _action(edit, name)
    record = value_at(edit.loaded.trees[path].value, at)
    if record["status"] == "withdrawn":
        raise EditRefusedError(f"{name} is withdrawn already")
    edit.change(path, lambda text: changes.set_scalars(text, {(*at, "status"): "withdrawn"}))
    there = (*at, "reason")
    if "reason" in record:
        edit.change(path, lambda text: changes.set_scalars(text, {there: reason}))
    else:
        edit.change(path, lambda text: changes.insert_key(text, there, reason, root=Section))
    return edit.finish(name, may_depart=True)


def take_up(project: Path, name: str, recommendation: str, *, files: Files | None = None) -> Written:
    """Put a recommendation behind those that an action comes from."""
    edit = PlanEdit(project, files)
    path, at = _action(edit, name)
    held = value_at(edit.loaded.trees[path].value, at).get("recommendations")
    if held:
        edit.insert(path, (*at, "recommendations"), len(held), recommendation)
    else:
        edit.put_keys(path, {at: {"recommendations": [recommendation]}})
    return edit.finish(name, may_depart=True)


def review(project: Path, name: str, *, by: str, day: date) -> Written:
    """Put on record that the links of an action were right on a day, with what they pointed to."""
    edit = PartialPlanEdit(project)
    _action(edit, name)
    action = edit.trace.actions[edit.trace.ids[name.lower()][0][0]]
    record = {"record": action.id, "by": by, "date": day.isoformat()}
    links_ = (*action.recommendations, *map(str, action.provisions))
    found = {to: meaning(edit.trace, to) for to in links_}
    reviewed = [{"to": to, "digest": digest} for to, digest in found.items() if digest is not None]
    entry = {**record, "links": reviewed} if reviewed else record
    edit.append(REVIEWS, "reviews", entry)
    return edit.finish(name, may_depart=True)


def slot(edit: PlanEdit, section: str | None, after: str | None) -> tuple[str, int]:
    """Return the file of a section, and the index among its actions: behind `after`, or at the end.

    Behind the section itself is before its first action.
    """
    path = None if section is None else _section(edit, section)
    if path is not None and after == section:
        return path, 0
    if after is not None:
        found, at = _action(edit, after)
        if path not in (None, found):
            raise EditRefusedError(f"{after} does not stand in section {section}")
        return found, int(at[-1]) + 1
    if path is None:
        raise EditRefusedError("say in which section, or behind which action")
    return path, len(edit.loaded.trees[path].value.get("actions") or ())


def _section(edit: PlanEdit, name: str) -> str:
    path, at = edit.find(name, "section")
    kind = kind_of(path)
    if at or kind is None or kind.name != "section":
        raise EditRefusedError(f'"{name}" is no section')
    return path


def _action(edit: PlanEdit, name: str) -> tuple[str, Pointer]:
    path, at = edit.find(name, "action")
    if at[:-1] != ("actions",):
        raise EditRefusedError(f'"{name}" is no action')
    return path, at
