"""Amendments on the table: find them, put one on record, and write back what became of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.amend.amendment import Target, targets
from poa_toolkit.api.amendment_files import AmendmentFiles
from poa_toolkit.api.new_ids import next_id
from poa_toolkit.api.plan_edit import PlanEdit, Written
from poa_toolkit.check.amendment_places import HOMES
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.edit import changes
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentsFile, AmendmentState, Former, Turn, digests
from poa_toolkit.model.fields import Value
from poa_toolkit.model.file_kinds import kind_of
from poa_toolkit.model.link_sets import members, set_fields, spelt
from poa_toolkit.text import valid_names
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.document.sets_read_back import Registry
    from poa_toolkit.model import Amendment
    from poa_toolkit.returned.proposal import Proposal

FLOOR = "floor"
"""The file of what is proposed in the room."""


class Decision(NamedTuple):
    """Who decided, when and why."""

    by: str
    day: date
    reason: str | None = None


class AmendmentsEdit:
    """The amendments on record, and what decisions make of them."""

    def __init__(self, project: Path, plan_edit: PlanEdit | None = None) -> None:
        self.plan_edit = plan_edit or PlanEdit(project)
        self._read = self.plan_edit.loaded.amendments
        self.amendments = list(self._read)
        self.texts = targets(self.plan_edit.plan)

    def index_of(self, name: str) -> int:
        """Return the place of the amendment `name`. Raises EditRefusedError where there is none."""
        for index, each in enumerate(self.amendments):
            if each.id.lower() == name.lower():
                return index
        if name.lower() in self.plan_edit.loaded.broken:
            raise EditRefusedError(f'the amendment "{name}" cannot be read; `poa validate` says why')
        near = did_you_mean(name, [each.id for each in self.amendments])
        raise EditRefusedError(f'there is no amendment "{name}"{"; " + near if near else ""}')

    def set(self, index: int, **fields: object) -> None:
        """Change fields of an amendment."""
        self.amendments[index] = self.amendments[index].model_copy(update=fields)

    def decide(self, index: int, state: AmendmentState, decision: Decision, **fields: object) -> None:
        """Put a decision on record; that it had been put off is kept, and why."""
        amendment, reason = self.amendments[index], decision.reason
        if amendment.state is AmendmentState.DEFERRED:
            former = self.former(index, Turn.TAKEN_UP, decision._replace(reason=None))
            fields["history"] = (*amendment.history, former)
        elif reason is None:
            # why it was stale still says why it was put aside
            reason = amendment.reason
        self.set(index, state=state, decided_by=decision.by, decided=decision.day, reason=reason, **fields)

    def former(self, index: int, turn: Turn, decision: Decision, **fields: object) -> Former:
        """Return what is kept on record of how an amendment stood, and of who set that aside."""
        was = self.amendments[index]
        return Former(
            turn=turn,
            by=decision.by,
            date=decision.day,
            why=decision.reason,
            state=was.state,
            decided_by=was.decided_by,
            decided=was.decided,
            reason=was.reason,
            modified=was.modified,
        ).model_copy(update=fields)

    def in_ids(self, target: Target, text: str) -> str:
        """Return the words for a set as files spell it: each name that a document prints as its id.

        What is not known stays as it is, and so does a text that is for no set.
        """
        if target.traits.value is not Value.LINKS:
            return text
        registry = self._registry()
        whole = registry.read(target.field, text).members
        by_name = {each: registry.read(target.field, each).members for each in members(text)}
        return spelt(whole or (one for each, read in by_name.items() for one in read or (each,)))

    def unknown(self, target: Target, text: str) -> str:
        """Return the first name in the words for a set that the plan does not know; empty for none."""
        if target.traits.value is not Value.LINKS:
            return ""
        registry, trace = self._registry(), self.plan_edit.trace
        return next(
            (
                each
                for each in members(text)
                if not registry.read(target.field, each).members
                and each.lower() not in trace.ids
                and not trace.knows(each)
            ),
            "",
        )

    def known(self, target: Target) -> tuple[str, ...]:
        """Return the names that can stand in a set: ids, and what documents print for them."""
        return self._registry().known(target.field)

    def _registry(self) -> Registry:
        from poa_toolkit.document.sets_read_back import Registry  # noqa: PLC0415 - few amendments are to sets

        return Registry(self.plan_edit.plan)

    def put_text(self, target: Target, text: str) -> None:
        """Put a text into the plan; a set by its members, of which those that stay keep their lines."""
        if target.traits.value is Value.LINKS:
            self._put_members(target, members(text))
            return
        path, at = self.plan_edit.place(target.at)
        kind = kind_of(path)
        edit = changes.insert_key if target.text is None else changes.set_text
        self.plan_edit.change(path, lambda old: edit(old, at, text, root=kind.root if kind else None))
        self.texts[target.record, target.field] = target._replace(text=text)

    def _put_members(self, target: Target, wanted: tuple[str, ...]) -> None:
        path, at = self.plan_edit.place(target.at)
        kind = kind_of(path)
        self.plan_edit.change(
            path, partial(changes.set_members, at=at, wanted=wanted, root=kind and kind.root)
        )
        self.texts[target.record, target.field] = target._replace(text=spelt(wanted) or None)

    def refresh(self) -> None:
        """Read the plan again, after records came or went."""
        self.plan_edit.refresh()
        self.texts = targets(self.plan_edit.plan)

    def finish(self, *names: str, left_to_do: tuple[str, ...] = ()) -> Written:
        """Write the amendments back, validate all, and write it; as `PlanEdit.finish`."""
        self.put_back()
        return self.plan_edit.finish(*names, left_to_do=left_to_do)

    def put_back(self) -> None:
        """Put what became of the amendments into the edit; nothing is written yet."""
        by_path: dict[str, dict[Pointer, dict[str, Any]]] = {}
        gone: list[tuple[str, Pointer]] = []
        for index, (before, after) in enumerate(zip(self._read, self.amendments, strict=True)):
            fields = _changed(before, after)
            if fields:
                path, at = self.plan_edit.place(("amendments", index))
                kept = {name: value for name, value in fields.items() if value is not None}
                gone += [(path, (*at, name)) for name in fields if name not in kept]
                if kept:
                    by_path.setdefault(path, {})[at] = kept
        for path, values in by_path.items():
            self.plan_edit.change(path, partial(changes.put_keys, values=values, root=AmendmentsFile))
        for path, key in gone:
            self.plan_edit.change(path, partial(changes.remove_key, at=key))


def _changed(before: Amendment, after: Amendment) -> dict[str, Any]:
    """Return the keys that differ, None for those that go."""
    old, new = digests.dump(before), digests.dump(after)
    return {
        name: new.get(name) for name in (*new, *(old.keys() - new.keys())) if old.get(name) != new.get(name)
    }


def propose(project: Path, proposal: Proposal, *, source: str = FLOOR) -> tuple[str, Written]:
    """Put a proposal on record in the file of `source`: its id, and where it stands.

    What it is to and was written against is read from the plan. Raises EditRefusedError where it is to
    nothing that is there, or changes nothing.
    """
    edit = AmendmentsEdit(project)
    plan_edit = edit.plan_edit
    if proposal.kind.rewords:
        # as files spell it, that proposals on one set can be compared
        target = target_of(edit.texts, proposal.target)
        proposal = proposal._replace(proposed=edit.in_ids(target, proposal.proposed))
    if why := valid_names.fault(source, longest=valid_names.LONGEST_FILE):
        raise EditRefusedError(f'"{source}" cannot name a file: {why}')
    given = {
        **_FIELDS[proposal.kind](plan_edit, proposal),
        "kind": None if proposal.kind is AmendmentKind.TEXT else proposal.kind.value,
        "proposer": proposal.by.author,
        "date": proposal.by.day,
        "comment": proposal.comment,
    }
    table, path = AmendmentFiles(plan_edit, partial(next_id, plan_edit)), f"plan/amendments/{source}.yaml"
    row = {name: value for name, value in given.items() if value}
    there = table.same(path, row)
    new, _ = table.add(path, [row])
    if not new:
        raise EditRefusedError(f"the same proposal, of the same proposer, is on the table already: {there}")
    where = _where_new(plan_edit, new[0])
    table.write(path, new)
    written = plan_edit.finish()
    return new[0].id, written._replace(remarks=(*where, *written.remarks))


def _where_new(plan_edit: PlanEdit, new: Amendment) -> tuple[str, ...]:
    """Say where an addition would stand, a point also by the id that its letter means."""
    from poa_toolkit.document.amendments_report import AmendmentsOfPlan  # noqa: PLC0415 - the same
    from poa_toolkit.document.amendments_report import AmendmentView as Printed  # noqa: PLC0415 - few proposals add something

    if new.kind is not AmendmentKind.ADD:
        return ()
    is_behind_point = new.record is not None and new.after not in (None, "text")
    said = Printed(AmendmentsOfPlan(plan_edit.plan, (), (), "")).where(new)
    return (f"{new.id}: {said}{f', id {new.after}' if is_behind_point else ''}",)


def not_known(project: Path, proposal: Proposal) -> str:
    """Say of a proposal on a set which of its members the plan does not know; empty where it knows all."""
    if proposal.field not in set_fields():
        return ""
    edit = AmendmentsEdit(project)
    target = target_of(edit.texts, proposal.target)
    unknown = edit.unknown(target, edit.in_ids(target, proposal.proposed))
    if not unknown:
        return ""
    near = did_you_mean(unknown, edit.known(target)) or "`poa amend revise` gives the proposal others"
    return f"“{unknown}” is not known; it cannot be accepted until the plan's files have it; {near}"


def target_of(texts: dict[tuple[str, str], Target], name: str) -> Target:
    """Return the text that ``A-007`` or ``A-007.points.b`` names: the main text of a record, or a field.

    Raises EditRefusedError where there is none.
    """
    record, _, field = name.partition(".")
    by_id = {each.lower(): each for each, _ in texts}
    known = by_id.get(record.lower())
    if known is None:
        near = did_you_mean(record, by_id.values())
        raise EditRefusedError(f'"{record}" is no text of the plan{"; " + near if near else ""}')
    fields = [each for each_record, each in texts if each_record == known]
    wanted = field or next(each for each in ("text", "title") if each in fields)
    if wanted not in fields:
        raise EditRefusedError(f'{known} has no "{field}" that can be amended (it has: {", ".join(fields)})')
    return texts[known, wanted]


def _rewording(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    target, text = target_of(targets(plan_edit.plan), proposal.target), proposal.proposed
    if target.traits.value is Value.LINKS:
        text = spelt(members(text))
    if target.text is not None and target.text.split() == text.split():
        raise EditRefusedError(f"{target.record} {target.field} says that already")
    return {
        **of_target(plan_edit, target),
        "original": target.text,
        "proposed": text,
        "edits": edits_between(target.text or "", text),
    }


def _addition(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    place = Destination(proposal.target, proposal.section, proposal.after)
    return {**where_added(plan_edit, place), "proposed": proposal.proposed}


class Destination(NamedTuple):
    """What an amendment is to be to, or where it adds something: in which section, behind what."""

    target: str = ""
    """The record, or its field after a full stop: ``A-007.points``."""
    section: str = ""
    after: str = ""


def where_added(plan_edit: PlanEdit, where: Destination) -> dict[str, Any]:
    """Return the keys that say where an addition goes. Raises EditRefusedError where that is no place."""
    texts = targets(plan_edit.plan)
    if where.target:
        record, _, field = where.target.partition(".")
        owner = target_of(texts, record)
        if owner.at[-3:-2] != ("actions",) or field.partition(".")[0] not in ("", "points"):
            raise EditRefusedError(f'points can be added to an action alone, not to "{where.target}"')
        behind = where.after not in ("", "text")
        if behind and (owner.record, f"points.{where.after}") not in texts:
            raise EditRefusedError(f'{owner.record} has no point "{where.after}"')
        return {
            "record": owner.record,
            "field": "points",
            "section": owner.section,
            "after": where.after or None,
        }
    if where.after and where.after == where.section:
        _check_section(plan_edit, where.section)
        return {"section": where.section, "after": where.section}
    after = target_of(texts, where.after) if where.after else None
    if after is not None and after.field == "title":
        raise EditRefusedError(f'"{where.after}" is a section; name it with --section')
    home = after and home_of(after)
    section = where.section or home
    if section is None:
        raise EditRefusedError("say in which section, or behind which action or paragraph")
    if home not in (None, section):
        raise EditRefusedError(f"{where.after} does not stand in section {section}")
    _check_section(plan_edit, section)
    return {"section": section, "after": after and after.record}


def _check_section(plan_edit: PlanEdit, section: str) -> None:
    names = [each.id for each in plan_edit.plan.sections]
    if section not in (*HOMES, *names):
        near = did_you_mean(section, names)
        raise EditRefusedError(f'"{section}" is no section{"; " + near if near else ""}')


def home_of(target: Target) -> str | None:
    """Return the section a record stands in, or ``front`` or ``introduction``; None for a heading."""
    return None if target.field in ("title", "subtitle") else target.section or str(target.at[0])


def _removal(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    target = target_of(targets(plan_edit.plan), proposal.target)
    if target.field != "text" and not target.field.startswith("points."):
        raise EditRefusedError("an action, a paragraph or a point can be removed, nothing else")
    return {**of_target(plan_edit, target), "original": target.text}


def _remark(plan_edit: PlanEdit, proposal: Proposal) -> dict[str, Any]:
    target = target_of(targets(plan_edit.plan), proposal.target)
    return {"record": target.record, "field": target.field, "section": home_of(target)}


_FIELDS = {
    **dict.fromkeys((each for each in AmendmentKind if each.rewords), _rewording),
    AmendmentKind.ADD: _addition,
    AmendmentKind.REMOVE: _removal,
    AmendmentKind.COMMENT: _remark,
}


def of_target(plan_edit: PlanEdit, target: Target) -> dict[str, Any]:
    """Return the keys that say which text an amendment is to, where that stands, and what it was."""
    base = digests.Content(plan_edit.plan).record(target.record)
    return {"record": target.record, "field": target.field, "section": home_of(target), "base": base}
