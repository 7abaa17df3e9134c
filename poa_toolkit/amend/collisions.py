"""Which amendments collide, and by what: every sentence is made from the two edits that it is about."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import (
    WAITING,
    Rebased,
    cut,
    edits_of,
    in_place_of,
    is_to_set,
    members_moved,
    rebased,
    targets,
)
from poa_toolkit.diff import word_edits
from poa_toolkit.diff.matching_blocks import blocks
from poa_toolkit.model import AmendmentKind
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.model import Amendment, Plan, TextEdit


class Collision(NamedTuple):
    """Two amendments that cannot both be accepted as they are."""

    first: str
    second: str
    why: str


def collisions(amendments: Iterable[Amendment], plan: Plan) -> tuple[Collision, ...]:
    """Return every two waiting amendments that touch the same words or the same place."""
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
    """Return why two amendments to one record collide; nothing where they do not."""
    kinds = {one.kind, two.kind}
    if AmendmentKind.COMMENT in kinds:
        return ""
    if AmendmentKind.MOVE in kinds and AmendmentKind.REMOVE not in kinds:
        return _with_move(one, two)
    if kinds == {AmendmentKind.ADD}:
        same = _destination(one) == _destination(two)
        return "both add at the same place" if same else ""
    if AmendmentKind.REMOVE in kinds:
        return _with_removal(one, two, known)
    if AmendmentKind.ADD in kinds or one.field != two.field:
        return ""
    target = known.get((one.record or "", one.field or ""))
    return _in_words(one, two, target.text if target else None)


def _destination(amendment: Amendment) -> tuple[str | None, ...]:
    """Return where something that is new or moved would stand."""
    return amendment.record, amendment.section, amendment.under, amendment.after


def _with_move(one: Amendment, two: Amendment) -> str:
    """Return whether two amendments move one text to different places; its words can change all the same."""
    if one.kind is not two.kind or one.field != two.field:
        return ""
    same = _destination(one) == _destination(two)
    return "both propose the same" if same else "both move the same"


_OTHER_DOES = {AmendmentKind.ADD: "adds to", AmendmentKind.MOVE: "moves"}


def _with_removal(one: Amendment, two: Amendment, known: dict[tuple[str, str], Target]) -> str:
    # the removal of a text is that of its record, points and all; of a point, that of its sub-points too
    whole = [
        each
        for each, other in ((one, two), (two, one))
        if each.kind is AmendmentKind.REMOVE and _holds(each, other, known)
    ]
    if one.field != two.field and not whole:
        return ""
    if one.kind is two.kind:
        if len(whole) != 1:
            return "both remove the same"
        part = two if whole[0] is one else one
        return f"{whole[0].id} removes the whole of which {part.id} removes a part"
    removal, other = (one, two) if one.kind is AmendmentKind.REMOVE else (two, one)
    return f"{removal.id} removes what {other.id} {_OTHER_DOES.get(other.kind, 'changes')}"


def _holds(removal: Amendment, other: Amendment, known: dict[tuple[str, str], Target]) -> bool:
    """Return whether an amendment removes the whole of which another is to a part."""
    if removal.field in (None, "text"):
        return True
    above = known.get((removal.record or "", removal.field or ""))
    if above is None:
        return False
    touched = (known.get((other.record or "", each or "")) for each in (other.field, f"points.{other.after}"))
    inside = (*above.at[:-1], "points")
    is_below = any(each is not None and each.at[: len(inside)] == inside for each in touched)
    return is_below or f"points.{other.under}" == removal.field


def _in_words(one: Amendment, two: Amendment, now: str | None) -> str:
    if is_to_set(one):
        return _in_members(one, two)
    first, second = rebased(one, now), rebased(two, now)
    if first.stale or second.stale:
        if one.wording.original != two.wording.original:
            return ""
        first, second = Rebased(one), Rebased(two)
    mine, others = edits_of(first.amendment), edits_of(second.amendment)
    text = first.amendment.wording.original or ""
    why = why_words(text, mine, others)
    return "both propose the same" if why and mine == others else why


def _in_members(one: Amendment, two: Amendment) -> str:
    """Return whether two amendments to a set propose the same, or put other members in the place of one."""
    mine, others = members_moved(one), members_moved(two)
    if tuple(map(set, mine)) == tuple(map(set, others)):
        return "both propose the same"
    gone = in_place_of(mine, others)
    return f"both put something else in the place of “{gone}”" if gone else ""


# --- words ------------------------------------------------------------------------------------


def why_words(text: str, mine: Sequence[TextEdit], others: Sequence[TextEdit]) -> str:
    """Return by what two rewordings of one text collide; empty where they do not.

    That both change a word is said only where neither keeps it.
    """
    pairs = [
        (_Rewording(text, edit), _Rewording(text, other))
        for edit, other in word_edits.clashes(text, mine, others)
    ]
    found = (_both_change(text, one, two) for one, two in pairs)
    return next(filter(None, found), "") or next((_apart(text, *pair) for pair in pairs), "")


class _Part(NamedTuple):
    """What an edit does at one place, the words left out that it keeps."""

    start: int
    end: int
    """Of the whole words that go; equal where it only puts something in."""
    puts: bool
    """Whether words come."""


class _Rewording:
    """A word edit, and what it really changes."""

    def __init__(self, text: str, edit: TextEdit) -> None:
        [self.touched] = word_edits.touched(text, (edit,))
        self.parts = tuple(_parts(text, edit, self.touched.start, self.touched.end))
        self.words = text[self.touched.start : self.touched.end].strip()


def _parts(text: str, edit: TextEdit, start: int, end: int) -> Iterator[_Part]:
    """Return the places of the whole words from `start` to `end` that an edit changes."""
    after = text[start : edit.offset] + edit.inserted + text[edit.offset + len(edit.deleted) : end]
    old, new = tokens(text[start:end]), tokens(after)
    for block in blocks(old, new):
        if not block.equal:
            gone = "".join(old[block.old : block.old_end])
            at = start + len("".join(old[: block.old]))
            first, last = at + len(gone) - len(gone.lstrip()), at + len(gone.rstrip())
            came = "".join(new[block.new : block.new_end]).strip()
            yield _Part(first, max(first, last), bool(came))


def _both_change(text: str, one: _Rewording, two: _Rewording) -> str:
    for mine, other in product(one.parts, two.parts):
        words = text[max(mine.start, other.start) : min(mine.end, other.end)].strip()
        if words:
            return f'both change "{cut(words)}"'
    return ""


def _apart(text: str, one: _Rewording, two: _Rewording) -> str:
    """Return how two edits that change no word in common meet."""
    met = [pair for pair in product(one.parts, two.parts) if _meet(text, *pair)]
    if not met:
        return _round(one, two)
    left, right = sorted(met[0])
    words = [cut(text[each.start : each.end]) for each in (left, right)]
    if all(words):
        return f'"{words[0]}" and "{words[1]}" stand side by side'
    if not any(words):
        same = "insert" if left.puts and right.puts else "change the space"
        return f"both {same} at the same place"
    changes, puts = (left, right) if words[0] else (right, left)
    where = "into" if changes.start < puts.start < changes.end else "beside"
    what = "puts words" if puts.puts else "changes the space"
    return f'one changes "{words[0] or words[1]}", the other {what} {where} it'


def _meet(text: str, one: _Part, two: _Part) -> bool:
    return not text[min(one.end, two.end) : max(one.start, two.start)].strip()


def _round(one: _Rewording, two: _Rewording) -> str:
    """Say that an edit rewrites a passage, with words that it keeps, in or beside which the other stands."""
    first, second = (one, two) if one.words else (two, one)
    other = f'rewrites "{cut(second.words)}"' if second.words else "puts words beside what it keeps"
    return f'one rewrites "{cut(first.words)}", the other {other}'
