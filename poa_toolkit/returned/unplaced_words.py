"""Tell what has no place among the texts: graphics, hidden words, lines that are gone, all that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.model import AmendmentKind
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.proposal import Proposal, Where
from poa_toolkit.returned.revisions import written
from poa_toolkit.returned.word_file import graphic_line
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.returned.ledger import Ledger
    from poa_toolkit.returned.new_texts import Placing
    from poa_toolkit.returned.notes import Notes
    from poa_toolkit.returned.printed_texts import Key, Line
    from poa_toolkit.returned.word_file import Reviser

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
