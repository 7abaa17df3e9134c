"""A document as GitHub's Markdown, in which no text of others can be anything but text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, assert_never

from poa_toolkit.document.blocks import Document, Heading, Paragraph, Role, Table, anchors
from poa_toolkit.document.runs import Deleted, Inserted, Link, Mark, Note, Text
from poa_toolkit.write.escape import markdown, no_list, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from poa_toolkit.document.blocks import Block
    from poa_toolkit.document.runs import Run

_TAGS = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.CODE: "code",
    Mark.BRACKET: "strong",
    Mark.HOLDER: "em",
    Mark.FOUND: "strong",
}
"""HTML rather than asterisks: it holds whatever stands next to it."""
_STARTS = {Role.ITEM: "- ", Role.QUOTE: "> "}
_DEEPEST = 6
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\\\"'`|]+")


def document(document: Document) -> str:
    """Print a document; deleted text stands in ``<del>``, inserted text in ``<ins>``."""
    writer = _Writer(anchors(document))
    printed = front(document)
    for part in document.parts:
        printed += writer.blocks(part.blocks)
        printed += writer.blocks(block for entry in part.entries for block in entry.paragraphs())
    printed += writer.notes()
    return "\n\n".join(printed) + "\n"


def front(document: Document) -> list[str]:
    """Print title, subtitle, what the cover says, and the notice."""
    blocks = [f"# {markdown(document.title)}"]
    if document.subtitle:
        blocks.append(no_list(markdown(document.subtitle)))
    if document.cover:
        blocks.append("\n".join(f"- {markdown(label)}: {markdown(value)}" for label, value in document.cover))
    if document.notice:
        blocks.append(f"> {markdown(document.notice)}")
    return blocks


def blocks(blocks: Iterable[Block]) -> list[str]:
    """Print blocks that have no footnotes."""
    return _Writer().blocks(blocks)


def line(runs: Iterable[Run]) -> str:
    """Print runs that have no footnotes, as one line."""
    return _Writer().line("", runs)


class _Writer:
    """Prints blocks; keeps the footnotes for the end.

    A link to a place that is not among `anchors` is its words; None for any place.
    """

    def __init__(self, anchors: Collection[str] | None = None) -> None:
        self.anchors = anchors
        self.footnotes: list[str] = []

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Print blocks; the items of a list, and the lines of a quotation, stay together."""
        printed: list[str] = []
        before = None
        for block in blocks:
            role = block.role if isinstance(block, Paragraph) else None
            text = self.block(block)
            if role is Role.ITEM and before is Role.ITEM:
                printed[-1] += f"\n{text}"
            elif role is Role.QUOTE and before is Role.QUOTE:
                printed[-1] += f"\n>\n{text}"
            else:
                printed.append(text)
            before = role
        return printed

    def block(self, block: Block) -> str:
        """Print one block."""
        match block:
            case Heading():
                anchor = f'<a id="{html.escape(one_line(block.anchor))}"></a>' if block.anchor else ""
                level = "#" * min(block.level + 1, _DEEPEST)
                return f"{level} {anchor}{self.line(block.number, block.runs)}"
            case Paragraph():
                return _STARTS.get(block.role, "") + self.line(block.number, block.runs)
            case Table():
                return self.table(block)
            case _:
                assert_never(block)

    def line(self, number: str, runs: Iterable[Run]) -> str:
        """Print runs as one line that begins neither a list nor a heading."""
        label = f"{markdown(number)} " if number else ""
        return no_list((label + self.runs(runs)).strip())

    def table(self, table: Table) -> str:
        """Print a table."""
        rows = [" | ".join(markdown(column.title) for column in table.columns)]
        rows.append(" | ".join("---" for _ in table.columns))
        rows += [" | ".join(self.runs(cell).strip() for cell in row.cells) for row in table.rows]
        title = f"<strong>{markdown(table.title)}</strong>\n\n" if table.title else ""
        return title + "\n".join(f"| {row} |" for row in rows)

    def notes(self) -> Iterator[str]:
        """Print the footnotes."""
        for number, text in enumerate(self.footnotes, start=1):
            yield f"[^{number}]: {text}"

    def link(self, link: Link) -> str:
        """Print a link, or what it says where it leads to no place of the document."""
        is_inside = link.target.startswith("#") and self.anchors is not None
        return (
            _link(link) if not is_inside or link.target[1:] in (self.anchors or ()) else markdown(link.text)
        )

    def runs(self, runs: Iterable[Run]) -> str:
        """Print runs on one line."""
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        """Print one run."""
        match run:
            case Text():
                return _tagged(_TAGS.get(run.mark, ""), run.text)
            case Deleted():
                return _tagged("del", run.text)
            case Inserted():
                return _tagged("ins", run.text)
            case Link():
                return self.link(run)
            case Note():
                self.footnotes.append(self.runs(run.runs))
                return f"[^{len(self.footnotes)}]"
            case _:
                assert_never(run)


def _tagged(tag: str, text: str) -> str:
    escaped = markdown(text)
    return f"<{tag}>{escaped}</{tag}>" if tag and escaped else escaped


def _link(link: Link) -> str:
    """Print a link to a place of this document or to a page; any other is its text."""
    text = markdown(link.text)
    if link.target.startswith("#"):
        return f'<a href="{html.escape(one_line(link.target))}">{text}</a>'
    return f"[{text}]({link.target})" if _ADDRESS.fullmatch(link.target) else text
