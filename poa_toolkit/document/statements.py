"""What people said of an amendment, and how it had stood before: on the sheet, in full and in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import is_to_set, spoken
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.document.dates import day
from poa_toolkit.document.report_blocks import body, item, quote, strong
from poa_toolkit.document.runs import Deleted, Inserted, Text
from poa_toolkit.document.sets_read_back import redlined_members
from poa_toolkit.model import AmendmentKind, Stance, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Block, Paragraph
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment, Former, Statement, TextEdit

_NOW = {Stance.SUPPORT: "supports it", Stance.OPPOSE: "opposes it"}
_BEFORE = {Stance.SUPPORT: "supported it", Stance.OPPOSE: "opposed it"}
_DONE = {Stance.SUPPORT: "supported by", Stance.OPPOSE: "opposed by"}
_TURNS = {Turn.REOPENED: "Reopened", Turn.REVISED: "Until revised", Turn.TAKEN_UP: "Taken up"}


def statements(amendment: Amendment, words: Labels) -> Iterator[Block]:
    """Return an item for each remark, and for each speaker with what stands now and was said earlier."""
    for each in spoken(amendment):
        said = stands(amendment, each.statement)
        before = "".join(
            f"; {_BEFORE[one.stance]} on {day(one.date, words)}"
            for one in each.earlier
            if (one.stance, one.form) != (each.statement.stance, each.statement.form)
        )
        yield _item(each.statement, f" {said} ({day(each.statement.date, words)}{before})")
    for one in amendment.statements:
        if one.stance is Stance.REMARK:
            yield _item(one, f" ({day(one.date, words)})")


def stands(amendment: Amendment, statement: Statement) -> str:
    """Return whether somebody is for or against an amendment: now, or as it stood before it was revised."""
    if statement.form == amendment.form:
        return _NOW[statement.stance]
    return f"{_BEFORE[statement.stance]} as it stood before it was revised"


def _item(statement: Statement, said: str) -> Paragraph:
    comment = (f": {statement.comment}",) if statement.comment else ()
    return item(strong(statement.by), said, *comment)


def in_a_line(amendment: Amendment) -> str:
    """Name those for and those against an amendment: ``supported by A, B; opposed by C``; empty for none."""
    named: dict[str, list[str]] = {}
    for each, _ in spoken(amendment):
        earlier = "" if each.form == amendment.form else " (before it was revised)"
        named.setdefault(_DONE[each.stance], []).append(f"{each.by}{earlier}")
    return "; ".join(f"{said} {', '.join(names)}" for said, names in named.items())


def history(amendment: Amendment, words: Labels) -> Iterator[Block]:
    """Return how an amendment had stood before, what had been decided and its earlier words."""
    for each in amendment.history:
        label = "Earlier form: " if each.turn is Turn.REVISED else "Before: "
        yield body(strong(label), turned(each, words))
        if each.turn is Turn.REVISED:
            if runs := _redline(amendment, each):
                yield quote(*runs, record=amendment.record, field=amendment.field)
        elif each.modified is not None:
            yield quote(each.modified, record=amendment.record, field=amendment.field)


def turned(former: Former, words: Labels) -> str:
    """Return what had been decided or proposed, and who set that aside."""
    why = f": {former.why}" if former.why else ""
    by = f"{_TURNS[former.turn]} by {former.by}, {day(former.date, words)}{why}"
    if former.turn is Turn.REVISED:
        comment = f" It was said for that: {former.comment}" if former.comment else ""
        return _ended(by) + comment
    decided = (former.state.value if former.state else "decided").capitalize()
    if former.decided_by and former.decided:
        decided += f" by {former.decided_by}, {day(former.decided, words)}"
    if former.record:
        decided += f", as {former.record}{'' if former.field == 'text' else f' {former.field}'}"
    return f"{_ended(decided + (f': {former.reason}' if former.reason else ''))} {_ended(by)}"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _redline(amendment: Amendment, former: Former) -> tuple[Run, ...]:
    """Return the words that an earlier form of an amendment would have changed."""
    if former.proposed is None:
        return ()
    if amendment.kind is AmendmentKind.ADD:
        return (Inserted(former.proposed),)
    original = former.original or ""
    if is_to_set(amendment):
        return tuple(redlined_members(original, former.proposed, {}))
    return tuple(redlined(original, edits_between(original, former.proposed)))


def redlined(original: str, edits: Iterable[TextEdit]) -> Iterator[Run]:
    """Return a text with the words that edits of it take out and put in."""
    at = 0
    for edit in edits:
        parts = (Text(original[at : edit.offset]), Deleted(edit.deleted), Inserted(edit.inserted))
        yield from (part for part in parts if part.text)
        at = edit.offset + len(edit.deleted)
    if original[at:]:
        yield Text(original[at:])
