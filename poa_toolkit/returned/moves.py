"""Texts that stand in another order than they were printed in, or below another heading or action."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned.printed_texts import holders, id_of
from poa_toolkit.returned.word_file import after

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.match_result import Match
    from poa_toolkit.returned.printed_texts import Key, Printed


class Stand(NamedTuple):
    """Where a text stands in the file."""

    key: Key
    kind: TextKind
    """What it looks like there: a point may have become a sub-point."""
    home: Key | None
    """The heading, or for a point the text of the action or of the point, below which it stands."""


def moves(
    match: Match, texts: Mapping[Key, Printed], standing: Sequence[Stand], untracked: Reviser
) -> Iterator[tuple[Key, Proposal]]:
    """Return a proposal for each text that was moved, with the text; as few as explain the order."""
    ranks = {key: rank for rank, key in enumerate(texts)}
    homes = dict(_printed_homes(texts, standing))
    groups: dict[tuple[TextKind, Key | None], list[Key]] = {}
    for each in standing:
        if each.key not in match.joined and after(match.texts[each.key]).strip():
            groups.setdefault((each.kind, each.home), []).append(each.key)
    held = holders(texts)
    weights = _weights(standing, held)
    above = {two.key: one.key for one, two in pairwise(standing)}
    found: dict[Key, Proposal] = {}
    # points that stay behind when what holds them goes, or another comes before them, were not moved;
    # those below a sub-point that became a point were
    other_level = {each.key for each in standing if each.kind is not texts[each.key].kind}
    said: dict[Key, str] = {}
    of_kind = {kind: [each.key for each in standing if each.kind is kind] for kind in _HOLD}
    holder_above = {two: one for keys in of_kind.values() for one, two in pairwise(keys)}
    for (kind, home), keys in sorted(groups.items(), key=lambda each: _DEPTHS.get(each[0][0], 0)):
        at_home = [key for key in keys if homes.get(key, home) == home]
        stayed = _in_order(at_home, ranks, weights, match.relocated)
        before: Key | None = None
        for key in keys:
            if key in stayed:
                before = key
                continue
            holder = held.get(key)
            if holder and kind is texts[key].kind and home != holder and key not in match.relocated:
                if holder in found and holder not in other_level:
                    said.setdefault(holder, _LEFT)
                    continue
                if home and home in found and home not in other_level and holder_above.get(home) == holder:
                    said.setdefault(home, before_point(key))
                    continue
            printed = texts[key]._replace(kind=kind)
            move = _move(key, home, before, printed, match.relocated.get(key, untracked))
            where = f"moved behind {'.'.join(above[key])}" if key in above else "moved to the top"
            found[key] = move if move.after else move._replace(context=where, is_placed=False)
            before = key
    for key, move in found.items():
        yield key, move._replace(comment=said.get(key, ""))


_LEFT = "its points stand where it stood"


def before_point(key: Key) -> str:
    """Say of an action that it stands among the points of another."""
    return f"it stands before {key[0]}, point {id_of(key)}"


_HOLD = (TextKind.ACTION, TextKind.POINT)
_DEPTHS = {TextKind.POINT: 1, TextKind.SUBPOINT: 2}


def stands(match: Match, kinds: Mapping[Key, TextKind]) -> Iterator[Stand]:
    """Return every text that has a place, in the order of the file; `kinds` is what each looks like."""
    title: Key | None = None
    action: Key | None = None
    point: Key | None = None
    for index in sorted(match.keys):
        for key in match.keys[index]:
            if match.at.get(key) != index:
                continue
            kind = kinds[key]
            if kind is TextKind.TITLE:
                title, action, point = key, None, None
            homes = {TextKind.TITLE: None, TextKind.POINT: action, TextKind.SUBPOINT: point or action}
            yield Stand(key, kind, homes.get(kind, title))
            if kind is TextKind.ACTION:
                action, point = key, None
            point = key if kind is TextKind.POINT else point


def _printed_homes(
    texts: Mapping[Key, Printed], standing: Sequence[Stand]
) -> Iterator[tuple[Key, Key | None]]:
    """Return the heading, action or point below which each text was printed, as far as that is there.

    A template may print the front matter and the introduction anywhere: they belong where most of them are.
    """
    there = {each.key for each in standing}
    for kind in (TextKind.FRONT, TextKind.INTRODUCTION):
        mine = [each for each in standing if texts[each.key].kind is kind]
        usual = Counter(each.home for each in mine).most_common(1)
        yield from ((each.key, usual[0][0]) for each in mine)
    held = holders(texts)
    for key, printed in texts.items():
        home = held.get(key, (printed.section, "title"))
        is_under = key in held or printed.kind in (TextKind.ACTION, TextKind.CHAPEAU)
        if is_under and home in there:
            yield key, home


def _in_order(
    keys: Sequence[Key], ranks: Mapping[Key, int], weights: Mapping[Key, int], relocated: Collection[Key]
) -> set[Key]:
    """Return the texts that stayed: the most that stand as printed, those not cut anywhere first."""
    stayed = _heaviest([key for key in keys if key not in relocated], ranks, weights)
    high = len(ranks)
    following: list[int] = []
    for key in reversed(keys):
        following.append(high)
        high = ranks[key] if key in stayed else high
    low = -1
    for key, above in zip(keys, reversed(following), strict=True):
        # what was cut and put back at its place did not move
        if key in relocated and low < ranks[key] < above:
            stayed.add(key)
        low = ranks[key] if key in stayed else low
    return stayed


def _heaviest(keys: Sequence[Key], ranks: Mapping[Key, int], weights: Mapping[Key, int]) -> set[Key]:
    """Return the texts, not all neighbours, that stand in the order printed and weigh most together."""
    order = {rank: place for place, rank in enumerate(sorted(ranks[key] for key in keys), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(keys) + 1)
    """A tree of the heaviest run that ends at a place or before it, and its last text."""
    before: list[int] = []
    for index, key in enumerate(keys):
        place = order[ranks[key]]
        at, run = place - 1, (0, -1)
        while at:
            run = max(run, best[at])
            at -= at & -at
        before.append(run[1])
        run, at = (run[0] + weights.get(key, _WEIGHT), index), place
        while at < len(best):
            best[at] = max(best[at], run)
            at += at & -at
    last, at = (0, -1), len(keys)
    while at:
        last = max(last, best[at])
        at -= at & -at
    found: set[Key] = set()
    index = last[1]
    while index >= 0:
        found.add(keys[index])
        index = before[index]
    return found


_WEIGHT = 2


def _weights(standing: Sequence[Stand], held: Mapping[Key, Key]) -> dict[Key, int]:
    """Weigh actions and points by the points that stand below them: what left its points behind was moved."""
    below: Counter[Key] = Counter(
        each.home for each in standing if each.home and each.home == held.get(each.key)
    )
    return {key: _WEIGHT + 2 * below[key] - (not below[key]) for key in held.values()}


def _move(key: Key, home: Key | None, before: Key | None, printed: Printed, by: Reviser) -> Proposal:
    """Propose to move a text; without `after` where an amendment cannot say the place.

    `printed` is the text, with the kind that it looks like now.
    """
    proposal = Proposal(AmendmentKind.MOVE, by, *key, original=printed.source)
    if printed.kind.is_point:
        is_under_point = home is not None and home[1].startswith("points.")
        if home is None or home[0] != key[0] or is_under_point is not (printed.kind is TextKind.SUBPOINT):
            return proposal
        under, behind = id_of(home) if is_under_point else "", id_of(before) if before else "text"
        return proposal._replace(section=printed.section, under=under, after=behind)
    if printed.kind is TextKind.ACTION and home is not None:
        return proposal._replace(section=home[0], after=before[0] if before else home[0])
    if printed.kind in (TextKind.FRONT, TextKind.INTRODUCTION, TextKind.CHAPEAU):
        same = printed.section or printed.kind.value
        if home is None or home[0] == same:
            return proposal._replace(section=same, after=before[0] if before else same)
    return proposal
