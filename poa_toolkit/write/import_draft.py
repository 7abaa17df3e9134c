"""What an import made of a draft as JSON, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.drafted_plan import Becomes
from poa_toolkit.returned.ledger import Balance
from poa_toolkit.returned.pulled_file import Stretch
from poa_toolkit.write.findings import Findings, findings
from poa_toolkit.write.json_text import as_json, like
from poa_toolkit.write.pull import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.returned.draft.drafted_plan import Imported


class _Line(NamedTuple):
    number: str
    text: str
    becomes: Becomes
    record: str
    field: str
    why: str
    page: int


class ImportMade(NamedTuple):
    """What `poa import --format json` prints."""

    file: str
    dry_run: bool
    paths: tuple[str, ...]
    sections: int
    actions: int
    points: int
    sub_points: int
    amendments: int
    notes: int
    understood: int
    tables: tuple[str, ...]
    characters: Balance
    outline: tuple[_Line, ...]
    stretches: Stretches
    findings_: Findings


def to_json(imported: Imported, *, explain: bool) -> str:
    """Print what an import made, as schema/import.schema.json describes it; with `explain` word by word."""
    return as_json(
        like(
            ImportMade,
            imported,
            dry_run=imported.only_shown,
            understood=imported.resolved,
            tables=imported.plan.tables,
            characters=imported.balance,
            outline=tuple(_outline(imported)),
            stretches=tuple(_stretches(imported)) if explain else None,
            findings_=findings(imported.diagnostics, label=imported.file),
        )
    )


def _outline(imported: Imported) -> Iterator[_Line]:
    actions = {
        id(point): action.id
        for section in imported.plan.sections
        for action in section.actions
        for point, _ in action.walk_points()
    }
    for each in imported.plan.decisions:
        name = each.record.id if each.record else ""
        record, field = name, ""
        if each.becomes in (Becomes.POINT, Becomes.SUBPOINT):
            record, field = actions.get(id(each.record), name), f"points.{name}"
        page = imported.paragraphs[each.block.first].place.page
        yield _Line(each.number, each.words, each.becomes, record, field, each.why, page)


def _stretches(imported: Imported) -> Iterator[Stretch]:
    """Return every stretch of the draft with one fate."""
    for each in imported.plan.ledger.entries():
        place = imported.paragraphs[each.paragraph].place if each.paragraph >= 0 else None
        page, heading, kind = (place.page, place.heading, place.kind) if place else (0, "", "comment")
        yield Stretch(each.words, each.fate.said, each.why, page, heading, kind)
