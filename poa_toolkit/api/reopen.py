"""Take a decision on an amendment back: its words go out of the text again, or nothing happens at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from poa_toolkit.amend.amendment import edits_of, is_to_set, rebased, told
from poa_toolkit.amend.reopened_sets import without
from poa_toolkit.api.accept import Acceptance, reason_of_removal
from poa_toolkit.api.accept_by_hand import stands_where_moved
from poa_toolkit.api.amendments_edit import AmendmentsEdit, Decided, Decision
from poa_toolkit.api.new import TO_DO, UNDECIDED, undecided
from poa_toolkit.api.propose import home_of
from poa_toolkit.api.validate import astray
from poa_toolkit.check.amendment_places import DECIDED, PlaceState
from poa_toolkit.diff import word_edits
from poa_toolkit.diff.word_edits import applied, edits_between
from poa_toolkit.edit import changes
from poa_toolkit.edit.yaml_file import Reading, value_at
from poa_toolkit.errors import AstrayError, EditRefusedError
from poa_toolkit.model import Action, AmendmentKind, AmendmentState, Before, Status, Turn
from poa_toolkit.model.fields import fields
from poa_toolkit.model.link_sets import members, spelt
from poa_toolkit.model.plan import HOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Amendment, TextEdit, Wording

_KEPT = ("id", "text", "points", "status")
"""The fields that an accepted addition fills."""


def reopen(project: Path, name: str, decision: Decision) -> Decided:
    """Take the decision on an amendment back: it is open again, and what was decided stays on record.

    The words of an accepted one go out of the text again, whatever else was changed there since. Raises
    EditRefusedError or AstrayError, nothing written, where that cannot be done for certain; InvalidPlanError
    where the plan would have a new error.
    """
    edit = AmendmentsEdit(project)
    index, amendment = edit.find(name)
    if amendment.state not in DECIDED:
        why = f": {amendment.reason}" if amendment.reason else ""
        raise EditRefusedError(
            f"{amendment.id} is {amendment.state.value}{why}; there is no decision to take back"
        )
    lost = frozenset(astray(project, edit.plan_edit.plan, edit.amendments))
    reopening = _Reopening(edit, index, decision)
    text = reopening.take_back() if amendment.is_adopted else ""
    reopening.put_on_record()
    edit.refresh()
    reopening.revive()
    reopening.tell(lost)
    first = f"{amendment.id} open again{f': {text}' if text else ''}"
    written = edit.finish(*reopening.records, left_to_do=TO_DO)
    return Decided(written, (first, *reopening.said))


class _Reopening:
    """Takes one decision back; nothing is written yet."""

    def __init__(self, edit: AmendmentsEdit, index: int, decision: Decision) -> None:
        self.edit = edit
        self.index = index
        self.decision = decision
        self.amendment = edit.amendments[index]
        self.application = Acceptance(edit, decision)
        # what became of others, in a line each, and the records that changed
        self.said, self.records = self.application.said, self.application.records
        self.forgotten: dict[str, object] = {}
        """Fields of the amendment that its acceptance had filled."""

    def refuse(self, why: str) -> NoReturn:
        """Raise AstrayError: the plan is not as the amendment left it."""
        raise AstrayError(f"{self.amendment.id} cannot be reopened: {why}")

    def put_on_record(self) -> None:
        """Make the amendment open, and keep what had been decided on it."""
        was = self.amendment
        kept: dict[str, object] = {}
        if was.kind.rewords and was.is_adopted:
            kept = {"original": was.wording.original, "proposed": was.wording.proposed}
        if was.kind is AmendmentKind.ADD:
            kept = {"record": was.record, "field": was.field} if was.is_adopted else {}
        former = self.edit.former(self.index, Turn.REOPENED, self.decision, **kept)
        placed = was.record or was.section or was.after
        nothing = dict.fromkeys(("decided_by", "decided", "reason", "modified", "was"))
        if was.rebased is not None and not was.rebased.edits and was.edits:
            # another text was adopted in place of words that did not fit: its own count again
            nothing["rebased"] = None
        state = AmendmentState.OPEN if placed else AmendmentState.UNPLACED
        history = (*was.history, former)
        self.edit.set(self.index, **nothing, **self.forgotten, state=state, history=history)

    def take_back(self) -> str:
        """Change the plan by the contrary of what the amendment says, and say what was done."""
        match self.amendment.kind:
            case AmendmentKind.TEXT | AmendmentKind.CORRIGENDUM:
                return self.words()
            case AmendmentKind.ADD:
                return self.addition()
            case AmendmentKind.REMOVE:
                return self.removal()
            case AmendmentKind.MOVE:
                return self.move()
            case AmendmentKind.COMMENT:
                return ""

    # --- words ---

    def words(self) -> str:
        """Put the words back that a rewording replaced; those that others changed stay."""
        place = f"{self.amendment.record} {self.amendment.field}"
        target = self.edit.text_of(self.amendment)
        if target is None:
            self.refuse(f"the plan has no {place} any more")
        now = target.text or ""
        new, edits = self.former_members(target) if is_to_set(self.amendment) else self.former_words(now)
        if new == now:
            return f"its words were out of {place} already"
        if new:
            self.edit.put_text(target, new)
        else:
            self.change_file(*self.edit.plan_edit.place(target.at), changes.remove_key)
            self.edit.texts[target.record, target.field] = target._replace(text=None)
        self.records.append(target.record)
        self.application.carry_others(f"{self.amendment.id} was reopened", target, edits)
        return f"{place} without its words"

    def former_members(self, target: Target) -> tuple[str, tuple[TextEdit, ...]]:
        """Return the members of a set without what the amendment did, the other decisions as they stand."""
        mine = (self.amendment.record, self.amendment.field)
        others = [
            self.in_ids(target, each)
            for each in self.edit.amendments
            if each is not self.amendment and (each.record, each.field) == mine and each.kind.rewords
        ]
        found = without(self.in_ids(target, self.amendment), others, members(target.text or ""))
        if found.obstacles:
            first = " and ".join(found.obstacles)
            self.refuse(f"“{found.about}” is what {first} changed too; reopen {first} first")
        new = spelt(found.members)
        return new, edits_between(target.text or "", new)

    def in_ids(self, target: Target, amendment: Amendment) -> Amendment:
        """Return an amendment to a set with its members by their ids."""

        def read(one: Amendment | Wording) -> dict[str, str | None]:
            return {
                name: text if text is None else self.edit.in_ids(target, text)
                for name in ("original", "proposed")
                for text in (getattr(one, name),)
            }

        update: dict[str, object] = {**read(amendment)}
        if amendment.rebased is not None:
            update["rebased"] = amendment.rebased.model_copy(update=read(amendment.rebased))
        return amendment.model_copy(update=update)

    def former_words(self, now: str) -> tuple[str, tuple[TextEdit, ...]]:
        """Return a text without the words of the amendment, and the edits that lead there."""
        was = self.amendment
        before, after = was.wording.original or "", was.adopted or ""
        made = edits_of(was) if was.modified is None else edits_between(before, after)
        back = word_edits.inverse(made if applied(before, made) == after else edits_between(before, after))
        if now.split() == after.split():
            return before, back if now == after else edits_between(now, before)
        found = word_edits.carried(after, back, edits_between(after, now))
        if found.obstacle is None:
            return applied(now, found.edits), found.edits
        by = self.changed_by(after, back)
        whose = (
            f"by {by}; reopen that first" if by else "by what is not on record; put that right by hand first"
        )
        return self.refuse(f"{told(found.obstacle)} since, {whose}")

    def changed_by(self, after: str, back: tuple[TextEdit, ...]) -> str:
        """Return the adopted amendment that changed words which have to go; empty where none is known."""
        mine = (self.amendment.record, self.amendment.field)
        left = [
            each
            for each in self.edit.amendments
            if each.is_adopted and each is not self.amendment and (each.record, each.field) == mine
        ]
        while later := next(
            (each for each in left if (each.wording.original or "").split() == after.split()), None
        ):
            left.remove(later)
            if (later.wording.original or "") != after:
                return ""
            became = later.adopted or ""
            edits = edits_of(later) if later.modified is None else edits_between(after, became)
            found = word_edits.carried(after, back, edits)
            if found.obstacle is not None:
                return later.id
            back, after = found.edits, became
        return ""

    # --- records ---

    def change_file(self, path: str, at: Pointer, change: Callable[[str, Pointer], str]) -> None:
        """Take something out of a file. Raises EditRefusedError where a comment would go with it."""

        def without(old: str) -> str:
            new = change(old, at)
            if Reading(new).comments() != Reading(old).comments():
                self.refuse("a comment stands at what would go; move it first")
            return new

        self.edit.plan_edit.change(path, without)

    def addition(self) -> str:
        """Take a record out that the amendment added, where nothing came to it since."""
        was, plan_edit = self.amendment, self.edit.plan_edit
        is_point = (was.field or "").startswith("points.")
        name = f"{was.record} {was.field}" if is_point else f"{was.record}"
        self.forgotten = {"field": "points"} if is_point else {"record": None, "field": None}
        target = self.edit.text_of(was, "text")
        if target is None:
            return f"{name} was out of the text already"
        changed = list(self.came_to(target))
        if changed:
            self.refuse(
                f"{name}, which it added, was changed since ({', '.join(changed)}); withdraw that instead"
            )
        path, at = plan_edit.place(target.at[:-1])
        self.change_file(path, at, _remove_item)
        return f"{name} taken out"

    def came_to(self, target: Target) -> Iterator[str]:
        """Return what of an added record is not as the amendment made it."""
        was = self.amendment
        if (target.text or "").split() != (was.adopted or "").split():
            yield "its text"
        action = self.edit.plan_edit.trace.actions.get(target.record)
        if action is None or target.field != "text":
            return
        have = [(bool(each.above), each.record.text.split()) for each in action.walk_points()]
        made = [(bool(below), text.split()) for each in was.points for below, text in enumerate(each.texts)]
        if have != made:
            yield "its points"
        if action.status not in UNDECIDED:
            yield f"its status, {action.status}"
        filled = (each for each in fields(Action).values() if each.name not in _KEPT)
        yield from (f"its {each.name}" for each in filled if getattr(action, each.attribute))

    def removal(self) -> str:
        """Put back what the amendment took out."""
        was = self.amendment
        record, field = was.record or "", was.field or "text"
        action = self.edit.plan_edit.trace.actions.get(record)
        if field == "text" and action is not None:
            return self.withdrawn(action)
        name = f"{record}{'' if field == 'text' else f' {field}'}"
        before = was.was
        if (there := self.edit.texts.get((record, field))) is not None:
            if before and before.text and (there.text or "").split() != before.text.split():
                self.refuse(f"{name} is there again, with other words")
            return f"{name} was there again already"
        if before is None or before.text is None:
            cure = "put it back by hand, or propose it with `poa amend propose --add`"
            self.refuse(f"where {name} stood is not on record; {cure}")
        is_point = field != "text"
        if is_point and action is None:
            self.refuse(f"the plan has no {record} any more")
        if action is not None:
            path, at, index = self.spot_of_point(action, before)
        else:
            path, at, index = self.spot(before.section or "", before.after or "")
        name_of = field.removeprefix("points.") if is_point else record
        below = {"points": [each.model_dump() for each in before.points]} if before.points else {}
        self.edit.plan_edit.insert(path, at, index, {"id": name_of, "text": before.text, **below})
        self.records.append(record)
        return f"{name} put back"

    def withdrawn(self, action: Action) -> str:
        """Take up an action again that the amendment withdrew: its status and reason are what they were."""
        if action.status is not Status.WITHDRAWN:
            return f"{action.id} was taken up again already"
        if action.reason != reason_of_removal(self.amendment):
            self.refuse(f"the reason for which {action.id} is withdrawn is another; take it up by hand")
        before = self.amendment.was
        status = before.status if before and before.status else undecided(self.edit.plan_edit.plan)
        path, at = self.edit.plan_edit.find(action.id, "action")
        values = {"status": status.value, **({"reason": before.reason} if before and before.reason else {})}
        self.edit.plan_edit.put_keys(path, {at: values})
        if "reason" not in values:
            self.change_file(path, (*at, "reason"), changes.remove_key)
        self.records.append(action.id)
        known = "as before" if before and before.status else "for its former status is not on record"
        return f"{action.id} taken up again, {status.value}, {known}"

    def spot_of_point(self, action: Action, before: Before) -> tuple[str, Pointer, int]:
        """Return file, list and index of where a point of an action stood."""
        path, owner = self.edit.plan_edit.find(action.id, "action")
        place = action.slot(before.under, before.after)
        if place is None:
            self.refuse(f'"{before.after}", behind which it stood, is not there any more')
        return path, (*owner, *place[:-1]), int(place[-1])

    def spot(self, home: str, after: str) -> tuple[str, Pointer, int]:
        """Return file, list and index behind `after` of the paragraphs of a home."""
        plan_edit = self.edit.plan_edit
        path, owner = plan_edit.place(()) if home in HOMES else plan_edit.find(home, "section")
        at = (*owner, home) if home in HOMES else (*owner, "chapeau")
        owner_value = value_at(plan_edit.loaded.trees[path].value, at[:-1])
        items = [each["id"] for each in owner_value.get(at[-1]) or ()]
        if after == home:
            return path, at, 0
        if after not in items:
            self.refuse(f'"{after}", behind which it stood, is not there any more')
        return path, at, items.index(after) + 1

    def move(self) -> str:
        """Move a text back to where it stood."""
        was = self.amendment
        before = was.was
        if before is None:
            self.refuse(f"where {was.record} stood is not on record; move it by hand (`poa move`)")
        target = self.edit.text_of(was, "text")
        if target is None or not stands_where_moved(self.edit, was):
            self.refuse(f"{was.record} does not stand where it was moved to any more")
        stood = {name: getattr(before, name) for name in ("section", "under", "after")}
        back = was.model_copy(update=stood)
        try:
            said = self.application.move(back)
        except EditRefusedError as error:
            self.refuse(f"it cannot go back to where it stood: {error}")
        return (
            f"{said} back to {'the points' if target.field != 'text' else home_of(target) and before.section}"
        )

    # --- others ---

    def revive(self) -> None:
        """Open again what became stale by the decision, where it fits again."""
        causes = tuple(f"{self.amendment.id} was {each.value}: " for each in DECIDED[:2])
        for index, other in enumerate(self.edit.amendments):
            # a merge puts the reasons of both sides behind each other
            if other.state is AmendmentState.STALE and any(each in (other.reason or "") for each in causes):
                opened = other.model_copy(update={"state": AmendmentState.OPEN, "reason": None})
                if why := self.misfit(opened):
                    self.said.append(f"{other.id} stays stale: {why}")
                else:
                    self.edit.amendments[index] = opened
                    self.said.append(f"{other.id} open again: it fits the text")

    def misfit(self, opened: Amendment) -> str:
        """Return why an amendment does not fit the text of today; empty where it does."""
        plan_edit = self.edit.plan_edit
        lost = astray(plan_edit.project, plan_edit.plan, (opened,)).get(opened.id)
        if lost is not None and lost.fate is not PlaceState.DEFERRED:
            return lost.said
        target = self.edit.text_of(opened)
        return rebased(opened, target.text).stale if target is not None and opened.kind.rewords else ""

    def tell(self, lost: frozenset[str]) -> None:
        """Say of the amendment whether it fits, and of others that their place went with its words."""
        mine = self.edit.amendments[self.index]
        if mine.state is AmendmentState.OPEN and (why := self.misfit(mine)):
            self.said.append(f"{mine.id} does not fit the text of today: {why}")
        plan_edit = self.edit.plan_edit
        for name, each in astray(plan_edit.project, plan_edit.plan, self.edit.amendments).items():
            if name not in lost and name != mine.id:
                self.said.append(f"{name}: {each.said}; {each.cure}")


def _remove_item(text: str, at: Pointer) -> str:
    """Take an item out, and its list where nothing is left in it that has to be there."""
    without = changes.remove_item(text, at)
    if at[-2] == "actions" or value_at(Reading(without).value, at[:-1]):
        return without
    return changes.remove_key(without, at[:-1])
