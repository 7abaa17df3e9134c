"""One record of a plan, cut out of it with whatever it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.model.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTS = ("front", "introduction", "instruments", "actors", "participants", "obligations", "parts")


def only(plan: Plan, name: str) -> Plan | None:
    """Give the plan that holds nothing but the record called `name`, without regard to case.

    The section or source it stands in is there, too, without its other records. None where there is no
    such record.
    """
    lists: dict[str, Any] = {each: _named(getattr(plan, each), name) for each in _LISTS}
    sections = []
    for section in plan.sections:
        inside = {each: _named(getattr(section, each), name) for each in ("chapeau", "actions")}
        if _is(section, name) or any(inside.values()):
            sections.append(section.model_copy(update=inside))
    sources = []
    for source in plan.sources:
        kept = _named(source.recommendations, name)
        heads = (source.consultation, source.mechanism)
        if kept or any(head is not None and _is(head, name) for head in heads):
            sources.append(source.model_copy(update={"recommendations": kept}))
    if not sections and not sources and not any(lists.values()):
        return None
    lists |= {"sections": tuple(sections), "sources": tuple(sources)}
    return Plan.model_construct(None, title="", stage="", stages=(), **lists)


def nothing() -> Plan:
    """Give the plan that holds no record."""
    return Plan.model_construct(None, title="", stage="", stages=())


def _named(records: Iterable[Any], name: str) -> tuple[Any, ...]:
    return tuple(each for each in records if _is(each, name))


def _is(record: Any, name: str) -> bool:  # noqa: ANN401 - any record with an id
    return bool(record.id.lower() == name.lower())
