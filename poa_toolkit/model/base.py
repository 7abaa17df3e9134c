"""The frozen base of every record, and the kinds of text and date that fields hold."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from poa_toolkit.text import dates, valid_names

if TYPE_CHECKING:
    from collections.abc import Iterator


class Significance(StrEnum):
    """How much a change weighs for a reader; diff/significance.py has the rules."""

    SUBSTANTIVE = "substantive"
    """What the plan says, to whom and by when."""
    EDITORIAL = "editorial"
    """Only how it is written, or in which order."""
    LINKS = "links"
    """What actions come from and rest on."""
    PROCESS = "process"
    """Where the work stands."""


class Record(BaseModel):  # noqa: PLW1641 - pydantic gives what is frozen its hash
    """Frozen data that knows its fields and refuses all others."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, populate_by_name=True, use_enum_values=False
    )
    significance: ClassVar[Significance] = Significance.LINKS
    """What a change of a record weighs, and of each of its fields that says nothing else."""

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:  # noqa: ANN401 - as pydantic has it
        """Build the schema when a record is first used, after those of the records that it holds.

        A record that was built only within others would be built once more in each of them.
        """
        for info in cls.model_fields.values():
            for held in records_in(info.annotation):
                if not held.__pydantic_complete__:
                    held.model_rebuild()
        # all names stand in the module of the record, none where it happens to be used first
        return super().model_rebuild(**{"_types_namespace": {}, **options})

    def __eq__(self, other: object) -> bool:
        """Compare the fields: a closed record has nothing else that pydantic would look for."""
        return self.__class__ is other.__class__ and self.__dict__ == other.__dict__


def records_in(annotation: Any) -> Iterator[type[Record]]:  # noqa: ANN401 - a type, or a form of types
    """Return the records that a field holds, alone, in lists or under keys."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for each in get_args(annotation):
        yield from records_in(each)


def _plain_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return dates.parse_day(value)
        except ValueError as error:
            raise PydanticCustomError("plain_date", str(error)) from None
    if isinstance(value, date):
        return value
    raise PydanticCustomError("plain_date", "a date is written like 2017-12-04")


def _partial_date(value: str) -> str:
    try:
        dates.earliest(value)
    except ValueError as error:
        raise PydanticCustomError("partial_date", str(error)) from None
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank_text", "the text is empty")
    return value


FROZEN = {"frozen": True}
"""The context in which a frozen version is read: its ids are what they were."""


def _not_reserved(value: str, info: ValidationInfo) -> str:
    if (why := valid_names.reserved(value)) and info.context != FROZEN:
        raise PydanticCustomError("reserved_id", why)
    return value


Id = Annotated[
    str,
    StringConstraints(pattern=valid_names.PATTERN, max_length=valid_names.LONGEST),
    AfterValidator(_not_reserved),
    Field(json_schema_extra={"not": {"type": "string", "pattern": valid_names.RESERVED_PATTERN}}),
]
"""A stable, opaque id: letters, digits and hyphens, at most 28 characters, for ever.

It begins with no hyphen, and is none that Windows or git means something else by: CON, nul, HEAD.
"""

_HAS_TEXT = Field(json_schema_extra={"pattern": r"\S"})

Text = Annotated[str, AfterValidator(_not_blank), _HAS_TEXT]
"""One paragraph of text; square brackets are unagreed text (`\\[ \\] \\| \\\\` are literal)."""

Line = Annotated[str, AfterValidator(_not_blank), _HAS_TEXT]
"""One line of text in which square brackets mean nothing: a title, a name, a source."""

Flag = Annotated[bool, Strict()]
"""true or false, nothing else."""

Number = Annotated[int, Strict()]
"""A whole number."""

Day = Annotated[
    date,
    BeforeValidator(_plain_date),
    Field(json_schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A day written ``2017-12-04``."""

PartialDate = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(_partial_date)
]
"""A day, a month or a year, as far as it is on record: ``2004-03-29``, ``2014-10`` or ``"1988"``."""
