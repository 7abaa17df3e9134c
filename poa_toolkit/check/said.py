"""What a plan says, field by field, and which of its changes no adopted amendment explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from poa_toolkit.model import Action, AmendmentKind, Paragraph
from poa_toolkit.model.adopted import adopted_for, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.model import Amendment, Plan

Said: TypeAlias = "dict[str, dict[str, object]]"
"""By record: its fields, a text as text, links as they are."""


def said(plan: Plan) -> Said:
    """Give what each printed record of the text says; title and subtitle go by the name ``plan``."""
    found: Said = {"plan": {"title": plan.title, "subtitle": plan.subtitle or ""}}
    for section in plan.sections:
        found[section.id] = {"title": section.title}
    for _, record in plan.walk_texts():
        match record:
            case Action() if record.status.printed:
                found[record.id] = {
                    "text": record.text,
                    **{f"points.{point.id}": point.text for point in record.points},
                    "points": tuple(point.id for point in record.points),
                    "timeframe": record.timeframe or "",
                    "links": (record.addressees, record.recommendations, record.provisions),
                }
            case Paragraph():
                found[record.id] = {"text": record.text}
    return found


def unexplained(before: Said, now: Said, amendments: Iterable[Amendment]) -> Iterator[str]:
    """Give every record that says something else now, where no adopted amendment says so too."""
    adopted = tuple(each for each in amendments if each.is_adopted)
    for name in {**before, **now}:
        old, new = before.get(name), now.get(name)
        if old != new and not _is_explained(name, old, new, adopted):
            yield name


def _is_explained(
    name: str, old: dict[str, object] | None, new: dict[str, object] | None, adopted: Sequence[Amendment]
) -> bool:
    mine = [each for each in adopted if each.record == name]
    if new is None or old is None:
        kind = AmendmentKind.REMOVE if new is None else AmendmentKind.ADD
        came = next((each for each in mine if each.kind is kind), None)
        if came is None or new is None:
            return came is not None
        return steps(came.adopted or "", str(new["text"]), adopted_for(mine, name, "text")) is not None
    return all(
        _is_field_explained(name, field, (old.get(field), new.get(field)), mine)
        for field in {**old, **new}
        if old.get(field) != new.get(field)
    )


def _is_field_explained(
    name: str, field: str, values: tuple[object, object], mine: Sequence[Amendment]
) -> bool:
    old, new = values
    if isinstance(old, str) and isinstance(new, str):
        return steps(old, new, adopted_for(mine, name, field)) is not None
    if field == "points" and isinstance(old, tuple) and isinstance(new, tuple):
        # those that came and went are told one by one; what is left must stand in its old order
        both = [[each for each in one if each in other] for one, other in ((old, new), (new, old))]
        return both[0] == both[1]
    kind = AmendmentKind.ADD if old is None else AmendmentKind.REMOVE
    came = next((each for each in mine if each.kind is kind and each.field == field), None)
    if came is None or new is None:
        return came is not None
    return steps(came.adopted or "", str(new), adopted_for(mine, name, field)) is not None
