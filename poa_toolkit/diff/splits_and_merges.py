"""Passages that left one record and stand in another: what was split off, what was merged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.diff.records import lines
from poa_toolkit.diff.similarity import SHARE, Index, found_in, neighbours, share_of_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.diff.records import Entry
    from poa_toolkit.diff.similarity import Neighbours

    Origins: TypeAlias = dict[str, list[str]]
    """Of a record that was split off or merged, the old records it comes from, the greatest part first."""

PART = 20
"""Per cent of a record's words that each further record must account for where it is merged of several."""
FEWEST = 8
"""A passage of fewer words says nothing."""


@dataclass(frozen=True)
class Text:
    """A record that came (no `was`), went (no `now`) or differs between the versions."""

    was: Entry | None
    now: Entry | None
    renamed: bool = False
    """Whether it is the same under another id, by likeness."""

    @cached_property
    def old(self) -> tuple[str, ...]:
        """Its old words."""
        return words(lines(self.was)) if self.was else ()

    @cached_property
    def new(self) -> tuple[str, ...]:
        """Its new words."""
        return words(lines(self.now)) if self.now else ()

    @cached_property
    def lost(self) -> Neighbours:
        """What stood in it and stands there no more; all of it where it is not printed any more."""
        left = self.was and self.now and _is_printed(self.was) and not _is_printed(self.now)
        return neighbours(self.old) - (frozenset() if left or not self.new else neighbours(self.new))

    @cached_property
    def gained(self) -> Neighbours:
        """What stands in it now and did not before."""
        return neighbours(self.new) - (neighbours(self.old) if self.old else frozenset())

    @property
    def before(self) -> str:
        """Its old id; empty where it came."""
        return self.was.name if self.was else ""

    @property
    def after(self) -> str:
        """Its new id; empty where it went."""
        return self.now.name if self.now else ""


class Divided(NamedTuple):
    """What became of passages."""

    origins: Origins
    evidence: dict[str, str]
    """For each of them, how many of its words stood in each old record: ``61 % and 38 % of its words``."""
    became: dict[str, str]
    """Of an old record that went, where its words are: ``merged into A-031``."""


def divided(texts: Sequence[Text]) -> Divided:
    """Find what was split off and what was merged among the records of one kind.

    `texts` are those that came, those that went and those that differ, matched as well as they can be;
    a record of another id that turns out to be a part of the old one, or more than it, is in `origins`.
    """
    origins = _split(texts)
    absorbed = _merge(texts, origins)
    olds, news = {each.before: each for each in texts}, {each.after: each for each in texts}
    evidence = {name: _shares(news[name], [olds[each] for each in parts]) for name, parts in origins.items()}
    became = dict(absorbed)
    for old, names in _turned(origins, list(news)).items():
        if olds[old].now is None or olds[old].renamed:
            merged = len(names) == 1 and len(origins[names[0]]) > 1
            became[old] = f"{'merged' if merged else 'split'} into {', '.join(names)}"
    return Divided(origins, evidence, became)


def _split(texts: Sequence[Text]) -> Origins:
    """Look for what came in the words that others lost."""
    donors = [text for text in texts if text.was]
    index = Index([donor.lost for donor in donors])
    found: Origins = {}
    for text in texts:
        if text.was is None:
            parts = _parts(text, [donors[number] for number in index.like(text.new)])
            if parts:
                found[text.after] = [part.before for part in parts]
    used = {name for parts in found.values() for name in parts}
    for text in texts:
        if text.renamed and text.before in used:
            found[text.after] = [text.before]
    return found


def _parts(text: Text, donors: Sequence[Text]) -> list[Text]:
    """Choose the records that account for the words of one that came, the greatest part first."""
    known: Neighbours = frozenset()
    covered, parts = 0, list[Text]()
    for donor in sorted(donors, key=lambda each: -found_in(text.new, each.lost)):
        more = found_in(text.new, known | donor.lost)
        least = max(FEWEST, len(text.new) * PART // 100) if parts else FEWEST
        if more - covered >= least:
            known, covered = known | donor.lost, more
            parts.append(donor)
    return parts if covered * 100 >= SHARE * len(text.new) else []


def _merge(texts: Sequence[Text], origins: Origins) -> dict[str, str]:
    """Look for what went in the words that others gained; give those that went into a record that was there.

    Where the other is new too, it is added to `origins`.
    """
    receivers = [text for text in texts if text.now]
    index = Index([receiver.gained for receiver in receivers])
    used = {name for parts in origins.values() for name in parts}
    absorbed: dict[str, str] = {}
    for text in texts:
        if text.now or text.before in used:
            continue
        near = [receivers[number] for number in index.like(text.old)]
        counts = [found_in(text.old, receiver.gained) for receiver in near]
        if not near or max(counts) < max(FEWEST, len(text.old) * SHARE / 100):
            continue
        best = near[counts.index(max(counts))]
        if best.renamed:
            origins.setdefault(best.after, [best.before]).append(text.before)
        else:
            share = 100 * max(counts) // len(text.old)
            absorbed[text.before] = f"merged into {best.after}, {share_of_words(share)}"
    return absorbed


def _shares(text: Text, parts: Sequence[Text]) -> str:
    """Return how many of the words of a new record stood in each old one."""
    shares = [100 * found_in(text.new, neighbours(part.old)) // len(text.new) for part in parts]
    return share_of_words(*shares)


def _turned(origins: Origins, order: Sequence[str]) -> dict[str, list[str]]:
    """Give, for each old record, the new ones that come from it, in their order."""
    turned: dict[str, list[str]] = {}
    for name in order:
        for part in origins.get(name, ()):
            turned.setdefault(part, []).append(name)
    return turned


def _is_printed(entry: Entry) -> bool:
    return entry.kind != "action" or bool(entry.record.status.printed)
