"""The amendments on record in hand: found, changed, written back; and why one cannot be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.amend.amendment import Target, targets
from poa_toolkit.api.plan_edit import PlanEdit, root_of
from poa_toolkit.check.plan_status import PENDING
from poa_toolkit.edit import changes
from poa_toolkit.errors import AstrayError, EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentState, Former, Turn, digests
from poa_toolkit.model.fields import Value
from poa_toolkit.model.link_sets import members, spelt
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.api.plan_edit import Written
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.document.sets_read_back import Registry
    from poa_toolkit.model import Amendment


class Decision(NamedTuple):
    """Who decided, when and why."""

    by: str
    day: date
    reason: str | None = None


class Decided(NamedTuple):
    """What a decision did."""

    written: Written
    said: tuple[str, ...]
    """A line for each amendment that is not as it was."""


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

    def find(self, name: str) -> tuple[int, Amendment]:
        """Return an amendment, and its place. Raises EditRefusedError where there is none."""
        index = self.index_of(name)
        return index, self.amendments[index]

    def undecided(self, name: str) -> tuple[int, Amendment]:
        """Return an amendment on which nobody has decided, as `find`. Raises AstrayError for another."""
        index, amendment = self.find(name)
        if amendment.state not in PENDING:
            raise closed(amendment)
        return index, amendment

    def text_of(self, amendment: Amendment, field: str = "") -> Target | None:
        """Return the text that an amendment is to: of its field, or else of `field`; None where none is."""
        return self.texts.get((amendment.record or "", amendment.field or field))

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
        return self._registry().in_ids(target.field, text)

    def unknown(self, target: Target, text: str) -> str:
        """Return the first name in the words for a set that the plan does not know; empty for none."""
        if target.traits.value is not Value.LINKS:
            return ""
        return self._registry().unknown(target.field, text)

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
        edit = changes.insert_key if target.text is None else changes.set_text
        self.plan_edit.change(path, lambda old: edit(old, at, text, root=root_of(path)))
        self.texts[target.record, target.field] = target._replace(text=text)

    def _put_members(self, target: Target, wanted: tuple[str, ...]) -> None:
        path, at = self.plan_edit.place(target.at)
        self.plan_edit.change(path, partial(changes.set_members, at=at, wanted=wanted, root=root_of(path)))
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
            self.plan_edit.put_keys(path, values)
        for path, key in gone:
            self.plan_edit.change(path, partial(changes.remove_key, at=key))


def _changed(before: Amendment, after: Amendment) -> dict[str, Any]:
    """Return the keys that differ, None for those that go."""
    old, new = digests.dump(before), digests.dump(after)
    return {
        name: new.get(name) for name in (*new, *(old.keys() - new.keys())) if old.get(name) != new.get(name)
    }


# --- refusals ---


def closed(amendment: Amendment) -> AstrayError:
    """Return the refusal of an amendment that was decided already."""
    cure = f"`poa amend reopen {amendment.id}` takes that back"
    return AstrayError(f"{amendment.id} was {amendment.state.value} already; {cure}")


def check_removal(amendment: Amendment, target: Target) -> None:
    """Raise EditRefusedError where an amendment would take out what is no record by itself."""
    if amendment.kind is AmendmentKind.REMOVE and not target.field.startswith(("text", "points.")):
        raise EditRefusedError(
            f"{amendment.id} would take out the {target.field} of {target.record} alone; an action, a "
            "paragraph or a point can be removed, nothing else: move what stands below it, or reject it"
        )


def one_paragraph(amendment: Amendment) -> str:
    """Return the text that an amendment puts there. Raises EditRefusedError for several paragraphs."""
    text = amendment.adopted or ""
    if lines := text.strip().count("\n"):
        raise EditRefusedError(
            f"{amendment.id} cannot be accepted: it holds {lines + 1} paragraphs; adopt one with --modified, "
            "propose each of the others with `poa amend propose`, or put them into the files and reject it"
        )
    return text


def settled(amendment: Amendment) -> AstrayError:
    """Return the refusal of an amendment that has no words to be about any more."""
    why = amendment.reason or "the words it was about are gone"
    return AstrayError(
        f"{amendment.id} is {amendment.state.value} and cannot be accepted: {why}; "
        "propose it anew, on the text of today"
    )
