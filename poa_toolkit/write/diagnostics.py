"""Diagnostics as text for people: each with its line, and carets under the place, for any script."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.text.counting import many
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


_RED, _YELLOW, _BLUE, _BOLD, _DIM, _OFF = "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.INFORMATION: _BLUE}


MOST = 100
"""How many findings a person is shown who has not asked for more."""
ALL = 0
"""As a number of findings: every one."""


class Selection(NamedTuple):
    """The findings that are shown, and those that are only counted."""

    shown: tuple[Diagnostic, ...]
    left_out: tuple[Diagnostic, ...]


def select(diagnostics: Iterable[Diagnostic], *, most: int) -> Selection:
    """Choose at most `most` findings, errors before warnings before notes; each part in the order given."""
    every = tuple(diagnostics)
    if most == ALL or len(every) <= most:
        return Selection(every, ())
    weights = list(Severity)
    ranked = sorted(range(len(every)), key=lambda index: weights.index(every[index].severity))
    shown = frozenset(ranked[:most])
    return Selection(
        tuple(each for index, each in enumerate(every) if index in shown),
        tuple(each for index, each in enumerate(every) if index not in shown),
    )


def more(left_out: Iterable[Diagnostic], *, all_by: str) -> str:
    """Return how many findings are not shown, and by which command all are; empty where there is none."""
    every = tuple(left_out)
    return f"… {len(every)} more: {summary(every)}; `{all_by}` shows all\n" if every else ""


def to_text(diagnostics: Iterable[Diagnostic], *, colour: bool, most: int = ALL, all_by: str = "") -> str:
    """Print each diagnostic: ``path:line:column: severity CODE message``, its line, a caret, the cure.

    Of more than `most`, that many, and a line that counts the others and says that `all_by` shows them.
    """
    selected = select(diagnostics, most=most)
    shown = (_one(each, colour=colour) for each in selected.shown)
    return "".join((*shown, more(selected.left_out, all_by=all_by)))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count diagnostics in words: ``1 error, 2 warnings``; empty where there is none."""
    every = list(diagnostics)
    words = []
    for severity in Severity:
        count = sum(each.severity is severity for each in every)
        if count:
            name = "note" if severity is Severity.INFORMATION else severity.value
            words.append(many(count, name))
    return ", ".join(words)


def below(diagnostics: Iterable[Diagnostic], folder: str) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with paths that begin further up: `folder` is where the project lies there."""

    def moved(location: Location) -> Location:
        return location._replace(path=f"{folder}/{location.path}") if folder else location

    return tuple(
        each._replace(
            location=moved(each.location),
            related=tuple(also._replace(location=moved(also.location)) for also in each.related),
            fix=each.fix._replace(location=moved(each.fix.location)) if each.fix else None,
        )
        for each in diagnostics
    )


def _one(diagnostic: Diagnostic, *, colour: bool) -> str:
    tint, bold, dim, off = (_COLOURS[diagnostic.severity], _BOLD, _DIM, _OFF) if colour else ("", "", "", "")
    place = visible(str(diagnostic.location))
    message = visible(diagnostic.message)
    lines = [f"{bold}{place}:{off} {tint}{diagnostic.severity.value} {diagnostic.code}{off} {message}"]
    lines += [f"{dim}{line}{off}" for line in excerpt(diagnostic.location)]
    if diagnostic.help:
        lines.append(f"  help: {visible(diagnostic.help)}")
    for related in diagnostic.related:
        lines.append(f"  {visible(str(related.location))}: {visible(related.message)}")
    return "\n".join(lines) + "\n"


COLUMNS = 100
"""Columns of a source line that are shown; of a longer one, the stretch around the place."""
_CONTEXT = 20
"""Columns that a long place leaves for what stands before it."""
_REACH = 300
"""Characters on either side of a place that are looked at: a line may be a whole file, full of faults."""
_CUT = "…"
_LEFT_TO_RIGHT = "\u200e"
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_SOFT_HYPHEN = "\u00ad"
_RIGHT_TO_LEFT = ("R", "AL", "AN")


class _Cell(NamedTuple):
    """What a terminal shows as one: a character with all that is drawn upon it."""

    text: str
    columns: int


def excerpt(location: Location) -> list[str]:
    """Return the line and the carets, both behind the line's number; nothing where no line is known.

    Of a place over several lines the first is marked. Terminals disagree on the order of
    right-to-left text: some turn it round, some show it as it is stored. Its carets cover the whole
    stretch of that direction, which takes up the same columns in both, and a mark at the beginning
    keeps the line as a whole from being turned.
    """
    span = location.span
    line = _trimmed(location.excerpt)
    if span is None or not line:
        return []
    skipped = max(0, min(span.column - 1, len(line)) - _REACH)
    near = line[skipped : skipped + 2 * _REACH]
    cells, at = _cells(near)
    start = at[min(span.column - 1, len(line)) - skipped]
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(start + 1, at[min(last - skipped, len(near))])
    first, stop = _window(cells, start, end)
    cut_before, cut_after = skipped or first, len(near) < len(line) - skipped or stop < len(cells)
    shown = "".join(cell.text for cell in cells[first:stop])
    from_left, to_right = _whole_directions(cells[first:stop], start - first, min(end, stop) - first)
    before = (1 if cut_before else 0) + _columns(cells[first : first + from_left])
    carets = _columns(cells[first + from_left : first + to_right])
    mark = _LEFT_TO_RIGHT if any(_turns(cell) for cell in cells[first:stop]) else ""
    number = str(span.line)
    whole = f"{_CUT if cut_before else ''}{shown}{_CUT if cut_after else ''}"
    return [f"  {number} | {mark}{whole}", f"  {' ' * len(number)} | {' ' * before}{'^' * max(1, carets)}"]


@lru_cache(maxsize=4)
def _trimmed(line: str) -> str:
    """Return a line without the spaces at its end; once, however many places of it are shown."""
    return line.rstrip()


def _cells(line: str) -> tuple[list[_Cell], list[int]]:
    """Cut a line into what a terminal shows as one each; and for every character, its cell's index."""
    cells: list[list[_Cell]] = []
    at: list[int] = []
    before = ""
    for character in line:
        alone = _alone(character)
        if before and alone.text == character and _joins(cells[-1][0].text[0], before, character):
            cells[-1].append(alone)
        else:
            cells.append([alone])
        at.append(len(cells) - 1)
        before = alone.text[-1]
    return [_joined(parts) for parts in cells], [*at, len(cells)]


@lru_cache(maxsize=4096)
def _alone(character: str) -> _Cell:
    """Return what a terminal shows of a character by itself."""
    shown = " " if character == "\t" else visible(character)
    return _Cell(shown, _width(character) if shown == character else len(shown))


def _joined(parts: list[_Cell]) -> _Cell:
    """Make one cell of a character and all that is drawn upon it."""
    if len(parts) == 1:
        return parts[0]
    styled = 2 if any(each.text == _EMOJI_STYLE for each in parts[1:]) else 0
    return _Cell("".join(each.text for each in parts), max(styled, *(each.columns for each in parts)))


@lru_cache(maxsize=4096)
def _joins(first: str, before: str, character: str) -> bool:
    """Return whether a character is drawn upon or into a cell, of which `first` and `before` are the ends."""
    category = unicodedata.category(character)
    if _is_upon(character, category):
        return True
    if unicodedata.category(first) != "So":
        return False
    return category == "Sk" or (category == "So" and before == _JOINER)


def _is_upon(character: str, category: str) -> bool:
    """Return whether a character takes up no column: an accent, a joiner, a vowel of a Korean syllable."""
    if category in ("Mn", "Me", "Cf"):
        return character != _SOFT_HYPHEN
    return "\u1160" <= character <= "\u11ff"


def _width(character: str) -> int:
    """Count the columns of one character: 0 for an accent that stands upon nothing."""
    if _is_upon(character, unicodedata.category(character)):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _columns(cells: list[_Cell]) -> int:
    return sum(cell.columns for cell in cells)


def _window(cells: list[_Cell], start: int, end: int) -> tuple[int, int]:
    """Choose what is shown of a long line: from its beginning if the place is there, else around it."""
    if _columns(cells) <= COLUMNS:
        return 0, len(cells)
    first = 0
    if _columns(cells[:end]) > COLUMNS:
        lead = max(_CONTEXT, (COLUMNS - _columns(cells[start:end])) // 2)
        first = _back(cells, min(start, len(cells)), lead)
    stop, room = first, COLUMNS
    while stop < len(cells) and cells[stop].columns <= room:
        room -= cells[stop].columns
        stop += 1
    return (_back(cells, first, room), stop) if stop == len(cells) else (first, stop)


def _back(cells: list[_Cell], first: int, room: int) -> int:
    """Go back from a cell by as many columns as there is room for."""
    while first and cells[first - 1].columns <= room:
        first -= 1
        room -= cells[first].columns
    return first


def _whole_directions(cells: list[_Cell], start: int, end: int) -> tuple[int, int]:
    """Widen a place so that each stretch of right-to-left text is in it whole, or not at all."""
    for first, stop in _turned(cells):
        if first < end and start < stop:
            start, end = min(start, first), max(end, stop)
    return start, end


def _turned(cells: list[_Cell]) -> list[tuple[int, int]]:
    """Return the stretches that are drawn from right to left: up to the next letter of the other sort."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for at, cell in enumerate([*cells, _Cell("x", 1)]):
        if _turns(cell):
            first = at if first is None else first
        elif first is not None and any(unicodedata.bidirectional(each) == "L" for each in cell.text):
            stop = at
            while not cells[stop - 1].text.strip():
                stop -= 1
            found.append((first, stop))
            first = None
    return found


def _turns(cell: _Cell) -> bool:
    return unicodedata.bidirectional(cell.text[0]) in _RIGHT_TO_LEFT
