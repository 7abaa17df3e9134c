"""Make the site of a plan: what its pages are made of, read once."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from poa_toolkit.amend.endorsement_record import on_record
from poa_toolkit.api import status
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.comparisons import of_stages
from poa_toolkit.api.diff import compare, report
from poa_toolkit.api.validate import printable, read, readable_baselines
from poa_toolkit.check.follow_up import follow_up
from poa_toolkit.document import dates, progress_report
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.plan import plan as plan_document
from poa_toolkit.document.progress_report import Period
from poa_toolkit.errors import PoaError
from poa_toolkit.files.atomic import write_instead
from poa_toolkit.files.batch import digest
from poa_toolkit.load import strict_json
from poa_toolkit.site.material import Difference, Material, SiteVersion
from poa_toolkit.site.pages import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diff.change import Comparison
    from poa_toolkit.document.blocks import Block
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Baseline, Plan


def site(project: Path, *, today: date | None = None) -> Site:
    """Return the site of the working tree; `today` is the day by which waivers of poa.yaml end.

    Its pages are made when they are asked for. Raises InvalidPlanError where the plan has faults.
    """
    return Site(material(project, today=today))


def material(project: Path, loaded: Loaded | None = None, *, today: date | None = None) -> Material:
    """Return what such a site is made of; the working tree may be given where it has been read."""
    loaded = loaded or read(project, None)
    plan, lacking = printable(project, loaded, today=today)
    # readers of a site know of no working tree
    loaded = loaded._replace(label="the text as it stands")
    frozen, is_order_known = _in_order(plan, readable_baselines(project))
    table = on_table(project, loaded)
    record = on_record(plan, loaded.endorsements, loaded.amendments)._replace(lacking=lacking)
    versions = (*_versions(plan, frozen), SiteVersion("", dates.as_it_stands(plan, LABELS[plan.style])))
    followed: dict[str, tuple[Block, ...]] = {}
    progress = None
    found = follow_up(plan, loaded.progress, loaded.endorsements, today)
    if found.is_kept and today:
        progress = progress_report.progress(plan, found, Period(today))
        followed = progress_report.of_actions(plan, found, Period(today))
    comparing = _Comparing(project, loaded, versions, today)
    return Material(
        plan=plan,
        document=plan_document(plan, record=record),
        table=table,
        versions=versions,
        is_order_known=is_order_known,
        difference=comparing,
        status=lambda: status.with_pictures(
            status.status(project, loaded, today=today), tuple(comparing.of_stages(plan))
        ),
        progress=progress,
        followed=followed,
    )


PAGES = "assets/pages.json"
"""What a site is made of: its files with their digests, by which the next one knows what to take away."""


_PATH = re.compile(r"([A-Za-z0-9-]+/)?[A-Za-z0-9-][A-Za-z0-9.-]*\.(html|css|js)")


def write(made: Site, folder: Path) -> tuple[int, tuple[str, ...]]:
    """Write a site into a folder, in place of the one that is there; return how many files it has.

    Pages of the earlier one that are no more are taken away; those that somebody has edited stay, and are
    returned. Raises WriteError, nothing written, where a file of somebody else is in the way.
    """
    files = {path: made.page(path) for path in made.paths()}
    earlier = _earlier(folder)
    known = {path: digest(content) for path, content in files.items()}
    files[PAGES] = (json.dumps(known, indent=0) + "\n").encode("ascii")
    return len(known), write_instead(folder, files, earlier)


def _earlier(folder: Path) -> dict[str, str]:
    """Return the files of the site that is in a folder, with their digests; nothing where none is.

    A list that names no page is none of ours, and nothing is written over it.
    """
    try:
        found = strict_json.parse((folder / PAGES).read_text("ascii"))
    except (OSError, ValueError):
        return {}
    listed = found.items() if isinstance(found, dict) else ()
    ours = {path: str(known) for path, known in listed if _PATH.fullmatch(path)}
    return {**ours, PAGES: ""} if ours else {}


def _in_order(plan: Plan, frozen: dict[str, Baseline]) -> tuple[tuple[Baseline, ...], bool]:
    """Return the frozen versions in the order in which they came, and whether that is on record of all.

    They go by the day of their stages; of one day, as the plan names its stages; of one stage, its own
    comes after those frozen on the way, and of these first that with the fewest amendments; then by name.
    """
    stages = [stage.id for stage in plan.stages]

    def place(each: Baseline) -> tuple[date, int, bool, int]:
        stage = stages.index(each.stage) if each.stage in stages else len(stages)
        return each.date, stage, not each.provisional, len(each.amendments or ())

    ordered = sorted(sorted(frozen.values(), key=lambda each: each.name), key=place)
    return tuple(ordered), len(set(map(place, ordered))) == len(ordered)


def _versions(plan: Plan, frozen: Iterable[Baseline]) -> Iterator[SiteVersion]:
    words = LABELS[plan.style]
    titles = {stage.id: stage.title for stage in plan.stages}
    for each in frozen:
        title = titles.get(each.stage) if not each.provisional else None
        yield SiteVersion(each.name, f"{title or each.name}, {dates.day(each.date, words)}")


class _Comparing:
    """Compares the versions of a site, each pair once."""

    def __init__(
        self, project: Path, now: Loaded, versions: tuple[SiteVersion, ...], today: date | None
    ) -> None:
        self._project, self._now, self._versions, self._today = project, now, versions, today
        self._found: dict[tuple[int, int], Difference] = {}
        self._loaded: dict[str, Loaded] = {"": now}

    def __call__(self, old: int, new: int) -> Difference:
        """Compare two versions, by their places."""
        if (old, new) not in self._found:
            self._found[old, new] = self._difference(old, new)
        return self._found[old, new]

    def of_stages(self, plan: Plan) -> Iterator[Comparison]:
        """Compare the versions of the stages, each with the one before it; the last is that at hand."""
        names = [each.name for each in self._versions]
        places = [names.index(each) for each in of_stages(plan) if each in names]
        yield from (self(old, new).comparison for old, new in pairwise((*places, len(names) - 1)))

    def _difference(self, old: int, new: int) -> Difference:
        before, after = (self._read(self._versions[each].name) for each in (old, new))
        compared = compare(self._project, before, after, today=self._today, register=self._now)
        if compared is None:
            raise PoaError("there is nothing to compare")
        return Difference(
            compared.old_plan, compared.plan, compared.comparison, compared.adopted, report(compared)
        )

    def _read(self, name: str) -> Loaded:
        if name not in self._loaded:
            self._loaded[name] = read(self._project, f"baseline:{name}")
        return self._loaded[name]
