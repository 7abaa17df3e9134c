"""Two plans in, their comparison out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.diff import significance
from poa_toolkit.diff.change import Comparison, Kind, Version
from poa_toolkit.diff.effects import effects
from poa_toolkit.diff.field_changes import MatchedRecords, Terms, differences
from poa_toolkit.diff.matching_blocks import stayed
from poa_toolkit.diff.record_matching import align
from poa_toolkit.diff.records import by_key, owner_of, unchanged, words
from poa_toolkit.model import Significance
from poa_toolkit.model.numbering import cited_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.diff.change import Change
    from poa_toolkit.diff.effects import Carryover
    from poa_toolkit.diff.record_matching import Alignment
    from poa_toolkit.diff.records import Entry, Key, Records
    from poa_toolkit.model import Plan

    Move = tuple[str, str | None, str | None]
    """The field of a move, and its old and new value."""

_NUMBERED = frozenset(("paragraph", "action"))
_HOLDERS = frozenset(("plan", "section"))
"""Records that hold others; to compare them whole would compare those twice."""
_OWNED = frozenset(("point", "indicator", "provision"))
_REFERRED = frozenset(("paragraph", "action", "point", "section"))
"""Records that cross-references lead to."""
_HOMES = {"recommendation": "source"}
_ARE_HOMES = frozenset(("section", "consultation", "mechanism"))


def compare(  # noqa: PLR0913 - two versions, what they are called, and what lies beside them
    old: Plan,
    new: Plan,
    *,
    old_label: str,
    new_label: str,
    digests: tuple[str, str] = ("", ""),
    proceedings: Carryover | None = None,
) -> Comparison:
    """Return all that differs between two versions, in the order of the new one.

    Line breaks and runs of spaces inside a text are no change. `digests` are the text digests of
    the two versions; `proceedings` is what was reviewed, proposed and endorsed, as it lies beside the new
    one. Where nothing differs there are neither changes nor effects.
    """
    changes = () if old == new else tuple(_Sides(old, new).changes())
    return Comparison(
        old=Version(old_label, digests[0]),
        new=Version(new_label, digests[1]),
        changes=changes,
        effects=effects(old, new, changes, proceedings=proceedings, digests=digests) if changes else (),
    )


class _Sides:
    """Both versions, their records matched."""

    def __init__(self, old: Plan, new: Plan) -> None:
        same = unchanged(old, new)
        self.old, self.new = by_key(old, same), by_key(new, same)
        self.old_numbers, self.new_numbers = cited_numbers(old), cited_numbers(new)
        self.renumbered = _NUMBERED if self.old_numbers != self.new_numbers else frozenset[str]()
        self.matches = align(self.old, self.new)
        self.new_of = {before: now for now, before in self.matches.old_of.items()}
        self.terms = Terms.of(old, new, _renamed(self.old, self.new, self.matches))
        self.homes = _renamed_homes(self.old, self.new, self.matches)
        self.moves = _moves(self.old, self.new, self.matches, self.homes)

    def changes(self) -> Iterator[Change]:
        """Return every change; what is gone follows the record that it followed in the old version."""
        gone, old_of = self._gone(), self.matches.old_of
        for key, now in self.new.items():
            if key in old_of:
                was = self.old[old_of[key]]
                if key in self.matches.evidence or key in self.moves or now.kind in self.renumbered:
                    yield from self._is_called(key, was, now)
                    yield from self._stands_elsewhere(key, was, now)
                if now.kind in _HOLDERS or was.record != now.record:
                    yield from differences(self._matched(was, now), self.terms)
            else:
                yield from self._came(key, now)
            if key in gone:
                for lost in gone[key]:
                    yield from self._went(lost)

    def _gone(self) -> dict[Key, list[Key]]:
        """Return the records that are gone by what they stand after; what belonged to them goes with them."""
        gone: defaultdict[Key, list[Key]] = defaultdict(list)
        if len(self.new_of) == len(self.old):
            return gone
        anchor = next(iter(self.new))
        for key, entry in self.old.items():
            if key in self.new_of:
                anchor = self.new_of[key]
            elif owner_of(entry) is None or owner_of(entry) in self.new_of:
                gone[anchor].append(key)
        return gone

    def _went(self, key: Key) -> Iterator[Change]:
        was = self.old[key]
        matched = MatchedRecords(self._in_new_terms(was), None, _cited(was, self.old_numbers))
        change = matched.change(Kind.REMOVED, "", (words(was), None))
        yield replace(change, evidence=self.matches.became.get(key, ""))

    def _in_new_terms(self, was: Entry) -> Entry:
        """Return a record that is gone with the ids that what it stood in has now."""
        was = was._replace(home=self.homes.get(was.home, was.home))
        owner = owner_of(was)
        if owner is None or owner in self.new:
            return was
        now = self.new[self.new_of[owner]].name
        return was._replace(owner=now, name=f"{now} {was.own_id}")

    def _came(self, key: Key, now: Entry) -> Iterator[Change]:
        if owner_of(now) is not None and owner_of(now) not in self.matches.old_of:
            return
        origin = self.matches.origins.get(key)
        if origin:
            kind = Kind.SPLIT if len(origin.ids) == 1 else Kind.MERGED
            matched = self._matched(self.old[now.kind, origin.ids[0], 0], now)
            yield replace(matched.change(kind, "", (origin.ids, words(now))), evidence=origin.evidence)
        else:
            yield self._matched(None, now).change(Kind.ADDED, "", (None, words(now)))

    def _is_called(self, key: Key, was: Entry, now: Entry) -> Iterator[Change]:
        """Say that a record has another id, and why it is held to be the same."""
        if key in self.matches.evidence:
            matched, field = self._matched(was, now), "ref" if now.kind == "provision" else "id"
            weight = significance.of_id(now)
            change = matched.change(Kind.ID_CHANGED, field, (was.own_id, now.own_id), weight)
            yield replace(change, evidence=self.matches.evidence[key])

    def _stands_elsewhere(self, key: Key, was: Entry, now: Entry) -> Iterator[Change]:
        """Say that a record moved, or else that what stands before it gave it another number."""
        if key in self.moves:
            field, old, new = self.moves[key]
            weight = significance.of_move(now, field)
            yield self._matched(was, now).change(Kind.MOVED, field, (old, new), weight)
        elif now.kind in _NUMBERED:
            before, after = self.old_numbers.get(was.name), self.new_numbers.get(now.name)
            if before and after and before != after:
                matched = self._matched(was, now)
                yield matched.change(Kind.RENUMBERED, "number", (before, after), Significance.PROCESS)

    def _matched(self, was: Entry | None, now: Entry | None) -> MatchedRecords:
        number = _cited(now, self.new_numbers) or _cited(was, self.old_numbers)
        return MatchedRecords(was, now, number)


def _cited(entry: Entry | None, numbers: dict[str, str]) -> str:
    """Return the number one cites a record by: ``14``, or ``14 (a)`` for a point; empty for none."""
    return numbers.get(entry.number_key, "") if entry else ""


def _moves(old: Records, new: Records, matches: Alignment, homes: Mapping[str, str]) -> dict[Key, Move]:
    """Return the records that moved: to another section, source or point, or past others that stayed."""
    moves: dict[Key, Move] = {}
    if not matches.evidence and _stand_alike(old, new):
        return moves
    places = {key: index for index, key in enumerate(old)}
    new_of = {before: now for now, before in matches.old_of.items()}
    neighbours: defaultdict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key, now in new.items():
        was = old[matches.old_of[key]] if key in matches.old_of else None
        if was is None:
            continue
        if _above(was, new_of) != now.above:
            moves[key] = ("under", was.under, now.under)
        elif now.kind in _OWNED or now.kind == "section" or homes.get(was.home, was.home) == now.home:
            # what belongs to a record that moved went with it; among its own kind it may still have moved
            home = now.home if now.kind not in _HOLDERS else ""
            neighbours[now.kind, home, now.above or now.owner].append(key)
        else:
            moves[key] = (_HOMES.get(now.kind, "section"), was.home, now.home)
    past: list[Key] = []
    for keys in neighbours.values():
        kept = stayed([places[matches.old_of[key]] for key in keys])
        if len(kept) < len(keys):
            past.extend(key for key in keys if places[matches.old_of[key]] not in kept)
    if past:
        before, after = _predecessors(old), _predecessors(new)
        moves.update((key, ("order", before[matches.old_of[key]], after[key])) for key in past)
    return moves


def _above(was: Entry, new_of: Mapping[Key, Key]) -> str:
    """Return the name that the point above a sub-point has now; empty for what stands under no point."""
    key = ("point", was.above, 0)
    return new_of.get(key, key)[1]


def _stand_alike(old: Records, new: Records) -> bool:
    """Return whether the same records stand in the same order at the same places, as in most versions."""
    return list(old) == list(new) and all(
        (was.home, was.above) == (now.home, now.above)
        for was, now in zip(old.values(), new.values(), strict=True)
    )


def _renamed(old: Records, new: Records, matches: Alignment) -> dict[str, str]:
    """Return what has another id: old → new, of points ``A-012.b``."""
    pairs = ((old[matches.old_of[key]], new[key]) for key in matches.evidence)
    return {was.number_key: now.number_key for was, now in pairs if now.kind in _REFERRED}


def _renamed_homes(old: Records, new: Records, matches: Alignment) -> dict[str, str]:
    """Return the sections and sources that have another id: old → new."""
    pairs = ((old[matches.old_of[key]], new[key]) for key in matches.evidence)
    return {was.name: now.name for was, now in pairs if now.kind in _ARE_HOMES}


def _predecessors(records: Records) -> dict[Key, str | None]:
    """Return the record each record stands after, among those of its kind and place; None: it is first."""
    last: dict[tuple[str, ...], str] = {}
    found: dict[Key, str | None] = {}
    for key, entry in records.items():
        found[key] = last.get(entry.siblings)
        last[entry.siblings] = entry.record.id if entry.kind == "point" else entry.name
    return found
