"""Diagnostics for a run of GitHub Actions: annotations of lines, and a summary of the run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.diagnostic import Diagnostic, Severity
from poa_toolkit.write.escape import markdown, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_SUMMARY = 1024 * 1024
"""Bytes of a step's summary that GitHub takes; of a longer one it shows nothing."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def to_annotations(diagnostics: Iterable[Diagnostic]) -> str:
    """Print each diagnostic as a workflow command, which GitHub shows at the line it is about."""
    return "".join(f"{_annotation(each)}\n" for each in diagnostics)


def to_summary(diagnostics: Iterable[Diagnostic], *, last_line: str, room: int = MAX_SUMMARY) -> str:
    """Print the findings as Markdown: how many of each code, then every one with its place.

    `last_line` counts them in words. Takes at most `room` bytes; findings for which there is none
    are counted at the end.
    """
    every = list(diagnostics)
    head = f"## Validation of the plan\n\n{markdown(last_line)}\n"
    if not every:
        return _fitting(head, [], room)
    counts = Counter((each.severity, each.code) for each in every)
    rows = [
        (severity.value, code, str(counts[severity, code]))
        for severity in Severity
        for code in sorted(code for weight, code in counts if weight is severity)
    ]
    head += _table(("severity", "code", "findings"), rows)
    head += _table(("place", "severity", "code", "finding", "help"), [])
    return _fitting(head, [_line(_row(each)) for each in every], room)


def _annotation(diagnostic: Diagnostic) -> str:
    location, span = diagnostic.location, diagnostic.location.span
    properties = {"file": location.path}
    if span is not None:
        properties |= {"line": str(span.line), "col": str(span.column), "endLine": str(span.end_line)}
        if span.end_line == span.line:
            properties["endColumn"] = str(span.end_column)
    properties["title"] = diagnostic.code
    given = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    lines = [diagnostic.message, *([f"help: {diagnostic.help}"] if diagnostic.help else [])]
    lines += [f"{each.location}: {each.message}" for each in diagnostic.related]
    said = _escaped("\n".join(visible(line) for line in lines), _DATA)
    return f"::{_COMMANDS[diagnostic.severity]} {given}::{said}"


def _escaped(text: str, codes: dict[str, str]) -> str:
    """Escape a value for a workflow command; what even that leaves unseen is shown."""
    return visible("".join(codes.get(each, each) for each in text))


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n" + "".join(_line(row) for row in (titles, ("---",) * len(titles), *rows))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _row(diagnostic: Diagnostic) -> tuple[str, ...]:
    said = (diagnostic.location, diagnostic.severity.value, diagnostic.code)
    return tuple(markdown(str(each)) for each in (*said, diagnostic.message, diagnostic.help))


def _fitting(head: str, rows: list[str], room: int) -> str:
    """Put the rows that fit below the head, and say how many do not."""
    whole = head + "".join(rows)
    if len(whole.encode("utf-8")) <= room:
        return whole
    left = room - len(head.encode("utf-8")) - len(_left_out(len(rows)).encode("utf-8"))
    if left < 0:
        return ""
    shown = 0
    for row in rows:
        left -= len(row.encode("utf-8"))
        if left < 0:
            break
        shown += 1
    return head + "".join(rows[:shown]) + _left_out(len(rows) - shown)


def _left_out(count: int) -> str:
    return f"\n{count} of the findings are left out: GitHub takes no more than 1 MiB. The log has all.\n"
