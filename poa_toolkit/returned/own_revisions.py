"""The revisions that a redline went out with are no edits of whoever returns it: they are accepted first."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.signature import TOOLKIT, is_moment
from poa_toolkit.returned.word_file import Look, after, before
from poa_toolkit.text.white_space import clean, squeezed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from poa_toolkit.model import Amendment, Plan
    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.anchors import Anchors
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Paragraph, Piece, Returned

_MOST_WAYS = 256
"""Of more ways to come from the pieces to a text than these, the best are followed."""
_NUMBER = re.compile(r"\A\(?(?:[0-9]{1,6}|[a-z]{1,2}|[IVXLC]{1,9})[.)]")
_A_DAY = timedelta(days=1)
"""By which a moment may be off that was moved to another time zone."""


class Makers(NamedTuple):
    """Under which names, and on which days, the toolkit revises a text and remarks on it."""

    own: frozenset[str] = frozenset((TOOLKIT,))
    """Its own name and those of stages: nobody else bears them."""
    days: Mapping[str, frozenset[date]] = {}
    """The days that it writes after a name: when a stage ended, when an amendment was adopted."""

    def made(self, by: Reviser) -> bool:
        """Return whether a revision is surely one of the toolkit's by who made it and when."""
        if by.author == TOOLKIT:
            return True
        if by.author not in self.own and by.author not in self.days:
            return False
        if is_moment(by.at) and (by.author in self.own or by.day in self.days[by.author]):
            return True
        if by.author not in self.own:
            # a person may have worked on that very day; what was rewritten is known by its effect
            return False
        days = self.days.get(by.author, frozenset())
        return by.day is None or any(abs(by.day - day) <= _A_DAY for day in days)


def makers(plans: Iterable[Plan], amendments: Iterable[Amendment] = ()) -> Makers:
    """Return names and days that redlines of some versions bear: of their stages, of adopted amendments."""
    days: dict[str, set[date]] = {}
    own = {TOOLKIT}
    for plan in plans:
        for stage in plan.stages:
            for name in filter(None, (stage.id, stage.title)):
                own.add(name)
                days.setdefault(name, set()).add(stage.date)
    for each in amendments:
        if each.is_adopted:
            days.setdefault(each.proposer, set()).add(each.decided or each.date)
    return Makers(frozenset(own), {name: frozenset(found) for name, found in days.items()})


class MadeWith(NamedTuple):
    """What a file was made with, as far as that is known."""

    texts: Mapping[Key, Printed]
    makers: Makers = Makers()
    lines: Container[str] | None = None
    """The lines that the version prints beside the texts."""
    past: frozenset[str] = frozenset()
    """What the older version of a redline said, squeezed; a redline for the eye shows it struck through."""


def settled(returned: Returned, made: MadeWith, anchors: Anchors) -> Returned:
    """Accept the revisions that the file was made with, and leave the comments out that it was made with.

    They are known by their effect, piece by piece: with them accepted and all others rejected, a text
    is what was printed. Where somebody typed without tracking too, and outside of the texts, they are
    known by who made them and when, or by somebody whose revisions of texts are all known to be so.
    """
    return _OwnRevisions(returned, made, anchors).run()


class _Mine(NamedTuple):
    """Which halves of the history of a piece the file was made with."""

    inserted: bool
    deleted: bool


class _OwnRevisions:
    def __init__(self, returned: Returned, made: MadeWith, anchors: Anchors) -> None:
        self.returned = returned
        self.texts = made.texts
        self.anchors = anchors
        self.lines: Container[str] = made.lines if made.lines is not None else frozenset()
        self.past = made.past
        self.certain = {by for by in dict.fromkeys(_people(returned)) if made.makers.made(by)}
        self.own = set(self.certain)

    def run(self) -> Returned:
        places = self._places()
        known: dict[tuple[int, int], _Mine] = {}
        seams: dict[tuple[int, int], Piece] = {}
        for key, at in places.items():
            pieces = [self.returned.paragraphs[index].pieces[step] for index, step in at]
            struck = frozenset(each.at for each in pieces if self._may_be_of_the_past(each))
            ways = _ways(pieces, self.texts[key].text, self.certain, struck)
            if ways is not None:
                known |= dict(zip(at, ways, strict=True))
                mended = _with_spaces(pieces, ways, self.texts[key].text)
                seams |= {place: mended[step] for step, place in enumerate(at) if step in mended}
        self._judge(known)
        paragraphs = tuple(
            self._paragraph(index, _with(index, paragraph, seams) if seams else paragraph, known)
            for index, paragraph in enumerate(self.returned.paragraphs)
        )
        gone = self._gone_notes()
        paragraphs = tuple(each._replace(pieces=()) if each.note in gone else each for each in paragraphs)
        remarks = tuple(each for each in self.returned.remarks if each.by not in self.certain)
        return self.returned._replace(paragraphs=paragraphs, remarks=remarks)

    def _gone_notes(self) -> set[str]:
        """Return the notes all of whose calls went with what the file was made with."""
        calls = [call for each in self.returned.paragraphs for call in each.calls]
        gone = {call.note for call in calls if call.deleted in self.own}
        return gone - {call.note for call in calls if call.deleted not in self.own}

    def _places(self) -> dict[Key, list[tuple[int, int]]]:
        """Return the pieces of each text that was revised, by paragraph and place in it."""
        if not any(self._is_revised(piece) for each in self.returned.paragraphs for piece in each.pieces):
            return {}
        found: dict[Key, list[tuple[int, int]]] = {}
        revised: set[Key] = set()
        for index, paragraph in enumerate(self.returned.paragraphs):
            for step, piece in enumerate(paragraph.pieces):
                key = self.anchors.key(piece)
                if key is not None:
                    found.setdefault(key, []).append((index, step))
                    if self._is_revised(piece):
                        revised.add(key)
        return {key: at for key, at in found.items() if key in revised}

    def _is_revised(self, piece: Piece) -> bool:
        return bool(piece.inserted or piece.deleted) or self._may_be_of_the_past(piece)

    def _may_be_of_the_past(self, piece: Piece) -> bool:
        """Return whether a piece may be what the older version alone said, as in a redline for the eye."""
        return bool(self.past) and Look.STRUCK in piece.looks

    def _judge(self, known: Mapping[tuple[int, int], _Mine]) -> None:
        """Find those all of whose revisions of texts are ones the file was made with."""
        mine: Counter[Reviser] = Counter()
        others: Counter[Reviser] = Counter()
        for (index, step), way in known.items():
            piece = self.returned.paragraphs[index].pieces[step]
            if not piece.text.strip():
                continue
            for by, is_mine in ((piece.inserted, way.inserted), (piece.deleted, way.deleted)):
                if by is not None:
                    (mine if is_mine else others)[by] += 1
        self.own |= {by for by in mine if by not in others}

    def _paragraph(
        self, index: int, paragraph: Paragraph, known: Mapping[tuple[int, int], _Mine]
    ) -> Paragraph:
        if paragraph.note and self._was_a_note(paragraph):
            return paragraph._replace(pieces=())
        if not paragraph.inserted and not paragraph.deleted and not _is_revised(paragraph.pieces):
            return paragraph
        own, struck = self.own, False
        if not any((index, step) in known for step in range(len(paragraph.pieces))):
            own = own | self._by_line(paragraph)
            struck = self._is_struck_out(paragraph)
        pieces = (
            _accepted(piece, known.get((index, step)) or self._mine(piece, own, struck=struck))
            for step, piece in enumerate(paragraph.pieces)
        )
        calls = (each for each in paragraph.calls if each.deleted not in own)
        graphics = (each for each in paragraph.graphics if each.deleted not in own)
        return paragraph._replace(
            pieces=tuple(piece for piece in pieces if piece is not None),
            calls=tuple(each._replace(inserted=None) if each.inserted in own else each for each in calls),
            graphics=tuple(
                each._replace(inserted=None) if each.inserted in own else each for each in graphics
            ),
            inserted=None if paragraph.inserted in own else paragraph.inserted,
            deleted=None if paragraph.deleted in own else paragraph.deleted,
        )

    def _mine(self, piece: Piece, own: AbstractSet[Reviser], *, struck: bool) -> _Mine:
        is_struck = struck and Look.STRUCK in piece.looks and piece.deleted is None
        return _Mine(piece.inserted in own, piece.deleted in own or is_struck)

    def _was_a_note(self, paragraph: Paragraph) -> bool:
        """Return whether a note is one that only the older version of a redline had."""
        if not self.past:
            return False
        words = clean(before(paragraph.pieces))
        is_old = squeezed(words) in self.past and words not in self.lines
        return is_old and not _is_revised(paragraph.pieces)

    def _is_struck_out(self, paragraph: Paragraph) -> bool:
        """Return whether a line is what was printed once what is struck through is left out of it.

        Programs that know no styles keep no more than that of a redline for the eye.
        """
        pieces = [each for each in paragraph.pieces if not each.computed]
        kept = [each for each in pieces if Look.STRUCK not in each.looks]
        if not self.past or len(kept) == len(pieces):
            return False
        now, then = clean(before(kept)), clean(before(pieces))
        if now:
            return now in self.lines and then not in self.lines
        tight = squeezed(then)
        return tight in self.past or _NUMBER.sub("", tight, count=1) in self.past

    def _by_line(self, paragraph: Paragraph) -> set[Reviser]:
        """Return whose revisions make a line what the version prints, where it was not that before."""
        pieces = [each for each in paragraph.pieces if not each.computed]
        now = clean(after(pieces))
        if not now or now not in self.lines or clean(before(pieces)) in self.lines:
            return set()
        return {by for piece in pieces for by in (piece.inserted, piece.deleted) if by}


def _ways(
    pieces: Sequence[Piece], printed: str, certain: AbstractSet[Reviser], struck: AbstractSet[int]
) -> tuple[_Mine, ...] | None:
    """Return which revisions to accept, all others rejected, so that the pieces say what was printed.

    Of several ways that with the fewest surprises: revisions of those who are `certain` are accepted, of
    all others rejected. What is `struck` through may be ours too. White space does not count. None where
    there is no way.
    """
    goal = squeezed(printed)
    # by how much of the text is written: the surprises so far, and the choices that led there
    ways: dict[int, tuple[int, _Chain]] = {0: (0, None)}
    for piece in pieces:
        words = squeezed(piece.text)
        following: dict[int, tuple[int, _Chain]] = {}
        for at, (surprises, chain) in ways.items():
            for mine, is_there in _choices(piece, may_go=piece.at in struck):
                end = at + len(words) if is_there else at
                if is_there and not goal.startswith(words, at):
                    continue
                cost = surprises + _surprise(piece, mine, certain)
                if end not in following or cost < following[end][0]:
                    following[end] = (cost, (mine, chain))
        if len(following) > _MOST_WAYS:
            best = sorted(following.items(), key=lambda each: (each[1][0], each[0]))
            following = dict(best[:_MOST_WAYS])
        ways = following
    if len(goal) not in ways:
        return None
    found: list[_Mine] = []
    chain = ways[len(goal)][1]
    while chain is not None:
        mine, chain = chain
        found.append(mine)
    return tuple(reversed(found))


def _with_spaces(pieces: Sequence[Piece], ways: Sequence[_Mine], printed: str) -> dict[int, Piece]:
    """Return the pieces whose white space a converter changed where they meet what was revised.

    They are given by their number, with the white space that was printed there.
    """
    mended: dict[int, Piece] = {}
    last, is_seam, done = -1, False, 0
    gaps = _gaps(printed)
    for step, (piece, mine) in enumerate(zip(pieces, ways, strict=True)):
        is_printed = (piece.inserted is None or mine.inserted) and not mine.deleted
        if not is_printed:
            # what somebody else wrote there has its own white space
            is_seam, last = (True, last) if mine.deleted else (False, -1)
            continue
        words = piece.text.strip()
        if not words:
            is_seam = is_seam or mine.inserted
            continue
        if last >= 0 and (is_seam or mine.inserted or ways[last].inserted):
            left, gap = mended.get(last, pieces[last]), gaps[done]
            start = len(piece.text) - len(piece.text.lstrip())
            between = "".join(each.text for each in pieces[last + 1 : step] if each.text.isspace())
            if left.text[len(left.text.rstrip()) :] + between + piece.text[:start] != gap:
                mended[last] = left._replace(text=left.text.rstrip() + gap)
                mended |= {
                    each: pieces[each]._replace(text="")
                    for each in range(last + 1, step)
                    if pieces[each].text.isspace()
                }
                at = piece.at + start if piece.at >= 0 else -1
                mended[step] = piece._replace(text=piece.text[start:], at=at)
        done += len(squeezed(words))
        last, is_seam = step, False
    return mended


def _gaps(text: str) -> dict[int, str]:
    """Return the white space that follows so many other characters."""
    found: dict[int, str] = {}
    count = 0
    for each in text:
        if each.isspace():
            found[count] = found.get(count, "") + each
        else:
            count += 1
            found[count] = ""
    return found


def _with(index: int, paragraph: Paragraph, mended: Mapping[tuple[int, int], Piece]) -> Paragraph:
    if not any((index, step) in mended for step in range(len(paragraph.pieces))):
        return paragraph
    pieces = (mended.get((index, step), piece) for step, piece in enumerate(paragraph.pieces))
    return paragraph._replace(pieces=tuple(pieces))


_Chain = tuple[_Mine, "_Chain"] | None
_NOT_MINE = _Mine(inserted=False, deleted=False)


def _choices(piece: Piece, *, may_go: bool) -> tuple[tuple[_Mine, bool], ...]:
    """Return what of the history of a piece may be ours, and whether it was printed then."""
    inserted, deleted = _Mine(inserted=True, deleted=False), _Mine(inserted=False, deleted=True)
    if piece.inserted:
        # what we put in, another may have taken out again
        return ((inserted, True), (_NOT_MINE, False))
    if piece.deleted or may_go:
        return (deleted, False), (_NOT_MINE, True)
    return ((_NOT_MINE, True),)


def _surprise(piece: Piece, mine: _Mine, certain: AbstractSet[Reviser]) -> int:
    return sum(
        (by in certain) is not is_mine
        for by, is_mine in ((piece.inserted, mine.inserted), (piece.deleted, mine.deleted))
        if by is not None
    ) + (mine.deleted and piece.deleted is None)


def _accepted(piece: Piece, mine: _Mine) -> Piece | None:
    """Return a piece as it was printed: None where it was not."""
    if mine.deleted:
        return None
    return piece._replace(inserted=None) if piece.inserted is not None and mine.inserted else piece


def _is_revised(pieces: Iterable[Piece]) -> bool:
    return any(piece.inserted or piece.deleted or Look.STRUCK in piece.looks for piece in pieces)


def _people(returned: Returned) -> Iterator[Reviser]:
    for paragraph in returned.paragraphs:
        yield from filter(None, (paragraph.inserted, paragraph.deleted))
        for piece in paragraph.pieces:
            if piece.inserted or piece.deleted:
                yield from filter(None, (piece.inserted, piece.deleted))
    yield from (each.by for each in returned.remarks)
