"""Every line that a document prints beside the texts of the plan, and what a template may make others of."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.document import lacking
from poa_toolkit.document.parts import Heading, Inserted, Link, Note, Paragraph, PartKind, Role, Table, Text
from poa_toolkit.document.words import WORDS
from poa_toolkit.model import Action
from poa_toolkit.model.traits import Place, printed_in
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.document.parts import Block, Document, Part, Run
    from poa_toolkit.document.words import Words
    from poa_toolkit.model import House


class Said(NamedTuple):
    """What a document prints beside the texts of the plan."""

    lines: frozenset[str]
    """Its lines: headings of annexes, cells, notes, what stands under an action; of what Word computes
    in them, both with it and without."""
    parts: frozenset[str]
    """What its template puts one after the other as it likes: labels, values, titles, numbers."""


def said(document: Document, numbers: Mapping[str, str]) -> Said:
    """Give what a document prints beside the texts; `numbers` are the printed ones of records."""
    lines = set(chain.from_iterable(_of_part(part, numbers) for part in document.parts))
    parts = {*chain.from_iterable(document.cover), *chain.from_iterable(map(_contents, document.parts))}
    parts |= {document.title, document.subtitle, document.notice, document.symbol}
    parts |= {document.version, document.lacking, document.author}
    return Said(frozenset(lines), frozenset(filter(None, parts)))


def _of_part(part: Part, numbers: Mapping[str, str]) -> Iterator[str]:
    for block in part.blocks:
        match block:
            case Table():
                yield from (column.title for column in block.columns)
                for cell in chain.from_iterable(row.cells for row in block.rows):
                    yield from _line(cell, numbers)
            case Paragraph(field=str()) if block.role is not Role.DETAIL:
                yield from _notes(block.runs, numbers)
            case Paragraph(role=Role.DETAIL):
                yield from _line(block.runs, numbers)
                # texts that stand in controls are compared by themselves; older files have fewer of them
                for named in (_PROSE, None):
                    yield from _line(tuple(run for run in block.runs if not _is_of(run, named)), numbers)
            case _:
                yield from _line(block.runs, numbers, _number(block))


_PROSE = frozenset(field.name for field in printed_in(Action, Place.SETTINGS) if field.value.is_words)


def _is_of(run: Run, fields: frozenset[str] | None) -> bool:
    """Say whether a run prints one of these fields, or any field."""
    name = getattr(run, "field", "")
    return bool(name) if fields is None else name in fields


def _number(block: Block) -> str:
    return f"{block.number} " if isinstance(block, Heading) and block.number else ""


def _line(runs: tuple[Run, ...], numbers: Mapping[str, str], before: str = "") -> Iterator[str]:
    """Give a line with what Word computes, and without; and the notes that are called in it."""
    yield before + _words(runs)
    if before:
        yield _words(runs)
    if any(map(numbers.__contains__, _targets(runs))):
        yield before + _words(run for run in runs if not _is_computed(run, numbers))
    yield from _notes(runs, numbers)


def _notes(runs: Iterable[Run], numbers: Mapping[str, str]) -> Iterator[str]:
    for run in runs:
        if isinstance(run, Note):
            yield from _line(run.runs, numbers)


def _targets(runs: Iterable[Run]) -> Iterator[str]:
    return (run.target[1:] for run in runs if isinstance(run, Link))


def _is_computed(run: Run, numbers: Mapping[str, str]) -> bool:
    return isinstance(run, Link) and run.text == numbers.get(run.target[1:], "").rstrip(".")


def _words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if isinstance(run, Text | Inserted | Link))


def _contents(part: Part) -> Iterator[str]:
    """Give what the line of a part in the contents is made of."""
    heading = next((block for block in part.blocks if isinstance(block, Heading)), None)
    if heading is None:
        return
    yield from (heading.number, _words(heading.runs))
    numbered = (block for block in part.blocks if isinstance(block, Paragraph))
    numbers = [block.number.rstrip(".") for block in numbered if block.role in (Role.NUMBERED, Role.ACTION)]
    if numbers and part.kind is not PartKind.ANNEX:
        yield "\N{EN DASH}".join(dict.fromkeys((numbers[0], numbers[-1])))


def openings(house: House, said: Iterable[str]) -> dict[str, frozenset[str]]:
    """Give how the lines of a cover open that vary while a text stays, and the words that may follow.

    `said` are other names that may stand there: of stages, versions, records.
    """
    words = WORDS[house]
    labels = (words.since, words.version, words.stage, words.standing, words.digest, words.endorsed_by)
    vocabulary = frozenset(_lower((*_all(words), *said)))
    return dict.fromkeys((*labels, words.corrigenda, *lacking.labels(words)), vocabulary)


def _all(words: Words) -> Iterator[str]:
    """Give every text of a house, however deep it stands."""
    waiting: list[object] = [getattr(words, name) for name in words.__dataclass_fields__]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, tuple):
            waiting += each


def _lower(texts: Iterable[str]) -> Iterator[str]:
    return (token.lower() for text in texts for token in tokens(text))
