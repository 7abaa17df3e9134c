"""Texts that stand elsewhere than they were printed: copied, run together, cut here and put in there."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.returned.anchors import Spot, alike, bag
from poa_toolkit.returned.word_file import Piece, after, before
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.anchors import Anchors
    from poa_toolkit.returned.match_result import Match
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph


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


def join(match: Match, paragraphs: Sequence[Paragraph], untracked: Reviser) -> None:
    """Put together the texts between which somebody took out the end of the paragraph."""
    for index, next_index in reversed(list(_run_together(match, paragraphs))):
        by = paragraphs[index].deleted
        first, second = match.keys[index][-1], match.keys[next_index][0]
        if by and _have_words(match, first, second):
            _put_together(match, first, second, by)
    crowded = [keys for keys in match.keys.values() if len(keys) > 1]
    # a template may put several texts into every paragraph; then that is no join
    if len(crowded) * 2 < len(match.keys):
        for keys in crowded:
            for first, second in reversed(list(pairwise(keys))):
                if _have_words(match, first, second):
                    _put_together(match, first, second, untracked)


def _run_together(match: Match, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Return the paragraphs with texts between which every end of a paragraph was taken out."""
    for index in match.keys:
        following = index
        while following < len(paragraphs) - 1 and paragraphs[following].deleted:
            following += 1
            if following in match.keys:
                yield index, following
                break
            if paragraphs[following].new.strip():
                break


def _have_words(match: Match, *keys: Key) -> bool:
    return all(after(match.texts[key]).strip() for key in keys)


def _put_together(match: Match, first: Key, second: Key, by: Reviser) -> None:
    texts = match.texts
    words = after(texts[second])
    gap = "" if after(texts[first]).endswith(" ") or words.startswith(" ") else " "
    texts[first].append(Piece(gap, inserted=by))
    # what others put into the second text stays theirs
    texts[first] += [
        each if each.inserted else each._replace(inserted=by) for each in texts[second] if not each.deleted
    ]
    match.joined[second] = by


_SAME_ENOUGH = 0.8
"""The share of its words that a text keeps where it was reworded while it was moved."""


class Relocated(NamedTuple):
    """A text that stands elsewhere than it stood."""

    key: Key
    paragraph: int
    left: tuple[int, ...]
    """The paragraphs that it was taken out of."""


def relocate(
    paragraphs: Sequence[Paragraph],
    spots: list[tuple[Spot, ...]],
    texts: Mapping[Key, Printed],
    emptied: Mapping[Key, Sequence[int]],
) -> tuple[Relocated, ...]:
    """Find the new paragraph of each text that was taken out and put in again, and change `spots`.

    `emptied` says where those stood that a copy of their control was found for already.
    """
    where: dict[Key, list[int]] = {}
    pieces: dict[Key, list[Piece]] = {}
    for index, each in enumerate(spots):
        for spot in each:
            if spot.key is not None and spot.key in texts:
                where.setdefault(spot.key, []).append(index)
                pieces.setdefault(spot.key, []).extend(spot.pieces)
    found = [Relocated(key, where[key][0], tuple(left)) for key, left in emptied.items() if key in where]
    came = [
        key
        for key, each in pieces.items()
        if key not in emptied and not before(each).strip() and after(each).strip()
    ]
    old_places = _old_places(paragraphs, spots, {key: texts[key] for key in came})
    found += [Relocated(key, where[key][0], gone) for key, gone in old_places]
    lost = {
        key: texts[key] for key, each in pieces.items() if before(each).strip() and not after(each).strip()
    }
    for key, index in _new_places(paragraphs, spots, lost, where) if lost else ():
        for left in where[key]:
            spots[left] = tuple(spot._replace(key=None) if spot.key == key else spot for spot in spots[left])
        spots[index] = (Spot(index, key, paragraphs[index].pieces),)
        found.append(Relocated(key, index, tuple(dict.fromkeys(where[key]))))
    return tuple(found)


def _old_places(
    paragraphs: Sequence[Paragraph], spots: Sequence[Sequence[Spot]], came: Mapping[Key, Printed]
) -> Iterator[tuple[Key, tuple[int, ...]]]:
    """Return the paragraph that each text was taken out of, where its control did not stay; none else."""
    by_words: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs) if came else ():
        if (
            not paragraph.place.kind
            and not paragraph.new.strip()
            and all(spot.key is None for spot in spots[index])
        ):
            by_words.setdefault(clean(paragraph.old), []).append(index)
    for key, printed in came.items():
        same = by_words.get(clean(printed.text))
        yield key, (same.pop(0),) if same else ()


def _new_places(
    paragraphs: Sequence[Paragraph],
    spots: Sequence[Sequence[Spot]],
    lost: Mapping[Key, Printed],
    where: Mapping[Key, Sequence[int]],
) -> Iterator[tuple[Key, int]]:
    """Return the new paragraph of each text that is lost, where there is one; each once."""
    new = {
        index: clean(paragraph.new)
        for index, paragraph in enumerate(paragraphs)
        if not paragraph.place.kind
        and not paragraph.old.strip()
        and paragraph.new.strip()
        and all(spot.key is None for spot in spots[index])
    }
    by_move = _paired(paragraphs, new)
    by_words: dict[str, list[int]] = {}
    for index, words in reversed(new.items()):
        by_words.setdefault(words, []).append(index)
    taken: set[int] = set()
    left: dict[Key, Printed] = {}
    for key, printed in lost.items():
        named = [by_move[index] for index in where[key] if index in by_move]
        same = by_words.get(clean(printed.text), [])
        while same and same[-1] in taken:
            same.pop()
        free = [each for each in (*named, *same[-1:]) if each not in taken]
        if free:
            taken.add(free[0])
            yield key, free[0]
        else:
            left[key] = printed
    rest = {index: words for index, words in new.items() if index not in taken}
    yield from ((key, index) for key, index, _ in alike(left, rest, _SAME_ENOUGH))


def _paired(paragraphs: Sequence[Paragraph], new: Collection[int]) -> dict[int, int]:
    """Pair the paragraphs of each tracked move, the one that went with the one that came, in their order."""
    went: dict[str, list[int]] = {}
    came: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        for name in dict.fromkeys(each.moved for each in paragraph.pieces if each.moved):
            if index in new:
                came.setdefault(name, []).append(index)
            elif not paragraph.new.strip():
                went.setdefault(name, []).append(index)
    names = (name for name in went if len(went[name]) == len(came.get(name, ())))
    pairs = (zip(went[name], came[name], strict=True) for name in names)
    return {old: now for each in pairs for old, now in each}
