"""The fixture `golden`: a difference is shown, and one flag renews the file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TESTS

SUITE = """
def test_golden(golden):
    golden("greeting.txt", "good morning\\n")
def test_bytes(golden):
    golden("greeting.bin", b"\\xff\\x00\\x02")
def test_other():
    pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    shutil.copy(TESTS / "conftest.py", tmp_path)
    shutil.copytree(TESTS / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "test_suite.py").write_text(SUITE, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = tools\n", "utf-8")
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "greeting.txt").write_text("good evening\n", "utf-8")
    (tmp_path / "golden" / "greeting.bin").write_bytes(b"\xff\x00\x01")
    return tmp_path


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**os.environ, "CI": "false"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_difference_is_shown_with_the_cure(suite: Path) -> None:
    finished = _run(suite)
    assert finished.returncode == 1
    for line in ("tests/golden/greeting.txt differs", "make golden", "-good evening", "+good morning"):
        assert line in finished.stdout
    assert "the first difference is at byte 2" in finished.stdout


def test_a_golden_file_that_is_not_there_fails(suite: Path) -> None:
    (suite / "golden" / "greeting.txt").unlink()
    assert "tests/golden/greeting.txt is not there" in _run(suite).stdout


def test_one_flag_renews_them_and_runs_nothing_else(suite: Path) -> None:
    renewed = _run(suite, "--update-golden")
    assert "2 passed, 1 deselected" in renewed.stdout
    assert (suite / "golden" / "greeting.txt").read_text("utf-8") == "good morning\n"
    assert _run(suite).returncode == 0
