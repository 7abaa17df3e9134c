"""What an import made of a draft as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.returned.draft.drafted_plan import Becomes
from poa_toolkit.write import diagnostics as diagnostics_writer
from poa_toolkit.write.json_text import as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.returned.draft.drafted_plan import Imported


def to_json(imported: Imported, *, explain: bool) -> str:
    """Print what an import made, as schema/import.schema.json describes it; with `explain` word by word."""
    found = diagnostics_writer.data(imported.diagnostics, label=imported.file)
    return as_json(
        {
            "file": imported.file,
            "dry_run": imported.only_shown,
            "paths": list(imported.paths),
            "sections": imported.sections,
            "actions": imported.actions,
            "points": imported.points,
            "amendments": imported.amendments,
            "notes": imported.notes,
            "understood": imported.resolved,
            "tables": list(imported.plan.tables),
            "characters": imported.balance._asdict(),
            "outline": list(_outline(imported)),
            "stretches": list(_stretches(imported)) if explain else None,
            **found,
        }
    )


def _outline(imported: Imported) -> Iterator[dict[str, Any]]:
    actions = {
        id(point): action.id
        for section in imported.plan.sections
        for action in section.actions
        for point in action.points
    }
    for each in imported.plan.decisions:
        is_point = each.becomes is Becomes.POINT
        name = each.record.id if each.record else ""
        yield {
            "number": each.number,
            "text": each.words,
            "becomes": each.becomes.value,
            "record": actions.get(id(each.record), name) if is_point else name,
            "field": f"points.{name}" if is_point else "",
            "why": each.why,
            "page": imported.paragraphs[each.block.first].place.page,
        }


def _stretches(imported: Imported) -> Iterator[dict[str, Any]]:
    """Give every stretch of the draft with one fate."""
    for each in imported.plan.ledger.entries():
        place = imported.paragraphs[each.paragraph].place if each.paragraph >= 0 else None
        yield {
            "words": each.words,
            "fate": each.fate.name.lower(),
            "why": each.why,
            "page": place.page if place else 0,
            "heading": place.heading if place else "",
            "place": place.kind if place else "comment",
        }
