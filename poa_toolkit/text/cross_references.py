r"""Cross-references: ``{A-012}`` in a text prints what it names by its number, ``paragraph 14``.

``{A-012(b)}`` names a point or sub-point by its id, ``{section:follow-up}`` a section, ``{annex:sources}``
an annex; ``|no`` before the closing brace prints the number alone. ``\{``, ``\}`` stand for the characters.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MARK: Final = r"\{[^\s{}\[\]\\]*\}"
"""What stands in a text as one thing; whether it is a reference, its inside says."""

_ESCAPED_OR_BRACE = re.compile(rf"\\[{{}}\\]|{MARK}|\{{")
_INSIDE = re.compile(
    r"(?:(?P<kind>section|annex):)?(?P<name>[A-Za-z0-9-]+)(?P<points>(?:\([A-Za-z0-9-]+\))*)(?P<alone>\|no)?"
)


class Kind(StrEnum):
    """What a cross-reference leads to."""

    PARAGRAPH = "paragraph"
    """A numbered paragraph, an action, or a point of one."""
    SECTION = "section"
    ANNEX = "annex"


class CrossReference(NamedTuple):
    """A cross-reference as a text has it."""

    source: str
    """As it is typed: ``{A-012(b)|no}``."""
    kind: Kind
    name: str
    """The id of the record, or the name of the annex."""
    points: tuple[str, ...] = ()
    """The id of the point or sub-point it names; that of the point above a sub-point may stand before it."""
    is_alone: bool = False
    """Whether the number is printed without a word before it."""

    @property
    def record(self) -> str:
        """Return what it leads to, as numbers are kept: ``A-012``, ``A-012.b``."""
        return ".".join((self.name, *self.points[-1:]))

    def with_number_alone(self) -> CrossReference:
        """Return it without the word before its number."""
        return self if self.is_alone else self._replace(source=f"{self.source[:-1]}|no}}", is_alone=True)

    def renamed(self, ids: Mapping[str, str]) -> CrossReference:
        """Return it with the ids that records have now; `ids` leads to them from old ones, ``A-012.b``."""
        if self.kind is Kind.ANNEX:
            return self
        ways = (self.name, *(f"{self.name}.{each}" for each in self.points))
        name, *points = (ids.get(way, way).rpartition(".")[2] for way in ways)
        kind = f"{self.kind}:" if self.kind is Kind.SECTION else ""
        inside = f"{kind}{name}{''.join(f'({each})' for each in points)}{'|no' * self.is_alone}"
        return self._replace(source=f"{{{inside}}}", name=name, points=tuple(points))


class Piece(NamedTuple):
    """A stretch of a text."""

    source: str
    """As it is typed."""
    start: int
    """Where it begins."""
    found: CrossReference | None = None
    is_fault: bool = False
    """Whether it is a brace that opens no reference."""
    is_holder: bool = False
    """Whether it is the id of who holds a bracket."""

    @property
    def text(self) -> str:
        r"""Return it as a reader sees it, a reference as it is typed: ``{`` for ``\\{``."""
        return self.source[1:] if self.source in (r"\{", r"\}") else self.source


def parse(source: str) -> CrossReference | None:
    """Return the reference that is written ``{…}``; None where it has the form of none."""
    match = _INSIDE.fullmatch(source[1:-1])
    if match is None or (match["kind"] and match["points"]):
        return None
    points = tuple(match["points"][1:-1].split(")(")) if match["points"] else ()
    kind = Kind(match["kind"] or Kind.PARAGRAPH)
    return CrossReference(source, kind, match["name"], points, bool(match["alone"]))


def pieces(text: str) -> Iterator[Piece]:
    """Part a text into references, escaped braces, braces that open no reference, and what stands between."""
    end = 0
    for match in _ESCAPED_OR_BRACE.finditer(text):
        mark = match.group()
        if mark == r"\\":
            continue
        if match.start() > end:
            yield Piece(text[end : match.start()], end)
        found = parse(mark) if len(mark) > 1 and mark[0] == "{" else None
        yield Piece(mark, match.start(), found, is_fault=found is None and mark[0] == "{")
        end = match.end()
    if end < len(text):
        yield Piece(text[end:], end)


def references(text: str) -> Iterator[Piece]:
    """Return the references of a text."""
    return (each for each in pieces(text) if each.found) if "{" in text else iter(())


def spelt(parts: Sequence[tuple[Piece, str]], start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of what a text prints is spelt; `parts` are its pieces and what they print."""
    at, first, last = 0, sum(len(each.source) for each, _ in parts), 0
    for each, words in parts:
        if start < at + len(words) and end > at:
            is_literal = words == each.source
            first = min(first, each.start + (max(start - at, 0) if is_literal else 0))
            last = each.start + (min(end - at, len(words)) if is_literal else len(each.source))
        at += len(words)
    return min(first, last), last


def blanked(text: str) -> str:
    """Return a text with spaces in the place of its references, as long as it was."""
    if "{" not in text:
        return text
    return "".join(" " * len(each.source) if each.found else each.source for each in pieces(text))


def escaped(text: str) -> str:
    r"""Return words that somebody typed as a text has them: a brace that opens no reference as ``\{``."""
    if "{" not in text:
        return text
    return "".join(f"\\{each.source}" if each.is_fault else each.source for each in pieces(text))


def renamed(text: str, ids: Mapping[str, str]) -> str:
    """Return a text whose references have the ids that records have now; see `CrossReference.renamed`."""
    if not ids or "{" not in text:
        return text
    return "".join(each.found.renamed(ids).source if each.found else each.source for each in pieces(text))


def printed(text: str, words: Callable[[CrossReference], str]) -> str:
    r"""Return a text with each reference as `words` has it, and ``\{`` as the character."""
    if "{" not in text and "}" not in text:
        return text
    return "".join(words(each.found) if each.found else each.text for each in pieces(text))
