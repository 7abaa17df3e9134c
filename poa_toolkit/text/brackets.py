r"""Square brackets are unagreed text: ``[International | National] observers``.

Alternatives are split by ``|`` inside brackets, brackets nest, and a holder (an id before
``: ``) says who wants them. ``\[``, ``\]``, ``\|`` and ``\\`` stand for the characters themselves, as
``\{`` and ``\}`` do; a bar inside a cross-reference parts no alternatives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.text import cross_references
from poa_toolkit.text.cross_references import Piece

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from collections.abc import Set as AbstractSet

MAX_DEPTH = 8
"""How deep brackets may nest; deeper is refused, so that hostile text cannot exhaust the stack."""

_TOKEN = re.compile(rf"\\[\[\]|\\{{}}]|{cross_references.MARK}|[\[\]|]")
ESCAPED = re.compile(r"\\([\[\]|\\{}])")
_HOLDER = re.compile(r"([A-Za-z0-9-]+):([ \n])")
_SPECIAL = re.compile(r"[\[\]|\\{}]")


class BracketError(ValueError):
    """Brackets that do not pair; `position` is the index of the character at fault."""

    def __init__(self, message: str, position: int) -> None:
        """Keep the place beside the words."""
        super().__init__(message)
        self.position = position


class Plain(NamedTuple):
    """Text outside brackets, or between their marks, exactly as typed."""

    source: str

    @property
    def text(self) -> str:
        """The text as a reader sees it, escapes undone."""
        return unescape(self.source)


class Bracket(NamedTuple):
    """Unagreed text: one or more alternatives, and who holds them where it is said."""

    alternatives: tuple[tuple[Node, ...], ...]
    holder: str | None
    start: int
    end: int
    gap: str = " "
    """The white space between the colon after the holder and the words."""


Node: TypeAlias = Plain | Bracket


def unescape(source: str) -> str:
    r"""Undo the escapes: ``\[sic\]`` → ``[sic]``."""
    return ESCAPED.sub(r"\1", source)


def escaped(words: str) -> str:
    r"""Return words as a text has them in which every mark is a character: ``[sic]`` → ``\[sic\]``."""
    return _SPECIAL.sub(r"\\\g<0>", words)


def parse(text: str, holders: AbstractSet[str] = frozenset()) -> tuple[Node, ...]:
    """Read `text` into plain stretches and brackets; `to_text` gives it back exactly.

    `holders` are the known ids, in lower case, that may stand before ``: `` in a bracket.
    Raises BracketError where brackets do not pair or nest deeper than MAX_DEPTH.
    """
    if "[" not in text and "]" not in text:
        return (Plain(text),) if text else ()
    nodes, _ = _Parser(text, holders).sequence(0, opened=None, depth=0)
    return nodes[0]


def to_text(nodes: tuple[Node, ...]) -> str:
    """Print nodes as they were typed."""
    return "".join(_print(node) for node in nodes)


def shown(text: str) -> str:
    r"""Return a text as a reader sees it: ``\[sic\]`` → ``[sic]``; as it is where brackets do not pair."""
    if "\\" not in text:
        return text
    try:
        parse(text)
    except BracketError:
        return text
    return unescape(text)


def walk(nodes: tuple[Node, ...]) -> Iterator[Bracket]:
    """Return every bracket, the outer before the inner, in reading order."""
    for node in nodes:
        if isinstance(node, Bracket):
            yield node
            for alternative in node.alternatives:
                yield from walk(alternative)


def pieces(text: str, holders: Collection[str]) -> Iterator[Piece]:
    """Part a text as `cross_references.pieces` does; the holder of a bracket is a piece of its own."""
    at = 0
    for bracket in _held(text, holders):
        holder, start = bracket.holder or "", bracket.start + 1
        yield from _moved(text, at, start)
        yield Piece(holder, start, is_holder=True)
        at = start + len(holder)
    yield from _moved(text, at, len(text))


def _held(text: str, holders: Collection[str]) -> tuple[Bracket, ...]:
    """Return the brackets of a text that somebody holds; none where brackets do not pair."""
    if not holders or "[" not in text:
        return ()
    try:
        return tuple(each for each in walk(parse(text, frozenset(holders))) if each.holder)
    except BracketError:
        return ()


def _moved(text: str, start: int, end: int) -> Iterator[Piece]:
    for each in cross_references.pieces(text[start:end]):
        yield each._replace(start=each.start + start)


def count(text: str) -> int:
    """Count the brackets of a text, nested ones too; where they do not pair, those that open."""
    try:
        return sum(1 for _ in walk(parse(text)))
    except BracketError:
        return text.count("[")


def _print(node: Node) -> str:
    if isinstance(node, Plain):
        return node.source
    holder = f"{node.holder}:{node.gap}" if node.holder else ""
    return f"[{holder}{'|'.join(to_text(each) for each in node.alternatives)}]"


class _Parser:
    """One pass over the marks of a text, from left to right."""

    def __init__(self, text: str, holders: AbstractSet[str]) -> None:
        self.text = text
        self.holders = holders

    def sequence(
        self, start: int, *, opened: int | None, depth: int
    ) -> tuple[tuple[tuple[Node, ...], ...], int]:
        """Read alternatives from `start` to the bracket that closes `opened`, or to the end."""
        alternatives: list[tuple[Node, ...]] = []
        nodes: list[Node] = []
        plain = position = start
        while match := _TOKEN.search(self.text, position):
            mark, position = match.group(), match.end()
            if len(mark) > 1 or (mark == "|" and opened is None):
                continue
            if match.start() > plain:
                nodes.append(Plain(self.text[plain : match.start()]))
            if mark == "[":
                bracket = self.bracket(match.start(), depth + 1)
                nodes.append(bracket)
                position = bracket.end
            elif mark == "|":
                alternatives.append(tuple(nodes))
                nodes = []
            elif opened is None:
                message = "a bracket is closed that was never opened"
                raise BracketError(message, match.start())
            else:
                return (*alternatives, tuple(nodes)), match.end()
            plain = position
        if opened is not None:
            message = "a bracket is opened and never closed"
            raise BracketError(message, opened)
        if plain < len(self.text):
            nodes.append(Plain(self.text[plain:]))
        return (tuple(nodes),), len(self.text)

    def bracket(self, start: int, depth: int) -> Bracket:
        """Read the bracket that opens at `start`."""
        if depth > MAX_DEPTH:
            message = f"brackets nest deeper than {MAX_DEPTH}"
            raise BracketError(message, start)
        match = _HOLDER.match(self.text, start + 1)
        holder = match.group(1) if match and match.group(1).lower() in self.holders else None
        inner = match.end() if match and holder else start + 1
        alternatives, end = self.sequence(inner, opened=start, depth=depth)
        return Bracket(alternatives, holder, start, end, match.group(2) if match and holder else " ")
