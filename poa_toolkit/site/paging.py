"""Cut a document that is too long for one page into several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from poa_toolkit.document.blocks import Heading, Table
from poa_toolkit.document.runs import Note, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Document, Entry, Part
    from poa_toolkit.document.runs import Run

    T = TypeVar("T")

MOST = 150_000
"""The characters of HTML on a page, as far as they can be told beforehand: pages stay below 300 kB."""
_TAGS = 90
"""What the tags of a run or a block take."""


def pages(document: Document, most: int = MOST) -> tuple[Document, ...]:
    """Return a document as one or more, cut between parts, else between blocks, entries or rows."""
    pieces = [piece for part in document.parts for piece in _pieces(part, most)]
    grouped = _packed(pieces, _length, most)
    return tuple(replace(document, parts=tuple(group)) for group in grouped) or (document,)


def _pieces(part: Part, most: int) -> Iterator[Part]:
    """Cut a part that is too long; every piece of it begins with its heading, and links lead to the first."""
    if _length(part) <= most:
        yield part
        return
    first, *rest = part.blocks or (None,)
    head: tuple[Heading, ...] = (first,) if isinstance(first, Heading) and first.level == 1 else ()
    blocks = [each for block in (rest if head else part.blocks) for each in _rows(block, most)]
    pieces = [replace(part, blocks=tuple(each), entries=()) for each in _packed(blocks, _of_block, most)]
    pieces += [
        replace(part, blocks=(), entries=tuple(each)) for each in _packed(part.entries, _of_entry, most)
    ]
    for piece in pieces:
        yield replace(piece, blocks=(*head, *piece.blocks))
        head = tuple(replace(each, anchor="") for each in head)


def _rows(block: Block, most: int) -> Iterator[Block]:
    """Cut a table that is too long; its columns stand over each piece."""
    if not isinstance(block, Table) or _of_block(block) <= most:
        yield block
        return
    for rows in _packed(block.rows, lambda row: sum(map(_of_runs, row.cells)), most):
        yield replace(block, rows=tuple(rows))


def _packed(things: Iterable[T], length: Callable[[T], int], most: int) -> list[list[T]]:
    """Put things into groups, in order, none longer than it may be unless one thing alone is."""
    groups: list[list[T]] = []
    room = 0
    for each in things:
        taken = length(each)
        if not groups or taken > room:
            groups.append([])
            room = most
        groups[-1].append(each)
        room -= taken
    return groups


def _length(part: Part) -> int:
    return sum(map(_of_block, part.blocks)) + sum(map(_of_entry, part.entries))


def _of_block(block: Block) -> int:
    if isinstance(block, Table):
        return _TAGS + sum(_of_runs(cell) for row in block.rows for cell in row.cells)
    return _TAGS + _of_runs(block.runs)


def _of_entry(entry: Entry) -> int:
    # its words stand there inline, and on two sides
    return 12 * _TAGS + _of_runs(entry.title) + 3 * sum(map(_of_runs, entry.words))


def _of_runs(runs: Sequence[Run]) -> int:
    notes = sum(_of_runs(run.runs) for run in runs if isinstance(run, Note))
    return len(words_of(runs)) + _TAGS * (len(runs) + 1) + notes
