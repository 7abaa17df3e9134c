"""What poa.yaml holds: how much each finding weighs, which are waived, and the limits that rules keep."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from poa_toolkit.model.base import Day, Id, Line, Number, Record
from poa_toolkit.model.fields import Value

Code = Annotated[str, StringConstraints(pattern=r"^POA[0-9]{3}$")]
"""The code of a finding, such as ``POA603``."""

CodeFamily = Annotated[str, StringConstraints(pattern=r"^POA[0-9]{0,3}$")]
"""A code, or the beginning that several share, such as ``POA6``."""


class Weight(StrEnum):
    """How much a finding weighs in this project; off: it is not looked for."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    OFF = "off"


class Limits(Record):
    """The numbers that rules measure a text by."""

    sentence_words: Annotated[Number, Field(ge=1)] = 60
    """How many words a sentence may have."""


class Waiver(Record):
    """A finding that this project accepts for a while, and why."""

    code: Code
    """The code of the finding."""
    record: Id
    """The id of the record it is found in; ``plan`` for what plan.yaml says of the whole."""
    reason: Annotated[Line, Value.PROSE]
    """Why it is accepted."""
    until: Day
    """The last day on which it is; the day after, the finding is shown again."""


class Per(StrEnum):
    """Who has a range of ids of their own."""

    EDITOR = "editor"
    """Each editor."""


class Editor(Record):
    """An editor, and the ids that are theirs: those with a letter, or those with a number of a block."""

    who: Line
    """Who it is: the `user.email` or `user.name` of their git."""
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{1,2}$")] | None = None
    """The letter in their ids: with K, `A-K01`, `floor-k1`."""
    start: Annotated[Number, Field(ge=1)] | None = Field(default=None, alias="from")
    """Instead of a letter, the first number of their block: with 200, `A-200`."""
    to: Annotated[Number, Field(ge=1)] | None = None
    """The last number of their block."""

    @property
    def block(self) -> range:
        """The numbers of their block; none where they have a letter."""
        return range(0) if self.start is None or self.to is None else range(self.start, self.to + 1)


class Ids(Record):
    """How new ids are found, so that two editors who work apart never take the same."""

    per: Per
    """Who has ids of their own."""
    editors: tuple[Editor, ...]
    """The editors, each with a range that no other has."""


class Settings(Record):
    """What a project chose for its checks; every key may be left out."""

    severities: Annotated[
        dict[CodeFamily, Weight], Field(json_schema_extra={"additionalProperties": False})
    ] = Field(default_factory=dict)
    """How much findings weigh, by code or family of codes; the longest that fits counts."""
    limits: Limits = Field(default_factory=Limits.model_construct)
    """The numbers that rules measure a text by."""
    waivers: tuple[Waiver, ...] = ()
    """Findings that are accepted, each for one record, with a reason and a last day."""
    ids: Ids | None = None
    """Who takes which new ids; without it, the next one that no branch has."""

    def weight(self, code: str) -> Weight | None:
        """Return what this project chose for `code`, or None where it chose nothing."""
        chosen = [family for family in self.severities if code.startswith(family)]
        return self.severities[max(chosen, key=len)] if chosen else None


NO_SETTINGS = Settings.model_construct()
"""The settings of a project without poa.yaml."""
