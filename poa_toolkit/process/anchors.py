"""Which text of the plan each piece of a returned file belongs to: by control, by bookmark, by likeness."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.texts import TextKind
from poa_toolkit.process import signature
from poa_toolkit.process.returned import after, before
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import Paragraph, Piece, Record

LIKE_ENOUGH = 0.6
"""The share of words that a paragraph and a text must have in common to be taken for one another."""
_FEW_WORDS = 4
"""Texts of fewer words must be nearly the same."""
_LIKE_ENOUGH_SHORT = 0.9
_DIGITS = re.compile(r"[0-9]+")


class Spot(NamedTuple):
    """A stretch of a paragraph that is one text of the plan, or none."""

    paragraph: int
    key: Key | None
    pieces: tuple[Piece, ...]


class Anchors:
    """Finds the text of each piece by the control round it, else by the bookmark in it."""

    def __init__(self, expected: Mapping[Key, Printed], record: Record | None) -> None:
        self.expected = expected
        self.unknown: Counter[str] = Counter()
        """Tags like ours that name no text which the file was made with."""
        self._bookmarks = {_bookmark(key): key for key in expected}
        for each in record.texts if record else ():
            if (each.record, each.field) in expected and each.bookmark:
                self._bookmarks[each.bookmark.lower()] = (each.record, each.field)

    def spots(self, index: int, paragraph: Paragraph) -> tuple[Spot, ...]:
        """Divide a paragraph into the texts that stand in it and what stands beside them."""
        found: list[tuple[Key | None, list[Piece]]] = []
        for piece in paragraph.pieces:
            key = self.key(piece)
            if found and found[-1][0] == key:
                found[-1][1].append(piece)
            else:
                found.append((key, [piece]))
        return tuple(Spot(index, key, tuple(pieces)) for key, pieces in found)

    def key(self, piece: Piece) -> Key | None:
        """Give the text to which a piece belongs, or None."""
        if piece.control:
            key = signature.key(piece.control)
            if key in self.expected:
                return key
            self.unknown[piece.control] += 1
        return self.by_bookmark(piece)

    def by_bookmark(self, piece: Piece) -> Key | None:
        """Give the text whose bookmark a piece stands in; Word leaves it behind when a text is copied."""
        named = (self._bookmarks.get(name.lower()) for name in reversed(piece.bookmarks))
        return next((key for key in named if key is not None), None)


def _bookmark(key: Key) -> str:
    """Give the name of the bookmark that a text has, unless another text took it first."""
    return signature.bookmark(*key)[: signature.LONGEST_BOOKMARK].lower()


def frames(paragraphs: Sequence[Paragraph], spots: Iterable[Sequence[Spot]]) -> frozenset[tuple[str, str]]:
    """Give the words, by style, that a template puts beside texts: the same in many paragraphs of a style."""
    beside: Counter[tuple[str, str]] = Counter()
    anchored: Counter[str] = Counter()
    for each in spots:
        if any(spot.key for spot in each):
            style = paragraphs[each[0].paragraph].style
            anchored[style] += 1
            beside.update({(style, frame(before(spot.pieces))) for spot in each if spot.key is None})
    return frozenset(
        (style, words)
        for (style, words), count in beside.items()
        if count > 1 and 2 * count >= anchored[style]
    )


def frame(text: str) -> str:
    """Give words that a template puts beside a text, without the numbers in them."""
    return _DIGITS.sub("#", text.strip())


def alike(
    lost: Mapping[Key, Printed], candidates: Mapping[int, str], least: float = LIKE_ENOUGH
) -> Iterator[tuple[Key, int, float]]:
    """Pair texts with the paragraphs most like them, the best pairs first, each once."""
    bags = Bags(candidates)
    scored = [
        (-score, number, index, key)
        for number, (key, printed) in enumerate(lost.items())
        for index, score in bags.like(printed.text, least)
    ]
    keys: set[Key] = set()
    indices: set[int] = set()
    for score, _, index, key in sorted(scored):
        if key not in keys and index not in indices:
            keys.add(key)
            indices.add(index)
            yield key, index, -score


class Line(NamedTuple):
    """A line that a version prints beside the texts of the plan."""

    words: str
    kind: str = ""
    """As that of a place: ``table``, ``note``, ``box``, ``header``; empty for the running text."""
    under: Key | None = None
    """The text above it; of a note, the one that calls it, or under which it is called."""
    whole: str = ""
    """The line with the details that are compared by themselves, where it has any."""


class Lines:
    """The lines that a version printed beside the texts of the plan."""

    def __init__(self, lines: Iterable[Line], openings: tuple[str, ...] = ()) -> None:
        """Take the lines; one that begins with an opening is one of them too, whatever follows."""
        self.all = tuple(each for each in lines if each.words)
        """In the order printed, each as often as it is."""
        self._lines = frozenset(words for each in self.all for words in (each.words, each.whole))
        self._openings = openings

    def __contains__(self, line: str) -> bool:
        """Say whether a line is one of them."""
        return line in self._lines or line.startswith(self._openings)


class Bags:
    """Texts as bags of words, to find those like another."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._bags = {index: Counter(_words(text)) for index, text in texts.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, counts in self._bags.items():
            for word in counts:
                self._holders[word].append(index)

    def like(self, text: str, least: float) -> Iterator[tuple[int, float]]:
        """Give the texts that share at least so many of their words with this one."""
        mine = Counter(_words(text))
        near: set[int] = set()
        for word in mine:
            found = self._holders.get(word, ())
            if len(found) <= _COMMON:
                near.update(found)
        for index in sorted(near):
            bag = self._bags[index]
            share = 2 * (mine & bag).total() / (mine.total() + bag.total())
            if share >= (least if bag.total() >= _FEW_WORDS else _LIKE_ENOUGH_SHORT):
                yield index, share


_COMMON = 200
"""A word that more texts than these hold tells nothing of any."""


def _words(text: str) -> list[str]:
    return [token.lower() for token in tokens(text) if not token.isspace()]


def is_action(printed: Printed) -> bool:
    """Say whether a text is that of an action or of one of its points."""
    return printed.kind in (TextKind.ACTION, TextKind.POINT)


def has_words(pieces: Iterable[Piece]) -> bool:
    """Say whether anything is written there, before or after the changes."""
    pieces = tuple(pieces)
    return bool(before(pieces).strip() or after(pieces).strip())
