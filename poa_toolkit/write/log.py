"""The past of a record as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.record_history import Where
from poa_toolkit.write.diff import Changed
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.diff.record_history import Step


class _Version(NamedTuple):
    kind: Where
    name: str
    who: str
    when: str
    subject: str
    trouble: str
    amendments: tuple[str, ...]
    changes: tuple[Changed, ...]


class History(NamedTuple):
    """What `poa log --format json` prints: the versions of a record, the oldest first."""

    record: str
    cut: str
    versions: tuple[_Version, ...]


def to_json(name: str, steps: Sequence[Step], *, cut: str) -> str:
    """Print the versions of a record, the oldest first, as schema/log.schema.json describes it."""
    versions = (
        _Version(
            *step.origin, step.trouble, step.amendments, tuple(like(Changed, each) for each in step.changes)
        )
        for step in steps
    )
    return as_json(History(name, cut, tuple(versions)))
