"""Surgical edits of a plan: move, withdraw, review. All or nothing, every other byte kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.api.plan_edit import PartialPlanEdit, PlanEdit, Written
from poa_toolkit.edit import changes
from poa_toolkit.edit.yaml_file import value_at
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import ReviewsFile, Section
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.trace import meaning

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer

REVIEWS = "plan/reviews.yaml"


def move(project: Path, name: str, *, section: str | None = None, after: str | None = None) -> Written:
    """Move an action behind the action `after`, or to the end of `section`; its comments go with it."""
    draft = PlanEdit(project)
    if after is not None and after.lower() == name.lower():
        raise EditRefusedError(f"{name} cannot be moved behind itself")
    put_elsewhere(draft, name, *slot(draft, section, after))
    return draft.finish(name, may_depart=True)


def put_elsewhere(draft: PlanEdit, name: str, target: str, index: int) -> None:
    """Move an action of a draft into the file `target`, before the action that is `index` there now."""
    path, at = _action(draft, name)
    if target == path:
        index -= int(at[-1]) < index
        draft.edit(path, lambda text: changes.move_item(text, at, ("actions",), index))
        return
    taken: list[Any] = []

    def take(text: str) -> str:
        without, *rest = changes.take_item(text, at)
        taken.extend(rest)
        return without

    draft.edit(path, take)
    lines, record = taken
    draft.edit(target, lambda text: changes.put_item(text, ("actions",), index, lines, record))


def withdraw(project: Path, name: str, reason: str) -> Written:
    """Withdraw an action: its status and the reason; all else stays."""
    draft = PartialPlanEdit(project)
    path, at = _action(draft, name)
    record = value_at(draft.loaded.trees[path].value, at)
    if record["status"] == "withdrawn":
        raise EditRefusedError(f"{name} is withdrawn already")
    draft.edit(path, lambda text: changes.set_scalars(text, {(*at, "status"): "withdrawn"}))
    there = (*at, "reason")
    if "reason" in record:
        draft.edit(path, lambda text: changes.set_scalars(text, {there: reason}))
    else:
        draft.edit(path, lambda text: changes.insert_key(text, there, reason, root=Section))
    return draft.finish(name, may_depart=True)


def review(project: Path, name: str, *, by: str, day: date) -> Written:
    """Put on record that the links of an action were right on a day, with what they pointed to."""
    draft = PartialPlanEdit(project)
    _action(draft, name)
    action = draft.trace.actions[draft.trace.ids[name.lower()][0][0]]
    record = {"record": action.id, "by": by, "date": day.isoformat()}
    links_ = (*action.recommendations, *map(str, action.provisions))
    found = {to: meaning(draft.trace, to) for to in links_}
    reviewed = [{"to": to, "digest": digest} for to, digest in found.items() if digest is not None]
    entry = {**record, "links": reviewed} if reviewed else record
    number = 0
    if REVIEWS in draft.files.contents:
        number = len((draft.loaded.trees[REVIEWS].value or {}).get("reviews") or ())
    else:
        draft.create(REVIEWS, "# yaml-language-server: $schema=../schema/reviews.schema.json\nreviews: []\n")
    draft.edit(REVIEWS, lambda text: changes.insert_item(text, ("reviews",), number, entry, root=ReviewsFile))
    return draft.finish(name, may_depart=True)


def slot(draft: PlanEdit, section: str | None, after: str | None) -> tuple[str, int]:
    """Give the file of a section, and the index among its actions: behind `after`, or at the end.

    Behind the section itself is before its first action.
    """
    path = None if section is None else _section(draft, section)
    if path is not None and after == section:
        return path, 0
    if after is not None:
        found, at = _action(draft, after)
        if path not in (None, found):
            raise EditRefusedError(f"{after} does not stand in section {section}")
        return found, int(at[-1]) + 1
    if path is None:
        raise EditRefusedError("say in which section, or behind which action")
    return path, len(draft.loaded.trees[path].value.get("actions") or ())


def _section(draft: PlanEdit, name: str) -> str:
    path, at = draft.find(name, "section")
    kind = kind_of(path)
    if at or kind is None or kind.name != "section":
        raise EditRefusedError(f'"{name}" is no section')
    return path


def _action(draft: PlanEdit, name: str) -> tuple[str, Pointer]:
    path, at = draft.find(name, "action")
    if at[:1] != ("actions",):
        raise EditRefusedError(f'"{name}" is no action')
    return path, at
