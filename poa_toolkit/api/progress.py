"""Say how far a plan has come since its adoption: the report for the next meeting."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.api.printed import printed
from poa_toolkit.api.validate import printable, read
from poa_toolkit.check.follow_up import FollowUp, follow_up
from poa_toolkit.document import dates
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.progress_report import Period
from poa_toolkit.document.progress_report import progress as laid_out

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.model import Plan

FORMATS = ("text", "markdown", "html", "json", "docx")


class Progress(NamedTuple):
    """How far the plan of a project has come."""

    label: str
    plan: Plan
    found: FollowUp
    period: Period


def progress(project: Path, *, today: date, since: date | None = None) -> Progress:
    """Return how far the plan of the working tree has come as of `today`, with the entries from `since` on.

    Raises InvalidPlanError where the plan or what was reported on it cannot be relied on.
    """
    loaded = read(project, None)
    plan, _ = printable(project, loaded, today=today)
    found = follow_up(plan, loaded.progress, loaded.endorsements, today)
    return Progress(loaded.label, plan, found, Period(today, since))


def describe(found: Progress, form: str, *, colour: bool = False) -> str:
    """Print how far the plan has come as ``text``, ``markdown``, ``html`` or ``json``."""
    if form == "json":
        from poa_toolkit.write.progress import to_json  # noqa: PLC0415 - only what is printed is imported

        return to_json(found.plan, found.found, found.period)
    return printed(laid_out(found.plan, found.found, found.period, label=found.label), form, colour=colour)


def in_word(found: Progress) -> bytes:
    """Return the report as a Word file that bears the day it is of."""
    from poa_toolkit.word.writer.report import render  # noqa: PLC0415 - heavy: docx

    # who is sent a Word file knows no working tree
    label = dates.as_it_stands(found.plan, LABELS[found.plan.style])
    document = laid_out(found.plan, found.found, found.period, label=label)
    return render(document, when=datetime.combine(found.period.today, time(), UTC))
