"""Records in full as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.document.record_in_full import title
from poa_toolkit.model.digests import dump
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.amend.collisions import Collision
    from poa_toolkit.diagnostic import Location
    from poa_toolkit.document.record_card import Card
    from poa_toolkit.document.record_in_full import Past, Shown


def to_json(
    shown: Sequence[Shown], places: Sequence[Location | None], collisions: Iterable[Collision]
) -> str:
    """Print records as schema/show.schema.json describes it; an annex by its title alone."""
    every = tuple(collisions)
    found = [
        {"title": title(each), **_card(each.card, place, every), **_past(each.past)}
        if each.card and place
        else {"title": title(each)}
        for each, place in zip(shown, places, strict=True)
    ]
    return as_json({"shown": found})


def _card(card: Card, place: Location, collisions: Sequence[Collision]) -> dict[str, Any]:
    names = {each.id for each in card.amendments}
    colliding = (each for each in collisions if {each.first, each.second} & names)
    return {
        **{name: getattr(card, name) for name in ("record", "field", "kind", "number", "section")},
        "place": {
            "path": place.path,
            "line": place.span.line if place.span else None,
            "column": place.span.column if place.span else None,
        },
        "texts": [
            {"record": each.record, "field": each.field, "number": each.number, "text": each.text}
            for each in card.texts
        ],
        "settings": [
            {"field": each.field, "label": each.label, "values": [value._asdict() for value in each.values]}
            for each in card.settings
        ],
        "brackets": [each._asdict() for each in card.brackets],
        "recommendations": [each._asdict() for each in card.recommendations],
        "provisions": [{**each._asdict(), "words": list(each.words)} for each in card.provisions],
        "used_by": [{"id": each.id, "number": each.name} for each in card.used_by],
        "amendments": [
            {**dump(each), "kind": each.kind.value, "state": each.state.value} for each in card.amendments
        ],
        "collisions": [{"amendments": [each.first, each.second], "why": each.why} for each in colliding],
        "decided": card.decided,
    }


def _past(past: Past) -> dict[str, Any]:
    versions = [
        {
            **{name: getattr(step.origin, name) for name in ("name", "who", "when", "subject")},
            "kind": step.origin.where.value,
            "fields": list(dict.fromkeys(each.field or each.kind.value for each in step.changes)),
            "amendments": list(step.amendments),
            "trouble": step.trouble,
        }
        for step in past.steps
    ]
    return {"history": versions, "unknown": past.unknown}
