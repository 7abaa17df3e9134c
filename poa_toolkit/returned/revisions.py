"""Who changed which words of a text, as edits of the plan's text, and who wrote a new paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.word_edits import applied, edits_between
from poa_toolkit.model import TextEdit
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.manual_marks import STRUCK, is_struck
from poa_toolkit.returned.spelling import Spelling
from poa_toolkit.returned.word_file import before
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.returned.word_file import Piece


class Revised(NamedTuple):
    """What one person proposes for one text."""

    by: Reviser
    edits: tuple[TextEdit, ...]
    proposed: str
    """The text with these edits; empty where nothing is left of it."""


class _Attributed(NamedTuple):
    by: Reviser
    edit: TextEdit


def by_person(
    original: str, spelling: Spelling, pieces: Sequence[Piece], untracked: Reviser
) -> tuple[Revised, ...]:
    """Return what each person changed in a text, in the order of their first edit.

    `original` is the text as it was printed, `spelling` how the plan spells it, `pieces` what stands there
    now; edits made without tracking are those of `untracked`. The edits fit the plan's spelling, and where
    that is not known what was printed.
    """
    tracked = before(pieces) == original
    found = list(_tracked(pieces) if tracked else _layered(original, pieces, untracked))
    people: dict[str, list[_Attributed]] = {}
    for each in found:
        people.setdefault(each.by.author, []).append(each)
    revised = (_revised(original, spelling, each) for each in people.values())
    return tuple(each for each in revised if each is not None)


def _revised(original: str, spelling: Spelling, edits: Sequence[_Attributed]) -> Revised | None:
    days = [each.by.day for each in edits if each.by.day is not None]
    by = Reviser(edits[0].by.author, max(days, default=None))
    merged = tuple(
        _merged(sorted((each.edit for each in edits), key=lambda edit: (edit.offset, bool(edit.deleted))))
    )
    proposed = clean(applied(original, merged))
    if proposed == clean(original):
        return None
    if spelling.printed != original:
        # the plan's spelling is unknown: what the printed text says is taken as it stands
        spelling = Spelling(original)
    mapped, spelt = spelling.edited(merged)
    tidy = clean(spelt)
    return Revised(by, mapped if tidy == spelt else edits_between(spelling.source, tidy), tidy)


def _merged(edits: Iterable[TextEdit]) -> Iterator[TextEdit]:
    """Join edits that touch: a deletion and what was put in its place are one edit."""
    last: TextEdit | None = None
    for edit in edits:
        if last is not None and last.offset + len(last.deleted) == edit.offset:
            last = last.model_copy(
                update={"deleted": last.deleted + edit.deleted, "inserted": last.inserted + edit.inserted}
            )
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _tracked(pieces: Iterable[Piece]) -> Iterator[_Attributed]:
    offset = 0
    for piece in pieces:
        if piece.inserted is not None:
            # what one person put in and another took out again stays the first one's proposal
            if piece.deleted is None or piece.deleted.author != piece.inserted.author:
                yield _Attributed(piece.inserted, TextEdit(offset=offset, inserted=piece.text))
        else:
            if piece.deleted is not None:
                yield _Attributed(piece.deleted, TextEdit(offset=offset, deleted=piece.text))
            offset += len(piece.text)


def _layered(original: str, pieces: Sequence[Piece], untracked: Reviser) -> Iterator[_Attributed]:
    """Return edits of which some were typed without tracking: those first, tracked ones on top of them."""
    typed = edits_between(original, before(pieces))
    same = tuple(_same(original, typed))
    for edit in typed:
        yield _Attributed(untracked, edit)
    for by, edit in _tracked(pieces):
        if edit.inserted:
            yield _Attributed(by, TextEdit(offset=_original_place(same, edit.offset), inserted=edit.inserted))
        end = edit.offset + len(edit.deleted)
        for stretch in same:
            start, stop = max(stretch.now, edit.offset), min(stretch.now + stretch.length, end)
            if start < stop:
                there = stretch.original + start - stretch.now
                yield _Attributed(by, TextEdit(offset=there, deleted=original[there : there + stop - start]))


class _Same(NamedTuple):
    """A stretch of the original that still stands, and where it stands now."""

    original: int
    now: int
    length: int


def _same(original: str, edits: Iterable[TextEdit]) -> Iterator[_Same]:
    at = now = 0
    for edit in edits:
        length = edit.offset - at
        yield _Same(at, now, length)
        at = edit.offset + len(edit.deleted)
        now += length + len(edit.inserted)
    yield _Same(at, now, len(original) - at)


def _original_place(same: Sequence[_Same], now: int) -> int:
    """Return the place in the original of one in the text as it stands; in new words, the place of those."""
    last = 0
    for stretch in same:
        if now < stretch.now:
            return last
        last = stretch.original + min(now - stretch.now, stretch.length)
        if now <= stretch.now + stretch.length:
            return last
    return last


class Rejected(NamedTuple):
    """Words that one person put in and somebody took out again."""

    by: Reviser
    """Who took them out."""
    whose: Reviser
    words: str


def rejected_words(pieces: Iterable[Piece]) -> Iterator[Rejected]:
    """Return the words that were put in and taken out again, also by the same person."""
    for piece in pieces:
        if piece.inserted and piece.deleted and piece.text.strip():
            yield Rejected(piece.deleted, piece.inserted, piece.text)


# --- new paragraphs ---


class NewText(NamedTuple):
    """A new paragraph: by whom, and what others did in it."""

    by: Reviser
    words: str
    """With every change accepted."""
    said: str
    """Whose which words are, where more than one person wrote it; else empty."""


def written(pieces: Sequence[Piece], untracked: Reviser, by: Reviser | None = None) -> NewText:
    """Return who wrote a paragraph; `by` made it of words that stood elsewhere."""
    people = [each.inserted or by or untracked for each in pieces if each.text.strip()]
    first = by or next(iter(people), untracked)
    words = clean("".join(each.text for each in pieces if each.deleted is None))
    return NewText(first, words, "; ".join(_others(pieces, first, by or untracked, is_split=by is not None)))


def _others(pieces: Sequence[Piece], first: Reviser, untracked: Reviser, *, is_split: bool) -> Iterator[str]:
    """Name the words that others put in, and what anybody took out."""
    for piece in _runs(pieces):
        author = (piece.inserted or untracked).author
        words = clean(piece.text)
        if not words:
            continue
        if piece.deleted is not None:
            if is_split and piece.inserted is None:
                continue  # it was taken out of the text that was split, and is told there
            how = STRUCK if is_struck(piece) else f"taken out by {_name(piece.deleted.author)}"
            yield f"“{words}” ({how}" + (f", put in by {_name(author)})" if piece.inserted else ")")
        elif author != first.author:
            yield f"“{words}” is by {_name(author)}"


def _runs(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join neighbouring pieces with one history."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and _history(last) == _history(piece):
            last = last._replace(text=last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _history(piece: Piece) -> tuple[str | None, str | None]:
    return (
        piece.inserted and piece.inserted.author,
        piece.deleted and piece.deleted.author + piece.deleted.at * is_struck(piece),
    )


def _name(author: str) -> str:
    return clean(author) or "somebody"
