"""Where the whole suite must run, a skipped test is a failure unless a list names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def patterns(text: str) -> tuple[str, ...]:
    """Read a list of skips: a pattern of test ids, two spaces, a reason; `#` begins a comment line."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        pattern, _, reason = line.partition("  ")
        if not reason.strip():
            raise pytest.UsageError(
                f"allowed-skips.txt:{number}: give a reason, two spaces after the pattern"
            )
        found.append(pattern)
    return tuple(found)


@dataclass
class SkipGuard:
    """A pytest plugin that fails the run where a test was skipped that `path` does not name."""

    path: Path
    skipped: dict[str, str] = field(default_factory=dict)
    """The reason of each skip that is not allowed, by the test's id."""

    def __post_init__(self) -> None:
        self.allowed = patterns(self.path.read_text("utf-8"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # without backslashes and parameters' brackets read as a character class
        if not any(fnmatchcase(report.nodeid, pattern.replace("[", "[[]")) for pattern in self.allowed):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.skipped[report.nodeid] = reason

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.section("skipped, and not in tests/allowed-skips.txt", red=True)
            for test, reason in sorted(self.skipped.items()):
                terminalreporter.line(f"{test}: {reason}")
