"""Which lines of a text are those of another: of the one that could be read last, while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.load import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Span


class Lines:
    """The lines that two texts have in common, before and behind the stretch that differs."""

    def __init__(self, old: str, new: str) -> None:
        before, after = (decode.lines(each) for each in (old, new))
        self._head = _alike(zip(before, after, strict=False))
        shorter = min(len(before), len(after)) - self._head
        self._tail = min(shorter, _alike(zip(reversed(before), reversed(after), strict=False)))
        self._old, self._new = len(before), len(after)

    def old(self, line: int) -> int | None:
        """Return the line of the old text, from 1, that is a line of the new one; None where none is."""
        return self._line(line, self._new, self._old)

    def new(self, span: Span) -> Span | None:
        """Return where a stretch of the old text stands in the new one; None where it is not as it was."""
        first, last = (self._line(each, self._old, self._new) for each in (span.line, span.end_line))
        return span._replace(line=first, end_line=last) if first and last else None

    def _line(self, line: int, length: int, others: int) -> int | None:
        if line <= self._head:
            return line
        return line - length + others if line > length - self._tail else None


def _alike(pairs: Iterator[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count
