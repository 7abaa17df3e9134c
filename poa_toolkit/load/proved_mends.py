"""Which slip explains why a file cannot be read, or reads wrongly: the one whose mend is proved.

Each suspicion is tried: the file is read again with its mend. What counts is how far reading then
gets, and how much of what is read has the shape that this kind of file asks for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.load import indent_slips, yaml_slips
from poa_toolkit.load.lines_as_meant import Lines
from poa_toolkit.load.positions import MAX_DEPTH, Replacement
from poa_toolkit.load.yaml_events import (
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    events,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from poa_toolkit.load.lines_as_meant import Line
    from poa_toolkit.load.yaml_slips import Slip

    Misfits: TypeAlias = Callable[[str], tuple[int, ...] | None]
    """The lines, from 0, of values that have not the shape they must have; None where a text is not read."""

_BUDGET = 9_000_000
"""How many characters are read again, in all, to prove a slip; what a file of that size costs is bounded."""
_LINE = 30
"""How many characters a line counts for, beside its own."""
_SLIPS = 50
"""How many slips of one file are told."""
_NEAR = 40
"""How many written lines above the fault are suspected."""


class Budget:
    """What may still be read to prove something."""

    def __init__(self) -> None:
        self.left = _BUDGET

    def allows(self, text: str) -> bool:
        """Return whether `text` may be read once more, and count it."""
        self.left -= len(text) + _LINE * text.count("\n")
        return self.left >= 0


class Stop(NamedTuple):
    """Where reading stops: line and column from 0; infinite where it does not."""

    line: float
    column: float


THE_END = Stop(math.inf, math.inf)


def stops(text: str) -> Stop:
    """Return where libyaml gives up, or the reader does: deep nesting would cost the square of its depth."""
    depth = 0
    try:
        for event in events(text):
            depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
            depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
            if depth > MAX_DEPTH:
                return Stop(event.start_mark.line, event.start_mark.column)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is a fault of the text
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        return Stop(mark.line, mark.column) if mark else Stop(0, 0)
    return THE_END


def unread(text: str, misfits: Misfits) -> tuple[Slip, ...]:
    """Find the slips that keep a text from being read, the first of them first; empty where none is proved.

    They go on behind one another as far as each is proved; the last may be followed by others.
    """
    found: list[Slip] = []
    budget = Budget()
    whole = text
    while len(found) < _SLIPS and budget.allows(whole):
        stop = stops(whole)
        if stop == THE_END:
            break
        proved = _spaces(whole, stop) or _best(whole, stop, misfits, budget)
        if not proved:
            break
        found += (in_original(text, whole, slip) for slip in proved)
        whole = yaml_slips.mended(whole, [mend for slip in proved for mend in slip.mends])
    return tuple(found)


def in_original(text: str, whole: str, slip: Slip) -> Slip:
    """Return a slip of a text that is mended already the place it has in the file; lines stay lines."""
    if text == whole:
        return slip
    now, then = Lines(whole), Lines(text)

    def there(index: int) -> int:
        line, column = now.place(index)
        old = then.every[line - 1]
        return old.start + min(column - 1, len(old.content))

    untouched = all(
        now.every[line].content == then.every[line].content
        for line in {now.place(index)[0] - 1 for mend in slip.mends for index in mend[:2]}
    )
    mends = tuple(Replacement(there(each.start), there(each.end), each.text) for each in slip.mends)
    known = mends if untouched else ()
    safe = slip.is_safe and untouched
    return slip._replace(start=there(slip.start), end=there(slip.end), mends=known, is_safe=safe)


def _spaces(text: str, stop: Stop) -> tuple[Slip, ...]:
    """Return every unusual space in the structure of a text, if they are what stops its reading."""
    found = yaml_slips.spaces(Lines(text))
    if found and stops(yaml_slips.mended(text, [mend for slip in found for mend in slip.mends])) > stop:
        return found
    return ()


def _best(text: str, stop: Stop, misfits: Misfits, budget: Budget) -> tuple[Slip, ...]:
    """Return the one slip whose mend lets reading get furthest; of equals, the one that fits best."""
    best: list[tuple[Stop, int, Slip]] = []
    lines = Lines(text)
    known = structures(lines)
    for rank, slip in enumerate(_suspects(lines, int(stop.line))):
        after = yaml_slips.mended(text, slip.mends)
        if not budget.allows(after):
            break
        if slip.code == "POA018" and structures(Lines(after)) < known:
            continue
        reached = stops(after)
        if reached <= _beyond(lines, stop):
            continue
        if best and reached < best[0][0]:
            continue
        if best and reached > best[0][0]:
            best = []
        best.append((reached, rank, slip))
    judged = sorted(_judged(lines, stop, best, misfits), key=lambda each: each[0])
    return (judged[0][1],) if judged else ()


def _judged(
    lines: Lines, stop: Stop, best: list[tuple[Stop, int, Slip]], misfits: Misfits
) -> Iterator[tuple[tuple[float, ...], Slip]]:
    """Return the slips that may be told, each with how unlikely it is."""
    for reached, rank, slip in best:
        wrong = misfits(yaml_slips.mended(lines.text, slip.mends)) if reached == THE_END else ()
        is_indent = slip.code == "POA018"
        if is_indent and _is_near(lines, slip, stop, wrong or ()):
            continue
        yield (len(wrong) if wrong is not None else math.inf, *likelihood(lines, slip), rank), slip


def _is_near(lines: Lines, slip: Slip, stop: Stop, wrong: tuple[int, ...]) -> bool:
    """Return whether values of the wrong shape stand where a line was moved: then it was not meant there."""
    moved = lines.place(slip.start)[0] - 1
    first, last = min(moved, stop.line) - 2, max(moved, stop.line) + 2
    return any(first <= line <= last for line in wrong)


def likelihood(lines: Lines, slip: Slip) -> tuple[float, ...]:
    """Order slips that explain as much, the likelier first: what moves least, and to where others stand."""
    if slip.code != "POA018":
        return (0, -len(lines.text), 0)
    size = sum(len(each.text) + each.end - each.start for each in slip.mends)
    return (len(slip.mends) > 1, indent_slips.odd(lines, slip), size)


def structures(lines: Lines) -> int:
    """Count the lines that hold a key or begin an item: a mend that turns one into text is none."""
    return sum(line.is_structure and not line.inside for line in lines.every)


def _beyond(lines: Lines, stop: Stop) -> Stop:
    """Return the place that reading must pass for a mend to count: the next written line, to its end."""
    following = next((line for line in lines.written if line.number > stop.line), None)
    return Stop(following.number, math.inf) if following else Stop(stop.line, math.inf)


def _suspects(lines: Lines, stop: int) -> Iterator[Slip]:
    """Return what may keep a text from being read, the surest kinds first."""
    near = [line for line in lines.written if line.number <= stop]
    near = near[-_NEAR:]
    after = next((line for line in lines.written if line.number > stop), None)
    around: list[Line] = [*near, after] if after else near
    for line in reversed(near):
        yield from yaml_slips.tabs(lines, line, _columns(lines, line))
        yield from yaml_slips.marks(lines, line)
        yield from yaml_slips.colons(line)
    for line in lines.written:
        if line.number <= stop:
            yield from yaml_slips.values(lines, line)
    for line in reversed(around):
        yield from indent_slips.short_text(lines, line)
        yield from indent_slips.structure(lines, line)


def _columns(lines: Lines, line: Line) -> tuple[int, ...]:
    """Return the columns in which lines round one begin, the nearest line first."""
    around = sorted(lines.written, key=lambda each: abs(each.number - line.number))
    found = dict.fromkeys(each.column for each in around if "\t" not in each.indent)
    found[0] = None
    deeper = {column + indent_slips.STEP for column in found}
    return (*found, *sorted(deeper - found.keys()))[:12]
