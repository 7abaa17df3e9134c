"""Give an amendment a place: one that has none, or whose place is gone or elsewhere now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.amend.amendment import WAITING, Target, rebased
from poa_toolkit.api.amendments import astray
from poa_toolkit.api.decide import Decided
from poa_toolkit.api.propose import AmendmentsEdit, Destination, of_target, target_of, where_added
from poa_toolkit.api.refusals import check_removal, closed
from poa_toolkit.check.amendment_places import Fate
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.model.fields import Value

if TYPE_CHECKING:
    from pathlib import Path

_CAN_BE_PLACED = (*WAITING, AmendmentState.STALE, AmendmentState.UNPLACED)
_FORGOTTEN = ("rebased", "decided_by", "decided", "reason")
"""What was said of the amendment at its former place."""


def place(project: Path, name: str, where: Destination) -> Decided:
    """Put an amendment at its place; it is open then, and the plan's text stays as it is.

    Raises EditRefusedError where it was decided already, or where that is no place for it.
    """
    edit = AmendmentsEdit(project)
    index = edit.index_of(name)
    amendment = edit.amendments[index]
    if amendment.state not in _CAN_BE_PLACED:
        raise closed(amendment)
    kept: dict[str, Any] = dict.fromkeys(("record", "field", "section", "after", "base", *_FORGOTTEN))
    edit.set(index, **kept, state=AmendmentState.OPEN)
    is_new = amendment.kind is AmendmentKind.ADD or (where.section and amendment.original is None)
    if is_new and amendment.kind in (AmendmentKind.ADD, AmendmentKind.TEXT):
        edit.set(index, kind=AmendmentKind.ADD, **where_added(edit.plan_edit, where))
        said = _added(edit, index)
    elif amendment.kind is AmendmentKind.MOVE:
        said = _moved(edit, index, where)
    else:
        target = _target(edit, amendment.id, where)
        check_removal(amendment, target)
        edit.set(index, **of_target(edit.plan_edit, target))
        said = f"{target.record} {target.field}{_fit(edit, index, target)}"
    lost = astray(project, edit.plan_edit.plan, (edit.amendments[index],)).get(amendment.id)
    if lost is not None and lost.fate is not Fate.DEFERRED:
        raise EditRefusedError(f"{amendment.id} cannot be placed there: {lost.said}")
    return Decided(edit.finish(), (f"{amendment.id} placed: {said}",))


def _moved(edit: AmendmentsEdit, index: int, where: Destination) -> str:
    """Say of a move which text it is of, and where that would stand."""
    amendment = edit.amendments[index]
    if not where.target:
        raise EditRefusedError(f"{amendment.id} moves a text: name it with --record, and where to")
    target = target_of(edit.texts, where.target)
    is_point = target.field.startswith("points.")
    place = where_added(edit.plan_edit, where._replace(target=f"{target.record}.points" if is_point else ""))
    goes = {"section": place["section"], "after": place["after"]}
    edit.set(index, **{**of_target(edit.plan_edit, target), **goes})
    behind = f" behind {place['after']}" if place["after"] else " at the end"
    return f"{target.record} {target.field} moved in {place['section']},{behind}"


def _target(edit: AmendmentsEdit, name: str, where: Destination) -> Target:
    if not where.target or where.section or where.after:
        raise EditRefusedError(
            f"{name} is to words that are there: name them with --record and --field, and nothing else"
        )
    return target_of(edit.texts, where.target)


def _added(edit: AmendmentsEdit, index: int) -> str:
    placed = edit.amendments[index]
    where = f" behind {placed.after}" if placed.after else " at the end"
    return f"a new point of {placed.record}{where}" if placed.record else f"new in {placed.section}{where}"


def _fit(edit: AmendmentsEdit, index: int, target: Target) -> str:
    """Carry a rewording over to the words that stand there; say so where it does not fit them."""
    placed = edit.amendments[index]
    if not placed.kind.rewords:
        return ""
    if target.traits.value is Value.LINKS:
        # it holds the names that a document prints
        original, proposed = (edit.in_ids(target, each or "") for each in (placed.original, placed.proposed))
        edits = edits_between(original, proposed)
        edit.set(index, original=original or None, proposed=proposed or None, edits=edits)
        placed = edit.amendments[index]
    here = rebased(placed, target.text)
    edit.amendments[index] = here.amendment
    if not here.stale:
        return ""
    return f"; it does not fit the words there ({here.stale}): adopt others with `accept --modified`"
