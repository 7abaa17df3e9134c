"""Where a person types in a YAML file that may be half written: by the layout of its lines alone."""

from __future__ import annotations

import re
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"(?P<margin> *)(?P<dashes>(?:- +)*(?:-$)?)(?P<rest>.*)", re.DOTALL)
_KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[A-Za-z_][\w-]*)(?P=quote):(?:\s+(?P<value>.*)|$)""", re.DOTALL)
_ID = re.compile(r"""\s*(?:- +)*id: +["']?([A-Za-z0-9-]+)""")


class Cursor(NamedTuple):
    """What is being typed, and where."""

    pattern: str
    """The way to it, ``actions.*.provisions.*``; of a key that to its record."""
    typed: str
    """What stands before the cursor of the value, or of the key."""
    is_key: bool
    """Whether it may be a key."""
    in_list: bool = False
    """Whether it is the first thing of an item of a list."""
    siblings: frozenset[str] = frozenset()
    """The keys of the record that are there."""
    taken: frozenset[str] = frozenset()
    """In a point, the ids of the action and of all its points."""


class _Token(NamedTuple):
    """A dash or a key at the head of a line."""

    column: int
    key: str | None
    """None for a dash."""
    is_open: bool = True
    """Whether what it holds stands below it."""


def cursor(lines: Sequence[str], line: int, column: int) -> Cursor:
    """Return what is typed at a line and a column, from 0."""
    found = _cursor(lines, line, column)
    levels = found.pattern.count("points.*")
    return found._replace(taken=frozenset(_ids_around(lines, line, levels))) if levels else found


def _ids_around(lines: Sequence[str], line: int, levels: int) -> Iterator[str]:
    """Return the ids in the item of a list that stands `levels` lists above a line."""
    first, column = line, _dash(lines[line])
    while levels and first > 0:
        first -= 1
        here = _dash(lines[first])
        if here is not None and (column is None or here < column):
            levels -= column is not None
            column = here
    for text in (lines[first], *takewhile(partial(_is_deeper, column or 0), lines[first + 1 :])):
        if found := _ID.match(text):
            yield found[1]


def _dash(line: str) -> int | None:
    """Return the column of the dash that begins a line; None where none does."""
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.startswith("-") else None


def _is_deeper(column: int, line: str) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > column


def _cursor(lines: Sequence[str], line: int, column: int) -> Cursor:
    before = lines[line][:column] if line < len(lines) else ""
    dashes, rest = _tokens(before)
    key = _KEY.fullmatch(rest)
    indent = len(before) - len(rest)
    if key is not None and key["value"] is not None:
        way = _way(lines, line, [*dashes, _Token(indent, key["key"])])
        value = key["value"]
        if value.startswith("[") and "]" not in value:
            return Cursor(f"{way.pattern}.*", re.split(r"[\[,]\s*", value)[-1], is_key=False)
        return Cursor(way.pattern, value, is_key=False)
    way = _way(lines, line, [*dashes, _Token(indent, "")])
    if way.is_text:
        return Cursor(way.pattern, rest, is_key=False)
    below = _siblings_below(lines, line, indent)
    return Cursor(way.pattern, rest, is_key=True, in_list=bool(dashes), siblings=way.siblings | {*below})


def _tokens(line: str) -> tuple[list[_Token], str]:
    """Return the dashes at the head of a line, and what stands behind them."""
    match = _LINE.fullmatch(line)
    if match is None:
        return [], line
    start = len(match["margin"])
    dashes = [_Token(start + at, None) for at, each in enumerate(match["dashes"]) if each == "-"]
    return dashes, match["rest"]


def _all_tokens(line: str) -> list[_Token]:
    """Return the dashes and the key at the head of a line."""
    dashes, rest = _tokens(line)
    key = _KEY.fullmatch(rest)
    if key is None:
        return dashes
    is_open = not key["value"] or key["value"].startswith("#")
    return [*dashes, _Token(len(line) - len(rest), key["key"], is_open)]


class _Way(NamedTuple):
    """The way from the top of a file to a place."""

    pattern: str
    siblings: frozenset[str]
    """The keys above it in the same record."""
    is_text: bool
    """Whether it is a further line of a text."""


def _way(lines: Sequence[str], line: int, here: list[_Token]) -> _Way:
    """Return the way to the last of the dashes and the key at the head of a line."""
    steps, siblings, is_text = [here[-1].key or ""], set[str](), False
    column, is_item, is_inmost = here[-1].column, False, True
    for token in (*reversed(here[:-1]), *_upwards(lines, line)):
        if token.key is None:
            if token.column < column and not is_item:
                steps.append("*")
                column, is_item, is_inmost = token.column, True, False
        elif token.column < column or (is_item and token.column == column):
            if not token.is_open:
                if not is_inmost or steps != [""]:
                    continue
                is_text = True
            steps.append(token.key)
            column, is_item, is_inmost = token.column, False, False
        elif is_inmost and not is_item and token.column == column:
            siblings.add(token.key)
    return _Way(".".join(filter(None, reversed(steps))), frozenset(siblings), is_text)


def _upwards(lines: Sequence[str], line: int) -> Iterator[_Token]:
    """Return dashes and keys above a line, the nearest first."""
    for number in range(line - 1, -1, -1):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            yield from reversed(_all_tokens(lines[number]))


def _siblings_below(lines: Sequence[str], line: int, column: int) -> Iterator[str]:
    """Return the keys of the same record below a line."""
    for text in lines[line + 1 :]:
        tokens = _all_tokens(text)
        if text.strip() and (len(text) - len(text.lstrip()) < column or tokens[:1] == [_Token(column, None)]):
            return
        yield from (each.key for each in tokens if each.key and each.column == column)
