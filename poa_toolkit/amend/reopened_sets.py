"""A decision on a set taken back: what its members are then, with the other decisions as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import members_moved, moved
from poa_toolkit.model import Turn
from poa_toolkit.model.amendments import before_reopening
from poa_toolkit.model.link_sets import members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.model import Amendment


class _Moves(NamedTuple):
    """What one decision does to a set."""

    name: str
    came: frozenset[str]
    went: frozenset[str]

    def does(self, member: str, puts_in: bool) -> bool:  # noqa: FBT001 - which of the two
        return member in (self.came if puts_in else self.went)


class ReopenedSet(NamedTuple):
    """A set without what one decision did to it."""

    members: tuple[str, ...]
    obstacles: tuple[str, ...] = ()
    """The amendments that would have to be reopened first, where what comes of it is not certain."""
    about: str = ""
    """The member that they are about."""


def without(was: Amendment, others: Sequence[Amendment], now: Sequence[str]) -> ReopenedSet:
    """Return the members `now` of a set without what the adopted amendment `was` did to it.

    That is what the adopted among `others`, the other amendments to this set, make of the members of
    before: a member that `was` added stays where another adds it too, one that it took out stays out where
    another takes it out. All amendments hold ids.
    """
    mine = _moves(was)
    adopted = [_moves(each) for each in others if each.is_adopted]
    before, _ = _texts(was)
    former = _former(was, others)
    back: list[str] = []
    gone: set[str] = set()
    for member in dict.fromkeys((*before, *sorted(mine.went), *sorted(mine.came))):
        puts_in = member in mine.came
        if not (puts_in or member in mine.went) or (member in now) != puts_in:
            # what another decided later stands
            continue
        same = any(each.does(member, puts_in) for each in adopted)
        contrary = tuple(each.name for each in adopted if each.does(member, not puts_in))
        if same and contrary:
            return ReopenedSet(tuple(now), contrary, member)
        made = (member in before) != puts_in
        # what was there by a decision taken back since is not what was there before all of them
        by_former = any(each.does(member, puts_in != made) for each in former)
        if same or (not contrary and made == by_former):
            continue
        if puts_in:
            gone.add(member)
        else:
            back.append(member)
    new = (*(each for each in now if each not in gone), *back)
    return ReopenedSet(before if set(new) == set(before) else new)


def _texts(amendment: Amendment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the members that an adopted amendment found, and those that it left."""
    return members(amendment.wording.original or ""), members(amendment.adopted or "")


def _moves(amendment: Amendment) -> _Moves:
    """Return what an adopted amendment does: as it proposed, or by what was adopted in its place."""
    is_own = amendment.modified is None
    came, went = members_moved(amendment) if is_own else moved(*_texts(amendment))
    return _Moves(amendment.id, frozenset(came), frozenset(went))


def _former(was: Amendment, others: Sequence[Amendment]) -> tuple[_Moves, ...]:
    """Return what those decisions had done that stood when `was` was decided, and were taken back since."""
    return tuple(
        _moves(before_reopening(each, former))
        for each in others
        for former in each.history
        if former.turn is Turn.REOPENED
        and former.proposed is not None
        and (was.decided is None or former.date >= was.decided)
    )
