"""The past of a record as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.write.comparison import changed
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.diff.record_history import Step


def to_json(name: str, steps: Sequence[Step], *, cut: str) -> str:
    """Print the versions of a record, the oldest first, as schema/log.schema.json describes it."""
    versions = [
        {
            "kind": step.origin.where.value,
            "name": step.origin.name,
            "who": step.origin.who,
            "when": step.origin.when,
            "subject": step.origin.subject,
            "trouble": step.trouble,
            "amendments": list(step.amendments),
            "changes": [changed(each) for each in step.changes],
        }
        for step in steps
    ]
    return as_json({"record": name, "cut": cut, "versions": versions})
