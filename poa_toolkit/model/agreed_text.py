"""What people agree to: all that a signatory reads as the plan, in its order.

The text digest is taken of it, and what was changed after a freeze is found in it. Words stand as a reader
sees them, addressees under their printed titles, links by what they cite, cross-references by the number that
they print, in the words of one house; no other id is read, and no other number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from poa_toolkit.model import cross_references
from poa_toolkit.model.actions import Action, Point
from poa_toolkit.model.fields import Place, fields
from poa_toolkit.model.instruments import Citation
from poa_toolkit.model.plan import House
from poa_toolkit.model.texts import has_brackets
from poa_toolkit.text.brackets import shown
from poa_toolkit.text.citations import UNNUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.model.base import Record
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.model.fields import Field
    from poa_toolkit.model.plan import Plan

Node: TypeAlias = "dict[str, str | list[Node]]"


def tree(plan: Plan) -> Node:
    """Return what people agree to as JSON data, without ids; fields that hold nothing are left out."""
    return _node(plan, _printing(plan))


def _node(record: Record, printing: _Printing) -> Node:
    found: Node = {}
    for field in fields(type(record)).values():
        if field.agreed:
            value = getattr(record, field.attribute)
            if field.record is not None:
                found[field.name] = [_node(each, printing) for each in _read(value)]
            else:
                found[field.name] = printing.value(field, value)
    return {name: value for name, value in found.items() if value}


class AgreedValue(NamedTuple):
    """One field that people agreed to."""

    record: str
    """The id of its record; of a point, that of its action; ``plan`` for the head."""
    field: str
    """As amendments name it: ``text``, ``points.a``; of the order of records in their place the list of them.

    That is ``actions``, ``points``, ``points.a.points`` …
    """
    words: str
    """As a reader sees it; of a place, the ids of what stands there, by spaces."""
    spelt: str = ""
    """Of links that are printed under other names, and words with cross-references: as the plan has them."""


NOTHING = AgreedValue("", "", "")
"""A field that holds nothing."""


def content(record: Record, plan: Plan) -> Node:
    """Return what people agree to in one record of a plan, without its id."""
    return _node(record, _printing(plan))


def values(plan: Plan, printed_as: Plan | None = None) -> dict[tuple[str, str], AgreedValue]:
    """Return every field that people agree to, by record and name: plans that differ in it differ here.

    Cross-references print what they print in `printed_as`, where the ids of `plan` are not its own.
    """
    printing = _printing(plan)
    if printed_as is not None:
        printing = printing._replace(references=_printing(printed_as).references)
    titles = printing.titles
    found = {(each.record, each.field): each for each in _values("plan", "", plan, printing)}
    used = {name for _, action in plan.walk_actions() if action.status.printed for name in action.addressees}
    for name in used & titles.keys():
        found[name, "title"] = AgreedValue(name, "title", titles[name])
    return found


def _values(name: str, prefix: str, record: Record, printing: _Printing) -> Iterator[AgreedValue]:
    for field in fields(type(record)).values():
        if not field.agreed:
            continue
        value = getattr(record, field.attribute)
        if field.record is None:
            words, spelt = printing.value(field, value), ""
            if isinstance(value, tuple) and field.place is Place.SETTINGS:
                spelt = printing._replace(titles={}).value(field, value)
            elif isinstance(value, str) and "{" in value:
                spelt = value
            label = prefix.rstrip(".") if prefix and field.name == "text" else f"{prefix}{field.name}"
            if words:
                yield AgreedValue(name, label, words, spelt)
            continue
        inside = list(_read(value))
        if inside:
            yield AgreedValue(name, f"{prefix}{field.name}", " ".join(each.id for each in inside))
        for each in inside:
            is_point = isinstance(record, Action | Point)
            yield from _values(
                name if is_point else each.id, f"points.{each.id}." if is_point else "", each, printing
            )


class _Printing(NamedTuple):
    """What is needed to print the values of a plan."""

    titles: Mapping[str, str]
    """Of those whom actions address, by id."""
    references: CrossReferences

    def value(self, field: Field, value: Any) -> str:  # noqa: ANN401 - any value a field holds
        """Return a value as a signatory reads it."""
        if isinstance(value, tuple):
            if value and isinstance(value[0], Citation):
                return "; ".join(f"{name} {', '.join(each)}" for name, each in by_instrument(value).items())
            names = self.titles if field.place is Place.SETTINGS else {}
            return ", ".join(names.get(each, str(each)) for each in value)
        return shown(self.references.shown(value)) if value and has_brackets(field) else str(value or "")


def _printing(plan: Plan) -> _Printing:
    titles = {each.id: each.title for each in plan.actors}
    return _Printing(titles, cross_references.of(plan, House.UN))


def _read(records: Iterable[Any]) -> Iterator[Any]:
    """Return the records that stand in the text: withdrawn and deferred actions do not."""
    return (each for each in records if not isinstance(each, Action) or each.status.printed)


def by_instrument(citations: Iterable[Citation]) -> dict[str, tuple[str, ...]]:
    """Return the references of each instrument as they are printed together: preamble and annex first."""
    found: dict[str, list[str]] = {}
    for each in citations:
        found.setdefault(each.instrument, []).append(each.reference)
    return {
        name: tuple(sorted(given, key=lambda each: each not in UNNUMBERED)) for name, given in found.items()
    }
