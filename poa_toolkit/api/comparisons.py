"""Compare every frozen version of a plan with the one before it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from poa_toolkit.api.diff import certain
from poa_toolkit.api.validate import read
from poa_toolkit.diff.compare import compare
from poa_toolkit.errors import VersionError
from poa_toolkit.model import digests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan


def consecutive(project: Path, version: Loaded) -> tuple[Comparison, ...]:
    """Return what changed between the baselines that the stages of a version name, and up to the version.

    A baseline that is not there, or of which nothing can be read, is passed over; what cannot be read in one
    of two versions is compared in neither.
    """
    every = [*_frozen(project, version), version]
    return tuple(_compared(old, new) for old, new in pairwise(every))


def of_stages(plan: Plan) -> Iterator[str]:
    """Return the names of the baselines of the stages up to the one that a plan is at, in their order."""
    for stage in plan.stages:
        if stage.baseline:
            yield stage.baseline
        if stage.id == plan.stage:
            return


def _frozen(project: Path, version: Loaded) -> Iterator[Loaded]:
    own = version.baseline.name if version.baseline else None
    for name in of_stages(version.plan) if version.plan else ():
        if name != own:
            try:
                found = read(project, f"baseline:{name}")
            except VersionError:
                continue
            if found.plan is not None:
                yield found


def _compared(old: Loaded, new: Loaded) -> Comparison:
    both = certain(old, new)
    return compare(
        both.old,
        both.new,
        old_label=old.label,
        new_label=new.label,
        digests=(digests.text(both.old), digests.text(both.new)),
    )
