"""The one way this project writes files: whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEMPORARY = ".poa-"
"""How temporary files begin; they end in ``.tmp``, and the next write clears what an interrupted one left."""

_TRIES, _PAUSE = 50, 0.02
"""How often, and after how many seconds, a lock that others hold for a moment is asked for again."""


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`: the old file stays whole until the new one is on the disk.

    A link is followed and kept; an existing file keeps its permissions. Raises WriteError, in one
    line that names the file, where the machine refuses. What an interrupted write left beside it is
    cleared. For files of a plan that others may be changing there is write_all.
    """
    with _tidied(path):
        write_beside(path, content)


def write_beside(path: Path, content: bytes) -> None:
    """Do what `write` does, and clear nothing: for who holds the lock of the plan already."""
    waiting = put_aside(path, content)
    try:
        target = path.resolve()
        waiting.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        waiting.unlink(missing_ok=True)


def leftovers(folder: Path) -> tuple[Path, ...]:
    """Give the temporary files in a folder, whoever made them."""
    try:
        return tuple(sorted(folder.glob(f"{TEMPORARY}*.tmp")))
    except OSError:
        return ()


def clear(files: Iterable[Path]) -> None:
    """Delete temporary files of dead writers, as far as the machine lets us."""
    for each in files:
        with suppress(OSError):
            each.unlink()


def put_aside(path: Path, content: bytes) -> Path:
    """Put `content` on the disk beside `path`, which it is to replace; give the file that waits there.

    Raises WriteError where the machine refuses.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise WriteError(f"{path} is no regular file; name another")
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise WriteError(f"{path} is write-protected")
        return _put_aside(target, content, mode)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        raise WriteError(f"{path} cannot be written: {reason}") from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it. Raises WriteError where the machine refuses."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{path} cannot be made: {error.strerror or error}") from None


def sync_folder(folder: Path) -> None:
    """Put the renaming of files in a folder on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _tidied(path: Path) -> Iterator[None]:
    """Clear what dead writers left in the folder of `path`, and keep others from clearing what we put there.

    Who writes in a folder shares its lock; who has it alone knows that all temporary files are dead.
    """
    handle = _opened(path)
    try:
        if handle is not None:
            if _lock(handle, alone=True):
                clear(leftovers(path.resolve().parent))
            _share(handle)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _opened(path: Path) -> int | None:
    """Open the folder of a file; None where folders cannot be opened, or this one."""
    with suppress(OSError, RuntimeError):
        return os.open(path.resolve().parent, os.O_RDONLY) if sys.platform != "win32" else None
    return None


def _share(handle: int) -> None:
    """Wait until nobody clears the folder; not for ever, since a stranger may hold its lock."""
    for _ in range(_TRIES):
        if _lock(handle, alone=False):
            return
        time.sleep(_PAUSE)


def _lock(handle: int, *, alone: bool) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(handle, fcntl.LOCK_NB | (fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
    except OSError:
        return False
    return True


def _put_aside(target: Path, content: bytes, mode: int | None) -> Path:
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, suffix=".tmp", dir=target.parent)
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        waiting.chmod(mode if mode is not None else 0o666 & ~_umask())
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    return waiting


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
