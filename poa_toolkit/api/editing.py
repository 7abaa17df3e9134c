"""Surgical edits of a plan: rename, move, withdraw, review. All or nothing, every other byte kept."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.checking import InvalidPlanError
from poa_toolkit.api.draft import Draft, Written, used_ids
from poa_toolkit.api.freezing import frozen
from poa_toolkit.diagnostic import Location, Span
from poa_toolkit.edit import changes, links
from poa_toolkit.edit.reading import Reading, value_at
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.load.tree import read as read_tree
from poa_toolkit.model import ReviewsFile, Section
from poa_toolkit.model.files import kind_of
from poa_toolkit.text.naming import is_distinct, places
from poa_toolkit.trace import meaning, trace

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    mentions: int = 0
    """How often the id was written in a text, and is changed there."""
    left: tuple[Location, ...] = ()
    """Where it may still be written, in a text, an amendment, an endorsement or a comment."""


def rename(project: Path, old: str, new: str) -> Renamed:
    """Give a record another id, and change every link to it and every text that names it, in every file.

    Texts that a freeze or an endorsement guards stay, and so do words that may mean something else; `left`
    says where. Raises EditRefusedError where there is no such record, or the new id is or was another's.
    """
    try:
        return _rename(Draft(project), old, new, with_texts=True)
    except InvalidPlanError:
        return _rename(Draft(project), old, new, with_texts=False)


def _rename(draft: Draft, old: str, new: str, *, with_texts: bool) -> Renamed:
    _must_be_free(draft, old, new)
    links_found, mentions = -len(draft.trace.ids[old.lower()]), 0
    for path, tree in draft.loaded.trees.items():
        kind = kind_of(path)
        if tree.problems:
            raise EditRefusedError(f"{path} cannot be read, so its links cannot be changed; mend it first")
        name = kind.name if kind else ""
        values = links.renamed(name, tree.value, old, new, holders=draft.trace.holders)
        links_found += len(values)
        if values:
            draft.edit(path, partial(changes.set_scalars, values=values))
        after = _value(draft, path)
        found = links.mentions(name, after, old) if with_texts else []
        texts = links.rewritten(after, found, new)
        if texts:
            mentions += sum(each.is_sure for each in found)
            draft.edit(path, partial(changes.set_scalars, values=texts))
    left = tuple(_left(draft, old))
    names = tuple(name for name, each in _baseline_ids(draft).items() if old.lower() in each)
    return Renamed(draft.finish(new, may_depart=not with_texts), links_found, names, mentions, left)


def _value(draft: Draft, path: str) -> Any:  # noqa: ANN401 - YAML's data
    return read_tree(path, draft.contents.get(path, draft.files.contents[path])).value


def _left(draft: Draft, name: str) -> Iterator[Location]:
    """Give where the edited files still write an id, in their order."""
    for path in sorted(draft.loaded.trees):
        content = draft.contents.get(path, draft.files.contents[path])
        if name.lower().encode() not in content.lower():
            continue
        tree, kind = read_tree(path, content), kind_of(path)
        reading = Reading(tree.text)
        spans = [
            tree.places.span(each.at, words=each.words)
            for each in links.mentions(kind.name if kind else "", tree.value, name)
        ]
        for start, end in reading.comment_places():
            for match in places(tree.text[start:end], name):
                if match.group() == name or is_distinct(name):
                    first = tree.places.line_and_column(start + match.start())
                    spans.append(Span(*first, *tree.places.line_and_column(start + match.end())))
        yield from (Location(path, span, tree.line(span.line)) for span in sorted(spans))


def _must_be_free(draft: Draft, old: str, new: str) -> None:
    ids = draft.trace.ids.get(old.lower(), ())
    if old not in [name for name, _ in ids]:
        near = f'; did you mean "{ids[0][0]}"?' if ids else ""
        raise EditRefusedError(f'"{old}" is no id of the plan{near}')
    if not _ID.fullmatch(new):
        raise EditRefusedError(f'"{new}" cannot be an id: use letters, digits and hyphens, at most 28')
    used = used_ids(draft)
    if new.lower() in used and new.lower() != old.lower():
        raise EditRefusedError(f'"{new}" cannot be used: it is or was an id of {used[new.lower()]}')


def move(project: Path, name: str, *, section: str | None = None, after: str | None = None) -> Written:
    """Move an action behind the action `after`, or to the end of `section`; its comments go with it."""
    draft = Draft(project)
    if after is not None and after.lower() == name.lower():
        raise EditRefusedError(f"{name} cannot be moved behind itself")
    put_elsewhere(draft, name, *slot(draft, section, after))
    return draft.finish(name, may_depart=True)


def put_elsewhere(draft: Draft, name: str, target: str, index: int) -> None:
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
