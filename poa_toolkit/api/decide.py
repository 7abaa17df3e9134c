"""Decide on amendments: accept, reject, withdraw, defer. All or nothing; only what was decided changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.api.accept import Application
from poa_toolkit.api.new import TO_DO
from poa_toolkit.api.propose import Decision, Desk
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
    desk, said = Desk(project), []
    for name in dict.fromkeys(names):
        index = desk.index_of(name)
        amendment = desk.amendments[index]
        if amendment.state not in (*WAITING, *_SETTLED):
            raise closed(amendment)
        desk.decide(index, state, decision)
        said.append(f"{amendment.id} {state.value}")
    return Decided(desk.finish(), tuple(said))


def accept(
    project: Path, names: Sequence[str], decision: Decision, *, modified: str | None = None
) -> Decided:
    """Accept amendments, in the order given, and change the plan's text by exactly that.

    With `modified`, the text that was adopted in place of the one proposed. Others that wait on the
    same text are carried over to its new words, or marked as stale with the reason. Raises
    EditRefusedError, nothing written, where one cannot be accepted; InvalidPlanError where the plan
    would have a new error.
    """
    application = Application(Desk(project), decision, modified)
    for name in dict.fromkeys(names):
        application.accept(name)
    written = application.desk.finish(*application.records, left_to_do=TO_DO)
    return Decided(written, tuple(application.said))
