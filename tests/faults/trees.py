"""What a project holds on the disk: to be compared before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def contents(project: Path) -> dict[str, tuple[bytes, int]]:
    """Give every file of a project, temporary ones and git's store left out: its bytes and its permissions."""
    return {
        path.relative_to(project).as_posix(): (path.read_bytes(), path.stat().st_mode)
        for path in sorted(project.rglob("*"))
        if path.is_file()
        and not any(map(is_temporary, (path, *path.parents)))
        and not {"objects", "index"} & set(path.parts)
    }


def is_temporary(path: Path) -> bool:
    return path.name.startswith(".poa-") and path.name.endswith(".tmp")


def leftovers(project: Path) -> list[str]:
    return [path.name for path in project.rglob("*") if is_temporary(path)]
