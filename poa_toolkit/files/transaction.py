"""Several files of a plan written as one: all of them or none, also when the machine stops midway.

Every new content is on the disk before the first file is replaced, and a journal outside the project
holds what is to be done and what stood there; the next writing command finishes or undoes it, and
clears what else an interrupted one left.
"""

from __future__ import annotations

import itertools
import sys
import time
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import WriteError
from poa_toolkit.files.batch import Batch, Step
from poa_toolkit.files.folder import Folder, is_waiting
from poa_toolkit.files.journal import Journal, may_name
from poa_toolkit.source.base import PLAN_FOLDER
from poa_toolkit.source.folder import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PATIENCE = 2.0
"""Seconds to wait for another command to finish writing."""
_PAUSE = 0.02


def write_all(
    project: Path, files: Mapping[str, bytes], expected: Mapping[str, bytes], *, patience: float = _PATIENCE
) -> None:
    """Write every file of `files`, by path inside `project`, or none; nothing through a link.

    `expected` holds the bytes that were read of each, and of any other file that the change rests on; a
    file to write without them must not exist yet. Raises WriteError where a file has changed since it
    was read, another command is writing, or the machine refuses.
    """
    for path in files:
        if not may_name(path):
            raise WriteError(f"{path} is no file of a plan")
    with _locked(project, patience), Batch(project) as batch:
        _recover(project)
        for path in sorted({*files, *expected}):
            if _read(project / path) != expected.get(path):
                raise WriteError(
                    f"{path} was changed by someone else meanwhile; nothing was written, try again"
                )
        journal = Journal(project)
        steps = batch.put_aside(dict(sorted(files.items())), expected)
        try:
            # one file is replaced at once, or not at all
            if len(steps) > 1:
                journal.write(steps)
        except BaseException:
            # it may have come to lie there all the same; nothing is replaced yet
            with suppress(WriteError):
                journal.remove()
            batch.forget(steps)
            raise
        batch.replace_or_undo(steps, journal.remove)


def recover(project: Path) -> None:
    """Finish or undo what an interrupted command left half done; to be called before reading.

    Raises WriteError where someone has changed one of its files since.
    """
    if _leftovers(project) or Journal(project).read():
        with _locked(project, _PATIENCE):
            _recover(project)


class Recovery(StrEnum):
    """What the next writing command makes of an edit that was interrupted."""

    FINISHED = "finished"
    TAKEN_BACK = "taken back"
    STUCK = "neither finished nor taken back"
    UNKNOWN = "not known"
    """Something waits to be put in place, and there is no record of what for."""


class Interrupted(NamedTuple):
    """An edit that was interrupted."""

    paths: tuple[str, ...]
    """Its files; where there is no record of it, the folders in which something waits."""
    fate: Recovery


def interrupted(project: Path) -> Interrupted | None:
    """Return an edit that was interrupted and is neither finished nor undone; None where there is none.

    None, too, while whoever makes it is still at it. Nothing is changed.
    """
    with suppress(WriteError), _locked(project, 0):
        steps, fate = _on_record(project)
        if steps:
            return Interrupted(tuple(each.path for each in steps), fate)
        left = [each for each in _leftovers(project) if each.parts or _is_idle(project)]
        if left:
            return Interrupted(tuple(each.as_posix() for each in left), Recovery.UNKNOWN)
    return None


def _is_idle(project: Path) -> bool:
    """Return whether nobody is writing into the folder of the project what is no part of the plan."""
    with Folder(project) as opened:
        return opened.lock(alone=True)


def _recover(project: Path) -> None:
    """Finish or undo what is on record, and clear what is not: who holds the lock knows its makers dead."""
    _settle(project)
    for folder in _leftovers(project):
        with suppress(WriteError), Folder(project, folder.parts) as opened:
            # beside the plan others may be writing what is no part of it
            if folder.parts or opened.lock(alone=True):
                opened.clear()


def _leftovers(project: Path) -> tuple[Path, ...]:
    """Return the folders of the plan, from the project, in which something waits to be put in place."""
    beside = itertools.islice(walk(project), 1)
    found = []
    for parent, folders, names in itertools.chain(beside, walk(project / PLAN_FOLDER)):
        if any(map(is_waiting, (*folders, *names))):
            found.append(Path(parent).relative_to(project))
    return tuple(found)


def _on_record(project: Path) -> tuple[tuple[Step, ...], Recovery]:
    """Return the steps of an interrupted edit, none where all is done, and what is to be made of it."""
    steps = Journal(project).read()
    with Batch(project) as batch:
        try:
            states = [batch.state(each) for each in steps]
        except WriteError:
            return steps, Recovery.STUCK
    if all(each.is_new for each in states):
        return (), Recovery.FINISHED
    if all(each.is_new or (each.is_old and each.waits) for each in states):
        return steps, Recovery.FINISHED
    is_known = all(each.is_new or each.is_old for each in states)
    return steps, Recovery.TAKEN_BACK if is_known else Recovery.STUCK


def _settle(project: Path) -> None:
    """Finish an interrupted edit, or else undo it, or say that neither can be done."""
    journal = Journal(project)
    steps, fate = _on_record(project)
    with Batch(project) as batch:
        if fate is Recovery.STUCK:
            raise WriteError(
                "a command was interrupted and its files were changed since; look at `git diff`, "
                f"then delete {journal.path} to keep the files as they are"
            )
        if fate is Recovery.FINISHED:
            batch.replace(steps)
        else:
            batch.undo(steps)
    journal.remove()


def _read(path: Path) -> bytes | None:
    """Read a file as the plan was read, which may be by a link inside it; None for none."""
    try:
        if path.exists() and not path.is_file():
            raise WriteError(f"{path} is no regular file; delete it")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        raise WriteError(f"{path} cannot be read: {reason}") from None


@contextmanager
def _locked(project: Path, patience: float) -> Iterator[None]:
    """Keep other writing commands out; the system lifts the lock when a process ends, however it ends."""
    with Folder(project, (PLAN_FOLDER,)) as plan, _file_to_lock(plan.path) as lock:
        deadline = time.monotonic() + patience
        while not (plan.lock(alone=True) and lock()):
            if time.monotonic() >= deadline:
                raise WriteError("another poa command is changing this plan; try again when it has ended")
            time.sleep(_PAUSE)
        yield


@contextmanager
def _file_to_lock(folder: Path) -> Iterator[Callable[[], bool]]:
    """Return what locks a file where folders cannot be locked, and elsewhere is content."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only there

        with (folder / ".poa-lock.tmp").open("ab") as file:

            def lock() -> bool:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                except OSError:
                    return False
                return True

            yield lock
    else:
        yield lambda: True
