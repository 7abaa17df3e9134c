"""Amendments as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.model.digests import dump
from poa_toolkit.write.as_json import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poa_toolkit.check.whereabouts import Astray
    from poa_toolkit.model import Amendment
    from poa_toolkit.process.collisions import Collision
    from poa_toolkit.process.outcome import Explained


def to_json(
    amendments: Iterable[Amendment],
    collisions: Iterable[Collision],
    explained: Iterable[Explained] = (),
    astray: Mapping[str, Astray] | None = None,
) -> str:
    """Print amendments as schema/amend.schema.json describes it."""
    return as_json(
        {
            "amendments": [
                {**dump(each), "kind": each.kind.value, "state": each.state.value} for each in amendments
            ],
            "collisions": [{"amendments": [each.first, each.second], "why": each.why} for each in collisions],
            "changes": [_change(each) for each in explained],
            "astray": [_astray(each) for each in (astray or {}).values()],
        }
    )


def _change(explained: Explained) -> dict[str, Any]:
    return {
        "record": explained.change.record,
        "field": explained.change.field,
        "kind": explained.change.kind.value,
        "amendments": list(explained.amendments),
        "explained": explained.whole,
    }


def _astray(astray: Astray) -> dict[str, Any]:
    return {
        "amendment": astray.amendment,
        "fate": astray.fate.value,
        "what": astray.said,
        "now": list(astray.now),
        "cure": astray.cure,
    }
