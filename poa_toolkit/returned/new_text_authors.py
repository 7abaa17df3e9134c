"""Who wrote a new paragraph: one proposes it, the others are named with what they put in or took out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.manual_marks import STRUCK, is_struck
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.returned.word_file import Piece, Reviser


class NewText(NamedTuple):
    """A new paragraph: by whom, and what others did in it."""

    by: Reviser
    words: str
    """With every change accepted."""
    said: str
    """Whose which words are, where more than one person wrote it; else empty."""


def written(pieces: Sequence[Piece], untracked: Reviser, by: Reviser | None = None) -> NewText:
    """Say who wrote a paragraph; `by` made it of words that stood elsewhere."""
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
