"""Dates as plans write them: a day, or as much of one as is on record."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
"""The same as American English shortens them before a day."""
_BY_NAME = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_FIGURES = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_WORDS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?"
    r"(?:\s+(?P<after>[0-9]{1,2}),)?\s+(?P<year>[0-9]{4})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_day(text: str) -> date:
    """Read ``2017-12-04``; ValueError, worded for the person, on anything else."""
    if not _DAY.fullmatch(text):
        message = f'a date is written like 2017-12-04, not "{text}"'
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f'"{text}" is not a day of the calendar'
        raise ValueError(message) from None


def earliest(text: str) -> date:
    """Return the first day that ``2014``, ``2014-10`` or ``2014-10-31`` can mean.

    Raises ValueError, worded for the person, on anything else.
    """
    match = _PARTIAL.fullmatch(text)
    if not match:
        message = f'a date is written like 2014-10-31, 2014-10 or "2014", not "{text}"'
        raise ValueError(message)
    year, month, day = match.groups(default="01")
    return parse_day(f"{year}-{month}-{day}")


def latest(text: str) -> date:
    """Return the last day that ``2014``, ``2014-10`` or ``2014-10-31`` can mean; ValueError as `earliest`."""
    first = earliest(text)
    month = first.month if "-" in text else len(MONTHS)
    whole = first.replace(month=month, day=monthrange(first.year, month)[1])
    return first if _DAY.fullmatch(text) else whole


def meant(text: str) -> str | None:
    """Return the date that a person means by ``2017-12-5``, ``5 December 2017`` or ``Dec. 2017``.

    None where that may be another: of ``5/12/2017`` nobody knows which is the month.
    """
    figures, words = _FIGURES.fullmatch(text.strip()), _WORDS.fullmatch(text.strip())
    if figures:
        year, month, day = figures[1], figures[2], figures[3]
    elif words and words["month"][:3].lower() in _BY_NAME:
        year, month = words["year"], str(_BY_NAME[words["month"][:3].lower()])
        day = words["day"] or words["after"]
    else:
        return None
    found = "-".join((year, month.zfill(2), *((day.zfill(2),) if day else ())))
    try:
        earliest(found)
    except ValueError:
        return None
    return found


def when(text: str) -> str:
    """Return a day, month or year with its preposition: ``on 2014-10-31``, ``in 2014-10``, ``in 2014``."""
    return f"{'on' if _DAY.fullmatch(text) else 'in'} {text}"
