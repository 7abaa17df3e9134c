"""Every amendment to one record, text by text, in columns beside the words of today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.document.amendments_report import (
    DOES,
    AmendmentView,
    cited,
    goes,
    reasons,
    report,
    state,
    why_unfit,
)
from poa_toolkit.document.blocks import Column, Row, Table
from poa_toolkit.document.report_blocks import body, heading, part, quote
from poa_toolkit.document.runs import Text
from poa_toolkit.document.statements import in_a_line
from poa_toolkit.model import AmendmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan
    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment

_WHOLE = (AmendmentKind.REMOVE, AmendmentKind.MOVE)


def to_record(table: AmendmentsOfPlan, record: str, field: str = "") -> tuple[Amendment, ...]:
    """Return the amendments to a record and its points, and what is to stand in it or behind it.

    Those that wait come first.
    With `field`, those to that text alone, and those that take out or move the record as a whole.
    """
    found = [each for each in table.amendments if _is_to(each, record) and _is_of(each, field)]
    return tuple(sorted(found, key=lambda each: each.state not in WAITING))


def _is_to(amendment: Amendment, record: str) -> bool:
    is_there = amendment.record is None and record in (amendment.after, amendment.section)
    return amendment.record == record or (amendment.kind is AmendmentKind.ADD and is_there)


def _is_of(amendment: Amendment, field: str) -> bool:
    whole = amendment.kind in _WHOLE and amendment.field in (None, "text")
    return not field or whole or (amendment.field or "text") == field


def side_by_side(table: AmendmentsOfPlan, target: Target, shown: Sequence[Amendment]) -> Document:
    """Lay out the amendments to a record as tables, one for each of its texts."""
    view = AmendmentView(table)
    parts = []
    for field, group in _groups(view, target, shown):
        text = view.texts.get((target.record, field))
        parts.append(part(*_group(view, field, text, group)))
    if not parts:
        nothing: list[Block] = [body("No amendment.")]
        if target.text:
            nothing.append(quote(target.text, record=target.record, field=target.field))
        parts = [part(*nothing)]
    return report(table, f"Amendments to {target.record}{cited(target)}, side by side", parts)


def _groups(
    view: AmendmentView, target: Target, shown: Sequence[Amendment]
) -> Iterator[tuple[str, tuple[Amendment, ...]]]:
    """Return the amendments text by text, in printed order; what would come last."""
    by_field: dict[str, list[Amendment]] = {}
    for each in shown:
        is_new = each.kind is AmendmentKind.ADD and not each.is_adopted
        by_field.setdefault("" if is_new else each.field or "text", []).append(each)
    order = [field for record, field in view.texts if record == target.record]
    known = [*order, *(field for field in by_field if field and field not in order), ""]
    yield from ((field, tuple(by_field[field])) for field in known if field in by_field)


def _group(
    view: AmendmentView, field: str, text: Target | None, group: Sequence[Amendment]
) -> Iterator[Block]:
    where = view.where(group[0]) if field else "What would be new"
    is_moved = field and group[0].kind is AmendmentKind.MOVE
    yield heading(where.partition(", to ")[0] if is_moved else where)
    today: tuple[Run, ...] = (Text((text.text if text else "") or "\N{EM DASH}"),)
    columns = in_columns(view, group)
    if field:
        rows = (
            replace(row, cells=(today if not place else (), *row.cells))
            for place, row in enumerate(columns.rows)
        )
        columns = replace(columns, columns=(Column("Today"), *columns.columns), rows=tuple(rows))
    yield columns
    names = {each.id for each in group}
    meet = [each for each in view.table.collisions if {each.first, each.second} <= names]
    if meet:
        yield reasons(meet)


def in_columns(view: AmendmentView, group: Sequence[Amendment]) -> Table:
    """Lay out amendments in columns: what each would make of the text, how it stands, who spoke for it."""
    rows = (
        [view.redline(each) or (Text(each.comment or ""),) for each in group],
        [_what(view, each) for each in group],
        [why_unfit(each, view) for each in group],
        [tuple(state(each, view)) for each in group],
        [_statements(each) for each in group],
    )
    titles = tuple(Column(f"{each.id}, {each.proposer}") for each in group)
    return Table(titles, tuple(Row(tuple(cells)) for cells in rows if any(cells)), may_stack=True)


def _what(view: AmendmentView, amendment: Amendment) -> tuple[Run, ...]:
    """Return what an amendment does, where that is more than other words."""
    if amendment.kind is AmendmentKind.TEXT:
        return ()
    is_new = amendment.kind is AmendmentKind.ADD
    return (Text(view.where(amendment) if is_new else f"{DOES[amendment.kind]}{goes(amendment)}"),)


def _statements(amendment: Amendment) -> tuple[Run, ...]:
    """Return who is for an amendment and who against it, and what was said."""
    said = [in_a_line(amendment)]
    if amendment.comment and amendment.kind is not AmendmentKind.COMMENT:
        said.append(f"{amendment.proposer}: {amendment.comment}")
    said += [f"{each.by}: {each.comment}" for each in amendment.statements if each.comment]
    words = "; ".join(filter(None, said))
    return (Text(words),) if words else ()
