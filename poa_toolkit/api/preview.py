"""Show how the text would read with amendments accepted together; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.api.accept import Acceptance
from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.amendments_edit import AmendmentsEdit, Decision
from poa_toolkit.api.new import TO_DO
from poa_toolkit.api.plan_edit import PartialPlanEdit
from poa_toolkit.api.printed import WIDTH, printed
from poa_toolkit.api.record_names import sure
from poa_toolkit.api.validate import InvalidPlanError
from poa_toolkit.diff.compare import compare
from poa_toolkit.document.chair_sheet import consideration
from poa_toolkit.document.preview import Preview
from poa_toolkit.document.preview import preview as lay_out
from poa_toolkit.model import AmendmentState
from poa_toolkit.source import folder
from poa_toolkit.source.versions import WORKING_TREE
from poa_toolkit.write import amendments as as_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from poa_toolkit.document.amendments_report import AmendmentsOfPlan

_NOBODY = "nobody"
"""Who decides in a preview; printed nowhere."""


def preview(project: Path, names: Sequence[str], day: date, *, by_consideration: bool = False) -> Preview:
    """Accept amendments in an edit that is never written: what that would do, and what it would leave.

    In the order given, or with `by_consideration` in that of the chair's sheet. One that cannot be accepted
    after those before it is left out, with the reason. Raises EditRefusedError for an unknown amendment,
    InvalidPlanError where plan.yaml cannot be read.
    """
    table = on_table(project)
    edit = AmendmentsEdit(project, PartialPlanEdit(project, folder.read(project, WORKING_TREE)))
    asked = tuple(dict.fromkeys(edit.amendments[edit.index_of(name)].id for name in names))
    order = _considered(table, asked) if by_consideration else asked
    application = Acceptance(edit, Decision(_NOBODY, day))
    refused = dict(_refused(application, order))
    edit.put_back()
    after, findings = edit.plan_edit.news()
    new, taken = sure(after) or table.plan, {each for each in order if each not in refused}
    return Preview(
        order=order,
        by_consideration=by_consideration,
        accepted=tuple(each for each in table.amendments if each.id in taken),
        adopted=tuple(each for each in edit.amendments if each.id in taken),
        refused=tuple(refused.items()),
        others=tuple(_others(table, edit, asked)),
        collisions=tuple(each for each in table.collisions if {each.first, each.second} <= set(asked)),
        old=table.plan,
        new=new,
        comparison=compare(table.plan, new, old_label=table.label, new_label="as it would read"),
        findings=findings,
        is_refused=_is_refused(application),
    )


def _considered(table: AmendmentsOfPlan, asked: Sequence[str]) -> tuple[str, ...]:
    """Put amendments in the order of consideration; those that are not considered come last, as given."""
    order = consideration(table)
    return (*(each for each in order if each in asked), *(each for each in asked if each not in order))


def _refused(application: Acceptance, order: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Accept amendments one after the other, and give those that cannot be, with the reason."""
    taken: list[str] = []
    for name in order:
        said = application.attempt(name)
        if not said:
            taken.append(name)
            continue
        reason = application.edit.amendments[application.edit.index_of(name)].reason or ""
        by = next((each for each in taken if reason.startswith(_cause(each))), None)
        yield name, said.removeprefix(f"{name} ") if by is None else f"would be stale: {_with(by, reason)}"


def _cause(name: str) -> str:
    return f"{name} was accepted: "


def _with(name: str, reason: str) -> str:
    """Return why an amendment would be stale of what nobody has accepted yet."""
    return f"with {name} accepted, {reason.removeprefix(_cause(name))}"


def _is_refused(application: Acceptance) -> bool:
    try:
        application.edit.plan_edit.check(*application.records, left_to_do=TO_DO)
    except InvalidPlanError:
        return True
    return False


def _others(table: AmendmentsOfPlan, edit: AmendmentsEdit, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return what would become of amendments that were not asked for."""
    for before, after in zip(table.amendments, edit.amendments, strict=True):
        if before.id in asked or before.state not in WAITING or before == after:
            continue
        if after.state is AmendmentState.STALE:
            reason = after.reason or ""
            by = next(each for each in asked if reason.startswith(_cause(each)))
            yield before.id, f"would be stale: {_with(by, reason)}"
        else:
            yield before.id, "would be carried over to the new words"


def describe(found: Preview, form: str, *, colour: bool = False, width: int = WIDTH) -> str:
    """Print a preview as text of `width` columns, Markdown, HTML or JSON."""
    if form == "json":
        return as_json.preview_to_json(found)
    return printed(lay_out(found), form, colour=colour, width=width)
