"""Where a text stands, as JSON for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from poa_toolkit.check.follow_up import FollowUpCounts
from poa_toolkit.check.plan_status import Coverage, OpenBracket, SectionStatus
from poa_toolkit.model import AmendmentState, Status
from poa_toolkit.write.findings import Finding, finding
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poa_toolkit.check.plan_status import TextStatus
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model import Plan

_Key = TypeVar("_Key", bound=str)


class _Pending(NamedTuple):
    id: str
    record: str | None
    field: str | None
    proposer: str
    state: AmendmentState
    astray: str


class _Amendments(NamedTuple):
    pending: tuple[_Pending, ...]
    decided: dict[AmendmentState, int]


class _Blocking(NamedTuple):
    stage: str
    errors: tuple[Finding, ...]


class PlanStatus(NamedTuple):
    """What `poa status --format json` prints."""

    version: str
    digest: str
    stage: str
    statuses: dict[Status, int]
    sections: tuple[SectionStatus, ...]
    brackets: tuple[OpenBracket, ...]
    amendments: _Amendments
    coverage: Coverage
    follow_up: FollowUpCounts | None
    blocking: tuple[_Blocking, ...]


def to_json(
    plan: Plan, found: TextStatus, blocking: Mapping[str, Sequence[Diagnostic]], *, label: str, digest: str
) -> str:
    """Print where a text stands, as schema/status.schema.json describes it."""
    astray = {name: each.said for name, each in found.astray.items()}
    pending = (like(_Pending, each, astray=astray.get(each.id, "")) for each in found.pending)
    return as_json(
        like(
            PlanStatus,
            found,
            version=label,
            digest=digest,
            stage=plan.stage,
            statuses=_sorted(found.statuses),
            sections=tuple(each._replace(statuses=_sorted(each.statuses)) for each in found.sections),
            amendments=_Amendments(tuple(pending), _sorted(found.decided)),
            blocking=tuple(_Blocking(stage, tuple(map(finding, each))) for stage, each in blocking.items()),
        )
    )


def _sorted(counts: Mapping[_Key, int]) -> dict[_Key, int]:
    return dict(sorted(counts.items()))
