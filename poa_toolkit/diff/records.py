"""Every record of a plan in document order, and every field of a record, ready to compare."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.model import Action, Hyperlink, Instrument, Plan, Point, Section, Source
from poa_toolkit.model import fields as traits
from poa_toolkit.model.base import Record
from poa_toolkit.model.file_kinds import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model.fields import Field

    Key: TypeAlias = tuple[str, str, int]
    """Kind, name, and how many of the same name stood before: 0 in a valid plan."""
    Records: TypeAlias = "dict[Key, Entry]"

Value = str | tuple[str, ...] | None

_KINDS = {name: name.removesuffix("s") for name in ("stages", *REGISTRY)}
_PARTS = ("stages", "front", "introduction", "sections", "sources", *REGISTRY)
"""The fields of a plan that hold records, as a reader meets them."""
_OWN_RECORDS: dict[type[Record], frozenset[str]] = {
    Plan: frozenset(_PARTS),
    Section: frozenset({"chapeau", "actions"}),
    Action: frozenset({"points", "indicators"}),
    Point: frozenset({"points"}),
    Instrument: frozenset({"provisions"}),
}
"""Fields that hold records of their own, compared as such."""
_IDENTITY = frozenset({"id", "ref"})
_OWNERS = {"point": "action", "indicator": "action", "provision": "instrument"}


class Entry(NamedTuple):
    """One record of a plan, and where it stands."""

    kind: str
    """``plan``, ``stage``, ``paragraph``, ``section``, ``action``, ``recommendation`` …

    A sub-point is a ``point``, too.
    """
    name: str
    """Its id; of a point, an indicator or a provision, the id of what holds it, a space and its own."""
    record: Any
    at: Pointer
    home: str
    """What it stands in: a section's or source's id, ``front``, ``introduction``; empty: the plan."""
    owner: str = ""
    """The action of a point, a sub-point or an indicator, the instrument of a provision."""
    above: str = ""
    """Of a sub-point, the name of the point it stands under."""

    @property
    def siblings(self) -> tuple[str, str, str]:
        """Records of equal siblings stand in one order."""
        return self.kind, "" if self.kind == "section" else self.home, self.above or self.owner

    @property
    def id(self) -> str:
        """The id under which its changes go: a point's are its action's."""
        return self.owner if self.kind == "point" else self.name

    @property
    def own_id(self) -> str:
        """Its id among its siblings, without that of what owns it."""
        return self.name.removeprefix(f"{self.owner} ") if self.owner else self.name

    @property
    def under(self) -> str | None:
        """The id of the point that a sub-point stands under; None for all else."""
        return self.above.removeprefix(f"{self.owner} ") or None

    @property
    def section(self) -> str:
        """The section it stands in, or is."""
        return self.home if self.at[:1] == ("sections",) else ""

    @property
    def number_key(self) -> str:
        """Its key among the printed numbers."""
        return f"{self.owner}.{self.record.id}" if self.kind == "point" else self.name

    def field(self, name: str) -> str:
        """Name a field as changes do: the text of point ``a`` is ``points.a``."""
        if self.kind != "point":
            return name
        field = f"points.{self.record.id}"
        return field if name in ("", "text") else f"{field}.{name}"


def by_key(plan: Plan, without: AbstractSet[str] = frozenset()) -> Records:
    """Index a plan, in document order; of records that share a name, each has a key."""
    found: Records = {}
    for entry in entries(plan, without):
        key = (entry.kind, entry.name, 0)
        while key in found:
            key = (entry.kind, entry.name, key[2] + 1)
        found[key] = entry
    return found


def owner_of(entry: Entry) -> Key | None:
    """Return the key of the record that a point, an indicator or a provision belongs to."""
    return (_OWNERS[entry.kind], entry.owner, 0) if entry.owner else None


def entries(plan: Plan, without: AbstractSet[str] = frozenset()) -> Iterator[Entry]:
    """Return every record of a plan, as a reader meets them; the head is the record ``plan``.

    `without` names fields of the plan whose records are not wanted.
    """
    yield Entry("plan", "plan", plan, (), "")
    for field in (name for name in _PARTS if name not in without):
        match field:
            case "front" | "introduction":
                yield from _each("paragraph", getattr(plan, field), (field,), field)
            case "sections":
                for number, section in enumerate(plan.sections):
                    yield from _section(section, ("sections", number))
            case "sources":
                for number, source in enumerate(plan.sources):
                    yield from _source(source, ("sources", number))
            case "instruments":
                for entry in _each("instrument", plan.instruments, ("instruments",), ""):
                    yield entry
                    yield from _provisions(entry.record, entry.at)
            case _:
                yield from _each(_KINDS[field], getattr(plan, field), (field,), "")


def unchanged(old: Plan, new: Plan) -> frozenset[str]:
    """Name the fields of a plan whose records are the same in both versions.

    The sections are always looked at: what moves elsewhere gives their paragraphs other numbers.
    """
    return frozenset(
        name for name in _PARTS if name != "sections" and getattr(old, name) == getattr(new, name)
    )


def fields(old: Record, new: Record) -> Iterator[tuple[str, Field, Any, Any]]:
    """Return name, traits, old and new value of every field that differs; ids and own records left out.

    A nested value is taken apart: ``conference.dates``. Names are those that files use.
    """
    skipped = _OWN_RECORDS.get(type(new), frozenset()) | _IDENTITY
    for name, field in traits.fields(type(new)).items():
        if field.attribute in skipped:
            continue
        before, after = getattr(old, field.attribute), getattr(new, field.attribute)
        if before == after:
            continue
        inner = after if isinstance(after, Record) else before
        if isinstance(inner, Record):
            for part, held in traits.fields(type(inner)).items():
                mine, theirs = (getattr(each, held.attribute, None) for each in (before, after))
                if mine != theirs:
                    yield f"{name}.{part}", held, mine, theirs
        else:
            yield name, field, before, after


def values(record: Record) -> Iterator[tuple[str, Any]]:
    """Return name and value of every field that does not hold its default; ids and own records left out."""
    skipped = _OWN_RECORDS.get(type(record), frozenset()) | _IDENTITY
    for name, info in type(record).model_fields.items():
        value, label = getattr(record, name), info.alias or name
        if name in skipped or value == info.default:
            continue
        if isinstance(value, Record):
            yield from ((f"{label}.{part}", inner) for part, inner in values(value))
        else:
            yield label, value


def printed(value: Any) -> Value:  # noqa: ANN401 - any value a field can hold
    """Return a field's value as changes hold it."""
    match value:
        case None:
            return None
        case tuple():
            return tuple(str(printed(each)) for each in value)
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case Hyperlink():
            return f"{value.title} <{value.url}>"
        case _:
            return str(value)


def words(entry: Entry) -> str:
    """Return the words of a whole record: its text or title, then one line for each of its parts.

    What stands under a point is a record of its own, and no part of it.
    """
    record = entry.record
    lines = [getattr(record, name, None) for name in ("text", "subject", "title")]
    first = next((line for line in lines if line), entry.name)
    if entry.kind == "action":
        points = (f"{point.number} {point.record.text}" for point in record.walk_points())
        return "\n".join([first, *points])
    if entry.kind == "instrument":
        return "\n".join([first, *(f"{each.ref}: {each.subject}" for each in record.provisions)])
    return str(first)


def lines(entry: Entry) -> list[str]:
    """Return the texts that a record is known by although its id is another."""
    record = entry.record
    texts = [getattr(record, name, None) for name in ("text", "subject", "title", "symbol", "baseline")]
    match entry.kind:
        case "action":
            texts += [point.record.text for point in record.walk_points()]
        case "instrument":
            texts += [f"{each.ref} {each.subject}" for each in record.provisions]
        case "section":
            texts += [action.id for action in record.actions]
        case "stage":
            texts.append(record.date.isoformat())
    return [text for text in texts if text]


def _each(kind: str, records: Iterable[Any], at: Pointer, home: str) -> Iterator[Entry]:
    for index, record in enumerate(records):
        yield Entry(kind, record.id, record, (*at, index), home)


def _section(section: Section, at: Pointer) -> Iterator[Entry]:
    yield Entry("section", section.id, section, at, section.id)
    yield from _each("paragraph", section.chapeau, (*at, "chapeau"), section.id)
    for entry in _each("action", section.actions, (*at, "actions"), section.id):
        yield entry
        for point in entry.record.walk_points():
            name, where = f"{entry.name} {point.record.id}", (*entry.at, *point.at)
            above = f"{entry.name} {point.above}" if point.above else ""
            yield Entry("point", name, point.record, where, section.id, entry.name, above)
        for index, each in enumerate(entry.record.indicators):
            name, where = f"{entry.name} {each.id}", (*entry.at, "indicators", index)
            yield Entry("indicator", name, each, where, section.id, entry.name)


def _source(source: Source, at: Pointer) -> Iterator[Entry]:
    for kind in ("consultation", "mechanism"):
        if head := getattr(source, kind):
            yield Entry(kind, head.id, head, (*at, kind), "")
    head = source.consultation or source.mechanism
    yield from _each(
        "recommendation", source.recommendations, (*at, "recommendations"), head.id if head else ""
    )


def _provisions(instrument: Instrument, at: Pointer) -> Iterator[Entry]:
    for index, provision in enumerate(instrument.provisions):
        name, where = f"{instrument.id} {provision.ref}", (*at, "provisions", index)
        yield Entry("provision", name, provision, where, "", instrument.id)
