"""What people do by looks instead of tracked changes: words struck through by hand, words hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.word_file import Look, Piece, before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.returned.word_file import Returned

STRUCK = "struck through by hand, without tracking"
"""What an amendment says of it; also the moment of such a deletion."""


class ManualMarks(NamedTuple):
    """The pieces of a text without what nobody sees of it."""

    pieces: list[Piece]
    hidden: tuple[Piece, ...]
    """Hidden words that were put in."""
    made_hidden: tuple[Piece, ...]
    """Words of the text itself that were made hidden; they stay among the pieces."""


def struck(returned: Returned, untracked: Reviser) -> Returned:
    """Take words struck through by hand as taken out, by whoever changed the file without tracking."""
    if not any(Look.STRUCK in piece.looks for each in returned.paragraphs for piece in each.pieces):
        return returned
    by = Reviser(untracked.author, untracked.day, STRUCK)

    def taken(piece: Piece) -> Piece:
        is_struck = Look.STRUCK in piece.looks and piece.deleted is None and piece.text.strip()
        return piece._replace(deleted=by) if is_struck else piece

    paragraphs = tuple(
        each._replace(pieces=tuple(map(taken, each.pieces)))
        if any(Look.STRUCK in piece.looks for piece in each.pieces)
        else each
        for each in returned.paragraphs
    )
    return returned._replace(paragraphs=paragraphs)


def is_struck(piece: Piece) -> bool:
    """Return whether a piece was struck through by hand."""
    return piece.deleted is not None and piece.deleted.at == STRUCK


def is_hidden(piece: Piece) -> bool:
    """Return whether nobody sees a piece in the file."""
    return Look.HIDDEN in piece.looks and bool(piece.text.strip())


def untangled(original: str, pieces: Sequence[Piece], untracked: Reviser) -> ManualMarks:
    """Part the words of a text from hidden ones, and from those that were typed and then struck by hand.

    `original` is the text as it was printed.
    """
    if not any(is_hidden(piece) or is_struck(piece) for piece in pieces):
        return ManualMarks(list(pieces), (), ())
    kept: list[Piece] = []
    hidden: list[Piece] = []
    made_hidden: list[Piece] = []
    # a replacement typed beside struck words looks otherwise, so it is a run of its own
    by_runs = _new_runs(original, pieces)
    for piece, is_new in zip(pieces, by_runs or _new(original, pieces), strict=True):
        if is_hidden(piece):
            (hidden if is_new else made_hidden).append(piece)
            if is_new:
                continue
        is_typed = is_new and piece.inserted is None and (is_struck(piece) or by_runs is not None)
        kept.append(piece._replace(inserted=untracked) if is_typed else piece)
    return ManualMarks(kept, tuple(hidden), tuple(made_hidden))


def _new_runs(original: str, pieces: Sequence[Piece]) -> list[bool] | None:
    """Say of each piece whether it was put in; None where the others do not make the text."""
    at, found = 0, []
    for piece in pieces:
        is_old = piece.inserted is None and original.startswith(piece.text, at)
        at += len(piece.text) if is_old else 0
        found.append(not is_old)
    return found if at == len(original) else None


def _new(original: str, pieces: Sequence[Piece]) -> Iterator[bool]:
    """Say of each piece whether it was put in: with tracking, or for the most part by typing."""
    typed: list[tuple[int, int]] = []
    shift = 0
    for edit in edits_between(original, before(pieces)):
        start = edit.offset + shift
        typed.append((start, start + len(edit.inserted)))
        shift += len(edit.inserted) - len(edit.deleted)
    offset = first = 0
    for piece in pieces:
        if piece.inserted is not None:
            yield True
            continue
        end = offset + len(piece.text)
        while first < len(typed) and typed[first][1] <= offset:
            first += 1
        share, at = 0, first
        while at < len(typed) and typed[at][0] < end:
            share += min(end, typed[at][1]) - max(offset, typed[at][0])
            at += 1
        yield 2 * share > len(piece.text)
        offset = end
