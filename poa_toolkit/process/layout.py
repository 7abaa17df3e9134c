"""A returned file laid beside the texts it was made from: what stands in each, and what stands in none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.process.anchors import Anchors, Lines, Spot, alike, frame, frames, has_words
from poa_toolkit.process.returned import By, Piece, after, before
from poa_toolkit.process.revisions import clean
from poa_toolkit.process.signature import key as key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import Paragraph, Returned


MOST_LOOSE = 2000
"""How many paragraphs that belong to no text a file may bring; no delegation writes so many in two days."""
MOST_CHARACTERS = 100_000
"""How long a paragraph may be; the longest of a plan have two or three thousand."""
_SEAM = 40
"""How many characters on both sides tell where a text was split."""


class TooMuchError(Exception):
    """A file has more to say than any that could have been made from the plan."""


class Standing(StrEnum):
    """What a paragraph is that holds no text of the plan."""

    NEW = "new"
    """Somebody wrote it."""
    CHANGED = "changed"
    """The toolkit printed it, and somebody changed it: a line under an action, a cell, a note."""


class Loose(NamedTuple):
    """A paragraph that holds no text of the plan and that somebody wrote or changed."""

    paragraph: int
    standing: Standing
    pieces: tuple[Piece, ...]
    after: Key | None
    """The text of the plan above it; None before the first and in the annexes."""
    by: By | None = None
    """Who made it, where that is known otherwise than by its pieces: who split it off."""
    original: str = ""
    """The line it was made of, where that was changed without tracking."""


@dataclass
class Layout:
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
    loose: list[Loose] = field(default_factory=list)
    by_likeness: dict[Key, float] = field(default_factory=dict)
    anchored: int = 0
    """How many texts were found by a control or a bookmark."""
    copies: list[Key] = field(default_factory=list)
    """The texts whose control stands in the file twice."""


class Known(NamedTuple):
    """What is known of the version that a file was made from."""

    texts: Mapping[Key, Printed]
    lines: Lines | None = None
    """The other lines it printed; None where that is not known."""
    names: frozenset[str] = frozenset()
    """Under which the toolkit itself revises a document: the titles of stages."""
    is_exact: bool = True
    """Whether it is that version; else it is the one most like it, and like lines may differ."""


def lay(returned: Returned, known: Known, anchors: Anchors, untracked: By) -> Layout:
    """Find the place of every text, and what stands outside of them all."""
    longest = max((sum(len(piece.text) for piece in each.pieces) for each in returned.paragraphs), default=0)
    if longest > MOST_CHARACTERS:
        raise TooMuchError(f"a paragraph has {longest} characters; {MOST_CHARACTERS} are read")
    return _Laying(returned.paragraphs, known, anchors, untracked).run()


class _Laying:
    def __init__(
        self, paragraphs: Sequence[Paragraph], known: Known, anchors: Anchors, untracked: By
    ) -> None:
        self.paragraphs = paragraphs
        self.known = known
        self.untracked = untracked
        self.layout = Layout()
        self.printed = known.lines or Lines(())
        self.spots = [anchors.spots(index, each) for index, each in enumerate(paragraphs)]
        self.frames = frames(paragraphs, self.spots)
        self.styles = {
            paragraphs[each[0].paragraph].style for each in self.spots if any(map(self._is_own, each))
        }

    def run(self) -> Layout:
        layout = self.layout
        self._choose()
        layout.anchored = len({spot.key for each in self.spots for spot in each if spot.key})
        self._find_by_likeness()
        for index, spots in enumerate(self.spots):
            keys = list(dict.fromkeys(spot.key for spot in spots if spot.key and self._is_own(spot)))
            if keys:
                layout.keys[index] = keys
        self._walk()
        self._join()
        return layout

    def _is_own(self, spot: Spot) -> bool:
        """Say whether a spot is a text that has a paragraph to itself."""
        return spot.key is not None and not self.known.texts[spot.key].is_detail

    def _choose(self) -> None:
        """Let each text stand in one place; a copy of it is a paragraph like any that somebody wrote."""
        places: dict[Key, list[list[int]]] = {}
        for index, spots in enumerate(self.spots):
            for key in dict.fromkeys(spot.key for spot in spots if spot.key):
                runs = places.setdefault(key, [])
                if runs and runs[-1][-1] == index - 1:
                    runs[-1].append(index)
                else:
                    runs.append([index])
        for key, runs in places.items():
            if len(runs) > 1:
                self.layout.copies.append(key)
                chosen = self._best(key, runs)
                for index in (index for run in runs if run is not chosen for index in run):
                    self.spots[index] = tuple(
                        spot._replace(key=None) if spot.key == key else spot for spot in self.spots[index]
                    )

    def _best(self, key: Key, runs: list[list[int]]) -> list[int]:
        original = self.known.texts[key].text

        def worth(run: list[int]) -> tuple[bool, bool]:
            pieces = [
                piece
                for index in run
                for spot in self.spots[index]
                if spot.key == key
                for piece in spot.pieces
            ]
            return before(pieces) == original, bool(before(pieces).strip())

        return max(runs, key=worth)

    def _find_by_likeness(self) -> None:
        """Give texts that have lost their control and bookmark the paragraph that is most like them."""
        found = {spot.key for each in self.spots for spot in each}
        lost = {
            key: printed
            for key, printed in self.known.texts.items()
            if key not in found and not printed.is_detail
        }
        if not lost:
            return
        candidates = {
            index: clean(paragraph.old)
            for index, paragraph in enumerate(self.paragraphs)
            if not paragraph.place.kind
            and paragraph.old.strip()
            and all(spot.key is None for spot in self.spots[index])
            and line(paragraph) not in self.printed
        }
        for key, index, score in alike(lost, candidates):
            self.layout.by_likeness[key] = score
            self.spots[index] = (Spot(index, key, self.paragraphs[index].pieces),)

    def _walk(self) -> None:
        """Go through the paragraphs in order: what belongs to a text, and what to none."""
        above: Key | None = None
        for index, paragraph in enumerate(self.paragraphs):
            keys = self.layout.keys.get(index)
            if keys:
                self._take(index, keys)
                above = keys[-1]
                continue
            if paragraph.level and paragraph.old.strip() and not paragraph.inserted:
                above = None
            if above is not None:
                self.layout.above[index] = above
            beside = self._take_details(index, paragraph)
            if has_words(beside.pieces):
                self._take_loose(index, beside, above)

    def _take(self, index: int, keys: Sequence[Key]) -> None:
        """Give every piece of a paragraph to the text it stands in or beside."""
        paragraph = self.paragraphs[index]
        current = keys[0]
        for spot in self.spots[index]:
            if spot.key is None:
                pieces = self._typed(paragraph, spot)
            else:
                current, pieces = spot.key, list(spot.pieces)
            begun = self.layout.at.get(current, index)
            if begun == index:
                self.layout.at[current] = index
                self.layout.texts.setdefault(current, []).extend(pieces)
            else:
                self._split_off(index, current, pieces)

    def _take_details(self, index: int, paragraph: Paragraph) -> Paragraph:
        """Take the details out of a line under an action; give what stands beside them."""
        beside: list[Piece] = []
        for spot in self.spots[index]:
            if spot.key is None:
                beside += spot.pieces
            else:
                self.layout.at.setdefault(spot.key, index)
                self.layout.texts.setdefault(spot.key, []).extend(spot.pieces)
        return paragraph._replace(pieces=tuple(beside))

    def _typed(self, paragraph: Paragraph, spot: Spot) -> list[Piece]:
        """Give what somebody wrote beside a text, not what the template has there."""
        if (paragraph.style, frame(before(spot.pieces))) in self.frames:
            return [piece for piece in spot.pieces if piece.inserted]
        return [piece for piece in spot.pieces if not piece.computed]

    def _split_off(self, index: int, key: Key, pieces: Sequence[Piece]) -> None:
        """Take what stands in a new paragraph out of the text, and make it a paragraph of its own."""
        by = self.paragraphs[index - 1].inserted or self.untracked
        kept = [piece for piece in pieces if piece.inserted is None]
        if kept or after(pieces).strip():
            lost = [Piece(" ", deleted=by)] if kept and self._lost_a_space(key, kept) else []
            gone = [piece if piece.deleted else piece._replace(deleted=by) for piece in kept]
            self.layout.texts[key].extend([*lost, *gone])
            self._keep(Loose(index, Standing.NEW, tuple(pieces), key, by))

    def _lost_a_space(self, key: Key, kept: Sequence[Piece]) -> bool:
        """Say whether the white space at which a text was split is gone from both halves."""
        whole, end = self.known.texts[key].text, before(kept)[:_SEAM]
        start = before(self.layout.texts[key][-_SEAM:])[-_SEAM:]
        return f"{start}{end}" not in whole and f"{start} {end}" in whole

    def _take_loose(self, index: int, paragraph: Paragraph, above: Key | None) -> None:
        before_it = self.paragraphs[index - 1] if index else None
        is_tail = (
            before_it is not None
            and before_it.inserted is not None
            and bool(self.layout.keys.get(index - 1))
            and bool(paragraph.old.strip())
            and not paragraph.place.kind
        )
        if is_tail and above is not None:
            self._split_off(index, above, paragraph.pieces)
        elif not paragraph.old.strip():
            if any(piece.inserted for piece in paragraph.pieces):
                self._add(index, Standing.NEW, above)
        elif any(piece.inserted or piece.deleted for piece in paragraph.pieces):
            self._add(index, Standing.CHANGED, above)
        elif self._is_typed(paragraph):
            like = self.printed.nearest(line(paragraph))
            if not like:
                self._add(index, Standing.NEW, above)
            elif self.known.is_exact:
                self._add(index, Standing.CHANGED, above, like)

    def _is_typed(self, paragraph: Paragraph) -> bool:
        """Say whether somebody wrote a paragraph without tracking: the version had none like it."""
        if paragraph.place.kind == "header" or paragraph.style.lower().startswith("toc"):
            # heads and contents follow the text by themselves
            return False
        words = line(paragraph)
        if self.known.lines is not None:
            return bool(words) and words not in self.printed
        return paragraph.style in self.styles and not paragraph.place.kind

    def _add(self, index: int, standing: Standing, above: Key | None, original: str = "") -> None:
        self._keep(Loose(index, standing, self.paragraphs[index].pieces, above, original=original))

    def _keep(self, loose: Loose) -> None:
        if len(self.layout.loose) >= MOST_LOOSE:
            raise TooMuchError(f"more than {MOST_LOOSE} paragraphs belong to no text of the plan")
        self.layout.loose.append(loose)

    def _join(self) -> None:
        """Put together the texts between which somebody took out the end of the paragraph."""
        layout = self.layout
        for index, next_index in reversed(list(self._run_together())):
            by = self.paragraphs[index].deleted
            first, second = layout.keys[index][-1], layout.keys[next_index][0]
            if by and self._have_words(first, second):
                self._put_together(first, second, by)
        crowded = [keys for keys in layout.keys.values() if len(keys) > 1]
        # a template may put several texts into every paragraph; then that is no join
        if len(crowded) * 2 < len(layout.keys):
            for keys in crowded:
                for first, second in reversed(list(pairwise(keys))):
                    if self._have_words(first, second):
                        self._put_together(first, second, self.untracked)

    def _run_together(self) -> Iterator[tuple[int, int]]:
        """Give the paragraphs with texts between which every end of a paragraph was taken out."""
        for index in self.layout.keys:
            following = index
            while following < len(self.paragraphs) - 1 and self.paragraphs[following].deleted:
                following += 1
                if following in self.layout.keys:
                    yield index, following
                    break
                if self.paragraphs[following].new.strip():
                    break

    def _have_words(self, *keys: Key) -> bool:
        return all(after(self.layout.texts[key]).strip() for key in keys)

    def _put_together(self, first: Key, second: Key, by: By) -> None:
        texts = self.layout.texts
        words = after(texts[second])
        gap = "" if after(texts[first]).endswith(" ") or words.startswith(" ") else " "
        texts[first].append(Piece(gap + words, inserted=by))
        self.layout.joined[second] = by


def line(paragraph: Paragraph, *, with_details: bool = False) -> str:
    """Give what a paragraph said when it was printed, to compare lines by.

    What Word computes is left out, and unless asked for details that are compared by themselves.
    """
    said = (each for each in paragraph.pieces if each.inserted is None and not each.computed)
    return clean("".join(each.text for each in said if with_details or not is_detail(each.control)))


def is_detail(control: str) -> bool:
    """Say whether a control of ours holds one of several details in a line under an action."""
    _, field = key_of(control)
    return bool(field) and field not in ("text", "title") and not field.startswith("points.")
