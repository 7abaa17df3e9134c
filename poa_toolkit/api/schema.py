"""The schemas of a project: as they should be, those that lie there, and whether they know the plan."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.validate import InvalidPlanError, Report, read
from poa_toolkit.check.rulebook import RULES
from poa_toolkit.diagnostic import Severity
from poa_toolkit.model.file_kinds import FILE_KINDS
from poa_toolkit.schema import of_model, of_plan, of_types
from poa_toolkit.write.amendments import Amendments, Previewed
from poa_toolkit.write.diff import Compared
from poa_toolkit.write.find import FoundWords
from poa_toolkit.write.findings import Findings
from poa_toolkit.write.import_draft import ImportMade
from poa_toolkit.write.log import History
from poa_toolkit.write.matrix import PlanMatrix
from poa_toolkit.write.progress import ProgressReport
from poa_toolkit.write.pull import PulledFiles
from poa_toolkit.write.show import ShownRecords
from poa_toolkit.write.status import PlanStatus
from poa_toolkit.write.template import Checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poa_toolkit.load.plan import Loaded

_PRINTED = {
    "amend": Amendments,
    "preview": Previewed,
    "diagnostics": Findings,
    "diff": Compared,
    "find": FoundWords,
    "import": ImportMade,
    "log": History,
    "matrix": PlanMatrix,
    "progress-report": ProgressReport,
    "pull": PulledFiles,
    "show": ShownRecords,
    "status": PlanStatus,
    "template": Checked,
}
"""What the toolkit prints for other programs; its keys are API."""

_OF_FILES = tuple(f"{kind.name}.schema.json" for kind in FILE_KINDS)
"""Those of the files that people edit; a baseline keeps the ids of its day."""


class Schemas(NamedTuple):
    """The schemas of a project as they should be, and which of them do not lie there so."""

    texts: Mapping[str, str]
    """File name → text."""
    stale: tuple[str, ...]
    """The names of those that are missing or differ."""


def required() -> dict[tuple[str, str], str]:
    """Say of each key that a rule misses where it is not there, by type of record, when it is required."""
    return {
        (each.record, each.key): " ".join(
            part for part in ("Required", each.where, each.unless, f"({rule.code})") if part
        )
        for rule in RULES
        if rule.severity is Severity.ERROR
        for each in rule.requires
    }


@cache
def schemas() -> Mapping[str, str]:
    """Return every JSON Schema of the project: file name → text."""
    printed = {name: of_model.to_text(name, of_types.schema(output)) for name, output in _PRINTED.items()}
    return {
        **of_model.schemas(required()),
        **{f"{name}.schema.json": text for name, text in printed.items()},
    }


def wanted(folder: Path, project: Path | None, *, with_ids: bool | None) -> Schemas:
    """Return the schemas that shall lie in `folder`, with the ids of the plan in `project` or without.

    With None they know the ids where those that lie there do. Raises InvalidPlanError where a record
    of the plan cannot be read, so that its id is not known.
    """
    texts = schemas()
    found = {name: _read(folder / name) for name in texts}
    if with_ids is None:
        with_ids = any(text is not None and of_plan.digest_in(text) for text in found.values())
    if with_ids and project is not None:
        texts = of(read(project, None))
    return Schemas(texts, tuple(name for name, text in texts.items() if found[name] != text))


def of(loaded: Loaded) -> dict[str, str]:
    """Return every schema with the ids of a plan: file name → text.

    Raises InvalidPlanError where a record cannot be read, so that its id is not known.
    """
    if loaded.plan is None or loaded.broken or loaded.lost:
        raise InvalidPlanError(Report(loaded.label, loaded.plan, loaded.diagnostics, incomplete=True))
    texts, known = schemas(), of_plan.ids(loaded.plan)
    return {**texts, **{name: of_plan.narrowed(texts[name], known) for name in _OF_FILES}}


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None
