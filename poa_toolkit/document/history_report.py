"""The report of one record's past: each version, who made it and when, and what it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.diff.record_history import Where, comparison
from poa_toolkit.document.blocks import Part, PartKind
from poa_toolkit.document.change_entry import entry
from poa_toolkit.document.comparison_view import ComparisonView
from poa_toolkit.document.report_blocks import body, heading, muted, part, report
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.diff.record_history import Origin, Step
    from poa_toolkit.document.blocks import Document

_SHORT = 10
"""How many digits of a commit's hash are shown."""


def history(name: str, steps: Sequence[Step], *, cut: str = "") -> Document:
    """Lay out the versions of the record `name`, the oldest first; `cut` says why older ones are missing."""
    parts = [part(body(cut))] if cut else []
    parts += [_version(step) for step in steps]
    return report(f"{name}: {many(len(steps), 'version')}", parts)


def _version(step: Step) -> Part:
    lines = (body(muted(line)) for line in _lines(step))
    view = ComparisonView(comparison(step), step.old, step.new)
    # a number of a record that stands alone says nothing
    view.old, view.new = (replace(each, numbers={}) for each in (view.old, view.new))
    name = holder(step.origin)
    entries = tuple(entry(change, view) for change in step.changes)
    title = heading(name if step.origin.where is Where.COMMIT else f"{name[:1].upper()}{name[1:]}")
    return Part(PartKind.REPORT, (title, *lines), name="changes", entries=entries)


def holder(origin: Origin) -> str:
    """Name what holds a version: ``3f2a91c0de Reword A-007``, ``baseline day-1``, ``working tree``."""
    match origin.where:
        case Where.COMMIT:
            return f"{origin.name[:_SHORT]} {origin.subject}".strip()
        case Where.BASELINE:
            return f"baseline {origin.name}"
        case Where.WORKING_TREE:
            return "working tree"


def _lines(step: Step) -> list[str]:
    origin = step.origin
    by = f" by {origin.who}" if origin.who else ""
    lines = [f"{_moment(origin.when)}{by}"] if origin.when else []
    if step.trouble:
        lines.append(f"It cannot be read here: {step.trouble}")
    elif not step.changes:
        lines.append("Frozen as it stood." if origin.where is Where.BASELINE else "Nothing changed.")
    if step.amendments:
        lines.append(f"Amendment{'' if len(step.amendments) == 1 else 's'}: {', '.join(step.amendments)}")
    return lines


def _moment(when: str) -> str:
    """Print a moment as a person reads it, its time zone kept."""
    return f"{when[:10]} {when[11:16]} {when[19:]}".strip()
