"""Each call of the system by which a command writes fails in turn: every file is old or new, never neither.

The faults of `rounds` strike where Python touches the disk; here strace lets the system itself fail, also
where nothing of Python's is asked: fsync, the second half of a write, what a library or git does.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
import writers
from trees import contents, leftovers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytest_plugins = ["rounds"]  # a second conftest.py would take the name of the first

STRACE = shutil.which("strace")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(STRACE is None, reason="strace is not installed"),
]

CALLS = ("write", "fsync", "rename,renameat,renameat2", "unlink,unlinkat", "mkdir,mkdirat", "fchmod")
ERRORS = ("ENOSPC", "EIO", "EINTR")
MOST = 200
COMMANDS = (*writers.WRITERS, *writers.OTHERS)


class _Ended(NamedTuple):
    status: int
    stderr: str
    struck: bool


def _poa(project: Path, words: tuple[str, ...], *fault: str) -> _Ended:
    """Run a command in a process of its own; with a fault, under strace."""
    log = project.with_name(f"{project.name}.log")
    tracing = (STRACE or "", "-qq", "-o", str(log), *fault) if fault else ()
    command = [*tracing, sys.executable, "-B", "-m", "poa_toolkit", *words]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    return _Ended(done.returncode, done.stderr, bool(fault) and "(INJECTED)" in log.read_text("utf-8"))


@pytest.fixture(scope="module")
def states(
    plan: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[writers.Writer], tuple[Path, Path]]:
    """Give the project before a command and after it."""

    @cache
    def of(command: writers.Writer) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("states")
        before = writers.prepared(command, plan, folder / "before")
        after = shutil.copytree(before, folder / "after")
        assert _poa(after, command.words).status == 0
        return before, after

    return of


def _faults(call: str) -> Iterator[tuple[str, ...]]:
    """Give each call in turn, with one error after another."""
    for number, error in zip(range(1, MOST), itertools.cycle(ERRORS), strict=False):
        yield "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(each.words[:3]) for each in COMMANDS])
def test_each_file_is_old_or_new(
    states: Callable[[writers.Writer], tuple[Path, Path]],
    tmp_path: Path,
    command: writers.Writer,
    call: str,
) -> None:
    before, after = states(command)
    old, new = contents(before), contents(after)
    for number, fault in enumerate(_faults(call)):
        project = shutil.copytree(before, tmp_path / str(number))
        done = _poa(project, command.words, *fault)
        assert done.status in (0, 2), (fault, done)
        assert "Traceback" not in done.stderr, (fault, done)
        found = contents(project)
        for path, each in found.items():
            assert each in (old.get(path), new.get(path)), (path, fault)
        assert set(found) >= set(old) & set(new), fault
        # git keeps each of its settings, and its index, by itself
        is_whole = command.words[0] not in ("git-setup", "merge")
        if done.status and is_whole:
            # all is done where only the word of it could not be printed
            assert found in (old, new), (fault, done)
        assert leftovers(project) == [], fault
        shutil.rmtree(project)
        if not done.struck:
            return
    pytest.fail("the command never ended by itself")
