"""Which words of a text with proposals a file still has: so each was accepted, rejected, or is open.

Every way is followed in which the words of the file can have come from those that were printed, and only
what holds in all of them is said. White space does not count, for converters change it.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.text.white_space import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.printed_proposals import MarkedText, Stretch
    from poa_toolkit.returned.word_file import Piece

_MOST_CHARACTERS = 20_000
"""Of a longer text nothing is said; the longest of plans have two or three thousand characters."""
_MOST_AMENDMENTS = 100
"""Of a text with more of them nothing is said."""
_MOST_STEPS = 1_000_000
"""A file that asks for more steps is not one that anybody made: nothing more is said of it."""
_MOST_OWNERS = 6
"""Of what more than so many would take out together it is not asked which of them are open."""
_A_DAY = timedelta(days=1)
"""By which a moment may be off that was moved to another time zone."""


class Fate(StrEnum):
    """What became of the revisions of an amendment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


Fates: TypeAlias = "tuple[Fate | None, ...]"
"""What became of each amendment so far; None for what nothing shows yet."""
State: TypeAlias = "tuple[int, Fates]"
"""How many of the printed characters are passed, and what that says of each amendment."""


class DecidedText(NamedTuple):
    """What a file has of a text with proposals."""

    fates: dict[str, frozenset[Fate | None]]
    """By amendment, what its revisions may have met: one thing, where that is certain."""
    places: tuple[int, ...]
    """Of each character of the pieces but white space, which of the printed ones it is; -1 for none."""
    is_whole: bool = True
    """Whether each amendment met one thing in this text; else its revisions are told one by one."""


class _TooManyStepsError(Exception):
    """The steps of a file are used up."""


class Steps:
    """How many steps are left to read the decisions of one file."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def take(self) -> None:
        """Take one step. Raises an error that ends the search where none is left."""
        self._left -= 1
        if self._left < 0:
            raise _TooManyStepsError


def decided(text: MarkedText, pieces: Sequence[Piece], steps: Steps) -> DecidedText | None:
    """Return what the pieces of a text say of its proposals; None where no way leads to them.

    An amendment is taken as one at first; only where that leads nowhere, each of its revisions by itself.
    """
    lengths = sum(len(each.words) for each in text.stretches), sum(len(each.text) for each in pieces)
    if max(lengths) > _MOST_CHARACTERS:
        return None
    for names, own in product((_by_amendment, _by_revision), (is_own, _is_like_own)):
        search = _Search(text.stretches, names, own, steps)
        try:
            found = search.run(pieces) if len(search.amendments) <= _MOST_AMENDMENTS else None
        except _TooManyStepsError:
            return None
        if found is not None:
            return found._replace(is_whole=names is _by_amendment)
    return None


Names: TypeAlias = "Callable[[str, int], str]"
Own: TypeAlias = "Callable[[Reviser, Stretch], bool]"


def _by_amendment(amendment: str, _: int) -> str:
    return amendment


def _by_revision(amendment: str, stretch: int) -> str:
    return f"{amendment} {stretch}"


def is_own(by: Reviser, stretch: Stretch) -> bool:
    """Return whether a revision is that of a stretch by its author and its moment."""
    return by.author == stretch.by and (by.at == stretch.at or not by.at)


def _is_like_own(by: Reviser, stretch: Stretch) -> bool:
    """Return whether it may be, where a program joined revisions of one author or changed the moment."""
    if by.author != stretch.by:
        return False
    try:
        day = date.fromisoformat(stretch.at[:10])
    except ValueError:  # the record of a file is not to be trusted
        return False
    return by.day is None or abs(by.day - day) <= _A_DAY


class _Search:
    def __init__(self, stretches: Sequence[Stretch], names: Names, own: Own, steps: Steps) -> None:
        self.stretches = [each for each in stretches if squeezed(each.words)]
        self.own = own
        self.steps = steps
        owners = (
            (name, index)
            for index, each in enumerate(self.stretches)
            for name in (*each.gone, each.came)
            if name
        )
        self.amendments: dict[str, str] = {names(*each): each[0] for each in owners}
        """The amendment of each name, by the place of the name among all."""
        at = {name: place for place, name in enumerate(self.amendments)}
        self.owners = [
            tuple(at[names(name, index)] for name in (each.gone or (each.came,)) if name)
            for index, each in enumerate(self.stretches)
        ]
        self.printed = [
            (char, index) for index, each in enumerate(self.stretches) for char in squeezed(each.words)
        ]
        self.starts: dict[int, int] = {}
        """The stretch that begins at a place of the printed characters."""
        done = 0
        for index, each in enumerate(self.stretches):
            self.starts[done] = index
            done += len(squeezed(each.words))

    def run(self, pieces: Sequence[Piece]) -> DecidedText | None:
        layers: list[dict[State, tuple[State | None, int]]] = [
            {(0, (None,) * len(self.amendments)): (None, -1)}
        ]
        for piece in pieces:
            for char in squeezed(piece.text):
                following: dict[State, tuple[State | None, int]] = {}
                for state in layers[-1]:
                    for found, place in self._steps(state, char, piece):
                        following.setdefault(found, (state, place))
                if not following:
                    return None
                layers.append(following)
        ends = {
            fates: state
            for state in layers[-1]
            for place, fates in self._ahead(state)
            if place == len(self.printed)
        }
        if not ends:
            return None
        said: dict[str, frozenset[Fate | None]] = {}
        for index, amendment in enumerate(self.amendments.values()):
            said[amendment] = said.get(amendment, frozenset()) | {fates[index] for fates in ends}
        return DecidedText(said, _way(layers, ends[min(ends, key=repr)]))

    def _steps(self, state: State, char: str, piece: Piece) -> Iterator[tuple[State, int]]:
        """Return where one character of the file can lead."""
        for place, fates in self._ahead(state):
            if place < len(self.printed) and self.printed[place][0] == char:
                for after in self._met(self.printed[place][1], fates, piece):
                    yield (place + 1, after), place
        if piece.inserted is not None and not self._is_ours(piece.inserted):
            yield state, -1

    def _is_ours(self, by: Reviser) -> bool:
        return any(each.came and self.own(by, each) for each in self.stretches)

    def _ahead(self, state: State) -> Iterator[State]:
        """Return a state, and those to which stretches lead that are not there."""
        waiting = [state]
        while waiting:
            self.steps.take()
            place, fates = waiting.pop()
            yield place, fates
            index = self.starts.get(place)
            if index is not None:
                end = place + len(squeezed(self.stretches[index].words))
                waiting += ((end, after) for after in self._missed(index, fates))

    def _missed(self, index: int, fates: Fates) -> Iterator[Fates]:
        """Return what it says that a stretch is not there: nothing where that cannot be."""
        stretch, owners = self.stretches[index], self.owners[index]
        if stretch.came:
            yield from _with(fates, owners, Fate.REJECTED)
        elif any(fates[each] is Fate.ACCEPTED for each in owners):
            yield fates
        else:
            for each in owners:
                yield from _with(fates, (each,), Fate.ACCEPTED)

    def _met(self, index: int, fates: Fates, piece: Piece) -> Iterator[Fates]:
        """Return what it says that a piece has words of a stretch: nothing where that cannot be."""
        stretch, owners = self.stretches[index], self.owners[index]
        is_new = piece.inserted is not None and self.own(piece.inserted, stretch)
        if stretch.came:
            if piece.inserted is None:
                yield from _with(fates, owners, Fate.ACCEPTED)
            elif is_new:
                yield from _with(fates, owners, Fate.OPEN)
        elif piece.inserted is not None:
            return
        elif not stretch.gone:
            yield fates
        elif piece.deleted is None or not self.own(piece.deleted, stretch):
            yield from _with(fates, owners, Fate.REJECTED)
        elif len(owners) > _MOST_OWNERS:
            yield from _with(fates, owners, Fate.OPEN)
        else:
            for chosen in product((Fate.OPEN, Fate.REJECTED), repeat=len(owners)):
                given = zip(owners, chosen, strict=True)
                if Fate.OPEN in chosen and all(fates[each] in (None, fate) for each, fate in given):
                    there = dict(zip(owners, chosen, strict=True))
                    yield tuple(there.get(each, fate) for each, fate in enumerate(fates))


def _with(fates: Fates, owners: Sequence[int], fate: Fate) -> Iterator[Fates]:
    """Return fates in which some are the same one; nothing where one is known to be another."""
    if all(fates[each] in (None, fate) for each in owners):
        yield tuple(fate if each in owners else old for each, old in enumerate(fates))


def _way(layers: Sequence[dict[State, tuple[State | None, int]]], state: State) -> tuple[int, ...]:
    """Return the places on the way that led to a state."""
    places: list[int] = []
    for layer in reversed(layers[1:]):
        before, place = layer[state]
        places.append(place)
        if before is None:
            raise AssertionError("only the first layer begins")
        state = before
    return tuple(reversed(places))
