"""A plan in a folder: the working tree, or any other."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from poa_toolkit.errors import NoPlanError
from poa_toolkit.source.base import (
    MAX_FILE,
    PLAN_FILE,
    PLAN_FOLDER,
    SETTINGS_FILE,
    Files,
    Refusal,
    is_inside,
    is_plan_file,
    stands,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(project: Path, label: str) -> Files:
    """Read ``poa.yaml`` and every YAML file below ``plan/`` of `project`, in name order.

    Links that leave the project, and whatever is no regular file, are refused and reported.
    Raises NoPlanError where there is no plan to read.
    """
    root = project.resolve()
    if not stands(root / PLAN_FILE):
        raise NoPlanError(f"there is no {PLAN_FILE} in {project}")
    contents, refusals = _settings(root)
    if (root / PLAN_FOLDER).is_symlink():
        refusals.append(_linked(PLAN_FOLDER))
        return Files(label, contents, tuple(refusals))
    for path in _walk(root / PLAN_FOLDER, refusals, root):
        name = path.relative_to(root).as_posix()
        if is_plan_file(name):
            _take(path, name, root, contents, refusals)
    return Files(label, contents, tuple(refusals), lambda path: _fetch(root, path))


def fetch(project: Path, path: str) -> bytes | Refusal:
    """Read one file of `project` by its path inside it."""
    return _fetch(project.resolve(), path)


def read_settings(project: Path, label: str) -> Files:
    """Read nothing but the ``poa.yaml`` of `project`, where there is one."""
    contents, refusals = _settings(project.resolve())
    return Files(label, contents, tuple(refusals))


def _settings(root: Path) -> tuple[dict[str, bytes], list[Refusal]]:
    contents: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    if os.path.lexists(root / SETTINGS_FILE):
        _take(root / SETTINGS_FILE, SETTINGS_FILE, root, contents, refusals)
    return contents, refusals


def _fetch(root: Path, name: str) -> bytes | Refusal:
    """Read one file of the project by its path, as a person wrote it."""
    if not is_inside(name):
        return Refusal(name, "the path leads out of the project", "put the file into the project")
    if not os.path.lexists(root / name):
        return Refusal(name, "there is no such file", "correct the path; it begins at the project's folder")
    return _bytes(root / name, name, root)


def _linked(folder: str) -> Refusal:
    return Refusal(folder, "the folder is a link", "put the folder itself here")


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
            there = folder.__class__(parent, each)
            inside = there.relative_to(root).as_posix()
            if there.is_symlink():
                refusals.append(_linked(inside))
            elif is_plan_file(inside):
                refusals.append(Refusal(inside, "this is a folder, called like a file", "rename it"))


def _take(path: Path, name: str, root: Path, contents: dict[str, bytes], refusals: list[Refusal]) -> None:
    found = _bytes(path, name, root)
    if isinstance(found, Refusal):
        refusals.append(found)
    else:
        contents[name] = found


def _bytes(path: Path, name: str, root: Path) -> bytes | Refusal:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            return Refusal(name, "the file is a link out of the project", "copy the file here")
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            return Refusal(name, "this is no regular file", "delete it")
        if status.st_size > MAX_FILE:
            size = f"{status.st_size // 1024 // 1024} MiB"
            return Refusal(name, f"the file holds {size}", "split it into several files")
        return real.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        return Refusal(name, f"the file cannot be read: {reason}", "check its permissions")
