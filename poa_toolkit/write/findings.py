"""Diagnostics as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.write.diagnostics import ALL, select
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(NamedTuple):
    """Where something stands; lines and columns are null where they are not known."""

    path: str
    line: int | None
    column: int | None


class Stretch(NamedTuple):
    """A place and where it ends."""

    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


class _Related(NamedTuple):
    message: str
    at_: Stretch


class _Fix(NamedTuple):
    text: str
    at_: Stretch


class Finding(NamedTuple):
    """A diagnostic, as every output for programs holds it."""

    code: Annotated[str, "pattern", "^POA[0-9]{3}$"]
    severity: Severity
    message: str
    help: str
    at_: Stretch
    related: tuple[_Related, ...]
    fix: _Fix | None


class _Summary(NamedTuple):
    version: str
    error: int
    warning: int
    information: int


class Findings(NamedTuple):
    """What `poa validate --format json` prints. Lines and columns count from 1."""

    diagnostics: tuple[Finding, ...]
    summary: _Summary


def to_json(diagnostics: Iterable[Diagnostic], *, label: str, most: int = ALL) -> str:
    """Print diagnostics as schema/diagnostics.schema.json describes it."""
    return as_json(findings(diagnostics, label=label, most=most))


def findings(diagnostics: Iterable[Diagnostic], *, label: str, most: int = ALL) -> Findings:
    """Return what such JSON holds, to be part of another: at most `most` of them, and the count of all."""
    every = list(diagnostics)
    counts = (sum(each.severity is severity for each in every) for severity in Severity)
    return Findings(tuple(map(finding, select(every, most=most).shown)), _Summary(label, *counts))


def finding(diagnostic: Diagnostic) -> Finding:
    """Return a diagnostic as JSON has it."""
    code, severity, message, location, said, related, fix = diagnostic
    return Finding(
        code,
        severity,
        message,
        said,
        _stretch(location),
        tuple(_Related(each.message, _stretch(each.location)) for each in related),
        _Fix(fix.text, _stretch(fix.location)) if fix else None,
    )


def place(location: Location) -> Place:
    """Return a place as JSON has it."""
    return Place(*_stretch(location)[:3])


def _stretch(location: Location) -> Stretch:
    return Stretch(location.path, *(location.span or (None,) * 4))
