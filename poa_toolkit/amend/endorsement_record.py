"""What is on record of a text besides its words: who endorsed it, what was put right, what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.check.rulebook import Lacking
    from poa_toolkit.model import Amendment, Endorsement, Plan


class EndorsementRecord(NamedTuple):
    """What is on record of a text besides its words, in the order of the files."""

    endorsements: tuple[Endorsement, ...] = ()
    corrigenda: tuple[Amendment, ...] = ()
    """The corrigenda that were adopted since it was endorsed."""
    lacking: tuple[Lacking, ...] = ()
    """What it still lacks for its stage."""
    notice: str = ""
    """The notice of its stage, where that was written after the text was frozen."""


NOTHING = EndorsementRecord()


def on_record(
    plan: Plan, endorsements: Iterable[Endorsement], amendments: Iterable[Amendment]
) -> EndorsementRecord:
    """Return what is on record of the text of a plan's stage.

    An endorsement speaks of the baseline of one stage, so a stage without a baseline has none; a
    corrigendum is to an endorsed text, so without an endorsement there is none.
    """
    stage = plan.current_stage()
    frozen = stage.baseline if stage else None
    endorsed = tuple(each for each in endorsements if each.text == frozen)
    if not endorsed:
        return NOTHING
    return EndorsementRecord(endorsed, tuple(each for each in amendments if is_corrigendum(each)))


def notice_of_stage(plan: Plan, record: EndorsementRecord) -> str:
    """Return the notice that was written for the stage of a text; empty where none was."""
    stage = plan.current_stage()
    return record.notice or (stage.notice if stage else None) or ""


def is_withheld(plan: Plan, record: EndorsementRecord) -> bool:
    """Return whether the cover leaves out the notice of the plan.

    That notice speaks of no stage, and so knows nothing of an endorsement of this text.
    """
    return bool(plan.notice and record.endorsements and not notice_of_stage(plan, record))


def is_corrigendum(amendment: Amendment) -> bool:
    """Return whether an amendment is a corrigendum that was adopted."""
    return amendment.kind is AmendmentKind.CORRIGENDUM and amendment.is_adopted
