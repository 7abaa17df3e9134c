"""What took long to find and can be found again, by its key: small files in a folder of the user's own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.errors import WriteError
from poa_toolkit.files.atomic import write_into

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 64
"""How many are kept of one kind."""
_LARGEST = 1 << 20
_PRIVATE = 0o600


class Cache:
    """Contents of one kind. Nobody may count on one that was kept being there."""

    def __init__(self, kind: str) -> None:
        """Name the kind, as a folder is named."""
        self._folder = _cache_folder() / kind

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key, a name of hexadecimal digits; None for nothing that is ours."""
        path = self._folder / key
        try:
            status = path.lstat()
            is_ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
            return path.read_bytes() if is_ours and status.st_size <= _LARGEST else None
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep something under a key, in place of the oldest; where the machine refuses, nothing is kept."""
        with suppress(WriteError, OSError):
            write_into(self._folder, {key: content}, mode=_PRIVATE)
            for each in _oldest(self._folder.iterdir()):
                each.unlink()


def _oldest(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda each: each.lstat().st_mtime_ns)[:-_MOST]


def _cache_folder() -> Path:
    """Return the user's folder of caches; where nobody knows it, one that is not there and cannot be made."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - help needs none

    try:
        found = user_cache_path("poa-toolkit", appauthor=False)
    except RuntimeError:
        found = Path()
    return found if found.is_absolute() else Path(os.devnull)
