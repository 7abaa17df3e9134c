"""Diagnostics as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.text.counting import many
from poa_toolkit.write.escape import visible
from poa_toolkit.write.excerpt import excerpt

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
    """Say how many findings are not shown, and by which command all are; empty where there is none."""
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
