"""Programs that others have made: where they are looked for, and how one is ended."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_A_MOMENT = 1.0
_ENDINGS = (".exe", ".com") if sys.platform == "win32" else ("",)


def find(names: Sequence[str], *, outside: Path) -> str | None:
    """Give the path of the first of some programs that is there; None where none is.

    It is looked for in the folders that PATH names from the root, never in the current one, and in none
    that lies in the folder `outside`: what came with a plan is not run.
    """
    project = os.path.realpath(outside)
    for name in names:
        for folder in search_path():
            if Path(os.path.realpath(folder)).is_relative_to(project):
                continue
            for ending in _ENDINGS:
                program = os.path.join(folder, name + ending)  # noqa: PTH118 - each call of git passes here
                if os.path.isfile(program) and os.access(program, os.X_OK):  # noqa: PTH113 - as above
                    return program
    return None


def search_path() -> Iterator[str]:
    """Give the folders of PATH that are named from the root, in its order."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if os.path.isabs(folder):  # noqa: PTH117 - each call of git passes here
            yield folder


def end(process: Popen[bytes]) -> None:
    """End a process that leads a session of its own, with what it has begun; nothing where it has ended.

    It has a moment to put away what it has begun, such as a lock.
    """
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        if process.poll() is None:
            with suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, number)
                else:
                    process.terminate()
            with suppress(TimeoutExpired):
                process.wait(_A_MOMENT)
