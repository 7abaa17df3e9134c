"""What becomes of a plan after its adoption: what is measured of an action, and what is reported on it.

Nobody agrees to any of it: it is said of the text, and no part of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from poa_toolkit.model.base import Day, Flag, Id, Line, PartialDate, Record, Significance, Text
from poa_toolkit.model.fields import Value


class Indicator(Record):
    """By what people see how far an action has come."""

    significance: ClassVar[Significance] = Significance.PROCESS

    id: Id
    """Stable id, by which entries name it: ``IND-001``."""
    text: Annotated[Text, Value.PROSE]
    """What is measured."""
    baseline: Line | None = None
    """Where it stood at the beginning: ``3 of 20 States``; a number alone in quotation marks, ``"3"``."""
    target: Line | None = None
    """Where it shall come."""
    by: PartialDate | None = None
    """By when: a day, a month or a year, of which the last day counts."""
    source: Line | None = None
    """Where the measure comes from."""

    def __str__(self) -> str:
        """Return it in a line."""
        said = (("from", self.baseline), ("to", self.target), ("by", self.by), ("source:", self.source))
        return "; ".join((f"{self.id}: {self.text}", *(f"{word} {value}" for word, value in said if value)))


class ProgressState(StrEnum):
    """How far something has come, in the words of those who report on it."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"
    STALLED = "stalled"
    """Begun, and not going on."""

    @property
    def said(self) -> str:
        """Return it as a sentence has it: ``under way``."""
        return self.value.replace("-", " ")


class ProgressEntry(Record):
    """What somebody reported on an action, or on one of its indicators, on a day."""

    action: Id
    """The action reported on, by its id."""
    indicator: Id | None = None
    """The indicator of that action that the entry speaks of; left out: the action as a whole."""
    date: Day
    """The day as of which this is so."""
    by: Line
    """Who reports."""
    state: ProgressState
    """How far it has come: of the indicator where one is named, otherwise of the action."""
    value: Line | None = None
    """What was measured of the indicator; a number alone in quotation marks, ``"12"``."""
    text: Annotated[Text | None, Value.PROSE] = None
    """What was done, or why nothing was, one paragraph."""
    evidence: Annotated[str, Field(pattern=r'^https://[^\s<>"]+$')] | None = None
    """The page that shows it."""
    verified: Flag = False
    """Whether somebody else than who reports has read it on that page."""
