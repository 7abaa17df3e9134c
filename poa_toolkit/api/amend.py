"""Amendments that wait: decide on them, give them a place or other words, put on record who spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.amend.amendment import Target, rebased, speaker, spoken
from poa_toolkit.api.accept import Acceptance
from poa_toolkit.api.amendments_edit import AmendmentsEdit, Decided, Decision, check_removal, settled
from poa_toolkit.api.new import TO_DO
from poa_toolkit.api.propose import Destination, of_target, target_of, where_added
from poa_toolkit.api.validate import astray
from poa_toolkit.check.amendment_places import PlaceState
from poa_toolkit.check.plan_status import PENDING
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentState, Stance, Statement, Turn, digests
from poa_toolkit.model.fields import Value
from poa_toolkit.model.link_sets import members, spelt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poa_toolkit.model import Amendment


def put_aside(project: Path, names: Sequence[str], state: AmendmentState, decision: Decision) -> Decided:
    """Reject, withdraw or defer amendments: the plan's text stays as it is, to the byte."""
    edit, said = AmendmentsEdit(project), []
    for name in dict.fromkeys(names):
        index, amendment = edit.undecided(name)
        edit.decide(index, state, decision)
        said.append(f"{amendment.id} {state.value}")
    return Decided(edit.finish(), tuple(said))


def accept(
    project: Path, names: Sequence[str], decision: Decision, *, modified: str | None = None
) -> Decided:
    """Accept amendments, in the order given, and change the plan's text by exactly that.

    With `modified`, the text that was adopted in place of the one proposed. Others that wait on the
    same text are carried over to its new words, or marked as stale with the reason. Raises
    EditRefusedError, nothing written, where one cannot be accepted; InvalidPlanError where the plan
    would have a new error.
    """
    application = Acceptance(AmendmentsEdit(project), decision, modified)
    for name in dict.fromkeys(names):
        application.accept(name)
    written = application.edit.finish(*application.records, left_to_do=TO_DO)
    return Decided(written, tuple(application.said))


_FORGOTTEN = ("rebased", "decided_by", "decided", "reason")
"""What was said of the amendment at its former place."""


def place(project: Path, name: str, where: Destination) -> Decided:
    """Put an amendment at its place; it is open then, and the plan's text stays as it is.

    Raises EditRefusedError where it was decided already, or where that is no place for it.
    """
    edit = AmendmentsEdit(project)
    index, amendment = edit.undecided(name)
    if where.target and where.section and amendment.kind is not AmendmentKind.MOVE:
        raise EditRefusedError(f"{amendment.id} is no move, and --record and --section exclude each other")
    place = ("record", "field", "section", "under", "after", "base")
    kept: dict[str, Any] = dict.fromkeys((*place, *_FORGOTTEN))
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
    if lost is not None and lost.fate is not PlaceState.DEFERRED:
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
    goes = {key: place.get(key) for key in ("section", "under", "after")}
    edit.set(index, **{**of_target(edit.plan_edit, target), **goes})
    return f"{target.record} {target.field} moved in {place['section']},{_behind(edit.amendments[index])}"


def _target(edit: AmendmentsEdit, name: str, where: Destination) -> Target:
    if not where.target or where.section or where.after:
        raise EditRefusedError(
            f"{name} is to words that are there: name them with --record and --field, and nothing else"
        )
    return target_of(edit.texts, where.target)


def _added(edit: AmendmentsEdit, index: int) -> str:
    placed = edit.amendments[index]
    where = _behind(placed)
    return f"a new point of {placed.record}{where}" if placed.record else f"new in {placed.section}{where}"


def _behind(placed: Amendment) -> str:
    under = f" under {placed.under}" if placed.under else ""
    return f"{under} behind {placed.after}" if placed.after else f"{under} at the end"


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


_SAYS = {Stance.SUPPORT: "supported by", Stance.OPPOSE: "opposed by", Stance.REMARK: "remark of"}
_SAID = {Stance.SUPPORT: "supported", Stance.OPPOSE: "opposed"}


def speak(project: Path, names: Sequence[str], statement: Statement) -> Decided:
    """Put on record what somebody said of amendments; the text and the state of each stay as they are.

    What the same speaker said before stays on record; the later word stands. Raises EditRefusedError where
    one was decided already and `statement` is more than a remark, or where it is on record already.
    """
    edit, said = AmendmentsEdit(project), []
    for name in dict.fromkeys(names):
        index, amendment = edit.find(name)
        if statement.stance is not Stance.REMARK and amendment.state not in PENDING:
            cure = f"`poa amend remark {amendment.id}` puts on record what is said of it now"
            raise EditRefusedError(f"{amendment.id} was {amendment.state.value} already; {cure}")
        mine = statement.model_copy(update={"form": amendment.form})
        if mine in amendment.statements:
            raise EditRefusedError(f"{amendment.id}: that {mine.by} said so is on record already")
        said.append(f"{amendment.id}: {_SAYS[mine.stance]} {mine.by}{_before(amendment, mine)}")
        edit.set(index, statements=(*amendment.statements, mine))
    return Decided(edit.finish(), tuple(said))


def _before(amendment: Amendment, statement: Statement) -> str:
    """Return what the speaker had said before, where that was something else."""
    if statement.stance is Stance.REMARK:
        return ""
    known = (each.statement for each in spoken(amendment))
    was = next((each for each in known if speaker(each.by) == speaker(statement.by)), None)
    if was is None:
        return ""
    if (was.date, was.form) > (statement.date, statement.form):
        return f" (on {statement.date.isoformat()}; what was said on {was.date.isoformat()} stands)"
    how = "the same" if was.stance is statement.stance else f"had {_SAID[was.stance]} it"
    return f" ({how} on {was.date.isoformat()}, which stays on record)"


def revise(
    project: Path, name: str, decision: Decision, *, text: str | None = None, comment: str | None = None
) -> Decided:
    """Give a proposal that waits other words, or another comment; its earlier form is kept.

    Its edits are those of the new words against the text of today. Raises EditRefusedError where it was
    decided, has no words, or says that already.
    """
    edit = AmendmentsEdit(project)
    index, amendment = edit.undecided(name)
    if amendment.state is AmendmentState.STALE:
        raise settled(amendment)
    fields: dict[str, Any] = _reworded(edit, amendment, text) if text is not None else {}
    if comment is not None:
        fields["comment"] = comment
    if all(getattr(amendment, key) == value for key, value in fields.items()):
        raise EditRefusedError(f"{amendment.id} says that already")
    earlier = {"original": amendment.original, "proposed": amendment.proposed, "comment": amendment.comment}
    undecided = dict.fromkeys(("state", "decided_by", "decided", "reason", "modified"))
    former = edit.former(index, Turn.REVISED, decision, **earlier, **undecided)
    edit.set(index, **fields, history=(*amendment.history, former))
    said = [f"{amendment.id} revised; its earlier form stays on record"]
    if speaker(decision.by) != speaker(amendment.proposer):
        said.append(f"{amendment.id} was proposed by {amendment.proposer}, and revised by {decision.by}")
    if amendment.statements:
        said.append(f"{amendment.id}: what was said of it so far was of the earlier form")
    return Decided(edit.finish(), tuple(said))


def _reworded(edit: AmendmentsEdit, amendment: Amendment, text: str) -> dict[str, Any]:
    """Return the fields of an amendment that other words change."""
    if amendment.kind is AmendmentKind.ADD or amendment.state is AmendmentState.UNPLACED:
        edits = edits_between(amendment.original or "", text) if amendment.edits else ()
        return {"proposed": text, "edits": edits}
    if not amendment.kind.rewords:
        raise EditRefusedError(f"{amendment.id} is a {amendment.kind.value}: it has no words to revise")
    target = edit.text_of(amendment)
    if target is None:
        place = " ".join(filter(None, (amendment.record, amendment.field)))
        cure = f"say with `poa amend place {amendment.id}` what it is to"
        raise EditRefusedError(f"{amendment.id} cannot be revised: the plan has no {place}; {cure}")
    if target.traits.value is Value.LINKS:
        text = spelt(members(edit.in_ids(target, text)))
    if (target.text or "").split() == text.split():
        raise EditRefusedError(
            f"{target.record} {target.field} says that already; withdraw {amendment.id} instead"
        )
    return {
        "original": target.text,
        "proposed": text,
        "edits": edits_between(target.text or "", text),
        "rebased": None,
        "base": digests.Content(edit.plan_edit.plan).record(target.record),
    }
