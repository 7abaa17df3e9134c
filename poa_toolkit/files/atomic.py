"""The ways to write files, each through the door of `Folder`: a file, or several, whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from poa_toolkit.errors import WriteError
from poa_toolkit.files import allowed_places
from poa_toolkit.files.batch import Batch, digest
from poa_toolkit.files.folder import Folder
from poa_toolkit.source.base import PLAN_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_TRIES, _PAUSE = 50, 0.02
"""How often, and after how many seconds, a lock that others hold for a moment is asked for again."""


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`, which a person named: the old file is there until the new one is.

    An existing file keeps its permissions. Raises WriteError, in one line that names the file, where it
    is one of those that are spared (`places.spare`), a link, no regular file, or the machine refuses.
    """
    allowed_places.spare(path)
    if not path.parent.is_dir():
        raise WriteError(f"there is no folder {path.parent}, to write {path.name} into")
    write_into(path.parent, {path.name: content})


def write_into(folder: Path, files: Mapping[str, bytes], *, mode: int | None = None) -> None:
    """Put files into a folder, by their paths in it, which is made where it is not there: all, or none.

    With `mode` they get these permissions. Raises WriteError as `write` does; what is spared is for
    who knows the files to say.
    """
    with _settled(folder) as home, Batch(home.path) as batch:
        _below(batch, files)
        old = {path: batch.folder(path, make=True).read(path.rpartition("/")[2]) for path in files}
        there = {path: content for path, content in old.items() if content is not None}
        batch.replace_or_undo(batch.put_aside(files, there, mode=mode))


def write_instead(folder: Path, files: Mapping[str, bytes], earlier: Mapping[str, str]) -> tuple[str, ...]:
    """Put files into a folder in place of an earlier set of files, which is known by path and digest.

    What is in the way and not of that set is spared: WriteError, and nothing was written. What is of it and
    not among the new ones is taken away, unless somebody has changed it: the paths of those are returned.
    """
    with _settled(folder) as home, Batch(home.path) as batch:
        _below(batch, files)
        old = {
            path: batch.folder(path, make=True).read(path.rpartition("/")[2])
            for path in (*files, *(each for each in earlier if (home.path / each).is_file()))
        }
        there = {path: content for path, content in old.items() if content is not None}
        for path in files:
            if path in there and path not in earlier:
                raise WriteError(f"{folder / path} was made by somebody else; name another folder")
        gone = sorted(there.keys() - files.keys())
        kept = tuple(path for path in gone if digest(there[path]) != earlier[path])
        batch.replace_or_undo(batch.put_aside(files, there))
        for path in gone:
            if path not in kept:
                batch.folder(path).remove(path.rpartition("/")[2])
        return kept


def write_new(folder: Path, files: Mapping[str, bytes], *, head: str) -> None:
    """Put new files into a folder, all or none; those in the folder `head` of it appear at once, the last.

    Who is killed meanwhile leaves no `head`, and can do it again. Raises WriteError as `write_into` does,
    and where there is a `head`.
    """
    inner = {path.removeprefix(f"{head}/"): files[path] for path in files if path.startswith(f"{head}/")}
    outer = {path: content for path, content in files.items() if not path.startswith(f"{head}/")}
    with _settled(folder) as home, Batch(home.path) as batch:
        waiting = home.stage()
        try:
            with Batch(home.path / waiting) as staged:
                staged.replace(staged.put_aside(inner, {}))
            _below(batch, outer)
            steps = batch.put_aside(outer, {})
            try:
                batch.replace(steps)
                home.settle(waiting, head)
            except BaseException:
                batch.undo(steps)
                raise
        finally:
            home.drop(waiting)


def remove(folder: Path, name: str) -> None:
    """Take a file out of a folder. Raises WriteError as `write` does."""
    with _opened(folder) as home:
        home.remove(name)


def read(folder: Path, name: str) -> bytes | None:
    """Read a file that is to be written anew; None for none. Raises WriteError where it is a link."""
    with _opened(folder) as home:
        return home.read(name)


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file of another program's, at once and in place. Raises WriteError."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)
        with os.fdopen(handle, "ab") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise WriteError(f"{path} is no regular file")
            stream.write(content)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from None


def _opened(folder: Path, *, make: bool = False) -> Folder:
    where = allowed_places.place(folder)
    return Folder(where.root, where.parts, make=make)


@contextmanager
def _settled(folder: Path) -> Iterator[Folder]:
    """Open a folder that is made where it is not there, cleared of what dead writers left in it.

    Who writes in a folder shares its lock, so that others do not clear what waits there; who has it
    alone knows that all that waits is dead.
    """
    with _opened(folder, make=True) as home:
        _tidy(home)
        try:
            yield home
        except BaseException:
            for made in reversed(home.made):
                with suppress(OSError):
                    made.rmdir()
            raise


def _below(batch: Batch, files: Iterable[str]) -> None:
    """Tidy the folders below the first one that files are put into."""
    for path in {path.rpartition("/")[0]: path for path in files if "/" in path}.values():
        _tidy(batch.folder(path, make=True))


def _tidy(folder: Folder) -> None:
    """Clear what dead writers left, unless somebody writes there, and keep others from clearing it."""
    # what waits in a project may be part of an edit that is to be finished
    is_project = folder.status(PLAN_FOLDER) is not None
    # a file is written also where there are no locks
    with suppress(WriteError):
        if os.name != "nt" and not is_project and folder.lock(alone=True):
            folder.clear()
        # not for ever: a stranger may hold the lock
        for _ in range(_TRIES):
            if folder.lock(alone=False):
                break
            time.sleep(_PAUSE)
