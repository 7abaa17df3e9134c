"""What a plan is called where other programs know it: as one work in all its versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from poa_toolkit.model import Plan

NAMESPACE = "urn:poa:vocabulary:"
"""The words of our own, for what no vocabulary that others share has a word."""
_BASE = re.compile(r"(?:https?|urn|tag):[A-Za-z0-9._~!$&'()*+,;=:@/?%-]+[/#:]")
_KIND = "plan-of-action"
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9.]+")


class Work(NamedTuple):
    """A plan in all its versions."""

    number: str
    """The symbol under which it is issued, as a name, ``a-hrc-99-1``; else what kind of text it is."""
    day: date
    """The last day of the meeting that agrees it, else the day on which its last stage ends."""

    @property
    def name(self) -> str:
        """Return the urn of the work, which nothing on the web answers to."""
        return f"urn:poa:{self.number}:{self.day.isoformat()}"

    @property
    def path(self) -> str:
        """Return what tells this work from others in addresses of Akoma Ntoso."""
        return f"{self.day.isoformat()}/{self.number}"


def work(plan: Plan) -> Work:
    """Return the work that a plan is a version of; it is the same as long as its meeting and symbol are."""
    number = _NOT_IN_A_NAME.sub("-", (plan.symbol or "").lower()).strip("-.") or _KIND
    return Work(number, plan.conference.dates[-1] if plan.conference else plan.stages[-1].date)


def is_base(text: str) -> bool:
    """Return whether a text can stand before ids: an absolute address that ends in ``/``, ``#`` or ``:``."""
    return _BASE.fullmatch(text) is not None
