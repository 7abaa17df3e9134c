"""What the plan must say after each deed, kept without a line of the toolkit: values, words, merges, causes.

A state is flat: the record and the field name a value. Words that people write are made up and stand once in
the whole plan, so that it is beyond doubt which words came, which went, and by whom.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

Key = tuple[str, str]
Value = str | frozenset[str]
HOME = "home"
"""The field that says where a record stands: a section, the introduction, a file of amendments."""
REMARK = "# "
"""How the names of comments begin."""
TEXTS = ("text", "why", "proposed", "points.")
"""How the names of fields begin that are merged by words."""
SMALL_WORDS = ("the", "of", "and", "to", "in", "for", "with", "by")
BY_HAND = "by hand"


class Words:
    """Words that nobody has used."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.used: set[str] = set()

    def word(self) -> str:
        while True:
            made = "".join(
                self.random.choice("bdfgklmnprstvz") + self.random.choice("aeiou") for _ in range(4)
            )
            if made not in self.used:
                self.used.add(made)
                return made

    def sentence(self, length: int = 6) -> str:
        """Give a sentence in which every second or third word is a small one."""
        words = [self.word().capitalize(), "should"]
        for _ in range(length):
            words.append(self.word())
            if self.random.random() < 0.5:
                words.append(self.random.choice(SMALL_WORDS))
        return " ".join([*words, self.word()]) + "."


# --- texts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """Words `start` to `end` of a text give way to others."""

    start: int
    end: int
    words: tuple[str, ...]


def edits(old: str, new: str) -> list[Edit]:
    """Give the edits that make one text of another, in order."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = matcher.get_opcodes()
    return [Edit(i, j, tuple(after[k:m])) for kind, i, j, k, m in found if kind != "equal"]


def changed_words(old: str, new: str) -> tuple[Counter[str], Counter[str]]:
    """Give the words that went and those that came, as often as they did."""
    before, after = Counter(old.split()), Counter(new.split())
    return before - after, after - before


def nearest(ours: list[Edit], theirs: list[Edit]) -> int:
    """Give how many words that nobody changed stand between the nearest two edits; -1 where they overlap."""
    gaps = [
        max(first.start, second.start) - min(first.end, second.end)
        for first in ours
        for second in theirs
        if first != second
    ]
    return max(min(gaps, default=99), -1)


def merge_words(base: str, ours: str, theirs: str) -> str:
    """Give the text with the edits of both; those that both made count once."""
    words = base.split()
    both = sorted({*edits(base, ours), *edits(base, theirs)}, key=lambda each: (each.start, each.end))
    for each in reversed(both):
        words[each.start : each.end] = each.words
    return " ".join(words)


# --- states and merges -----------------------------------------------------------------------------


@dataclass(slots=True)
class State:
    """The values of a plan, comments over a record among them, and the order of the records in each place."""

    values: dict[Key, Value] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)
    """How often an amendment was decided, or a decision on it taken back."""

    def copy(self) -> State:
        order = {home: [*records] for home, records in self.order.items()}
        return State(dict(self.values), order, self.turns.copy())

    def text(self, record: str, name: str = "text") -> str:
        value = self.values[record, name]
        assert isinstance(value, str)
        return value

    def put(self, record: str, name: str, value: Value | None) -> None:
        if value is None:
            self.values.pop((record, name), None)
        else:
            self.values[record, name] = value

    def records(self) -> Iterator[str]:
        return (record for record, name in self.values if name == HOME)

    def actions(self, *, withdrawn: bool = False) -> list[str]:
        """Give the actions that stand, or with `withdrawn` every one."""
        every = [record for record in self.records() if (record, "status") in self.values]
        return [each for each in every if withdrawn or self.values[each, "status"] != "withdrawn"]

    def amendments(self, *states: str) -> list[str]:
        every = [record for record in self.records() if (record, "state") in self.values]
        return [each for each in every if not states or self.values[each, "state"] in states]

    def place(self, record: str, home: str, after: str | None = None) -> None:
        """Put a record into a place, behind another or at the end."""
        self.displace(record)
        there = self.order.setdefault(home, [])
        there.insert(there.index(after) + 1 if after in there else len(there), record)
        self.values[record, HOME] = home

    def displace(self, record: str) -> None:
        for records in self.order.values():
            if record in records:
                records.remove(record)


def difference(wanted: State, found: State) -> list[str]:
    """Say where what is found is not what is wanted."""
    keys = sorted({*wanted.values, *found.values})
    said = [
        f"{'.'.join(key)}: wanted {_shown(wanted.values.get(key))}, found {_shown(found.values.get(key))}"
        for key in keys
        if wanted.values.get(key) != found.values.get(key)
    ]
    said += [
        f"order of {home}: wanted {wanted.order.get(home)}, found {found.order.get(home)}"
        for home in sorted({*wanted.order, *found.order})
        if (wanted.order.get(home) or []) != (found.order.get(home) or [])
    ]
    return said


def _shown(value: Value | None) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


@dataclass(slots=True)
class Merged:
    """What a merge must give, and where a person would be asked."""

    state: State
    must: set[Key] = field(default_factory=set)
    """Where nobody but a person can decide: taking a side without a word would lose the other."""
    may: set[Key] = field(default_factory=set)
    """Where a person might be asked: edits with one word between them, or the same edit beside another."""
    twins: set[str] = field(default_factory=set)
    """Ids that each side gave to a new record of its own."""
    decisions: set[str] = field(default_factory=set)
    """Amendments that the sides decided, or revised, in two ways: what one adopted goes with its decision."""


def merge(base: State, ours: State, theirs: State) -> Merged:
    """Give what two sides make of one state; the order of what both left is that of the base."""
    merged = Merged(State(turns=ours.turns | theirs.turns))
    for record in set(base.amendments()) & set(ours.amendments()) & set(theirs.amendments()):
        if _is_decided_apart(record, base, ours, theirs):
            merged.decisions.add(record)
        ours, theirs = _led(ours, theirs, base, record), _led(theirs, ours, base, record)
    old = set(base.records())
    both = (set(ours.records()) & set(theirs.records())) - old
    merged.twins = {each for each in both if _of(ours, each) != _of(theirs, each)}
    for key in {**ours.values, **theirs.values}:
        if key[0] not in merged.twins:
            _merge_value(merged, key, *(each.values.get(key) for each in (base, ours, theirs)))
    for record in merged.decisions:
        names = {*_of(ours, record), *_of(theirs, record)}
        apart = (
            each for each in names if ours.values.get((record, each)) != theirs.values.get((record, each))
        )
        merged.must |= {(record, each) for each in apart}
    return merged


ADOPTED = ("accepted", "modified")
DECISION = ("state", "modified")
WORDS = ("original", "proposed")


def _is_decided_apart(record: str, base: State, ours: State, theirs: State) -> bool:
    """Say whether both sides decided an amendment, or revised it, in two ways, or one did this and one that.

    That its words have gone is no decision, but where the other side adopted it.
    """

    def of(side: State, names: tuple[str, ...]) -> list[Value | None]:
        return [side.values.get((record, name)) for name in names]

    states = [side.text(record, "state") for side in (ours, theirs)]
    was = base.text(record, "state")
    decided = [
        side.turns[record] > base.turns[record] or (state == "stale" != was and set(states) & {*ADOPTED})
        for side, state in zip((ours, theirs), states, strict=True)
    ]
    revised = [of(side, WORDS) != of(base, WORDS) for side in (ours, theirs)]
    return bool(
        (all(decided) and of(ours, DECISION) != of(theirs, DECISION))
        or (all(revised) and of(ours, WORDS) != of(theirs, WORDS))
        or (decided[0] and revised[1])
        or (decided[1] and revised[0])
    )


def _led(side: State, other: State, base: State, record: str) -> State:
    """Give a side that only found an amendment stale without that, where the other side acted on it."""
    before = base.values[record, "state"]
    acted = other.turns[record] > base.turns[record] or any(
        other.values.get((record, name)) != base.values.get((record, name)) for name in WORDS
    )
    if side.values[record, "state"] != "stale" or before == "stale" or not acted:
        return side
    if other.values[record, "state"] in ADOPTED:
        return side
    led = side.copy()
    led.put(record, "state", before)
    return led


def _of(state: State, record: str) -> dict[str, Value]:
    return {name: value for (each, name), value in state.values.items() if each == record}


def _three_ways(base: set[str], ours: set[str], theirs: set[str]) -> set[str]:
    return (ours & theirs) | (ours - base) | (theirs - base)


def _merge_value(
    merged: Merged, key: Key, base: Value | None, ours: Value | None, theirs: Value | None
) -> None:
    if theirs in (ours, base):
        merged.state.put(*key, ours)
    elif ours == base:
        merged.state.put(*key, theirs)
    elif isinstance(ours, frozenset) and isinstance(theirs, frozenset):
        old = base if isinstance(base, frozenset) else frozenset()
        merged.state.put(*key, frozenset(_three_ways({*old}, {*ours}, {*theirs})))
    elif key[1].startswith(TEXTS) and all(isinstance(each, str) for each in (base, ours, theirs)):
        one, other = edits(str(base), str(ours)), edits(str(base), str(theirs))
        gap = nearest(one, other)
        merged.state.put(*key, merge_words(str(base), str(ours), str(theirs)) if gap > 0 else ours)
        if gap < 2:
            (merged.must if gap <= 0 else merged.may).add(key)
    else:
        merged.state.put(*key, ours)
        merged.must.add(key)
