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
    try:
        target = path.resolve()
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise WriteError(f"{path} is write-protected")
        _replace(target, content, mode)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from None


def make_folder(path: Path) -> None:
    """Make a folder and those above it. Raises WriteError where the machine refuses."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{path} cannot be made: {error.strerror or error}") from None


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode if mode is not None else 0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Put the renaming itself on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
