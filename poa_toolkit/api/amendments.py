"""What is on the table: the list of amendments, one in full, the chair's sheet, the outcome."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import targets
from poa_toolkit.amend.collisions import collisions
from poa_toolkit.amend.explanations import Explanation, explanations
from poa_toolkit.api.diff import compare
from poa_toolkit.api.printed import WIDTH, printed
from poa_toolkit.api.propose import target_of
from poa_toolkit.api.record_names import sure
from poa_toolkit.api.validate import InvalidPlanError, astray, read, validate
from poa_toolkit.document import amendments_report as documents
from poa_toolkit.document import record_names
from poa_toolkit.document.amendments_report import AmendmentsOfPlan
from poa_toolkit.document.amendments_side_by_side import side_by_side, to_record
from poa_toolkit.document.chair_sheet import sheet
from poa_toolkit.document.outcome_report import outcome
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model.plan import HOMES
from poa_toolkit.text.did_you_mean import did_you_mean
from poa_toolkit.write import amendments as as_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Amendment


FORMATS = ("text", "markdown", "html", "json")


class Wanted(NamedTuple):
    """Which amendments to list; what is empty asks for nothing."""

    record: str = ""
    states: tuple[str, ...] = ()
    proposer: str = ""
    colliding: bool = False


def on_table(project: Path, loaded: Loaded | None = None) -> AmendmentsOfPlan:
    """Read every amendment of the working tree, which may be given where it has been read.

    Raises InvalidPlanError where plan.yaml cannot be read.
    """
    loaded = loaded or read(project, None)
    plan = sure(loaded)
    if plan is None:
        raise InvalidPlanError(validate(project, version=loaded))
    found = collisions(loaded.amendments, plan)
    lost = astray(project, plan, loaded.amendments)
    return AmendmentsOfPlan(plan, loaded.amendments, found, loaded.label, lost, loaded.broken)


def wanted(table: AmendmentsOfPlan, wish: Wanted) -> tuple[Amendment, ...]:
    """Return the amendments that are asked for, in the order of their files.

    Raises UnknownRecordError where the record that is asked for is none, of the plan or of an amendment.
    """
    if wish.record:
        _check(table, wish.record)
    colliding = {name for each in table.collisions for name in (each.first, each.second)}
    record, _, field = wish.record.lower().partition(".")
    return tuple(
        each
        for each in table.amendments
        if (not record or record in {(name or "").lower() for name in _named_by(each)})
        and (not field or (each.field or "").lower() == field)
        and (not wish.states or each.state.value in wish.states)
        and wish.proposer.lower() in each.proposer.lower()
        and (not wish.colliding or each.id in colliding)
    )


def _check(table: AmendmentsOfPlan, name: str) -> None:
    """Raise UnknownRecordError for a name that means no text, of the plan or of an amendment."""
    record, _, field = name.lower().partition(".")
    named = (
        each for each in table.amendments if record in {(known or "").lower() for known in _named_by(each)}
    )
    if record in (*HOMES, *table.broken) or any(field in ("", (each.field or "").lower()) for each in named):
        return
    record_names.meant(table.plan, name)


def _named_by(amendment: Amendment) -> tuple[str | None, ...]:
    if amendment.record is not None:
        return (amendment.record, amendment.after)
    return (amendment.section, amendment.after)


def named(table: AmendmentsOfPlan, names: Sequence[str]) -> tuple[Amendment, ...]:
    """Return amendments by id. Raises EditRefusedError where there is none of that id."""
    by_id = {each.id.lower(): each for each in table.amendments}
    for name in names:
        if name.lower() not in by_id:
            near = did_you_mean(name, [each.id for each in table.amendments])
            raise EditRefusedError(f'there is no amendment "{name}"{"; " + near if near else ""}')
    return tuple(by_id[name.lower()] for name in dict.fromkeys(names))


def describe_list(
    table: AmendmentsOfPlan, shown: Sequence[Amendment], form: str, *, colour: bool = False
) -> str:
    """Print a list of amendments in one of FORMATS."""
    if form == "json":
        return _json(table, shown)
    return printed(documents.listing(table, shown), form, colour=colour)


def describe(table: AmendmentsOfPlan, shown: Sequence[Amendment], form: str, *, colour: bool = False) -> str:
    """Print amendments in full in one of FORMATS."""
    if form == "json":
        return _json(table, shown)
    return printed(documents.details(table, shown), form, colour=colour)


def describe_beside(
    table: AmendmentsOfPlan, name: str, form: str, *, colour: bool = False, width: int = WIDTH
) -> str:
    """Print every amendment to a record, or to one field of it, beside the words of today.

    Raises UnknownRecordError where the name means nothing, EditRefusedError where it means no text.
    """
    _check(table, name)
    text = target_of(targets(table.plan), name)
    shown = to_record(table, text.record, text.field if "." in name else "")
    if form == "json":
        return _json(table, shown)
    return printed(side_by_side(table, text, shown), form, colour=colour, width=width)


def describe_sheet(table: AmendmentsOfPlan, form: str, *, colour: bool = False) -> str:
    """Print the chair's order of consideration."""
    return printed(sheet(table), form, colour=colour)


def sheet_in_word(table: AmendmentsOfPlan, when: datetime | None = None) -> bytes:
    """Return the chair's order of consideration as a Word file, dated by its stage or by `when`."""
    from poa_toolkit.word.writer.report import render  # noqa: PLC0415 - heavy: docx

    stage = table.plan.current_stage() or table.plan.stages[-1]
    return render(sheet(table), when=when or datetime.combine(stage.date, time(), UTC))


class Outcome(NamedTuple):
    """What became of the amendments, and what explains each change."""

    table: AmendmentsOfPlan
    explained: tuple[Explanation, ...] | None
    labels: tuple[str, str]


def outcomes(project: Path, old: str | None = None, new: str | None = None) -> Outcome:
    """Explain the changes between two versions by the amendments of the working tree.

    By default the previous stage's baseline and the working tree; without one, nothing is compared.
    Raises as `compare`.
    """
    table = on_table(project)
    compared = compare(project, old, new)
    if compared is None:
        return Outcome(table, None, ("", table.label))
    found = explanations(compared.comparison, compared.adopted)
    return Outcome(table, found, (compared.old.label, compared.new.label))


def describe_outcome(found: Outcome, form: str, *, colour: bool = False) -> str:
    """Print the outcome in one of FORMATS."""
    if form == "json":
        return as_json.to_json(
            found.table.amendments, found.table.collisions, found.explained or (), found.table.astray
        )
    report = outcome(found.table.plan, found.table.amendments, found.explained, labels=found.labels)
    return printed(report, form, colour=colour)


def _json(table: AmendmentsOfPlan, shown: Sequence[Amendment]) -> str:
    names = {each.id for each in shown}
    colliding = [each for each in table.collisions if {each.first, each.second} & names]
    lost = {name: each for name, each in table.astray.items() if name in names}
    return as_json.to_json(shown, colliding, astray=lost)
