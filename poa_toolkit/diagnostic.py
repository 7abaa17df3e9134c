"""A fault in a plan as data: what is wrong, where, and how to mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Pointer: TypeAlias = tuple[str | int, ...]
"""The way to a value inside a plan, such as ``("sections", 1, "actions", 4, "provisions", 0)``."""


Words: TypeAlias = tuple[int, int]
"""A stretch of a text of the plan: its first character, counted from 0, and the one behind its last."""


class Severity(StrEnum):
    """How much a diagnostic weighs: errors fail a run, warnings fail a strict one."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Span(NamedTuple):
    """A stretch of a file, counted from 1 in lines and in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Location(NamedTuple):
    """A place a person can open: a path, and where it is known the stretch and its first line."""

    path: str
    span: Span | None = None
    excerpt: str = ""
    """The line of the file on which the span begins, as it stands there."""

    def __str__(self) -> str:
        """Print ``path:line:column``, the form that editors and terminals turn into a link."""
        if self.span is None:
            return self.path
        return f"{self.path}:{self.span.line}:{self.span.column}"


PLACE = "PATH:LINE"
"""What stands in the help of a `Finding` for its place, before that is known."""


class Related(NamedTuple):
    """Another place that explains a diagnostic, such as the first use of a repeated id."""

    location: Location
    message: str


class Fix(NamedTuple):
    """A safe mend: put `text` in the place of what stands at `location`."""

    location: Location
    text: str


class Diagnostic(NamedTuple):
    """One finding, with a code for life (`poa explain CODE`)."""

    code: str
    severity: Severity
    message: str
    location: Location
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    def moved(self, path: Callable[[str], str]) -> Diagnostic:
        """Return the same finding with every path as `path` shows it."""

        def place(location: Location) -> Location:
            return location._replace(path=path(location.path))

        related = tuple(each._replace(location=place(each.location)) for each in self.related)
        fix = self.fix._replace(location=place(self.fix.location)) if self.fix else None
        return self._replace(location=place(self.location), related=related, fix=fix)

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by file, place, code and message, so that output is the same everywhere."""
        span = self.location.span
        line, column = (span.line, span.column) if span else (0, 0)
        return (self.location.path, line, column, self.code, self.message)


class Finding(NamedTuple):
    """What a rule says, before anyone looks up in which file it is: pointers, not places."""

    at: Pointer
    message: str
    help: str = ""
    related: tuple[tuple[Pointer, str], ...] = ()
    key: bool = False
    """Point at the key of `at` rather than at its value (for a key that should not be there)."""
    times: int = 1
    """How many things it tells of, where it tells of several at one place: brackets of a text."""
    words: Words | None = None
    """The characters of the text at `at` that this speaks of; None: all of it."""


class FaultsError(Exception):
    """What a command was given has errors, and so it does nothing."""

    def __init__(self, errors: Iterable[Diagnostic], beginning: str = "") -> None:
        """Hold the errors, and how the line begins that says what was not done: ``plan: 2 errors; ``."""
        super().__init__(beginning)
        self.diagnostics, self.beginning = tuple(errors), beginning
