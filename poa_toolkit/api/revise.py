"""What people say of an amendment on the table, and the words that its proposer puts in place of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poa_toolkit.amend.amendment import WAITING, speaker, spoken
from poa_toolkit.api.decide import Decided
from poa_toolkit.api.propose import AmendmentsEdit, Decision
from poa_toolkit.api.refusals import closed, settled
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

_SAYS = {Stance.SUPPORT: "supported by", Stance.OPPOSE: "opposed by", Stance.REMARK: "remark of"}
_SAID = {Stance.SUPPORT: "supported", Stance.OPPOSE: "opposed"}


def speak(project: Path, names: Sequence[str], statement: Statement) -> Decided:
    """Put on record what somebody said of amendments; the text and the state of each stay as they are.

    What the same speaker said before stays on record; the later word stands. Raises EditRefusedError where
    one was decided already and `statement` is more than a remark, or where it is on record already.
    """
    edit, said = AmendmentsEdit(project), []
    for name in dict.fromkeys(names):
        index = edit.index_of(name)
        amendment = edit.amendments[index]
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
    """Say what the speaker had said before, where that was something else."""
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
    index = edit.index_of(name)
    amendment = edit.amendments[index]
    if amendment.state is AmendmentState.STALE:
        raise settled(amendment)
    if amendment.state not in (*WAITING, AmendmentState.UNPLACED):
        raise closed(amendment)
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
    target = edit.texts.get((amendment.record or "", amendment.field or ""))
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
