"""A plan in a folder: the working tree, or any other."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from poa_toolkit.errors import NoPlanError
from poa_toolkit.source.base import MAX_FILE, PLAN_FILE, PLAN_FOLDER, Files, Refusal, is_plan_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(project: Path, label: str) -> Files:
    """Read every YAML file below ``plan/`` of `project`, in name order.

    Links that leave the project, and whatever is no regular file, are refused and reported.
    Raises NoPlanError where there is no plan to read.
    """
    root = project.resolve()
    if not (root / PLAN_FILE).exists():
        raise NoPlanError(f"there is no {PLAN_FILE} in {project}")
    contents: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    for path in _walk(root / PLAN_FOLDER, refusals, root):
        name = path.relative_to(root).as_posix()
        if is_plan_file(name):
            _take(path, name, root, contents, refusals)
    return Files(label, contents, tuple(refusals))


def _walk(folder: Path, refusals: list[Refusal], root: Path) -> Iterator[Path]:
    def note(error: OSError) -> None:
        name = os.path.relpath(error.filename or folder, root)
        refusals.append(
            Refusal(name, f"the folder cannot be read: {error.strerror}", "check its permissions")
        )

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each != "node_modules")
        for name in sorted(names):
            yield folder.__class__(parent, name)
        for each in folders:
            if (folder.__class__(parent, each)).is_symlink():
                inside = folder.__class__(parent, each).relative_to(root).as_posix()
                refusals.append(Refusal(inside, "the folder is a link", "put the folder itself here"))


def _take(path: Path, name: str, root: Path, contents: dict[str, bytes], refusals: list[Refusal]) -> None:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            refusals.append(Refusal(name, "the file is a link out of the project", "copy the file here"))
            return
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            refusals.append(Refusal(name, "this is no regular file", "delete it"))
        elif status.st_size > MAX_FILE:
            size = f"{status.st_size // 1024 // 1024} MiB"
            refusals.append(Refusal(name, f"the file holds {size}", "split it into several files"))
        else:
            contents[name] = real.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        refusals.append(Refusal(name, f"the file cannot be read: {reason}", "check its permissions"))
