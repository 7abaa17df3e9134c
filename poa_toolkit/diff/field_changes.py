"""What differs inside one record that both versions have."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from poa_toolkit.diff import significance
from poa_toolkit.diff.change import Change, Edit, Ground, Kind, Segment
from poa_toolkit.diff.records import fields, printed
from poa_toolkit.diff.referring_texts import ReferringTexts
from poa_toolkit.diff.significance import grounds
from poa_toolkit.diff.similarity import words
from poa_toolkit.diff.text_effects import reading
from poa_toolkit.diff.words import segments
from poa_toolkit.model import Significance, Status
from poa_toolkit.model.cross_references import has_references
from poa_toolkit.model.fields import Value as Held
from poa_toolkit.text import brackets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.diff.records import Entry, Value
    from poa_toolkit.model import Plan
    from poa_toolkit.model.fields import Field

    Members = str | tuple[str, ...]

_ALWAYS = {"addressees": Ground.ADDRESSEE, "timeframe": Ground.DEADLINE}
"""Fields whose every change has one ground."""
_HOLDS = re.compile("resolved|opened|holder|alternative")
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """What words of a text mean in the two versions."""

    holders: frozenset[str]
    """The ids, in lower case, that may hold a bracket."""
    addressees: tuple[tuple[str, ...], ...]
    """The titles of actors, as words in lower case."""
    referring: ReferringTexts
    """What their cross-references lead to."""

    @classmethod
    def of(cls, old: Plan, new: Plan, ids: Mapping[str, str]) -> Terms:
        """Take the terms from both versions of a plan; `ids` leads from an old id to the one now."""
        plans = old, new
        titles = dict.fromkeys(words([actor.title]) for plan in plans for actor in plan.actors)
        holders = frozenset().union(*(plan.holders() for plan in plans))
        return cls(holders, tuple(filter(None, titles)), ReferringTexts(old, new, ids))


@dataclass(frozen=True, slots=True)
class MatchedRecords:
    """A record in the old version and in the new, or in one of them."""

    was: Entry | None
    now: Entry | None
    number: str = ""

    @property
    def entry(self) -> Entry:
        """The record as it is now, or as it was where it is gone."""
        return cast("Entry", self.now or self.was)

    def change(
        self,
        kind: Kind,
        field: str,
        values: tuple[Value, Value],
        weight: Significance | None = None,
        *,
        edits: tuple[Segment, ...] = (),
    ) -> Change:
        """Make a change of this record, weighed as a record unless a weight is given."""
        entry, was, now = self.entry, self.was, self.now
        return Change(
            record=entry.id,
            record_kind=entry.kind,
            kind=kind,
            field=entry.field(field),
            old=values[0],
            new=values[1],
            segments=edits,
            significance=weight or significance.of_record(entry),
            old_at=_place(was, field) if was else None,
            new_at=_place(now, field) if now else None,
            section=entry.section,
            number=self.number,
        )


def differences(matched: MatchedRecords, terms: Terms) -> Iterator[Change]:
    """Return one change for every field of a record that differs."""
    was, now = cast("Entry", matched.was), cast("Entry", matched.now)
    for name, field, before, after in fields(was.record, now.record):
        change = _difference(matched, name, field, (printed(before), printed(after)), terms)
        if change:
            yield _explained(change, terms)


def _explained(change: Change, terms: Terms) -> Change:
    """Return what became of a text, and what is to be looked for in it."""
    evidence, found = "", tuple[Ground, ...]()
    if change.segments:
        old, new = (_side(change.segments, other) for other in (Edit.INSERTED, Edit.DELETED))
        evidence = reading(old, new, change.segments, terms.holders)
        found = grounds(change.segments, terms.addressees)
        if change.kind in (Kind.BRACKET_OPENED, Kind.BRACKET_RESOLVED) or _HOLDS.search(evidence):
            found = (*found, Ground.BRACKET)
    if change.significance is not Significance.SUBSTANTIVE:
        found = ()
    elif change.field in _ALWAYS:
        found = (_ALWAYS[change.field],)
    return replace(change, evidence=evidence, grounds=found) if evidence or found else change


def _side(edits: Iterable[Segment], other: Edit) -> str:
    """Return the text of one version, without what the `other` one alone has."""
    return "".join([each.text for each in edits if each.edit is not other])


def _difference(
    matched: MatchedRecords, name: str, field: Field, values: tuple[Value, Value], terms: Terms
) -> Change | None:
    """Return the change of one field, or None where a reader sees the same words."""
    old, new = values
    if isinstance(old, tuple) or isinstance(new, tuple):
        return _members(matched, name, field, (old or (), new or ()))
    if isinstance(old, str) and isinstance(new, str):
        if old.split() == new.split() and _folded(old) == _folded(new):
            return None
        if field.value.is_words:
            compared = terms.referring.edits if has_references(field) else segments
            return _words(matched, name, field, (old, new), compared(old, new))
        if name == "status" and matched.entry.kind == "action":
            what = Kind.WITHDRAWN if new == Status.WITHDRAWN else Kind.STATUS
            return matched.change(what, name, values, significance.of_status(old, new))
    return matched.change(Kind.FIELD, name, values, significance.of_field(field, old, new))


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _members(
    matched: MatchedRecords, name: str, field: Field, values: tuple[Members, Members]
) -> Change | None:
    old, new = values
    if old == new:
        return None
    kind = Kind.RELINKED if field.value is Held.LINKS and set(old) != set(new) else Kind.FIELD
    return matched.change(kind, name, values, significance.of_field(field, old, new))


def _words(
    matched: MatchedRecords, name: str, field: Field, values: tuple[str, str], edits: tuple[Segment, ...]
) -> Change | None:
    if all(each.edit is Edit.SAME for each in edits):
        return None
    kind = _wording(*values) if name == "text" else Kind.REWORDED
    shown = _side(edits, Edit.INSERTED), _side(edits, Edit.DELETED)
    weight = significance.of_text(field, shown, edits, is_reworded=kind is Kind.REWORDED)
    return matched.change(kind, name, values, weight, edits=edits)


def _wording(old: str, new: str) -> Kind:
    """Return the kind of a rewording: with more open brackets opened, with fewer resolved, else reworded."""
    before, after = brackets.count(old), brackets.count(new)
    if before == after:
        return Kind.REWORDED
    return Kind.BRACKET_OPENED if after > before else Kind.BRACKET_RESOLVED


def _place(entry: Entry, field: str) -> tuple[str | int, ...]:
    """Point to the field where it is one that files have, else to the record."""
    name = field.partition(".")[0]
    has = name == "from" or name in type(entry.record).model_fields
    return (*entry.at, *field.split(".")) if has else entry.at
