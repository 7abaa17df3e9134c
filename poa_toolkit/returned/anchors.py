"""Which text of the plan each piece of a returned file belongs to: by control, by bookmark, by likeness."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned import signature
from poa_toolkit.returned.word_file import after, before
from poa_toolkit.text.white_space import squeezed
from poa_toolkit.text.words import words as words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.printed_texts import Key, Line, Printed
    from poa_toolkit.returned.word_file import Paragraph, Piece, Record

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
        """Return the text to which a piece belongs, or None."""
        if piece.control:
            key = signature.key(piece.control)
            if key in self.expected:
                return key
            self.unknown[piece.control] += 1
        return self.by_bookmark(piece)

    def by_bookmark(self, piece: Piece) -> Key | None:
        """Return the text whose bookmark a piece stands in; Word leaves it behind when a text is copied."""
        if not piece.bookmarks:
            return None
        named = (self._bookmarks.get(name.lower()) for name in reversed(piece.bookmarks))
        return next((key for key in named if key is not None), None)


def _bookmark(key: Key) -> str:
    """Return the name of the bookmark that a text has, unless another text took it first."""
    return signature.bookmark(*key)[: signature.LONGEST_BOOKMARK].lower()


def frames(paragraphs: Sequence[Paragraph], spots: Iterable[Sequence[Spot]]) -> frozenset[tuple[str, str]]:
    """Return the words, by style, that a template puts beside texts: those in many paragraphs of it."""
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
    """Return words that a template puts beside a text, without the numbers in them."""
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


class Lines:
    """The lines that a version printed beside the texts of the plan."""

    def __init__(
        self,
        lines: Iterable[Line] = (),
        *,
        known: Collection[str] = (),
        parts: Iterable[str] = (),
        openings: Mapping[str, frozenset[str]] | None = None,
        is_whole: bool = True,
    ) -> None:
        """Take the lines that a document printed, as far as that is known, in their order.

        `known` are the lines that the version can print. Of `parts` a template may make others, one
        after the other. A line that begins with one of the `openings` may vary: each names the words
        that may follow, in lower case; numbers always may. `is_whole` says whether every one of the lines
        was printed, so that one that a file lacks was taken out.
        """
        self.all = tuple(each for each in lines if each.words or each.whole)
        """In the order printed, each as often as it is."""
        self.is_whole = is_whole
        self._exact = {
            words: each.whole or each.words
            for each in self.all
            for words in (each.words, each.whole)
            if words
        }
        """Each line as a whole, by its forms letter for letter: what nobody touched is asked for so."""
        self._can_print = frozenset(known)
        self._given_parts = parts
        self._openings = {
            # a name of several parts, A-K01, as its parts: so the words of a line are read
            squeezed(words): frozenset(_WORD.findall(" ".join(follow)))
            for words, follow in (openings or {}).items()
        }
        self._found: dict[str, bool] = {}

    def __contains__(self, line: object) -> bool:
        """Return whether the version can print a line. White space does not count."""
        said = str(line)
        if said in self._exact or said in self._can_print:
            return True
        if said not in self._found:
            self._found[said] = self._can_be(said) or self._can_be(_BULLET.sub("", said, count=1))
        return self._found[said]

    @cached_property
    def _forms(self) -> dict[str, str]:
        """Return each line as a whole, by its forms without white space."""
        return {squeezed(words): whole for words, whole in self._exact.items()}

    @cached_property
    def _paged(self) -> dict[str, str]:
        return {squeezed(each.words): each.whole or each.words for each in self.all if each.has_pages}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(squeezed, self._can_print)) - {""}

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        """Return what a template may put together, the longest first, by how it begins."""
        found: dict[str, list[str]] = {}
        for part in sorted(set(map(squeezed, self._given_parts)) - {""}, key=len, reverse=True):
            found.setdefault(part[:_START], []).append(part)
        return found

    def _can_be(self, line: str) -> bool:
        words = squeezed(line)
        if words in self._known or self.as_printed(line):
            return True
        return self._varies(line, words) or self._is_made_of_parts(words)

    def as_printed(self, line: str) -> str:
        """Return the printed line, as a whole, that this is in another form; empty where it is none.

        Details, bullets and numbers of pages may stand in it as text.
        """
        if not line or line in self._exact:
            return self._exact.get(line, "")
        words = squeezed(line)
        found = self._forms.get(words) or self._forms.get(squeezed(_BULLET.sub("", line, count=1)))
        return found or self._paged.get(_DIGITS.sub("", words), "")

    def _varies(self, line: str, words: str) -> bool:
        """Return whether it opens as one that varies, and goes on as such a one may."""
        for opening, follow in self._openings.items():
            if words.startswith(opening):
                # the name of a version is one word of any kind
                is_name = bool(_NAME.fullmatch(words, len(opening))) and len(line.split()) <= _SHORT_LINE
                found = _WORD.findall(line.lower())
                return is_name or all(each in follow or not any(map(str.isalpha, each)) for each in found)
        return False

    def _is_made_of_parts(self, words: str) -> bool:
        if not self._by_start or len(words) > _LONGEST_MADE:
            return False
        ends = {0}
        for at in range(len(words)):
            if at in ends:
                shorts = (self._by_start.get(words[at : at + size], ()) for size in range(1, _START))
                for part in (*self._by_start.get(words[at : at + _START], ()), *chain.from_iterable(shorts)):
                    if words.startswith(part, at):
                        ends.add(at + len(part))
        # Word computes the page at the end of a line of the contents
        return len(words) in ends or any(
            at in ends and words[at:].isdecimal() for at in range(max(1, len(words) - 4), len(words))
        )


_START = 6
"""By so many first characters parts are looked up."""
_LONGEST_MADE = 2000
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[-.:/@~^\w\N{HORIZONTAL ELLIPSIS}]{1,80}")
_SHORT_LINE = 6
_BULLET = re.compile(r"\A\s*(?:[^\w\s(\[]|[(\[]?(?:[0-9]{1,6}|[a-z]{1,3}|[IVXLC]{1,9})[.)\]]{1,2})\s")
"""What stands before an item of a list, where a program wrote it as text."""


class Bags:
    """Texts as bags of words, to find those like another."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._bags = {index: bag(text) for index, text in texts.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, counts in self._bags.items():
            for word in counts:
                self._holders[word].append(index)

    def like(self, text: str, least: float) -> Iterator[tuple[int, float]]:
        """Return the texts that share at least so many of their words with this one."""
        mine = bag(text)
        for index, other in self._near(mine):
            share = _share(mine, other)
            if share >= (least if other.total() >= _FEW_WORDS else _LIKE_ENOUGH_SHORT):
                yield index, share

    def within(self, text: str) -> Iterator[tuple[int, float]]:
        """Return the texts all of whose words are in this one, or that have all of its words."""
        mine = bag(text)
        for index, other in self._near(mine):
            if other <= mine or mine <= other:
                yield index, _share(mine, other)

    def _near(self, mine: Counter[str]) -> Iterator[tuple[int, Counter[str]]]:
        near: set[int] = set()
        for word in mine:
            found = self._holders.get(word, ())
            if len(found) <= _COMMON:
                near.update(found)
        yield from ((index, self._bags[index]) for index in sorted(near))


def _share(one: Counter[str], two: Counter[str]) -> float:
    return 2 * (one & two).total() / (one.total() + two.total())


_COMMON = 200
"""A word that more texts than these hold tells nothing of any."""


def bag(text: str) -> Counter[str]:
    """Count the words of a text in small letters."""
    return Counter(map(str.lower, words_of(text)))


def is_action(printed: Printed) -> bool:
    """Return whether a text is that of an action or of one of its points."""
    return printed.kind is TextKind.ACTION or printed.kind.is_point


def has_words(pieces: Iterable[Piece]) -> bool:
    """Return whether anything is written there, before or after the changes."""
    pieces = tuple(pieces)
    return bool(before(pieces).strip() or after(pieces).strip())
