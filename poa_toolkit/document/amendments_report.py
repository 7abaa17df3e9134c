"""Amendments on paper: the list, and one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.amend.amendment import WAITING, Target, edits_of, is_to_set, rebased, targets
from poa_toolkit.document.blocks import Column, Table
from poa_toolkit.document.dates import day
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.plan import names
from poa_toolkit.document.report_blocks import body, code, heading, item, part, quote, row, strong
from poa_toolkit.document.report_blocks import report as report_on
from poa_toolkit.document.runs import Deleted, Inserted, Text
from poa_toolkit.document.sets_read_back import redlined_members
from poa_toolkit.document.statements import history, redlined, statements
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.plan import HOMES
from poa_toolkit.model.texts import TextKind
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.amend.collisions import Collision
    from poa_toolkit.check.amendment_places import StrayAmendment
    from poa_toolkit.document.blocks import Block, Document, Paragraph, Part
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment, Plan

DOES = {
    AmendmentKind.TEXT: "change",
    AmendmentKind.ADD: "add",
    AmendmentKind.REMOVE: "remove",
    AmendmentKind.MOVE: "move",
    AmendmentKind.COMMENT: "comment",
    AmendmentKind.CORRIGENDUM: "corrigendum",
}


class AmendmentsOfPlan(NamedTuple):
    """The amendments of a plan, and what is known of them."""

    plan: Plan
    amendments: tuple[Amendment, ...]
    """Every one on record, in the order of the files."""
    collisions: tuple[Collision, ...]
    label: str
    astray: Mapping[str, StrayAmendment] = {}
    """By id, what became of the place of an amendment, where that is not as it was."""
    broken: frozenset[str] = frozenset()
    """The ids, in lower case, of what could not be read."""


class AmendmentView:
    """What is needed of the plan to print an amendment."""

    def __init__(self, table: AmendmentsOfPlan) -> None:
        self.table = table
        self.words: Labels = LABELS[table.plan.style]
        self.names = {
            field: {str(value): name for value, name in each.items()}
            for field, each in names(table.plan, self.words).items()
        }
        """How documents print the members of sets, by field."""
        self.texts = targets(table.plan)
        self.order = {key: place for place, key in enumerate(self.texts)}

    def target(self, amendment: Amendment) -> Target | None:
        """Return the text that an amendment is to; of an addition, the one it would stand behind."""
        if amendment.record is not None:
            field = amendment.field or "text"
            if amendment.kind is AmendmentKind.ADD and not amendment.is_adopted:
                field = self._before_new_point(amendment)
            return self.texts.get((amendment.record, field)) or self.texts.get((amendment.record, "text"))
        if amendment.after is not None:
            return self.texts.get((amendment.after, "text")) or self.texts.get((amendment.after, "title"))
        if amendment.section in HOMES:
            here = [each for each in self.texts.values() if each.at[:1] == (amendment.section,)]
            return here[-1] if here else None
        here = [each for each in self.texts.values() if each.section and each.section == amendment.section]
        return here[-1] if here else None

    def _before_new_point(self, amendment: Amendment) -> str:
        """Return the field of the text that a new point would stand behind in print."""
        if amendment.after not in (None, "text"):
            return f"points.{amendment.after}"
        holder = f"points.{amendment.under}" if amendment.under else "text"
        if amendment.after == "text":
            return holder
        above = self.texts.get((amendment.record or "", holder))
        inside = (*above.at[:-1], "points") if above else ()
        here = [
            field
            for (name, field), each in self.texts.items()
            if name == amendment.record and field.startswith("points.") and each.at[: len(inside)] == inside
        ]
        return here[-1] if here else holder

    def where(self, amendment: Amendment) -> str:
        """Return what an amendment is to: ``A-007, point b (para. 12 (b))``."""
        if amendment.kind is AmendmentKind.ADD and not amendment.is_adopted:
            return self._new(amendment)
        target = self.target(amendment)
        if amendment.record is None or target is None:
            return amendment.record or "no place in the text"
        field = "" if amendment.field in (None, "text") else _field(amendment.field or "")
        return f"{amendment.record}{field}{cited(target)}{goes(amendment)}"

    def _new(self, amendment: Amendment) -> str:
        target = self.target(amendment)
        if amendment.record is not None:
            what, of = "point", amendment.record
            if self._is_sub_point(amendment):
                what, of = "sub-point", f"{amendment.record}{self._under(amendment)}"
            return f"new {what} of {of}{self._behind(amendment, target)}"
        what = "action" if amendment.section not in HOMES else "paragraph"
        if amendment.after is not None:
            if amendment.after == amendment.section:
                return f"new {what} at the beginning of {amendment.section}"
            return f"new {what} after {amendment.after}{cited(target)}"
        return f"new {what} at the end of {amendment.section or 'the text'}"

    def _is_sub_point(self, amendment: Amendment) -> bool:
        behind = self.texts.get((amendment.record or "", f"points.{amendment.after}"))
        return amendment.under is not None or (behind is not None and behind.kind is TextKind.SUBPOINT)

    def _under(self, amendment: Amendment) -> str:
        """Name the point under which a new one would stand, where an amendment says so."""
        return f", point {amendment.under}" if amendment.under else ""

    @staticmethod
    def _behind(amendment: Amendment, target: Target | None) -> str:
        """Say behind which point a new one would stand: ``, behind 22 (a)``."""
        if amendment.after == "text":
            return f"{cited(target)}, before the other points"
        if target is None or not target.field.startswith("points."):
            return cited(target)
        point = target.field.partition(".")[2]
        return f", behind {target.number or f'point {point}'}"

    def now(self, amendment: Amendment) -> tuple[Amendment, str]:
        """Return an amendment as it stands against the text of today, and why it cannot, where so."""
        if amendment.state not in WAITING or not amendment.kind.rewords:
            return amendment, ""
        target = self.texts.get((amendment.record or "", amendment.field or ""))
        found = rebased(amendment, target.text if target else None)
        return found.amendment, found.stale

    def redline(self, amendment: Amendment) -> tuple[Run, ...]:
        """Return the words of an amendment, what goes and what comes."""
        amendment, _ = self.now(amendment)
        match amendment.kind:
            case AmendmentKind.ADD:
                points = (text for point in amendment.points for text in point.texts)
                return (Inserted("\n".join((amendment.adopted or "", *points))),)
            case AmendmentKind.REMOVE:
                target = self.target(amendment)
                words = amendment.original or (target.text if target else "") or ""
                return (Deleted("\n".join((words, *self._taken_along(amendment)))),)
            case AmendmentKind.COMMENT:
                return ()
            case AmendmentKind.MOVE:
                target = self.target(amendment)
                return (Text(amendment.original or (target.text if target else "") or ""),)
            case AmendmentKind.TEXT | AmendmentKind.CORRIGENDUM:
                wording = amendment.wording
                if is_to_set(amendment):
                    printed = self.names.get(amendment.field or "", {})
                    return tuple(redlined_members(wording.original or "", wording.proposed or "", printed))
                return tuple(redlined(wording.original or "", edits_of(amendment)))

    def _taken_along(self, amendment: Amendment) -> Iterator[str]:
        """Return the texts of the sub-points that go, or went, with a point."""
        if amendment.was is not None:
            yield from (each.text for each in amendment.was.points)
            return
        target = self.texts.get((amendment.record or "", amendment.field or ""))
        inside = (*target.at[:-1], "points") if target and target.kind is TextKind.POINT else None
        for (record, _), each in self.texts.items():
            if inside and record == amendment.record and each.at[: len(inside)] == inside:
                yield each.text or ""

    def place(self, amendment: Amendment) -> tuple[int, int]:
        """Return the place of an amendment in the order of the text; what has none comes last."""
        target = self.target(amendment)
        is_new = amendment.kind is AmendmentKind.ADD
        if target is None:
            return len(self.order), is_new
        at = self.order[target.record, target.field]
        if is_new and amendment.record is None:
            # what stands behind an action stands behind its points too
            at = max(place for (record, _), place in self.order.items() if record == target.record)
        return at, is_new

    def partners(self, amendment: Amendment) -> Iterator[tuple[str, str]]:
        """Return the amendments that one collides with, and why."""
        for each in self.table.collisions:
            if amendment.id in (each.first, each.second):
                yield each.second if amendment.id == each.first else each.first, each.why


def goes(amendment: Amendment) -> str:
    """Return where a text would be moved, as the end of a clause; nothing of what moves none."""
    is_told = amendment.kind is AmendmentKind.MOVE and (amendment.after or amendment.under)
    return f", to {_to(amendment)}" if is_told else ""


def _to(amendment: Amendment) -> str:
    under = f" under point {amendment.under}" if amendment.under else ""
    if amendment.after is None:
        return f"the end of the points{under}"
    if amendment.after in ("text", amendment.section):
        where = f"the points{under}" if amendment.after == "text" else amendment.section
        return f"the beginning of {where}"
    point = "point " if (amendment.field or "").startswith("points.") else ""
    return f"behind {point}{amendment.after}"


def _field(field: str) -> str:
    name, _, point = field.partition(".")
    return f", point {point}" if name == "points" and point else f", {name}"


def cited(target: Target | None) -> str:
    """Return the number of a text, in brackets behind a space; nothing where it bears none."""
    if target is None or not target.number:
        return ""
    return f" ({'section' if target.field == 'title' else 'para.'} {target.number})"


def report(table: AmendmentsOfPlan, title: str, parts: Iterable[Part]) -> Document:
    """Return a report on amendments."""
    return report_on(title, parts, table.plan, version=table.label)


# --- The list -------------------------------------------------------------------------------------


def listing(table: AmendmentsOfPlan, shown: Sequence[Amendment]) -> Document:
    """Lay out a list of amendments, in the order given, and the collisions among them."""
    view = AmendmentView(table)
    titles = {"Amendment": 3, "What": 2, "To": 5, "By": 4, "State": 2}
    columns = tuple(Column(title, weight) for title, weight in titles.items())
    rows = tuple(
        row(
            code(each.id),
            DOES[each.kind],
            view.where(each),
            each.proposer,
            each.state.value,
            record=each.id,
        )
        for each in shown
    )
    blocks: list[Block] = [Table(columns, rows)] if rows else [body("No amendment.")]
    names = {each.id for each in shown}
    colliding = [each for each in table.collisions if {each.first, each.second} & names]
    if colliding:
        blocks += [heading("Collisions"), *map(pair, colliding)]
    lost = [each for name, each in table.astray.items() if name in names]
    if lost:
        blocks.append(heading("No longer where they were"))
        blocks += [item(code(each.amendment), _lost(each)) for each in lost]
    return report(table, "Amendments", (part(*blocks),))


def pair(collision: Collision) -> Paragraph:
    """Return an item that names two amendments, and why they collide."""
    return item(code(collision.first), " and ", code(collision.second), f": {collision.why}")


def reasons(collisions: Iterable[Collision]) -> Paragraph:
    """Return a line on why amendments collide, each pair named."""
    said = "; ".join(f"{each.first} and {each.second}: {each.why}" for each in collisions)
    return body(strong("Collision. "), f"{said}.")


def _lost(astray: StrayAmendment) -> str:
    return f": {astray.said}; {astray.cure}"


# --- One in full ----------------------------------------------------------------------------------


def details(table: AmendmentsOfPlan, shown: Sequence[Amendment]) -> Document:
    """Lay out amendments in full; those that collide side by side."""
    view = AmendmentView(table)
    title = shown[0].id if len(shown) == 1 else many(len(shown), "amendment").capitalize()
    parts = [part(*in_full(each, view)) for each in shown]
    return report(table, f"Amendment {title}" if len(shown) == 1 else title, parts)


def in_full(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    """Lay out one amendment, and beside it what it collides with."""
    yield from detail(amendment, view)
    yield from _beside(amendment, view)


def detail(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    """Lay out one amendment: its words, who proposes it, what was said."""
    yield heading(f"{amendment.id}: {DOES[amendment.kind]}, {view.where(amendment)}")
    yield from words_of(amendment, view)
    yield from said_of(amendment, view)


def collisions_of(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    """Name what collides with an amendment, and why, where the words of all stand elsewhere."""
    for name, why in view.partners(amendment):
        yield _collides(name, why)


def _collides(name: str, why: str) -> Paragraph:
    return body(strong("Collides with "), code(name), f": {why}.")


def words_of(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    """Return the words that an amendment changes, and those that were adopted in their place."""
    runs = view.redline(amendment)
    if runs:
        yield quote(*runs, record=amendment.record, field=amendment.field)
    if amendment.modified is not None:
        yield body("Adopted in its place:")
        yield quote(amendment.modified, record=amendment.record, field=amendment.field)


def said_of(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    """Return who proposes it, what is said for it, and what became of it."""
    proposed = f"Proposed by {amendment.proposer}, {day(amendment.date, view.words)}. "
    yield body(proposed, *state(amendment, view))
    if unfit := why_unfit(amendment, view):
        yield body(*unfit)
    if amendment.context:
        yield body(f"In the returned file: {amendment.context}.")
    if amendment.comment:
        yield body(strong("Comment: "), amendment.comment)
    for each in amendment.replies:
        yield item(strong(f"{each.by}: "), each.text)
    yield from statements(amendment, view.words)
    yield from history(amendment, view.words)


def why_unfit(amendment: Amendment, view: AmendmentView) -> tuple[Run, ...]:
    """Return why an amendment cannot be accepted as it stands; nothing where it can."""
    lost = view.table.astray.get(amendment.id)
    if lost is not None:
        return (strong("No longer where it was"), Text(_lost(lost)))
    _, stale = view.now(amendment)
    return (Text(f"It does not fit the text of today: {stale}."),) if stale else ()


def state(amendment: Amendment, view: AmendmentView) -> Iterator[Run]:
    """Return what became of an amendment, by whom and why."""
    said = amendment.state.value.capitalize()
    if amendment.decided_by and amendment.decided:
        said += f" by {amendment.decided_by}, {day(amendment.decided, view.words)}"
    yield strong(said)
    yield Text(f": {amendment.reason}" if amendment.reason else ".")


def _beside(amendment: Amendment, view: AmendmentView) -> Iterator[Block]:
    """Show what collides with an amendment beside it."""
    others = {each.id: each for each in view.table.amendments}
    for name, why in view.partners(amendment):
        other = others[name]
        yield _collides(name, why)
        columns = tuple(Column(f"{each.id}, {each.proposer}") for each in (amendment, other))
        yield Table(columns, (row(view.redline(amendment), view.redline(other)),))
