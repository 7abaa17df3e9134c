"""How the plan spells a printed text: edits of what a reader sees, as edits of what a file holds."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.word_edits import applied, edits_between
from poa_toolkit.model import TextEdit
from poa_toolkit.text import brackets, cross_references
from poa_toolkit.text.cross_references import Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from poa_toolkit.model.cross_references import CrossReferences

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
    is_holder: bool = False

    @property
    def is_known_otherwise(self) -> bool:
        """Return whether it is a reference or a holder, which the plan spells by an id."""
        return self.is_holder or bool(self.alone)


class _Stretch(NamedTuple):
    """A stretch of a text with edits, as the plan would spell it."""

    spelt: str
    is_kept: bool = True
    """Whether the plan spells it so; not what somebody typed, or left of what was printed for something."""
    holder: str = ""
    """Of the id of a holder: the title that is printed for it."""


class Spelling:
    """A text as it is printed, and as the plan spells it."""

    def __init__(self, source: str, printed: str = "", references: CrossReferences | None = None) -> None:
        """Take the plan's spelling, and what references and holders print; None: it can have none.

        `printed` is what a file says was printed: where that is the same text with other titles or numbers
        in it, it is believed.
        """
        self.source = source
        self._references = references
        parts = list(references.parted(source)) if references else [(Piece(source, 0), source)]
        self._pieces = tuple(piece for part in parts for piece in _pieces(*part))
        self.printed = _printed(self._pieces)
        if references and printed not in ("", self.printed):
            self._pieces = _as_printed(self._pieces, printed) or self._pieces
            self.printed = _printed(self._pieces)

    def edited(self, edits: Sequence[TextEdit]) -> tuple[tuple[TextEdit, ...], str]:
        """Return edits of the printed text as edits of the plan's spelling, and that with them.

        A cross-reference stays one while its number does; where somebody wrote into the number, the words
        that they see are taken as they stand. So it is with a holder and their title, unless what is
        written there is the title of another.
        """
        mapped, stretches, at = [], [], 0
        for edit in edits:
            end = edit.offset + len(edit.deleted)
            inserted = self._escaped(edit.inserted)
            stretches += [*self._spelt(at, edit.offset), _Stretch(inserted, is_kept=False)]
            start, stop = self._place(edit.offset), self._place(end)
            mapped.append(TextEdit(offset=start, deleted=self.source[start:stop], inserted=inserted))
            at = end
        stretches += self._spelt(at, len(self.printed))
        text = self._joined(stretches)
        fit = applied(self.source, mapped) == text
        return (tuple(mapped) if fit else edits_between(self.source, text)), text

    def _escaped(self, words: str) -> str:
        words = _MUST_ESCAPE.sub(r"\\\\", words)
        return cross_references.escaped(words) if self._references else words

    def _spelt(self, start: int, end: int) -> Iterator[_Stretch]:
        """Return the spelling of a stretch of what is printed."""
        begun = 0
        for piece in self._pieces:
            first, last = max(start - begun, 0), min(end - begun, len(piece.shown))
            if first < last:
                yield self._part(piece, first, last)
            begun += len(piece.shown)

    def _part(self, piece: _Piece, first: int, last: int) -> _Stretch:
        is_to_end = last == len(piece.shown)
        if piece.is_literal:
            return _Stretch(piece.source[first:last])
        if is_to_end and not first:
            return _Stretch(piece.source, holder=piece.shown if piece.is_holder else "")
        if piece.is_holder:
            return _Stretch(brackets.escaped(piece.shown[first:last]), is_kept=False)
        if is_to_end and 0 < first <= piece.number:
            return _Stretch(self._escaped(piece.shown[first : piece.number]) + piece.alone)
        return _Stretch(self._escaped(piece.shown[first:last]))

    def _joined(self, stretches: Sequence[_Stretch]) -> str:
        """Return the spelling of a text; what is no more at the head of a bracket is no holder."""
        text, typed = "", []
        for index, each in enumerate(stretches):
            spelt, is_kept = each.spelt, each.is_kept
            if each.holder and not (_opens(text, len(text) - 1) and _is_colon(stretches, index + 1)):
                spelt, is_kept = brackets.escaped(each.holder), False
            if not is_kept:
                typed.append((len(text), len(text) + len(spelt)))
            text += spelt
        if self._references is None or not typed:
            return text
        mine = [each.source.lower() for each in self._pieces if each.is_holder]
        return with_holders(text, self._references, mine, lambda *at: any(map(_meets(at), typed)))

    def _place(self, offset: int) -> int:
        """Return where a place of what is printed is in the spelling; inside a piece, where that begins."""
        at = 0
        for piece in self._pieces:
            if offset < len(piece.shown):
                return at + (offset if piece.is_literal else 0)
            offset -= len(piece.shown)
            at += len(piece.source)
        return at


def with_holders(
    text: str,
    references: CrossReferences,
    likely: Sequence[str] = (),
    is_typed: Callable[[int, int], bool] = lambda *_: True,
) -> str:
    """Return a text that somebody typed with the ids of holders for their titles, where titles are printed.

    Of several who have one title it is that who is `likely`, by id in lower case; else the title stands.
    `is_typed` says whether any of a stretch was typed: what the plan spells so stays.
    """
    if not references.prints_titles or "[" not in text:
        return text
    known: dict[str, set[str]] = defaultdict(set)
    for name, holder in references.holders.items():
        for form in (holder.title, brackets.escaped(holder.title), cross_references.escaped(holder.title)):
            known[form.casefold()].add(name)
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))

    def named(found: re.Match[str]) -> str:
        ids = known.get(found[1].casefold(), set())
        ids = ids & {*likely} or ids
        is_bracket = _opens(text, found.start()) and is_typed(found.start(), found.end(1))
        if not is_bracket or len(ids) != 1:
            return found[0]
        return f"[{references.holders[next(iter(ids))].id}: "

    return re.sub(rf"\[({names}): ", named, text, flags=re.IGNORECASE) if known else text


def _opens(text: str, at: int) -> bool:
    """Return whether a bracket opens at a place of a text, and is no character of it."""
    start = at
    while start > 0 and text[start - 1] == "\\":
        start -= 1
    return text[max(at, 0) : at + 1] == "[" and (at - start) % 2 == 0


def _is_colon(stretches: Sequence[_Stretch], at: int) -> bool:
    """Return whether a colon and a space stand at the head of what follows."""
    found = ""
    while len(found) < len(": ") and at < len(stretches):
        found, at = found + stretches[at].spelt, at + 1
    return found.startswith(": ")


def _meets(at: tuple[int, int]) -> Callable[[tuple[int, int]], bool]:
    return lambda other: other[0] < at[1] and at[0] < other[1]


def _printed(pieces: Sequence[_Piece]) -> str:
    return "".join(piece.shown for piece in pieces)


def _pieces(piece: Piece, words: str) -> Iterator[_Piece]:
    if piece.is_holder:
        yield _Piece(brackets.unescape(words), piece.source, is_holder=True)
    elif piece.found:
        alone = piece.found.with_number_alone()
        number = 0 if piece.found.is_alone else words.find(" ") + 1
        yield _Piece(words, piece.source, number=number, alone=alone.source)
    else:
        yield from _literal(piece.source)


def _as_printed(pieces: Sequence[_Piece], printed: str) -> tuple[_Piece, ...]:
    """Return pieces with what a text prints for references and holders; none where it is another text."""
    found: list[_Piece] = []
    at = 0
    for index, piece in enumerate(pieces):
        words = piece.shown
        if piece.is_known_otherwise:
            others = pieces[index + 1 :]
            behind = _printed(tuple(takewhile(lambda each: not each.is_known_otherwise, others)))
            if not any(each.is_known_otherwise for each in others):
                words = printed[at : len(printed) - len(behind)]
            elif behind and not printed.startswith(words + behind, at):
                words = printed[at : max(printed.find(behind, at), at)]
        elif not printed.startswith(words, at):
            return ()
        number = words.find(" ") + 1 if piece.number else 0
        found.append(piece._replace(shown=words, number=number))
        at += len(words)
    return tuple(found) if _printed(found) == printed else ()


def _literal(source: str) -> Iterator[_Piece]:
    at = 0
    for found in brackets.ESCAPED.finditer(source):
        if found.start() > at:
            yield _Piece(source[at : found.start()], source[at : found.start()], is_literal=True)
        yield _Piece(found[1], found[0])
        at = found.end()
    if at < len(source):
        yield _Piece(source[at:], source[at:], is_literal=True)
