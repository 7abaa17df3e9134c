"""What a returned file was matched with: where each text stands, what stands in none, what is gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.returned.anchors import LIKE_ENOUGH, Bags
from poa_toolkit.returned.own_revisions import Makers
from poa_toolkit.returned.word_file import LineForms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.anchors import Lines
    from poa_toolkit.returned.printed_texts import Key, Line, Printed
    from poa_toolkit.returned.word_file import Piece


_Place: TypeAlias = tuple[str, str]
"""What a line says, and the record under whose texts it stands: of these one may have gone, or moved."""


class Missing:
    """The printed lines that a file lacks; of several that say the same, one under whose record none is."""

    def __init__(self, lines: Lines, said: Iterable[LineForms]) -> None:
        """Find each line that the file says among those printed, under the same record where one is there."""
        self._every = lines.all
        self._lacks = set(range(len(self._every)))
        wholes = set(map(_whole, self._every))

        def printed(each: LineForms) -> str:
            found = next((form for form in (each.shown, each.whole, each.words) if form in wholes), "")
            return found or lines.as_printed(each.whole or each.words)

        changed = self._pair(said, printed, _whole)
        # a line whose details were changed is there; they are compared by themselves
        self._pair((each for each in changed if each.words), lambda each: each.words, lambda each: each.words)
        # a line is compared without the details that are compared by themselves, and with them
        self._listed = self._list(lambda each: each.words, _whole)
        self._forms = sorted(each for each in self._listed if isinstance(each, str))
        self._bags = Bags(dict(enumerate(self._forms)))
        for each in changed:
            # a cell that is a detail, and nothing else
            is_detail = each.kind == "table" and each.whole and not each.words
            if is_detail and not self.nearest(LineForms(each.above, each.whole)):
                self._take(self._listed, "")

    def _list(self, *forms: Callable[[Line], str]) -> dict[str | _Place, list[int]]:
        """Return the missing lines by what they say, and by their place too; the first at the end."""
        found: dict[str | _Place, list[int]] = defaultdict(list)
        for index in sorted(self._lacks, reverse=True):
            each = self._every[index]
            for words in {form(each) for form in forms}:
                found[words].append(index)
                found[words, _record(each.under)].append(index)
        return found

    def _pair(
        self, said: Iterable[LineForms], name: Callable[[LineForms], str], form: Callable[[Line], str]
    ) -> list[LineForms]:
        """Take what the file says out of what it lacks; give the rest of it."""
        listed = self._list(form)
        named = [(each, name(each)) for each in said]
        elsewhere = [
            (each, words) for each, words in named if not self._take(listed, (words, _record(each.above)))
        ]
        return [each for each, words in elsewhere if not self._take(listed, words)]

    def _take(self, listed: Mapping[str | _Place, list[int]], name: str | _Place) -> bool:
        """Remove the first missing line of a name; return whether there was one."""
        index = self._first(listed, name)
        self._lacks.discard(index)
        return index >= 0

    def _first(self, listed: Mapping[str | _Place, list[int]], name: str | _Place) -> int:
        """Return the first line of a name that is lacking still; -1 for none."""
        indices = listed.get(name, [])
        while indices and indices[-1] not in self._lacks:
            indices.pop()
        return indices[-1] if indices else -1

    def nearest(self, said: LineForms) -> str:
        """Return the missing line that a line of the file was made of, and miss it no more; empty for none.

        It shares most of its words with it; or it stood at the same place, and all words of one are
        in the other. It comes without its details where it is most like so.
        """
        found = max(self._near(said, self._bags.like(said.words, LIKE_ENOUGH)), default=None)
        if found is None:
            within = self._near(said, self._bags.within(said.words))
            found = max((each for each in within if each.is_there and each.kind == said.kind), default=None)
        if found is None:
            return ""
        self._lacks.remove(-found.back)
        return found.form

    def _near(self, said: LineForms, like: Iterable[tuple[int, float]]) -> Iterator[_Near]:
        for at, share in like:
            form = self._forms[at]
            there = self._first(self._listed, (form, _record(said.above)))
            index = there if there >= 0 else self._first(self._listed, form)
            if index >= 0:
                yield _Near(share, there >= 0, -index, form, self._every[index].kind)

    def gone(self) -> Iterator[tuple[Line, ...]]:
        """Return what is missing, lines that stood together in one group, in the order they were printed.

        Of a cell or a head of a page that was printed several times those go first whose neighbours
        are gone too.
        """
        every = self._every
        words = {index: _whole(every[index]) for index in self._lacks}
        times, lacks = Counter(map(_whole, every)), Counter(words.values())
        gone = {at for at, each in words.items() if every[at].under or lacks[each] == times[each]}
        left = lacks - Counter(map(words.__getitem__, gone))
        backwards = range(len(every) - 1, -1, -1)
        for order, neighbour in ((range(len(every)), -1), (backwards, 1), (backwards, 0)):
            for index in order if left.total() else ():
                each = _whole(every[index])
                if left[each] and index not in gone and (not neighbour or index + neighbour in gone):
                    gone.add(index)
                    left[each] -= 1
        yield from _together(every, sorted(gone))


class _Near(NamedTuple):
    """A missing line that is like one of the file; the greatest is the nearest."""

    share: float
    is_there: bool
    """Whether it stood under the same record."""
    back: int
    """Its index, below zero: of lines alike the first is the nearest."""
    form: str
    kind: str


def _record(key: Key | None) -> str:
    return key[0] if key else ""


def _whole(line: Line) -> str:
    return line.whole or line.words


def _together(every: Sequence[Line], gone: Sequence[int]) -> Iterator[tuple[Line, ...]]:
    """Part the lines that are gone where one of them stands elsewhere than its neighbour."""
    group: list[Line] = []
    last = -1
    for index in gone:
        line = every[index]
        if group and (index != last + 1 or (line.kind, line.under) != (group[0].kind, group[0].under)):
            yield tuple(group)
            group = []
        group.append(line)
        last = index
    if group:
        yield tuple(group)


class TooMuchError(Exception):
    """A file has more to say than any that could have been made from the plan."""


class Origin(StrEnum):
    """What a paragraph is that holds no text of the plan."""

    NEW = "new"
    """Somebody wrote it."""
    CHANGED = "changed"
    """The toolkit printed it, and somebody changed it: a line under an action, a cell, a header."""


class Loose(NamedTuple):
    """A paragraph that holds no text of the plan and that somebody wrote or changed."""

    paragraph: int
    origin: Origin
    pieces: tuple[Piece, ...]
    after: Key | None
    """The text of the plan above it; None before the first and in the annexes."""
    by: Reviser | None = None
    """Who made it, where that is known otherwise than by its pieces: who split it off, or moved it."""
    original: str = ""
    """The line it was made of, where that was changed without tracking."""


class Hidden(NamedTuple):
    """Words that nobody sees in the file."""

    paragraph: int
    key: Key | None
    pieces: tuple[Piece, ...]
    is_new: bool = True
    """Whether somebody put them in so; else they are words of the text."""


@dataclass
class Match:
    """Where every text of the plan stands in a returned file, and all else that somebody wrote there."""

    texts: dict[Key, list[Piece]] = field(default_factory=dict)
    at: dict[Key, int] = field(default_factory=dict)
    """The paragraph in which each text begins."""
    keys: dict[int, list[Key]] = field(default_factory=dict)
    """The texts that stand in each paragraph."""
    above: dict[int, Key] = field(default_factory=dict)
    """The text under which each other paragraph stands."""
    under: list[Key | None] = field(default_factory=list)
    """The text below which each paragraph stands, or that calls the note it stands in."""
    joined: dict[Key, Reviser] = field(default_factory=dict)
    """The texts that were joined to the one above, and by whom."""
    relocated: dict[Key, Reviser] = field(default_factory=dict)
    """The texts that were taken out at one place and put in at another, and by whom."""
    came: dict[str, list[str]] = field(default_factory=dict)
    """The lines that were put in again under a text that was moved, as they were printed, by its record."""
    loose: list[Loose] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    by_likeness: dict[Key, float] = field(default_factory=dict)
    anchored: int = 0
    """How many texts were found by a control or a bookmark."""
    copies: list[Key] = field(default_factory=list)
    """The texts whose control stands in the file twice."""
    unlike: list[str] = field(default_factory=list)
    """Lines that are only like one that the version printed which is most like the file."""
    left: dict[int, Key] = field(default_factory=dict)
    """The paragraphs from which a text was taken to stand elsewhere, each with that text."""
    went: set[int] = field(default_factory=set)
    """The paragraphs that were moved with a text, at both ends."""
    graphics: Counter[str] = field(default_factory=Counter)
    """The pictures and their like that were printed, as `graphic_line` names them."""
    missing: Missing | None = None
    """The printed lines that are not there any more; None where it is not known what was printed."""


class Known(NamedTuple):
    """What is known of the version that a file was made from."""

    texts: Mapping[Key, Printed]
    lines: Lines | None = None
    """The other lines it printed; None where that is not known."""
    makers: Makers = Makers()
    """Under which names, and when, the toolkit itself revises a document."""
    past: frozenset[str] = frozenset()
    """What the older version of a redline said, squeezed."""
    is_exact: bool = True
    """Whether it is that version; else it is the one most like it, and like lines may differ."""
