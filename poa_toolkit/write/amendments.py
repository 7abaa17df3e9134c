"""Amendments as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.model.digests import dump
from poa_toolkit.write.comparison import ascription, changed
from poa_toolkit.write.diagnostics import data
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poa_toolkit.amend.collisions import Collision
    from poa_toolkit.amend.explanations import Explanation
    from poa_toolkit.check.amendment_places import StrayAmendment
    from poa_toolkit.document.preview import Preview
    from poa_toolkit.model import Amendment


def to_json(
    amendments: Iterable[Amendment],
    collisions: Iterable[Collision],
    explained: Iterable[Explanation] = (),
    astray: Mapping[str, StrayAmendment] | None = None,
) -> str:
    """Print amendments as schema/amend.schema.json describes it."""
    return as_json(
        {
            "amendments": [
                {**dump(each), "kind": each.kind.value, "state": each.state.value} for each in amendments
            ],
            "collisions": [_collision(each) for each in collisions],
            "changes": [_change(each) for each in explained],
            "astray": [_astray(each) for each in (astray or {}).values()],
        }
    )


def preview_to_json(found: Preview) -> str:
    """Print a preview as schema/preview.schema.json describes it."""
    return as_json(
        {
            "order": list(found.order),
            "by_consideration": found.by_consideration,
            "accepted": [
                {**dump(each), "kind": each.kind.value, "state": each.state.value} for each in found.accepted
            ],
            "refused": [{"amendment": name, "why": why} for name, why in found.refused],
            "others": [{"amendment": name, "becomes": said} for name, said in found.others],
            "collisions": [_collision(each) for each in found.collisions],
            "changes": [
                {**changed(each), **ascription(each, found.adopted)} for each in found.comparison.changes
            ],
            "would_be_refused": found.is_refused,
            **data(found.findings, label=found.comparison.old.label),
        }
    )


def _collision(collision: Collision) -> dict[str, Any]:
    return {"amendments": [collision.first, collision.second], "why": collision.why}


def _change(explained: Explanation) -> dict[str, Any]:
    return {
        "record": explained.change.record,
        "field": explained.change.field,
        "kind": explained.change.kind.value,
        "amendments": list(explained.amendments),
        "explained": explained.whole,
    }


def _astray(astray: StrayAmendment) -> dict[str, Any]:
    return {
        "amendment": astray.amendment,
        "fate": astray.fate.value,
        "what": astray.said,
        "now": list(astray.now),
        "cure": astray.cure,
    }
