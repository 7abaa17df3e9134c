"""How much of one text stands in another: words are the same where they stand beside the same word.

Two texts of one field share many words and say different things; so a word counts only with a
neighbour of its own, one that it has in both texts. A sentence that moved still counts whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.text.words import lettered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

Words: TypeAlias = tuple[str, ...]
Neighbours: TypeAlias = frozenset[tuple[str, str]]
"""Every word of a text with the word after it; the text's ends count as words."""

SHARE = 50
"""Per cent of the words, of either text, from which on two texts are held to be one."""
FEW, SHARE_OF_FEW = 8, 70
"""Where fewer words than these are in common, they must be this many per cent of either text."""
FEWEST = 3
"""Fewer words in common than these say nothing, unless the texts are the same."""
_EDGE = ""
_LOOKUPS = 300
"""Places that are looked up for one text, those of its rarest pairs of neighbours first."""
_CANDIDATES = 6
"""Texts that are compared in full with one text."""


class Likeness(NamedTuple):
    """How much two texts have in common."""

    per_cent: int
    """Of the words of the text that has fewer of its words in the other; whole numbers, rounded down."""
    words: int
    """How many words that are."""


def words(lines: Iterable[str]) -> Words:
    """Return the words of texts, in lower case, without punctuation."""
    return tuple(word.casefold() for line in lines for word in lettered(line))


def neighbours(text: Words) -> Neighbours:
    """Return the pairs of words that stand beside each other."""
    return frozenset(pairwise((_EDGE, *text, _EDGE)))


def found_in(text: Words, pairs: AbstractSet[tuple[str, str]]) -> int:
    """Count the words of a text that stand there beside a word as they do in `pairs`."""
    known = [pair in pairs for pair in pairwise((_EDGE, *text, _EDGE))]
    return sum(before or after for before, after in pairwise(known))


def likeness(old: Words, new: Words) -> Likeness:
    """Compare two texts."""
    if not old or not new:
        return Likeness(0, 0)
    here, there = found_in(old, neighbours(new)), found_in(new, neighbours(old))
    return min(Likeness(100 * here // len(old), here), Likeness(100 * there // len(new), there))


def share_of_words(*per_cent: int) -> str:
    """Print shares as evidence: ``82 % of its words``, ``61 % and 38 % of its words``."""
    if per_cent == (100,):
        return "all of its words"
    *first, last = (f"{share} %" for share in per_cent)
    return f"{' and '.join([', '.join(first), last]) if first else last} of its words"


def is_one_text(old: Words, new: Words, like: Likeness) -> bool:
    """Return whether two texts are held to be versions of one."""
    share = SHARE if like.words >= FEW else SHARE_OF_FEW
    return old == new or (like.per_cent >= share and like.words >= FEWEST)


class Index:
    """Texts by their rare pairs of words, to find those that may be like another without trying all."""

    def __init__(self, pairs: Iterable[AbstractSet[tuple[str, str]]]) -> None:
        self._texts: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for number, each in enumerate(pairs):
            for pair in each:
                self._texts[pair].append(number)

    def like(self, text: Words) -> list[int]:
        """Return the numbers of the texts that share the rarest pairs of words with `text`, most first."""
        known = {pair: self._texts[pair] for pair in neighbours(text) if pair in self._texts}
        hits: Counter[int] = Counter()
        left = _LOOKUPS
        for pair in sorted(known, key=lambda each: (len(known[each]), each)):
            left -= len(known[pair])
            if left < 0:
                break
            hits.update(known[pair])
        return sorted(hits, key=lambda number: (-hits[number], number))[:_CANDIDATES]


def scores(old: Sequence[Words], new: Sequence[Words]) -> Iterator[Mapping[int, Likeness]]:
    """Give, for each old text, the new ones that may be versions of it, and how like they are."""
    index = Index([neighbours(text) for text in old])
    found: list[dict[int, Likeness]] = [{} for _ in old]
    for column, text in enumerate(new):
        for row in index.like(text):
            like = likeness(old[row], text)
            if is_one_text(old[row], text, like):
                found[row][column] = like
    yield from found
