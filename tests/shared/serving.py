"""Begin `poa serve` as people do, and ask it what a browser, or somebody with bad intentions, would."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

A_WHILE = 20.0
"""Seconds that a busy machine may take for what takes a fraction of one."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")


class Served(NamedTuple):
    """A server that runs."""

    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it stands; `headers` with ``_`` for ``-``, in the place of those that are usual."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=A_WHILE)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, path, skip_host="Host" in given)
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders()
            found = connection.getresponse()
            return Answer(
                found.status, {name.lower(): each for name, each in found.getheaders()}, found.read()
            )
        finally:
            connection.close()

    def until(self, path: str, shows: Callable[[str], bool]) -> str:
        """Ask for a page until it shows what is waited for."""
        end = time.monotonic() + A_WHILE
        while not shows(text := self.ask(path).text):
            assert time.monotonic() < end, text
            time.sleep(0.05)
        return text


@contextmanager
def serving(project: Path, *options: str) -> Iterator[Served]:
    """Serve a project until the end of the block, and see that Ctrl-C ends it without a word."""
    command = [sys.executable, "-m", "poa_toolkit", "-C", str(project), "serve", "--no-open", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.match(r"http://127\.0\.0\.1:([0-9]+)/ ", line)
            assert found, (line, process.stderr.read() if process.stderr and process.poll() else "")
            yield Served(process, int(found[1]))
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=A_WHILE)
            assert (process.returncode, said.strip()) == (130, "")
        finally:
            process.kill()
