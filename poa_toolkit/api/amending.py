"""Amendments on the table: find them, put one on record, and write back what became of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.draft import Draft, Written
from poa_toolkit.api.tabling import Table
from poa_toolkit.edit import changes
from poa_toolkit.errors import EditRefusedError
from poa_toolkit.model import AmendmentKind, AmendmentsFile, digests
from poa_toolkit.model.files import kind_of
from poa_toolkit.process.amendment import REWORDS, Target, targets
from poa_toolkit.process.revisions import edits_between
from poa_toolkit.text.likeness import did_you_mean

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Amendment

FLOOR = "floor"
"""The file of what is proposed in the room."""
HOMES = ("front", "introduction")
"""Where paragraphs stand that are in no section."""


class Proposal(NamedTuple):
    """What somebody proposes."""

    kind: AmendmentKind
    proposer: str
    day: date
    target: str = ""
    """The record, or its field after a full stop: ``A-007``, ``A-007.points.b``."""
    text: str | None = None
    section: str | None = None
    after: str | None = None
    comment: str | None = None


class Desk:
    """The amendments on record in a draft, and what decisions make of them."""

    def __init__(self, project: Path) -> None:
        self.draft = Draft(project)
        self._read = self.draft.loaded.amendments
        self.amendments = list(self._read)
        self.texts = targets(self.draft.plan)

    def index_of(self, name: str) -> int:
        """Give the place of the amendment `name`. Raises EditRefusedError where there is none."""
        for index, each in enumerate(self.amendments):
            if each.id.lower() == name.lower():
                return index
        if name.lower() in self.draft.loaded.broken:
            raise EditRefusedError(f'the amendment "{name}" cannot be read; `poa validate` says why')
        near = did_you_mean(name, [each.id for each in self.amendments])
        raise EditRefusedError(f'there is no amendment "{name}"{"; " + near if near else ""}')

    def set(self, index: int, **fields: object) -> None:
        """Change fields of an amendment."""
        self.amendments[index] = self.amendments[index].model_copy(update=fields)

    def put_text(self, target: Target, text: str) -> None:
        """Put a text into the plan."""
        path, at = self.draft.place(target.at)
        kind = kind_of(path)
        edit = changes.insert_key if target.text is None else changes.set_text
        self.draft.edit(path, lambda old: edit(old, at, text, root=kind.root if kind else None))
        self.texts[target.record, target.field] = target._replace(text=text)

    def refresh(self) -> None:
        """Read the plan again, after records came or went."""
        self.draft.refresh()
        self.texts = targets(self.draft.plan)

    def finish(self, *names: str, left_to_do: tuple[str, ...] = ()) -> Written:
        """Write the amendments back, validate all, and write it; as `Draft.finish`."""
        by_path: dict[str, dict[Pointer, dict[str, Any]]] = {}
        for index, (before, after) in enumerate(zip(self._read, self.amendments, strict=True)):
            fields = _changed(before, after)
            if fields:
                path, at = self.draft.place(("amendments", index))
                by_path.setdefault(path, {})[at] = fields
        for path, values in by_path.items():
            self.draft.edit(path, partial(changes.put_keys, values=values, root=AmendmentsFile))
        return self.draft.finish(*names, left_to_do=left_to_do)


def _changed(before: Amendment, after: Amendment) -> dict[str, Any]:
    old, new = digests.dump(before), digests.dump(after)
    return {name: value for name, value in new.items() if old.get(name) != value}


def propose(project: Path, proposal: Proposal, *, source: str = FLOOR) -> tuple[str, Written]:
    """Put a proposal on record in the file of `source`: its id, and where it stands.

    Raises EditRefusedError where it is to nothing that is there, or changes nothing.
    """
    draft = Draft(project)
    if not source.replace("-", "").isalnum() or not source.isascii():
        raise EditRefusedError(f'"{source}" cannot name a file: use letters, digits and hyphens')
    given = {
        **_FIELDS[proposal.kind](draft, proposal),
        "kind": None if proposal.kind is AmendmentKind.TEXT else proposal.kind.value,
        "proposer": proposal.proposer,
        "date": proposal.day.isoformat(),
        "comment": proposal.comment,
    }
    table, path = Table(draft), f"plan/amendments/{source}.yaml"
    new, _ = table.add(path, [{name: value for name, value in given.items() if value}])
    if not new:
        raise EditRefusedError("the same proposal, of the same proposer, is on the table already")
    table.write(path, new)
    return new[0].id, draft.finish()


def target_of(texts: dict[tuple[str, str], Target], name: str) -> Target:
    """Give the text that ``A-007`` or ``A-007.points.b`` names: the main text of a record, or a field.

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
        raise EditRefusedError(f'{known} has no "{field}" (it has: {", ".join(fields)})')
    return texts[known, wanted]


def _rewording(draft: Draft, proposal: Proposal) -> dict[str, Any]:
    target, text = target_of(targets(draft.plan), proposal.target), proposal.text or ""
    if target.text is not None and target.text.split() == text.split():
        raise EditRefusedError(f"{target.record} {target.field} says that already")
    return {
        **_of(draft, target),
        "original": target.text,
        "proposed": text,
        "edits": [each._asdict() for each in edits_between(target.text or "", text)],
    }


def _addition(draft: Draft, proposal: Proposal) -> dict[str, Any]:
    texts = targets(draft.plan)
    if proposal.target:
        record, _, field = proposal.target.partition(".")
        owner = target_of(texts, record)
        if owner.at[-3:-2] != ("actions",) or field.partition(".")[0] not in ("", "points"):
            raise EditRefusedError(f'points can be added to an action alone, not to "{proposal.target}"')
        where = {"record": owner.record, "field": "points"}
        if proposal.after and (owner.record, f"points.{proposal.after}") not in texts:
            raise EditRefusedError(f'{owner.record} has no point "{proposal.after}"')
        return {**where, "after": proposal.after, "proposed": proposal.text}
    after = target_of(texts, proposal.after) if proposal.after else None
    if after is not None and after.field == "title":
        raise EditRefusedError(f'"{proposal.after}" is a section; name it with --section')
    home = after and (after.section or str(after.at[0]))
    section = proposal.section or home
    if section is None:
        raise EditRefusedError("say in which section, or behind which action or paragraph")
    if home not in (None, section):
        raise EditRefusedError(f"{proposal.after} does not stand in section {section}")
    if section not in HOMES and (section, "title") not in texts:
        near = did_you_mean(section, [each.id for each in draft.plan.sections])
        raise EditRefusedError(f'"{section}" is no section{"; " + near if near else ""}')
    return {"section": section, "after": after and after.record, "proposed": proposal.text}


def _removal(draft: Draft, proposal: Proposal) -> dict[str, Any]:
    target = target_of(targets(draft.plan), proposal.target)
    if target.field != "text" and not target.field.startswith("points."):
        raise EditRefusedError("an action, a paragraph or a point can be removed, nothing else")
    return {**_of(draft, target), "original": target.text}


def _remark(draft: Draft, proposal: Proposal) -> dict[str, Any]:
    target = target_of(targets(draft.plan), proposal.target)
    return {"record": target.record, "field": target.field}


_FIELDS = {
    **dict.fromkeys(REWORDS, _rewording),
    AmendmentKind.ADD: _addition,
    AmendmentKind.REMOVE: _removal,
    AmendmentKind.COMMENT: _remark,
}


def _of(draft: Draft, target: Target) -> dict[str, Any]:
    base = digests.records(draft.plan).get(target.record)
    return {"record": target.record, "field": target.field, "base": base}
