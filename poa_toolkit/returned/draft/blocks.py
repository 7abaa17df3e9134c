r"""The paragraphs of a draft as its reader sees them: tracked changes accepted, asides taken out.

A paragraph whose mark was deleted is one with the next; lines of one paragraph that begin with a number
of their own, typed behind a line break, are paragraphs of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.list_marks import Kind, readings
from poa_toolkit.returned.word_file import Look
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.draft.list_marks import Mark
    from poa_toolkit.returned.word_file import Graphic, Number, Paragraph, ParagraphPlace, Piece

_QUOTED = 80


class Aside(NamedTuple):
    """Something of the draft that is told, and not taken in as text of the plan."""

    what: str
    """What it is, as the end of a sentence: ``words struck out by hand``."""
    words: str
    paragraph: int
    """The index of the paragraph where it stands; -1 for none."""
    items: tuple[Piece | Graphic, ...] = ()
    """What of the file it is."""
    is_kept: bool = False
    """Whether it is kept as a comment and needs no telling."""
    code: str = "POA733"

    @property
    def said(self) -> str:
        """Return what was left out, its first words quoted."""
        return f"{self.what}: “{shortened(self.words)}”" if self.words else self.what


@dataclass(frozen=True, eq=False)
class Block:
    """One paragraph of a draft."""

    indices: tuple[int, ...]
    """Those of the paragraphs of the file that it is made of."""
    pieces: tuple[Piece, ...]
    """Its words, with every tracked change accepted."""
    place: ParagraphPlace
    style: str = ""
    """The name of its style, in small letters."""
    level: int = 0
    """That of a heading, from 1; 0 for other paragraphs."""
    number: Number | None = None
    indent: int = 0
    centred: bool = False
    notes: tuple[str, ...] = ()
    """The notes that it calls."""
    asides: tuple[Aside, ...] = ()
    history: tuple[Piece, ...] = ()
    """All its pieces, those that tracked changes took out too, where there are any tracked ones."""
    joined_by: Reviser | None = None
    """Who took out, with tracking, a paragraph mark inside it."""
    is_line: bool = False
    """Whether it is a line of the paragraph before it."""
    generated: str = ""

    @property
    def first(self) -> int:
        """Return the index of the paragraph in which it begins."""
        return self.indices[0]

    @cached_property
    def raw(self) -> str:
        """Return its words with their tabs and line breaks."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def text(self) -> str:
        """Return its words as a plan may hold them."""
        return clean(self.raw)

    @cached_property
    def readings(self) -> tuple[Mark, ...]:
        """Return what may have been typed as its number."""
        return readings(self.raw)

    def looks(self, look: Look) -> bool:
        """Return whether all of its words look so."""
        return all(look in piece.looks for piece in self.pieces if piece.text.strip())

    def without(self, length: int) -> Block:
        """Return the block without its first characters, those of its number."""
        return replace(self, pieces=part(self.pieces, length))


def shortened(text: str) -> str:
    """Return the first words of a text, for a message."""
    return text if len(text) <= _QUOTED else text[:_QUOTED].rpartition(" ")[0] + "…"


def part(pieces: Iterable[Piece], start: int, end: int | None = None) -> tuple[Piece, ...]:
    """Cut pieces to those of their characters that stand from `start` to `end`."""
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        first, last = max(0, start - at), len(piece.text) if end is None else min(len(piece.text), end - at)
        if first < last:
            place = piece.at + first if piece.at >= 0 else -1
            found.append(piece._replace(text=piece.text[first:last], at=place))
        at += len(piece.text)
    return tuple(found)


def blocks(paragraphs: Sequence[tuple[int, Paragraph]]) -> tuple[Block, ...]:
    """Return the blocks of paragraphs that follow each other, each with its index in the file."""
    found: list[Block] = []
    waiting: list[tuple[int, Paragraph]] = []
    for number, (index, paragraph) in enumerate(paragraphs):
        waiting.append((index, paragraph))
        is_last = (
            number + 1 == len(paragraphs) or paragraphs[number + 1][1].place.cell != paragraph.place.cell
        )
        if paragraph.deleted is None or is_last:
            found += _lines(_block(waiting))
            waiting = []
    return tuple(found)


def _block(group: Sequence[tuple[int, Paragraph]]) -> Block:
    """Join paragraphs of which the marks between them were deleted."""
    # what remains of one that was deleted whole is its history alone; the next says how it looks
    first = next((each for each in group if each[1].new.strip()), group[-1])
    looks = first[1]
    pieces = tuple(piece for _, paragraph in group for piece in paragraph.pieces)
    tracked = any(piece.inserted or piece.deleted for piece in pieces)
    joints = [paragraph.deleted for _, paragraph in group[:-1] if paragraph.deleted and paragraph.new.strip()]
    calls = (call.note for _, each in group for call in each.calls if call.deleted is None)
    return Block(
        tuple(index for index, _ in group),
        tuple(piece for piece in pieces if piece.is_text),
        looks.place,
        looks.style.lower(),
        looks.level,
        looks.number,
        looks.indent,
        looks.centred,
        tuple(dict.fromkeys(calls)),
        tuple(aside for index, paragraph in group for aside in asides(index, paragraph)),
        pieces if tracked or joints else (),
        joints[0] if joints else None,
        generated=looks.generated,
    )


def asides(index: int, paragraph: Paragraph) -> Iterator[Aside]:
    """Return what a paragraph holds that is no text: struck and hidden words, pictures, notes taken out."""
    for look, what in ((Look.STRUCK, "words struck out by hand"), (Look.HIDDEN, "hidden text")):
        for run in _runs(paragraph.pieces, look):
            words = clean("".join(piece.text for piece in run))
            if words:
                yield Aside(what, words, index, run)
    for graphic in paragraph.graphics:
        article = "an" if graphic.kind[:1] in "aeiou" else "a"
        what = graphic.kind if graphic.kind.startswith(("text", "words")) else f"{article} {graphic.kind}"
        yield Aside(what, clean(graphic.words), index, (graphic,))


def _runs(pieces: Iterable[Piece], look: Look) -> Iterator[tuple[Piece, ...]]:
    run: list[Piece] = []
    for piece in pieces:
        is_hidden = Look.HIDDEN in piece.looks
        has = look in piece.looks and piece.deleted is None and (look is Look.HIDDEN or not is_hidden)
        if has:
            run.append(piece)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _lines(block: Block) -> Iterator[Block]:
    """Divide a block where a line of it begins with a number, letter or bullet of its own."""
    raw = block.raw
    if block.generated or block.level or "\n" not in raw:
        yield block
        return
    starts = _starts(raw)
    for number, pieces in enumerate(_divided(block.pieces, starts)):
        if number == 0:
            yield replace(block, pieces=pieces)
        else:
            yield Block(block.indices, pieces, block.place, block.style, indent=block.indent, is_line=True)


def _starts(raw: str) -> list[int]:
    """Return where the lines of a paragraph begin that have a number of their own, the first line too."""
    starts, has_words, at = [0], False, 0
    for line in raw.split("\n"):
        if has_words and any(each.kind not in (Kind.DIVISION, Kind.ARTICLE) for each in readings(line)):
            starts.append(at)
        has_words = has_words or bool(line.strip())
        at += len(line) + 1
    return starts


def _divided(pieces: Sequence[Piece], starts: Sequence[int]) -> Iterator[tuple[Piece, ...]]:
    """Cut pieces at places of their text, in one pass."""
    found: list[Piece] = []
    at, cuts = 0, iter((*starts[1:], -1))
    cut = next(cuts)
    for piece in pieces:
        rest, end = piece, at + len(piece.text)
        while at <= cut < end:
            before, rest = part((rest,), 0, cut - at), part((rest,), cut - at)[0]
            yield (*found, *before)
            found, at, cut = [], cut, next(cuts)
        found.append(rest)
        at = end
    yield tuple(found)
