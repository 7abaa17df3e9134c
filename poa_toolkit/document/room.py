"""The text as it stands with the amendments that wait, for the room: to be accepted or rejected there."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import groupby, takewhile, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from poa_toolkit.amend.amendment import WAITING
from poa_toolkit.document import proposed_words
from poa_toolkit.document.amendments_report import DOES, AmendmentView
from poa_toolkit.document.blocks import Document, Heading, Paragraph, PartKind, Remark, Revision, Role
from poa_toolkit.document.citations import marked
from poa_toolkit.document.dates import day, of_stage
from poa_toolkit.document.proposed_places import Behind, ProposedPlaces, new_blocks
from poa_toolkit.document.proposed_rewording import Rewordings
from poa_toolkit.document.room_record import printing
from poa_toolkit.document.runs import Author, RevisionState
from poa_toolkit.document.statements import in_a_line
from poa_toolkit.model import AmendmentKind, AmendmentState, cross_references
from poa_toolkit.returned.signature import TOOLKIT
from poa_toolkit.text.counting import counted
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.document.amendments_report import AmendmentsOfPlan
    from poa_toolkit.document.blocks import Block, Part
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.model import Amendment

    Line: TypeAlias = Heading | Paragraph

_BODY = (PartKind.FRONT, PartKind.INTRODUCTION, PartKind.SECTION)
_NOWHERE = (AmendmentState.STALE, AmendmentState.UNPLACED)
_WHOLE = (AmendmentKind.REMOVE, AmendmentKind.MOVE)


class ForRoom(NamedTuple):
    """The document of a text with proposals."""

    document: Document
    left_out: tuple[tuple[str, str], ...]
    """The amendments that it cannot show, by id, and why."""


def with_proposals(document: Document, table: AmendmentsOfPlan, wanted: Sequence[Amendment]) -> ForRoom:
    """Print amendments into the document of the text that they are to.

    Those that wait become revisions of their proposers; those that are decided are told beside the text,
    for what became of them is in it, or is not.
    """
    room = _Room(document, table, wanted)
    parts = tuple(room.part(part) for part in document.parts)
    stage = table.plan.current_stage() or table.plan.stages[-1]
    lines = tuple(_cover(room.shown, document, table, room.view.words))
    waiting = tuple((each, room.authors[each.id]) for each in room.shown if each.id in room.authors)
    made = replace(
        document,
        cover=(*document.cover, *lines),
        parts=parts,
        revision=Revision(TOOLKIT, stage.date),
        clean=document,
        proposals=printing(waiting, parts, lines),
    )
    return ForRoom(made, tuple(room.left_out.items()))


def authors(amendments: Iterable[Amendment]) -> dict[str, Author]:
    """Return under which name and moment each amendment revises the text: no two under the same.

    Those of one proposer and day follow each other by a minute.
    """
    times: Counter[tuple[str, object]] = Counter()
    found: dict[str, Author] = {}
    for each in amendments:
        key = each.proposer, each.date
        when = datetime.combine(each.date, time()) + timedelta(minutes=times[key] % _MINUTES)
        found[each.id] = Author(each.proposer, when, (each.id,))
        times[key] += 1
    return found


_MINUTES = 24 * 60


class _NewUnit(NamedTuple):
    """What an amendment would put at a place."""

    amendment: Amendment
    blocks: tuple[Line, ...]


class _Room:
    """Lays the amendments over the text."""

    def __init__(self, document: Document, table: AmendmentsOfPlan, wanted: Sequence[Amendment]) -> None:
        self.view = AmendmentView(table)
        self.plan = table.plan
        self.shown_words = partial(
            marked, holders=trace(table.plan).holders, references=cross_references.of(table.plan)
        )
        self.below = {
            (action.id, each.field): f"points.{each.above}"
            for _, action in table.plan.walk_actions()
            for each in action.walk_points()
            if each.above
        }
        """The point under which each sub-point stands, as fields of their action."""
        self.wanted = {each.id: each for each in wanted}
        waiting = [
            each for each in wanted if each.state in WAITING and each.kind is not AmendmentKind.COMMENT
        ]
        self.authors = authors(waiting)
        self.left_out: dict[str, str] = {}
        self.printed = {
            (block.record, block.field)
            for part in document.parts
            for block in part.blocks
            if part.kind in _BODY and isinstance(block, Heading | Paragraph)
        }
        self.places = ProposedPlaces(table.plan, {record for record, _ in self.printed if record})
        self.rewordings = Rewordings(self.view, document)
        self.gone: defaultdict[tuple[str, str], list[Author]] = defaultdict(list)
        """Who would take out or move an action with all that is its own, a paragraph or a point."""
        self.new: defaultdict[Behind, list[_NewUnit]] = defaultdict(list)
        self.remarks: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.said: defaultdict[tuple[str, str], list[Remark]] = defaultdict(list)
        self.shown = tuple(each for each in wanted if self._shows(each))
        for each in self.shown:
            self._lay(each)

    # --- what each amendment does ---

    def _shows(self, amendment: Amendment) -> bool:
        """Return whether an amendment can be shown at its place; keep the reason where it cannot."""
        why = self._obstacle(amendment)
        if why:
            self.left_out[amendment.id] = why
        return not why

    def _obstacle(self, amendment: Amendment) -> str:
        is_waiting = amendment.state in WAITING
        lost = self.view.table.astray.get(amendment.id)
        if lost is not None and is_waiting:
            return lost.said
        if amendment.state in _NOWHERE:
            return f"it is {amendment.state.value}{f': {amendment.reason}' if amendment.reason else ''}"
        if is_waiting and amendment.kind.rewords:
            return self.rewordings.obstacle(amendment)
        if amendment.kind is not AmendmentKind.ADD or not is_waiting:
            record, field = self._at(amendment)
            if (record, field) not in self.printed:
                return "its text is not printed in the body"
            if is_waiting and amendment.kind in _WHOLE and not field.startswith(("text", "points.")):
                return f"it would take out the {field} alone"
        is_placed = is_waiting and amendment.kind in (AmendmentKind.ADD, AmendmentKind.MOVE)
        return self.places.obstacle(amendment) if is_placed else ""

    def _at(self, amendment: Amendment) -> tuple[str, str]:
        """Return the line at which an amendment is told."""
        target = self.view.target(amendment)
        if target is None:
            return "", ""
        field = self.rewordings.line_of(target.record, target.field)
        return target.record, field

    def _lay(self, amendment: Amendment) -> None:
        name = amendment.id
        if amendment.kind is AmendmentKind.COMMENT:
            self.said[self._at(amendment)].append(_thread(amendment))
            return
        if amendment.state not in WAITING:
            self.remarks[self._at(amendment)].append(_decided(amendment, self.view))
            return
        by, remark = self.authors[name], self._remark(amendment)
        said = (
            (Remark(by, amendment.comment, _answers(amendment), amendment.resolved),)
            if amendment.comment
            else ()
        )
        if amendment.kind in (AmendmentKind.ADD, AmendmentKind.MOVE):
            revision = Revision(by.name, by.when, RevisionState.ADDED, (remark,), said, by.amendments)
            behind = self.places.behind(amendment)
            blocks = tuple(new_blocks(amendment, behind, self._moved(amendment), revision, self.shown_words))
            self._put(behind, _NewUnit(amendment, blocks))
        if amendment.kind in _WHOLE:
            self.gone[self._at(amendment)].append(by)
        if amendment.kind is not AmendmentKind.ADD:
            self.remarks[self._at(amendment)].append(remark)
            # what is said for a move stands where the text would come
            self.said[self._at(amendment)] += said if amendment.kind is not AmendmentKind.MOVE else ()
        if amendment.kind.rewords:
            self.rewordings.add(amendment, by)

    def _put(self, behind: Behind, unit: _NewUnit) -> None:
        """Put what would come at a place among the others there, as accepting them one by one would."""
        units, place = self.new[behind], 0
        if unit.amendment.after is None:
            place = len(units)
        elif unit.amendment.kind is AmendmentKind.ADD and not behind.series.endswith("points"):
            like = (each.amendment for each in units)
            same = takewhile(
                lambda each: (each.kind, each.after) == (AmendmentKind.ADD, unit.amendment.after), like
            )
            place = sum(1 for _ in same)
        units.insert(place, unit)

    def _new(self, behind: Behind) -> Iterator[Block]:
        """Return what would come at a place."""
        for each in self.new.get(behind, ()):
            yield from each.blocks

    def _moved(self, amendment: Amendment) -> tuple[Line, ...]:
        """Return the blocks that an amendment would move, as they stand."""
        if amendment.kind is not AmendmentKind.MOVE:
            return ()
        record, field = self._at(amendment)
        return tuple(
            each
            for each in self.rewordings.blocks[record]
            if field in ("text", each.field, self.below.get((record, each.field or "")))
        )

    def _remark(self, amendment: Amendment) -> str:
        """Return what the toolkit says of an amendment where it stands: which it is, and what collides."""
        view, when = self.view, day(amendment.date, self.view.words)
        what = f"{DOES[amendment.kind]}, {view.where(amendment)}"
        said = f"{amendment.id} of {amendment.proposer}, {when}: {what}."
        spoken = in_a_line(amendment)
        said += f" {spoken[0].upper()}{spoken[1:]}." if spoken else ""
        for name, why in view.partners(amendment):
            other = self.wanted.get(name)
            if other is not None:
                said += f" Collides with {name} of {other.proposer}: {why}."
        return said

    # --- the blocks ---

    def part(self, part: Part) -> Part:
        """Return a part with what would come and go in it; annexes show the text as it stands."""
        if part.kind not in _BODY:
            return part
        return replace(part, blocks=tuple(self._blocks(part)))

    def _blocks(self, part: Part) -> Iterator[Block]:
        section = next((each.record for each in part.blocks if isinstance(each, Heading)), None) or ""
        series = "chapeau" if part.kind is PartKind.SECTION else part.kind.value
        if part.kind is PartKind.FRONT:
            yield from self._new(Behind(series))
        for record, group in groupby(part.blocks, key=lambda each: cast("Paragraph", each).record):
            blocks = cast("tuple[Line, ...]", tuple(group))
            if isinstance(blocks[0], Heading):
                yield from map(self._block, blocks)
                yield from self._new(Behind(series, section))
                continue
            if blocks[0].role is Role.ACTION and series == "chapeau":
                series = "actions"
                yield from self._new(Behind(series, section))
            yield from self._unit(blocks)
            yield from self._new(Behind(series, section, record or ""))
        if series == "chapeau":
            yield from self._new(Behind("actions", section))

    def _unit(self, blocks: Sequence[Line]) -> Iterator[Block]:
        """Return an action with its points and lines, or a paragraph."""
        record, point = blocks[0].record or "", ""
        for block, following in zip_longest(blocks, blocks[1:]):
            yield self._block(block)
            role = block.role if isinstance(block, Paragraph) else None
            name = (block.field or "").removeprefix("points.")
            point = name if role is Role.POINT else point
            if role in (Role.POINT, Role.SUBPOINT):
                yield from self._new(Behind("sub-points", record, name))
            is_last = not isinstance(following, Paragraph) or following.role is not Role.SUBPOINT
            if role is Role.ACTION or (role in (Role.POINT, Role.SUBPOINT) and is_last):
                yield from self._new(Behind("points", record, point))

    def _block(self, block: Line) -> Line:
        key = block.record or "", block.field or ""
        whole = [*self.gone.get((key[0], "text"), ())]
        if key[1] != "text":
            whole += self.gone.get(key, ())
        if key in self.below:
            whole += self.gone.get((key[0], self.below[key]), ())
        runs = self.rewordings.runs(block, whole)
        remarks, said = tuple(self.remarks.get(key, ())), tuple(self.said.get(key, ()))
        if whole:
            by = proposed_words.together(whole)
            removed = Revision(by.name, by.when, RevisionState.REMOVED, remarks, said, by.amendments)
            return replace(block, runs=runs, revision=removed)
        if runs == block.runs and not remarks and not said:
            return block
        stage = self.plan.current_stage() or self.plan.stages[-1]
        return replace(block, runs=runs, revision=Revision(TOOLKIT, stage.date, remarks=remarks, said=said))


def _thread(amendment: Amendment) -> Remark:
    """Return a comment that lies on file, and what was answered."""
    by = Author(amendment.proposer, amendment.date)
    return Remark(by, amendment.comment or "", _answers(amendment), amendment.resolved)


def _answers(amendment: Amendment) -> tuple[Remark, ...]:
    return tuple(Remark(Author(each.by, each.date), each.text) for each in amendment.replies)


def _decided(amendment: Amendment, view: AmendmentView) -> str:
    """Return what became of an amendment."""
    words = view.words
    said = f"{amendment.id} of {amendment.proposer}: {amendment.state.value}"
    if amendment.decided_by and amendment.decided:
        said += f" by {amendment.decided_by}, {day(amendment.decided, words)}"
    said += f": {amendment.reason.rstrip('.')}" if amendment.reason else ""
    if not amendment.is_adopted and amendment.proposed:
        return f"{said}. Proposed was: “{amendment.proposed}”"
    return f"{said}."


# --- what is said of all ---


def _cover(
    shown: Sequence[Amendment], document: Document, table: AmendmentsOfPlan, words: Labels
) -> Iterator[tuple[str, str]]:
    """Return the heading line of the room and the table of proposers, as lines of the cover."""
    waiting = [each for each in shown if each.state in WAITING]
    by_proposer: dict[str, list[Amendment]] = {}
    for each in waiting:
        by_proposer.setdefault(each.proposer, []).append(each)
    text = document.version or of_stage(table.plan, words) or document.digest
    yield (
        words.proposals,
        words.proposals_on.format(
            proposals=_count(waiting, words),
            proposers=counted(len(by_proposer), words.proposer_count),
            text=text,
        ),
    )
    for name, theirs in by_proposer.items():
        yield name, f"{_count(theirs, words)}: {', '.join(each.id for each in theirs)}"


def _count(amendments: Sequence[Amendment], words: Labels) -> str:
    """Count amendments: ``3 proposals and 1 comment``."""
    comments = sum(each.kind is AmendmentKind.COMMENT for each in amendments)
    proposals = len(amendments) - comments
    counts = [counted(proposals, words.proposal_count)] if proposals or not comments else []
    counts += [counted(comments, words.comment_count)] if comments else []
    return f" {words.conjunction} ".join(counts)
