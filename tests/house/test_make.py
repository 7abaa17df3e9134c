"""The Makefile: every command runs whatever is in the folder, and says what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
POA = ".venv/bin/poa"
PYTEST = ".venv/bin/python -m pytest"
# what each command comes down to
COMMANDS = {
    "help": ["awk"],
    "plan": ["--no-deps --require-hashes -r requirements/lock.txt", f"{POA} build"],
    "check": ["ruff check", "ruff format --check", "mypy", "lint-imports"],
    "lint": ["ruff check", "ruff format --check", "lint-imports"],
    "types": ["mypy"],
    "test": ["ruff check", "lint-imports", f'{PYTEST} -n auto --dist worksteal -m "not slow"'],
    "coverage": [f'{PYTEST} -n auto --dist worksteal -m "not slow" --cov'],
    "test-all": ["lint-imports", f"{PYTEST} -n auto --dist worksteal --hypothesis-profile=all --cov"],
    "bench": ["benchmarks/run.py"],
    "golden": [f"{PYTEST} -n auto --dist worksteal --update-golden"],
    "schema": [f"{POA} schema --write"],
    "template": ["poa_toolkit.word.template.build"],
    "docs": ["docs/renew.py"],
    "extension": ["npm ci", "vsce package --allow-missing-repository --out ../../build/poa-toolkit.vsix"],
    "lock": ["requirements/lock.py", "--package-lock-only"],
    "tools": ["npm ci"],
    "clean": ["rm -rf .venv"],
}


def _targets() -> list[str]:
    return re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)


def _make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # the suite itself runs under make, which would be spoken to as its parent
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=alone, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the Makefile, the locks, and a folder named after every command."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for target in _targets():
        (tmp_path / target).mkdir()
    return tmp_path


def test_every_script_that_a_command_runs_is_there() -> None:
    scripts = re.findall(r"python ([a-z]+/[a-z_]+\.py)", MAKEFILE)
    assert scripts
    assert [name for name in scripts if not (ROOT / name).is_file()] == []


def test_every_command_is_in_the_table() -> None:
    assert _targets() == list(COMMANDS)


@pytest.mark.parametrize("target", COMMANDS)
def test_a_command_runs_though_a_folder_has_its_name(folder: Path, target: str) -> None:
    finished = _make(folder, "-n", target)
    assert finished.returncode == 0, finished.stderr
    for command in COMMANDS[target]:
        assert command in finished.stdout


def test_help_lists_every_command(folder: Path) -> None:
    listed = [line.split()[1] for line in _make(folder, "help").stdout.splitlines()]
    assert listed == list(COMMANDS)


def test_make_alone_gives_help(folder: Path) -> None:
    assert _make(folder).stdout == _make(folder, "help").stdout


def test_an_old_python_is_refused_with_the_cure(folder: Path) -> None:
    old = folder / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    finished = _make(folder, "plan", "PYTHON=./old-python")
    assert finished.returncode == 2
    assert "Python 3.11 or later is needed, and ./old-python is not" in finished.stderr
    assert "make plan PYTHON=" in finished.stderr
    assert not (folder / ".venv").exists()


def test_the_environment_is_made_once_for_a_lock(folder: Path) -> None:
    (folder / ".venv").mkdir()
    for stamp in (".runtime", ".developer"):
        (folder / ".venv" / stamp).touch()
    assert "pip" not in _make(folder, "-n", "test").stdout
    later = time.time() + 60
    os.utime(folder / "requirements" / "lock.txt", (later, later))
    assert "venv --clear" in _make(folder, "-n", "test").stdout
