"""Texts that stand in another order than they were printed in, or below another heading or action."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.texts import TextKind
from poa_toolkit.process.proposals import Proposal, Wish
from poa_toolkit.process.returned import after

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from poa_toolkit.process.matched import Match
    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import By


class _Stand(NamedTuple):
    """Where a text stands in the file."""

    key: Key
    home: Key | None
    """The heading, or for a point the text of the action, below which it stands."""


def moves(match: Match, texts: Mapping[Key, Printed], untracked: By) -> Iterator[tuple[Key, Proposal]]:
    """Give a proposal for each text that was moved, with the text; as few as explain the order."""
    standing = tuple(_standing(match, texts))
    ranks = {key: rank for rank, key in enumerate(texts)}
    homes = dict(_printed_homes(texts, standing))
    groups: dict[tuple[TextKind, Key | None], list[Key]] = {}
    for each in standing:
        if each.key not in match.joined and after(match.texts[each.key]).strip():
            groups.setdefault((texts[each.key].kind, each.home), []).append(each.key)
    above = {two.key: one.key for one, two in pairwise(standing)}
    for (_, home), keys in groups.items():
        at_home = [key for key in keys if homes.get(key, home) == home]
        stayed = _in_order(at_home, ranks, match.relocated)
        before: Key | None = None
        for key in keys:
            if key not in stayed:
                move = _move(key, home, before, texts, match.relocated.get(key, untracked))
                where = f"moved behind {'.'.join(above[key])}" if key in above else "moved to the top"
                yield key, move if move.after else move._replace(context=where, is_placed=False)
            before = key


def _standing(match: Match, texts: Mapping[Key, Printed]) -> Iterator[_Stand]:
    """Give every text that has a place, in the order of the file."""
    title: Key | None = None
    action: Key | None = None
    for index in sorted(match.keys):
        for key in match.keys[index]:
            if match.at.get(key) != index:
                continue
            kind = texts[key].kind
            if kind is TextKind.TITLE:
                title, action = key, None
            yield _Stand(key, action if kind is TextKind.POINT else None if kind is TextKind.TITLE else title)
            action = key if kind is TextKind.ACTION else action


def _printed_homes(
    texts: Mapping[Key, Printed], standing: Sequence[_Stand]
) -> Iterator[tuple[Key, Key | None]]:
    """Give the heading or action below which each text was printed, as far as that is still there.

    A template may print the front matter and the introduction anywhere: they belong where most of them are.
    """
    there = {each.key for each in standing}
    for kind in (TextKind.FRONT, TextKind.INTRODUCTION):
        mine = [each for each in standing if texts[each.key].kind is kind]
        usual = Counter(each.home for each in mine).most_common(1)
        yield from ((each.key, usual[0][0]) for each in mine)
    for key, printed in texts.items():
        home = (key[0], "text") if printed.kind is TextKind.POINT else (printed.section, "title")
        if printed.kind in (TextKind.POINT, TextKind.ACTION, TextKind.CHAPEAU) and home in there:
            yield key, home


def _in_order(keys: Sequence[Key], ranks: Mapping[Key, int], relocated: Collection[Key]) -> set[Key]:
    """Give the texts that stayed: the most that stand in the order printed, those not cut anywhere first."""
    stayed = _longest([key for key in keys if key not in relocated], ranks)
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


def _longest(keys: Sequence[Key], ranks: Mapping[Key, int]) -> set[Key]:
    """Give the longest run of texts, not all neighbours, that stand in the order printed."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        at = bisect_left(ends, ranks[key])
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(ranks[key])
            last.append(index)
        else:
            ends[at], last[at] = ranks[key], index
    found: set[Key] = set()
    index = last[-1] if last else -1
    while index >= 0:
        found.add(keys[index])
        index = before[index]
    return found


def _move(key: Key, home: Key | None, before: Key | None, texts: Mapping[Key, Printed], by: By) -> Proposal:
    """Propose to move a text; without `after` where an amendment cannot say the place."""
    printed = texts[key]
    proposal = Proposal(Wish.MOVE, by, *key, original=printed.source)
    if printed.kind is TextKind.POINT and home == (key[0], "text"):
        behind = before[1].removeprefix("points.") if before else "text"
        return proposal._replace(section=printed.section, after=behind)
    if printed.kind is TextKind.ACTION and home is not None:
        return proposal._replace(section=home[0], after=before[0] if before else home[0])
    if printed.kind in (TextKind.FRONT, TextKind.INTRODUCTION, TextKind.CHAPEAU):
        same = printed.section or printed.kind.value
        if home is None or home[0] == same:
            return proposal._replace(section=same, after=before[0] if before else same)
    return proposal
