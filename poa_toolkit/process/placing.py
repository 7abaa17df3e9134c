"""From a returned file to proposals: each tied to the words it changes, or kept with its place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model.texts import TextKind
from poa_toolkit.process.anchors import Anchors
from poa_toolkit.process.layout import Known, Layout, Loose, Standing, lay
from poa_toolkit.process.returned import By, after, before
from poa_toolkit.process.revisions import Revised, WordEdit, by_person, clean, rejected_words
from poa_toolkit.process.settling import settled
from poa_toolkit.process.signature import tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.process.printed import Key, Printed
    from poa_toolkit.process.returned import Piece, Remark, Returned


class Wish(StrEnum):
    """What somebody wants done."""

    TEXT = "text"
    ADD = "add"
    REMOVE = "remove"
    COMMENT = "comment"


class Answer(NamedTuple):
    """An answer to a comment."""

    by: By
    text: str


class Proposal(NamedTuple):
    """What one person wants, and where."""

    wish: Wish
    by: By
    record: str = ""
    field: str = ""
    section: str = ""
    after: str = ""
    original: str = ""
    proposed: str = ""
    edits: tuple[WordEdit, ...] = ()
    comment: str = ""
    answers: tuple[Answer, ...] = ()
    resolved: bool = False
    context: str = ""
    is_placed: bool = True


class Placed(NamedTuple):
    """What a returned file comes to."""

    proposals: tuple[Proposal, ...]
    """In the order of the file."""
    texts: int
    """How many texts of the plan the file was made with."""
    anchored: int
    """How many of them were found by a control or a bookmark."""
    gone: int
    """How many are not there, or have no words left."""
    by_likeness: Mapping[Key, float]
    copies: tuple[Key, ...]
    unknown: tuple[str, ...]
    """Tags like ours that name no text of the plan."""


def place(returned: Returned, known: Known, untracked: By) -> Placed:
    """Turn every change and comment of a returned file into a proposal.

    `known` is the version that the file was made from; what was changed without tracking is by
    `untracked`.
    """
    anchors = Anchors(known.texts, returned.record)
    returned = settled(returned, known.texts, anchors, known.names)
    anchors.unknown.clear()
    layout = lay(returned, known, anchors, untracked)
    placing = _Placing(returned, known, layout, untracked)
    found = sorted(placing.run(), key=lambda each: each[0])
    own = [key for key, each in known.texts.items() if not each.is_detail]
    return Placed(
        tuple(proposal for _, proposal in found),
        len(own),
        layout.anchored,
        sum(not after(layout.texts.get(key, ())).strip() for key in own if key not in layout.joined),
        layout.by_likeness,
        tuple(layout.copies),
        tuple(sorted(anchors.unknown)),
    )


class _Placing:
    def __init__(self, returned: Returned, known: Known, layout: Layout, untracked: By) -> None:
        self.returned = returned
        self.texts = known.texts
        self.layout = layout
        self.untracked = untracked
        self.removed: set[str] = set()
        self.new_points: dict[str, int] = {}
        self.new_below: dict[Key, str] = {}
        """The last new point below each text."""
        self.styles = self._styles()

    def run(self) -> Iterator[tuple[int, Proposal]]:
        """Give every proposal with the paragraph in which it stands."""
        last = 0
        for key, printed in self.texts.items():
            last = self.layout.at.get(key, last)
            for proposal in self._of_text(key, printed):
                yield last, proposal
        for loose in self.layout.loose:
            for proposal in self._of_loose(loose):
                yield loose.paragraph, proposal
        yield from self._comments()

    # --- texts of the plan ---

    def _of_text(self, key: Key, printed: Printed) -> Iterator[Proposal]:
        pieces = self.layout.texts.get(key, [])
        by = self.layout.joined.get(key)
        if by is not None:
            yield self._removal(key, printed, by, "joined to the paragraph before it")
            return
        if not after(pieces).strip():
            yield from self._emptied(key, printed, pieces)
            return
        for revised in by_person(printed.text, printed.source, pieces, self.untracked):
            yield self._rewording(key, printed, revised)
        for by, whose, words in rejected_words(pieces):
            yield Proposal(
                Wish.COMMENT,
                by,
                *key,
                comment=f"Takes out what {whose.author or 'somebody'} put in: “{clean(words)}”",
            )

    def _rewording(self, key: Key, printed: Printed, revised: Revised) -> Proposal:
        if not revised.proposed:
            return self._removal(key, printed, revised.by)
        return Proposal(
            Wish.TEXT,
            revised.by,
            *key,
            original=printed.source,
            proposed=revised.proposed,
            edits=revised.edits,
        )

    def _emptied(self, key: Key, printed: Printed, pieces: Sequence[Piece]) -> Iterator[Proposal]:
        """Give the removal of a text of which no word is left."""
        if printed.is_detail and not pieces:
            return  # the line it stood in says so, if it is there
        if key[1].startswith("points.") and self._is_emptied((key[0], "text")):
            return
        people = dict.fromkeys(piece.deleted for piece in pieces if piece.deleted and not piece.inserted)
        first = next(iter(people), self.untracked)
        yield self._removal(key, printed, first, "" if pieces else "its text and its control are gone")

    def _is_emptied(self, key: Key) -> bool:
        """Say whether a whole action is gone, its points too."""
        mine = [name for name, each in self.texts.items() if name[0] == key[0] and not each.is_detail]
        return all(not after(self.layout.texts.get(each, ())).strip() for each in mine)

    def _removal(self, key: Key, printed: Printed, by: By, comment: str = "") -> Proposal:
        """Propose to take out an action or a point; what cannot be taken out so is kept as unplaced."""
        proposal = Proposal(Wish.REMOVE, by, *key, original=printed.source, comment=comment)
        if printed.kind is TextKind.ACTION:
            if self._is_emptied(key) or key in self.layout.joined:
                self.removed.add(key[0])
                return proposal
            context = "all of its text is taken out, and its points stay"
        elif printed.kind in (TextKind.TITLE, TextKind.DETAIL):
            what = "heading" if printed.kind is TextKind.TITLE else key[1]
            context = f"the whole {what} is taken out"
        else:
            return proposal
        return proposal._replace(context=context, is_placed=False)

    # --- what stands in no text ---

    def _of_loose(self, loose: Loose) -> Iterator[Proposal]:
        if loose.standing is Standing.NEW:
            yield from self._new(loose)
        elif not self._goes_with_its_action(loose):
            yield from self._changed(loose)

    def _new(self, loose: Loose) -> Iterator[Proposal]:
        words = clean(after(loose.pieces))
        people = dict.fromkeys(piece.inserted for piece in loose.pieces if piece.inserted)
        by = loose.by or next(iter(people), self.untracked)
        if not words:
            return
        slot = self._slot(loose)
        if slot is None:
            context = self._context(loose.paragraph)
            yield Proposal(Wish.ADD, by, proposed=words, context=context, is_placed=False)
        else:
            yield slot._replace(by=by, proposed=words)

    def _slot(self, loose: Loose) -> Proposal | None:
        """Give where a new paragraph goes: behind which text; None where that cannot be said."""
        paragraph = self.returned.paragraphs[loose.paragraph]
        above = self.texts.get(loose.after) if loose.after else None
        if loose.after is None or above is None or paragraph.place.kind or paragraph.level:
            return None
        record = loose.after[0]
        is_action = paragraph.style in self.styles.get(TextKind.ACTION, ())
        if above.kind in (TextKind.ACTION, TextKind.POINT):
            if loose.after in self.layout.joined:
                return None
            is_point = paragraph.style in self.styles.get(TextKind.POINT, ()) and not is_action
            if is_point or (above.kind is TextKind.POINT and loose.by):
                return self._point(record, loose.after)
        elif above.kind is TextKind.TITLE or (above.kind is TextKind.CHAPEAU and is_action):
            # an amendment has no way to say: before the first action
            is_empty = all(
                each.section != above.section or each.kind is not TextKind.ACTION
                for each in self.texts.values()
            )
            return Proposal(Wish.ADD, self.untracked, section=above.section) if is_empty else None
        home = above.section or above.kind.value
        return Proposal(Wish.ADD, self.untracked, section=home, after=record)

    def _point(self, record: str, above: Key) -> Proposal:
        """Give a new point behind a text, and behind the new points that stand there already."""
        behind = self.new_below.get(above, above[1]).removeprefix("points.")
        field = self._new_point(record)
        self.new_below[above] = field
        return Proposal(Wish.ADD, self.untracked, record, field, after=behind)

    def _styles(self) -> dict[TextKind, set[str]]:
        """Give the styles in which each kind of text is printed."""
        found: dict[TextKind, set[str]] = {}
        for key, index in self.layout.at.items():
            found.setdefault(self.texts[key].kind, set()).add(self.returned.paragraphs[index].style)
        return found

    def _new_point(self, record: str) -> str:
        """Give a field for a new point of an action, with an id that none of its points has."""
        taken = {field.lower() for name, field in self.texts if name == record}
        number = self.new_points.get(record, 0)
        while f"points.{_letters(number)}" in taken:
            number += 1
        self.new_points[record] = number + 1
        return f"points.{_letters(number)}"

    def _goes_with_its_action(self, loose: Loose) -> bool:
        """Say whether a line is taken out with the action it stands under."""
        return bool(loose.after and loose.after[0] in self.removed and not after(loose.pieces).strip())

    def _changed(self, loose: Loose) -> Iterator[Proposal]:
        original = loose.original or clean(before(loose.pieces))
        context = self._context(loose.paragraph)
        if loose.original:
            yield Proposal(
                Wish.TEXT,
                self.untracked,
                original=original,
                proposed=clean(after(loose.pieces)),
                context=context,
                is_placed=False,
            )
            return
        for revised in by_person(before(loose.pieces), before(loose.pieces), loose.pieces, self.untracked):
            yield Proposal(
                Wish.TEXT,
                revised.by,
                original=original,
                proposed=revised.proposed,
                context=context,
                is_placed=False,
            )

    def _context(self, index: int) -> str:
        """Say where a paragraph stands, so that a person finds it."""
        paragraph = self.returned.paragraphs[index]
        page, heading, kind, _ = paragraph.place
        above = self.layout.above.get(index)
        found = [
            f"page {page}" if page else "",
            _KINDS.get(kind, ""),
            f"under “{clean(heading)}”" if heading else "",
            f"after {'.'.join(above)}" if above else "",
            self._neighbour(index),
        ]
        return ", ".join(filter(None, found))

    def _neighbour(self, index: int) -> str:
        """Quote the end of the paragraph above."""
        for each in reversed(self.returned.paragraphs[max(0, index - 3) : index]):
            words = clean(each.old)
            if words:
                return (
                    f"below “{words if len(words) < _QUOTED else '…' + words[-_QUOTED:].partition(' ')[2]}”"
                )
        return ""

    # --- comments ---

    def _comments(self) -> Iterator[tuple[int, Proposal]]:
        remarks = {each.id: each for each in self.returned.remarks}
        threads: dict[str, list[Remark]] = {}
        for each in self.returned.remarks:
            threads.setdefault(_root(each, remarks), []).append(each)
        for root, thread in threads.items():
            first = remarks[root]
            answers = [each for each in thread if each is not first]
            yield max(first.paragraph, 0), self._comment(first, answers)

    def _comment(self, remark: Remark, answers: Iterable[Remark]) -> Proposal:
        key = self._key_of(remark)
        context = f"on “{clean(remark.words)}”" if remark.words.strip() else ""
        where = self._context(remark.paragraph) if remark.paragraph >= 0 else "at no place of the text"
        return Proposal(
            Wish.COMMENT,
            remark.by,
            *(key or ("", "")),
            comment=clean(remark.text) or "(no words)",
            answers=tuple(Answer(each.by, clean(each.text) or "(no words)") for each in answers),
            resolved=remark.resolved,
            context=context if key else ", ".join(filter(None, (context, where))),
            is_placed=key is not None,
        )

    def _key_of(self, remark: Remark) -> tuple[str, str] | None:
        """Give the text that a comment is about, or the action under whose text it stands."""
        keys = self.layout.keys.get(remark.paragraph)
        if keys:
            return keys[0] if len(keys) == 1 else self._key_at(remark, keys)
        above = self.layout.above.get(remark.paragraph)
        return (
            (above[0], "") if above and self.texts[above].kind in (TextKind.ACTION, TextKind.POINT) else None
        )

    def _key_at(self, remark: Remark, keys: Sequence[Key]) -> Key:
        at = 0
        found = keys[0]
        tags = {tag(*key): key for key in keys}
        for piece in self.returned.paragraphs[remark.paragraph].pieces:
            found = tags.get(piece.control, found)
            at += len(piece.text)
            if at > remark.start:
                break
        return found


_KINDS = {
    "table": "in a table",
    "note": "in a note",
    "box": "in a text box",
    "header": "in a header or footer",
}
_QUOTED = 60
_ALPHABET = 26


def _letters(number: int) -> str:
    letter = chr(ord("a") + number % _ALPHABET)
    return letter if number < _ALPHABET else _letters(number // _ALPHABET - 1) + letter


def _root(remark: Remark, remarks: Mapping[str, Remark]) -> str:
    """Give the comment that began a thread; of a thread that runs in a circle, the first of them."""
    seen = {remark.id}
    while remark.parent in remarks:
        remark = remarks[remark.parent]
        if remark.id in seen:
            return min(seen)
        seen.add(remark.id)
    return remark.id
