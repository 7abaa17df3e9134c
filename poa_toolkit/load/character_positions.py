"""Which characters of a file spell each character of a value, in every form that YAML has for text.

The rules of folding, escaping and indentation are those of libyaml, which reads the file; what is found
is compared with the value that it gave.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.load.yaml_events import Event

_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FLOW = re.compile(
    r"""
      (?P<blank>[ \t]++(?![\r\n]))
    | (?P<fold>[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*)
    | (?P<joined>\\(?:\r\n|\r|\n)[ \t\r\n]*)
    | (?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))
    | (?P<plain>.)
    """,
    re.VERBOSE,
)
_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n|\Z)")


class Letter(NamedTuple):
    """One character of a value, and the stretch of the file that spells it."""

    value: str
    """The character; empty where only an escape says which it is."""
    start: int
    end: int


def letters(text: str, event: Event) -> list[Letter] | None:
    """Return the letters of a scalar of `text`, one for each character of its value.

    None where they cannot be told apart, so that nobody is shown a wrong place.
    """
    found = [*_read(text, event)]
    is_told = len(found) == len(event.value) and all(
        each.value in ("", known) for each, known in zip(found, event.value, strict=True)
    )
    return found if is_told else None


def _read(text: str, event: Event) -> Iterator[Letter]:
    """Read a scalar of any style."""
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("|", ">"):
        header = _HEADER.match(text, start)
        if header is not None:
            lines = [match for match in _LINE.finditer(text, header.end(), end) if match.group()]
            yield from _block(lines, _margin(lines, event.value), event)
    elif event.style in ("'", '"'):
        yield from _flow(text, start + 1, end - 1, event.style)
    else:
        yield from _flow(text, start, end, "")


def _flow(text: str, start: int, end: int, style: str) -> Iterator[Letter]:
    """Read a plain or quoted scalar: line breaks fold to spaces, escapes and doubled quotes are one."""
    at = start
    while at < end:
        match = _FLOW.match(text, at, end)
        if match is None:
            return
        kind, stop = match.lastgroup, match.end()
        if kind == "blank":
            yield from (Letter(text[place], place, place + 1) for place in range(at, stop))
        elif kind == "fold":
            breaks = len(_BREAK.findall(match.group()))
            yield from [Letter(" " if breaks == 1 else "\n", at, stop)] * max(1, breaks - 1)
        elif style == '"' and kind == "joined":
            yield from [Letter("\n", at, stop)] * (len(_BREAK.findall(match.group())) - 1)
        elif style == '"' and kind == "escape":
            yield Letter("", at, stop)
        elif style == "'" and text.startswith("''", at):
            stop = at + 2
            yield Letter("'", at, stop)
        else:
            stop = at + 1
            yield Letter(text[at], at, stop)
        at = stop


def _margin(lines: list[re.Match[str]], value: str) -> int:
    """Return how far the lines of a block are indented: as its first words, but for spaces of the value."""
    first = next((each[1] for each in lines if each[1].strip(" ")), "")
    before = value[: len(value) - len(value.lstrip(" \n"))]
    spaces = len(before) - before.rfind("\n") - 1
    return max(0, len(first) - len(first.lstrip(" ")) - spaces)


def _block(lines: list[re.Match[str]], margin: int, event: Event) -> Iterator[Letter]:
    """Read the lines of a block: of a folded one, breaks between lines that are not indented are spaces."""
    room = len(event.value)
    held: list[Letter] = []
    before = ""
    for match in lines:
        line, start = match[1], match.start()
        content = line[margin:]
        if not content and not line.strip(" "):
            held += _ends(match)
            continue
        is_folded = event.style == ">" and before and not {before, content[:1]} & {" ", "\t"}
        if held and is_folded:
            held = held[1:] or [Letter(" ", held[0].start, start + margin)]
        yield from held
        room -= len(held) + len(content)
        yield from (
            Letter(each, place, place + 1) for place, each in enumerate(content, start=start + margin)
        )
        held, before = _ends(match), content[:1]
    # how many breaks stay at the end is what the value says: none, one, or all
    yield from held[: max(0, room)]


def _ends(match: re.Match[str]) -> list[Letter]:
    return [Letter("\n", match.end(1), match.end())] if match[2] else []
