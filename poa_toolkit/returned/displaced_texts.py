"""Which of several paragraphs that bear the control of one text is that text; the others are copies."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.returned.anchors import bag
from poa_toolkit.returned.word_file import after, before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.returned.anchors import Anchors, Spot
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Piece

_Run: TypeAlias = list[int]
"""Paragraphs, one right below the other."""


class Chosen(NamedTuple):
    """Where each text stands."""

    spots: list[tuple[Spot, ...]]
    """As given, those in copies without a text."""
    copied: dict[int, Key]
    """The text of which each copy is one, by its paragraph."""
    emptied: dict[Key, list[int]]
    """Where a text stood of which no word is left, while it stands elsewhere anew."""


def choose(spots: Sequence[tuple[Spot, ...]], anchors: Anchors) -> Chosen:
    """Let each text stand in one place: a copy of it is a paragraph like any that somebody wrote."""
    return _Choice(spots, anchors).run()


class _Choice:
    def __init__(self, spots: Sequence[tuple[Spot, ...]], anchors: Anchors) -> None:
        self.anchors = anchors
        self.spots = list(spots)
        self.ranks = {key: rank for rank, key in enumerate(anchors.expected)}
        self.places = self._places()
        certain = sorted((runs[0][0], self.ranks[key]) for key, runs in self.places.items() if len(runs) == 1)
        self.certain = [index for index, _ in certain]
        self.certain_ranks = [rank for _, rank in certain]

    def run(self) -> Chosen:
        copied: dict[int, Key] = {}
        emptied: dict[Key, list[int]] = {}
        for key, runs in self.places.items():
            if len(runs) == 1:
                continue
            chosen = max(runs, key=lambda run: self._worth(key, run))
            is_new = not before(self._pieces(key, chosen)).strip()
            for index in (index for run in runs if run is not chosen for index in run):
                pieces = self._pieces(key, [index])
                if is_new and before(pieces).strip() and not after(pieces).strip():
                    emptied.setdefault(key, []).append(index)
                else:
                    copied[index] = key
                self.spots[index] = tuple(
                    spot._replace(key=None) if spot.key == key else spot for spot in self.spots[index]
                )
        return Chosen(self.spots, copied, emptied)

    def _places(self) -> dict[Key, list[_Run]]:
        """Return the runs of paragraphs in which each text stands."""
        found: dict[Key, list[_Run]] = {}
        for index, spots in enumerate(self.spots):
            for key in dict.fromkeys(spot.key for spot in spots if spot.key):
                runs = found.setdefault(key, [])
                if runs and runs[-1][-1] == index - 1:
                    runs[-1].append(index)
                else:
                    runs.append([index])
        return {key: [part for run in runs for part in self._parted(key, run)] for key, runs in found.items()}

    def _parted(self, key: Key, run: _Run) -> Iterator[_Run]:
        """Part neighbours where one alone is more like the text than all together: copies, no split."""
        if len(run) == 1:
            yield run
            return
        together = self._likeness(key, run)
        if any(self._likeness(key, [index]) > together for index in run):
            yield from ([index] for index in run)
        else:
            yield run

    def _pieces(self, key: Key, run: _Run) -> list[Piece]:
        return [
            piece for index in run for spot in self.spots[index] if spot.key == key for piece in spot.pieces
        ]

    def _likeness(self, key: Key, run: _Run) -> float:
        parts = (self._pieces(key, [index]) for index in run)
        words = bag(" ".join(after(part) or before(part) for part in parts))
        text = bag(self.anchors.expected[key].text)
        return 2 * (words & text).total() / max(1, words.total() + text.total())

    def _worth(self, key: Key, run: _Run) -> tuple[bool, bool, bool, int, float]:
        pieces = self._pieces(key, run)
        return (
            bool(after(pieces).strip()),
            bool(before(pieces).strip()),
            # Word leaves the bookmark behind when it copies
            any(self.anchors.by_bookmark(piece) == key for piece in pieces),
            self._in_order(key, run),
            self._likeness(key, run),
        )

    def _in_order(self, key: Key, run: _Run) -> int:
        """Count the neighbours, of those texts that stand in one place, beside which the text was printed."""
        at, rank = bisect_left(self.certain, run[0]), self.ranks[key]
        return (at > 0 and self.certain_ranks[at - 1] < rank) + (
            at < len(self.certain) and self.certain_ranks[at] > rank
        )
