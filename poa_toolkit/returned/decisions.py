"""What was decided in Word on the proposals that a file prints, and the file without them.

A proposal is accepted where all of its revisions were, rejected where all of them were. Whatever is
neither is told, and never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned import signature
from poa_toolkit.returned.decided_words import Fate, Steps, decided
from poa_toolkit.returned.printed_proposals import amendment_of
from poa_toolkit.returned.settled_words import SettledText, Spot, Told, settled_text
from poa_toolkit.returned.word_file import Piece, is_detail
from poa_toolkit.text.white_space import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.decided_words import DecidedText
    from poa_toolkit.returned.printed_proposals import MarkedText, Printing
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Graphic, Paragraph, Record, Returned, WordComment


class Outcome(StrEnum):
    """What a file says of an amendment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PARTLY = "partly"
    """Some of its revisions were accepted or rejected, and others not."""
    UNCLEAR = "unclear"
    """Its words were changed otherwise, or went with another amendment, so that nobody can tell."""


_TAKES_OUT = ("remove", "move")
_OF_FATES = {Fate.OPEN: Outcome.OPEN, Fate.ACCEPTED: Outcome.ACCEPTED, Fate.REJECTED: Outcome.REJECTED}


class Settled(NamedTuple):
    """A file as if no proposal had been printed in it, but for those that are adopted."""

    returned: Returned
    whole: Returned
    """The file as it came."""
    left_out: tuple[Piece | Graphic | WordComment, ...]
    """What was left out, for the ledger."""
    told: tuple[Told, ...]
    absent: frozenset[Key]
    """The texts that the file has no more, because a proposal to take them out or move them was accepted."""
    gone: frozenset[str]
    """The records whose own text it has no more, for the same reason, or because that is adopted."""

    def lacks(self, key: Key) -> bool:
        """Return whether a text went with a proposal."""
        return key in self.absent or key[0] in self.gone


class Decisions:
    """Reads the decisions of one file."""

    def __init__(self, returned: Returned, printing: Printing) -> None:
        self.returned = returned
        self.printing = printing
        self._marks = {(each.by, each.at) for text in printing.texts for each in text.stretches if each.by}
        self._marks |= {(text.by, text.at) for text in printing.texts if text.by}
        self._spots = self._found()
        self._texts: dict[str, DecidedText | None] = {}
        steps = Steps()
        for text in printing.texts:
            pieces = [self._piece(each) for each in self._spots[text.tag]]
            is_lost = not pieces and self._is_elsewhere(text)
            self._texts[text.tag] = None if is_lost else decided(text, pieces, steps)
        self.outcomes = {each.id: self._outcome(each.id) for each in printing.proposals}

    def _piece(self, spot: Spot) -> Piece:
        return self.returned.paragraphs[spot.paragraph].pieces[spot.step]

    def _found(self) -> defaultdict[str, list[Spot]]:
        """Return the pieces of each text with proposals: by its control, else by its bookmark."""
        tags = {each.tag for each in self.printing.texts}
        bookmarks = {each.bookmark.lower(): each.tag for each in self.printing.texts if each.bookmark}
        found: defaultdict[str, list[Spot]] = defaultdict(list)
        for index, paragraph in enumerate(self.returned.paragraphs):
            for step, piece in enumerate(paragraph.pieces):
                named = (bookmarks.get(name.lower(), "") for name in reversed(piece.bookmarks))
                tag = piece.control if piece.control in tags else next(filter(None, named), "")
                if tag:
                    found[tag].append(Spot(index, step))
        return found

    def _is_elsewhere(self, text: MarkedText) -> bool:
        """Return whether the words of a text stand where nothing says that they are its."""
        if is_detail(text.tag):
            return False  # it has no paragraph to itself
        words = {squeezed("".join(each.words for each in text.stretches if not each.came))}
        words.add(squeezed("".join(each.words for each in text.stretches)))
        return any(
            squeezed("".join(each.text for each in paragraph.pieces)) in words - {""}
            for paragraph in self.returned.paragraphs
            if not any(each.control or each.bookmarks for each in paragraph.pieces)
        )

    def _outcome(self, amendment: str) -> Outcome:
        """Return what all texts together say of an amendment."""
        certain: set[Fate] = set()
        possible = set(Fate)
        for text in self.printing.texts:
            if not any(amendment in (*each.gone, each.came) for each in text.stretches):
                continue
            read = self._texts[text.tag]
            if read is None or self._went(text, amendment):
                return Outcome.UNCLEAR
            fates = read.fates.get(amendment, frozenset((None,)))
            known = {each for each in fates if each is not None}
            if len(known) > 1 and not read.is_whole:
                return Outcome.PARTLY
            if len(fates) == 1:
                certain |= known
            if None not in fates:
                possible &= known
        if len(certain) > 1:
            return Outcome.PARTLY
        return _OF_FATES[certain.pop()] if certain and certain <= possible else Outcome.UNCLEAR

    def _went(self, text: MarkedText, amendment: str) -> bool:
        """Return whether a text is gone with another amendment, and nothing is left to say of this one."""
        if self._spots[text.tag]:
            return False
        standing = [each for each in text.stretches if not each.came]
        return bool(standing) and not all(amendment in each.gone for each in standing)

    # --- the file without the proposals ---

    def settled(
        self, adopted: AbstractSet[str], tags: Mapping[str, str], words: Mapping[str, str]
    ) -> Settled:
        """Return the file as if only those `adopted` had been written into it.

        `tags` give the controls of their new paragraphs the names of what these became, `words` what these
        say where another that is adopted has reworded them.
        """
        return _Settling(self, adopted, tags, words).run()

    def text(self, tag: str) -> DecidedText | None:
        """Return what was read of a text with proposals; None where no way leads to its words."""
        return self._texts.get(tag)

    def pieces(self, tag: str) -> list[tuple[Spot, Piece]]:
        """Return the pieces of a text with proposals."""
        return [(each, self._piece(each)) for each in self._spots[tag]]

    def is_left_over(self, text: MarkedText) -> bool:
        """Return whether a text is gone, and what another put into it stands in the next paragraph.

        Word leaves it there where a proposal to take the text out was accepted, and one for other words too.
        """
        takers = (each.id for each in self.printing.proposals if each.kind in _TAKES_OUT)
        standing = [each for each in text.stretches if not each.came]
        if not standing or not any(all(one in each.gone for each in standing) for one in takers):
            return False
        spots = self._spots[text.tag]
        return any(
            (piece.control and piece.control != text.tag)
            or (piece.bookmarks and text.bookmark not in piece.bookmarks)
            for index in {each.paragraph for each in spots}
            for piece in self.returned.paragraphs[index].pieces
        )

    def is_printed(self, by: Reviser | None) -> bool:
        """Return whether a revision is one that the file was made with."""
        return by is not None and (by.author, by.at) in self._marks


class _Settling:
    def __init__(
        self,
        decisions: Decisions,
        adopted: AbstractSet[str],
        tags: Mapping[str, str],
        words: Mapping[str, str],
    ) -> None:
        self.decisions = decisions
        self.returned = decisions.returned
        self.printing = decisions.printing
        self.adopted = adopted
        self.tags = tags
        self.words = words
        self.pieces = [list(each.pieces) for each in self.returned.paragraphs]
        self.told: list[Told] = []
        self.absent: set[Key] = set()
        self.kept = {signature.key(each) for each in tags.values()}
        kept = {record for record, _ in self.kept}
        taken_out = (
            signature.key(text.tag)
            for text in self.printing.texts
            if not any(words_with(text, adopted)) and any(not each.came for each in text.stretches)
        )
        self.gone = {record for record, field in taken_out if field == "text"} - kept
        """The records that went, by a proposal that is adopted or not; annexes still name them."""
        for text in self.printing.texts:
            key = signature.key(text.tag)
            is_there = decisions.pieces(text.tag) and not decisions.is_left_over(text)
            if not is_there and any(words_with(text, adopted)) and not amendment_of(key[0]):
                self.absent.add(key)
        self.left_over = {key for key in self.absent if key in self.kept}
        self.absent -= self.left_over
        self.gone |= {record for record, field in self.absent if field == "text"}

    def run(self) -> Settled:
        done: set[Spot] = set()
        written: dict[int, dict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
        for text in self.printing.texts:
            spots = self.decisions.pieces(text.tag)
            read = self.decisions.text(text.tag)
            if not spots or read is None:
                continue
            done |= {spot for spot, _ in spots}
            control = self.tags.get(text.tag, text.tag)
            made = settled_text(text, read, spots, self.adopted, control)
            made = self._reworded(text, made)
            is_lost = signature.key(text.tag) in self.absent | self.left_over
            for paragraph, piece in () if is_lost else made.pieces:
                steps = [spot.step for spot, _ in spots if spot.paragraph == paragraph]
                written[paragraph][min(steps)].append(piece)
            self.told += made.told
        lines = set(map(squeezed, self.printing.lines))
        notes = self._new_notes()
        paragraphs = tuple(
            each._replace(pieces=())
            if each.note in notes or (index < _COVER and squeezed(each.old) in lines)
            else self._paragraph(index, each, done, written[index])
            for index, each in enumerate(self.returned.paragraphs)
        )
        remarks = tuple(self._remarks())
        made_of = self.returned._replace(paragraphs=paragraphs, remarks=remarks, record=self._record())
        told = {piece.at for each in self.told for piece in each.pieces}
        gone = (each for each in _left_out(self.returned, made_of) if each.at not in told)
        absent = frozenset(self.absent), frozenset(self.gone)
        return Settled(made_of, self.returned, tuple(gone), tuple(self.told), *absent)

    def _reworded(self, text: MarkedText, made: SettledText) -> SettledText:
        """Return a new paragraph in the words it has now, where nobody has changed it in the file."""
        words = self.words.get(text.tag)
        is_as_printed = "".join(each.text for _, each in made.pieces) == "".join(
            words_with(text, self.adopted)
        )
        is_untouched = not any(each.inserted or each.deleted for _, each in made.pieces)
        if words is None or not made.pieces or not (is_as_printed and is_untouched):
            return made
        paragraph, piece = made.pieces[0]
        return made._replace(pieces=((paragraph, Piece(words, control=piece.control)),))

    def _paragraph(
        self,
        index: int,
        paragraph: Paragraph,
        done: AbstractSet[Spot],
        written: Mapping[int, Sequence[Piece]],
    ) -> Paragraph:
        is_printed = self.decisions.is_printed
        pieces: list[Piece] = []
        for step, piece in enumerate(paragraph.pieces):
            pieces += written.get(step, ())
            if Spot(index, step) in done or is_printed(piece.inserted):
                continue
            deleted = None if is_printed(piece.deleted) else piece.deleted
            pieces.append(self._renamed(piece)._replace(deleted=deleted))
        calls = (each for each in paragraph.calls if not is_printed(each.inserted))
        graphics = (each for each in paragraph.graphics if not is_printed(each.inserted))
        return paragraph._replace(
            pieces=tuple(pieces),
            calls=tuple(each._replace(deleted=None) if is_printed(each.deleted) else each for each in calls),
            graphics=tuple(
                each._replace(deleted=None) if is_printed(each.deleted) else each for each in graphics
            ),
            inserted=None if is_printed(paragraph.inserted) else paragraph.inserted,
            deleted=None if is_printed(paragraph.deleted) else paragraph.deleted,
        )

    def _new_notes(self) -> set[str]:
        """Return the notes that are called by nothing but what is only proposed."""
        calls = [call for each in self.returned.paragraphs for call in each.calls]
        new = {call.note for call in calls if self.decisions.is_printed(call.inserted)}
        return new - {call.note for call in calls if not self.decisions.is_printed(call.inserted)}

    def _renamed(self, piece: Piece) -> Piece:
        """Return a piece under the name of what its amendment became; without one where that is nothing."""
        record, _ = signature.key(piece.control)
        if record in self.gone:
            return piece._replace(control="")
        if not amendment_of(record):
            return piece
        return piece._replace(control=self.tags.get(piece.control, ""))

    def _remarks(self) -> Iterator[WordComment]:
        """Return the comments that the file was not made with."""
        printed = [(each.by, squeezed(each.text)) for each in self.printing.remarks]
        for each in self.returned.remarks:
            name = each.by.author, squeezed(each.text)
            if each.by.author == signature.TOOLKIT:
                continue
            if name in printed:
                printed.remove(name)
                continue
            yield each

    def _record(self) -> Record | None:
        """Return what the file keeps of its texts, each as the proposals that are adopted have it."""
        record = self.returned.record
        if record is None:
            return None
        marked = {text.tag: text for text in self.printing.texts}
        texts = []
        for each in record.texts:
            if each.record in self.gone:
                continue
            text = marked.get(signature.tag(each.record, each.field))
            words = each.text if text is None else "".join(words_with(text, self.adopted))
            if words == each.text:
                texts.append(each)
            elif words:
                texts.append(each._replace(text=words, source=""))
        return record._replace(texts=tuple(texts), proposals=None)


_COVER = 200
"""The paragraphs among which the cover stands; a table of proposers may be long."""


def words_with(text: MarkedText, adopted: AbstractSet[str]) -> Iterator[str]:
    """Return the words of a text with some proposals adopted."""
    for each in text.stretches:
        if each.came in adopted or (not each.came and not adopted & {*each.gone}):
            yield each.words


def _left_out(before: Returned, after: Returned) -> Iterator[Piece | Graphic | WordComment]:
    """Return what a file had that it has not any more."""
    kept = bytearray(before.length)
    for paragraph in after.paragraphs:
        for piece in paragraph.pieces:
            if piece.at >= 0:
                kept[piece.at : piece.at + len(piece.text)] = b"\1" * len(piece.text)
    for paragraph in before.paragraphs:
        for piece in paragraph.pieces:
            yield from _uncovered(piece, kept)
    remarks = {each.at for each in after.remarks}
    yield from (each for each in before.remarks if each.at not in remarks)
    graphics = {each.at for paragraph in after.paragraphs for each in paragraph.graphics}
    yield from (
        each for paragraph in before.paragraphs for each in paragraph.graphics if each.at not in graphics
    )


def _uncovered(piece: Piece, kept: bytearray) -> Iterator[Piece]:
    start = 0
    while piece.at >= 0 and start < len(piece.text):
        end = start
        while end < len(piece.text) and not kept[piece.at + end]:
            end += 1
        if end > start:
            yield piece._replace(text=piece.text[start:end], at=piece.at + start)
        start = end + 1
