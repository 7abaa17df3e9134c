"""Find words in all that a plan holds: its texts, what they come from and rest on, what is proposed."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.model.base import Record
from poa_toolkit.model.fields import Value, fields
from poa_toolkit.model.file_kinds import walk_registry
from poa_toolkit.model.texts import TextKind, texts
from poa_toolkit.text.cross_references import spelt
from poa_toolkit.text.search import places
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Amendment, Plan
    from poa_toolkit.text.search import Wanted


class Among(StrEnum):
    """What words were found in."""

    TEXTS = "texts"
    SOURCES = "sources"
    """Recommendations and who made them, instruments and their provisions, actors, participants …"""
    AMENDMENTS = "amendments"


class Found(NamedTuple):
    """A text that has the words."""

    among: Among
    record: str
    """The record it is of, by id; of a provision, its citation."""
    field: str
    number: str
    """As one cites it: ``22``, ``22 (b)``, ``V``; empty where it bears none."""
    at: Pointer
    text: str
    """As the file has it, with what its cross-references print."""
    places: tuple[tuple[int, int], ...]
    """Where the words stand in it, in characters."""
    used_by: tuple[str, ...] = ()
    """Of a source, the ids of the printed actions that link to it."""
    spelt: tuple[int, int] | None = None
    """Where the first of them stands in what the file has, where cross-references are printed otherwise."""
    to: str = ""
    """Of an amendment, the id of the record that it is to, or behind which or in which it adds one."""


_NOT_PROPOSED = ("record", "field", "section", "after", "base", "original", "edits", "rebased")
"""What an amendment says of the text that it is to: that is found where it stands."""


def find(plan: Plan, amendments: Iterable[Amendment], sought: Wanted) -> Iterator[Found]:
    """Return every text, source and amendment that has the words, in the order of the plan."""
    for each in texts(plan):
        words = each.resolved or each.text or ""
        spots = places(words, sought) if each.kind is not TextKind.RECOMMENDATION else ()
        if spots:
            found = Found(Among.TEXTS, each.record, each.field, each.number, each.at, words, spots)
            of_source = spelt(each.parts, *spots[0]) if each.resolved else None
            yield found._replace(spelt=of_source)
    for field, words, at in _of_head(plan):
        if spots := places(words, sought):
            yield Found(Among.TEXTS, "plan", field, "", at, words, spots)
    search = _Sources(plan, sought)
    for at, record in walk_registry(plan):
        yield from search.record(record, at)
    for index, amendment in enumerate(amendments):
        to = amendment.record or amendment.after or amendment.section or ""
        for field, words, at in _leaves(amendment, ("amendments", index)):
            if field.partition(".")[0] not in _NOT_PROPOSED and (spots := places(words, sought)):
                yield Found(Among.AMENDMENTS, amendment.id, field, "", at, words, spots, to=to)


def _of_head(plan: Plan) -> Iterator[tuple[str, str, Pointer]]:
    """Return what plan.yaml says of the conference and of pages for readers."""
    if plan.conference:
        yield from _leaves(plan.conference, ("conference",), "conference.")
    for index, link in enumerate(plan.links):
        yield from _leaves(link, ("links", index), "links.")


class _Sources:
    """Looks for words in the records that actions link to."""

    def __init__(self, plan: Plan, sought: Wanted) -> None:
        self.sought = sought
        self.trace = trace(plan)
        self.users = users(plan)

    def record(self, record: Any, at: Pointer) -> Iterator[Found]:  # noqa: ANN401 - any record of the registry
        """Return what a record says with the words in it; of an instrument also what its provisions say."""
        named = self.users.get(record.id, ())
        hits = [
            Found(Among.SOURCES, record.id, field, "", where, words, spots, named)
            for field, words, where in _leaves(record, at)
            if not field.startswith("provisions.") and (spots := places(words, self.sought))
        ]
        # an id that says what a title says is no find of its own
        yield from [each for each in hits if each.field != "id"] or hits
        for index, provision in enumerate(getattr(record, "provisions", ())):
            where = (*at, "provisions", index)
            citation = next(each for each in record.cites() if each.reference == provision.ref)
            for field, words in (("ref", str(citation)), ("subject", provision.subject)):
                if spots := places(words, self.sought):
                    there, citing = (*where, field), self.trace.served.get(citation, ())
                    yield Found(Among.SOURCES, str(citation), field, "", there, words, spots, citing)
                    break


def users(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the printed actions that link to each recommendation, instrument and actor, in printed order."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, action in plan.walk_actions():
        instruments = (each.instrument for each in action.provisions)
        for name in (*action.recommendations, *action.addressees, *instruments):
            if action.status.printed:
                found[name][action.id] = None
    return {name: tuple(actions) for name, actions in found.items()}


def _leaves(record: Record, at: Pointer, prefix: str = "") -> Iterator[tuple[str, str, Pointer]]:
    """Return each value of a record that is words: its field, the words, where they stand; no addresses."""
    for each in fields(type(record)).values():
        value: object = getattr(record, each.attribute)
        if each.value is Value.LINKS:
            continue
        many = value if isinstance(value, tuple) else (value,)
        for index, one in enumerate(many):
            where = (*at, each.name, index) if isinstance(value, tuple) else (*at, each.name)
            if isinstance(one, Record):
                yield from _leaves(one, where, f"{prefix}{each.name}.")
            elif isinstance(one, str) and not isinstance(one, StrEnum) and "://" not in one:
                yield f"{prefix}{each.name}", one, where
