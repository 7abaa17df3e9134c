"""Amendments: the texts they are to, which of them collide, and what becomes of one when a text changes."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.check import whereabouts
from poa_toolkit.model import Amendment, AmendmentKind, TextEdit, Wording
from poa_toolkit.model.sets import members, set_fields, sets, spelt
from poa_toolkit.model.texts import PlanText, texts
from poa_toolkit.process import word_edits
from poa_toolkit.process.revisions import WordEdit, applied, edits_between
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from poa_toolkit.model import Plan

Target: TypeAlias = PlanText
"""A text that can be amended."""

WAITING = whereabouts.WAITING
"""The states in which an amendment can still be accepted."""

_SHOWN = 60


class Rebased(NamedTuple):
    """An amendment as it stands against the text of today."""

    amendment: Amendment
    """With its wording of today; as it was where it cannot be carried over."""
    stale: str = ""
    """Why it cannot; empty where it can."""


class Collision(NamedTuple):
    """Two amendments that cannot both be accepted as they are."""

    first: str
    second: str
    why: str


def targets(plan: Plan) -> dict[tuple[str, str], Target]:
    """Give every text of a plan that can be amended, by record and field, in printed order.

    That is what a document prints of the plan's own words, but for what only says where the work stands;
    and the sets that it prints, spelt as `model.sets` spells them.
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


def edits_of(amendment: Amendment) -> tuple[WordEdit, ...]:
    """Give the word edits of an amendment as it stands today, computed where it came without them."""
    wording = amendment.wording
    if wording.edits:
        return tuple(WordEdit(each.offset, each.deleted, each.inserted) for each in wording.edits)
    return edits_between(wording.original or "", wording.proposed or "")


def written(edits: Iterable[WordEdit]) -> tuple[TextEdit, ...]:
    """Give word edits as an amendment holds them."""
    return tuple(TextEdit(**each._asdict()) for each in edits)


def rebased(amendment: Amendment, now: str | None, changes: Sequence[WordEdit] | None = None) -> Rebased:
    """Carry an amendment to a text over to its words of today, `now`.

    `changes` are the edits that led there, where they are known; otherwise they are found by comparing.
    """
    original, today = amendment.wording.original or "", now or ""
    if original == today:
        return Rebased(amendment)
    if is_to_set(amendment):
        return _set_rebased(amendment, now)
    others = edits_between(original, today) if changes is None else changes
    found = word_edits.carried(original, edits_of(amendment), others)
    if found.obstacle is not None:
        return Rebased(amendment, _told(found.obstacle))
    if not found.edits:
        return Rebased(amendment, "the text says so already")
    wording = Wording(original=now, proposed=applied(today, found.edits), edits=written(found.edits))
    return Rebased(amendment.model_copy(update={"rebased": wording}))


def is_to_set(amendment: Amendment) -> bool:
    """Say whether an amendment is to a set, whose members are added and taken out one by one."""
    return amendment.kind.rewords and amendment.field in set_fields()


def _set_rebased(amendment: Amendment, now: str | None) -> Rebased:
    """Carry an amendment to a set over to its members of today: what it adds and takes out stays that."""
    came, went = _moved_members(amendment)
    today = members(now or "")
    new = spelt(
        (*(each for each in today if each not in went), *(each for each in came if each not in today))
    )
    if new == spelt(today):
        return Rebased(amendment, "the text says so already")
    edits = written(edits_between(now or "", new))
    wording = Wording(original=now, proposed=new or None, edits=edits)
    return Rebased(amendment.model_copy(update={"rebased": wording}))


def _moved_members(amendment: Amendment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the members that an amendment adds to a set, and those that it takes out."""
    wording = amendment.wording
    old, new = members(wording.original or ""), members(wording.proposed or "")
    return tuple(each for each in new if each not in old), tuple(each for each in old if each not in new)


def _told(obstacle: WordEdit) -> str:
    old, new = obstacle.deleted.strip(), obstacle.inserted.strip()
    if not old:
        return f'"{_cut(new)}" was inserted where it would change the text'
    return f'the words "{_cut(old)}" ' + (f'became "{_cut(new)}"' if new else "were deleted")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def collisions(amendments: Iterable[Amendment], plan: Plan) -> tuple[Collision, ...]:
    """Give every two waiting amendments that touch the same words or the same place."""
    known = targets(plan)
    waiting = [each for each in amendments if each.state in WAITING]
    by_home: dict[str, list[Amendment]] = {}
    for each in waiting:
        by_home.setdefault(each.record or f"{each.section}/{each.after}", []).append(each)
    return tuple(
        Collision(one.id, two.id, why)
        for group in by_home.values()
        for one, two in combinations(group, 2)
        if (why := _collide(one, two, known))
    )


def _collide(one: Amendment, two: Amendment, known: dict[tuple[str, str], Target]) -> str:
    """Say why two amendments to one record collide; nothing where they do not."""
    kinds = {one.kind, two.kind}
    if AmendmentKind.COMMENT in kinds:
        return ""
    if AmendmentKind.MOVE in kinds and AmendmentKind.REMOVE not in kinds:
        return _with_move(one, two)
    if kinds == {AmendmentKind.ADD}:
        same = (one.record, one.section, one.after) == (two.record, two.section, two.after)
        return "both add at the same place" if same else ""
    if AmendmentKind.REMOVE in kinds:
        return _with_removal(one, two)
    if AmendmentKind.ADD in kinds or one.field != two.field:
        return ""
    target = known.get((one.record or "", one.field or ""))
    return _in_words(one, two, target.text if target else None)


def _with_move(one: Amendment, two: Amendment) -> str:
    """Say whether two amendments move one text to different places; its words can change all the same."""
    if one.kind is not two.kind or one.field != two.field:
        return ""
    same = (one.section, one.after) == (two.section, two.after)
    return "both propose the same" if same else "both move the same"


def _with_removal(one: Amendment, two: Amendment) -> str:
    both = one.kind is two.kind
    # the removal of a text is that of its record, points and all
    whole = [
        each for each in (one, two) if each.kind is AmendmentKind.REMOVE and each.field in (None, "text")
    ]
    if one.field != two.field and not whole:
        return ""
    if both:
        return "both remove the same"
    removal, other = (one, two) if one.kind is AmendmentKind.REMOVE else (two, one)
    return f"{removal.id} removes what {other.id} changes"


def _in_words(one: Amendment, two: Amendment, now: str | None) -> str:
    if is_to_set(one):
        same = _moved_members(one) == _moved_members(two)
        return "both propose the same" if same else ""
    first, second = rebased(one, now), rebased(two, now)
    if first.stale or second.stale:
        if one.wording.original != two.wording.original:
            return ""
        first, second = Rebased(one), Rebased(two)
    mine, others = edits_of(first.amendment), edits_of(second.amendment)
    text = first.amendment.wording.original or ""
    pairs = list(word_edits.clashes(text, mine, others))
    if not pairs:
        return ""
    if mine == others:
        return "both propose the same"
    edit, other = pairs[0]
    words = edit.deleted.strip() or other.deleted.strip()
    if edit.deleted and other.deleted and word_edits.are_neighbours(text, edit, other):
        return f'"{_cut(edit.deleted.strip())}" and "{_cut(other.deleted.strip())}" stand side by side'
    return f'both change "{_cut(words)}"' if words else "both insert at the same place"


def width(amendment: Amendment) -> tuple[bool, int]:
    """Say how far an amendment goes from the text: removals furthest, then by the words that go and come."""
    words = [
        each
        for edit in edits_of(amendment)
        for text in (edit.deleted, edit.inserted)
        for each in tokens(text)
    ]
    return amendment.kind is AmendmentKind.REMOVE, sum(not each.isspace() for each in words)
