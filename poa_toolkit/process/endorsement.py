"""Who endorsed which text, and what was put right in it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from poa_toolkit.model import Amendment, Endorsement, Plan


class OnRecord(NamedTuple):
    """What is on record of a text besides its words, in the order of the files."""

    endorsements: tuple[Endorsement, ...] = ()
    corrigenda: tuple[Amendment, ...] = ()
    """The corrigenda that were adopted since it was endorsed."""


NOTHING = OnRecord()


def on_record(plan: Plan, endorsements: Iterable[Endorsement], amendments: Iterable[Amendment]) -> OnRecord:
    """Give what is on record of the text of a plan's stage.

    An endorsement speaks of the baseline of one stage, so a stage without a baseline has none; a
    corrigendum is to an endorsed text, so without an endorsement there is none.
    """
    stage = plan.current_stage()
    frozen = stage.baseline if stage else None
    endorsed = tuple(each for each in endorsements if each.text == frozen)
    if not endorsed:
        return NOTHING
    return OnRecord(endorsed, tuple(each for each in amendments if is_corrigendum(each)))


def is_corrigendum(amendment: Amendment) -> bool:
    """Say whether an amendment is a corrigendum that was adopted."""
    return amendment.kind is AmendmentKind.CORRIGENDUM and amendment.is_adopted
