"""Match a returned file with the texts it was made from: where each stands, and what stands beside them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.process.anchors import Anchors, Lines, Spot, alike, frame, frames, has_words
from poa_toolkit.process.copies import choose
from poa_toolkit.process.ledger import Fate
from poa_toolkit.process.looks import is_hidden
from poa_toolkit.process.missing import Missing
from poa_toolkit.process.relocating import relocate
from poa_toolkit.process.returned import By, Piece, after, before
from poa_toolkit.process.revisions import clean
from poa_toolkit.process.signature import key as key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.process.ledger import Ledger
    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import Paragraph, Returned, Thing


MOST_LOOSE = 2000
"""How many paragraphs that belong to no text a file may bring; no delegation writes so many in two days."""
MOST_CHARACTERS = 100_000
"""How long a paragraph may be; the longest of a plan have two or three thousand."""
_SEAM = 40
"""How many characters on both sides tell where a text was split."""


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
    by: By | None = None
    """Who made it, where that is known otherwise than by its pieces: who split it off."""
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
    joined: dict[Key, By] = field(default_factory=dict)
    """The texts that were joined to the one above, and by whom."""
    relocated: dict[Key, By] = field(default_factory=dict)
    """The texts that were taken out at one place and put in at another, and by whom."""
    loose: list[Loose] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    by_likeness: dict[Key, float] = field(default_factory=dict)
    anchored: int = 0
    """How many texts were found by a control or a bookmark."""
    copies: list[Key] = field(default_factory=list)
    """The texts whose control stands in the file twice."""
    unlike: list[str] = field(default_factory=list)
    """Lines that are only like one that the version printed which is most like the file."""
    went: set[int] = field(default_factory=set)
    """The paragraphs that were moved with a text, at both ends."""
    things: Counter[str] = field(default_factory=Counter)
    """The pictures and their like that were printed, by what is said of them."""
    missing: Missing | None = None
    """The printed lines that are not there any more; None where it is not known what was printed."""


class Known(NamedTuple):
    """What is known of the version that a file was made from."""

    texts: Mapping[Key, Printed]
    lines: Lines | None = None
    """The other lines it printed; None where that is not known."""
    names: frozenset[str] = frozenset()
    """Under which the toolkit itself revises a document: the titles of stages."""
    is_exact: bool = True
    """Whether it is that version; else it is the one most like it, and like lines may differ."""


def match(returned: Returned, known: Known, anchors: Anchors, ledger: Ledger, untracked: By) -> Match:
    """Find the place of every text, and what stands outside of them all.

    What a program made, and makes anew, is entered in the ledger as generated. Raises TooMuchError.
    """
    longest = max((sum(len(piece.text) for piece in each.pieces) for each in returned.paragraphs), default=0)
    if longest > MOST_CHARACTERS:
        raise TooMuchError(f"a paragraph has {longest} characters; {MOST_CHARACTERS} are read")
    return _Matching(returned.paragraphs, known, anchors, ledger, untracked).run()


class _Matching:
    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        known: Known,
        anchors: Anchors,
        ledger: Ledger,
        untracked: By,
    ) -> None:
        self.paragraphs = paragraphs
        self.known = known
        self.ledger = ledger
        self.untracked = untracked
        self.match = Match()
        self.printed = known.lines or Lines(())
        self.anchors = anchors
        self.spots: list[tuple[Spot, ...]] = []
        self.copied: dict[int, Key] = {}
        self.left: dict[int, Key] = {}
        """The paragraphs from which a text was taken away to stand elsewhere."""
        self.headers: dict[str, str] = {}
        """The printed header that each other one was made of."""

    def run(self) -> Match:
        found = self.match
        self._find()
        self.frames = frames(self.paragraphs, self.spots)
        self.styles = {
            self.paragraphs[each[0].paragraph].style for each in self.spots if any(map(self._is_own, each))
        }
        for index, spots in enumerate(self.spots):
            keys = list(dict.fromkeys(spot.key for spot in spots if spot.key and self._is_own(spot)))
            if keys:
                found.keys[index] = keys
        said = (
            words
            for index, each in enumerate(self.paragraphs)
            if index not in found.keys and index not in self.left
            for words in (line(each), *map(thing_line, each.things))
        )
        self.missing = Missing(self.printed, said)
        if self.known.is_exact and self.printed.all:
            found.missing = self.missing
        found.things.update(each.words for each in self.printed.all if each.kind == THING)
        self._walk()
        self._join()
        return found

    # --- where each text stands ---

    def _find(self) -> None:
        """Find the one place of each text: by control, by bookmark, by a move, by its words."""
        found = self.match
        every = [self.anchors.spots(index, each) for index, each in enumerate(self.paragraphs)]
        found.anchored = len({spot.key for each in every for spot in each if spot.key})
        self.spots, self.copied, emptied = choose(every, self.anchors)
        found.copies = list(dict.fromkeys(self.copied.values()))
        texts = {key: each for key, each in self.known.texts.items() if not each.is_detail}
        for each in relocate(self.paragraphs, self.spots, texts, emptied):
            self.left.update(dict.fromkeys(each.left, each.key))
            people = (piece.inserted for piece in self.paragraphs[each.paragraph].pieces if piece.inserted)
            found.relocated[each.key] = next(people, self.untracked)
        # a copy whose text went is that text, and no copy
        found.copies = [key for key in found.copies if key not in found.relocated]
        self._find_by_likeness(texts)

    def _find_by_likeness(self, texts: Mapping[Key, Printed]) -> None:
        """Give texts that have lost their control and bookmark the paragraph that is most like them."""
        there = {spot.key for each in self.spots for spot in each}
        lost = {key: printed for key, printed in texts.items() if key not in there}
        if not lost:
            return
        candidates = {
            index: clean(paragraph.old)
            for index, paragraph in enumerate(self.paragraphs)
            if not paragraph.place.kind
            and paragraph.old.strip()
            and index not in self.left
            and all(spot.key is None for spot in self.spots[index])
            and line(paragraph) not in self.printed
        }
        for key, index, score in alike(lost, candidates):
            self.match.by_likeness[key] = score
            self.spots[index] = (Spot(index, key, self.paragraphs[index].pieces),)

    def _is_own(self, spot: Spot) -> bool:
        """Say whether a spot is a text that has a paragraph to itself."""
        return spot.key is not None and not self.known.texts[spot.key].is_detail

    # --- paragraph by paragraph ---

    def _walk(self) -> None:
        """Go through the paragraphs in order: what belongs to a text, and what to none."""
        above: Key | None = None
        leaving: Key | None = None
        for index, paragraph in enumerate(self.paragraphs):
            keys = self.match.keys.get(index)
            if keys:
                self._take(index, keys)
                above, leaving = keys[-1], None
                continue
            if index in self.left:
                leaving = self.left[index]
                self.match.went.add(index)
                self.ledger.enter(paragraph.pieces, Fate.PLACED, f"{_name(leaving)} before it was moved")
                continue
            if paragraph.place.kind in ("note", "header"):
                above = leaving = None
            elif paragraph.level and paragraph.new.strip():
                above, leaving = (above if self._is_new(paragraph) else None), None
            if above is not None:
                self.match.above[index] = above
            beside = self._take_details(index, paragraph)
            if paragraph.place.kind == "note" or not has_words(beside.pieces):
                continue
            if leaving is not None and not after(beside.pieces).strip():
                self.match.went.add(index)
                self.ledger.enter(beside.pieces, Fate.PLACED, f"went with {_name(leaving)}")
            else:
                self._take_loose(index, beside, above)
        for key, by in self.match.relocated.items():
            self.match.went.add(self.match.at[key])
            # what is new there is the text that was cut elsewhere
            self.match.texts[key] = [
                each._replace(inserted=None) if each.inserted and each.inserted.author == by.author else each
                for each in self.match.texts[key]
            ]

    def _is_new(self, paragraph: Paragraph) -> bool:
        """Say whether somebody wrote a paragraph, with tracking or without."""
        return not paragraph.old.strip() or self._is_typed(paragraph)

    def _take(self, index: int, keys: Sequence[Key]) -> None:
        """Give every piece of a paragraph to the text it stands in or beside."""
        paragraph = self.paragraphs[index]
        current = keys[0]
        for spot in self.spots[index]:
            if spot.key is None:
                pieces = self._typed(paragraph, spot)
            else:
                current, pieces = spot.key, list(spot.pieces)
            begun = self.match.at.get(current, index)
            if begun == index:
                self.match.at[current] = index
                self.match.texts.setdefault(current, []).extend(pieces)
            else:
                self._split_off(index, current, pieces)

    def _take_details(self, index: int, paragraph: Paragraph) -> Paragraph:
        """Take the details out of a line under an action; give what stands beside them, and is to be seen."""
        beside: list[Piece] = []
        hidden: list[Piece] = []
        is_printed = line(paragraph) in self.printed
        for spot in self.spots[index]:
            if spot.key is not None:
                self.match.at.setdefault(spot.key, index)
                self.match.texts.setdefault(spot.key, []).extend(spot.pieces)
                continue
            for piece in spot.pieces:
                is_out_of_sight = is_hidden(piece) and not is_printed and paragraph.place.kind != "note"
                (hidden if is_out_of_sight else beside).append(piece)
        if hidden:
            self.match.hidden.append(Hidden(index, self.match.above.get(index), tuple(hidden)))
        return paragraph._replace(pieces=tuple(beside))

    def _typed(self, paragraph: Paragraph, spot: Spot) -> list[Piece]:
        """Give what somebody wrote beside a text, not what the template has there."""
        is_frame = (paragraph.style, frame(before(spot.pieces))) in self.frames
        typed = [piece for piece in spot.pieces if (piece.inserted if is_frame else not piece.computed)]
        made = (piece for piece in spot.pieces if not (piece.inserted if is_frame else not piece.computed))
        self.ledger.enter(made, Fate.GENERATED, "printed beside a text")
        return typed

    def _split_off(self, index: int, key: Key, pieces: Sequence[Piece]) -> None:
        """Take what stands in a new paragraph out of the text, and make it a paragraph of its own."""
        by = self.paragraphs[index - 1].inserted or self.untracked
        kept = [piece for piece in pieces if piece.inserted is None]
        if kept or after(pieces).strip():
            lost = [Piece(" ", deleted=by)] if kept and self._lost_a_space(key, kept) else []
            gone = [piece if piece.deleted else piece._replace(deleted=by) for piece in kept]
            self.match.texts[key].extend([*lost, *gone])
            self._keep(Loose(index, Origin.NEW, tuple(pieces), key, by))

    def _lost_a_space(self, key: Key, kept: Sequence[Piece]) -> bool:
        """Say whether the white space at which a text was split is gone from both halves."""
        whole, end = self.known.texts[key].text, before(kept)[:_SEAM]
        start = before(self.match.texts[key][-_SEAM:])[-_SEAM:]
        return f"{start}{end}" not in whole and f"{start} {end}" in whole

    def _take_loose(self, index: int, paragraph: Paragraph, above: Key | None) -> None:
        """Say what a paragraph is that holds no text of the plan."""
        words, new = line(paragraph), clean(paragraph.new)
        is_revised = any(piece.inserted or piece.deleted for piece in paragraph.pieces)
        if paragraph.generated or paragraph.style.lower().startswith("toc"):
            self.ledger.enter(paragraph.pieces, Fate.GENERATED, paragraph.generated or "contents")
        elif self._is_tail(index, paragraph) and above is not None:
            self._split_off(index, above, paragraph.pieces)
        elif not paragraph.old.strip():
            if above in self.match.relocated and new in self.printed:
                self.match.went.add(index)
                self.ledger.enter(paragraph.pieces, Fate.PLACED, f"moved with {_name(above)}")
            else:
                self._add(index, Origin.NEW, paragraph, above)
        elif index not in self.copied and not self._is_typed(paragraph):
            if is_revised:
                self._add(index, Origin.CHANGED, paragraph, above)
            else:
                self.ledger.enter(paragraph.pieces, Fate.GENERATED, "printed beside the texts")
        else:
            self._take_typed(index, paragraph, above, words)

    def _take_typed(self, index: int, paragraph: Paragraph, above: Key | None, words: str) -> None:
        """Take a paragraph that the version did not print: one of its lines, changed, or a new one."""
        is_header = paragraph.place.kind == "header"
        like = "" if index in self.copied else self.missing.nearest(words)
        if is_header:
            # the same header stands in several sections
            like = self.headers.setdefault(words, like)
        if not like:
            self._add(index, Origin.NEW, paragraph, above)
        elif self.known.is_exact:
            self._add(index, Origin.CHANGED, paragraph, above, like)
        elif any(piece.inserted or piece.deleted for piece in paragraph.pieces):
            self._add(index, Origin.CHANGED, paragraph, above)
        else:
            self.match.unlike.append(words)
            self.ledger.enter(paragraph.pieces, Fate.TOLD, "like a line of the version")

    def _is_tail(self, index: int, paragraph: Paragraph) -> bool:
        """Say whether a paragraph is the second half of the text above it."""
        before_it = self.paragraphs[index - 1] if index else None
        return (
            before_it is not None
            and before_it.inserted is not None
            and bool(before_it.old.strip())
            and bool(self.match.keys.get(index - 1))
            and bool(paragraph.old.strip())
            and not paragraph.place.kind
        )

    def _is_typed(self, paragraph: Paragraph) -> bool:
        """Say whether somebody wrote a paragraph without tracking: the version had none like it."""
        words = line(paragraph)
        if self.known.lines is not None:
            return bool(words) and words not in self.printed
        return paragraph.style in self.styles and not paragraph.place.kind

    def _add(
        self, index: int, origin: Origin, paragraph: Paragraph, above: Key | None, original: str = ""
    ) -> None:
        self._keep(Loose(index, origin, paragraph.pieces, above, original=original))

    def _keep(self, loose: Loose) -> None:
        if len(self.match.loose) >= MOST_LOOSE:
            raise TooMuchError(f"more than {MOST_LOOSE} paragraphs belong to no text of the plan")
        self.match.loose.append(loose)

    # --- texts that were joined ---

    def _join(self) -> None:
        """Put together the texts between which somebody took out the end of the paragraph."""
        found = self.match
        for index, next_index in reversed(list(self._run_together())):
            by = self.paragraphs[index].deleted
            first, second = found.keys[index][-1], found.keys[next_index][0]
            if by and self._have_words(first, second):
                self._put_together(first, second, by)
        crowded = [keys for keys in found.keys.values() if len(keys) > 1]
        # a template may put several texts into every paragraph; then that is no join
        if len(crowded) * 2 < len(found.keys):
            for keys in crowded:
                for first, second in reversed(list(pairwise(keys))):
                    if self._have_words(first, second):
                        self._put_together(first, second, self.untracked)

    def _run_together(self) -> Iterator[tuple[int, int]]:
        """Give the paragraphs with texts between which every end of a paragraph was taken out."""
        for index in self.match.keys:
            following = index
            while following < len(self.paragraphs) - 1 and self.paragraphs[following].deleted:
                following += 1
                if following in self.match.keys:
                    yield index, following
                    break
                if self.paragraphs[following].new.strip():
                    break

    def _have_words(self, *keys: Key) -> bool:
        return all(after(self.match.texts[key]).strip() for key in keys)

    def _put_together(self, first: Key, second: Key, by: By) -> None:
        texts = self.match.texts
        words = after(texts[second])
        gap = "" if after(texts[first]).endswith(" ") or words.startswith(" ") else " "
        texts[first].append(Piece(gap, inserted=by))
        # what others put into the second text stays theirs
        texts[first] += [
            each if each.inserted else each._replace(inserted=by)
            for each in texts[second]
            if not each.deleted
        ]
        self.match.joined[second] = by


def line(paragraph: Paragraph, *, with_details: bool = False) -> str:
    """Give what a paragraph said when it was printed, to compare lines by.

    What Word computes is left out, and unless asked for details that are compared by themselves.
    """
    said = (each for each in paragraph.pieces if each.inserted is None and not each.computed)
    return clean("".join(each.text for each in said if with_details or not is_detail(each.control)))


def thing_line(thing: Thing) -> str:
    """Name a thing, with the words that stand on it or say what it shows."""
    words = clean(thing.words)
    return f"{thing.kind}: “{words}”" if words else thing.kind


THING = "thing"
"""The kind of a printed line that is what is said of a picture, or its like."""


def is_detail(control: str) -> bool:
    """Say whether a control of ours holds one of several details in a line under an action."""
    _, field = key_of(control)
    return bool(field) and field not in ("text", "title") and not field.startswith("points.")


def _name(key: Key) -> str:
    """Name a text as people do: ``A-007.points.b``."""
    return ".".join(key)
