"""Diagnostics as text for people, and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.diagnostic import Diagnostic, Location, Severity, Span
from poa_toolkit.write.as_json import as_json
from poa_toolkit.write.escape import visible
from poa_toolkit.write.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

_RED, _YELLOW, _BLUE, _BOLD, _DIM, _OFF = "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.INFORMATION: _BLUE}


def to_text(diagnostics: Iterable[Diagnostic], *, colour: bool) -> str:
    """Print each diagnostic: ``path:line:column: severity CODE message``, its line, a caret, the cure."""
    return "".join(_one(each, colour=colour) for each in diagnostics)


def to_json(diagnostics: Iterable[Diagnostic], *, label: str) -> str:
    """Print diagnostics as JSON, as schema/diagnostics.schema.json describes it."""
    return as_json(data(diagnostics, label=label))


def data(diagnostics: Iterable[Diagnostic], *, label: str) -> dict[str, Any]:
    """Give what such JSON holds, to be part of another."""
    every = list(diagnostics)
    summary = {severity.value: sum(each.severity is severity for each in every) for severity in Severity}
    counted: dict[str, Any] = {"version": label, **summary}
    return {"diagnostics": [entry(each) for each in every], "summary": counted}


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count diagnostics in words: ``1 error, 2 warnings``; empty where there is none."""
    every = list(diagnostics)
    words = []
    for severity in Severity:
        count = sum(each.severity is severity for each in every)
        if count:
            name = "note" if severity is Severity.INFORMATION else severity.value
            words.append(f"{count} {name}{'s' if count > 1 else ''}")
    return ", ".join(words)


def below(diagnostics: Iterable[Diagnostic], folder: str) -> tuple[Diagnostic, ...]:
    """Give the diagnostics with paths that begin further up: `folder` is where the project lies there."""

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


def entry(diagnostic: Diagnostic) -> dict[str, Any]:
    """Give a diagnostic as JSON data, as every output for programs holds it."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place(diagnostic.location),
        "related": [{"message": each.message, **_place(each.location)} for each in diagnostic.related],
        "fix": {"text": diagnostic.fix.text, **_place(diagnostic.fix.location)} if diagnostic.fix else None,
    }


def _place(location: Location) -> dict[str, Any]:
    span = location.span or Span(0, 0, 0, 0)
    known = location.span is not None
    return {
        "path": location.path,
        "line": span.line if known else None,
        "column": span.column if known else None,
        "end_line": span.end_line if known else None,
        "end_column": span.end_column if known else None,
    }
