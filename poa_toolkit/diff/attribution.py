"""Who proposed the words that changed: adopted amendments, as far as the change shows their very words.

A text is led from its old version to the new one through the texts that were adopted on the way; each
character keeps who put it in, or who took it out. What no adopted amendment did is ascribed to nobody.
"""

from __future__ import annotations

from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from poa_toolkit.diff.change import Edit, Kind, Segment
from poa_toolkit.diff.matching_blocks import blocks
from poa_toolkit.diff.words import segments
from poa_toolkit.model import Amendment, AmendmentKind, AmendmentState
from poa_toolkit.model.link_sets import members
from poa_toolkit.text.brackets import shown
from poa_toolkit.text.white_space import folded
from poa_toolkit.text.words import tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.diff.change import Change
    from poa_toolkit.diff.matching_blocks import Block

_WORDS = frozenset((Kind.REWORDED, Kind.BRACKET_OPENED, Kind.BRACKET_RESOLVED, Kind.FIELD))
_CAME = frozenset((Kind.ADDED, Kind.SPLIT, Kind.MERGED))
_GONE = frozenset((Kind.REMOVED, Kind.WITHDRAWN))
_WITH_REMOVAL = frozenset(("status", "reason"))
"""Fields that an adopted removal sets in the action that it withdraws."""


class Stayed(Enum):
    """Marks a character that stood in the old text and stands in the new one."""

    STAYED = "stayed"


STAYED: Final = Stayed.STAYED
Whose: TypeAlias = "Amendment | Stayed | None"
"""An adopted amendment; None: nobody on record."""


class Credits(NamedTuple):
    """Whose each character of a text is, white space left out."""

    old: tuple[Whose, ...]
    """Who took each character of the old text out."""
    new: tuple[Whose, ...]
    """Who put each character of the new text in."""


class Ascribed(NamedTuple):
    """The amendments that a change shows."""

    amendments: tuple[Amendment, ...] = ()
    """In the order in which they were decided."""
    whole: bool = False
    """Whether every word that changed is theirs."""


NOBODY = Ascribed()


def ascribed(change: Change, adopted: Sequence[Amendment]) -> Ascribed:
    """Return the amendments whose words a change shows.

    `adopted` are those that were adopted between the two versions compared. The words of a record that
    came are its text and what else stands in it; one that went has no more than its removal.
    """
    mine = [each for each in adopted if each.record == change.record]
    if not mine:
        return NOBODY
    if change.kind in _GONE or change.kind is Kind.MOVED or change.field in _WITH_REMOVAL:
        made = _moves if change.kind is Kind.MOVED else _removes
        found = tuple(each for each in mine if made(each, change))
        return Ascribed(found, bool(found))
    if change.kind in _CAME:
        text, _, more = str(change.new or "").partition("\n")
        came = _shown("", text, to_field(mine, text_field(change)))
        return came._replace(whole=came.whole and not more)
    if isinstance(change.old, tuple) and isinstance(change.new, tuple):
        return _of_members(change.old, change.new, to_field(mine, change.field))
    if change.kind in _WORDS and not isinstance(change.old, tuple) and not isinstance(change.new, tuple):
        old, new = (shown(each or "") for each in (change.old, change.new))
        return _shown(old, new, to_field(mine, text_field(change)))
    return NOBODY


def _of_members(old: Sequence[str], new: Sequence[str], adopted: Sequence[Amendment]) -> Ascribed:
    """Return the amendments that put members into a set or took them out, and whether nobody else did."""
    whose: dict[str, Amendment | None] = {}
    in_order = _in_order(adopted)
    for amendment in in_order:
        wording = amendment.wording
        was, wanted, now = (
            set(members(each or "")) for each in (wording.original, wording.proposed, amendment.adopted)
        )
        whose |= dict.fromkeys(wanted ^ now) | dict.fromkeys(was ^ wanted, amendment)
    changed = [whose.get(each) for each in (*old, *new) if (each in old) != (each in new)]
    if not changed and in_order and members(in_order[-1].adopted or "") == tuple(new):
        # the same members in the order that an amendment gave them
        changed = [in_order[-1]]
    named = [each for each in in_order if each in changed]
    return Ascribed(tuple(named), bool(named) and None not in changed)


def text_field(change: Change) -> str:
    """Name the field whose words a change shows; of a whole record, its text."""
    return change.field or "text"


def to_field(adopted: Iterable[Amendment], field: str) -> list[Amendment]:
    """Return the amendments to one text of a record: those that reword it, and the one that added it."""
    return [
        each
        for each in adopted
        if (each.kind.rewords and each.field == field)
        or (each.kind is AmendmentKind.ADD and (each.field or "text") == field)
    ]


def _removes(amendment: Amendment, change: Change) -> bool:
    if amendment.kind is not AmendmentKind.REMOVE:
        return False
    return amendment.field in (None, "text") or change.field in amendment.takes_out


def _moves(amendment: Amendment, change: Change) -> bool:
    # the change is of the order among others, or of the section
    field = change.field.rpartition(".")[0] or "text"
    return amendment.kind is AmendmentKind.MOVE and (amendment.field or "text") == field


def credits_of(old: str, new: str, adopted: Sequence[Amendment]) -> Credits:
    """Return whose each changed character is, where `adopted` were adopted on the way from `old` to `new`.

    Both are texts as a reader sees them.
    """
    way = _Way(old)
    left = _in_order(adopted)
    while left:
        # each takes the text up where the one before it left it, wherever that can be told
        amendment = next((each for each in left if _same(_original(each), way.text)), left[0])
        left.remove(amendment)
        way.adopt(amendment)
    way.step(new, None)
    return Credits(tuple(way.gone), tuple(STAYED if isinstance(each, int) else each for each in way.made))


def _in_order(adopted: Iterable[Amendment]) -> list[Amendment]:
    return sorted(adopted, key=lambda each: (each.decided is not None, each.decided))


def _original(amendment: Amendment) -> str:
    return shown(amendment.wording.original or "")


def _asked(amendment: Amendment) -> str:
    """Return the text that an amendment asks for, of the words it was decided on.

    Where its words had gone before, and another text was adopted in their place, that is what it had asked
    for of the change that was made then: what others had changed in the meantime it did not ask to undo.
    """
    wording = amendment.wording
    is_modified = amendment.state is AmendmentState.MODIFIED
    if not (is_modified and amendment.rebased and amendment.edits and not wording.edits):
        return shown(wording.proposed or "")
    wanted = {(each.edit, word) for each in _own_edits(amendment) for word in tokens(each.text)}
    made = segments(_original(amendment), shown(amendment.modified or ""))
    kept = (
        token
        for each in made
        for token in tokens(each.text)
        if each.edit is Edit.SAME or ((each.edit, token) in wanted) is (each.edit is Edit.INSERTED)
    )
    return " ".join(" ".join(kept).split())


def _own_edits(amendment: Amendment) -> Iterator[Segment]:
    made = segments(shown(amendment.original or ""), shown(amendment.proposed or ""))
    return (each for each in made if each.edit is not Edit.SAME)


def _same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


class _Way:
    """A text on its way, and what became of each character of the one it began as."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.made: list[int | Amendment | None] = list(range(_size(text)))
        """Of each character: its place in the first text, or who put it in since."""
        self.gone: list[Whose] = [STAYED] * len(self.made)

    def adopt(self, amendment: Amendment) -> None:
        """Do what an amendment did: put in the words it asked for, then those that were adopted instead."""
        original, asked = _original(amendment), _asked(amendment)
        adopted = shown(amendment.modified or "") if amendment.state is AmendmentState.MODIFIED else asked
        # one that was adopted in another clone knows nothing of those that were adopted before it here
        if not _same(original, self.text) and (here := _carried(self.text, original, asked)) is not None:
            there = _carried(here, asked, adopted)
            if there is not None:
                self.step(here, amendment)
                self.step(there, None)
                return
        self.step(original, None)
        self.step(asked, amendment)
        self.step(adopted, None)

    def step(self, text: str, by: Amendment | None) -> None:
        """Turn the text into another, by an amendment or by nobody."""
        made: list[int | Amendment | None] = []
        at = 0
        for equal, went, came in _changes(self.text, text):
            stretch = self.made[at : at + went]
            at += went
            if equal:
                made += stretch
                continue
            made += [by] * came
            for place in stretch:
                if isinstance(place, int):
                    self.gone[place] = by
        self.text, self.made = text, made


def _carried(text: str, old: str, new: str) -> str | None:
    """Return `text` with the change from `old` to `new`; None where its words do not stand there."""
    carried, before, after = map(words, (text, old, new))
    there = {
        block.old + at: block.new + at
        for block in blocks(before, carried)
        if block.equal
        for at in range(block.old_end - block.old)
    }
    for block in reversed(blocks(before, after)):
        if not block.equal:
            start = _start(block, there)
            places = [there.get(at) for at in range(block.old, block.old_end)]
            if start is None or places != [*range(start, start + len(places))]:
                return None
            carried[start : start + len(places)] = after[block.new : block.new_end]
    return " ".join(carried)


def _start(block: Block, there: Mapping[int, int]) -> int | None:
    """Return where a change begins in another text: at its words, or else between those around it."""
    if not block.inserts:
        return there.get(block.old)
    if block.old - 1 in there or not block.old:
        return there.get(block.old - 1, -1) + 1
    return there.get(block.old_end)


def _changes(old: str, new: str) -> Iterator[tuple[bool, int, int]]:
    """Return what is equal in two texts and what is not, with the characters of both.

    What a reader is shown as one change may have words in it that stayed; here they are told apart.
    """
    for is_same, group in groupby(segments(old, new), key=lambda each: each.edit is Edit.SAME):
        edits = list(group)
        if is_same:
            size = sum(_size(each.text) for each in edits)
            yield True, size, size
            continue
        mine, theirs = (_words(edits, edit) for edit in (Edit.DELETED, Edit.INSERTED))
        for block in blocks(mine, theirs):
            went, came = mine[block.old : block.old_end], theirs[block.new : block.new_end]
            yield block.equal, sum(map(_size, went)), sum(map(_size, came))


def _words(edits: Iterable[Segment], edit: Edit) -> list[str]:
    return [word for each in edits if each.edit is edit for word in words(each.text)]


def _size(text: str) -> int:
    return sum(not each.isspace() for each in text)


def shares(edits: Iterable[Segment], found: Credits) -> Iterator[tuple[Segment, Whose]]:
    """Part the edits of a text by whose they are."""
    old = new = 0
    for segment in edits:
        size = _size(segment.text)
        if segment.edit is Edit.SAME:
            yield segment, STAYED
        else:
            whose, at = (found.old, old) if segment.edit is Edit.DELETED else (found.new, new)
            for amendment, text in pieces(segment.text, whose[at : at + size]):
                yield Segment(segment.edit, text, segment.moved), amendment
        old += size * (segment.edit is not Edit.INSERTED)
        new += size * (segment.edit is not Edit.DELETED)


def pieces(text: str, whose: Sequence[Whose]) -> Iterator[tuple[Whose, str]]:
    """Part a stretch of text by whose its characters are; white space goes with what stands before it."""
    names = iter(whose)
    last: Whose = whose[0] if whose else None
    marked: list[tuple[Whose, str]] = []
    for each in text:
        last = last if each.isspace() else next(names)
        marked.append((last, each))
    for _, group in groupby(marked, key=lambda each: getattr(each[0], "id", each[0])):
        stretch = list(group)
        yield stretch[0][0], "".join(each for _, each in stretch)


def _shown(old: str, new: str, adopted: Sequence[Amendment]) -> Ascribed:
    """Return the amendments whose words stand in the edits of a text, and whether nobody else's do."""
    if not adopted:
        return NOBODY
    found = credits_of(old, new, adopted)
    # a word that stayed may be shown with the changes round it, and is nobody's change
    changed = [
        whose
        for segment, whose in shares(segments(old, new), found)
        if whose is not STAYED and segment.text.strip()
    ]
    named = {each.id for each in changed if isinstance(each, Amendment)}
    in_order = (each for each in _in_order(adopted) if each.id in named)
    return Ascribed(tuple(in_order), bool(named) and None not in changed)
