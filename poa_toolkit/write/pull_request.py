"""A report in Markdown that fits a comment on GitHub: long ones fold by section, then are cut."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.document.blocks import Heading
from poa_toolkit.write import markdown
from poa_toolkit.write.escape import markdown as escaped

if TYPE_CHECKING:
    from poa_toolkit.document.blocks import Document, Part

MOST = 65_536
"""Characters that a comment, or the text of a pull request, can hold, as UTF-16 counts them."""
LIMIT = MOST - 536
"""How many a report may have; the rest is for what a program puts before it."""
_LONG = 12_288
"""Characters from which on the sections are folded; about six screens."""
_END = "</details>"


def comment(document: Document, more: str) -> str:
    """Print a report of changes in at most LIMIT characters; `more` is the command that shows all.

    One that is long has each section folded, the effects before them. One that is too long loses
    whole entries, never a part of one, and says how many, where, and how to read them.
    """
    whole = markdown.document(document)
    if _size(whole) <= _LONG:
        return whole
    paper = _Paper(LIMIT - _size(_rest(10**9, 10**9, more)))
    for block in markdown.front(document):
        paper.add(block)
    for name in ("summary", "not-compared", "effects", "changes"):
        for part in (each for each in document.parts if each.name == name):
            if name == "changes":
                paper.fold(part)
            else:
                for block in markdown.blocks(part.blocks):
                    paper.add(block)
    total = sum(len(entry.anchors) for part in document.parts for entry in part.entries)
    left_out = total - paper.shown
    if left_out or paper.lost:
        paper.blocks.append(_rest(left_out, total, more))
    return "\n\n".join(paper.blocks) + "\n"


class _Paper:
    """Blocks, as many as there is room for."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.blocks: list[str] = []
        self.shown = 0
        self.lost = False

    def add(self, block: str) -> bool:
        """Add a block where it fits; say whether it did."""
        if _size(block) + 2 > self.room:
            self.lost = True
            return False
        self.blocks.append(block)
        self.room -= _size(block) + 2
        return True

    def fold(self, part: Part) -> None:
        """Add a section that opens at a click, with the entries that fit."""
        opening = _opening(part)
        kept = _size(_END) + _size(_missing(10**9)) + 4
        self.room -= kept
        if not self.add(opening):
            self.room += kept
            return
        missing = 0
        for entry in part.entries:
            if self.add("\n\n".join(markdown.blocks(entry.paragraphs()))):
                self.shown += len(entry.anchors)
            else:
                missing += len(entry.anchors)
        self.room += kept
        if missing:
            self.add(_missing(missing))
        self.add(_END)


def _opening(part: Part) -> str:
    heading = next(block for block in part.blocks if isinstance(block, Heading))
    weights: Counter[str] = Counter()
    for entry in part.entries:
        weights[entry.weight] += len(entry.anchors)
    counted = ", ".join(f"{count} {weight}" for weight, count in weights.items())
    title = markdown.blocks((heading,))[0].lstrip("# ")
    return f"<details>\n<summary><strong>{title}</strong>: {escaped(counted)}</summary>"


def _missing(count: int) -> str:
    return f"*{count} more of this section not shown here: see the end.*"


def _rest(left_out: int, total: int, more: str) -> str:
    return (
        f"**{left_out} of {total} changes are not shown here**, "
        f"because GitHub takes at most {MOST} characters. All of them: "
        f"<code>{escaped(more)}</code>, or `changes.html` of the build."
    )


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
