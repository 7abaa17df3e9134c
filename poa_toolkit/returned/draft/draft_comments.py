"""The comments and tracked changes of a draft: who said or changed what, and of which text of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.comments import threads
from poa_toolkit.returned.draft.drafted_plan import Becomes, Comment
from poa_toolkit.returned.ledger import Fate
from poa_toolkit.returned.word_file import before, revised
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.drafted_plan import Drafted, DraftedPlan
    from poa_toolkit.returned.word_file import Piece, Returned, WordComment

_NOBODY = Reviser("")
_NO_WORDS = "(no words)"


def comments(returned: Returned, plan: DraftedPlan) -> list[Comment]:
    """Return what people said in the margin and changed with tracking, in the order of the plan."""
    homes: dict[int, Drafted] = {}
    found: list[Comment] = []
    for record in plan.records():
        for block in record.blocks:
            for index in block.indices:
                homes.setdefault(index, record)
            found += _tracked(plan, record, block)
    calling = {
        call.note: homes[index]
        for index, each in enumerate(returned.paragraphs)
        for call in each.calls
        if index in homes
    }
    for index, each in enumerate(returned.paragraphs):
        # a comment on a note is one on the text that calls it
        if each.note in calling:
            homes.setdefault(index, calling[each.note])
    found += _remarks(returned, homes)
    plan.ledger.enter(returned.remarks, Fate.PLACED, "a comment")
    return found


def _tracked(plan: DraftedPlan, record: Drafted, block: Block) -> Iterator[Comment]:
    """Return what each person changed in a paragraph."""
    if not block.history:
        return
    plan.ledger.enter(
        (piece for piece in block.history if piece.deleted), Fate.PLACED, "a comment on tracked changes"
    )
    people: dict[str, tuple[Reviser, list[str]]] = {}
    for who, change in _changes(block):
        people.setdefault(who.author, (who, []))[1].append(change)
    original = clean(before(block.history))
    context = f"the text before the changes: “{original}”" if original else ""
    has_text = record.kind is not Becomes.GENERATED and any(record.words)
    for by, changes in people.values():
        text = f"Tracked in the draft, and taken as accepted: {'; '.join(changes)}."
        yield Comment(by, text, record if has_text else None, context)


def _changes(block: Block) -> Iterator[tuple[Reviser, str]]:
    """Return what was changed, in the order of the text."""
    if not block.raw.strip():
        words = clean("".join(piece.text for piece in block.history if piece.deleted))
        people = (piece.deleted for piece in block.history if piece.deleted)
        yield next(people, _NOBODY), f"took out a paragraph, “{words}”"
        return
    tracked = list(revised(block.history))
    authors = {piece.inserted for piece in block.history if piece.text.strip()}
    if len(authors) == 1 and None not in authors and not any(piece.deleted for piece in tracked):
        yield next(iter(authors)) or _NOBODY, "this paragraph is new"
        return
    yield from _runs(block.history)
    if block.joined_by is not None:
        yield block.joined_by, "joined two paragraphs into this one"


def _runs(history: Sequence[Piece]) -> Iterator[tuple[Reviser, str]]:
    """Join what one person did at one place: words that went, and those that came instead."""
    by: Reviser | None = None
    gone: list[str] = []
    come: list[str] = []
    for piece in (*history, None):
        if (
            piece is not None
            and piece.inserted
            and piece.deleted
            and piece.inserted.author != piece.deleted.author
        ):
            words = clean(piece.text)
            yield piece.deleted, f"took out “{words}”, which {piece.inserted.author or 'somebody'} had put in"
            continue
        who = piece and (piece.deleted or piece.inserted)
        if by is not None and (who is None or who.author != by.author):
            if said := _what_became(gone, come):
                yield by, said
            gone, come, by = [], [], None
        if piece is not None and who:
            by = who
            (gone if piece.deleted else come).append(piece.text)


def _what_became(gone: Iterable[str], come: Iterable[str]) -> str:
    old, new = clean("".join(gone)), clean("".join(come))
    if old and new:
        return f"“{old}” became “{new}”"
    return f"took out “{old}”" if old else f"put in “{new}”" if new else ""


def _remarks(returned: Returned, homes: Mapping[int, Drafted]) -> Iterator[Comment]:
    """Return the comments in the margin, each with the answers to it."""
    for first, *rest in threads(returned.remarks):
        record = homes.get(first.paragraph)
        answers = tuple((each.by, _comment_text(each)) for each in rest)
        yield Comment(
            first.by,
            _comment_text(first),
            record,
            _context(returned, first),
            answers,
            first.resolved,
        )


def _comment_text(remark: WordComment) -> str:
    """Return the words of a comment, each paragraph on its line."""
    return "\n".join(filter(None, map(clean, remark.text.split("\n")))) or _NO_WORDS


def _context(returned: Returned, remark: WordComment) -> str:
    """Say on which words a comment stands, and where."""
    words, gone = clean(remark.words), clean(remark.gone)
    said = [f"on “{words}”" if words else "", f"on “{gone}”, which tracked changes take out" if gone else ""]
    if not 0 <= remark.paragraph < len(returned.paragraphs):
        return ", ".join(filter(None, (*said, "at no place of the text")))
    place = returned.paragraphs[remark.paragraph].place
    where = {
        "note": "in a note",
        "header": "in a header or footer",
        "box": "in a text box",
        "table": "in a table",
    }
    return ", ".join(filter(None, (*said, where.get(place.kind, ""))))
