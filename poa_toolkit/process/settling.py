"""The revisions that a redline went out with are no edits of whoever returns it: they are accepted first."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from poa_toolkit.process.returned import before
from poa_toolkit.process.signature import is_moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.process.anchors import Anchors
    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import By, Paragraph, Piece, Returned

_MOST_PEOPLE = 6
"""In a text that more people revised than these nobody is looked for; 64 combinations are tried."""


def settled(
    returned: Returned, texts: Mapping[Key, Printed], anchors: Anchors, names: Collection[str]
) -> Returned:
    """Accept the revisions that the file was made with, and leave its own comments out.

    They are known by their effect: with them accepted and all others rejected, a text is what was
    printed; and by their author, one of the `names` that the toolkit itself revises under.
    """
    own = frozenset(_own(returned.paragraphs, texts, anchors)) | frozenset(
        by for by in _people(returned) if by.author in names and is_moment(by.at)
    )
    if not own:
        return returned
    return returned._replace(
        paragraphs=tuple(_settled(each, own) for each in returned.paragraphs),
        remarks=tuple(each for each in returned.remarks if each.by not in own),
    )


def _own(paragraphs: Iterable[Paragraph], texts: Mapping[Key, Printed], anchors: Anchors) -> Iterator[By]:
    pieces: dict[Key, list[Piece]] = {}
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            key = anchors.key(piece)
            if key is not None:
                pieces.setdefault(key, []).append(piece)
    for key, found in pieces.items():
        if before(found) != texts[key].text:
            yield from _makers(found, texts[key].text)


def _makers(pieces: Sequence[Piece], printed: str) -> tuple[By, ...]:
    """Give the people whose revisions alone make a text what was printed; nobody where none do."""
    people = tuple(dict.fromkeys(by for piece in pieces for by in piece[1:3] if by))
    if len(people) > _MOST_PEOPLE:
        return ()
    sizes = range(1, len(people) + 1)
    for some in chain.from_iterable(combinations(people, size) for size in sizes):
        own = frozenset(some)
        if before(_accepted(pieces, own)) == printed:
            return some
    return ()


def _people(returned: Returned) -> Iterator[By]:
    for paragraph in returned.paragraphs:
        yield from filter(None, (paragraph.inserted, paragraph.deleted))
        for piece in paragraph.pieces:
            yield from filter(None, (piece.inserted, piece.deleted))
    yield from (each.by for each in returned.remarks)


def _accepted(pieces: Iterable[Piece], own: AbstractSet[By]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.deleted not in own:
            yield piece._replace(inserted=None) if piece.inserted in own else piece


def _settled(paragraph: Paragraph, own: AbstractSet[By]) -> Paragraph:
    calls = (each for each in paragraph.calls if each.deleted not in own)
    things = (each for each in paragraph.things if each.deleted not in own)
    return paragraph._replace(
        pieces=tuple(_accepted(paragraph.pieces, own)),
        calls=tuple(each._replace(inserted=None) if each.inserted in own else each for each in calls),
        things=tuple(each._replace(inserted=None) if each.inserted in own else each for each in things),
        inserted=None if paragraph.inserted in own else paragraph.inserted,
        deleted=None if paragraph.deleted in own else paragraph.deleted,
    )
