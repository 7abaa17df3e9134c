"""The lines of a file that cannot be read as YAML, as a person meant them: text, keys, items."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.model.file_kinds import FILE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

UNUSUAL = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are no spaces to YAML, for the inside of a character class."""

SPACE = re.compile(f"[{UNUSUAL}]")
_BREAK = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(
    rf"(?P<indent>[ \t{UNUSUAL}]*)(?P<dashes>(?:-[ \t{UNUSUAL}]+)*)"
    rf"(?:(?P<key>[A-Za-z_][A-Za-z_0-9-]*)(?P<pad>[ {UNUSUAL}]*):(?P<gap>[ \t{UNUSUAL}]+|$))?(?P<value>.*)"
)
_HEADER = re.compile(r"[>|][-+0-9]*[ \t]*(?:#.*)?")


class Line(NamedTuple):
    """One line, taken apart; what is missing is empty."""

    number: int
    """From 0."""
    start: int
    """The place of its first character in the file."""
    content: str
    indent: str
    dashes: str
    """The `- ` of one or more items."""
    key: str
    pad: str
    """The spaces before the colon."""
    gap: str
    """The spaces behind the colon."""
    value: str
    inside: bool = False
    """Whether it is text under `>-` or `|`, as YAML reads it."""

    @property
    def blank(self) -> bool:
        """Whether nothing, or only a comment, stands on it."""
        return not self.content.strip() or (self.content.lstrip(" ").startswith("#") and not self.inside)

    @property
    def column(self) -> int:
        """How many characters stand before its content."""
        return len(self.indent)

    @property
    def at(self) -> int:
        """The place of its content in the file."""
        return self.start + len(self.indent)

    @property
    def value_at(self) -> int:
        """The place of its value in the file."""
        return self.start + len(self.content) - len(self.value)

    @property
    def end(self) -> int:
        """The place behind its last character that is no space."""
        return self.start + len(self.content.rstrip())

    @property
    def is_structure(self) -> bool:
        """Whether it begins an item, or has a key that some record of a plan has."""
        return bool(self.dashes or self.key in known_keys() or self.content.strip() == "-")

    @property
    def opens_text(self) -> bool:
        """Whether `>-` or `|` ends it: its text stands below."""
        return bool(_HEADER.fullmatch(self.value))


class Lines:
    """The lines of a file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.every = tuple(_taken_apart(text))

    @cached_property
    def written(self) -> tuple[Line, ...]:
        """Those that hold something."""
        return tuple(line for line in self.every if not line.blank)

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at `index`."""
        line = self.every[bisect_right(self._starts, index) - 1]
        return line.number + 1, index - line.start + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self.every]

    def below(self, line: Line) -> tuple[Line, ...]:
        """Return the lines further in that follow `line`: what stands in its block, or its text."""
        found = []
        for each in self.every[line.number + 1 :]:
            if each.blank:
                continue
            if each.column <= line.column:
                break
            found.append(each)
        return tuple(found)


@cache
def known_keys() -> frozenset[str]:
    """Return every key that a record of a plan can have."""
    found: set[str] = set()
    for kind in FILE_KINDS:
        schema: dict[str, Any] = kind.root.model_json_schema()
        for each in (schema, *schema.get("$defs", {}).values()):
            found |= each.get("properties", {}).keys()
    return frozenset(found)


def _taken_apart(text: str) -> Iterator[Line]:
    # the text under `>-` stands further in than its key, and ends before what stands less far in than its
    # first line: `least` is the column it must reach, -1 outside of a text
    start, least, is_first = 0, -1, False
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    for number, (stop, following) in enumerate((*ends, (len(text), len(text)))):
        content = text[start:stop]
        plain = len(content) - len(content.lstrip(" "))
        if least >= 0 and content.strip(" \t"):
            least = -1 if plain < least else plain if is_first else least
            is_first = False
        match = _LINE.fullmatch(content)
        parts = match.groupdict("") if match else {**_NOTHING, "value": content}
        line = Line(number, start, content, **parts, inside=least >= 0)
        if least < 0 and line.opens_text and (line.key or line.dashes):
            # of `- text: >-` the text must be further in than the key, of `- >-` than the last dash
            least = line.column + (len(line.dashes) if line.key else max(0, line.dashes.rfind("-"))) + 1
            is_first = True
        yield line
        start = following


_NOTHING = dict.fromkeys(("indent", "dashes", "key", "pad", "gap"), "")
