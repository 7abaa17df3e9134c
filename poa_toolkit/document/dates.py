"""Dates as each house prints them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from poa_toolkit.text.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.document.labels import Labels
    from poa_toolkit.model import Plan


def day(when: date, words: Labels) -> str:
    """Print a day: ``4 December 2017`` or ``Dec. 4, 2017``."""
    month = words.months[when.month - 1]
    if words.day_first:
        return f"{when.day} {month} {when.year}"
    return f"{month} {when.day}, {when.year}"


def of_stage(plan: Plan, words: Labels) -> str:
    """Return the name of the stage a plan is at, and its day; nothing where it names none."""
    stage = plan.current_stage()
    return f"{stage.title or stage.id}, {day(stage.date, words)}" if stage else ""


def as_it_stands(plan: Plan, words: Labels) -> str:
    """Return what readers call a text that is in no baseline: its stage, and that it is the text of now."""
    return f"{of_stage(plan, words) or plan.stage} (as it stands)"


def partial(when: str, words: Labels) -> str:
    """Print as much of a date as is on record: ``1988``, ``October 2014`` or a day."""
    year, *rest = when.split("-")
    match rest:
        case []:
            return year
        case [month]:
            return f"{MONTHS[int(month) - 1]} {year}"
        case _:
            return day(date.fromisoformat(when), words)


def days(dates: Sequence[date], words: Labels) -> str:
    """Print the days of a meeting: ``4-5 December 2017``, with an en dash, or ``Dec. 4-5, 2017``.

    Days that do not follow each other are listed one by one.
    """
    ordered = sorted(set(dates))
    first, last = ordered[0], ordered[-1]
    if first == last:
        return day(first, words)
    if any(after - before != timedelta(days=1) for before, after in pairwise(ordered)):
        return "; ".join(day(each, words) for each in ordered)
    if first.year != last.year:
        return f"{day(first, words)}{_dash(words)}{day(last, words)}"
    start, end = words.months[first.month - 1], words.months[last.month - 1]
    if words.day_first:
        start = "" if start == end else f" {start}"
        return f"{first.day}{start}{_dash(words)}{last.day} {end} {last.year}"
    end = "" if start == end else f"{end} "
    return f"{start} {first.day}{_dash(words)}{end}{last.day}, {last.year}"


def _dash(words: Labels) -> str:
    return "\N{EN DASH}" if words.day_first else "-"
