"""What the first rule of text digests covered, kept so that what was endorsed under it can be proved.

It left out level, the titles of actors and the order of what is read, and counted ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from poa_toolkit.model.base import Record
    from poa_toolkit.model.plan import Plan

_OF_ACTION = {"id", "text", "points", "addressees", "recommendations", "provisions", "timeframe"}


def content(plan: Plan) -> dict[str, Any]:
    """Return the JSON data that the first rule takes the digest of; it never changes."""
    sections = [
        _filled(
            id=section.id,
            title=section.title,
            chapeau=[_dump(paragraph) for paragraph in section.chapeau],
            actions=[_dump(action, _OF_ACTION) for action in section.actions if action.status.printed],
        )
        for section in plan.sections
    ]
    return _filled(
        title=plan.title,
        subtitle=plan.subtitle,
        front=[_dump(paragraph) for paragraph in plan.front],
        introduction=[_dump(paragraph) for paragraph in plan.introduction],
        sections=sections,
    )


def _dump(record: Record, wanted: set[str] | None = None) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True, include=wanted)


def _filled(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Leave out what holds nothing, as every default-valued field is."""
    return {name: value for name, value in fields.items() if value}
