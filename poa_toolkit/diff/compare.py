"""Two plans in, their comparison out. Records are matched by id, new actions by their `from` as well."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.diff import significance
from poa_toolkit.diff.change import Comparison, Kind, Significance, Version
from poa_toolkit.diff.effects import effects
from poa_toolkit.diff.matched import Matched, differences
from poa_toolkit.diff.order import stayed
from poa_toolkit.diff.records import entries, words
from poa_toolkit.model.numbering import printed_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diff.change import Change
    from poa_toolkit.diff.records import Entry
    from poa_toolkit.model import Plan

    Key = tuple[str, str, int]
    """Kind, name, and how many of the same name stood before: 0 in a valid plan."""
    Records = dict[Key, Entry]
    Move = tuple[str, str | None, str | None]
    """The field of a move, and its old and new value."""

_NUMBERED = frozenset(("paragraph", "action"))
_HOLDERS = frozenset(("plan", "section"))
"""Records that hold others; to compare them whole would compare those twice."""
_OWNERS = {"point": "action", "provision": "instrument"}
_HOMES = {"recommendation": "source"}


def compare(
    old: Plan, new: Plan, *, old_label: str, new_label: str, digests: tuple[str, str] = ("", "")
) -> Comparison:
    """Give all that differs between two versions, in the order of the new one.

    Line breaks and runs of spaces inside a text are no change. `digests` are the text digests of
    the two versions. Where nothing differs there are neither changes nor effects.
    """
    changes = () if old == new else tuple(_Sides(old, new).changes())
    return Comparison(
        old=Version(old_label, digests[0]),
        new=Version(new_label, digests[1]),
        changes=changes,
        effects=effects(old, new) if changes else (),
    )


class _Sides:
    """Both versions, their records matched."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old, self.new = _by_key(old), _by_key(new)
        self.old_numbers, self.new_numbers = printed_numbers(old), printed_numbers(new)
        self.moves = _moves(self.old, self.new)

    def changes(self) -> Iterator[Change]:
        """Give every change; what is gone follows the record that it followed in the old version."""
        gone = self._gone()
        for key, now in self.new.items():
            was = self.old.get(key)
            if was is None:
                yield from self._came(now)
            else:
                yield from self._stands_elsewhere(key, was, now)
                if now.kind in _HOLDERS or was.record != now.record:
                    yield from differences(self._matched(was, now))
            for lost in gone.get(key, ()):
                yield self._matched(lost, None).change(Kind.REMOVED, "", (words(lost), None))

    def _gone(self) -> dict[Key, list[Entry]]:
        """Give the records that are gone by what they stand after; what belonged to them goes with them."""
        gone: defaultdict[Key, list[Entry]] = defaultdict(list)
        anchor = next(iter(self.new))
        for key, entry in self.old.items():
            if key in self.new:
                anchor = key
            elif _owner(entry) is None or _owner(entry) in self.new:
                gone[anchor].append(entry)
        return gone

    def _came(self, now: Entry) -> Iterator[Change]:
        if _owner(now) is not None and _owner(now) not in self.old:
            return
        named = now.record.origins if now.kind == "action" else ()
        origins = tuple(name for name in named if ("action", name, 0) in self.old)
        if origins:
            kind = Kind.SPLIT if len(origins) == 1 else Kind.MERGED
            matched = self._matched(self.old["action", origins[0], 0], now)
            yield replace(matched.change(kind, "", (origins, words(now))), evidence="from")
        else:
            yield self._matched(None, now).change(Kind.ADDED, "", (None, words(now)))

    def _stands_elsewhere(self, key: Key, was: Entry, now: Entry) -> Iterator[Change]:
        """Say that a record moved, or else that what stands before it gave it another number."""
        if key in self.moves:
            field, old, new = self.moves[key]
            weight = significance.of_move(now.kind, field)
            yield self._matched(was, now).change(Kind.MOVED, field, (old, new), weight)
        elif now.kind in _NUMBERED:
            before, after = self.old_numbers.get(now.name), self.new_numbers.get(now.name)
            if before and after and before != after:
                values = (before.rstrip("."), after.rstrip("."))
                matched = self._matched(was, now)
                yield matched.change(Kind.RENUMBERED, "number", values, Significance.PROCESS)

    def _matched(self, was: Entry | None, now: Entry | None) -> Matched:
        number = _cited(now, self.new_numbers) or _cited(was, self.old_numbers)
        return Matched(was, now, number)


def _cited(entry: Entry | None, numbers: dict[str, str]) -> str:
    """Give the number one cites a record by: ``14``, or ``14 (a)`` for a point; empty for none."""
    if entry is None:
        return ""
    number = numbers.get(entry.id, "").rstrip(".")
    if entry.kind != "point" or not number:
        return number
    return f"{number} {numbers.get(entry.number_key, '')}"


def _by_key(plan: Plan) -> Records:
    """Index a plan, in document order; of records that share a name, each has a key."""
    found: Records = {}
    times: Counter[tuple[str, str]] = Counter()
    for entry in entries(plan):
        name = (entry.kind, entry.name)
        found[*name, times[name]] = entry
        times[name] += 1
    return found


def _owner(entry: Entry) -> Key | None:
    """Give the key of the record that a point or a provision belongs to."""
    return (_OWNERS[entry.kind], entry.owner, 0) if entry.owner else None


def _moves(old: Records, new: Records) -> dict[Key, Move]:
    """Give the records that moved: to another section or source, or past others that did not move."""
    moves: dict[Key, Move] = {}
    places = {key: index for index, key in enumerate(old)}
    neighbours: defaultdict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key, now in new.items():
        was = old.get(key)
        if was is None:
            continue
        if was.siblings == now.siblings:
            neighbours[now.siblings].append(key)
        elif now.kind not in _OWNERS:
            moves[key] = (_HOMES.get(now.kind, "section"), was.home, now.home)
        else:
            # what belongs to a record that moved went with it; among its own kind it may still have moved
            neighbours[now.kind, now.owner].append(key)
    past: list[Key] = []
    for keys in neighbours.values():
        kept = stayed([places[key] for key in keys])
        if len(kept) < len(keys):
            past.extend(key for key in keys if places[key] not in kept)
    if past:
        before, after = _predecessors(old), _predecessors(new)
        moves.update((key, ("order", before[key], after[key])) for key in past)
    return moves


def _predecessors(records: Records) -> dict[Key, str | None]:
    """Give the record each record stands after, among those of its kind and place; None: it is first."""
    last: dict[tuple[str, ...], str] = {}
    found: dict[Key, str | None] = {}
    for key, entry in records.items():
        found[key] = last.get(entry.siblings)
        last[entry.siblings] = entry.record.id if entry.kind == "point" else entry.name
    return found
