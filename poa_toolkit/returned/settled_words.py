"""The words of a text with some of its proposals adopted, and what people did beside and in the others."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned import signature
from poa_toolkit.returned.decided_words import is_own
from poa_toolkit.returned.printed_proposals import amendment_of
from poa_toolkit.returned.pulled_file import Where
from poa_toolkit.returned.word_file import Piece, is_detail
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.model.proposals import Proposal, Reviser
    from poa_toolkit.returned.decided_words import DecidedText
    from poa_toolkit.returned.printed_proposals import MarkedText, Stretch


class Spot(NamedTuple):
    """A piece of a file: its paragraph, and which piece of that it is."""

    paragraph: int
    step: int


class Told(NamedTuple):
    """What somebody did in words that are only proposed."""

    paragraph: int
    proposal: Proposal
    pieces: tuple[Piece, ...]


class SettledText(NamedTuple):
    """A text with some proposals adopted."""

    pieces: tuple[tuple[int, Piece], ...]
    """Each with its paragraph."""
    told: tuple[Told, ...]


def settled_text(
    text: MarkedText,
    read: DecidedText,
    spots: Sequence[tuple[Spot, Piece]],
    adopted: AbstractSet[str],
    control: str,
) -> SettledText:
    """Return a text as it was printed with the proposals `adopted`, and what was changed in the file since.

    Its pieces stand in a `control`. Words that are not there, for they went with a proposal that is not
    adopted, are put back.
    """
    return _Settling(text, read, spots, adopted, control).run()


class _There(NamedTuple):
    """A printed character in the file."""

    paragraph: int
    piece: Piece
    """Of this one character."""


class _Settling:
    def __init__(
        self,
        text: MarkedText,
        read: DecidedText,
        spots: Sequence[tuple[Spot, Piece]],
        adopted: AbstractSet[str],
        control: str,
    ) -> None:
        self.text = text
        self.adopted = adopted
        # where a program let all controls of a line go, what is restored there is known by its bookmark
        is_bare = is_detail(text.tag) and not any(piece.control for _, piece in spots)
        self.model = Piece("", bookmarks=(text.bookmark,)) if is_bare else Piece("", control=control)
        self.paragraph = spots[0][0].paragraph
        self.there: dict[int, _There] = {}
        """The printed characters that the file has, by their places."""
        self.put_in: defaultdict[int, list[tuple[int, Piece, bool]]] = defaultdict(list)
        """What others put in behind each of them, and whether a space stands between."""
        self.spaces: dict[int, Reviser] = {}
        """Who took out the white space behind a character."""
        self._sort(read, spots)

    def _sort(self, read: DecidedText, spots: Sequence[tuple[Spot, Piece]]) -> None:
        """Sort the characters of the file: those that were printed, and what others put in."""
        places = iter(read.places)
        last, is_spaced = -1, False
        for spot, piece in spots:
            found = [None if each.isspace() else next(places) for each in piece.text]
            is_others = piece.inserted is not None and (-1 in found or set(found) == {None})
            if is_others and not self._is_printed(piece.inserted):
                self.put_in[last].append((spot.paragraph, piece, is_spaced))
                continue
            for offset, (char, place) in enumerate(zip(piece.text, found, strict=True)):
                at = piece.at + offset if piece.at >= 0 else -1
                if place is not None:
                    self.there[place] = _There(spot.paragraph, piece._replace(text=char, at=at))
                    last, is_spaced = place, False
                    continue
                is_spaced = True
                if piece.deleted is not None and not self._is_printed(piece.deleted):
                    self.spaces[last] = piece.deleted

    def _is_printed(self, by: Reviser | None) -> bool:
        return by is not None and any(is_own(by, each) for each in self.text.stretches)

    def run(self) -> SettledText:
        pieces: list[tuple[int, Piece]] = []
        acts: list[_Act] = []
        pieces += self._behind(-1, spaced=False) + self._behind(-1, spaced=True)
        waiting: list[tuple[int, Piece]] = []
        place = -1
        for stretch in self.text.stretches:
            is_kept = self._is_kept(stretch)
            for char in stretch.words:
                if char.isspace():
                    if is_kept:
                        by = self.spaces.get(place)
                        pieces.append((self.paragraph, self._new(char)._replace(deleted=by)))
                    continue
                pieces += waiting
                waiting = []
                place += 1
                found = self.there.get(place)
                if not is_kept:
                    acts += self._acts(stretch, place, found)
                    continue
                pieces.append(self._kept(char, found))
                pieces += self._behind(place, spaced=False)
                waiting = self._behind(place, spaced=True)
        told = (self._told([*group]) for _, group in groupby(acts, key=lambda each: each[:4]))
        return SettledText(tuple(_joined((*pieces, *waiting))), tuple(told))

    def _is_kept(self, stretch: Stretch) -> bool:
        if stretch.came:
            return stretch.came in self.adopted
        return not self.adopted & {*stretch.gone}

    def _new(self, words: str) -> Piece:
        return self.model._replace(text=words)

    def _kept(self, char: str, found: _There | None) -> tuple[int, Piece]:
        if found is None:
            return self.paragraph, self._new(char)
        self.paragraph = found.paragraph
        deleted = None if self._is_printed(found.piece.deleted) else found.piece.deleted
        kept = found.piece._replace(inserted=None, deleted=deleted, control=self.model.control)
        return found.paragraph, kept

    def _behind(self, place: int, *, spaced: bool) -> list[tuple[int, Piece]]:
        return [
            (paragraph, piece._replace(control=self.model.control))
            for paragraph, piece, is_spaced in self.put_in.get(place, ())
            if is_spaced is spaced
        ]

    def _acts(self, stretch: Stretch, place: int, found: _There | None) -> Iterator[_Act]:
        """Return what people did to a character that is only proposed, and put in behind it."""
        by = found.piece.deleted if found else None
        if found and by is not None and not self._is_printed(by):
            yield _Act(stretch, "takes out", by, found.paragraph, found.piece)
        for paragraph, piece, _ in self.put_in.get(place, ()):
            if piece.inserted is not None:
                yield _Act(stretch, "puts in", piece.inserted, paragraph, piece)

    def _told(self, acts: Sequence[_Act]) -> Told:
        """Tell what one person did in one place of words that are only proposed."""
        stretch, what, by, paragraph, _ = acts[0]
        record, field = signature.key(self.text.tag)
        name = stretch.came or ", ".join(stretch.gone)
        words = clean("".join(each.piece.text for each in acts))
        said = f"In what {name} proposes (“{clean(stretch.words)}”), {what} “{words}”"
        where = Where(context=f"in the new words of {name}") if amendment_of(record) else Where(record, field)
        return Told(paragraph, where.told(by, said), tuple(each.piece for each in acts))


class _Act(NamedTuple):
    stretch: Stretch
    what: str
    by: Reviser
    paragraph: int
    piece: Piece


def _joined(pieces: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, Piece]]:
    """Join neighbouring pieces of one history that stand behind each other in the file, or in none."""
    last: tuple[int, Piece] | None = None
    for paragraph, piece in pieces:
        if last is not None and last[0] == paragraph and _follows(last[1], piece):
            last = (paragraph, last[1]._replace(text=last[1].text + piece.text))
            continue
        if last is not None:
            yield last
        last = (paragraph, piece)
    if last is not None:
        yield last


def _follows(last: Piece, piece: Piece) -> bool:
    is_next = piece.at == (last.at + len(last.text) if last.at >= 0 else -1)
    return is_next and last._replace(text="", at=0) == piece._replace(text="", at=0)
