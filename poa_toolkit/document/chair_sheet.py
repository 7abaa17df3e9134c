"""The chair's order of consideration: by paragraph, collisions together, the widest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import WAITING, width
from poa_toolkit.document.amendments_report import (
    DOES,
    AmendmentsOfPlan,
    AmendmentView,
    reasons,
    report,
    said_of,
    words_of,
)
from poa_toolkit.document.report_blocks import body, heading, part, quote
from poa_toolkit.document.runs import Inserted
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.amend.collisions import Collision
    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.model import Amendment

_BOX = "\N{BALLOT BOX}"
_NOTED = f"{_BOX} noted"
_ROOM = f"Decision:  {_BOX} accepted  {_BOX} modified  {_BOX} rejected  {_BOX} withdrawn  {_BOX} deferred"


def sheet(table: AmendmentsOfPlan) -> Document:
    """Lay out the chair's order of consideration: by paragraph, collisions together, the widest first."""
    view = AmendmentView(table)
    groups = _in_order(view)
    waiting = [each for group in groups for each in group]
    lead = f"{many(len(waiting), 'amendment')} to consider, {many(len(table.collisions), 'collision')}."
    parts = [part(body(lead))]
    parts += [part(*_item(number, group, view)) for number, group in enumerate(groups, start=1)]
    homeless = [each for each in table.amendments if each.state is AmendmentState.UNPLACED]
    if homeless:
        listed = (block for each in homeless for block in _plain(each, view))
        parts.append(part(heading("Without a place in the text"), *listed))
    return report(table, "Order of consideration", parts)


def consideration(table: AmendmentsOfPlan) -> tuple[str, ...]:
    """Return the amendments that wait for a decision in the order in which they are considered, by id."""
    return tuple(each.id for group in _in_order(AmendmentView(table)) for each in group)


def _in_order(view: AmendmentView) -> list[tuple[Amendment, ...]]:
    waiting = [each for each in view.table.amendments if each.state in WAITING]
    groups = _groups(waiting, view.table.collisions, view)
    return sorted(groups, key=lambda group: min(map(view.place, group)))


def _plain(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    yield heading(f"{amendment.id}, {amendment.proposer}", 2)
    if amendment.proposed:
        yield quote(Inserted(amendment.proposed))
    yield from said_of(amendment, view)


def _groups(
    waiting: Sequence[Amendment], collisions: Iterable[Collision], view: AmendmentView
) -> Iterator[tuple[Amendment, ...]]:
    """Return what is to one text together, and what collides with it; the widest first."""
    by_text: dict[tuple[int, int], str] = {}
    placed = [each for each in waiting if view.target(each) is not None]
    pairs = [(by_text.setdefault(view.place(each), each.id), each.id) for each in placed]
    pairs += [(each.first, each.second) for each in collisions]
    group_of = {one.id: {one.id} for one in waiting}
    for first, second in pairs:
        joined = group_of[first] | group_of[second]
        group_of.update(dict.fromkeys(joined, joined))
    seen: set[str] = set()
    for one in waiting:
        if one.id not in seen:
            group = [other for other in waiting if other.id in group_of[one.id]]
            seen |= group_of[one.id]
            yield tuple(sorted(group, key=width, reverse=True))


def _item(number: int, group: Sequence[Amendment], view: AmendmentView) -> Iterator[Block]:
    first = min(group, key=view.place)
    title = view.where(first)
    yield heading(title[:1].upper() + title[1:], number=f"{number}.")
    target = view.target(first)
    if target is not None and target.text and first.kind is not AmendmentKind.ADD:
        yield body("The text:")
        yield quote(target.text, record=target.record, field=target.field)
    names = {each.id for each in group}
    collisions = [each for each in view.table.collisions if each.first in names]
    if collisions:
        yield reasons(collisions)
    for each in group:
        what = DOES[each.kind] if each.kind is AmendmentKind.ADD else f"{DOES[each.kind]}, {view.where(each)}"
        yield heading(f"{each.id}: {what}; {each.proposer}", 2)
        yield from words_of(each, view)
        yield from said_of(each, view)
        yield body(_NOTED if each.kind is AmendmentKind.COMMENT else _ROOM)
