"""Amendments: the texts they are to, and what becomes of one when a text changes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.check import amendment_places
from poa_toolkit.diff import word_edits
from poa_toolkit.diff.word_edits import applied, edits_between
from poa_toolkit.model import AmendmentKind, Stance, Wording
from poa_toolkit.model.link_sets import members, set_fields, sets, spelt
from poa_toolkit.model.texts import PlanText, texts
from poa_toolkit.text.counting import shortened
from poa_toolkit.text.white_space import folded
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.model import Amendment, Plan, Statement, TextEdit


Target: TypeAlias = PlanText
"""A text that can be amended."""

Moved: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The members that come to a set, and those that go."""

WAITING = amendment_places.WAITING
"""The states in which an amendment can still be accepted."""

_SHOWN = 60


class Rebased(NamedTuple):
    """An amendment as it stands against the text of today."""

    amendment: Amendment
    """With its wording of today; as it was where it cannot be carried over."""
    stale: str = ""
    """Why it cannot; empty where it can."""


def targets(plan: Plan) -> dict[tuple[str, str], Target]:
    """Return every text of a plan that can be amended, by record and field, in printed order.

    That is what a document prints of the plan's own words, but for what only says where the work stands;
    and the sets that it prints, spelt as `model.link_sets` spells them.
    """
    found: dict[tuple[str, str], Target] = {}
    by_record: dict[str, list[Target]] = {}
    for each in sets(plan):
        by_record.setdefault(each.record, []).append(each)
    for record, of_record in groupby(texts(plan), key=lambda each: each.record):
        # what a record has besides its words follows these
        for each in (*of_record, *by_record.get(record, ())):
            if each.is_amendable:
                found[each.record, each.field] = each
    return found


def edits_of(amendment: Amendment) -> tuple[TextEdit, ...]:
    """Return the word edits of an amendment as it stands today, computed where it came without them."""
    wording = amendment.wording
    return wording.edits or edits_between(wording.original or "", wording.proposed or "")


def rebased(amendment: Amendment, now: str | None, changes: Sequence[TextEdit] | None = None) -> Rebased:
    """Carry an amendment to a text over to its words of today, `now`.

    `changes` are the edits that led there, where they are known; otherwise they are found by comparing.
    """
    if is_to_set(amendment):
        return _set_rebased(amendment, now)
    original, today = amendment.wording.original or "", now or ""
    if original == today:
        return Rebased(amendment)
    others = edits_between(original, today) if changes is None else changes
    found = word_edits.carried(original, edits_of(amendment), others)
    if found.obstacle is not None:
        return Rebased(amendment, told(found.obstacle))
    if not found.edits:
        return Rebased(amendment, "the text says so already")
    wording = Wording(original=now, proposed=applied(today, found.edits), edits=found.edits)
    return Rebased(amendment.model_copy(update={"rebased": wording}))


def is_to_set(amendment: Amendment) -> bool:
    """Return whether an amendment is to a set, whose members are added and taken out one by one."""
    return amendment.kind.rewords and amendment.field in set_fields()


def _set_rebased(amendment: Amendment, now: str | None) -> Rebased:
    """Carry an amendment to a set over to its members of today: what it adds and takes out stays that."""
    if (amendment.original or "") == (now or ""):
        return Rebased(amendment.model_copy(update={"rebased": None}))
    came, went = members_moved(amendment)
    since = moved(members(amendment.wording.original or ""), members(now or ""))
    if gone := in_place_of((came, went), since):
        return Rebased(amendment, f"“{gone}” became “{spelt(since[0])}”")
    today = members(now or "")
    new = spelt(
        (*(each for each in today if each not in went), *(each for each in came if each not in today))
    )
    if new == spelt(today):
        return Rebased(amendment, "the text says so already")
    if not new:
        return Rebased(amendment, "nothing that it keeps is there any more")
    wording = Wording(original=now, proposed=new, edits=edits_between(now or "", new))
    return Rebased(amendment.model_copy(update={"rebased": wording}))


def members_moved(amendment: Amendment) -> Moved:
    """Return the members that an amendment adds to a set, and those that it takes out.

    Those of its own words: in what it came to after others were accepted, what they did is left out.
    """
    return moved(members(amendment.original or ""), members(amendment.proposed or ""))


def moved(old: tuple[str, ...], new: tuple[str, ...]) -> Moved:
    """Return the members that come to a set, and those that go."""
    return tuple(each for each in new if each not in old), tuple(each for each in old if each not in new)


def in_place_of(mine: Moved, others: Moved) -> str:
    """Return the member in whose place two changes of a set put different ones; empty where they do not.

    Both together would put more in its place than anybody proposed.
    """
    rivals = mine[0] and others[0] and set(mine[0]) != set(others[0])
    return next((each for each in mine[1] if each in others[1]), "") if rivals else ""


def told(obstacle: TextEdit) -> str:
    """Return what an edit did to the words that another was about."""
    old, new = obstacle.deleted.strip(), obstacle.inserted.strip()
    if not old:
        return f'"{cut(new)}" was inserted where it would change the text'
    return f'the words "{cut(old)}" ' + (f'became "{cut(new)}"' if new else "were deleted")


def cut(text: str) -> str:
    """Return words as a sentence quotes them: cut where they are many."""
    return shortened(text, _SHOWN)


def width(amendment: Amendment) -> tuple[bool, int]:
    """Return how far an amendment goes from the text: removals furthest, then by words that go and come."""
    words = [
        each
        for edit in edits_of(amendment)
        for text in (edit.deleted, edit.inserted)
        for each in tokens(text)
    ]
    return amendment.kind is AmendmentKind.REMOVE, sum(not each.isspace() for each in words)


class Standpoints(NamedTuple):
    """Where a speaker stands on an amendment."""

    statement: Statement
    """The latest for or against it."""
    earlier: tuple[Statement, ...]
    """What the same speaker had said for or against it, the first first."""


def spoken(amendment: Amendment) -> tuple[Standpoints, ...]:
    """Return where each speaker stands, in the order in which they first spoke; remarks are left out."""
    by_speaker: dict[str, list[Statement]] = {}
    for each in amendment.statements:
        if each.stance is not Stance.REMARK:
            by_speaker.setdefault(speaker(each.by), []).append(each)
    found = (sorted(each, key=lambda one: (one.form, one.date)) for each in by_speaker.values())
    return tuple(Standpoints(each[-1], tuple(each[:-1])) for each in found)


def speaker(name: str) -> str:
    """Return what the name of a speaker is compared by."""
    return folded(name).casefold()
