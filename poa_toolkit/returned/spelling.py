"""How the plan spells a printed text: edits of what a reader sees, as edits of what a file holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.word_edits import applied, edits_between
from poa_toolkit.model import TextEdit
from poa_toolkit.text import cross_references
from poa_toolkit.text.brackets import ESCAPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MUST_ESCAPE = re.compile(r"\\(?=[\[\]|\\{}]|$)")


class _Piece(NamedTuple):
    """A stretch of a text."""

    shown: str
    source: str
    is_literal: bool = False
    """Whether each character is spelt as it is printed."""
    number: int = 0
    """Of a cross-reference with a word before its number: where that begins in what is shown."""
    alone: str = ""
    """And how the number alone is spelt."""


class Spelling:
    """A text as it is printed, and as the plan spells it."""

    def __init__(self, source: str, referred: Sequence[str] | None = None) -> None:
        """Take the plan's spelling, and what its cross-references print in turn; None: it can have none."""
        self.source = source
        self._refers = referred is not None
        self._pieces = tuple(_pieces(source, referred))
        self.printed = "".join(piece.shown for piece in self._pieces)

    def edited(self, edits: Sequence[TextEdit]) -> tuple[tuple[TextEdit, ...], str]:
        """Return edits of the printed text as edits of the plan's spelling, and that with them.

        A cross-reference stays one while its number does; where somebody wrote into the number, the words
        that they see are taken as they stand.
        """
        mapped, text, at = [], "", 0
        for edit in edits:
            end = edit.offset + len(edit.deleted)
            inserted = self._escaped(edit.inserted)
            text += self._spelt(at, edit.offset) + inserted
            start, stop = self._place(edit.offset), self._place(end)
            mapped.append(TextEdit(offset=start, deleted=self.source[start:stop], inserted=inserted))
            at = end
        text += self._spelt(at, len(self.printed))
        fit = applied(self.source, mapped) == text
        return (tuple(mapped) if fit else edits_between(self.source, text)), text

    def _escaped(self, words: str) -> str:
        words = _MUST_ESCAPE.sub(r"\\\\", words)
        return cross_references.escaped(words) if self._refers else words

    def _spelt(self, start: int, end: int) -> str:
        """Return the spelling of a stretch of what is printed."""
        found, begun = "", 0
        for piece in self._pieces:
            first, last = max(start - begun, 0), min(end - begun, len(piece.shown))
            if first < last:
                found += self._part(piece, first, last)
            begun += len(piece.shown)
        return found

    def _part(self, piece: _Piece, first: int, last: int) -> str:
        is_to_end = last == len(piece.shown)
        if piece.is_literal:
            return piece.source[first:last]
        if is_to_end and not first:
            return piece.source
        if is_to_end and 0 < first <= piece.number:
            return self._escaped(piece.shown[first : piece.number]) + piece.alone
        return self._escaped(piece.shown[first:last])

    def _place(self, offset: int) -> int:
        """Return where a place of what is printed is in the spelling; inside a piece, where that begins."""
        at = 0
        for piece in self._pieces:
            if offset < len(piece.shown):
                return at + (offset if piece.is_literal else 0)
            offset -= len(piece.shown)
            at += len(piece.source)
        return at


def _pieces(source: str, referred: Sequence[str] | None) -> Iterator[_Piece]:
    if referred is None:
        yield from _literal(source)
        return
    shown = iter(referred)
    for each in cross_references.pieces(source):
        words = next(shown, None) if each.found else None
        if each.found is None or words is None:
            yield from _literal(each.source)
            continue
        alone = each.found.with_number_alone()
        number = 0 if each.found.is_alone else words.find(" ") + 1
        yield _Piece(words, each.source, number=number, alone=alone.source)


def _literal(source: str) -> Iterator[_Piece]:
    at = 0
    for found in ESCAPED.finditer(source):
        if found.start() > at:
            yield _Piece(source[at : found.start()], source[at : found.start()], is_literal=True)
        yield _Piece(found[1], found[0])
        at = found.end()
    if at < len(source):
        yield _Piece(source[at:], source[at:], is_literal=True)
