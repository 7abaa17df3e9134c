"""What a text says now and did not say when it was frozen, where no adopted amendment explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.diff.matching_blocks import common_ends
from poa_toolkit.model import AmendmentKind, agreed_text
from poa_toolkit.model.agreed_text import NOTHING
from poa_toolkit.model.link_sets import set_fields, sets
from poa_toolkit.text.brackets import shown
from poa_toolkit.text.counting import shortened
from poa_toolkit.text.cross_references import references
from poa_toolkit.text.white_space import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.model import Amendment, Baseline, Endorsement, Plan, Stage
    from poa_toolkit.model.agreed_text import AgreedValue

    Values = Mapping[tuple[str, str], AgreedValue]


_LISTS = ("front", "introduction", "sections", "chapeau", "actions", "points")
"""The fields whose value is which records stand there, in which order."""
_SHOWN = 80


class Departure(NamedTuple):
    """One field of one record that differs from the frozen text."""

    record: str
    field: str
    """Empty for a record that came or went."""
    old: str
    new: str

    @property
    def words(self) -> str:
        """Return which field differs, with its words: ``text: “should” became “shall”``."""
        old, new = _apart(self.old, self.new)
        if not self.old:
            words = f"“{new}” came"
        else:
            words = f"“{old}” became “{new}”" if self.new else f"“{old}” is gone"
        return f"{self.field}: {words}" if self.field else words


def _apart(old: str, new: str) -> tuple[str, str]:
    """Leave out the words that both begin and end with; of long stretches the beginning is shown."""
    before, after = old.split(), new.split()
    start, end = common_ends(before, after)
    if min(len(before), len(after)) == start + end:
        # nothing is left on one side: a word beside it says where
        start = max(start - 1, 0)
    old, new = (shortened(" ".join(each[start : len(each) - end]), _SHOWN) for each in (before, after))
    return old, new


def frozen_here(
    stage: Stage | None, frozen: Mapping[str, Baseline], endorsements: Iterable[Endorsement]
) -> Baseline | None:
    """Return the baseline with the text of a stage: the one it names, else one of it that was endorsed."""
    if stage is None:
        return None
    endorsed = (frozen.get(each.text) for each in endorsements)
    of_stage = (each for each in endorsed if each is not None and each.stage == stage.id)
    return frozen.get(stage.baseline or "") or next(of_stage, None)


def that_count(amendments: Iterable[Amendment], *, is_endorsed: bool) -> list[Amendment]:
    """Return the amendments that may explain a change: of an endorsed text, corrigenda alone."""
    return [each for each in amendments if not is_endorsed or each.kind is AmendmentKind.CORRIGENDUM]


def departures(frozen: Plan, now: Plan, amendments: Iterable[Amendment]) -> Iterator[Departure]:
    """Return every field that people agreed to and that says something else now.

    Left out is what adopted `amendments` explain: texts that say exactly what these made of them, records
    that they added, took out or moved, addressees, levels and links that are what these made of them.
    """
    yield from _Compared(frozen, now, amendments).departures()


class _Compared:
    def __init__(self, frozen: Plan, now: Plan, amendments: Iterable[Amendment]) -> None:
        as_it_is, now = now, _under_old_ids(frozen, now)
        self.old, self.new = agreed_text.values(frozen), agreed_text.values(now, printed_as=as_it_is)
        self.old_sets, self.new_sets = (
            {(each.record, each.field): each.text or "" for each in sets(plan)} for plan in (frozen, now)
        )
        self.adopted: Sequence[Amendment] = [each for each in amendments if each.is_adopted]
        self.old_homes, self.new_homes = _homes(self.old), _homes(self.new)
        self.came = self.new_homes.keys() - self.old_homes.keys()
        self.went = self.old_homes.keys() - self.new_homes.keys()

    def departures(self) -> Iterator[Departure]:
        for key in {**self.old, **self.new}:
            record, field = key
            was, now = (values.get(key, NOTHING) for values in (self.old, self.new))
            old, new = was.words, now.words
            if folded(old) == folded(new) or _only_counts_otherwise(was, now):
                continue
            if _is_list(field):
                if record not in self.came and _holder(record, field) not in self.went:
                    yield from self.records(record, field, old.split(), new.split())
                continue
            # a reference that leads nowhere now is spelt as it was
            spelt = (old, new) if was.spelt == now.spelt else (was.spelt or old, now.spelt or new)
            if not self.is_explained(record, field, *spelt):
                yield Departure(record, field, old, new)

    def records(self, owner: str, field: str, old: list[str], new: list[str]) -> Iterator[Departure]:
        """Return what came, went, moved or stands in another order in one place."""
        label = f"{owner} {field}" if owner != "plan" else field
        for each in new:
            name = self.name(owner, field, each)
            if each in old:
                continue
            if name in self.came:
                if not self.by_amendment(name, AmendmentKind.ADD):
                    yield Departure(*_called(name), "", self.text(self.new, name))
            elif not self.by_amendment(name, AmendmentKind.MOVE):
                of, point = _called(name)
                yield Departure(of, f"{point} place".lstrip(), self.old_homes[name], self.new_homes[name])
        for each in old:
            name = self.name(owner, field, each)
            if name in self.went and not self.by_amendment(name, AmendmentKind.REMOVE):
                yield Departure(*_called(name), self.text(self.old, name), "")
        moved = {each for each in new if self.by_amendment(self.name(owner, field, each), AmendmentKind.MOVE)}
        stayed, stay = (
            [each for each in one if each in other and each not in moved]
            for one, other in ((old, new), (new, old))
        )
        if stayed != stay:
            yield Departure(label, "order", " ".join(stayed), " ".join(stay))

    @staticmethod
    def name(owner: str, field: str, each: str) -> str:
        """Name a record of a place; a point goes by its action."""
        return f"{owner} points.{each}" if _is_points(field) else each

    @staticmethod
    def text(values: Values, name: str) -> str:
        """Return the words of a record."""
        record, _, field = name.partition(" ")
        named = ((record, each) for each in (field or "text", "title"))
        return next((values[key].words for key in named if key in values), "")

    def by_amendment(self, name: str, kind: AmendmentKind) -> Amendment | None:
        """Return the adopted amendment that added a record or took it out."""
        record, _, field = name.partition(" ")
        fields = (field or "text", "text")
        mine = (each for each in self.adopted if each.kind is kind and each.record == record)
        return next((each for each in mine if (each.field or "text") in fields), None)

    def is_explained(self, record: str, field: str, old: str, new: str) -> bool:
        """Return whether adopted amendments make exactly the new words of the old ones."""
        name = f"{record} {field}" if f"{record} {field}" in self.came | self.went else record
        if name in self.went:
            return True  # told once, of the record
        if name in self.came:
            addition = self.by_amendment(name, AmendmentKind.ADD)
            if addition is None:
                return True  # told once, of the record
            if field in ("text", addition.field):
                old = addition.adopted or ""
            elif _is_points(field.partition(".")[0]):
                texts = (text for point in addition.points for text in point.texts)
                return folded(new) in map(folded, texts)
        if (record, "title") == (record, field) and not (old and new):
            return True  # whom the actions name differs, and that is told of them
        if field in set_fields():
            # amendments hold a set by its ids, and not as it is printed
            old, new = (each.get((record, field), "") for each in (self.old_sets, self.new_sets))
        return steps(old, new, adopted_for(self.adopted, record, field)) is not None


def _only_counts_otherwise(was: AgreedValue, now: AgreedValue) -> bool:
    """Return whether a text differs only by the numbers of what it refers to: that is told of these."""
    return bool(was.spelt) and was.spelt == now.spelt and _astray(was) == _astray(now)


def _astray(value: AgreedValue) -> dict[str, int]:
    """Count each cross-reference of a text as it is typed: one that leads nowhere stands in it so."""
    return {each.source: value.words.count(each.source) for each in references(value.spelt)}


def _under_old_ids(frozen: Plan, now: Plan) -> Plan:
    """Return a plan in which what has another id, and else says the same at its place, has the frozen one."""
    plans = frozen, now

    def same(old: Iterable[Any], new: Iterable[Any]) -> Iterator[Any]:
        before, after = {each.id: each for each in old}, {each.id for each in new}
        went = [each for name, each in before.items() if name not in after]
        for each in new:
            was = before.get(each.id)
            if was is None:
                said = agreed_text.content(each, plans[1])
                was = next((one for one in went if agreed_text.content(one, plans[0]) == said), None)
                if was is None:
                    yield each
                    continue
                went.remove(was)
            inside = {
                name: tuple(same(getattr(was, name), getattr(each, name)))
                for name in _LISTS
                if name in type(each).model_fields
            }
            yield each.model_copy(update={"id": was.id, **inside})

    lists = ("front", "introduction", "sections")
    return now.model_copy(
        update={name: tuple(same(getattr(frozen, name), getattr(now, name))) for name in lists}
    )


def _is_list(field: str) -> bool:
    """Return whether the value of a field is which records stand there, in which order."""
    return field.rpartition(".")[2] in _LISTS


def _is_points(field: str) -> bool:
    return field.rpartition(".")[2] == "points"


def _holder(owner: str, field: str) -> str:
    """Name the record whose list a field is: for sub-points, the point ``A-001 points.a``."""
    return f"{owner} {field.rpartition('.')[0]}".rstrip()


def _called(name: str) -> tuple[str, str]:
    record, _, field = name.partition(" ")
    return record, field


def _homes(values: Values) -> dict[str, str]:
    """Return the place of every record: the section, ``front`` or ``introduction``; what holds a point."""
    found: dict[str, str] = {}
    for (owner, field), value in values.items():
        if _is_list(field):
            home = _holder(owner, field) if owner != "plan" else field
            for each in value.words.split():
                found[_Compared.name(owner, field, each)] = home
    return found


def adopted_for(amendments: Iterable[Amendment], record: str, field: str | None) -> tuple[Amendment, ...]:
    """Return the adopted amendments to one field of a record, in the order of their decision."""
    found = [each for each in amendments if each.is_adopted and (each.record, each.field) == (record, field)]
    return tuple(sorted(found, key=lambda each: (each.decided is not None, each.decided)))


def steps(old: str, new: str, adopted: Iterable[Amendment]) -> tuple[Amendment, ...] | None:
    """Return the amendments that turn `old` into `new`, one after the other; None where they do not.

    Each takes the text up where the one before it left it. Texts that a reader sees alike are one text.
    """
    now, goal = _folded(old), _folded(new)
    left = list(adopted)
    found: list[Amendment] = []
    while now != goal:
        fitting = next((each for each in left if _folded(each.wording.original or "") == now), None)
        if fitting is None or fitting.adopted is None:
            return None
        left.remove(fitting)
        found.append(fitting)
        now = _folded(fitting.adopted)
    return tuple(found)


def _folded(text: str) -> str:
    return folded(shown(text))
