"""The records of a plan as tables, for those who read and reckon: one a kind, and one of all links.

Which columns a table has, and in which order, is what the model says of the fields of its records. What a
record stands in, and the number that a document prints before it, are columns beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.model.actions import Action, Paragraph, Point, Section, SubPoint
from poa_toolkit.model.amendments import Amendment, Endorsement, Review
from poa_toolkit.model.base import Significance
from poa_toolkit.model.cross_references import has_references
from poa_toolkit.model.digests import dump
from poa_toolkit.model.fields import fields
from poa_toolkit.model.instruments import ElectionPart, Instrument, Obligation, Provision
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.model.people import Actor, Participant
from poa_toolkit.model.plan import HOMES, Head, Plan, Stage
from poa_toolkit.model.progress import Indicator, ProgressEntry
from poa_toolkit.model.recommendations import Consultation, Mechanism, Recommendation
from poa_toolkit.returned.exported_tables import OF_PROCESS
from poa_toolkit.text.cross_references import Kind, references
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from poa_toolkit.model.base import Record
    from poa_toolkit.model.fields import Field

Cell: TypeAlias = str | int | bool | date | tuple[str | date, ...] | dict[str, Any] | list[Any] | None
"""What a record says in a column: a value, values, or records without a table as JSON data; None: nothing."""


class Column(NamedTuple):
    """A column, and what its cells hold."""

    name: str
    holds: type[Any] = str
    """str, int, bool or date; dict for the JSON data of records."""
    is_many: bool = False


class Table(NamedTuple):
    """The records of one kind, in the order of the plan."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: int = 0
    """How many of the first columns together name a record."""


class Records(NamedTuple):
    """A version of a plan, and what is on record beside it."""

    plan: Plan
    amendments: tuple[Amendment, ...] = ()
    reviews: tuple[Review, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    progress: tuple[ProgressEntry, ...] = ()


class _Row(NamedTuple):
    """A record, and what stands in the columns that its model does not have."""

    record: Record
    beside: tuple[str | None, ...] = ()


class _Walk:
    """Walks over the records of each kind."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.numbers = cited_numbers(records.plan)

    def number(self, name: str) -> str | None:
        return self.numbers.get(name) or None

    def paragraphs(self) -> Iterator[_Row]:
        plan = self.records.plan
        homes = [(home, getattr(plan, home)) for home in HOMES]
        for home, found in (*homes, *((each.id, each.chapeau) for each in plan.sections)):
            yield from (_Row(each, (home, self.number(each.id))) for each in found)

    def actions(self) -> Iterator[_Row]:
        for section in self.records.plan.sections:
            yield from (_Row(each, (section.id, self.number(each.id))) for each in section.actions)

    def points(self) -> Iterator[_Row]:
        for _, action in self.records.plan.walk_actions():
            for each in action.walk_points():
                number = self.number(f"{action.id}.{each.record.id}")
                yield _Row(each.record, (action.id, each.above or None, number))

    def indicators(self) -> Iterator[_Row]:
        for _, action in self.records.plan.walk_actions():
            yield from (_Row(each, (action.id,)) for each in action.indicators)

    def sources(self) -> Iterator[_Row]:
        for each in self.records.plan.sources:
            heads = (("consultation", each.consultation), ("mechanism", each.mechanism))
            yield from (_Row(head, (kind,)) for kind, head in heads if head)

    def recommendations(self) -> Iterator[_Row]:
        for each in self.records.plan.sources:
            head = each.consultation or each.mechanism
            yield from (_Row(one, (head.id if head else None,)) for one in each.recommendations)

    def provisions(self) -> Iterator[_Row]:
        for each in self.records.plan.instruments:
            yield from (_Row(one, (each.id,)) for one in each.provisions)


class _Kind(NamedTuple):
    name: str
    keys: tuple[str, ...]
    beside: tuple[str, ...]
    """The columns that the model does not have."""
    of: tuple[type[Record], ...]
    rows: Callable[[_Walk], Iterable[_Row]]
    between: str = ""
    """What stands between the keys where a link names a record."""


_KINDS = (
    _Kind("actions", ("id",), ("section", "number"), (Action,), _Walk.actions),
    _Kind("points", ("action", "id"), ("action", "under", "number"), (Point, SubPoint), _Walk.points, "."),
    _Kind(
        "sections",
        ("id",),
        ("number",),
        (Section,),
        lambda it: (_Row(each, (it.number(each.id),)) for each in it.records.plan.sections),
    ),
    _Kind("paragraphs", ("id",), ("section", "number"), (Paragraph,), _Walk.paragraphs),
    _Kind("plan", (), (), (Head,), lambda it: (_Row(it.records.plan),)),
    _Kind("stages", ("id",), (), (Stage,), lambda it: map(_Row, it.records.plan.stages)),
    _Kind("recommendations", ("id",), ("made_in",), (Recommendation,), _Walk.recommendations),
    _Kind("sources", ("id",), ("source_kind",), (Consultation, Mechanism), _Walk.sources),
    _Kind("instruments", ("id",), (), (Instrument,), lambda it: map(_Row, it.records.plan.instruments)),
    _Kind("provisions", ("instrument", "ref"), ("instrument",), (Provision,), _Walk.provisions, " "),
    _Kind("obligations", ("id",), (), (Obligation,), lambda it: map(_Row, it.records.plan.obligations)),
    _Kind("parts", ("id",), (), (ElectionPart,), lambda it: map(_Row, it.records.plan.parts)),
    _Kind("actors", ("id",), (), (Actor,), lambda it: map(_Row, it.records.plan.actors)),
    _Kind("participants", ("id",), (), (Participant,), lambda it: map(_Row, it.records.plan.participants)),
    _Kind("indicators", ("id",), ("action",), (Indicator,), _Walk.indicators),
    _Kind("amendments", ("id",), (), (Amendment,), lambda it: map(_Row, it.records.amendments)),
    _Kind("reviews", ("record",), (), (Review,), lambda it: map(_Row, it.records.reviews)),
    _Kind(
        "endorsements", ("participant",), (), (Endorsement,), lambda it: map(_Row, it.records.endorsements)
    ),
    _Kind(
        "progress",
        ("action", "indicator", "date", "by"),
        (),
        (ProgressEntry,),
        lambda it: map(_Row, it.records.progress),
    ),
)
"""Every kind of record that has a table, in the order of the tables."""
_TABLED = frozenset(each for kind in _KINDS for each in kind.of)


def tables(records: Records) -> tuple[Table, ...]:
    """Return the table of each kind of record, empty ones too, and last that of the links."""
    walk = _Walk(records)
    made = tuple(_table(kind, walk) for kind in _KINDS)
    return (*made, _links(walk))


def _table(kind: _Kind, walk: _Walk) -> Table:
    columns = _columns(kind)
    rows = tuple(tuple(_cells(kind, columns, row)) for row in kind.rows(walk))
    return Table(kind.name, columns, rows, len(kind.keys))


@cache
def _columns(kind: _Kind) -> tuple[Column, ...]:
    """Return the columns of a kind: what names a record, what it stands in, what the model says of it."""
    found = {each: Column(each) for each in dict.fromkeys((*kind.keys, *kind.beside))}
    for record in kind.of:
        for name, field in _flat(record).items():
            found[name] = Column(name, dict if field.record else field.holds, field.is_many)
    return tuple(found.values())


@cache
def _flat(record: type[Record], above: str = "") -> dict[str, Field]:
    """Return the fields of a record by the names of their columns: ``conference.place``.

    Records that have a table of their own have no column where they stand.
    """
    found: dict[str, Field] = {}
    for name, field in fields(record).items():
        if field.record is None or (field.is_many and (above or field.record not in _TABLED)):
            found[f"{above}{name}"] = field
        elif not field.is_many:
            found |= _flat(field.record, f"{above}{name}.")
    return found


def _cells(kind: _Kind, columns: tuple[Column, ...], row: _Row) -> Iterator[Cell]:
    beside = dict(zip(kind.beside, row.beside, strict=True))
    mine = _flat(type(row.record) if not isinstance(row.record, Plan) else Head)
    for column in columns:
        if column.name in beside:
            yield beside[column.name]
        elif column.name in mine:
            yield _cell(_value(row.record, column.name), mine[column.name])
        else:
            yield None


def _value(record: Record, name: str) -> Any:  # noqa: ANN401 - any value of a field
    """Return what a record holds under the name of a column; None where what holds it is not there."""
    first, _, rest = name.partition(".")
    found = getattr(record, fields(type(record))[first].attribute)
    return _value(found, rest) if rest and found is not None else found


def _cell(value: Any, field: Field) -> Cell:  # noqa: ANN401 - any value of a field
    if value is None:
        return None
    if field.record is not None:
        return [dump(each) for each in value]
    if field.is_many:
        return tuple(_plain(each) for each in value)
    found: Cell = _plain(value)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value that is no list
    """Return a value as text, unless it is a number, a day, or true or false."""
    if isinstance(value, StrEnum):
        return value.value
    return value if isinstance(value, int | date) else str(value)


# --- links ---


def _links(walk: _Walk) -> Table:
    """Return every link of a record of the plan to another, and what it leads to."""
    found = trace(walk.records.plan)
    rows = tuple(
        (_name(kind, row), kind.name, field, to, found.look_up(to).value)
        for kind in _KINDS
        if kind.name not in OF_PROCESS
        for row in kind.rows(walk)
        for field, to in _links_of(row.record)
    )
    return Table("links", tuple(map(Column, ("from_id", "kind", "field", "to_id", "status"))), rows, keys=4)


def _name(kind: _Kind, row: _Row) -> str:
    """Name a record as a link does: ``A-007``, ``A-007.a``, ``iccpr 25(b)``; the plan is ``plan``."""
    cells = dict(zip((each.name for each in _columns(kind)), _cells(kind, _columns(kind), row), strict=True))
    return kind.between.join(str(cells[each]) for each in kind.keys) or kind.name


def _links_of(record: Record) -> Iterator[tuple[str, str]]:
    """Return the field and the other end of every link of a record, in order.

    What a field of the process names, such as the stage, says where the work stands: that is no link.
    """
    for name, field in _flat(Head if isinstance(record, Plan) else type(record)).items():
        value = _value(record, name)
        if not value or field.significance is Significance.PROCESS:
            continue
        if field.names_records:
            yield from ((name, str(each)) for each in (value if field.is_many else (value,)))
        elif has_references(field):
            yield from ((name, each) for each in _referred(value))


def _referred(text: str) -> Iterator[str]:
    found = (each.found for each in references(text) if each.found)
    return (each.record for each in found if each.kind is not Kind.ANNEX)
