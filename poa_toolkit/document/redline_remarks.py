"""Who made a change shown in a redline, when, whose words it has, and the remarks that stand beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from poa_toolkit.diff.attribution import Credits, ascribed, credits_of, pieces, to_field
from poa_toolkit.diff.change import Kind
from poa_toolkit.document.blocks import Heading, Paragraph, Revision, Row
from poa_toolkit.document.renamed_ids import NO_IDS, ids
from poa_toolkit.document.runs import Author, Deleted, Inserted, RevisionState, Text, known_by
from poa_toolkit.model import Action, Amendment, Significance, fields
from poa_toolkit.model.fields import Place
from poa_toolkit.model.numbering import cited_numbers, printed_numbers
from poa_toolkit.text.brackets import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.diff.change import Change, Comparison
    from poa_toolkit.document.blocks import Table
    from poa_toolkit.document.renamed_ids import Ids
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan

    Slot = tuple[str, str]
    "The record and the line of it, or its row, that shows a change."


def author_of(amendment: Amendment) -> Author:
    """Return who proposed an amendment, and the day on which it was decided."""
    return Author(amendment.proposer, amendment.decided or amendment.date)


def named(change: Change, adopted: Sequence[Amendment]) -> tuple[str, ...]:
    """Name the amendments whose words a change shows, and say where other words changed too."""
    found = ascribed(change, adopted)
    names = tuple(f"amendment {each.id} of {each.proposer}" for each in found.amendments)
    return names if found.whole or not names else (*names, "the other words by no amendment")


def credits_by_text(
    changes: Iterable[Change], adopted: Sequence[Amendment]
) -> dict[tuple[str, str], Credits | Amendment]:
    """Return whose the changed characters of each text are that an adopted amendment is to.

    Of a set, which is printed under other names, it is the one amendment that made all of the change.
    """
    amended = {each.record for each in adopted}
    found: dict[tuple[str, str], Credits | Amendment] = {}
    for change in changes:
        if change.record not in amended:
            continue
        if isinstance(change.old, tuple) or isinstance(change.new, tuple):
            made = ascribed(change, adopted)
            if made.whole and len(made.amendments) == 1:
                found[change.record, change.field] = made.amendments[0]
            continue
        field = change.field or "text"
        mine = to_field([each for each in adopted if each.record == change.record], field)
        if mine:
            old, new = (shown(each or "") for each in (change.old, change.new))
            found[change.record, field] = credits_of(old, new, mine)
    return found


def with_authors(
    runs: Iterable[Run], of_field: Mapping[str, Credits | Amendment], field: str
) -> tuple[Run, ...]:
    """Return the runs of a line, each changed stretch with its author.

    `of_field` gives whose the characters of each field are; `field` is that of runs that name none.
    """
    return tuple(_with_authors(runs, of_field, field)) if of_field else tuple(runs)


def _with_authors(
    runs: Iterable[Run], of_field: Mapping[str, Credits | Amendment], field: str
) -> Iterator[Run]:
    places: dict[str, tuple[int, int]] = {}
    for run in runs:
        name = getattr(run, "field", "") or field
        found = of_field.get(name)
        if found is None or not isinstance(run, Text | Inserted | Deleted):
            yield run
            continue
        if isinstance(found, Amendment):
            yield run if isinstance(run, Text) else replace(run, by=author_of(found))
            continue
        old, new = places.get(name, (0, 0))
        size = sum(not each.isspace() for each in known_by(run))
        if isinstance(run, Text):
            yield run
        else:
            whose, at = (found.new, new) if isinstance(run, Inserted) else (found.old, old)
            stretch = whose[at : at + size]
            parts = ((stretch[0], run.text),) if run.reference else pieces(run.text, stretch)
            for each, text in parts:
                yield replace(run, text=text, by=author_of(each) if isinstance(each, Amendment) else None)
        places[name] = (
            old + size * (not isinstance(run, Inserted)),
            new + size * (not isinstance(run, Deleted)),
        )


_TEXTS = ("action", "point", "paragraph", "section")
"""Kinds of record whose words stand in the text; those of others in a row of an annex."""
_WHOLE = frozenset((Kind.ADDED, Kind.REMOVED, Kind.SPLIT, Kind.MERGED, Kind.WITHDRAWN))
_DERIVED = frozenset((Kind.MOVED, Kind.RENUMBERED))
"""Kinds that the layout itself shows."""


class Remarks:
    """Finds for each block of a redline who changed it, and the remarks on it, each once."""

    def __init__(self, old: Plan, new: Plan, comparison: Comparison, adopted: Sequence[Amendment]) -> None:
        """Take both versions, what differs, and the amendments adopted between them."""
        self._old, self._new = _Side(old, ids(comparison)), _Side(new, NO_IDS)
        stage = new.current_stage() or new.stages[-1]
        self._author, self._when = stage.title or stage.id, stage.date
        self._adopted = adopted
        self._credits: defaultdict[str, dict[str, Credits | Amendment]] = defaultdict(dict)
        for (record, field), found in credits_by_text(comparison.changes, adopted).items():
            self._credits[record][field] = found
        self._sources = {action.id: action.recommendations for _, action in new.walk_actions()}
        self.moved: set[str] = set()
        """The records that moved, as far as they have been asked for."""
        self._changes: defaultdict[Slot, list[Change]] = defaultdict(list)
        self._movers: dict[Slot, Amendment] = {}
        for change in comparison.changes:
            if change.kind not in _DERIVED or change.record_kind not in _TEXTS:
                self._changes[_slot(change)].append(change)
            elif change.kind is Kind.MOVED and (made := ascribed(change, adopted).amendments):
                self._movers[change.record, change.field.rpartition(".")[0] or "text"] = made[-1]

    def has(self, block: Heading | Paragraph | Row | Table) -> bool:
        """Return whether there is anything to say of a block that stands in both versions."""
        found = self._changes.get(_place(block), ())
        return any(change.significance is Significance.SUBSTANTIVE for change in found)

    def of_block(self, block: Heading | Paragraph | Row | Table, standing: RevisionState) -> Revision:
        """Return the revision of a block that one version alone has, or that differs in both."""
        slot = _place(block)
        is_moved = (
            standing is not RevisionState.KEPT and slot in self._old.numbers and slot in self._new.numbers
        )
        remarks = list(self._of_move(slot, standing)) if is_moved else []
        author, when = self._author, self._when
        if not (is_moved and standing is RevisionState.REMOVED):
            found = self._changes.pop(slot, [])
            if whose := self._whose(found):
                author, when, _ = whose
            substantive = [change for change in found if change.significance is Significance.SUBSTANTIVE]
            remarks += [self._remark(change) for change in substantive]
        if is_moved and slot in self._movers:
            author, when, _ = author_of(self._movers[slot])
        return Revision(author, when, standing, tuple(remarks))

    def with_authors(self, runs: Iterable[Run], block: Heading | Paragraph) -> tuple[Run, ...]:
        """Return the runs of a line of both versions, each changed stretch with whoever proposed it."""
        return with_authors(runs, self._credits.get(block.record or "", {}), block.field or "")

    def _whose(self, found: Sequence[Change]) -> Author | None:
        """Return the proposer of all that a block shows, where one amendment made it."""
        every = [ascribed(_of_block(change), self._adopted) for change in found]
        made = {each.id: each for one in every for each in one.amendments}
        is_whole = bool(every) and all(each.whole for each in every)
        return author_of(next(iter(made.values()))) if is_whole and len(made) == 1 else None

    def of_the_rest(self, *, shown: bool) -> Revision | None:
        """Return what no block has said; with nothing `shown`, of every change, whatever it weighs."""
        left = [change for changes in self._changes.values() for change in changes]
        told = [change for change in left if not shown or change.significance is Significance.SUBSTANTIVE]
        if not told and not shown:
            return None
        return Revision(self._author, self._when, remarks=tuple(self._remark(change) for change in told))

    def _of_move(self, slot: Slot, standing: RevisionState) -> Iterator[str]:
        record, field = slot
        before, after = self._old.section(record), self._new.section(record)
        if field in ("title", "text"):
            self.moved.add(record)
        if field != "title" and before == after and before in self.moved:
            return
        if field in ("title", "text") or field.startswith("points."):
            was, now = self._old.place(slot), self._new.place(slot)
            mover = self._movers.get(slot)
            by = f" Amendment {mover.id} of {mover.proposer}." if mover else ""
            if standing is RevisionState.REMOVED:
                yield f"{_name(slot)} moved from here ({was}) to {now}.{by}"
            else:
                yield f"{_name(slot)} moved here ({now}) from {was}.{by}"

    def _remark(self, change: Change) -> str:
        """Name the record, what happened and how much it weighs, the amendment, and the sources."""
        grounds = f" ({', '.join(change.grounds)})" if change.grounds else ""
        said = [f"{_cited(change)}: {_what_happened(change)}; {change.significance.value}{grounds}."]
        said += [f"{each[0].upper()}{each[1:]}." for each in named(change, self._adopted)]
        if sources := self._sources.get(change.record):
            said.append(f"Source recommendations: {', '.join(sources)}.")
        return " ".join(said)


class _Side:
    """Where everything of one version stands, by the ids it has now."""

    def __init__(self, plan: Plan, known: Ids) -> None:
        self.homes: dict[str, str] = {}
        self.numbers: dict[Slot, str] = {}
        printed, cited = printed_numbers(plan), cited_numbers(plan)
        for each in (*plan.front, *plan.introduction):
            self.numbers[known.record(each.id), "text"] = printed.get(each.id, "")
        for section in plan.sections:
            home = self.homes[known.record(section.id)] = known.record(section.id)
            self.numbers[home, "title"] = printed[section.id]
            for name in (*(each.id for each in section.chapeau), *(each.id for each in section.actions)):
                if name in printed:
                    self.homes[known.record(name)] = home
                    self.numbers[known.record(name), "text"] = printed[name]
            for action in section.actions:
                owner = known.record(action.id)
                for point in action.walk_points():
                    if number := cited.get(f"{action.id}.{point.record.id}"):
                        self.numbers[owner, known.field(owner, point.field)] = number

    def section(self, record: str) -> str:
        """Return the id of the section a record stands in; empty: outside them."""
        return self.homes.get(record, "")

    def place(self, slot: Slot) -> str:
        """Return where a text stands: ``section II, paragraph 14``."""
        record, field = slot
        number = self.numbers[slot].rstrip(".")
        if field == "title":
            return f"section {number}"
        if field != "text":
            paragraph, _, letters = number.partition(" ")
            return f"point {letters} of paragraph {paragraph}"
        section = self.section(record)
        where = f"section {self.numbers[section, 'title'].rstrip('.')}, " if section else ""
        return f"{where}paragraph {number}" if number else f"{where}unnumbered"


def _slot(change: Change) -> Slot:
    if change.kind in _WHOLE and change.record_kind != "point":
        field = "title" if change.record_kind == "section" else "text"
        return change.record, field if change.record_kind in _TEXTS else "row"
    if change.record_kind == "provision":
        return change.record.split(" ")[0], "row"
    if change.record_kind not in _TEXTS:
        return change.record, "row"
    if change.record_kind == "action":
        return change.record, _line(change.field)
    return change.record, change.field


def _line(name: str) -> str:
    """Name the line of an action that shows a field, or its row; its own name for a text."""
    found = fields.field(Action, name)
    return found.place.value if found and found.place not in (None, Place.TEXT) else name


def _of_block(change: Change) -> Change:
    """Return a change as the first paragraph of its record shows it: what came with a record has its own."""
    if change.kind in _WHOLE and isinstance(change.new, str):
        return replace(change, new=change.new.partition("\n")[0])
    return change


def _place(block: Heading | Paragraph | Row | Table) -> Slot:
    """Name a block as changes do."""
    match block:
        case Heading(record=record, field=field) | Paragraph(record=record, field=field):
            return record or "", field or ""
        case Row(record=record):
            return record or "", "row"
        case _:
            return "", ""


def _name(slot: Slot) -> str:
    record, field = slot
    return f"{record} point {field.removeprefix('points.')}" if field.startswith("points.") else record


def _cited(change: Change) -> str:
    """Cite a record as one does in the room: ``A-007 (para. 14)``."""
    if not change.number:
        return change.record
    gone = change.new_at is None or change.kind is Kind.WITHDRAWN
    noun = "section" if change.record_kind == "section" else "para."
    return f"{change.record} ({'formerly ' if gone else ''}{noun} {change.number})"


def _what_happened(change: Change) -> str:
    """Return what happened, in a few words, and what that rests on."""
    happened = _happened(change)
    return (
        happened if change.evidence in ("from", *happened.split(), "") else f"{happened} ({change.evidence})"
    )


def _happened(change: Change) -> str:
    match change.kind:
        case Kind.ID_CHANGED:
            return f"formerly {change.old}"
        case Kind.SPLIT | Kind.MERGED:
            verb = "split off" if change.kind is Kind.SPLIT else "merged"
            return f"{verb} from {', '.join(change.old or ())}"
        case Kind.STATUS | Kind.WITHDRAWN:
            return f"status {change.old}, now {change.new}"
        case Kind.FIELD | Kind.RELINKED:
            return f"{change.field.replace('_', ' ')} changed"
        case Kind.REWORDED if change.field not in ("", "text") and change.record_kind != "point":
            return f"{change.field.replace('_', ' ')} reworded"
        case _:
            return change.kind.value.replace("-", " ")
