"""Texts that were cut at one place and put in at another: by a tracked move, their control, their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.anchors import Spot, alike
from poa_toolkit.returned.word_file import after, before
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph, Piece

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
    pairs = (zip(went[name], came[name], strict=True) for name in went if _fit(went, came, name))
    return {old: now for each in pairs for old, now in each}


def _fit(went: Mapping[str, Sequence[int]], came: Mapping[str, Sequence[int]], name: str) -> bool:
    return len(went[name]) == len(came.get(name, ()))
