"""Long work shows on a terminal that it goes on, and leaves no trace in what is piped."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = "import time; from poa_toolkit.cli.common import working\nwith working('making it'): time.sleep({})"


def run_on_a_terminal(seconds: float) -> str:
    """Give what a piece of work that takes so long prints on a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", PROGRAM.format(seconds)], stderr=theirs) as process:
        os.close(theirs)
        printed = b""
        try:
            while piece := os.read(ours, 1024):
                printed += piece
        except OSError:
            pass  # how a terminal says that nobody writes any more
        process.wait()
    os.close(ours)
    return printed.decode("utf-8")


def test_work_beyond_a_second_says_so_and_takes_it_back() -> None:
    printed = run_on_a_terminal(1.5)
    assert printed.startswith("\rmaking it: 1 s")
    assert printed.endswith(f"\r{' ' * len('making it: 1 s')}\r")


def test_short_work_prints_nothing() -> None:
    assert run_on_a_terminal(0.1) == ""


def test_nothing_is_printed_where_there_is_no_terminal() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(1.2)], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
