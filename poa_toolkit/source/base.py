"""What every source of a version offers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from poa_toolkit.errors import NoPlanError

PLAN_FOLDER = "plan"
PLAN_FILE = "plan/plan.yaml"
SETTINGS_FILE = "poa.yaml"
BASELINES = "plan/baselines"
SCHEMAS = "schema"
SECTION_SCHEMA = "schema/section.schema.json"
"""The schema, in a project's own folder of them, by which one sees whether they know its plan."""
MAX_FILE = 32 * 1024 * 1024
"""Bytes beyond which a file is not read at all."""
MAX_VERSION = 2 * MAX_FILE
"""Bytes that the files of one version may hold together, and all baselines; those beyond are not read."""

_DEBRIS_SUFFIXES = ("~", ".bak", ".orig", ".swp", ".tmp", ".rej")


class Refusal(NamedTuple):
    """A file of the plan that is not read, and why."""

    path: str
    message: str
    help: str


class ByteBudget:
    """What is left of the bytes that one version may hold."""

    def __init__(self) -> None:
        self._left = MAX_VERSION

    def refuse(self, path: str, size: int) -> Refusal | None:
        """Take in a file of `size` bytes; return why where it is too large, or the budget is spent."""
        if size > MAX_FILE:
            return Refusal(path, f"the file holds {_mebibytes(size)}", "split it into several files")
        if size > self._left:
            message = (
                f"the files of the plan hold more than {_mebibytes(MAX_VERSION)} together, "
                f"so this one of {_mebibytes(size)} is not read"
            )
            return Refusal(path, message, "take out of plan/ what is no part of the plan")
        self._left -= size
        return None


def _mebibytes(size: int) -> str:
    return f"{size // 1024 // 1024} MiB" if size >= 1024 * 1024 else f"{size} bytes"


class Root(NamedTuple):
    """Where the files of a version lie, for a person who reads their paths."""

    before: str = ""
    """What stands before a path: ``day-1:`` of a revision, ``../other/`` of a folder."""
    plan: str = PLAN_FOLDER
    """How the folder ``plan`` was called then."""

    def path(self, inside: str) -> str:
        """Return the path inside the project as it is shown: ``day-1:docs/plan/plan.yaml``."""
        if inside.startswith(f"{PLAN_FOLDER}/"):
            inside = inside.removeprefix(PLAN_FOLDER)
            return f"{self.before}{self.plan}{inside}" if self.plan else f"{self.before}{inside[1:]}"
        return f"{self.before}{inside}"


HERE = Root()
"""The working tree: paths begin at the project."""


def go_on() -> None:
    """Let what is under way go on."""


class Files(NamedTuple):
    """The YAML files of one version: path inside the project, with ``/``, to bytes."""

    label: str
    contents: dict[str, bytes]
    refusals: tuple[Refusal, ...] = ()
    fetch: Callable[[str], bytes | Refusal] | None = None
    """Reads one more file of the same version, by its path inside the project as a person wrote it."""
    root: Root = HERE
    pulse: Callable[[], None] = go_on
    """Called between the steps of what is done with them: what it raises ends that."""


class Frozen(NamedTuple):
    """The bytes of a baseline."""

    label: str
    path: str
    content: bytes


def stands(path: Path) -> bool:
    """Return whether something is called so, or a link to nothing. Raises OSError where nobody can tell."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def find_project(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that holds ``plan/plan.yaml``.

    Raises NoPlanError, which says how to start a plan, where there is none.
    """
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        # whatever it is: what cannot be read there is told, and the folder above is another plan's
        if stands(candidate / PLAN_FILE):
            return candidate
    raise NoPlanError(
        f"there is no {PLAN_FILE} in {start} or above it; begin a plan with `poa init DIR` "
        "(docs/editors/first-plan.md writes one by hand), or name its folder with -C"
    )


def is_inside(path: str) -> bool:
    """Return whether a path, as a person wrote it, can only mean a file inside the project."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and not set(path) & set("\\:\0")


def is_plan_file(path: str) -> bool:
    """Return whether a path inside the project may hold part of a plan: YAML, and no editor's debris."""
    parts = path.split("/")
    if parts[-1].startswith(("#", "~$")) or parts[-1].endswith(_DEBRIS_SUFFIXES):
        return False
    inside = not path.startswith(f"{BASELINES}/") and not any(part.startswith(".") for part in parts)
    return inside and parts[-1].lower().endswith((".yaml", ".yml"))
