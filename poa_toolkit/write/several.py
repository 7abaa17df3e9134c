"""Several files of a project written as one: all of them or none, also when the machine stops midway.

Every new content is on the disk before the first file is replaced, and a journal beside the plan
holds what is to be done and what stood there; the next writing command finishes or undoes it, and
clears what else an interrupted one left.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import WriteError
from poa_toolkit.source.base import BASELINES, PLAN_FOLDER, SETTINGS_FILE, is_plan_file
from poa_toolkit.write.file import (
    TEMPORARY,
    clear,
    leftovers,
    make_folder,
    put_aside,
    sync_folder,
    write_beside,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

JOURNAL = f"{PLAN_FOLDER}/.poa-journal.tmp"
"""Where an unfinished change is on record; is_plan_file passes it over."""

_PATIENCE = 2.0
"""Seconds to wait for another command to finish writing."""


class _Step(NamedTuple):
    """One file to replace: where, the file that waits beside it, what stood there, what shall stand."""

    path: str
    waiting: str
    old: bytes | None
    digest: str


def write_all(
    project: Path, files: Mapping[str, bytes], expected: Mapping[str, bytes], *, patience: float = _PATIENCE
) -> None:
    """Write every file of `files`, by path inside `project`, or none.

    `expected` holds the bytes that were read of each, and of any other file that the change rests on; a
    file to write without them must not exist yet. Raises WriteError where a file has changed since it
    was read, another command is writing, or the machine refuses.
    """
    with _locked(project, patience):
        _recover(project)
        for path in sorted({*files, *expected}):
            if _read(project / path) != expected.get(path):
                raise WriteError(
                    f"{path} was changed by someone else meanwhile; nothing was written, try again"
                )
        steps = _put_aside(project, files, expected)
        try:
            write_beside(project / JOURNAL, _to_json(steps))
        except BaseException:
            # it may have come to lie there all the same; nothing is replaced yet
            with suppress(OSError):
                (project / JOURNAL).unlink(missing_ok=True)
            _forget(project, steps)
            raise
        _carry_out(project, steps)


def _carry_out(project: Path, steps: tuple[_Step, ...]) -> None:
    """Replace every file; where the machine refuses, put back what stood there."""
    try:
        _finish(project, steps)
    except OSError as error:
        _undo(project, steps)
        raise WriteError(
            f"{error.filename} cannot be replaced: {error.strerror}; nothing was written"
        ) from None
    except BaseException:
        # a person's Ctrl-C, or the system going down, comes too late to stop it
        _finish(project, steps)
        raise


def recover(project: Path, *, patience: float = _PATIENCE) -> None:
    """Finish or undo what an interrupted command left half done; to be called before reading.

    Raises WriteError where someone has changed one of its files since.
    """
    if _leftovers(project):
        with _locked(project, patience):
            _recover(project)


def _recover(project: Path) -> None:
    """Finish or undo what is on record, and clear what is not: who holds the lock knows its makers dead."""
    _settle(project)
    clear(_leftovers(project))


def _leftovers(project: Path) -> tuple[Path, ...]:
    """Give the temporary files in every folder of the plan, the journal among them."""
    folders = (Path(parent) for parent, _, _ in os.walk(project / PLAN_FOLDER))
    return tuple(each for folder in folders for each in leftovers(folder))


def _settle(project: Path) -> None:
    steps = _on_record(project)
    if not steps:
        return
    now = [_read(project / step.path) for step in steps]
    done = [_digest(each) == step.digest for each, step in zip(now, steps, strict=True)]
    ready = [
        each == step.old and _digest(_waiting(_beside(project, step))) == step.digest
        for each, step in zip(now, steps, strict=True)
    ]
    try:
        if all(a or b for a, b in zip(done, ready, strict=True)):
            _finish(project, steps)
        elif all(a or each == step.old for a, each, step in zip(done, now, steps, strict=True)):
            _undo(project, steps)
        else:
            raise WriteError(
                f"a command was interrupted and its files were changed since; look at `git diff`, "
                f"then delete {JOURNAL} to keep them as they are"
            )
    except OSError as error:
        raise WriteError(f"{error.filename} cannot be replaced: {error.strerror}") from None


def _put_aside(project: Path, files: Mapping[str, bytes], expected: Mapping[str, bytes]) -> tuple[_Step, ...]:
    """Write every new content beside its file, so that no lack of room can stop us midway."""
    steps: list[_Step] = []
    try:
        for path in sorted(files):
            target = _target(project, path)
            make_folder(target.parent)
            waiting = put_aside(target, files[path])
            steps.append(_Step(path, waiting.name, expected.get(path), _digest(files[path])))
    except BaseException:
        _forget(project, steps)
        raise
    return tuple(steps)


def _finish(project: Path, steps: tuple[_Step, ...]) -> None:
    for step in steps:
        waiting = _beside(project, step)
        if waiting.exists():
            waiting.replace(_target(project, step.path))
            sync_folder(waiting.parent)
    _close(project)


def _undo(project: Path, steps: tuple[_Step, ...]) -> None:
    for step in steps:
        target = _target(project, step.path)
        if step.old is None:
            target.unlink(missing_ok=True)
        elif _read(target) != step.old:
            write_beside(target, step.old)
    _forget(project, steps)
    _close(project)


def _forget(project: Path, steps: list[_Step] | tuple[_Step, ...]) -> None:
    for step in steps:
        with suppress(OSError):
            _beside(project, step).unlink(missing_ok=True)


def _close(project: Path) -> None:
    (project / JOURNAL).unlink(missing_ok=True)
    sync_folder(project / PLAN_FOLDER)


def _to_json(steps: tuple[_Step, ...]) -> bytes:
    found = [
        {
            "path": step.path,
            "waiting": step.waiting,
            "old": None if step.old is None else base64.b64encode(step.old).decode("ascii"),
            "digest": step.digest,
        }
        for step in steps
    ]
    return json.dumps({"steps": found}, indent=1).encode("ascii") + b"\n"


def _on_record(project: Path) -> tuple[_Step, ...]:
    """Read the journal, if there is one; it is refused where it names anything but files of this plan."""
    content = _read(project / JOURNAL)
    if content is None:
        return ()
    try:
        steps = tuple(_step(each) for each in json.loads(content)["steps"])
        for step in steps:
            _target(project, step.path)
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        raise WriteError(f"{JOURNAL} cannot be read; look at `git diff`, then delete it") from None
    return steps


def _step(data: dict[str, str | None]) -> _Step:
    path, waiting, old, digest = (data[key] for key in ("path", "waiting", "old", "digest"))
    if path is None or waiting is None or digest is None:
        raise ValueError(path)
    if not (waiting.startswith(TEMPORARY) and waiting.endswith(".tmp")) or Path(waiting).name != waiting:
        raise ValueError(waiting)
    return _Step(path, waiting, None if old is None else base64.b64decode(old, validate=True), digest)


def _target(project: Path, path: str) -> Path:
    """Give the file that `path` leads to, links followed. Raises WriteError where it leaves the project."""
    target = (project / path).resolve()
    root = project.resolve()
    frozen = target.parent == root / BASELINES and target.suffix == ".json"
    ours = path == SETTINGS_FILE or (path.startswith(f"{PLAN_FOLDER}/") and is_plan_file(path))
    if not target.is_relative_to(root) or not (frozen or ours):
        raise WriteError(f"{path} is no file of a plan")
    return target


def _beside(project: Path, step: _Step) -> Path:
    return _target(project, step.path).parent / step.waiting


def _waiting(path: Path) -> bytes | None:
    """Read a file that waits; a link in its place is none of ours."""
    return None if path.is_symlink() else _read(path)


def _read(path: Path) -> bytes | None:
    try:
        if path.exists() and not path.is_file():
            raise WriteError(f"{path} is no regular file; delete it")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteError(f"{path} cannot be read: {error.strerror}") from None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


@contextmanager
def _locked(project: Path, patience: float) -> Iterator[None]:
    """Keep other writing commands out; the system lifts the lock when a process ends, however it ends."""
    handle = _open_lock(project / PLAN_FOLDER)
    try:
        deadline = time.monotonic() + patience
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                raise WriteError("another poa command is changing this plan; try again when it has ended")
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)


def _open_lock(folder: Path) -> int:
    """Open what is to be locked: the folder itself, or a file in it where folders cannot be locked."""
    try:
        if sys.platform == "win32":
            return os.open(folder / f"{TEMPORARY}lock.tmp", os.O_RDWR | os.O_CREAT)
        return os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise WriteError(f"{folder} cannot be locked: {error.strerror}") from None


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
