"""Where the lines of a title end, so that no word of it stands alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from poa_toolkit.document.runs import Inserted, Text
from poa_toolkit.word.rich import LineBreak

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.runs import Run
    from poa_toolkit.word.rich import WordRun

_LINE = 29
"""Letters of a title that a line holds, at 28 points on the page of our templates."""
_PARTED = re.compile(r"[:;.!?\N{EM DASH}\N{EN DASH}] $")


def in_lines(runs: Iterable[Run]) -> tuple[WordRun, ...]:
    """Return the runs of a title with the ends of its lines, after the space between two words.

    A redline has those of the new version.
    """
    runs = tuple(runs)
    ends = list(_ends("".join(run.text for run in runs if isinstance(run, Text | Inserted))))
    return tuple(_broken(runs, ends))


def _broken(runs: Iterable[Run], ends: list[int]) -> Iterator[WordRun]:
    at = 0
    for run in runs:
        if not isinstance(run, Text | Inserted):
            yield run
            continue
        here = [end - at for end in ends if at < end <= at + len(run.text)]
        bounds = [0, *here, len(run.text)]
        for start, end in pairwise(bounds):
            if end > start:
                yield replace(run, text=run.text[start:end])
            if end in here:
                yield LineBreak()
        at += len(run.text)


def _ends(title: str) -> Iterator[int]:
    """Return where the lines of a title end: as even as can be, or where a part of it does, if that fits."""
    lines, last = -(-len(title) // _LINE), 0
    spaces = [found.end() for found in re.finditer(" ", title)]
    for number in range(1, lines):
        free = [at for at in spaces if at > last]
        if not free:
            return
        ideal = len(title) * number / lines
        room = _LINE * lines - len(title)
        parts = [at for at in free if _PARTED.search(title[:at]) and abs(at - ideal) < room]
        last = min(parts or free, key=lambda at: abs(at - ideal))
        yield last
