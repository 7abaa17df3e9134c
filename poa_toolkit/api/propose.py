"""Put a proposal on the table: what it is to, and what it was written against, are read from the plan."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.amend.amendment import Target, targets
from poa_toolkit.api.amendment_files import AmendmentFiles
from poa_toolkit.api.amendments_edit import AmendmentsEdit
from poa_toolkit.api.new_ids import next_id
from poa_toolkit.api.plan_edit import PlanEdit, Written
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind, digests
from poa_toolkit.model.fields import Value
from poa_toolkit.model.link_sets import members, set_fields, spelt
from poa_toolkit.model.plan import HOMES
from poa_toolkit.text import valid_names
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from poa_toolkit.model import Action, Amendment
    from poa_toolkit.model.proposals import Proposal
    from poa_toolkit.source.base import Files

FLOOR = "floor"
"""The file of what is proposed in the room."""


def propose(
    project: Path, proposal: Proposal, *, source: str = FLOOR, files: Files | None = None
) -> tuple[str, Written]:
    """Put a proposal on record in the file of `source`: its id, and where it stands.

    What it is to and was written against is read from the plan; `files` as for `PlanEdit`. Raises
    EditRefusedError where it is to nothing that is there, or changes nothing.
    """
    edit = AmendmentsEdit(project, PlanEdit(project, files))
    plan_edit = edit.plan_edit
    if proposal.kind.rewords:
        # as files spell it, that proposals on one set can be compared
        target = target_of(edit.texts, proposal.target)
        proposal = proposal._replace(proposed=edit.in_ids(target, proposal.proposed))
    if why := valid_names.fault(source, longest=valid_names.LONGEST_FILE):
        raise EditRefusedError(f'"{source}" cannot name a file: {why}')
    given = {
        **_FIELDS[proposal.kind](plan_edit, proposal),
        "kind": None if proposal.kind is AmendmentKind.TEXT else proposal.kind.value,
        "proposer": proposal.by.author,
        "date": proposal.by.day,
        "comment": proposal.comment,
    }
    table, path = AmendmentFiles(plan_edit, partial(next_id, plan_edit)), f"plan/amendments/{source}.yaml"
    row = {name: value for name, value in given.items() if value}
    there = table.same(path, row)
    new, _ = table.add(path, [row])
    if not new:
        raise EditRefusedError(f"the same proposal, of the same proposer, is on the table already: {there}")
    where = _where_new(plan_edit, new[0])
    table.write(path, new)
    written = plan_edit.finish()
    return new[0].id, written._replace(remarks=(*where, *written.remarks))


def _where_new(plan_edit: PlanEdit, new: Amendment) -> tuple[str, ...]:
    """Return where an addition would stand, a point also by the id that its letter means."""
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan  # noqa: PLC0415 - the same
    from poa_toolkit.document.amendments_report import AmendmentView as Printed  # noqa: PLC0415 - few proposals add something

    if new.kind is not AmendmentKind.ADD:
        return ()
    is_behind_point = new.record is not None and new.after not in (None, "text")
    said = Printed(AmendmentsOfPlan(plan_edit.plan, (), (), "")).where(new)
    return (f"{new.id}: {said}{f', id {new.after}' if is_behind_point else ''}",)


def not_known(project: Path, proposal: Proposal) -> str:
    """Say of a proposal on a set which of its members the plan does not know; empty where it knows all."""
    if proposal.field not in set_fields():
        return ""
    edit = AmendmentsEdit(project)
    target = target_of(edit.texts, proposal.target)
    unknown = edit.unknown(target, edit.in_ids(target, proposal.proposed))
    if not unknown:
        return ""
    near = did_you_mean(unknown, edit.known(target)) or "`poa amend revise` gives the proposal others"
    return f"“{unknown}” is not known; it cannot be accepted until the plan's files have it; {near}"


def target_of(texts: dict[tuple[str, str], Target], name: str) -> Target:
    """Return the text that ``A-007`` or ``A-007.points.b`` names: the main text of a record, or a field.

    Raises EditRefusedError where there is none.
    """
    record, _, field = name.partition(".")
    by_id = {each.lower(): each for each, _ in texts}
    known = by_id.get(record.lower())
    if known is None:
        near = did_you_mean(record, by_id.values())
        raise EditRefusedError(f'"{record}" is no text of the plan{"; " + near if near else ""}')
    fields = [each for each_record, each in texts if each_record == known]
    wanted = field or next(each for each in ("text", "title") if each in fields)
    if wanted not in fields:
        raise EditRefusedError(f'{known} has no "{field}" that can be amended (it has: {", ".join(fields)})')
    return texts[known, wanted]


def _rewording(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    target, text = target_of(targets(plan_edit.plan), proposal.target), proposal.proposed
    if target.traits.value is Value.LINKS:
        text = spelt(members(text))
    if target.text is not None and target.text.split() == text.split():
        raise EditRefusedError(f"{target.record} {target.field} says that already")
    return {
        **of_target(plan_edit, target),
        "original": target.text,
        "proposed": text,
        "edits": edits_between(target.text or "", text),
    }


def _addition(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    place = Destination(proposal.target, proposal.section, proposal.after)
    return {**where_added(plan_edit, place), "proposed": proposal.proposed}


class Destination(NamedTuple):
    """What an amendment is to be to, or where it adds something: in which section, behind what."""

    target: str = ""
    """The record, or its field after a full stop: ``A-007.points``, ``A-007.points.b`` for under a point."""
    section: str = ""
    after: str = ""
    under: str = ""
    """The point of the record under which a sub-point would stand."""


def where_added(plan_edit: PlanEdit, where: Destination) -> dict[str, Any]:
    """Return the keys that say where an addition goes. Raises EditRefusedError where that is no place."""
    texts = targets(plan_edit.plan)
    if where.target:
        record, _, field = where.target.partition(".")
        owner = target_of(texts, record)
        if owner.at[-3:-2] != ("actions",) or field.partition(".")[0] not in ("", "points"):
            raise EditRefusedError(f'points can be added to an action alone, not to "{where.target}"')
        under = field.partition(".")[2] or where.under or None
        action = plan_edit.trace.actions[owner.record]
        if action.slot(under, where.after or None) is None:
            raise EditRefusedError(_no_slot(action, under, where.after))
        behind = action.placed_point(where.after)
        under = (behind.above if behind else under) or None
        return {
            "record": owner.record,
            "field": "points",
            "section": owner.section,
            "under": under,
            "after": where.after or None,
        }
    if where.after and where.after == where.section:
        _check_section(plan_edit, where.section)
        return {"section": where.section, "after": where.section}
    after = target_of(texts, where.after) if where.after else None
    if after is not None and after.field == "title":
        raise EditRefusedError(f'"{where.after}" is a section; name it with --section')
    home = after and home_of(after)
    section = where.section or home
    if section is None:
        raise EditRefusedError("say in which section, or behind which action or paragraph")
    if home not in (None, section):
        raise EditRefusedError(f"{where.after} does not stand in section {section}")
    _check_section(plan_edit, section)
    return {"section": section, "after": after and after.record}


def _no_slot(action: Action, under: str | None, after: str) -> str:
    """Say why no point can stand at a place of an action."""
    holder = action.placed_point(under)
    if under and holder is None:
        return f'{action.id} has no point "{under}"'
    if holder is not None and holder.above:
        return f'points have two levels: "{under}" is a sub-point, and nothing can stand under it'
    is_there = action.placed_point(after) is not None
    return f'{action.id} has no point "{after}"{f" under {under}" if under and is_there else ""}'


def _check_section(plan_edit: PlanEdit, section: str) -> None:
    names = [each.id for each in plan_edit.plan.sections]
    if section not in (*HOMES, *names):
        near = did_you_mean(section, names)
        raise EditRefusedError(f'"{section}" is no section{"; " + near if near else ""}')


def home_of(target: Target) -> str | None:
    """Return the section a record stands in, or ``front`` or ``introduction``; None for a heading."""
    return None if target.field in ("title", "subtitle") else target.section or str(target.at[0])


def _removal(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    target = target_of(targets(plan_edit.plan), proposal.target)
    if target.field != "text" and not target.field.startswith("points."):
        raise EditRefusedError("an action, a paragraph or a point can be removed, nothing else")
    return {**of_target(plan_edit, target), "original": target.text}


def _remark(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    target = target_of(targets(plan_edit.plan), proposal.target)
    return {"record": target.record, "field": target.field, "section": home_of(target)}


_FIELDS = {
    **dict.fromkeys((each for each in AmendmentKind if each.rewords), _rewording),
    AmendmentKind.ADD: _addition,
    AmendmentKind.REMOVE: _removal,
    AmendmentKind.COMMENT: _remark,
}


def of_target(plan_edit: PlanEdit, target: Target) -> dict[str, Any]:
    """Return the keys that say which text an amendment is to, where that stands, and what it was."""
    base = digests.Content(plan_edit.plan).record(target.record)
    return {"record": target.record, "field": target.field, "section": home_of(target), "base": base}
