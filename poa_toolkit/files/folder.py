"""The door of every write: a folder held open, in which nothing is reached through a link."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from poa_toolkit.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WAITING = re.compile(r"\.poa-[0-9a-f]{16}\.tmp")
"""The names of what waits to be put in place; the next write clears what a dead writer left."""

_HAS_HANDLES = os.open in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")
"""Whether this system holds a folder open, so that what is done in it cannot end up in another."""
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_FOLDER: int = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_WAY: int = _FOLDER | getattr(os, "O_PATH", 0)
"""On the way to a folder one need not be allowed to read."""
_BYTES: int = getattr(os, "O_BINARY", 0)
_WAITS_FOR_NOBODY: int = getattr(os, "O_NONBLOCK", 0)
_PERMISSIONS = 0o777


class Folder:
    """A folder below a root, held open until `close`. Use it in a ``with``, or close it.

    On the way from the root to it no link is followed, and none in it is; the root itself may be reached
    as a person likes. Every method raises WriteError, one line that names the file, where there is a link
    or something that is no regular file, or the machine refuses.
    """

    def __init__(self, root: Path, parts: Iterable[str] = (), *, make: bool = False) -> None:
        """Open the folder `parts` below `root`; with `make`, folders that are not there are made."""
        self.path = root
        self.made: list[Path] = []
        """The folders that were made, the outermost first."""
        way = tuple(parts)
        with _saying(root, "opened"):
            if make:
                self._make_root(root)
            self._handle = os.open(root, _WAY if way else _FOLDER) if _HAS_HANDLES else None
        for number, part in enumerate(way, 1):
            self._enter(part, _FOLDER if number == len(way) else _WAY, make=make)

    def _make_root(self, root: Path) -> None:
        missing = [each for each in (root, *root.parents) if not each.exists()]
        if missing:
            root.mkdir(parents=True, exist_ok=True)
        self.made += reversed(missing)

    def _enter(self, part: str, kind: int, *, make: bool) -> None:
        inner = self.path / part
        try:
            with _saying(inner, "opened"):
                found = self.status(part)
                if found is None and make:
                    self._make(part)
                _must_be_folder(inner, found)
                handle = os.open(part, kind | _NO_LINK, dir_fd=self._handle) if _HAS_HANDLES else None
        except BaseException:
            self.close()
            raise
        self.close()
        self.path, self._handle = inner, handle

    def _make(self, part: str) -> None:
        # another writer may make it too
        with suppress(FileExistsError):
            os.mkdir(self._name(part), dir_fd=self._handle)
            self.made.append(self.path / part)

    def close(self) -> None:
        """Let go of the folder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self, name: str) -> str:
        """Return what the system calls a file of this folder, beside its handle."""
        return name if self._handle is not None else os.fspath(self.path / name)

    def status(self, name: str) -> os.stat_result | None:
        """Return what stands under a name, a link as a link; None for nothing."""
        with _saying(self.path / name, "read"):
            try:
                return os.stat(self._name(name), dir_fd=self._handle, follow_symlinks=False)
            except FileNotFoundError:
                return None

    def _regular(self, name: str) -> os.stat_result | None:
        """Return the status of a regular file; None where there is nothing."""
        found = self.status(name)
        if found is None or stat.S_ISREG(found.st_mode):
            return found
        raise WriteError(_no(self.path / name, found, "regular file"))

    def read(self, name: str) -> bytes | None:
        """Read a file; None where there is none."""
        if self._regular(name) is None:
            return None
        with _saying(self.path / name, "read"):
            flags = os.O_RDONLY | _NO_LINK | _BYTES | _WAITS_FOR_NOBODY
            with os.fdopen(os.open(self._name(name), flags, dir_fd=self._handle), "rb") as stream:
                return stream.read()

    def put_aside(self, name: str, content: bytes, *, mode: int | None = None) -> str:
        """Put `content` on the disk beside the file `name`, which it is to replace: the name it waits by.

        It gets the permissions and the owner of that file, or else those of `mode`, or of any new file.
        """
        there = self._regular(name)
        with _saying(self.path / name, "written"):
            if there is not None and not os.access(self._name(name), os.W_OK, dir_fd=self._handle):
                raise WriteError(f"{shown(self.path / name)} is write-protected")
            waiting = f".poa-{secrets.token_hex(8)}.tmp"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BYTES
            if mode is None and there is not None:
                mode = there.st_mode & _PERMISSIONS
            handle = os.open(self._name(waiting), flags, 0o666 if mode is None else mode, dir_fd=self._handle)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                    stream.flush()
                    self._dress(stream.fileno(), waiting, there, mode)
                    os.fsync(stream.fileno())
            except BaseException:
                self.forget(waiting)
                raise
        return waiting

    def _dress(self, handle: int, waiting: str, there: os.stat_result | None, mode: int | None) -> None:
        """Set the owner and the permissions that a waiting file is to have."""
        if there is not None and hasattr(os, "fchown"):
            # only root can give a file to somebody else
            with suppress(OSError):
                os.fchown(handle, there.st_uid, there.st_gid)
        if mode is not None:
            os.chmod(handle if os.chmod in os.supports_fd else self._name(waiting), mode)  # noqa: PTH101 - by handle

    def replace(self, waiting: str, name: str) -> None:
        """Put what waits in the place of the file `name`, or of nothing; `sync` puts that on the disk."""
        with _saying(self.path / name, "replaced"):
            os.replace(
                self._name(waiting), self._name(name), src_dir_fd=self._handle, dst_dir_fd=self._handle
            )

    def remove(self, name: str) -> None:
        """Take a file away, if there is one."""
        if self._regular(name) is None:
            return
        with _saying(self.path / name, "removed"), suppress(FileNotFoundError):
            os.unlink(self._name(name), dir_fd=self._handle)
        self.sync()

    def forget(self, waiting: str) -> None:
        """Take away what waits, as far as the machine lets us."""
        with suppress(OSError):
            os.unlink(self._name(waiting), dir_fd=self._handle)

    def stage(self) -> str:
        """Make a folder that waits to be put in place, with what is put into it: its name."""
        waiting = f".poa-{secrets.token_hex(8)}.tmp"
        with _saying(self.path / waiting, "made"):
            os.mkdir(self._name(waiting), dir_fd=self._handle)
        return waiting

    def settle(self, waiting: str, name: str) -> None:
        """Put a folder that waits in its place, where nothing may stand."""
        if self.status(name) is not None:
            raise WriteError(f"{shown(self.path / name)} is there already; nothing was written")
        with _saying(self.path / name, "made"):
            os.rename(self._name(waiting), self._name(name), src_dir_fd=self._handle, dst_dir_fd=self._handle)
        self.sync()

    def drop(self, waiting: str) -> None:
        """Take away a folder that waits, with all that is in it, as far as the machine lets us."""
        # one that others have put there may be deeper than Python can go
        with suppress(RecursionError):
            shutil.rmtree(self._name(waiting), ignore_errors=True, dir_fd=self._handle)

    def sync(self) -> None:
        """Put the names of files in the folder on the disk, where the system can."""
        if self._handle is not None:
            with _saying(self.path, "put on the disk"):
                os.fsync(self._handle)

    def clear(self) -> None:
        """Take away what dead writers left, as far as the machine lets us: for who knows them to be dead."""
        with suppress(OSError):
            here = self.path if self._handle is None else self._handle
            for name in filter(is_waiting, os.listdir(here)):  # noqa: PTH208 - by handle
                found = self.status(name)
                if found is not None and stat.S_ISDIR(found.st_mode):
                    self.drop(name)
                elif found is not None and stat.S_ISREG(found.st_mode):
                    self.forget(name)

    def lock(self, *, alone: bool) -> bool:
        """Take the lock of the folder, shared or alone, until it is closed; say whether others let us.

        The system lifts it when a process ends, however it ends. Windows locks no folders: there nobody
        is kept out. Raises WriteError where no lock can be had at all.
        """
        if sys.platform == "win32" or self._handle is None:
            return True
        import fcntl  # noqa: PLC0415 - not on Windows

        with _saying(self.path, "locked"):
            try:
                fcntl.flock(self._handle, fcntl.LOCK_NB | (fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
            except BlockingIOError:
                return False
        return True


def is_waiting(name: str) -> bool:
    """Return whether a name is one that files have while they wait to be put in place."""
    return _WAITING.fullmatch(name) is not None


def shown(path: Path) -> Path:
    """Return a path as a person would type it: below the current folder where it is."""
    try:
        here = Path.cwd()
    except OSError:
        # somebody has deleted it
        return path
    return path.relative_to(here) if path.is_relative_to(here) and path != here else path


def _must_be_folder(path: Path, found: os.stat_result | None) -> None:
    if found is not None and not stat.S_ISDIR(found.st_mode):
        raise WriteError(_no(path, found, "folder"))


def _no(path: Path, found: os.stat_result, what: str) -> str:
    """Say that what stands somewhere is not what is wanted there."""
    if stat.S_ISLNK(found.st_mode):
        return f"{shown(path)} is a link, and nothing is written through one: put the {what} itself there"
    return f"{shown(path)} is no {what}; put one there, or name another"


@contextmanager
def _saying(path: Path, what: str) -> Iterator[None]:
    """Turn the machine's refusal into one line that names the file."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise WriteError(f"{shown(path)} is a link, and nothing is written through one") from None
        raise WriteError(f"{shown(path)} cannot be {what}: {error.strerror or error}") from None
