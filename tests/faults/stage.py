"""Runs `poa` again and again in fresh processes, each with a fault of its own: `python stage.py`.

Everything is imported once, and each run is a fork of that: a few hundredths of a second. A line of
standard input is a list of runs as JSON; they go on at the same time, and a line of standard output
says how each ended.
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import poa_toolkit
from poa_toolkit.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Sequence

DISK = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.truncate"}
)
HANGS = 30
"""Seconds that no command here takes."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_ROOTS_OWN = (1, 2, 3, 9)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_LINUX_IMMUTABLE
_CAPABILITIES_V3 = 0x20080522


class Touched:
    """Does something when this process is about to touch the disk for the nth time below a folder."""

    def __init__(self, folder: str, number: int, what: str, *, tell: int) -> None:
        self.folder, self.left, self.what, self.tell = folder, number, what, tell

    def __call__(self, event: str, arguments: Sequence[Any]) -> None:
        if event not in DISK or not self._counts(event, arguments):
            return
        self.left -= 1
        if self.left:
            return
        os.write(self.tell, b"!")
        if self.what.startswith("SIG"):
            os.kill(os.getpid(), getattr(signal, self.what))
        else:
            number = getattr(errno, self.what)
            raise OSError(number, os.strerror(number), str(arguments[0]))

    def _counts(self, event: str, arguments: Sequence[Any]) -> bool:
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
            return False
        if isinstance(arguments[0], int):
            # a handle: what has been opened is counted already
            return event != "open"
        path = os.fsdecode(arguments[0])
        # what is done in a folder that is held open bears no more than a name
        return not path.startswith("/") or path.startswith((self.folder, os.environ["XDG_STATE_HOME"]))


def be_nobody_in_particular() -> None:
    """Give up root's right to read and write whatever the permissions say."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    sets = (ctypes.c_uint32 * 6)()
    libc.capget(header, sets)
    for capability in _ROOTS_OWN:
        for index in (0, 1):  # effective, permitted
            sets[index] &= ~(1 << capability)
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def begin(run: dict[str, Any]) -> tuple[int, list[int]]:
    """Fork; the child becomes `poa` with its fault and does not come back.

    The parent gets its id, and where it reads what is printed, and whether the fault has struck.
    """
    outputs = [os.pipe() for _ in range(3)]
    if child := os.fork():
        for _, write in outputs:
            os.close(write)
        return child, [read for read, _ in outputs]
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # as poa_toolkit/__main__.py does
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, (_, write) in enumerate(outputs[:2], start=1):
        os.dup2(write, number)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8") for number in (1, 2))  # noqa: PTH123, SIM115 - of the process
    os.chdir(run["cwd"])
    # what hangs ends by this signal
    signal.alarm(HANGS)
    os.environ.update(run.get("env", {}))
    if run.get("nobody"):
        be_nobody_in_particular()
    if "most" in run:
        resource.setrlimit(resource.RLIMIT_FSIZE, (run["most"], run["most"]))
    if "at" in run:
        sys.addaudithook(Touched(run["cwd"], run["at"], run["what"], tell=outputs[2][1]))
    sys.exit(main(run["argv"]))


def perform(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let several runs go on at once, send each its signal in time, and say how they ended."""
    start = time.monotonic()
    children = [begin(run) for run in runs]
    timed = [
        (run["after"], child, run["signal"])
        for run, (child, _) in zip(runs, children, strict=True)
        if "after" in run
    ]
    for after, child, name in sorted(timed):
        time.sleep(max(0.0, start + after - time.monotonic()))
        os.kill(child, getattr(signal, name))
    return [_ended(child, outputs) for child, outputs in children]


def _ended(child: int, outputs: list[int]) -> dict[str, Any]:
    """Wait for a child: what a pipe holds is more than any command here prints."""
    _, status, usage = os.wait4(child, 0)
    texts = []
    for output in outputs:
        with open(output, encoding="utf-8") as stream:  # noqa: PTH123 - no path
            texts.append(stream.read())
    return {
        "status": os.waitstatus_to_exitcode(status),
        "stdout": texts[0],
        "stderr": texts[1],
        "struck": bool(texts[2]),
        "seconds": usage.ru_utime + usage.ru_stime,
    }


def _import_everything() -> None:
    for module in pkgutil.walk_packages(poa_toolkit.__path__, "poa_toolkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _serve() -> None:
    _import_everything()
    warm = json.loads(sys.stdin.readline())
    # models are built when they are first used; what is built here, no run has to build
    main(["-C", warm, "validate", "-o", str(Path(os.devnull))])
    _say("ready")
    for line in sys.stdin:
        answer = perform(json.loads(line))
        _say(json.dumps(answer))


if __name__ == "__main__":
    _serve()
