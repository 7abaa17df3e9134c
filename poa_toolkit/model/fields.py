"""What a field is, said once, where it is declared: everything that treats fields alike reads it here.

A field has at most four traits: the kind of its value, whether people agree to it, what a change of it
weighs, and where a document prints it. They stand in its type: ``Annotated[Line | None, Value.PROSE, AGREED,
Printed(Place.SETTINGS)]``. What is left out follows from the type and from the record.
"""

from __future__ import annotations

from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from poa_toolkit.model.base import Record, Significance, records_in
from poa_toolkit.text import valid_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.diagnostic import Pointer


class Value(StrEnum):
    """What kind of value a field holds."""

    PROSE = "prose"
    """Sentences of the plan's own: compared and merged by words, quoted under ``>-``."""
    PHRASE = "phrase"
    """A few words of the plan's own, on one line: compared and merged by words."""
    NAME = "name"
    """Words that others set, such as an official title: compared and merged by words, not ours to mend."""
    VERBATIM = "verbatim"
    """Words as they stood or were said somewhere: one value, quoted under ``>-``, never mixed."""
    TOKEN = "token"  # noqa: S105 - a kind of value
    """One value that nobody reads word by word: an id, a symbol, an address, true or false."""
    LINKS = "links"
    """A set: whatever a side adds is added. The order of its members is no more than how it is printed."""
    NUMBER = "number"
    DATE = "date"
    LIST = "list"
    """Values in an order that counts."""
    RECORD = "record"
    """A record, or records, with fields of their own."""

    @property
    def is_words(self) -> bool:
        """Return whether people read it word by word."""
        return self in (Value.PROSE, Value.PHRASE, Value.NAME)


class Agreed(Enum):
    """Marks what people agree to: the text digest covers it."""

    AGREED = True


AGREED: Final = Agreed.AGREED


class Place(StrEnum):
    """Where a document prints a field."""

    TEXT = "text"
    """As a heading or a paragraph of the body."""
    SETTINGS = "settings"
    """In the line under an action that says who, where and when."""
    LINKS = "links"
    """In the line under an action that says what it comes from and serves."""
    ROW = "row"
    """In a row of an annex."""
    COVER = "cover"


class Printed(NamedTuple):
    """Where a document prints a field, and where in a line it stands among others."""

    place: Place
    rank: int = 99


class Field(NamedTuple):
    """A field of a record and its traits."""

    name: str
    """As files spell it: ``from``."""
    attribute: str
    """As the model spells it: ``origins``."""
    value: Value
    agreed: bool
    significance: Significance
    """What a change of it weighs, where its words or members differ."""
    printed: Printed | None
    """None: no document prints it by itself."""
    record: type[Record] | None
    """The record that it holds, or whose list it is."""
    is_short: bool = False
    """Whether it is a list of days or of words of a fixed set, which stands in brackets on one line."""
    holds: type[str | int | bool | date] = str
    """What each of its values is where it holds no record; citations and words of a fixed set are text."""
    is_many: bool = False
    """Whether it holds several values."""
    names_records: bool = False
    """Whether its values are the ids of records, or citations."""

    @property
    def place(self) -> Place | None:
        """Where a document prints it."""
        return self.printed.place if self.printed else None


@cache
def fields(record: type[Record]) -> dict[str, Field]:
    """Return the fields of a record by the names that files use, in the order of the model."""
    found = {}
    for attribute, info in record.model_fields.items():
        name = info.alias or attribute
        given = {type(each): each for each in info.metadata}
        held = next(records_in(info.annotation), None)
        types = {info.annotation, *_types_in(info.annotation)}
        value, is_short = given.get(Value) or _value(info.annotation, held), _is_short(info.annotation)
        found[name] = Field(
            name,
            attribute,
            value,
            Agreed in given,
            given.get(Significance) or (held.significance if held else record.significance),
            given.get(Printed),
            held,
            is_short,
            next((each for each in (bool, int, date) if each in types), str),
            tuple in types,
            name != "id" and (_are_ids(info.metadata, types) or (value is Value.LINKS and not is_short)),
        )
    return found


@cache
def printed_in(record: type[Record], place: Place) -> tuple[Field, ...]:
    """Return the fields that a document prints at a place, as they stand there."""
    found = (each for each in fields(record).values() if each.printed and each.printed.place is place)
    return tuple(sorted(found, key=lambda each: each.printed.rank if each.printed else 0))


def field(record: type[Record], path: str) -> Field | None:
    """Return the field that a dotted name leads to, as ``conference.dates``; None where there is none."""
    found: Field | None = None
    here: type[Record] | None = record
    for step in path.split("."):
        found = fields(here).get(step) if here else None
        if found is None:
            return None
        here = found.record
    return found


def record_at(root: type[Record] | None, at: Pointer) -> type[Record] | None:
    """Return the record that stands at a place of a file's data, or whose list does; None where none does."""
    for step in at:
        if root is not None and isinstance(step, str):
            found = fields(root).get(step)
            root = found.record if found else None
    return root


def _value(annotation: Any, held: type[Record] | None) -> Value:  # noqa: ANN401 - a type, or a form of types
    """Tell the kind of a value that its field does not name."""
    if held is not None:
        return Value.RECORD
    types = {annotation, *_types_in(annotation)}
    if tuple in types:
        return Value.LIST
    if date in types:
        return Value.DATE
    return Value.NUMBER if int in types else Value.TOKEN


def _is_short(annotation: Any) -> bool:  # noqa: ANN401 - a type, or a form of types
    types = {annotation, *_types_in(annotation)}
    words = (each for each in types if isinstance(each, type) and issubclass(each, Enum | date))
    return tuple in types and any(words)


def _are_ids(traits: Iterable[object], types: set[Any]) -> bool:
    """Return whether values have the form of ids, by what is said of the field or of the type that it has."""
    every = (*traits, *(each for one in types for each in getattr(one, "__metadata__", ())))
    return any(getattr(each, "pattern", None) == valid_names.PATTERN for each in every)


def _types_in(annotation: Any) -> set[Any]:  # noqa: ANN401 - a type, or a form of types
    origin = getattr(annotation, "__origin__", None)
    found = {origin} if origin else set()
    for each in get_args(annotation):
        found |= {each} | _types_in(each)
    return found
