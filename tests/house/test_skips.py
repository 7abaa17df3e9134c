"""The list of allowed skips: it lets its own through, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import allowed_skips
import pytest
from conftest import ROOT

SUITE = """
import pytest
@pytest.mark.parametrize("tool", ["a", "b"])
def test_skipped(tool):
    pytest.skip(f"no {tool} here")
def test_runs():
    pass
@pytest.mark.xfail(reason="known")
def test_known():
    assert False
"""
CONFTEST = """
from pathlib import Path
from allowed_skips import SkipGuard
def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkipGuard(Path(__file__).parent / "allowed.txt"))
"""


def _run(folder: Path, allowed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_suite.py").write_text(SUITE, "utf-8")
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    (folder / "allowed.txt").write_text(allowed, "utf-8")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT / 'tests/tools'}\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**os.environ, "CI": "false"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("workers", [(), ("-n", "1")])
def test_a_skip_that_is_not_listed_fails_the_run(tmp_path: Path, workers: tuple[str, ...]) -> None:
    finished = _run(tmp_path, "# none yet\ntest_suite.py::test_skipped[a]  never here\n", *workers)
    assert finished.returncode == 1
    assert "test_suite.py::test_skipped[b]: Skipped: no b here" in finished.stdout
    assert "test_skipped[a]: " not in finished.stdout


def test_a_listed_skip_and_an_expected_failure_pass(tmp_path: Path) -> None:
    assert _run(tmp_path, "test_suite.py::test_skipped*  the tools are not here\n").returncode == 0


def test_a_skip_without_a_reason_is_refused() -> None:
    with pytest.raises(pytest.UsageError, match=r"allowed-skips\.txt:2: give a reason"):
        allowed_skips.patterns("# a comment\ntest_suite.py::test_skipped\n")
