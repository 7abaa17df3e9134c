"""The blocks that reports and annexes are laid out of, each made in a line; a string is plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from poa_toolkit.document.blocks import Document, Heading, Layout, Paragraph, Part, PartKind, Role, Row, Table
from poa_toolkit.document.runs import Deleted, Inserted, Mark, Text, words_of
from poa_toolkit.model import cross_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Block
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan
    from poa_toolkit.model.cross_references import CrossReferences


def runs(*words: Run | str) -> tuple[Run, ...]:
    """Return the runs of a line."""
    return tuple(Text(each) if isinstance(each, str) else each for each in words)


def strong(text: str) -> Text:
    """Return a text that stands out."""
    return Text(text, Mark.STRONG)


def code(text: str) -> Text:
    """Return an id, a symbol, a path."""
    return Text(text, Mark.CODE)


def muted(text: str) -> Text:
    """Return secondary matter."""
    return Text(text, Mark.MUTED)


def heading(title: str, level: int = 1, number: str = "", anchor: str = "") -> Heading:
    """Return a heading."""
    return Heading(level, (Text(title),), number, anchor)


def body(*words: Run | str) -> Paragraph:
    """Return a paragraph of running text."""
    return Paragraph(Role.BODY, runs(*words))


def item(*words: Run | str, record: str | None = None, field: str | None = None) -> Paragraph:
    """Return an item of a list."""
    return Paragraph(Role.ITEM, runs(*words), record, field)


def quote(*words: Run | str, record: str | None = None, field: str | None = None) -> Paragraph:
    """Return a text shown whole, or what stands under an item."""
    return Paragraph(Role.QUOTE, runs(*words), record, field)


def row(*cells: tuple[Run, ...] | Run | str, record: str | None = None) -> Row:
    """Return a row of a table."""
    return Row(tuple(each if isinstance(each, tuple) else runs(each) for each in cells), record)


def part(*blocks: Block, wide: bool = False) -> Part:
    """Return a part of a report."""
    return Part(PartKind.REPORT, blocks, wide=wide)


def report(  # noqa: PLR0913 - one parameter a thing that stands at its head
    title: str,
    parts: Iterable[Part],
    plan: Plan | None = None,
    *,
    references: CrossReferences | None = None,
    version: str = "",
    cover: tuple[tuple[str, str], ...] = (),
    layout: Layout = Layout.PAGE,
) -> Document:
    """Return a report, under the title and the notice of the plan that it is on.

    Cross-references print what they print in that plan, or else what `references` says.
    """
    parts = tuple(parts)
    if "{" in "".join(_words(parts)) and (references or plan):
        found = references or cross_references.of(cast("Plan", plan))
        parts = tuple(_resolved(each, found) for each in parts)
    return Document(
        title=title,
        subtitle=plan.title if plan else "",
        cover=cover,
        notice=plan.printed_notice() if plan else "",
        parts=parts,
        version=version,
        layout=layout,
    )


def _words(parts: Iterable[Part]) -> Iterator[str]:
    for each in parts:
        for block in each.blocks:
            lines = (
                [cell for row in block.rows for cell in row.cells]
                if isinstance(block, Table)
                else [block.runs]
            )
            yield from map(words_of, lines)


def _resolved(each: Part, references: CrossReferences) -> Part:
    """Return a part of a report with what cross-references print, but for ids, symbols and paths."""

    def line(found: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(
            replace(run, text=references.shown(run.text))
            if isinstance(run, Text | Inserted | Deleted) and run.mark is not Mark.CODE
            else run
            for run in found
        )

    def block_of(block: Block) -> Block:
        if isinstance(block, Table):
            rows = (replace(row, cells=tuple(map(line, row.cells))) for row in block.rows)
            return replace(block, rows=tuple(rows))
        return replace(block, runs=line(block.runs))

    return replace(each, blocks=tuple(map(block_of, each.blocks)))
