"""libyaml's complaints, reworded for a person who writes no programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = (
    (
        "cannot start any token",
        "a tab or a reserved character stands where a value begins",
        "indent with spaces; put a text that begins with @ ` % or a tab in quotes or under `>-`",
    ),
    (
        "mapping values are not allowed",
        "there is a `: ` inside this text",
        "put the text in quotes, or on the next line under `>-`",
    ),
    (
        "could not find expected ':'",
        "a line of this block is no `key: value`",
        "add the colon and a space after the key, or indent the line so that it belongs to the text above",
    ),
    (
        "while scanning a quoted scalar",
        "a quotation mark is opened and never closed",
        "close it, or put the text under `>-`, where quotation marks need nothing",
    ),
    (
        "did not find expected key",
        "this line does not fit the block it stands in",
        "indent it like the keys above it; put a text with `: `, quotes or brackets under `>-`",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list it stands in",
        "begin it with `- ` in the column of the items above",
    ),
    (
        "did not find expected ',' or",
        "a list in brackets or braces is begun here and not closed, or holds a `: `",
        "write one item a line, each after `- `; put text under `>-`",
    ),
    (
        "block sequence entries are not allowed",
        "a `- ` stands where a value was expected",
        "begin the list on the next line",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins something unknown",
        "put the text under `>-`, where a backslash is a backslash",
    ),
    ("invalid leading UTF-8", "a character cannot be read", "type the text again"),
    ("found undefined tag", "a `!` begins a tag", "put the text in quotes"),
    ("did not find the tag", "a `!` begins a tag", "put the text in quotes"),
    (
        "invalid indentation",
        "the first line of this text is indented more than the rest",
        "indent all its lines alike",
    ),
    (
        "did not find expected node content",
        "a list in brackets or braces is begun here, and something else follows",
        "put a text that begins with a bracket under `>-`; write a list one item a line, each after `- `",
    ),
    (
        "found unexpected ':'",
        "a colon stands inside a list in brackets",
        "write one item a line, each after `- `, or put the item in quotes",
    ),
    (
        "while scanning a block scalar",
        "something stands behind the `>-` that begins a text",
        "write the text on the next line, indented",
    ),
    ("while scanning an anchor", "a value begins with `&` or `*`", "put the text in quotes, or under `>-`"),
    ("while scanning a tag", "a `!` begins a tag", "put the text in quotes"),
    (
        "expected <document start>",
        "something follows the end of the document",
        "delete the line `...`, and what only stands behind it",
    ),
    (
        "directive",
        "a line that begins with % is no part of a plan",
        "delete the line, or indent it under its text",
    ),
    ("incompatible YAML document", "the file says that it is not YAML 1.2", "delete the line with %YAML"),
    (
        "while parsing a block node",
        "a value is missing here",
        "write the value, or delete the line",
    ),
    (
        "found a tab character",
        "a tab stands where spaces are needed",
        "indent with spaces",
    ),
)


_AT_ITS_BEGINNING = ("while scanning a simple key", "while scanning a quoted scalar", "while parsing a flow")
"""What libyaml notices at its end, or after it, and a person mends where it begins."""


def words(error: Exception, lines: Sequence[str]) -> tuple[str, str, int, int]:
    """Return what is wrong, how to mend it, and where: line and column, from 1, never past the last line."""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}".strip()
    begun, met = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = begun if begun and said.startswith(_AT_ITS_BEGINNING) else met or begun
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    written = [number for number, each in enumerate(lines, 1) if each.strip()]
    if written and line > written[-1]:
        line, column = written[-1], len(lines[written[-1] - 1].rstrip())
    for phrase, message, help_text in _WORDS:
        if phrase in said:
            return message, help_text, line, column
    help_text = "compare the line with its neighbours: the spaces before it, its quotation marks, its colon"
    return f"this cannot be read ({said})", help_text, line, column
