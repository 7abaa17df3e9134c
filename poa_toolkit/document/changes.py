"""The report of a comparison: what changed between two versions, change by change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from poa_toolkit.diff.change import Edit, Kind, Significance
from poa_toolkit.document.parts import (
    Column,
    Deleted,
    Document,
    Heading,
    Inserted,
    Mark,
    Paragraph,
    Part,
    PartKind,
    Role,
    Row,
    Table,
    Text,
)
from poa_toolkit.model.numbering import printed_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.diff.change import Change, Comparison, Segment, Version
    from poa_toolkit.diff.records import Value
    from poa_toolkit.document.parts import Block, Run
    from poa_toolkit.model import Action, Plan

_SAID = {
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
    Kind.WITHDRAWN: "withdrawn",
    Kind.MOVED: "moved",
    Kind.RENUMBERED: "renumbered",
    Kind.ID_CHANGED: "given another id",
    Kind.SPLIT: "split off",
    Kind.MERGED: "merged",
    Kind.REWORDED: "reworded",
    Kind.RELINKED: "relinked",
    Kind.STATUS: "changed",
    Kind.BRACKET_OPENED: "bracket opened",
    Kind.BRACKET_RESOLVED: "bracket resolved",
    Kind.FIELD: "changed",
}
"""What happened, in the line over a change."""
_COUNTED = {Kind.STATUS: "status changed", Kind.FIELD: "field changed"}
"""Kinds whose own name is no answer to what happened."""

_GROUPS = {
    "front": "Front matter",
    "introduction": "Introduction",
    "sources": "Recommendations",
    "instruments": "Instruments",
    "actors": "Actors",
    "participants": "Participants",
    "obligations": "Obligations",
    "parts": "Parts of an election",
}
"""Headings outside the sections, by the first step of a pointer; all else is about the plan as a whole."""

_FIELDS = {"chapeau": "chapeau", "from": "origins", "not_taken_up": "why it is not taken up"}
_SHORT = 60
"""Characters of both values together that still stand in the line over a change."""
_CAUSES = frozenset(
    (Kind.ADDED, Kind.REMOVED, Kind.SPLIT, Kind.MERGED, Kind.MOVED, Kind.WITHDRAWN, Kind.STATUS)
)


def changes(comparison: Comparison, plan: Plan) -> Document:
    """Lay out a comparison as a report; `plan` is its new version.

    A summary, then the changes by section in the order of the new version, then the effects.
    Paragraphs that only have another number are summed up.
    """
    desk = _Desk(plan, printed_numbers(plan), {action.id: action for _, action in plan.walk_actions()})
    parts = [Part(PartKind.REPORT, tuple(_summary(comparison)))]
    if comparison.left_out:
        lines = (Paragraph(Role.ITEM, (Text(each),)) for each in comparison.left_out)
        parts.append(Part(PartKind.REPORT, (Heading(1, (Text("Not compared"),)), *lines)))
    shown = [change for change in comparison.changes if change.kind is not Kind.RENUMBERED]
    parts += [Part(PartKind.REPORT, blocks) for blocks in _groups(shown, desk)]
    if comparison.effects:
        listed = (Paragraph(Role.ITEM, (Text(each.message),), each.record) for each in comparison.effects)
        parts.append(Part(PartKind.REPORT, (Heading(1, (Text("Effects"),)), *listed)))
    return Document(
        title=f"Changes from {comparison.old.label} to {comparison.new.label}",
        subtitle=plan.title,
        cover=(("Old version", _version(comparison.old)), ("New version", _version(comparison.new))),
        notice=plan.notice or "",
        parts=tuple(parts),
        version=comparison.new.label,
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed of the new version to print a change."""

    plan: Plan
    numbers: dict[str, str]
    actions: dict[str, Action]

    def heading(self, section: str) -> str:
        """Name a section as the document does; by its id where the new version has it no more."""
        titles = {each.id: each.title for each in self.plan.sections}
        if section not in titles:
            return f"Section {section}"
        return f"{self.numbers[section]} {titles[section]}"


def _version(version: Version) -> str:
    return f"{version.label} ({version.digest})" if version.digest else version.label


# --- Summary --------------------------------------------------------------------------------------


def _summary(comparison: Comparison) -> Iterator[Block]:
    found = comparison.changes
    if not found:
        yield Paragraph(Role.BODY, (Text("Nothing changed."),))
        return
    weights = Counter(change.significance for change in found)
    counted = ", ".join(f"{weights[each]} {each.value}" for each in Significance if weights[each])
    yield Paragraph(Role.BODY, (Text(f"{_many(len(found), 'change')}: {counted}."),))
    yield _counts(found)
    renumbered = sum(change.kind is Kind.RENUMBERED for change in found)
    if renumbered:
        words = f"{_many(renumbered, 'paragraph')} {'is' if renumbered == 1 else 'are'} renumbered"
        yield Paragraph(Role.BODY, (Text(f"{words}{_why_renumbered(found)}."),))


def _counts(found: Sequence[Change]) -> Table:
    weights = [each for each in Significance if any(change.significance is each for change in found)]
    counts = Counter((change.kind, change.significance) for change in found)
    kinds = [kind for kind in Kind if any((kind, weight) in counts for weight in weights)]
    rows = [
        _row(
            _COUNTED.get(kind, kind.value.replace("-", " ")),
            *(str(counts[kind, weight] or "") for weight in weights),
        )
        for kind in kinds
    ]
    return Table((Column("Kind", 2), *(Column(weight.value.capitalize()) for weight in weights)), tuple(rows))


def _row(*cells: str) -> Row:
    return Row(tuple((Text(cell),) if cell else () for cell in cells))


def _why_renumbered(found: Sequence[Change]) -> str:
    said = {**_SAID, Kind.STATUS: "deferred or brought back"}
    causes = Counter(change.kind for change in found if _changes_numbers(change))
    listed = [
        f"{_many(causes[kind], 'paragraph')} {'was' if causes[kind] == 1 else 'were'} {said[kind]}"
        for kind in Kind
        if causes[kind]
    ]
    if not listed:
        return ""
    *first, last = listed
    return f" because {', '.join(first)} and {last}" if first else f" because {last}"


def _changes_numbers(change: Change) -> bool:
    if change.kind is Kind.STATUS and change.significance is not Significance.SUBSTANTIVE:
        return False
    return change.kind in _CAUSES and change.record_kind in ("action", "paragraph") and bool(change.number)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# --- Changes --------------------------------------------------------------------------------------


def _groups(found: Sequence[Change], desk: _Desk) -> Iterator[tuple[Block, ...]]:
    grouped: dict[str, list[Change]] = {}
    for change in found:
        grouped.setdefault(_group(change, desk), []).append(change)
    order = ["The plan as a whole", *list(_GROUPS.values())[:2]]
    order += [desk.heading(section.id) for section in desk.plan.sections]
    places = {name: place for place, name in enumerate(order)}
    late = {name: len(order) + 1 + place for place, name in enumerate(list(_GROUPS.values())[2:])}
    for name in sorted(grouped, key=lambda each: places.get(each, late.get(each, len(order)))):
        blocks = (block for change in grouped[name] for block in _blocks(change, desk))
        yield (Heading(1, (Text(name),)), *blocks)


def _group(change: Change, desk: _Desk) -> str:
    if change.section:
        return desk.heading(change.section)
    root = (change.new_at if change.new_at is not None else change.old_at or ())[:1]
    return _GROUPS.get(str(root[0]), "The plan as a whole") if root else "The plan as a whole"


def _blocks(change: Change, desk: _Desk) -> Iterator[Block]:
    """Give a change: a line that says what happened to what, then the words; short values in the line."""
    runs = list(_renamed(change) if change.kind is Kind.ID_CHANGED else _happened(change, desk))
    bodies = list(_bodies(change, desk))
    if _is_short(change):
        runs += [Text(": "), *bodies.pop()]
    if change.evidence not in ("", "from"):
        runs.append(Text(f" ({change.evidence})", Mark.MUTED))
    runs.append(Text(f" \N{EM DASH} {change.significance.value}", Mark.MUTED))
    yield Paragraph(Role.BODY, tuple(runs), change.record, change.field)
    for body in bodies:
        yield Paragraph(Role.QUOTE, body, change.record, change.field)


def _happened(change: Change, desk: _Desk) -> Iterator[Run]:
    """Say what happened to what."""
    if change.record_kind != "plan":
        yield Text(change.record, Mark.CODE)
    parts = [f"({_cited(change, desk)})" if change.number else "", _field(change)]
    name = " ".join(part for part in parts if part)
    space = " " if change.record_kind != "plan" else ""
    yield Text(f"{space}{name} " if name else " ")
    yield Text(_said(change), Mark.STRONG)


def _renamed(change: Change) -> Iterator[Run]:
    """Say what became what; a point's or provision's id stands after that of what holds it."""
    if change.record_kind == "point":
        yield Text(change.record, Mark.CODE)
        yield Text(" point ")
    yield Text(str(change.old), Mark.CODE)
    yield Text(" became ", Mark.STRONG)
    yield Text(change.record if change.record_kind != "point" else str(change.new), Mark.CODE)


def _said(change: Change) -> str:
    if change.kind in (Kind.SPLIT, Kind.MERGED):
        return f"{_SAID[change.kind]} from {', '.join(change.old or ())}"
    if change.kind is Kind.FIELD and not change.old:
        return "added"
    return "removed" if change.kind is Kind.FIELD and not change.new else _SAID[change.kind]


def _is_short(change: Change) -> bool:
    if change.kind not in (Kind.STATUS, Kind.FIELD):
        return False
    runs = _turned(change.old, change.new)
    return sum(len(run.text) for run in runs) <= _SHORT


def _cited(change: Change, desk: _Desk) -> str:
    """Cite a printed number: ``para. 14``, ``formerly para. 14`` where the new version has it no more."""
    noun = "section" if change.record_kind == "section" else "para."
    gone = change.kind is Kind.REMOVED or change.record not in desk.numbers
    return f"{'formerly ' if gone else ''}{noun} {change.number}"


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


def _bodies(change: Change, desk: _Desk) -> Iterator[tuple[Run, ...]]:
    """Give the words of a change, one tuple a paragraph."""
    match change.kind:
        case Kind.REWORDED | Kind.BRACKET_OPENED | Kind.BRACKET_RESOLVED:
            yield tuple(_runs(change.segments))
        case Kind.ADDED | Kind.SPLIT | Kind.MERGED:
            yield from ((Inserted(line),) for line in _lines(change.new))
            yield from _links(change, desk)
        case Kind.REMOVED:
            yield from ((Deleted(line),) for line in _lines(change.old))
        case Kind.WITHDRAWN:
            yield _turned(change.old, change.new)
            yield from ((Deleted(line),) for line in _text_of(desk.actions.get(change.record)))
        case Kind.MOVED:
            yield (Text(_move(change, desk)),)
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


def _turned(old: Value, new: Value) -> tuple[Text | Deleted | Inserted, ...]:
    """Show one value after the other; a side that is empty is left out."""
    before, after = (", ".join(value) if isinstance(value, tuple) else value or "" for value in (old, new))
    runs = (
        (Deleted(before), Text(" "), Inserted(after))
        if before and after
        else (Deleted(before), Inserted(after))
    )
    return tuple(run for run in runs if run.text)


def _members(old: Value, new: Value) -> tuple[Run, ...]:
    """Show the members that a set lost, then those it gained."""
    before, after = (tuple(value or ()) for value in (old, new))
    runs: list[Run] = [Deleted(each) for each in before if each not in after]
    runs += [Inserted(each) for each in after if each not in before]
    separated = [run for each in runs for run in (Text(", "), each)]
    return tuple(separated[1:])


def _move(change: Change, desk: _Desk) -> str:
    if change.field.endswith("order"):
        before, after = (
            f"after {each}" if each else "in the first place" for each in (change.old, change.new)
        )
        return f"was {before}, is {after}"
    if change.field == "source":
        return f"from {change.old} to {change.new}"
    before, after = (_home(str(each), desk) for each in (change.old, change.new))
    return f"from {before} to {after}"


def _home(name: str, desk: _Desk) -> str:
    return _GROUPS[name] if name in ("front", "introduction") else desk.heading(name)


def _lines(value: Value) -> list[str]:
    return value.split("\n") if isinstance(value, str) else []


def _text_of(action: Action | None) -> list[str]:
    return [action.text, *(point.text for point in action.points)] if action else []


def _links(change: Change, desk: _Desk) -> Iterator[tuple[Run, ...]]:
    """Name whom a new action addresses, and what it comes from and rests on."""
    action = desk.actions.get(change.record)
    if change.record_kind != "action" or action is None:
        return
    for label in ("addressees", "level", "timeframe", "recommendations", "provisions"):
        value = getattr(action, label)
        if value:
            listed = value if isinstance(value, str) else ", ".join(str(each) for each in value)
            yield Text(f"{label}: "), Inserted(listed)
