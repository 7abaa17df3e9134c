"""A plan in a folder: the working tree, or any other."""

from __future__ import annotations

import os
import stat
from types import MappingProxyType
from typing import TYPE_CHECKING

from poa_toolkit.errors import NoPlanError
from poa_toolkit.source.base import (
    PLAN_FILE,
    PLAN_FOLDER,
    SETTINGS_FILE,
    ByteBudget,
    Files,
    Refusal,
    is_inside,
    is_plan_file,
    stands,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


def read(project: Path, label: str, unsaved: Mapping[str, bytes] = MappingProxyType({})) -> Files:
    """Read ``poa.yaml`` and every YAML file below ``plan/`` of `project`, in name order.

    What an editor has `unsaved`, by path, stands in the place of what is on the disk. Links that leave the
    project, and whatever is no regular file, are refused and reported. Raises NoPlanError where there is no
    plan to read.
    """
    root = project.resolve()
    if not stands(root / PLAN_FILE) and PLAN_FILE not in unsaved:
        raise NoPlanError(f"there is no {PLAN_FILE} in {project}")
    budget = ByteBudget()
    contents, refusals = _settings(root, budget)
    if (root / PLAN_FOLDER).is_symlink():
        refusals.append(_linked(PLAN_FOLDER))
        return Files(label, contents, tuple(refusals))
    for path in _walk(root / PLAN_FOLDER, refusals, root):
        name = path.relative_to(root).as_posix()
        if is_plan_file(name):
            _keep(name, _bytes(path, name, root, budget), contents, refusals)
    refused = {each.path for each in refusals}
    contents |= {path: each for path, each in unsaved.items() if refused.isdisjoint((path, PLAN_FOLDER))}
    return Files(label, contents, tuple(refusals), lambda path: _fetch(root, path, budget))


def fetch(project: Path, path: str, budget: ByteBudget | None = None) -> bytes | Refusal:
    """Read one file of `project` by its path inside it; of several, where there is `budget` for it."""
    return _fetch(project.resolve(), path, budget or ByteBudget())


def read_settings(project: Path, label: str) -> Files:
    """Read nothing but the ``poa.yaml`` of `project`, where there is one."""
    contents, refusals = _settings(project.resolve(), ByteBudget())
    return Files(label, contents, tuple(refusals))


def _settings(root: Path, budget: ByteBudget) -> tuple[dict[str, bytes], list[Refusal]]:
    contents: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    if os.path.lexists(root / SETTINGS_FILE):
        found = _bytes(root / SETTINGS_FILE, SETTINGS_FILE, root, budget)
        _keep(SETTINGS_FILE, found, contents, refusals)
    return contents, refusals


def _fetch(root: Path, name: str, budget: ByteBudget) -> bytes | Refusal:
    """Read one file of the project by its path, as a person wrote it."""
    if not is_inside(name):
        return Refusal(name, "the path leads out of the project", "put the file into the project")
    if not os.path.lexists(root / name):
        return Refusal(name, "there is no such file", "correct the path; it begins at the project's folder")
    return _bytes(root / name, name, root, budget)


def _linked(folder: str) -> Refusal:
    return Refusal(folder, "the folder is a link", "put the folder itself here")


def walk(
    folder: Path, note: Callable[[OSError], None] = lambda _: None
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield each folder below `folder`, that itself first, with its folders and files, all in name order.

    No link is followed, and what is no part of a plan is not looked into. `note` is told of a folder that
    cannot be read. However deep they lie: Python's own walk goes no deeper than its calls may.
    """
    left = [folder]
    while left:
        here = left.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda each: each.name)
        except OSError as error:
            note(error)
            continue
        folders = {each.name: each for each in entries if _is_folder(each)}
        yield here, [*folders], [each.name for each in entries if each.name not in folders]
        inner = [name for name, each in folders.items() if not each.is_symlink() and not is_passed_over(name)]
        left += [here / name for name in reversed(inner)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether something is a folder, or a link to one; of what nobody can tell, no."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_passed_over(name: str) -> bool:
    """Return whether a folder is none of a plan, whatever it holds."""
    return name.startswith(".") or name == "node_modules"


def _walk(folder: Path, refusals: list[Refusal], root: Path) -> Iterator[Path]:
    def note(error: OSError) -> None:
        name = os.path.relpath(error.filename or folder, root)
        refusals.append(
            Refusal(name, f"the folder cannot be read: {error.strerror}", "check its permissions")
        )

    for parent, folders, names in walk(folder, note):
        for name in names:
            yield parent / name
        for each in folders:
            if is_passed_over(each):
                continue
            there = parent / each
            inside = there.relative_to(root).as_posix()
            if there.is_symlink():
                refusals.append(_linked(inside))
            elif is_plan_file(inside):
                refusals.append(Refusal(inside, "this is a folder, called like a file", "rename it"))


def _keep(name: str, found: bytes | Refusal, contents: dict[str, bytes], refusals: list[Refusal]) -> None:
    if isinstance(found, Refusal):
        refusals.append(found)
    else:
        contents[name] = found


def _bytes(path: Path, name: str, root: Path, budget: ByteBudget) -> bytes | Refusal:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            return Refusal(name, "the file is a link out of the project", "copy the file here")
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            return Refusal(name, "this is no regular file", "delete it")
        return budget.refuse(name, status.st_size) or real.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its links lead in a circle"
        return Refusal(name, f"the file cannot be read: {reason}", "check its permissions")
