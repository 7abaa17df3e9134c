"""A comparison as JSON, for other programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from poa_toolkit.diff.attribution import ascribed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from poa_toolkit.diagnostic import Location, Pointer
    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.model import Amendment

    Locate = Callable[[Pointer], Location]


def to_json(
    comparison: Comparison,
    locate_old: Locate,
    locate_new: Locate,
    adopted: Sequence[Amendment] = (),
) -> str:
    """Print a comparison as schema/diff.schema.json describes it, places looked up in both versions.

    `adopted` are the amendments adopted between them.
    """
    data = {
        "old": {"label": comparison.old.label, "digest": comparison.old.digest},
        "new": {"label": comparison.new.label, "digest": comparison.new.digest},
        "changes": [
            {**_change(each, locate_old, locate_new), **ascription(each, adopted)}
            for each in comparison.changes
        ],
        "effects": [
            {"kind": each.kind, "record": each.record, "message": each.message} for each in comparison.effects
        ],
        "left_out": list(comparison.left_out),
        "summary": {
            "changes": len(comparison.changes),
            "by_kind": dict(Counter(each.kind.value for each in comparison.changes)),
            "by_significance": dict(Counter(each.significance.value for each in comparison.changes)),
            "by_section": dict(Counter(each.section for each in comparison.changes if each.section)),
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def changed(change: Change) -> dict[str, Any]:
    """Give a change as JSON data, without its places."""
    return {
        "record": change.record,
        "record_kind": change.record_kind,
        "kind": change.kind.value,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "segments": [
            {"edit": each.edit.value, "text": each.text, "moved": each.moved} for each in change.segments
        ],
        "significance": change.significance.value,
        "grounds": [each.value for each in change.grounds],
    }


def _change(change: Change, locate_old: Locate, locate_new: Locate) -> dict[str, Any]:
    return {
        **changed(change),
        "old_at": _place(change.old_at, locate_old),
        "new_at": _place(change.new_at, locate_new),
        "evidence": change.evidence,
        "section": change.section,
        "number": change.number,
    }


def ascription(change: Change, adopted: Sequence[Amendment]) -> dict[str, Any]:
    """Name the amendments whose words a change shows, and say whether all of them are theirs."""
    found = ascribed(change, adopted)
    return {"amendments": [each.id for each in found.amendments], "explained": found.whole}


def _place(at: Pointer | None, locate: Locate) -> dict[str, Any] | None:
    if at is None:
        return None
    location = locate(at)
    line, column = (location.span.line, location.span.column) if location.span else (None, None)
    return {"path": location.path, "line": line, "column": column}
