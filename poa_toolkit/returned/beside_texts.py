"""What stands beside the texts of a file: notes, graphics, hidden words, lines that are gone, the rest."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.returned.anchors import is_action
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.manual_marks import is_hidden
from poa_toolkit.returned.match_result import Hidden
from poa_toolkit.returned.pulled_file import Where, rejections
from poa_toolkit.returned.revisions import by_person, written
from poa_toolkit.returned.spelling import Spelling
from poa_toolkit.returned.word_file import LineForms, Piece, after, before, graphic_line, line, revised
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.anchors import Lines
    from poa_toolkit.returned.ledger import Ledger
    from poa_toolkit.returned.new_texts import Placing
    from poa_toolkit.returned.printed_texts import Key, Line
    from poa_toolkit.returned.word_file import Call, Paragraph


_PUTS_IN = "Puts in"


class _Note(NamedTuple):
    """A note of the file."""

    name: str
    """As one cites it: ``note 3``."""
    paragraphs: list[int]
    at: int
    """The paragraph that calls it; -1 where none does."""
    call: Call | None


class Notes:
    """Tells what became of the notes of a file."""

    def __init__(
        self, placing: Placing, ledger: Ledger, printed: Lines | None, went: set[int], removed: set[str]
    ) -> None:
        """Take what went: paragraphs with the text they stand under, and actions; their notes did too."""
        self.placing = placing
        self.ledger = ledger
        self.printed = printed
        self.went = went
        self.paragraphs = placing.returned.paragraphs
        lines = printed.all if printed else ()
        self.words_gone = {each.words for each in lines if each.under and each.under[0] in removed}
        self.notes = self._read()

    def _read(self) -> dict[str, _Note]:
        calls: dict[str, tuple[int, Call]] = {}
        for index, each in enumerate(self.paragraphs):
            for call in each.calls:
                calls.setdefault(call.note, (index, call))
        numbers: Counter[str] = Counter()
        names: dict[str, str] = {}
        for note, (_, call) in calls.items():
            kind = "note" if note.startswith("footnote") else "end note"
            # a reader of the file counts as if every change were accepted
            numbers[kind] += call.deleted is None
            names[note] = f"{kind} {numbers[kind] + (call.deleted is not None)}"
        found: dict[str, _Note] = {}
        for index, each in enumerate(self.paragraphs):
            if each.place.kind == "note":
                at, called = calls.get(each.note, (-1, None))
                name = names.get(each.note, "a note")
                found.setdefault(each.note, _Note(name, [], at, called)).paragraphs.append(index)
                hidden = tuple(filter(is_hidden, each.pieces))
                if hidden:
                    self.placing.match.hidden.append(Hidden(index, None, hidden))
        return found

    def of_new(self, paragraphs: set[int], by: Reviser) -> str:
        """Return the words of the notes that new paragraphs of somebody call, proposed with these."""
        said = []
        for note, each in list(self.notes.items()):
            if each.at in paragraphs:
                words, others = self._new_note(each, by)
                self._enter(each, Fate.TOLD, "a note of a new text")
                said += [f"{each.name}: “{words}”", *others] if words else []
                del self.notes[note]
        return "; ".join(said)

    def proposals(self) -> Iterator[tuple[int, Proposal]]:
        """Return what is to be told of notes, each with the paragraph that calls it."""
        for each in self.notes.values():
            place = each.at if each.at >= 0 else each.paragraphs[0]
            if self._went(each):
                self._enter(each, Fate.PLACED, "went with the text that calls it")
                continue
            yield from ((place, proposal) for proposal in self._of_note(each))

    def _went(self, note: _Note) -> bool:
        """Return whether a note went, or moved, with the text that calls it, and says what was printed."""
        if note.call is None:
            lines = [line(self.paragraphs[index]) for index in note.paragraphs]
            return any(lines) and all(each in self.words_gone for each in lines if each)
        if note.at not in self.went:
            return False
        every = [self._seen(self.paragraphs[index]) for index in note.paragraphs]
        if note.call.deleted is not None:
            lines = [line(self.paragraphs[index]) for index in note.paragraphs]
            is_typed = self.printed is not None and any(each and each not in self.printed for each in lines)
            return not is_typed and not any(each.inserted for pieces in every for each in pieces)
        words = [clean(after(pieces)) for pieces in every]
        return self.printed is not None and all(each in self.printed for each in words if each)

    def _of_note(self, note: _Note) -> Iterator[Proposal]:
        call, where = note.call, self.where(note.at)
        if call is not None and call.deleted is not None and note.at not in self.went:
            yield self._told(note, where, call.deleted, "Takes out")
        elif call is not None and call.inserted is not None:
            yield self._told(note, where, call.inserted, _PUTS_IN)
        elif call is None and self._is_printed(note):
            yield self._told(note, where, self.placing.untracked, "Takes out the mark of")
        else:
            for index in note.paragraphs:
                yield from self._of_paragraph(note, index, where)

    def _of_paragraph(self, note: _Note, index: int, where: Where) -> Iterator[Proposal]:
        """Return the changes of one paragraph of a note."""
        paragraph = self.paragraphs[index]
        pieces = self._seen(paragraph)
        words = line(paragraph._replace(pieces=pieces))
        is_new = not words or (self.printed is not None and words not in self.printed)
        missing = self.placing.match.missing
        said = LineForms(self.placing.match.under[index], words, kind="note")
        like = missing.nearest(said) if words and is_new and missing is not None else ""
        if not is_new and not any(revised(pieces)):
            self.ledger.enter(pieces, Fate.GENERATED, "a note as printed")
            return
        if not clean(before(pieces) + after(pieces)):
            return
        if is_new and not like:
            yield self._told(
                note._replace(paragraphs=[index]), where, written(pieces, self.placing.untracked).by, _PUTS_IN
            )
            return
        context = f"in {note.name}, called in {where.context}"
        original = like or before(pieces)
        found = [
            Proposal(
                AmendmentKind.TEXT,
                each.by,
                original=clean(original),
                proposed=each.proposed,
                context=context,
                is_placed=False,
            )
            for each in by_person(original, Spelling(original), pieces, self.placing.untracked)
        ]
        yield from found
        yield from rejections(pieces, Where(context=context))
        fate, why = (Fate.TOLD, "a changed note") if found else (Fate.GENERATED, "a note as printed")
        self.ledger.enter(pieces, fate, why)

    def _told(self, note: _Note, where: Where, by: Reviser, what: str) -> Proposal:
        self._enter(note, Fate.TOLD, f"{what.lower()} a note")
        words, others = self._new_note(note, by) if what == _PUTS_IN else (self._note_words(note), [])
        said = f"{what} {note.name}: “{words}”" if words else f"{what} {note.name}, which says nothing"
        context = (
            f"at {note.name}, called in {where.context}" if note.at >= 0 else f"{note.name}, called nowhere"
        )
        return where._replace(context=context).told(by, "; ".join((said, *others)))

    def _new_note(self, note: _Note, by: Reviser) -> tuple[str, list[str]]:
        """Return the words of a new note that is told as somebody's, and what of it is another's."""
        whose = (note.call and note.call.inserted) or self.placing.untracked
        every = (self.paragraphs[index] for index in note.paragraphs)
        pieces = chain.from_iterable((*self._seen(each), Piece(" ")) for each in every)
        new = written([each._replace(inserted=each.inserted or whose) for each in pieces], whose)
        its = [] if new.by.author == by.author else [f"{note.name} is by {new.by.author}"]
        return new.words, [*its, *filter(None, [new.said])]

    def where(self, index: int) -> Where:
        """Return where a paragraph is: the text in it, the action above it, or in words."""
        if index < 0:
            return Where(context="no text")
        note = self.notes.get(self.paragraphs[index].note)
        if note is not None and index in note.paragraphs:
            return self.where(note.at)
        match, texts = self.placing.match, self.placing.texts
        keys = match.keys.get(index)
        above = match.above.get(index)
        if keys:
            return Where(*keys[0], context=".".join(keys[0]))
        if above and is_action(texts[above]):
            return Where(above[0], context=f"a line under {above[0]}")
        return Where(context=self.placing.context.of(index))

    def _is_printed(self, note: _Note) -> bool:
        lines = [line(self.paragraphs[index]) for index in note.paragraphs]
        return self.printed is not None and any(each in self.printed for each in lines if each)

    def _seen(self, paragraph: Paragraph) -> tuple[Piece, ...]:
        return tuple(each for each in paragraph.pieces if not is_hidden(each))

    def _note_words(self, note: _Note) -> str:
        every = (self._seen(self.paragraphs[index]) for index in note.paragraphs)
        return clean(" ".join("".join(each.text for each in pieces) for pieces in every))

    def _enter(self, note: _Note, fate: Fate, why: str) -> None:
        for index in note.paragraphs:
            self.ledger.enter(self._seen(self.paragraphs[index]), fate, why)


_GONE = {"table": "gone from a table", "header": "gone from a header or footer"}


class Telling:
    """Tells what is no text and no change of one."""

    def __init__(self, placing: Placing, notes: Notes, ledger: Ledger, removed: set[str]) -> None:
        self.placing = placing
        self.notes = notes
        self.ledger = ledger
        self.removed = removed
        self.paragraphs = placing.returned.paragraphs

    def proposals(self) -> Iterator[tuple[int, Proposal]]:
        """Return what is told, each with the paragraph in which it stands."""
        yield from self._hidden()
        yield from self._graphics()
        yield from self._gone()

    def _remark(self, index: int, by: Reviser, said: str) -> Proposal:
        """Say something of a paragraph: at its text, or with words that say where it is."""
        where = self.notes.where(index)
        return where._replace(context="" if where.field else where.context).told(by, said)

    def _hidden(self) -> Iterator[tuple[int, Proposal]]:
        for each in self.placing.match.hidden:
            words = clean("".join(piece.text for piece in each.pieces))
            people = (piece.inserted for piece in each.pieces if piece.inserted)
            by = next(people, self.placing.untracked)
            what = "Hidden text, which nobody sees in the file" if each.is_new else "Made hidden in the file"
            self.ledger.enter(each.pieces, Fate.TOLD, "hidden text")
            yield max(each.paragraph, 0), self._remark(each.paragraph, by, f"{what}: “{words}”")

    def _graphics(self) -> Iterator[tuple[int, Proposal]]:
        missing = self.placing.match.graphics
        for index, paragraph in enumerate(self.paragraphs):
            for graphic in paragraph.graphics:
                name = graphic_line(graphic)
                by = graphic.inserted or graphic.deleted
                # a program may write a head, with the picture in it, several times
                if by is None and (
                    missing[name] > 0 or (name in missing and paragraph.place.kind == "header")
                ):
                    missing[name] -= 1
                    self.ledger.enter((graphic,), Fate.GENERATED, f"a {graphic.kind} as printed")
                    continue
                self.ledger.enter((graphic,), Fate.TOLD, f"a {graphic.kind}")
                what = "Takes out" if graphic.deleted else "Puts in"
                yield index, self._remark(index, by or self.placing.untracked, f"{what} a {name}")

    def _gone(self) -> Iterator[tuple[int, Proposal]]:
        """Tell the printed lines that are not there any more; notes at the text that called them."""
        match = self.placing.match
        if match.missing is None:
            return
        last = len(self.paragraphs) - 1
        there = {record for record, _ in match.at}
        for lines in match.missing.gone():
            under = lines[0].under
            if under is not None and (under[0] in self.removed or under[0] not in there):
                continue
            if lines[0].kind == "note":
                yield from ((self._at(under, last), self._gone_note(each, under)) for each in lines)
            elif lines[0].kind or under is not None:
                yield self._at(under, last), self._gone_lines(lines, under)

    def _at(self, under: Key | None, last: int) -> int:
        return self.placing.match.at.get(under, last) if under else last

    def _gone_note(self, line: Line, under: Key | None) -> Proposal:
        said = f"Takes out a note, without tracking: “{line.words}”"
        record = under[0] if under else ""
        field = under[1] if under and under[1] == "title" else ""
        context = f"a note called under {'.'.join(under)}" if under else "a note called in an annex"
        return Where(record, field, context).told(self.placing.untracked, said)

    def _gone_lines(self, lines: tuple[Line, ...], under: Key | None) -> Proposal:
        kind = lines[0].kind
        what = _GONE.get(kind, "a line that is gone")
        where = f"{what}, after {'.'.join(under)}" if under else what
        return Proposal(
            AmendmentKind.REMOVE,
            self.placing.untracked,
            original="\n".join(each.whole or each.words for each in lines),
            context=f"{where}, without tracking",
            is_placed=False,
        )

    def rest(self) -> Iterator[tuple[int, Proposal]]:
        """Tell whatever has no fate yet, so that no word of the file is lost."""
        if self.ledger.is_whole():
            return
        for index, paragraph in enumerate(self.paragraphs):
            items = [each for each in paragraph.pieces if self.ledger.is_open(each)]
            if not items:
                continue
            self.ledger.enter(items, Fate.TOLD, "what belongs to nothing else")
            by_whom = written(items, self.placing.untracked)
            yield (
                index,
                Proposal(
                    AmendmentKind.ADD,
                    by_whom.by,
                    proposed=by_whom.words,
                    comment=by_whom.said,
                    context=self.placing.context.of(index),
                    is_placed=False,
                ),
            )
