"""What a converter or a mail gateway took from a file is given back to it: whose text a paragraph is.

Controls, bookmarks and the record may be gone, and numbers that Word computed may stand there as text. A
paragraph that says what a text says, word for word, is that text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.returned import signature
from poa_toolkit.returned.anchors import alike
from poa_toolkit.returned.word_file import Look, before
from poa_toolkit.text.numerals import from_roman
from poa_toolkit.text.white_space import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.anchors import Anchors
    from poa_toolkit.returned.own_revisions import Makers
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph, Piece, Returned

_NUMBER = re.compile(r"\s*[(\[]?([0-9]{1,6}|[A-Za-z]{1,9})(?:[.)\]]{1,2}\s|\t)\s*")
"""A number as it stands before a text: ``12.``, ``(a)``, ``II.``; a bare one needs a tab behind it."""
_Sayings: TypeAlias = "Callable[[Sequence[Piece], Makers], Iterator[str]]"
_MOST_SPACE = 40
"""How much of a paragraph is looked at for its number."""


def restored(returned: Returned, texts: Mapping[Key, Printed], anchors: Anchors, makers: Makers) -> Returned:
    """Return a file in which every paragraph has the control of the text that it holds, where that is sure.

    A text without control and bookmark is known by its words, as they stand without the revisions of
    others than `makers`; of texts with the same words the first paragraph is the first. The number that
    a text was printed with is left out where it stands before it as text.
    """
    return returned._replace(paragraphs=tuple(_Restoring(returned, texts, anchors, makers).run()))


class _Restoring:
    def __init__(
        self, returned: Returned, texts: Mapping[Key, Printed], anchors: Anchors, makers: Makers
    ) -> None:
        self.paragraphs = returned.paragraphs
        self.texts = texts
        self.makers = makers
        self.anchors = anchors
        self.keys = [tuple(map(anchors.key, each.pieces)) for each in self.paragraphs]
        there = {key for each in self.keys for key in each}
        self.lost: dict[str, list[Key]] = {}
        """The texts without an anchor, by their words, in the order of the plan."""
        for key, printed in texts.items():
            if key not in there and not printed.is_detail:
                self.lost.setdefault(squeezed(printed.text), []).append(key)

    def run(self) -> Iterator[Paragraph]:
        found = list(map(self._anchored, self.paragraphs, self.keys))
        # what was there word for word goes first, then what is there now
        for sayings in (_printed_sayings, _other_sayings):
            found = [self._found(each, sayings) for each in found]
        return map(self._alike, found)

    def _anchored(self, paragraph: Paragraph, keys: Sequence[Key | None]) -> Paragraph:
        key = next((key for key in keys if key and not self.texts[key].is_detail), None)
        if key is None or paragraph.place.kind or paragraph.generated:
            return paragraph
        return without_number(paragraph, self.texts[key])

    def _alike(self, paragraph: Paragraph) -> Paragraph:
        """Take the number off a paragraph that is new, or like the text of that number and changed since."""
        if paragraph.place.kind or not (self.lost or any(piece.inserted for piece in paragraph.pieces)):
            return paragraph
        words = before(paragraph.pieces)
        number = _NUMBER.match(words[:_MOST_SPACE])
        if number is None or any(map(self._is_anchored, paragraph.pieces)):
            return paragraph
        if not words[number.end() :].strip() and paragraph.number is None and _is_plain(number):
            return paragraph._replace(pieces=tuple(_cut(paragraph.pieces, len(words))))
        keys = (key for keys in self.lost.values() for key in keys if _is_of(number, self.texts[key]))
        found = alike({key: self.texts[key] for key in keys}, {0: words[number.end() :]})
        key = next((key for key, _, _ in found), None)
        return paragraph if key is None else without_number(paragraph, self.texts[key])

    def _is_anchored(self, piece: Piece) -> bool:
        return self.anchors.key(piece) is not None

    def _found(self, paragraph: Paragraph, sayings: _Sayings) -> Paragraph:
        """Restore the control of a paragraph, where it says what a text says that was not found before it."""
        if not self.lost or paragraph.place.kind or paragraph.generated:
            return paragraph
        if any(map(self._is_anchored, paragraph.pieces)):
            return paragraph
        is_lost = paragraph.number is None
        for words in dict.fromkeys(sayings(paragraph.pieces, self.makers)):
            number = _NUMBER.match(words[:_MOST_SPACE])
            for said in (words, words[number.end() :] if number else ""):
                there = self.lost.get(squeezed(said))
                # a number before a text must be its own
                fit = (
                    each
                    for each in there or ()
                    if said == words or (number and _is_its(number, self.texts[each], is_lost=is_lost))
                )
                key = next(fit, None)
                if there is not None and key is not None:
                    there.remove(key)
                    if not there:
                        del self.lost[squeezed(said)]
                    tag = signature.tag(*key)
                    pieces = tuple(piece._replace(control=tag) for piece in paragraph.pieces)
                    return without_number(paragraph._replace(pieces=pieces), self.texts[key])
        return paragraph


def without_number(paragraph: Paragraph, printed: Printed) -> Paragraph:
    """Take off the number that stands as text before a text that Word numbered.

    Where Word numbers it no more, it need not be the printed one: a program may have written the numbers
    out once texts came or went.
    """
    words = before(paragraph.pieces)[:_MOST_SPACE]
    number = _NUMBER.match(words)
    if number is None or not _is_its(number, printed, is_lost=paragraph.number is None):
        return paragraph
    own = _NUMBER.match(printed.text[:_MOST_SPACE])
    if own is not None and own[1] == number[1]:
        return paragraph
    return paragraph._replace(pieces=tuple(_cut(paragraph.pieces, number.end())))


def unnumbered(words: str) -> str:
    """Return words without the number before them."""
    number = _NUMBER.match(words[:_MOST_SPACE])
    return words[number.end() :] if number and _is_plain(number) else words


def with_details(returned: Returned, texts: Mapping[Key, Printed], anchors: Anchors) -> Returned:
    """Restore the controls of details in the lines under actions, where these have bookmarks alone.

    To be asked once the revisions are settled that the file was made with.
    """
    paragraphs = (
        _with_details(each, texts, [anchors.key(piece) for piece in each.pieces])
        if any(piece.bookmarks and not piece.control for piece in each.pieces)
        else each
        for each in returned.paragraphs
    )
    return returned._replace(paragraphs=tuple(paragraphs))


def _with_details(
    paragraph: Paragraph, texts: Mapping[Key, Printed], keys: Sequence[Key | None]
) -> Paragraph:
    """Restore the controls of details in a line under an action, where it has no more than bookmarks.

    Some programs write these a character too short, so that the words count where they are there. A detail
    goes on to the next: what was typed at its end is part of it.
    """
    if not any(keys) or any(piece.control for piece in paragraph.pieces):
        return paragraph
    if not all(key is None or texts[key].is_detail for key in keys):
        return paragraph
    old, at = before(paragraph.pieces), 0
    starts: dict[Key, int] = {}
    for piece, key in zip(paragraph.pieces, keys, strict=True):
        if key is not None:
            starts.setdefault(key, at)
        at += len(piece.text) if piece.inserted is None else 0
    ranges: list[_Range] = []
    done = 0
    for key, start in starts.items():
        printed = texts[key].text
        there = old.find(printed, done)
        begin, least = (min(there, start), there + len(printed)) if there >= 0 else (start, start)
        parted = signature.PARTED.search(old, least)
        done = parted.start() if parted else len(old)
        ranges.append(_Range(begin, done, signature.tag(*key)))
    return paragraph._replace(pieces=tuple(_in_ranges(paragraph.pieces, ranges)))


class _Range(NamedTuple):
    """A stretch of what a paragraph said before its revisions."""

    start: int
    end: int
    tag: str


def _in_ranges(pieces: Iterable[Piece], ranges: Sequence[_Range]) -> Iterator[Piece]:
    """Restore the control of each stretch; what was put in at an end of it stands in it too."""
    cuts = sorted({each for one in ranges for each in (one.start, one.end)})
    at = 0
    for piece in pieces:
        if piece.inserted is not None:
            tag = next((each.tag for each in ranges if each.start <= at <= each.end), "")
            yield piece._replace(control=tag)
            continue
        end = at + len(piece.text)
        edges = [at, *(each for each in cuts if at < each < end), end]
        for start, stop in pairwise(edges):
            tag = next((each.tag for each in ranges if each.start <= start < each.end), "")
            place = piece.at + start - at if piece.at >= 0 else -1
            text = piece.text[start - at : stop - at]
            yield piece._replace(text=text, control=tag, at=place)
        at = end


def _is_of(number: re.Match[str], printed: Printed) -> bool:
    return bool(printed.number) and number[1].lower() == printed.number.strip("().").lower()


def _is_its(number: re.Match[str], printed: Printed, *, is_lost: bool) -> bool:
    """Return whether a number is that of a text; where the file lost its numbers, whether it is like that."""
    own = printed.number.strip("().")
    is_like = bool(own) and number[1].isdigit() == own.isdigit() and _is_plain(number)
    return _is_of(number, printed) or (is_lost and is_like)


def _is_plain(number: re.Match[str]) -> bool:
    """Return whether a number is one beyond doubt, and no word: of letters one, or a Roman numeral."""
    return number[1].isdigit() or len(number[1]) == 1 or from_roman(number[1]) > 0


def _printed_sayings(pieces: Sequence[Piece], makers: Makers) -> Iterator[str]:
    """Return what a paragraph may have said when it was printed: the likeliest first."""
    yield "".join(_printed(pieces, makers))
    yield before(pieces)


def _other_sayings(pieces: Sequence[Piece], makers: Makers) -> Iterator[str]:
    """Return what it says now, and without what was struck by hand."""
    yield "".join(piece.text for piece in pieces if piece.deleted is None)
    if any(Look.STRUCK in piece.looks for piece in pieces):
        yield "".join(_printed((piece for piece in pieces if Look.STRUCK not in piece.looks), makers))


def _printed(pieces: Iterable[Piece], makers: Makers) -> Iterator[str]:
    """Return the words with the revisions of the toolkit accepted, and those of others rejected."""
    for piece in pieces:
        ours_in = piece.inserted is None or makers.made(piece.inserted)
        ours_out = piece.deleted is not None and makers.made(piece.deleted)
        if ours_in and not ours_out:
            yield piece.text


def words_as_made(paragraph: Paragraph, makers: Makers) -> str:
    """Return what a paragraph says without the revisions of others than the toolkit, to compare by."""
    return squeezed("".join(_printed(paragraph.pieces, makers)))


def _cut(pieces: Iterable[Piece], length: int) -> Iterator[Piece]:
    """Leave out the first characters of what stood there before the revisions."""
    for piece in pieces:
        if piece.inserted is not None or not length:
            yield piece
            continue
        gone = min(length, len(piece.text))
        length -= gone
        if gone < len(piece.text):
            yield piece._replace(text=piece.text[gone:], at=piece.at + gone if piece.at >= 0 else -1)
