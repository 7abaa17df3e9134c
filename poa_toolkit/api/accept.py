"""Accept amendments one after the other: each changes the plan by exactly what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import WAITING, edits_of, rebased
from poa_toolkit.api.amendments_edit import AmendmentsEdit, Decision, check_removal, one_paragraph, settled
from poa_toolkit.api.edit_records import put_elsewhere, slot
from poa_toolkit.api.new import NewAction, put_action
from poa_toolkit.api.new_ids import next_id
from poa_toolkit.api.propose import home_of
from poa_toolkit.api.validate import astray
from poa_toolkit.check.amendment_places import PlaceState
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.edit import changes
from poa_toolkit.edit.yaml_file import value_at
from poa_toolkit.errors import AstrayError, EditRefusedError, PoaError
from poa_toolkit.model import AmendmentKind, AmendmentState, Before, Point, Section, Status, Wording
from poa_toolkit.model.actions import point_ids
from poa_toolkit.model.plan import HOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Action, Amendment, TextEdit

_WITHOUT_TEXT = (AmendmentKind.REMOVE, AmendmentKind.MOVE, AmendmentKind.COMMENT)
_PREFIXES = {"front": "F", "introduction": "P", "chapeau": "C"}


class Acceptance:
    """Accepts one amendment after the other, nothing of which is written yet."""

    def __init__(self, edit: AmendmentsEdit, decision: Decision, modified: str | None = None) -> None:
        self.edit = edit
        self.decision = decision
        self.modified = modified
        self.said: list[str] = []
        self.records: list[str] = []

    def accept(self, name: str) -> None:
        """Accept one. Raises EditRefusedError where that cannot be."""
        index, amendment = self.edit.undecided(name)
        if amendment.state is AmendmentState.STALE:
            raise settled(amendment)
        self._check_place(amendment)
        if self.modified is not None and amendment.kind in _WITHOUT_TEXT:
            raise EditRefusedError(f"{amendment.id} is a {amendment.kind.value}: it has no text to modify")
        state = AmendmentState.ACCEPTED if self.modified is None else AmendmentState.MODIFIED
        self.edit.decide(index, state, self.decision, modified=self.modified)
        # what that means for others is said after it
        place = len(self.said)
        self.said.insert(place, f"{amendment.id} {state.value}: {self._apply(index)}")

    def attempt(self, name: str) -> str:
        """Accept one where that can be; otherwise give the reason, and leave all as it was."""
        edit, plan_edit = self.edit, self.edit.plan_edit
        kept = list(edit.amendments), dict(edit.texts), dict(plan_edit.contents), plan_edit.loaded
        lists = list(self.said), list(self.records)
        try:
            self.accept(name)
        except PoaError as error:
            edit.amendments, edit.texts, plan_edit.contents, plan_edit.loaded = kept
            self.said, self.records = lists
            return str(error)
        return ""

    def _check_place(self, amendment: Amendment) -> None:
        """Raise EditRefusedError where an amendment is to nothing, to what is gone, or now elsewhere."""
        is_comment = amendment.kind is AmendmentKind.COMMENT
        if is_comment and amendment.state is not AmendmentState.UNPLACED:
            return
        if not (amendment.record or amendment.section or amendment.after):
            cure = f"say what it is to with `poa amend place {amendment.id}`"
            raise AstrayError(f"{amendment.id} cannot be accepted: it has no place in the text; {cure}")
        plan_edit = self.edit.plan_edit
        lost = astray(plan_edit.project, plan_edit.plan, (amendment,)).get(amendment.id)
        if lost is not None and lost.fate is not PlaceState.DEFERRED:
            raise AstrayError(f"{amendment.id} cannot be accepted: {lost.said}; {lost.cure}")

    def _apply(self, index: int) -> str:
        """Change the plan by what an amendment says, and say where."""
        amendment = self.edit.amendments[index]
        match amendment.kind:
            case AmendmentKind.TEXT | AmendmentKind.CORRIGENDUM:
                return self._reword(index)
            case AmendmentKind.ADD:
                return self._add(index)
            case AmendmentKind.REMOVE:
                return self._remove(index)
            case AmendmentKind.MOVE:
                return self._move(index)
            case AmendmentKind.COMMENT:
                return "noted"

    # --- words ---

    def _reword(self, index: int) -> str:
        amendment = self.edit.amendments[index]
        target = self._target(amendment)
        here = rebased(amendment, target.text)
        if here.stale and self.modified is None:
            raise AstrayError(
                f"{amendment.id} cannot be accepted: {here.stale}; "
                "adopt another text with --modified, or reject it and propose it anew"
            )
        amendment = here.amendment
        if here.stale:
            wording = Wording(original=target.text, proposed=amendment.wording.proposed)
            amendment = amendment.model_copy(update={"rebased": wording})
        text = self.edit.in_ids(target, one_paragraph(amendment))
        if unknown := self.edit.unknown(target, text):
            raise AstrayError(
                f"{amendment.id} cannot be accepted: “{unknown}” is not known; put it into the plan's files "
                f"first, or adopt others with --modified, by id or by name"
            )
        if self.modified is not None:
            amendment = amendment.model_copy(update={"modified": text})
        self.edit.amendments[index] = amendment
        edits = edits_of(amendment) if self.modified is None else edits_between(target.text or "", text)
        self.edit.put_text(target, text)
        self.records.append(target.record)
        self.carry_others(_cause(amendment), target, edits)
        return f"{target.record} {target.field}"

    def _target(self, amendment: Amendment) -> Target:
        found = self.edit.text_of(amendment)
        if found is None:
            place = " ".join(filter(None, (amendment.record, amendment.field)))
            raise AstrayError(f"{amendment.id} cannot be accepted: the plan has no {place or 'such text'}")
        return found

    def carry_others(self, cause: str, was: Target, edits: Sequence[TextEdit]) -> None:
        """Carry the other amendments to a text over to its new words, or mark them as stale by a cause."""
        now = self.edit.texts[was.record, was.field].text
        for index, other in enumerate(self.edit.amendments):
            same = (other.record, other.field) == (was.record, was.field)
            if not same or other.state not in WAITING or not other.kind.rewords:
                continue
            before = rebased(other, was.text)
            # what was written on other words may be about those that come back
            after = rebased(other, now) if before.stale else rebased(before.amendment, now, edits)
            if after.stale:
                self._stale(index, cause, after.stale)
            else:
                self.edit.amendments[index] = after.amendment
                self.said.append(f"{other.id} carried over to the new words")

    def _stale(self, index: int, cause: str, why: str) -> None:
        self.edit.set(index, state=AmendmentState.STALE, reason=f"{cause}: {why}")
        self.said.append(f"{self.edit.amendments[index].id} stale: {why}")

    # --- records that come ---

    def _add(self, index: int) -> str:
        amendment = self.edit.amendments[index]
        if amendment.record is not None:
            return self._add_point(index)
        text = one_paragraph(amendment)
        path, at, place = self._slot(index)
        if at == ("actions",):
            name = put_action(self.edit.plan_edit, NewAction(text, points=amendment.points), path, place)
        else:
            name = next_id(self.edit.plan_edit, f"{_PREFIXES[str(at[0])]}-", width=2)
            record = {"id": name, "text": text}
            self.edit.plan_edit.insert(path, at, place, record)
        self.edit.set(index, record=name, field="text")
        self.records.append(name)
        self.edit.refresh()
        return f"{name} added"

    def _slot(self, index: int) -> tuple[str, Pointer, int]:
        """Return file, list and index of a new action or paragraph: behind `after`, else at the end.

        What an earlier amendment put behind `after` stays before it.
        """
        plan_edit, amendment = self.edit.plan_edit, self.edit.amendments[index]
        section = amendment.section or ""
        if amendment.after is not None and amendment.after == section:
            path, at = plan_edit.place(()) if section in HOMES else plan_edit.find(section, "section")
            at = (*at, section if section in HOMES else "actions")
            return path, at, self._after_earlier(path, at, 0, index)
        if amendment.after is not None:
            found = plan_edit.trace.ids.get(amendment.after.lower())
            if found:
                path, at = plan_edit.place(found[0][1])
                return path, at[:-1], self._after_earlier(path, at[:-1], int(at[-1]) + 1, index)
            if amendment.section is None:
                raise AstrayError(
                    f'{amendment.id} cannot be accepted: "{amendment.after}" is not in the plan'
                )
        if section in HOMES:
            path, at = plan_edit.place(())
            return path, (*at, section), len(getattr(plan_edit.plan, section))
        path, _ = plan_edit.find(section, "section")
        return path, ("actions",), len(plan_edit.loaded.trees[path].value.get("actions") or ())

    def _after_earlier(self, path: str, at: Pointer, place: int, index: int) -> int:
        """Return the place in the list `at`, behind what was added there before."""
        after = self.edit.amendments[index].after
        added = {
            each.record
            for each in self.edit.amendments[:index]
            if each.kind is AmendmentKind.ADD and each.is_adopted and each.after == after
        }
        items = value_at(self.edit.plan_edit.loaded.trees[path].value, at)
        while place < len(items) and items[place]["id"] in added:
            place += 1
        return place

    def _add_point(self, index: int) -> str:
        amendment, plan_edit = self.edit.amendments[index], self.edit.plan_edit
        path, at = plan_edit.find(amendment.record or "", "action")
        if at[:-1] != ("actions",):
            raise AstrayError(f"{amendment.id} cannot be accepted: {amendment.record} is no action")
        action = plan_edit.trace.actions[amendment.record or ""]
        place = _slot_of_point(amendment, action)
        name = self._next_point(amendment, action, place)
        texts = [text for each in amendment.points for text in each.texts]
        below = [{"id": each, "text": text} for each, text in zip(point_ids(name), texts, strict=False)]
        point = {"id": name, "text": one_paragraph(amendment), **({"points": below} if below else {})}
        plan_edit.insert(path, (*at, *place[:-1]), int(place[-1]), point)
        self.edit.set(index, field=f"points.{name}")
        self.records.append(action.id)
        self.edit.refresh()
        return f"{action.id} points.{name} added"

    def _next_point(self, amendment: Amendment, action: Action, place: Pointer) -> str:
        """Return the id an amendment asks for, or the first that no point of the action ever had."""
        plans = [baseline.plan for _, baseline in self.edit.plan_edit.frozen()]
        older = (each for plan in plans for _, each in plan.walk_actions() if each.id == action.id)
        versions = (action, *older)
        used = {point.record.id.lower() for each in versions for point in each.walk_points()}
        for each in self.edit.amendments:
            used |= {
                str(one.field)[len("points.") :] for one in each.history if one.record == amendment.record
            }
        wanted = (amendment.field or "").partition(".")[2]
        if wanted and wanted.lower() not in used:
            return wanted
        above = action.points[int(place[1])].id if len(place) > len(("points", 0)) else None
        return next(name for name in point_ids(above) if name.lower() not in used)

    # --- records that move ---

    def _move(self, index: int) -> str:
        amendment = self.edit.amendments[index]
        self.edit.set(index, was=stood(self.edit, self._target(amendment)))
        return self.move(amendment)

    def move(self, amendment: Amendment) -> str:
        """Move a text to where an amendment says, its own comments with it."""
        target, plan_edit, after = self._target(amendment), self.edit.plan_edit, amendment.after
        path, at = plan_edit.place(target.at[:-1])
        if at[-2] == "actions" and target.field == "text":
            where, index = slot(plan_edit, amendment.section, after)
            put_elsewhere(plan_edit, target.record, where, index)
        elif at[-2] == "points":
            self._move_point(amendment, path, at)
        else:
            home = home_of(target)
            items = [each["id"] for each in value_at(plan_edit.loaded.trees[path].value, at[:-1])]
            if home != amendment.section:
                raise AstrayError(f"{amendment.id} cannot be accepted: {home} keeps its own paragraphs")
            index = _index_behind(amendment, items)
            index -= int(at[-1]) < index
            plan_edit.change(path, lambda old: changes.move_item(old, at, at[:-1], index))
        self.records.append(target.record)
        self.edit.refresh()
        field = "" if target.field == "text" else f" {target.field}"
        return f"{target.record}{field} moved"

    def _move_point(self, amendment: Amendment, path: str, at: Pointer) -> None:
        """Move a point among its own, under another point, or out from under one."""
        plan_edit = self.edit.plan_edit
        action = plan_edit.trace.actions[amendment.record or ""]
        place = _slot_of_point(amendment, action)
        owner = at[: at.index("points")]
        if len(place) > len(("points", 0)) and action.below(amendment.field or ""):
            raise AstrayError(
                f"{amendment.id} cannot be accepted: {amendment.field} has sub-points, and would be one; "
                "move these first"
            )
        target, index = (*owner, *place[:-1]), int(place[-1])
        index -= target == at[:-1] and int(at[-1]) < index
        plan_edit.change(path, lambda old: changes.move_item(old, at, target, index, root=Section))

    # --- records that go ---

    def _remove(self, index: int) -> str:
        amendment = self.edit.amendments[index]
        target = self.edit.text_of(amendment, "text") or self._target(amendment)
        check_removal(amendment, target)
        if target.field == "text" and target.at[-3:-2] == ("actions",):
            self._withdraw(index, target)
            said = f"{target.record} withdrawn"
        else:
            record = self.edit.plan_edit.plan.record_at(target.at[:-1])
            with_it = record.points if isinstance(record, Point) else ()
            was = stood(self.edit, target).model_copy(update={"text": target.text, "points": with_it})
            self.edit.set(index, was=was)
            path, at = self.edit.plan_edit.place(target.at[:-1])
            self.edit.plan_edit.change(path, lambda old: changes.remove_item(old, at))
            said = f"{target.record}{'' if target.field == 'text' else f' {target.field}'} removed"
        self._drop_others(self.edit.amendments[index], target, said)
        self.edit.refresh()
        return said

    def _withdraw(self, index: int, target: Target) -> None:
        amendment = self.edit.amendments[index]
        action = self.edit.plan_edit.trace.actions[target.record]
        if action.status is Status.WITHDRAWN:
            raise AstrayError(f"{amendment.id} cannot be accepted: {action.id} is withdrawn already")
        reason = reason_of_removal(amendment)
        self.edit.set(index, was=Before(status=action.status, reason=action.reason))
        path, at = self.edit.plan_edit.place(target.at[:-1])
        fields = {"status": Status.WITHDRAWN.value, "reason": reason}
        self.edit.plan_edit.put_keys(path, {at: fields})
        self.records.append(action.id)

    def _drop_others(self, accepted: Amendment, target: Target, said: str) -> None:
        whole, gone = target.field == "text", accepted.takes_out
        for index, other in enumerate(self.edit.amendments):
            same = other.record == target.record and (whole or other.field in gone)
            same = same or _goes_behind(other, target, gone)
            if same and other.state in WAITING and other.kind is not AmendmentKind.COMMENT:
                self._stale(index, _cause(accepted), said)


def reason_of_removal(amendment: Amendment) -> str:
    """Return the reason that an accepted removal leaves in the action that it withdraws."""
    return amendment.reason or amendment.comment or f"Amendment {amendment.id}."


def stood(edit: AmendmentsEdit, target: Target) -> Before:
    """Return where a text stands: in which section, under which point, behind what."""
    path, at = edit.plan_edit.place(target.at[:-1])
    is_point = at[-2] == "points"
    home = target.section if is_point else home_of(target)
    items = value_at(edit.plan_edit.loaded.trees[path].value, at[:-1])
    first = "text" if is_point else home
    action = edit.plan_edit.trace.actions.get(target.record)
    point = action.placed_point(target.field.removeprefix("points.")) if action and is_point else None
    under = point.above or None if point else None
    return Before(section=home, under=under, after=items[int(at[-1]) - 1]["id"] if at[-1] else first)


def _slot_of_point(amendment: Amendment, action: Action) -> Pointer:
    """Return where a new or moved point goes in its action. Raises AstrayError for no place."""
    place = action.slot(amendment.under, amendment.after)
    if place is None:
        under = f' under "{amendment.under}"' if amendment.under else ""
        raise AstrayError(
            f'{amendment.id} cannot be accepted: there is no "{amendment.after or amendment.under}"{under} '
            "to stand behind"
        )
    return place


def _cause(accepted: Amendment) -> str:
    """Return by what others became stale."""
    return f"{accepted.id} was {accepted.state.value}"


def _index_behind(amendment: Amendment, items: Sequence[str]) -> int:
    """Return the index that `after` means among paragraphs. Raises EditRefusedError for none."""
    if amendment.after is None:
        return len(items)
    if amendment.after == amendment.section:
        return 0
    if amendment.after not in items:
        raise AstrayError(
            f'{amendment.id} cannot be accepted: there is no "{amendment.after}" to stand behind'
        )
    return items.index(amendment.after) + 1


def _goes_behind(other: Amendment, removed: Target, gone: Sequence[str]) -> bool:
    """Return whether an addition was to stand behind what was removed, or under a point that was."""
    if other.kind is not AmendmentKind.ADD or removed.at[-3:-2] == ("actions",):
        return False
    if removed.field == "text":
        return other.record is None and other.after == removed.record
    beside = {f"points.{other.after}", f"points.{other.under}"}
    return other.record == removed.record and not beside.isdisjoint(gone)
