"""Programs that others have made: where they are looked for, and how one is ended."""

from __future__ import annotations

import functools
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import Popen, TimeoutExpired

from poa_toolkit.source.base import PLAN_FILE

_A_MOMENT = 1.0
_ENDINGS = (".exe", ".com") if sys.platform == "win32" else ("",)


def find(*names: str) -> str | None:
    """Return the path of the first of some programs that is there; None where none is.

    It is looked for in the folders that PATH names from the root, never in the current one, and in none
    that lies in the folder of a plan: what came with a plan is not run.
    """
    return _found(names, search_path())


def search_path() -> str:
    """Return PATH with the folders alone that it names from the root."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(each for each in folders if os.path.isabs(each))  # noqa: PTH117 - each call of git


@functools.lru_cache(maxsize=8)
def _found(names: tuple[str, ...], path: str) -> str | None:
    folders = [Path(each) for each in path.split(os.pathsep) if each and not _is_of_a_plan(Path(each))]
    for name in names:
        for folder in folders:
            for ending in _ENDINGS:
                program = str(folder / f"{name}{ending}")
                if _is_there(program) and os.access(program, os.X_OK):
                    return program
    return None


def _is_of_a_plan(folder: Path) -> bool:
    there = folder.resolve()
    return any(_is_there(str(each / PLAN_FILE)) for each in (there, *there.parents))


def _is_there(path: str) -> bool:
    # unlike Path.is_file, it takes a folder that nobody may look into for one without the file
    return os.path.isfile(path)  # noqa: PTH113 - as said


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
