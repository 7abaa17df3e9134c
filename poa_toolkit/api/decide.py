"""Decide on amendments: accept, reject, withdraw, defer. All or nothing; only what was decided changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.api.accept import Acceptance
from poa_toolkit.api.new import TO_DO
from poa_toolkit.api.propose import AmendmentsEdit, Decision
from poa_toolkit.api.refusals import closed
from poa_toolkit.model import AmendmentState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from poa_toolkit.api.plan_edit import Written

_SETTLED = (AmendmentState.STALE, AmendmentState.UNPLACED)
"""States in which an amendment cannot be accepted, but rejected or withdrawn."""


class Decided(NamedTuple):
    """What a decision did."""

    written: Written
    said: tuple[str, ...]
    """A line for each amendment that is not as it was."""


def put_aside(project: Path, names: Sequence[str], state: AmendmentState, decision: Decision) -> Decided:
    """Reject, withdraw or defer amendments: the plan's text stays as it is, to the byte."""
    edit, said = AmendmentsEdit(project), []
    for name in dict.fromkeys(names):
        index = edit.index_of(name)
        amendment = edit.amendments[index]
        if amendment.state not in (*WAITING, *_SETTLED):
            raise closed(amendment)
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
