"""From a returned file to proposals: each tied to the words it changes, or kept with its place."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.amendments import ProposedPoint
from poa_toolkit.model.proposals import Proposal, Reviser
from poa_toolkit.model.texts import TextKind
from poa_toolkit.returned import manual_marks, signature
from poa_toolkit.returned.anchors import Anchors, is_action
from poa_toolkit.returned.beside_texts import Notes, Telling
from poa_toolkit.returned.comments import comment_proposals
from poa_toolkit.returned.ledger import Fate, Ledger
from poa_toolkit.returned.lost_controls import restored, with_details
from poa_toolkit.returned.match_result import Hidden, Known, Loose, Origin
from poa_toolkit.returned.matching import match
from poa_toolkit.returned.moves import moves, stands
from poa_toolkit.returned.new_texts import TOO_DEEP, Kinds, Placing, new_texts
from poa_toolkit.returned.own_revisions import MadeWith, settled
from poa_toolkit.returned.place_in_words import PlaceInWords
from poa_toolkit.returned.printed_texts import holders
from poa_toolkit.returned.pulled_file import Placed, Where, rejections
from poa_toolkit.returned.revisions import Revised, by_person
from poa_toolkit.returned.spelling import Spelling, with_holders
from poa_toolkit.returned.word_file import after, before
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.returned.anchors import Lines
    from poa_toolkit.returned.decisions import Settled
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.settled_words import Told
    from poa_toolkit.returned.word_file import Piece, Returned


def place(
    returned: Returned, known: Known, untracked: Reviser, settled_before: Settled | None = None
) -> Placed:
    """Turn every change and comment of a returned file into a proposal.

    `known` is the version that the file was made from; what was changed without tracking is by
    `untracked`. Of a file that printed proposals, `settled_before` is how they were taken out of it. The
    books of the file are closed: whatever has no fate by then is told.
    """
    ledger, told_before = _opened(returned, settled_before)
    anchors = Anchors(known.texts, returned.record)
    accepted = restored(returned, known.texts, anchors, known.makers)
    accepted = settled(accepted, MadeWith(known.texts, known.makers, known.lines, known.past), anchors)
    accepted = with_details(accepted, known.texts, anchors)
    anchors.unknown.clear()
    _enter_own(returned, accepted, ledger)
    there = manual_marks.struck(accepted, untracked)
    found = match(there, known, anchors, ledger, untracked)
    kinds = Kinds(there, found, known.texts)
    standing = tuple(stands(found, kinds.now(there, found, known.texts)))
    placing = Placing(
        there,
        known.texts,
        found,
        kinds,
        {each.key: each for each in standing},
        PlaceInWords(there, found, known.texts),
        untracked,
        _labels(known.lines),
    )
    every = (
        *((each.paragraph, each.proposal) for each in told_before),
        *_Proposals(placing, known.lines, ledger).run(),
    )
    proposals = list(_headers_once(sorted(every, key=lambda each: each[0]), there))
    own = [key for key, each in known.texts.items() if not each.is_detail]
    return Placed(
        tuple(each for _, each in proposals if not each.is_taken_back),
        tuple(each for _, each in proposals if each.is_taken_back),
        len(own),
        found.anchored,
        sum(not after(found.texts.get(key, ())).strip() for key in own if key not in found.joined),
        found.by_likeness,
        tuple(found.copies),
        tuple(sorted(anchors.unknown)),
        tuple(found.unlike),
        ledger,
    )


def with_ids(proposal: Proposal, references: CrossReferences) -> Proposal:
    """Return a proposal with the ids of holders in new texts, for the titles that somebody typed."""
    if proposal.kind is not AmendmentKind.ADD:
        return proposal
    points = (
        ProposedPoint(
            text=with_holders(each.text, references),
            points=tuple(with_holders(text, references) for text in each.points),
        )
        for each in proposal.points
    )
    return proposal._replace(proposed=with_holders(proposal.proposed, references), points=tuple(points))


def _opened(returned: Returned, settled_before: Settled | None) -> tuple[Ledger, tuple[Told, ...]]:
    """Open the books of a file; of one that printed proposals, with these, and with what was done in them."""
    if settled_before is None:
        return Ledger(returned), ()
    ledger = Ledger(settled_before.whole)
    ledger.enter(settled_before.left_out, Fate.GENERATED, "printed for the room")
    for each in settled_before.told:
        ledger.enter(each.pieces, Fate.TOLD, "a change of words that are only proposed")
    return ledger, settled_before.told


def _enter_own(returned: Returned, accepted: Returned, ledger: Ledger) -> None:
    """Enter as generated what the file went out with and what is passed over: our own redline's changes."""
    kept = {each.at for paragraph in accepted.paragraphs for each in paragraph.pieces}
    for paragraph in returned.paragraphs:
        gone = (each for each in paragraph.pieces if each.at not in kept)
        ledger.enter(gone, Fate.GENERATED, "a change that the file was made with")
    remarks = {each.at for each in accepted.remarks}
    gone_remarks = (each for each in returned.remarks if each.at not in remarks)
    ledger.enter(gone_remarks, Fate.GENERATED, "a remark that the file was made with")


def _headers_once(
    proposals: Iterable[tuple[int, Proposal]], returned: Returned
) -> Iterator[tuple[int, Proposal]]:
    """Tell an edit of the headers once: each section of a file has its own, saying the same.

    The numbers of their pages, and of all pages, may differ.
    """
    told: set[Proposal] = set()
    for index, proposal in proposals:
        if index < len(returned.paragraphs) and returned.paragraphs[index].place.kind == "header":
            written = (each for each in returned.paragraphs[index].pieces if not each.computed)
            words = repr([(each.text, each.inserted, each.deleted) for each in written])
            same = proposal._replace(edits=())
            if proposal.kind is AmendmentKind.TEXT:
                same = same._replace(original=words, proposed="")
            if same in told:
                continue
            told.add(same)
        yield index, proposal


class _Proposals:
    def __init__(self, placing: Placing, lines: Lines | None, ledger: Ledger) -> None:
        self.placing = placing
        self.returned, self.texts, self.match = placing.returned, placing.texts, placing.match
        self.untracked, self.context = placing.untracked, placing.context
        self.lines = lines
        self.ledger = ledger
        self.holders = holders(self.texts)
        self.removed: set[str] = set()
        self.went: set[int] = set(self.match.went)
        """The paragraphs that went with a text."""

    def run(self) -> Iterator[tuple[int, Proposal]]:
        """Return every proposal with the paragraph in which it stands."""
        last = 0
        for key, printed in self.texts.items():
            last = self.match.at.get(key, last)
            for proposal in self._of_text(key, printed):
                yield last, proposal
        yield from self._lost_on_the_way()
        standing = tuple(self.placing.standing.values())
        for key, proposal in moves(self.match, self.texts, standing, self.untracked):
            yield self.match.at[key], proposal
        changed = tuple(self._all_changed())
        yield from self._new()
        yield from changed
        yield from self.notes.proposals()
        telling = Telling(self.placing, self.notes, self.ledger, self.removed)
        yield from telling.proposals()
        yield from comment_proposals(self.placing)
        self.ledger.enter(self.returned.remarks, Fate.TOLD, "a comment")
        yield from telling.rest()

    # --- texts of the plan ---

    def _of_text(self, key: Key, printed: Printed) -> Iterator[Proposal]:
        every = self.match.texts.get(key, [])
        self.ledger.enter(every, Fate.PLACED, f"{'.'.join(key)}")
        found = manual_marks.untangled(printed.text, every, self.untracked)
        pieces = found.pieces
        index = self.match.at.get(key, -1)
        for words, is_new in ((found.hidden, True), (found.made_hidden, False)):
            if words:
                self.match.hidden.append(Hidden(index, key, words, is_new))
        by = self.match.joined.get(key)
        if by is not None:
            yield self._removal(key, printed, by, "joined to the paragraph before it")
        elif not after(pieces).strip():
            yield from self._emptied(key, printed, pieces)
        elif _came_along(printed, pieces):
            return
        else:
            untracked = self.match.relocated.get(key, self.untracked)
            for revised in by_person(printed.text, printed.spelling, pieces, untracked):
                yield self._rewording(key, printed, revised, _struck(pieces, revised.by))
            yield from self._other_kind(key, printed, index)
        yield from rejections(pieces, Where(*key))

    def _rewording(self, key: Key, printed: Printed, revised: Revised, comment: str) -> Proposal:
        if not revised.proposed:
            return self._removal(key, printed, revised.by, comment)
        return Proposal(
            AmendmentKind.TEXT,
            revised.by,
            *key,
            original=printed.source,
            proposed=revised.proposed,
            edits=revised.edits,
            comment=comment,
        )

    def _emptied(self, key: Key, printed: Printed, pieces: Sequence[Piece]) -> Iterator[Proposal]:
        """Return the removal of a text of which no word is left."""
        if printed.is_detail and (not pieces or self._is_emptied((key[0], "text"))):
            return  # the line it stood in says so, if it is there; or it goes with its action
        if printed.is_detail and any(printed.text in each for each in self.match.came.get(key[0], ())):
            return  # the line was moved with its action, and what changed in it is told
        if any(self._is_emptied(each) for each in self._above(key)):
            return
        gone = [piece for piece in pieces if piece.deleted and not piece.inserted]
        people = dict.fromkeys(piece.deleted for piece in gone if piece.deleted)
        first = next(iter(people), self.untracked)
        comment = _struck(pieces, first) if pieces else "its text and its control are gone"
        yield self._removal(key, printed, first._replace(at=""), comment)

    def _above(self, key: Key) -> Iterator[Key]:
        """Return what a point stands under, and what that stands under."""
        while key in self.holders:
            key = self.holders[key]
            yield key

    def _is_emptied(self, key: Key) -> bool:
        """Return whether a whole action or point is gone, what stands under it too."""
        mine = (key, *(each for each in self.holders if key in self._above(each)))
        return all(not after(self.match.texts.get(each, ())).strip() for each in mine)

    def _removal(self, key: Key, printed: Printed, by: Reviser, comment: str = "") -> Proposal:
        """Propose to take out an action or a point; what cannot be taken out so is kept as unplaced."""
        proposal = Proposal(AmendmentKind.REMOVE, by, *key, original=printed.source, comment=comment)
        if printed.kind is TextKind.ACTION:
            if self._is_emptied(key) or key in self.match.joined:
                self.removed.add(key[0])
                return proposal
            context = "all of its text is taken out, and its points stay"
        elif printed.kind is TextKind.POINT and not self._is_emptied(key) and key not in self.match.joined:
            context = "all of its text is taken out, and its sub-points stay"
        elif printed.kind in (TextKind.TITLE, TextKind.DETAIL, TextKind.HEAD):
            what = "heading" if printed.kind is TextKind.TITLE else key[1]
            context = f"the whole {what} is taken out"
        else:
            return proposal
        return proposal._replace(context=context, is_placed=False)

    def _other_kind(self, key: Key, printed: Printed, index: int) -> Iterator[Proposal]:
        """Tell where a point was made to look like an action, or an action like a point.

        A point that became a sub-point, or the contrary, was moved.
        """
        if index < 0 or not is_action(printed):
            return
        paragraph = self.returned.paragraphs[index]
        if printed.kind.is_point and self.placing.kinds.is_too_deep(paragraph):
            yield Proposal(AmendmentKind.COMMENT, self.untracked, *key, comment=f"It {TOO_DEEP}")
        now = self.placing.kinds.differs(paragraph, printed.kind)
        if now in _A and not (now.is_point and printed.kind.is_point):
            said = f"It looks like {_A[now]} now, and no longer like {_A[printed.kind]}"
            style = f" (style “{clean(paragraph.style)}”)" if paragraph.style else ""
            yield Proposal(AmendmentKind.COMMENT, self.untracked, *key, comment=f"{said}{style}")

    def _lost_on_the_way(self) -> Iterator[tuple[int, Proposal]]:
        """Tell what was put into a text that was moved, and is not there where it stands now."""
        for index, key in self.match.left.items():
            there = clean("".join(each.text for each in self.match.texts.get(key, ())))
            pieces = self.returned.paragraphs[index].pieces
            gone = [each for each in pieces if each.inserted and clean(each.text) not in there]
            yield from ((index, each) for each in rejections(gone, Where(*key)))

    # --- what stands in no text ---

    def _all_changed(self) -> Iterator[tuple[int, Proposal]]:
        """Return the changes of printed lines; the cells of a row that somebody took out are one."""
        lines = (each for each in self.match.loose if each.origin is Origin.CHANGED)
        told = ((each.paragraph, proposal) for each in lines for proposal in self._changed(each))
        for row, group in groupby(told, self._row_taken_out):
            (index, first), *others = group
            if row and others:
                words = "\n".join((first.original, *(each.original for _, each in others)))
                yield index, first._replace(kind=AmendmentKind.REMOVE, original=words)
            else:
                yield from ((index, first), *others)

    def _row_taken_out(self, told: tuple[int, Proposal]) -> tuple[object, ...]:
        """Return the row of a cell that was taken out, and who did it; empty for any other change."""
        index, proposal = told
        cell = self.returned.paragraphs[index].place.cell
        is_gone = proposal.kind is AmendmentKind.TEXT and not proposal.proposed
        return (cell.table, cell.row, proposal.by.author) if cell and is_gone else ()

    def _changed(self, loose: Loose) -> Iterator[Proposal]:
        """Return the changes of a line that the toolkit printed; it goes with the action that is removed."""
        if loose.after and loose.after[0] in self.removed and not after(loose.pieces).strip():
            yield from rejections(loose.pieces, Where(context=self.context.of(loose.paragraph)))
            self.went.add(loose.paragraph)
            self.ledger.enter(loose.pieces, Fate.PLACED, f"went with {loose.after[0]}")
            return
        printed = loose.original or before(loose.pieces)
        context = self.context.of(loose.paragraph)
        self.ledger.enter(loose.pieces, Fate.TOLD, "a printed line, changed")
        for revised in by_person(printed, Spelling(printed), loose.pieces, loose.by or self.untracked):
            yield Proposal(
                AmendmentKind.TEXT,
                revised.by,
                original=clean(printed),
                proposed=revised.proposed,
                comment=_struck(loose.pieces, revised.by),
                context=context,
                is_placed=False,
            )
        yield from rejections(loose.pieces, Where(context=context))

    def _new(self) -> Iterator[tuple[int, Proposal]]:
        """Return the new texts, each with the notes that it calls."""
        self.notes = Notes(self.placing, self.ledger, self.lines, self.went, self.removed)
        for proposal, paragraphs in new_texts(self.placing):
            notes = self.notes.of_new({each.paragraph for each in paragraphs}, proposal.by)
            comment = "; ".join(filter(None, (proposal.comment, notes)))
            fate = Fate.PLACED if proposal.is_placed else Fate.TOLD
            for each in paragraphs:
                self.ledger.enter(each.pieces, fate, "a new text")
            if proposal.proposed or comment:
                yield paragraphs[0].paragraph, proposal._replace(comment=comment)


def _labels(lines: Lines | None) -> frozenset[str]:
    """Return what lines under actions begin with, or what stands in them behind a mark, up to the colon."""
    under = (each for each in (lines.all if lines else ()) if each.under and not each.kind)
    parts = (part for each in under for part in signature.PARTED.split(each.whole or each.words))
    return frozenset(part.partition(":")[0].strip().lower() for part in parts if ":" in part)


_A = {TextKind.ACTION: "an action", TextKind.POINT: "a point", TextKind.SUBPOINT: "a sub-point"}


def _came_along(printed: Printed, pieces: Sequence[Piece]) -> bool:
    """Return whether a detail stands in a line that was cut and put in again with its action."""
    is_new = printed.is_detail and not before(pieces).strip()
    return is_new and clean(after(pieces)) == clean(printed.text)


def _struck(pieces: Sequence[Piece], by: Reviser) -> str:
    """Say that words were struck through by hand, where they were and that person did it."""
    mine = (each.deleted for each in pieces if manual_marks.is_struck(each) and not each.inserted)
    return manual_marks.STRUCK if any(each and each.author == by.author for each in mine) else ""
