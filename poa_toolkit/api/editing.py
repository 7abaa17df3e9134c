"""Surgical edits of a plan: rename, move, withdraw, review. All or nothing, every other byte kept."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.draft import Draft, Written, used_ids
from poa_toolkit.api.freezing import frozen
from poa_toolkit.edit import changes, links
from poa_toolkit.edit.reading import value_at
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import ReviewsFile, Section
from poa_toolkit.model.files import kind_of
from poa_toolkit.trace import meaning, trace

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer

REVIEWS = "plan/reviews.yaml"
_ID = re.compile(r"[A-Za-z0-9-]{1,28}")


class Renamed(NamedTuple):
    """What a new id touched."""

    written: Written
    links: int
    """How many values named the record, its own id left out."""
    baselines: tuple[str, ...]
    """The frozen versions that keep the old id."""


def rename(project: Path, old: str, new: str) -> Renamed:
    """Give a record another id, and change every link to it in every file.

    Raises EditRefusedError where there is no such record, or the new id is or was another's.
    """
    draft = Draft(project)
    ids = draft.trace.ids.get(old.lower(), ())
    if old not in [name for name, _ in ids]:
        near = f'; did you mean "{ids[0][0]}"?' if ids else ""
        raise EditRefusedError(f'"{old}" is no id of the plan{near}')
    if not _ID.fullmatch(new):
        raise EditRefusedError(f'"{new}" cannot be an id: use letters, digits and hyphens, at most 28')
    used = used_ids(draft)
    if new.lower() in used and new.lower() != old.lower():
        raise EditRefusedError(f'"{new}" cannot be used: it is or was an id of {used[new.lower()]}')
    links_found = -len(ids)
    for path, tree in draft.loaded.trees.items():
        kind = kind_of(path)
        if tree.problems:
            raise EditRefusedError(f"{path} cannot be read, so its links cannot be changed; mend it first")
        values = links.renamed(kind.name if kind else "", tree.value, old, new, holders=draft.trace.holders)
        if values:
            links_found += len(values)
            draft.edit(path, partial(changes.set_scalars, values=values))
    names = tuple(name for name, each in _baseline_ids(draft).items() if old.lower() in each)
    return Renamed(draft.finish(new, may_depart=True), links_found, names)


def move(project: Path, name: str, *, section: str | None = None, after: str | None = None) -> Written:
    """Move an action behind the action `after`, or to the end of `section`; its comments go with it."""
    draft = Draft(project)
    path, at = _action(draft, name)
    target, index = slot(draft, section, after)
    if after is not None and after.lower() == name.lower():
        raise EditRefusedError(f"{name} cannot be moved behind itself")
    if target == path:
        index -= int(at[-1]) < index
        draft.edit(path, lambda text: changes.move_item(text, at, ("actions",), index))
        return draft.finish(name, may_depart=True)
    taken: list[Any] = []

    def take(text: str) -> str:
        without, *rest = changes.take_item(text, at)
        taken.extend(rest)
        return without

    draft.edit(path, take)
    lines, record = taken
    draft.edit(target, lambda text: changes.put_item(text, ("actions",), index, lines, record))
    return draft.finish(name, may_depart=True)


def withdraw(project: Path, name: str, reason: str) -> Written:
    """Withdraw an action: its status and the reason; all else stays."""
    draft = Draft(project)
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
    draft = Draft(project)
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


def slot(draft: Draft, section: str | None, after: str | None) -> tuple[str, int]:
    """Give the file of a section, and the index among its actions: behind `after`, or at the end."""
    path = None if section is None else _section(draft, section)
    if after is not None:
        found, at = _action(draft, after)
        if path not in (None, found):
            raise EditRefusedError(f"{after} does not stand in section {section}")
        return found, int(at[-1]) + 1
    if path is None:
        raise EditRefusedError("say in which section, or behind which action")
    return path, len(draft.loaded.trees[path].value.get("actions") or ())


def _section(draft: Draft, name: str) -> str:
    path, at = draft.find(name, "section")
    kind = kind_of(path)
    if at or kind is None or kind.name != "section":
        raise EditRefusedError(f'"{name}" is no section')
    return path


def _action(draft: Draft, name: str) -> tuple[str, Pointer]:
    path, at = draft.find(name, "action")
    if at[:1] != ("actions",):
        raise EditRefusedError(f'"{name}" is no action')
    return path, at


def _baseline_ids(draft: Draft) -> dict[str, set[str]]:
    return {name: set(trace(each.plan).ids) for name, each, _ in frozen(draft.project) if each is not None}
