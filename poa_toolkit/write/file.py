"""The one way this project writes files: whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from poa_toolkit.errors import WriteError

TEMPORARY = ".poa-"
"""How the temporary files of an interrupted write begin; they end in ``.tmp`` and may be deleted."""


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`: the old file stays whole until the new one is on the disk.

    A link is followed and kept; an existing file keeps its permissions. Raises WriteError, in one
    line that names the file, where the machine refuses.
    """
    waiting = put_aside(path, content)
    try:
        target = path.resolve()
        waiting.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        waiting.unlink(missing_ok=True)


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
