"""Where a text stands, as JSON for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.write.diagnostics import entry
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poa_toolkit.check.plan_status import TextStatus
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model import Plan


def to_json(
    plan: Plan, found: TextStatus, blocking: Mapping[str, Sequence[Diagnostic]], *, label: str, digest: str
) -> str:
    """Print where a text stands, as schema/status.schema.json describes it."""
    coverage = found.coverage._asdict()
    data = {
        "version": label,
        "digest": digest,
        "stage": plan.stage,
        "statuses": _by_value(found.statuses),
        "sections": [{**each._asdict(), "statuses": _by_value(each.statuses)} for each in found.sections],
        "brackets": [each._asdict() for each in found.brackets],
        "amendments": {
            "pending": [
                {
                    "id": each.id,
                    "record": each.record,
                    "field": each.field,
                    "proposer": each.proposer,
                    "state": each.state.value,
                    "astray": found.astray[each.id].said if each.id in found.astray else "",
                }
                for each in found.pending
            ],
            "decided": _by_value(found.decided),
        },
        "coverage": coverage,
        "blocking": [
            {"stage": stage, "errors": [entry(each) for each in errors]} for stage, errors in blocking.items()
        ],
    }
    return as_json(data)


def _by_value(counts: Mapping[Any, int]) -> dict[str, int]:
    return {key.value: count for key, count in sorted(counts.items())}
