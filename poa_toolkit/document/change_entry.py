"""One change as an entry of a report: what happened to what, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from poa_toolkit.diff.change import Edit, Ground, Kind
from poa_toolkit.document.blocks import Entry
from poa_toolkit.document.runs import Deleted, Inserted, Mark, Text, words_of
from poa_toolkit.model import Action
from poa_toolkit.model.fields import Place, printed_in
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.diff.change import Change, Segment
    from poa_toolkit.diff.records import Value
    from poa_toolkit.document.comparison_view import ComparisonView
    from poa_toolkit.document.runs import Run

    Words = tuple[Run, ...]

SAID = {
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
    Kind.WITHDRAWN: "withdrawn",
    Kind.MOVED: "moved",
    Kind.RENUMBERED: "renumbered",
    Kind.ID_CHANGED: "became",
    Kind.SPLIT: "split off",
    Kind.MERGED: "merged",
    Kind.REWORDED: "reworded",
    Kind.RELINKED: "relinked",
    Kind.STATUS: "status changed",
    Kind.BRACKET_OPENED: "bracket opened",
    Kind.BRACKET_RESOLVED: "bracket resolved",
    Kind.FIELD: "changed",
}
"""What happened, in the line over a change."""

HEADINGS = {"front": "Front matter", "introduction": "Introduction"}
"""What the parts of a plan before its sections are called."""

_FIELDS = {"from": "origins", "not_taken_up": "why it is not taken up", "status": ""}
_SHORT = 60
"""Characters of both values together that still stand in the line over a change."""
_GIVEN = "from"
"""The evidence that the plan itself gives, which the line says already."""
_SHOWN = {Kind.BRACKET_OPENED: Ground.BRACKET, Kind.BRACKET_RESOLVED: Ground.BRACKET}
"""Grounds that the kind says already."""
_MOVED = {Edit.SAME: "", Edit.DELETED: " (moved) ", Edit.INSERTED: " (moved here) "}
"""What is said after a sentence that stands elsewhere in the other version."""


# --- Entries --------------------------------------------------------------------------------------


def entry(change: Change, view: ComparisonView) -> Entry:
    """Return a change: a line that says what happened to what, then the words; short ones in the line."""
    change = view.as_printed(change)
    words = tuple(_changed_words(change, view))
    said = (*_named(change, view), Text(_what_happened(change), Mark.STRONG))
    return Entry(
        title=tuple(_renamed(change, view)) if change.kind is Kind.ID_CHANGED else said,
        words=words,
        weight=change.significance.value,
        kind=change.kind.value,
        anchors=(view.anchor(change),),
        record=change.record,
        field=change.field,
        numbers=_cited(change, view),
        addressees=view.addressees(change),
        grounds=tuple(each.value for each in change.grounds if each is not _SHOWN.get(change.kind)),
        evidence="; ".join((*_evidence(change), *view.amendments(change))),
        effects=view.effects(change),
        inline=len(words) == 1 and _is_short(change),
    )


def _evidence(change: Change) -> tuple[str, ...]:
    """Return what a change rests on, or what became of a text, without the word that its kind says."""
    if change.evidence == _GIVEN:
        return ()
    said = SAID[change.kind].rpartition(" ")[2] if change.kind in _SHOWN else ""
    parts = (part.removeprefix(said).removeprefix(",").strip() for part in change.evidence.split("; "))
    return tuple(part for part in parts if part)


def same_status(found: Sequence[Change], view: ComparisonView) -> Entry:
    """Return one entry for changes that say the same of the status of several actions."""
    entries = [entry(change, view) for change in found]
    first = entries[0]
    if len(entries) == 1:
        return first
    named: list[Run] = []
    for change in found:
        *listed, last = _named(change, view)
        named += [Text(", ")] if named else []
        named += [*listed, Text(last.text.rstrip())]
    return Entry(
        title=(*named, Text(" "), first.title[-1]),
        words=first.words,
        weight=first.weight,
        kind=first.kind,
        anchors=tuple(name for each in entries for name in each.anchors),
        addressees=tuple(dict.fromkeys(name for each in entries for name in each.addressees)),
        effects=tuple(dict.fromkeys(message for each in entries for message in each.effects)),
        inline=first.inline,
    )


def renumbered(found: Sequence[Change], view: ComparisonView) -> Entry:
    """Return one entry for all paragraphs that have only another number."""
    words: list[Run] = []
    for change in found:
        before, after = (str(value) for value in (change.old, change.new))
        words += [Text(f"{', ' if words else ''}"), Text(change.record, Mark.CODE), Text(" ")]
        words += [Deleted(before), Text(" "), Inserted(after)]
    return Entry(
        title=(Text(f"{many(len(found), 'paragraph')} "), Text(SAID[Kind.RENUMBERED], Mark.STRONG)),
        words=(tuple(words),),
        weight=found[0].significance.value,
        kind=Kind.RENUMBERED.value,
        anchors=tuple(view.anchor(change) for change in found),
        addressees=tuple(dict.fromkeys(name for change in found for name in view.addressees(change))),
    )


def _named(change: Change, view: ComparisonView) -> list[Text]:
    """Name what changed: ``A-008 (para. 22, formerly 21) timeframe ``, the last with a space after it."""
    numbers = _in_brackets(change, view)
    name = " ".join(part for part in (f"({numbers})" if numbers else "", _field(change)) if part)
    if change.record_kind == "plan":
        return [Text(f"{name} " if name else "")]
    return [Text(change.record, Mark.CODE), Text(f" {name} " if name else " ")]


def _renamed(change: Change, view: ComparisonView) -> Iterator[Run]:
    """Return what became what; a point's or provision's id stands after that of what holds it."""
    numbers = _in_brackets(change, view)
    if change.record_kind == "point":
        yield Text(change.record, Mark.CODE)
        yield Text(" point ")
    yield Text(str(change.old), Mark.CODE)
    yield Text(" became ", Mark.STRONG)
    yield Text(change.record if change.record_kind != "point" else str(change.new), Mark.CODE)
    if numbers:
        yield Text(f" ({numbers})")


def _noun(change: Change) -> str:
    return "section" if change.record_kind == "section" else "para."


def _cited(change: Change, view: ComparisonView) -> tuple[str, str]:
    old, new = (f"{_noun(change)} {number}" if number else "" for number in view.numbers(change))
    return old, new


def _in_brackets(change: Change, view: ComparisonView) -> str:
    """Cite the numbers of both versions: ``para. 14``, ``para. 15, formerly 14``, ``formerly para. 14``."""
    old, new = view.numbers(change)
    if not new:
        return f"formerly {_noun(change)} {old}" if old else ""
    return f"{_noun(change)} {new}" + (f", formerly {old}" if old and old != new else "")


def _what_happened(change: Change) -> str:
    if change.kind in (Kind.SPLIT, Kind.MERGED):
        return f"{SAID[change.kind]} from {', '.join(change.old or ())}"
    if change.kind is Kind.WITHDRAWN:
        return f"{SAID[change.kind]} (was {change.old})"
    if change.kind is Kind.FIELD and not change.old:
        return "added"
    return "removed" if change.kind is Kind.FIELD and not change.new else SAID[change.kind]


def _is_short(change: Change) -> bool:
    match change.kind:
        case Kind.STATUS | Kind.FIELD:
            runs: Iterable[Run] = _turned(change.old, change.new)
        case Kind.RELINKED:
            runs = _members(change.old, change.new)
        case _:
            return change.kind is Kind.MOVED
    return len(words_of(runs)) <= _SHORT


def _field(change: Change) -> str:
    """Name a field for a reader: ``timeframe``, ``conference: dates``; a text goes without saying."""
    if change.kind in (Kind.MOVED, Kind.WITHDRAWN) or change.field in ("", "text"):
        return _point(change)
    if change.record_kind == "point":
        return _point(change)
    name = change.field.replace(".", ": ")
    return _FIELDS.get(name, name.replace("_", " "))


def _point(change: Change) -> str:
    """Name a point whose letter is not printed."""
    return (
        f"point {change.field.split('.')[1]}" if change.record_kind == "point" and not change.number else ""
    )


def _changed_words(change: Change, view: ComparisonView) -> Iterator[Words]:
    """Return the words of a change, one tuple a paragraph."""
    match change.kind:
        case Kind.REWORDED | Kind.BRACKET_OPENED | Kind.BRACKET_RESOLVED:
            yield tuple(_runs(change.segments))
        case Kind.ADDED | Kind.SPLIT | Kind.MERGED:
            yield from ((Inserted(line),) for line in _lines(change.new))
            yield from _links(change, view)
        case Kind.REMOVED:
            yield from ((Deleted(line),) for line in _lines(change.old))
        case Kind.WITHDRAWN:
            lines = _text_of(view.new.actions.get(change.record))
            yield from ((Deleted(view.old.references.shown(line)),) for line in lines)
        case Kind.MOVED:
            yield from _move(change, view)
        case Kind.RELINKED:
            yield _members(change.old, change.new)
        case Kind.STATUS | Kind.FIELD | Kind.RENUMBERED:
            yield _turned(change.old, change.new)
        case Kind.ID_CHANGED:
            return
        case _:
            assert_never(change.kind)


def _runs(segments: Iterable[Segment]) -> Iterator[Run]:
    for segment in segments:
        match segment.edit:
            case Edit.SAME:
                yield Text(segment.text)
            case Edit.DELETED:
                yield Deleted(segment.text)
            case Edit.INSERTED:
                yield Inserted(segment.text)
            case _:
                assert_never(segment.edit)
        if segment.moved:
            yield Text(_MOVED[segment.edit], Mark.MUTED)


def _turned(old: Value, new: Value) -> Words:
    """Show one value after the other; a side that is empty is left out."""
    before, after = (", ".join(value) if isinstance(value, tuple) else value or "" for value in (old, new))
    if before and after:
        return (Deleted(before), Text(" "), Inserted(after))
    return tuple(run for run in (Deleted(before), Inserted(after)) if run.text)


def _members(old: Value, new: Value) -> Words:
    """Show the members that a set lost, then those it gained."""
    before, after = (tuple(value or ()) for value in (old, new))
    runs: list[Run] = [Deleted(each) for each in before if each not in after]
    runs += [Inserted(each) for each in after if each not in before]
    separated = [run for each in runs for run in (Text(", "), each)]
    return tuple(separated[1:])


def _move(change: Change, view: ComparisonView) -> Iterator[Words]:
    """Return where it stood and where it stands."""
    if change.field.endswith("order"):
        noun = "point " if change.record_kind == "point" else ""
        before, after = (
            f"after {noun}{each}" if each else "in the first place" for each in (change.old, change.new)
        )
        yield _turned(before, after)
    elif change.field.endswith(".under"):
        before, after = (
            f"under point {each}" if each else "among the points of the action"
            for each in (change.old, change.new)
        )
        yield _turned(before, after)
    elif change.field == "source":
        yield _turned(change.old, change.new)
    else:
        before, after = (
            HEADINGS.get(each) or view.heading(each) for each in (str(change.old), str(change.new))
        )
        yield _turned(before, after)


def _lines(value: Value) -> list[str]:
    return value.split("\n") if isinstance(value, str) else []


def _text_of(action: Action | None) -> list[str]:
    return [action.text, *(point.record.text for point in action.walk_points())] if action else []


def _links(change: Change, view: ComparisonView) -> Iterator[Words]:
    """Name whom a new action addresses, and what it comes from and rests on."""
    action = view.new.actions.get(change.record)
    if change.record_kind != "action" or action is None:
        return
    for field in (*printed_in(Action, Place.SETTINGS), *printed_in(Action, Place.LINKS)):
        value = getattr(action, field.attribute) if field.agreed else None
        if value:
            listed = value if isinstance(value, str) else ", ".join(str(each) for each in value)
            yield Text(f"{field.name}: "), Inserted(listed)
