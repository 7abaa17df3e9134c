"""Which record of the new version is which of the old: by id, by `from`, by likeness of their words.

A record keeps its id, so most are matched at once. Of the ids that vanished and those that appeared,
what an action states in `from` is believed; the rest is matched so that the whole fits best. Then what
came is looked for in the words that others lost, and what went in the words that others gained.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff import similarity
from poa_toolkit.diff.best_assignment import assign
from poa_toolkit.diff.records import lines, owner_of
from poa_toolkit.diff.splits_and_merges import Text, divided

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.diff.records import Entry, Key, Records

_DIVISIBLE = ("paragraph", "action", "recommendation")
"""Kinds of record that are split and merged."""


class Origin(NamedTuple):
    """What a record that came was split off or merged from."""

    ids: tuple[str, ...]
    """The old records, the one it has most of first; as stated, in the order stated."""
    evidence: str
    """``from`` where it is stated, else how many of its words stood in each."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The records of two versions, matched; what is in none of these came or went."""

    old_of: dict[Key, Key] = field(default_factory=dict)
    """Of a record of the new version, the same in the old one."""
    evidence: dict[Key, str] = field(default_factory=dict)
    """Of a record of the new version that has another id, why it is the same."""
    origins: dict[Key, Origin] = field(default_factory=dict)
    """Of a record that came, what it comes from."""
    became: dict[Key, str] = field(default_factory=dict)
    """Of a record that went, where its words are now."""


def align(old: Records, new: Records) -> Alignment:
    """Match the records of two versions."""
    made = Alignment({key: key for key in new if key in old})
    if len(made.old_of) == len(new) and len(new) == len(old):
        return made
    _believe(old, new, made)
    whole = [key for key in new if owner_of(new[key]) is None]
    _match([key for key in old if owner_of(old[key]) is None], whole, (old, new), made)
    for kind in _DIVISIBLE:
        _divide(kind, old, new, made)
    new_of = {before: now for now, before in made.old_of.items()}
    _follow_owners(old, new, new_of, made)
    return made


def _believe(old: Records, new: Records, made: Alignment) -> None:
    """Take what new actions state in `from`, unless one that vanished stated the same: it may be that one."""
    stated = {old[key].record.origins for key in old.keys() - new.keys() if key[0] == "action"}
    children: defaultdict[Key, list[str]] = defaultdict(list)
    for key, entry in new.items():
        if key in made.old_of or entry.kind != "action" or entry.record.origins in stated:
            continue
        origins = tuple(name for name in entry.record.origins if ("action", name, 0) in old)
        if origins:
            made.origins[key] = Origin(origins, "from")
            for name in origins:
                children["action", name, 0].append(entry.name)
    for key, names in children.items():
        if key not in new:
            merged = len(names) == 1 and len(made.origins["action", names[0], 0].ids) > 1
            made.became[key] = f"{'merged' if merged else 'split'} into {', '.join(names)}"


def _match(gone: Iterable[Key], came: Iterable[Key], sides: tuple[Records, Records], made: Alignment) -> None:
    """Match records that vanished with records of their kind that appeared, so that the whole fits best."""
    old, new = sides
    kept = set(made.old_of.values())
    pools: defaultdict[str, tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for key in gone:
        if key not in kept and key not in made.became:
            pools[key[0]][0].append(key)
    for key in came:
        if key not in made.old_of and key not in made.origins:
            pools[key[0]][1].append(key)
    for before, after in pools.values():
        if before and after:
            _best([old[key] for key in before], [new[key] for key in after], (before, after), made)


def _best(
    old: Sequence[Entry], new: Sequence[Entry], keys: tuple[list[Key], list[Key]], made: Alignment
) -> None:
    """Match two lists of records: those of the same words in turn, then as the whole fits best."""
    before, after = ([similarity.words(lines(entry)) for entry in side] for side in (old, new))
    rows, columns = list(range(len(old))), list(range(len(new)))
    waiting: defaultdict[similarity.Words, list[int]] = defaultdict(list)
    for row in rows:
        waiting[before[row]].append(row)
    pairs: list[tuple[int, int, str]] = []
    for column in columns:
        alike = waiting.get(after[column]) if after[column] else None
        if alike:
            near = next((row for row in alike if old[row].siblings == new[column].siblings), alike[0])
            alike.remove(near)
            pairs.append((near, column, similarity.share_of_words(100)))
    taken = {row for row, _, _ in pairs}, {column for _, column, _ in pairs}
    rows = [row for row in rows if row not in taken[0]]
    columns = [column for column in columns if column not in taken[1]]
    found = list(similarity.scores([before[row] for row in rows], [after[column] for column in columns]))
    fits = [
        {
            column: 2 * like.per_cent + (old[rows[row]].siblings == new[columns[column]].siblings)
            for column, like in each.items()
        }
        for row, each in enumerate(found)
    ]
    for row, column in assign(fits).items():
        pairs.append((rows[row], columns[column], similarity.share_of_words(found[row][column].per_cent)))
    for row, column, evidence in pairs:
        made.old_of[keys[1][column]] = keys[0][row]
        made.evidence[keys[1][column]] = evidence


def _divide(kind: str, old: Records, new: Records, made: Alignment) -> None:
    """Say which records that came or went were split off others or merged into them."""
    kept = set(made.old_of.values())
    texts = [
        Text(entry, None)
        for key, entry in old.items()
        if entry.kind == kind and key not in kept and key not in made.became
    ]
    for key, entry in new.items():
        if entry.kind == kind and key not in made.origins:
            before = old[made.old_of[key]] if key in made.old_of else None
            if before is None or before.record != entry.record:
                texts.append(Text(before, entry, renamed=key in made.evidence))
    if not any(text.was is None or text.now is None for text in texts):
        return
    found = divided(texts)
    for name, parts in found.origins.items():
        key = (kind, name, 0)
        made.origins[key] = Origin(tuple(parts), found.evidence[name])
        made.old_of.pop(key, None)
        made.evidence.pop(key, None)
    made.became.update(((kind, name, 0), where) for name, where in found.became.items())


def _follow_owners(old: Records, new: Records, new_of: dict[Key, Key], made: Alignment) -> None:
    """Match points and provisions inside the records that hold them."""
    gone: defaultdict[Key, list[Key]] = defaultdict(list)
    came: defaultdict[Key, list[Key]] = defaultdict(list)
    kept = set(made.old_of.values())
    for key, entry in old.items():
        owner = owner_of(entry)
        if owner in new_of and key not in kept:
            gone[new_of[owner]].append(key)
    for key, entry in new.items():
        owner = owner_of(entry)
        if owner in made.old_of and key not in made.old_of:
            came[owner].append(key)
    for holder, keys in came.items():
        if holder in gone:
            _inside(old, new, (gone[holder], keys), made)


def _inside(old: Records, new: Records, keys: tuple[list[Key], list[Key]], made: Alignment) -> None:
    """Match what vanished inside a record with what appeared: by its own id, then by likeness."""
    same = {old[key].own_id: key for key in reversed(keys[0])}
    for key in keys[1]:
        before = same.pop(new[key].own_id, None)
        if before:
            made.old_of[key] = before
    _match(*keys, (old, new), made)
