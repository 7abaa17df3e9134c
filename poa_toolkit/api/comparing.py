"""Compare two versions of the plan, and print what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.checking import InvalidPlanError, Report, read
from poa_toolkit.diagnostic import Location
from poa_toolkit.diff.change import Comparison, Version
from poa_toolkit.diff.compare import compare as compare_plans
from poa_toolkit.document.changes import changes
from poa_toolkit.load.plan import Loaded
from poa_toolkit.model import digests
from poa_toolkit.write import comparison, markdown, terminal

if TYPE_CHECKING:
    from pathlib import Path

    from poa_toolkit.model import Plan


class Compared(NamedTuple):
    """Two versions of a plan, and all that differs between them."""

    old: Loaded
    new: Loaded
    plan: Plan
    """The new version."""
    comparison: Comparison


def compare(project: Path, old: str | None = None, new: str | None = None) -> Compared | None:
    """Compare two versions; by default the previous stage's baseline with the working tree.

    None where no earlier stage has a baseline yet. Raises VersionError for an unknown version,
    InvalidPlanError where one of the two cannot be read.
    """
    new_loaded, new_plan = _readable(project, new)
    if old is None:
        previous = new_plan.previous_baseline()
        if previous is None:
            return None
        old = f"baseline:{previous}"
    old_loaded, old_plan = _readable(project, old)
    comparison = compare_plans(
        old_plan,
        new_plan,
        old_label=old_loaded.label,
        new_label=new_loaded.label,
        digests=(digests.text(old_plan), digests.text(new_plan)),
    )
    return Compared(old_loaded, new_loaded, new_plan, comparison)


def _readable(project: Path, version: str | None) -> tuple[Loaded, Plan]:
    """Give a version whose every record can be read, right or wrong; a diff must tell the truth."""
    loaded = read(project, version)
    if loaded.plan is None or loaded.diagnostics:
        raise InvalidPlanError(Report(loaded.label, loaded.plan, loaded.diagnostics))
    return loaded, loaded.plan


def describe(compared: Compared, form: str, *, colour: bool = False) -> str:
    """Print a comparison as ``text``, ``markdown`` or ``json``."""
    if form == "json":
        return comparison.to_json(compared.comparison, compared.old.locate, compared.new.locate)
    report = changes(compared.comparison, compared.plan)
    return markdown.document(report) if form == "markdown" else terminal.document(report, colour=colour)


def no_comparison(label: str) -> str:
    """Print as JSON that the version called `label` has nothing before it to be compared with."""
    empty = Comparison(old=Version("", ""), new=Version(label, ""), changes=(), effects=())
    return comparison.to_json(empty, lambda _: Location(""), lambda _: Location(""))
