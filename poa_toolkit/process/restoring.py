"""What a converter or a mail gateway took from a file is given back to it: whose text a paragraph is.

Controls, bookmarks and the record may be gone, and numbers that Word computed may stand there as text. A
paragraph that says what a text says, word for word, is that text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.process import signature
from poa_toolkit.process.anchors import alike, squeezed
from poa_toolkit.process.returned import Look, before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.process.anchors import Anchors
    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import Paragraph, Piece, Returned
    from poa_toolkit.process.settling import Makers

_NUMBER = re.compile(r"\s*[(\[]?([0-9]{1,6}|[A-Za-z]{1,9})(?:[.)\]]{1,2}\s|\t)\s*")
"""A number as it stands before a text: ``12.``, ``(a)``, ``II.``; a bare one needs a tab behind it."""
_MOST_SPACE = 40
"""How much of a paragraph is looked at for its number."""


def restored(returned: Returned, texts: Mapping[Key, Printed], anchors: Anchors, makers: Makers) -> Returned:
    """Give a file in which every paragraph has the control of the text that it holds, where that is sure.

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
        # what is there word for word goes first
        return map(self._alike, list(self._anchored()))

    def _anchored(self) -> Iterator[Paragraph]:
        for paragraph, keys in zip(self.paragraphs, self.keys, strict=True):
            if paragraph.place.kind or paragraph.generated:
                yield paragraph
                continue
            key = next((key for key in keys if key and not self.texts[key].is_detail), None)
            if key is not None:
                yield self._without_number(paragraph, self.texts[key])
            elif any(keys):
                yield paragraph._replace(pieces=tuple(map(_in_control, paragraph.pieces, keys)))
            else:
                yield self._found(paragraph) if self.lost else paragraph

    def _alike(self, paragraph: Paragraph) -> Paragraph:
        """Take the number off a paragraph that is like the text of that number, and was changed since."""
        words = before(paragraph.pieces)
        number = _NUMBER.match(words[:_MOST_SPACE]) if self.lost and not paragraph.place.kind else None
        if number is None or any(map(self._is_anchored, paragraph.pieces)):
            return paragraph
        keys = (key for keys in self.lost.values() for key in keys if _is_of(number, self.texts[key]))
        found = alike({key: self.texts[key] for key in keys}, {0: words[number.end() :]})
        key = next((key for key, _, _ in found), None)
        return paragraph if key is None else self._without_number(paragraph, self.texts[key])

    def _is_anchored(self, piece: Piece) -> bool:
        return self.anchors.key(piece) is not None

    def _found(self, paragraph: Paragraph) -> Paragraph:
        """Give a paragraph its control, where it says what a text says that was not found before it."""
        for words in dict.fromkeys(_sayings(paragraph.pieces, self.makers)):
            number = _NUMBER.match(words[:_MOST_SPACE])
            for said in (words, words[number.end() :] if number else ""):
                there = self.lost.get(squeezed(said))
                key = next((each for each in there or () if self._fits(each, number, said, words)), None)
                if there is not None and key is not None:
                    there.remove(key)
                    if not there:
                        del self.lost[squeezed(said)]
                    tag = signature.tag(*key)
                    pieces = tuple(piece._replace(control=tag) for piece in paragraph.pieces)
                    return self._without_number(paragraph._replace(pieces=pieces), self.texts[key])
        return paragraph

    def _fits(self, key: Key, number: re.Match[str] | None, said: str, words: str) -> bool:
        """Say whether a text may stand there: a number before it must be its own."""
        return said == words or (number is not None and _is_of(number, self.texts[key]))

    def _without_number(self, paragraph: Paragraph, printed: Printed) -> Paragraph:
        pieces = paragraph.pieces
        words = before(pieces)[:_MOST_SPACE]
        number = _NUMBER.match(words)
        if number is None or not _is_of(number, printed):
            return paragraph
        own = _NUMBER.match(printed.text[:_MOST_SPACE])
        if own is not None and own[1] == number[1]:
            return paragraph
        return paragraph._replace(pieces=tuple(_cut(pieces, number.end())))


def _in_control(piece: Piece, key: Key | None) -> Piece:
    """Give a piece that its bookmark names the control that it had."""
    return piece._replace(control=signature.tag(*key)) if key and not piece.control else piece


def _is_of(number: re.Match[str], printed: Printed) -> bool:
    return bool(printed.number) and number[1].lower() == printed.number.strip("().").lower()


def _sayings(pieces: Sequence[Piece], makers: Makers) -> Iterator[str]:
    """Give what a paragraph may have said when it was printed: the likeliest first."""
    yield "".join(_printed(pieces, makers))
    yield before(pieces)
    yield "".join(piece.text for piece in pieces if piece.deleted is None)
    if any(Look.STRUCK in piece.looks for piece in pieces):
        yield "".join(_printed((piece for piece in pieces if Look.STRUCK not in piece.looks), makers))


def _printed(pieces: Iterable[Piece], makers: Makers) -> Iterator[str]:
    """Give the words with the revisions of the toolkit accepted, and those of others rejected."""
    for piece in pieces:
        ours_in = piece.inserted is None or makers.made(piece.inserted)
        ours_out = piece.deleted is not None and makers.made(piece.deleted)
        if ours_in and not ours_out:
            yield piece.text


def said(paragraph: Paragraph, makers: Makers) -> str:
    """Give what a paragraph says without the revisions of others than the toolkit, to compare by."""
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
