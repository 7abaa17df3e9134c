"""Print the amendments that wait into the document of the text, for the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.amend.collisions import collisions
from poa_toolkit.api.validate import astray
from poa_toolkit.document.amendments_report import AmendmentsOfPlan
from poa_toolkit.document.room import with_proposals
from poa_toolkit.errors import AstrayError, EditRefusedError
from poa_toolkit.model import AmendmentState
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from poa_toolkit.document.blocks import Document
    from poa_toolkit.document.room import ForRoom
    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Amendment, Plan

OPEN = "open"
"""What asks for every amendment that is open."""
_BY = "by "


class Wish(NamedTuple):
    """Which amendments to print."""

    named: tuple[str, ...]
    """Each ``open``, ``by NAME`` for those of proposers whose name holds that, or ids parted by commas."""
    decided: bool = False
    """Whether to tell of those that are decided too."""


class Chosen(NamedTuple):
    """The amendments of a text, and those that are to be printed into it."""

    table: AmendmentsOfPlan
    wanted: tuple[Amendment, ...]

    def printed(self, document: Document) -> ForRoom:
        """Print them into the document of the text. Raises AstrayError where none of them can be shown."""
        made = with_proposals(document, self.table, self.wanted)
        if len(made.left_out) == len(self.wanted):
            why = "; ".join(f"{name}: {said}" for name, said in made.left_out) or "no amendment is open"
            raise AstrayError(f"there is nothing to print into the text: {why}")
        return made


def chosen(project: Path, loaded: Loaded, plan: Plan, wish: Wish) -> Chosen:
    """Choose among the amendments of the working tree.

    `plan` is the text in the style it is printed in. Raises EditRefusedError for a name that means none.
    """
    table = AmendmentsOfPlan(
        plan,
        loaded.amendments,
        collisions(loaded.amendments, plan),
        loaded.label,
        astray(project, plan, loaded.amendments),
        loaded.broken,
    )
    return Chosen(table, tuple(_wanted(table.amendments, wish)))


def _wanted(amendments: Sequence[Amendment], wish: Wish) -> Iterator[Amendment]:
    """Return the amendments that are asked for, in the order of their files."""
    names = {name for each in wish.named for name in _ids(amendments, each)}
    for each in amendments:
        is_decided = each.state not in (*WAITING, AmendmentState.STALE, AmendmentState.UNPLACED)
        if each.id in names or (wish.decided and is_decided):
            yield each


def _ids(amendments: Sequence[Amendment], asked: str) -> Iterator[str]:
    """Return the ids of the amendments that a person asks for by one word, or several ids."""
    if asked.strip().lower() == OPEN:
        yield from (each.id for each in amendments if each.state is AmendmentState.OPEN)
        return
    if asked.strip().lower().startswith(_BY):
        name = asked.strip()[len(_BY) :].strip()
        found = [each for each in amendments if name.lower() in each.proposer.lower()]
        if not name or not found:
            near = did_you_mean(name, list(dict.fromkeys(each.proposer for each in amendments)))
            raise EditRefusedError(
                f'nobody of the name "{name}" proposes anything{"; " + near if near else ""}'
            )
        yield from (each.id for each in found if each.state is AmendmentState.OPEN)
        return
    by_id = {each.id.lower(): each for each in amendments}
    for name in filter(None, map(str.strip, asked.split(","))):
        amendment = by_id.get(name.lower())
        if amendment is None:
            near = did_you_mean(name, list(by_id))
            raise EditRefusedError(
                f'there is no amendment "{name}"{"; " + near if near else ""} '
                "(--amendments takes open, ids, or by NAME)"
            )
        yield amendment.id
