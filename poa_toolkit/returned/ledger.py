"""The books of a file that comes in: each visible character is placed, told or generated."""

from __future__ import annotations

from enum import IntEnum
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from poa_toolkit.returned.word_file import Graphic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.returned.word_file import Paragraph, Piece, Returned, WordComment


Said: TypeAlias = Literal["placed", "told", "generated"]


class Fate(IntEnum):
    """What became of a character."""

    OPEN = 0
    """Nothing has been said of it yet."""
    GENERATED = 1
    """A program made it, and makes it again: contents, page numbers, our own headings and lines."""
    TOLD = 2
    """It is quoted in a remark or an unplaced proposal, with its place."""
    PLACED = 3
    """It stands in a text of the plan or in a proposal that has its place."""

    @property
    def said(self) -> Said:
        """Name the fate of a character that has one."""
        return cast("Said", self.name.lower())


_FATES = tuple(Fate)


class Entry(NamedTuple):
    """A stretch of one paragraph, graphic or remark with one fate."""

    paragraph: int
    """The index of the paragraph; -1 for a remark that is anchored nowhere."""
    words: str
    fate: Fate
    why: str
    """What it was taken for, in a few words."""


class Balance(NamedTuple):
    """How many visible characters were read, and what became of them; ``read`` is the sum of the others."""

    read: int
    placed: int
    told: int
    generated: int


class Ledger:
    """Keeps the fate of every character of one file.

    Whoever uses words of the file enters them; what is entered twice has the fate of the later entry.
    """

    def __init__(self, returned: Returned) -> None:
        """Open the books: every character is open."""
        self._returned = returned
        self._fates = bytearray(returned.length)
        self._reasons: dict[int, str] = {}

    def enter(self, items: Iterable[Piece | Graphic | WordComment], fate: Fate, why: str) -> None:
        """Say what became of pieces, graphics or remarks; what stands in no file is passed over."""
        one = bytes((fate,))
        for each in items:
            length = len(_visible_words(each))
            if each.at >= 0 and length:
                self._fates[each.at : each.at + length] = one * length
                self._reasons[each.at] = why

    def whole(self, paragraph: Paragraph, fate: Fate, why: str) -> None:
        """Say what became of a whole paragraph, the graphics in it too."""
        self.enter(paragraph.pieces, fate, why)
        self.enter(paragraph.graphics, fate, why)

    def is_open(self, item: Piece | Graphic | WordComment) -> bool:
        """Return whether any visible character of it has no fate yet."""
        if self._fates.find(Fate.OPEN, item.at, item.at + len(_visible_words(item))) < 0:
            return False
        return any(fate is Fate.OPEN and not words.isspace() for fate, words in self._stretches(item))

    def is_whole(self) -> bool:
        """Return whether every character of the file has a fate."""
        return Fate.OPEN not in self._fates

    def balance(self) -> Balance:
        """Count the visible characters; those still open are in ``read`` alone, so that the sum is off."""
        every: dict[Fate, list[str]] = {fate: [] for fate in Fate}
        for _, item in self._items():
            for fate, words in self._stretches(item):
                every[fate].append(words)
        counts = {fate: visible("".join(words)) for fate, words in every.items()}
        return Balance(sum(counts.values()), counts[Fate.PLACED], counts[Fate.TOLD], counts[Fate.GENERATED])

    def entries(self) -> Iterator[Entry]:
        """Return what became of everything, in the order of the file."""
        for paragraph, item in self._items():
            at = item.at
            for fate, words in self._stretches(item):
                if not words.isspace():
                    why = self._reasons.get(at, self._reasons.get(item.at, ""))
                    yield Entry(paragraph, words, fate, why)
                at += len(words)

    def _stretches(self, item: Piece | Graphic | WordComment) -> Iterable[tuple[Fate, str]]:
        """Divide the words of an item where their fate changes."""
        words = _visible_words(item)
        fates = self._fates[item.at : item.at + len(words)]
        if words and fates.count(fates[0]) == len(fates):
            return ((_FATES[fates[0]], words),)
        return self._divided(words, fates)

    def _divided(self, words: str, fates: bytearray) -> Iterator[tuple[Fate, str]]:
        start = 0
        for _, same in groupby(fates):
            end = start + sum(1 for _ in same)
            yield _FATES[fates[start]], words[start:end]
            start = end

    def _items(self) -> Iterator[tuple[int, Piece | Graphic | WordComment]]:
        for index, paragraph in enumerate(self._returned.paragraphs):
            yield from ((index, piece) for piece in paragraph.pieces if piece.at >= 0)
            yield from ((index, graphic) for graphic in paragraph.graphics if graphic.at >= 0)
        yield from ((remark.paragraph, remark) for remark in self._returned.remarks if remark.at >= 0)


def visible(text: str) -> int:
    """Count the characters of a text that a reader sees: all but white space."""
    return sum(map(len, text.split()))


def _visible_words(item: Piece | Graphic | WordComment) -> str:
    return item.words if isinstance(item, Graphic) else item.text
