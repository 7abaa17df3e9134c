"""The schemas of a project: as they should be, those that lie there, and whether they know the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api import explain
from poa_toolkit.api.validate import InvalidPlanError, Report, read
from poa_toolkit.model.file_kinds import FILE_KINDS
from poa_toolkit.schema import of_plan

if TYPE_CHECKING:
    from pathlib import Path

    from poa_toolkit.load.plan import Loaded


_OF_FILES = tuple(f"{kind.name}.schema.json" for kind in FILE_KINDS)
"""Those of the files that people edit; a baseline keeps the ids of its day."""


class Schemas(NamedTuple):
    """The schemas of a project as they should be, and which of them do not lie there so."""

    texts: dict[str, str]
    """File name → text."""
    stale: tuple[str, ...]
    """The names of those that are missing or differ."""


def wanted(folder: Path, project: Path | None, *, with_ids: bool | None) -> Schemas:
    """Give the schemas that shall lie in `folder`, with the ids of the plan in `project` or without.

    With None they know the ids where those that lie there do. Raises InvalidPlanError where a record
    of the plan cannot be read, so that its id is not known.
    """
    texts = explain.schemas()
    found = {name: _read(folder / name) for name in texts}
    if with_ids is None:
        with_ids = any(text is not None and of_plan.digest_in(text) for text in found.values())
    if with_ids and project is not None:
        texts = of(read(project, None))
    return Schemas(texts, tuple(name for name, text in texts.items() if found[name] != text))


def of(loaded: Loaded) -> dict[str, str]:
    """Give every schema with the ids of a plan: file name → text.

    Raises InvalidPlanError where a record cannot be read, so that its id is not known.
    """
    if loaded.plan is None or loaded.broken or loaded.lost:
        raise InvalidPlanError(Report(loaded.label, loaded.plan, loaded.diagnostics, incomplete=True))
    texts, known = explain.schemas(), of_plan.ids(loaded.plan)
    return texts | {name: of_plan.narrowed(texts[name], known) for name in _OF_FILES}


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None
