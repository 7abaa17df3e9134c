"""Match a returned file with the texts it was made from: where each stands, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.anchors import (
    LIKE_ENOUGH,
    Anchors,
    Bags,
    Lines,
    Spot,
    alike,
    frame,
    frames,
    has_words,
    is_action,
)
from poa_toolkit.returned.displaced_texts import choose, join, relocate
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.lost_controls import without_number
from poa_toolkit.returned.manual_marks import is_hidden
from poa_toolkit.returned.match_result import Hidden, Loose, Match, Missing, Origin, TooMuchError
from poa_toolkit.returned.printed_texts import GRAPHIC
from poa_toolkit.returned.word_file import LineForms, Piece, after, before, graphic_line, line
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.ledger import Ledger
    from poa_toolkit.returned.match_result import Known
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph, Returned


MOST_LOOSE = 2000
"""How many paragraphs that belong to no text a file may bring; no delegation writes so many in two days."""
MOST_CHARACTERS = 100_000
"""How long a paragraph may be; the longest of a plan have two or three thousand."""
_SEAM = 40
"""How many characters on both sides tell where a text was split."""


def match(returned: Returned, known: Known, anchors: Anchors, ledger: Ledger, untracked: Reviser) -> Match:
    """Find the place of every text, and what stands outside of them all.

    What a program made, and makes anew, is entered in the ledger as generated. Raises TooMuchError.
    """
    longest = max(
        (sum([len(piece.text) for piece in each.pieces]) for each in returned.paragraphs), default=0
    )
    if longest > MOST_CHARACTERS:
        raise TooMuchError(f"a paragraph has {longest} characters; {MOST_CHARACTERS} are read")
    return _Matching(returned.paragraphs, known, anchors, ledger, untracked).run()


@dataclass
class _Matching:
    paragraphs: Sequence[Paragraph]
    known: Known
    anchors: Anchors
    ledger: Ledger
    untracked: Reviser

    def __post_init__(self) -> None:
        self.match = Match()
        self.printed = self.known.lines or Lines(())
        self.lines = [line(each) for each in self.paragraphs]
        self.spots: list[tuple[Spot, ...]] = []
        self.copied: dict[int, Key] = {}
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
        found.under = list(self._under())
        self.missing = Missing(self.printed, self._beside_lines())
        if self.known.is_exact and self.printed.all and self.printed.is_whole:
            found.missing = self.missing
        found.graphics.update(each.words for each in self.printed.all if each.kind == GRAPHIC)
        self._walk()
        join(found, self.paragraphs, self.untracked)
        return found

    def _beside_lines(self) -> Iterator[LineForms]:
        """Return the lines that the file says beside the texts, and those that name its graphics."""
        for index, each in enumerate(self.paragraphs):
            is_beside = index not in self.match.keys and index not in self.match.left
            if is_beside and not _made_by(each):
                yield LineForms.of(each, self.match.under[index])
            yield from (LineForms(None, graphic_line(graphic)) for graphic in each.graphics)

    # --- where each text stands ---

    def _find(self) -> None:
        """Find the one place of each text: by control, by bookmark, by a move, by its words."""
        found = self.match
        every = [self.anchors.spots(index, each) for index, each in enumerate(self.paragraphs)]
        found.anchored = len({spot.key for each in every for spot in each if spot.key})
        self.spots, self.copied, emptied = choose(every, self.anchors)
        found.copies = list(dict.fromkeys(self.copied.values()))
        texts = {key: each for key, each in self.known.texts.items() if not each.is_detail}
        self._find_by_likeness(texts)
        for each in relocate(self.paragraphs, self.spots, texts, emptied):
            self.match.left.update(dict.fromkeys(each.left, each.key))
            people = (piece.inserted for piece in self.paragraphs[each.paragraph].pieces if piece.inserted)
            found.relocated[each.key] = next(people, self.untracked)
        # a copy whose text went is that text, and no copy
        found.copies = [key for key in found.copies if key not in found.relocated]

    def _find_by_likeness(self, texts: Mapping[Key, Printed]) -> None:
        """Pair texts that have lost their control and bookmark with the paragraph that is most like them."""
        there = {spot.key for each in self.spots for spot in each}
        lost = {key: printed for key, printed in texts.items() if key not in there}
        if not lost:
            return
        candidates = {
            index: clean(paragraph.old)
            for index, paragraph in enumerate(self.paragraphs)
            if not paragraph.place.kind
            and paragraph.old.strip()
            and all(spot.key is None for spot in self.spots[index])
            and self.lines[index] not in self.printed
        }
        for key, index, score in alike(lost, candidates):
            self.match.by_likeness[key] = score
            paragraph = self.paragraphs[index]
            self.ledger.enter(paragraph.pieces, Fate.GENERATED, "the number of a text")
            self.spots[index] = (Spot(index, key, without_number(paragraph, texts[key]).pieces),)

    def _is_own(self, spot: Spot) -> bool:
        """Return whether a spot is a text that has a paragraph to itself."""
        return spot.key is not None and not self.known.texts[spot.key].is_detail

    def _under(self) -> Iterator[Key | None]:
        """Return the text under which each paragraph stands; of a note, the one that calls it."""
        under: Key | None = None
        callers: dict[str, Key | None] = {}
        for index, paragraph in enumerate(self.paragraphs):
            if index in self.match.keys:
                under = self._last(self.match.keys[index], under)
            elif index in self.match.left:
                under = self.match.left[index]
            elif paragraph.level:
                under = None
            callers.update((call.note, under) for call in paragraph.calls)
            yield {"note": callers.get(paragraph.note), "header": None}.get(paragraph.place.kind, under)

    # --- paragraph by paragraph ---

    def _walk(self) -> None:
        """Go through the paragraphs in order: what belongs to a text, and what to none."""
        above: Key | None = None
        leaving: Key | None = None
        for index, paragraph in enumerate(self.paragraphs):
            keys = self.match.keys.get(index)
            if keys:
                self._take(index, keys)
                above, leaving = self._last(keys, above), None
                continue
            if index in self.match.left:
                leaving = self.match.left[index]
                self.match.went.add(index)
                self.ledger.enter(paragraph.pieces, Fate.PLACED, f"{_name(leaving)} before it was moved")
                continue
            is_heading = paragraph.level and paragraph.new.strip() and not self._is_new(paragraph)
            if is_heading or paragraph.place.kind in ("note", "header"):
                above = leaving = None
            if above is not None:
                self.match.above[index] = above
            beside = self._take_details(index, paragraph)
            if paragraph.place.kind == "note" or not has_words(beside.pieces):
                continue
            if leaving is not None and _is_taken_out(beside.pieces):
                self.match.went.add(index)
                self.ledger.enter(beside.pieces, Fate.PLACED, f"went with {_name(leaving)}")
            else:
                self._take_loose(index, beside, above)
        for key, by in self.match.relocated.items():
            self.match.went.add(self.match.at[key])
            # what is new there is the text that was cut elsewhere
            self.match.texts[key] = list(_cut(self.match.texts[key], by))

    def _last(self, keys: Sequence[Key], above: Key | None) -> Key:
        """Return the last text of a paragraph; of a point that came from another action, the text above."""
        texts, key = self.known.texts, keys[-1]
        is_astray = above is not None and key[0] != above[0] and texts[key].kind.is_point
        return above if above and is_astray and is_action(texts[above]) else key

    def _is_new(self, paragraph: Paragraph) -> bool:
        """Return whether somebody wrote a paragraph, with tracking or without."""
        return not paragraph.old.strip() or self._is_typed(paragraph, line(paragraph))

    def _take(self, index: int, keys: Sequence[Key]) -> None:
        """Assign every piece of a paragraph to the text it stands in or beside."""
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
        if all(spot.key is None for spot in self.spots[index]) and not any(map(is_hidden, paragraph.pieces)):
            return paragraph
        beside: list[Piece] = []
        hidden: list[Piece] = []
        is_printed = self.lines[index] in self.printed
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
        """Return what somebody wrote beside a text, not what the template has there."""
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
        """Return whether the white space at which a text was split is gone from both halves."""
        whole, end = self.known.texts[key].text, before(kept)[:_SEAM]
        start = before(self.match.texts[key][-_SEAM:])[-_SEAM:]
        return f"{start}{end}" not in whole and f"{start} {end}" in whole

    def _take_loose(self, index: int, paragraph: Paragraph, above: Key | None) -> None:
        """Say what a paragraph is that holds no text of the plan."""
        words = self.lines[index] if paragraph is self.paragraphs[index] else line(paragraph)
        is_revised = any(piece.inserted or piece.deleted for piece in paragraph.pieces)
        made_by = _made_by(paragraph)
        if made_by:
            self.ledger.enter(paragraph.pieces, Fate.GENERATED, made_by)
        elif self._is_tail(index, paragraph) and above is not None:
            self._split_off(index, above, paragraph.pieces)
        elif not paragraph.old.strip():
            self._take_new(index, paragraph, above, clean(paragraph.new))
        elif index not in self.copied and not self._is_typed(paragraph, words):
            if is_revised:
                self._add(index, Origin.CHANGED, paragraph, above)
            else:
                self.ledger.enter(paragraph.pieces, Fate.GENERATED, "printed beside the texts")
        else:
            self._take_typed(index, paragraph, above, words)

    def _take_new(self, index: int, paragraph: Paragraph, above: Key | None, words: str) -> None:
        """Take a paragraph put in with tracking: a line that was moved with its text, or a new text."""
        by = self.match.relocated.get(above) if above else None
        came = self._printed_under(above, words) if above and by else ""
        if not above or not by or not came:
            self._add(index, Origin.NEW, paragraph, above)
            return
        self.match.came.setdefault(above[0], []).append(came)
        if words in self.printed:
            self.match.went.add(index)
            self.ledger.enter(paragraph.pieces, Fate.PLACED, f"moved with {_name(above)}")
        else:
            self._keep(Loose(index, Origin.CHANGED, tuple(_cut(paragraph.pieces, by)), above, by, came))

    def _take_typed(self, index: int, paragraph: Paragraph, above: Key | None, words: str) -> None:
        """Take a paragraph that the version did not print: one of its lines, changed, or a new one."""
        is_header = paragraph.place.kind == "header"
        forms = LineForms(self.match.under[index], words, kind=paragraph.place.kind)
        like = "" if index in self.copied else self.missing.nearest(forms)
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

    def _printed_under(self, above: Key, words: str) -> str:
        """Return the line printed under the same record that is most like some words; empty for none."""
        under = (each for each in self.printed.all if each.under and each.under[0] == above[0])
        forms = dict(enumerate(form for each in under for form in (each.whole, each.words) if form))
        share, at = max(((share, -at) for at, share in Bags(forms).like(words, LIKE_ENOUGH)), default=(0, 0))
        return forms[-at] if share else ""

    def _is_tail(self, index: int, paragraph: Paragraph) -> bool:
        """Return whether a paragraph is the second half of the text above it."""
        before_it = self.paragraphs[index - 1] if index else None
        return (
            before_it is not None
            and before_it.inserted is not None
            and bool(before_it.old.strip())
            and bool(self.match.keys.get(index - 1))
            and bool(paragraph.old.strip())
            and not paragraph.place.kind
        )

    def _is_typed(self, paragraph: Paragraph, words: str) -> bool:
        """Return whether a paragraph was written without tracking: no line of the version has its words."""
        if self.known.lines is not None:
            return bool(words) and words not in self.printed
        return paragraph.style in self.styles and not paragraph.place.kind

    def _add(
        self, index: int, origin: Origin, paragraph: Paragraph, above: Key | None, original: str = ""
    ) -> None:
        if origin is Origin.NEW and self._is_of_detail(index, paragraph):
            return
        self._keep(Loose(index, origin, paragraph.pieces, above, original=original))

    def _is_of_detail(self, index: int, beside: Paragraph) -> bool:
        """Add to a detail alone in its paragraph what was typed beside it; return whether it did."""
        spots, typed = self.spots[index], {piece.at for piece in beside.pieces}
        keys = {spot.key for spot in spots if spot.key}
        if len(keys) != 1 or index in self.copied:
            return False
        (key,) = keys
        if self.match.at.get(key) != index:
            return False
        pieces = (piece for spot in spots for piece in spot.pieces if spot.key or piece.at in typed)
        self.match.texts[key] = list(pieces)
        return True

    def _keep(self, loose: Loose) -> None:
        if len(self.match.loose) >= MOST_LOOSE:
            raise TooMuchError(f"more than {MOST_LOOSE} paragraphs belong to no text of the plan")
        self.match.loose.append(loose)


def _made_by(paragraph: Paragraph) -> str:
    """Return what a program makes a paragraph for: contents, an index; empty for what people write."""
    return paragraph.generated or ("contents" if paragraph.style.lower().startswith("toc") else "")


def _is_taken_out(pieces: Sequence[Piece]) -> bool:
    """Return whether all of it was there, and was taken out."""
    return all(each.inserted is None and (each.deleted or not each.text.strip()) for each in pieces)


def _cut(pieces: Iterable[Piece], by: Reviser) -> Iterator[Piece]:
    """Return what somebody cut elsewhere and put in again as if it had stood there."""
    for each in pieces:
        is_theirs = each.inserted is not None and each.inserted.author == by.author
        yield each._replace(inserted=None) if is_theirs else each


def _name(key: Key) -> str:
    """Name a text as people do: ``A-007.points.b``."""
    return ".".join(key)
