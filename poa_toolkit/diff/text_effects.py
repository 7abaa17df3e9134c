"""What became of a text beyond its words: its brackets, the sentences that moved, how much of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Edit
from poa_toolkit.text import brackets
from poa_toolkit.text.brackets import Bracket
from poa_toolkit.text.counting import many
from poa_toolkit.text.white_space import single_spaced
from poa_toolkit.text.words import lettered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.diff.change import Segment
    from poa_toolkit.text.brackets import Node

_LEFT = 4
"""A text of which less than one word in so many is left was rewritten."""
_FEWEST = 8
"""Words that either version of a text must have for that."""
_MOST = 100
"""Brackets of both versions of a text of which more is not told one by one: nobody would read it."""
_READINGS = 64
"""Ways to resolve an alternative that are tried."""
_PLACES = tuple(
    f"its {place}" for place in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
)


def reading(old: str, new: str, segments: Sequence[Segment], holders: AbstractSet[str]) -> str:
    """Return what became of a text, in a few words for the line over its edits; often nothing.

    `holders` are the ids, in lower case, that may hold a bracket.
    """
    said = list(dict.fromkeys(_brackets(old, new, segments, holders)))
    moved = sum(each.moved for each in segments if each.edit is Edit.INSERTED)
    if moved:
        said.append(f"{many(moved, 'sentence')} moved")
    if _is_rewritten(old, new, segments):
        said.append("rewritten")
    return "; ".join(said)


def _is_rewritten(old: str, new: str, segments: Sequence[Segment]) -> bool:
    same = " ".join(each.text for each in segments if each.edit is Edit.SAME)
    if 2 * len(same) > max(len(old), len(new)):
        return False
    before, after, left = (len(lettered(text)) for text in (old, new, same))
    return min(before, after) >= _FEWEST and left * _LEFT < max(before, after)


# --- brackets ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A segment, and where it begins in both texts."""

    edit: Edit
    old: int
    new: int
    length: int


def _brackets(old: str, new: str, segments: Sequence[Segment], holders: AbstractSet[str]) -> Iterator[str]:
    if "[" not in old and "[" not in new:
        return
    try:
        before, after = (list(brackets.walk(brackets.parse(text, holders))) for text in (old, new))
    except brackets.BracketError:
        return
    if len(before) + len(after) > _MOST:
        return
    stretches = list(_stretches(segments))
    there = {each.start: each for each in after}
    kept: set[int] = set()
    gone = -1
    for each in before:
        place = _kept_at(each.start, stretches)
        if place in there:
            kept.add(place)
            yield from _altered(each, there[place])
        elif each.start >= gone:
            gone = each.end
            yield f"resolved{_to(each, new, stretches)}"
    opened = -1
    for each in after:
        if each.start not in kept and each.start >= opened:
            opened = each.end
            yield f"opened{f' by {each.holder}' if each.holder else ''}"


def _stretches(segments: Sequence[Segment]) -> Iterator[_Stretch]:
    old = new = 0
    for each in segments:
        length = len(each.text)
        yield _Stretch(each.edit, old, new, length)
        old += length * (each.edit is not Edit.INSERTED)
        new += length * (each.edit is not Edit.DELETED)


def _kept_at(place: int, stretches: Sequence[_Stretch]) -> int:
    """Return where a character of the old text stands in the new one, or -1."""
    for each in stretches:
        if each.edit is Edit.SAME and each.old <= place < each.old + each.length:
            return each.new + place - each.old
    return -1


def _new_range(bracket: Bracket, stretches: Sequence[_Stretch]) -> tuple[int, int]:
    """Return the stretch of the new text that stands where a bracket of the old one stood."""
    start = end = 0
    after_deletion = False
    for each in stretches:
        if each.edit is Edit.INSERTED:
            if after_deletion:
                end = each.new + each.length
            after_deletion = False
            continue
        if each.old <= bracket.start < each.old + each.length:
            start = each.new + (bracket.start - each.old if each.edit is Edit.SAME else 0)
        if each.old < bracket.end <= each.old + each.length:
            end = each.new + (bracket.end - each.old if each.edit is Edit.SAME else 0)
            after_deletion = each.edit is Edit.DELETED
        else:
            after_deletion = False
    return start, max(start, end)


def _to(bracket: Bracket, new: str, stretches: Sequence[_Stretch]) -> str:
    """Say to what a bracket was resolved, where that can be told."""
    found = single_spaced(new[slice(*_new_range(bracket, stretches))])
    for number, alternative in enumerate(bracket.alternatives):
        if found in map(single_spaced, _resolved(alternative)):
            if len(bracket.alternatives) == 1:
                return ", its words kept"
            return f" to {_PLACES[number]} alternative" if number < len(_PLACES) else ""
    if not found:
        return ", its words deleted"
    return " to other words" if _is_replaced_alone(bracket, stretches) else ""


def _is_replaced_alone(bracket: Bracket, stretches: Sequence[_Stretch]) -> bool:
    """Return whether a bracket went with nothing around it but a space."""
    of = [each for each in stretches if each.edit is Edit.DELETED and each.old < bracket.end]
    last = of[-1] if of else None
    return bool(last and last.old >= bracket.start - 1 and last.old + last.length <= bracket.end + 1)


def _resolved(nodes: Sequence[Node]) -> Iterator[str]:
    """Return what an alternative can read when the brackets in it are resolved, or left as they are."""
    ways = [_ways(node) for node in nodes]
    for number, parts in enumerate(product(*ways)):
        if number == _READINGS:
            return
        yield "".join(parts)


def _ways(node: Node) -> list[str]:
    if not isinstance(node, Bracket):
        return [node.source]
    inner = [text for alternative in node.alternatives for text in _resolved(alternative)]
    return [brackets.to_text((node,)), *inner]


def _altered(old: Bracket, new: Bracket) -> Iterator[str]:
    """Return what differs in a bracket that is still open: its holder, the number of its alternatives."""
    if old.holder != new.holder:
        if old.holder and new.holder:
            yield f"holder changed from {old.holder} to {new.holder}"
        else:
            yield f"holder {new.holder} named" if new.holder else f"holder {old.holder} no longer named"
    more = len(new.alternatives) - len(old.alternatives)
    if more:
        count = "an alternative" if abs(more) == 1 else f"{abs(more)} alternatives"
        yield f"{count} {'added' if more > 0 else 'dropped'}"
