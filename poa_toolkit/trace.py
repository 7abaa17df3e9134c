"""The link index of a plan: who points to what, and what a link resolves to."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from poa_toolkit.model import Citation, digests
from poa_toolkit.model.file_kinds import walk_registry
from poa_toolkit.text import citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Action, Instrument, Plan, Provision, Recommendation, Review

_OF_RECOMMENDATION = {"text", "kind", "mechanism", "state", "recommending_state"}
_OF_INSTRUMENT = {"title", "kind", "unit", "interprets"}


class Identified(Protocol):
    """A record that has an id."""

    @property
    def id(self) -> str:
        """The id."""


class Known(StrEnum):
    """What is known of a citation, or of what else names a record."""

    LISTED = "listed"
    """The registry lists this provision."""
    PARENT = "parent"
    """The registry lists a part of this provision: ``25`` where it lists ``25(b)``."""
    PART = "part"
    """The registry lists a divisible provision that contains it: ``25`` for ``25(d)``."""
    NO_PROVISION = "no-provision"
    NO_INSTRUMENT = "no-instrument"
    NO_RECORD = "no-record"
    """It is no citation, and no record has this id."""


class Trace(NamedTuple):
    """Every id of a plan, and every link between its records."""

    ids: dict[str, tuple[tuple[str, Pointer], ...]]
    """Each id in lower case → as spelt, and where; more than one is a repetition."""
    actions: dict[str, Action]
    recommendations: dict[str, Recommendation]
    instruments: dict[str, Instrument]
    provisions: dict[str, dict[str, Provision]]
    """Instrument id → reference → provision."""
    parts: dict[str, dict[str, tuple[Provision, ...]]]
    """Instrument id → reference → the provisions that are listed as parts of it."""
    holders: frozenset[str]
    """The ids, in lower case, that may hold a bracket."""
    taken_up: dict[str, tuple[str, ...]]
    """Recommendation id → the printed actions that come from it."""
    served: dict[Citation, tuple[str, ...]]
    """Citation → the printed actions that serve it."""
    indicators: dict[str, str]
    """Indicator id → the action it is of."""
    made: dict[str, str]
    """Recommendation id → when it was made, where that is on record (a day, month or year)."""

    def resolve(self, citation: Citation) -> Known:
        """Return what the registry knows of a citation."""
        listed = self.provisions.get(citation.instrument)
        if listed is None:
            return Known.NO_INSTRUMENT
        if citation.reference in listed:
            return Known.LISTED
        if citation.reference in self.parts[citation.instrument]:
            return Known.PARENT
        for ancestor in citations.ancestors(citation.reference):
            if ancestor in listed and listed[ancestor].divisible:
                return Known.PART
        return Known.NO_PROVISION

    def look_up(self, link: str) -> Known:
        """Return what is known of the other end of a link: an id, ``A-012.b`` for a point, a citation."""
        name, _, point = link.partition(".")
        action = self.actions.get(name)
        is_point = bool(point) and action is not None and action.placed_point(point) is not None
        if is_point or link in (spelt for spelt, _ in self.ids.get(link.lower(), ())):
            return Known.LISTED
        try:
            return self.resolve(Citation.parse(link))
        except ValueError:
            return Known.NO_RECORD

    def knows(self, text: str) -> bool:
        """Return whether a citation has its form and leads to a provision of the registry."""
        try:
            found = self.resolve(Citation.parse(text))
        except ValueError:
            return False
        return found in (Known.LISTED, Known.PARENT, Known.PART)

    def listed(self, citation: Citation) -> tuple[Provision, ...]:
        """Return the registry's entries for a citation: itself, else its parts, else the whole around it."""
        of_instrument = self.provisions.get(citation.instrument, {})
        if citation.reference in of_instrument:
            return (of_instrument[citation.reference],)
        parts = self.parts.get(citation.instrument, {}).get(citation.reference, ())
        wholes = (each for each in citations.ancestors(citation.reference) if each in of_instrument)
        return parts or tuple(of_instrument[each] for each in wholes)[:1]

    def obligations(self) -> dict[str, tuple[str, ...]]:
        """Return the obligations that printed actions serve by what they cite, and those actions."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for citation, actions in self.served.items():
            for provision in self.listed(citation):
                for obligation in provision.obligations:
                    found[obligation] += actions
        return {name: tuple(actions) for name, actions in found.items()}

    def verified(self, citation: Citation) -> bool:
        """Return whether every entry that makes a citation known was read on a published page."""
        entries = self.listed(citation)
        return bool(entries) and all(each.verified for each in entries)


def meaning(known: Trace, link: str) -> str | None:
    """Return the digest of what a link of an action leads to: a recommendation's id, or a citation.

    Only what it means counts: what a recommendation says and who made it, what a provision is about
    and whose it is. Whether it is verified, where it was read and what it is called in a document do
    not. None where the link leads nowhere.
    """
    recommendation = known.recommendations.get(link)
    if recommendation is not None:
        return digests.digest(recommendation.model_dump(mode="json", include=_OF_RECOMMENDATION))
    try:
        citation = Citation.parse(link)
    except ValueError:
        return None
    instrument, listed = known.instruments.get(citation.instrument), known.listed(citation)
    if instrument is None or not listed:
        return None
    subjects = [[provision.ref, provision.subject] for provision in listed]
    said = {"reference": citation.reference, "provisions": subjects}
    return digests.digest({**said, **instrument.model_dump(mode="json", include=_OF_INSTRUMENT)})


def links(action: Action) -> dict[str, None]:
    """Return the other end of every link of an action, in order."""
    return dict.fromkeys((*action.recommendations, *map(str, action.provisions)))


def in_force(reviews: Sequence[Review]) -> dict[str, int]:
    """Return the place of the latest review of each record; of two on one day, the one further down."""
    latest: dict[str, int] = {}
    for index, review in enumerate(reviews):
        earlier = latest.get(review.record)
        if earlier is None or reviews[earlier].date <= review.date:
            latest[review.record] = index
    return latest


def trace(plan: Plan) -> Trace:
    """Index a plan; ids and links are taken as they are, right or wrong."""
    ids: defaultdict[str, list[tuple[str, Pointer]]] = defaultdict(list)
    for at, name in _ids(plan):
        ids[name.lower()].append((name, at))
    taken_up: defaultdict[str, list[str]] = defaultdict(list)
    served: defaultdict[Citation, list[str]] = defaultdict(list)
    for _, action in plan.walk_actions():
        if action.status.printed:
            for name in action.recommendations:
                taken_up[name].append(action.id)
            for citation in action.provisions:
                served[citation].append(action.id)
    return Trace(
        ids={name: tuple(found) for name, found in ids.items()},
        actions={action.id: action for _, action in plan.walk_actions()},
        recommendations={each.id: each for _, each in plan.walk_recommendations()},
        instruments={each.id: each for each in plan.instruments},
        provisions={each.id: {p.ref: p for p in each.provisions} for each in plan.instruments},
        parts={each.id: _parts(each) for each in plan.instruments},
        holders=frozenset(plan.holders()),
        taken_up={name: tuple(found) for name, found in taken_up.items()},
        served={name: tuple(found) for name, found in served.items()},
        indicators={each.id: action.id for _, action in plan.walk_actions() for each in action.indicators},
        made=dict(_made(plan)),
    )


def _parts(instrument: Instrument) -> dict[str, tuple[Provision, ...]]:
    found: defaultdict[str, dict[str, Provision]] = defaultdict(dict)
    for provision in instrument.provisions:
        for whole in citations.ancestors(provision.ref):
            found[whole][provision.ref] = provision
    return {whole: tuple(each.values()) for whole, each in found.items()}


def _ids(plan: Plan) -> Iterator[tuple[Pointer, str]]:
    """Return every id that must be unique in a plan, with its pointer; points are their action's own."""
    for name in ("stages", "front", "introduction", "sections"):
        yield from _ids_in((name,), getattr(plan, name))
    for number, section in enumerate(plan.sections):
        yield from _ids_in(("sections", number, "chapeau"), section.chapeau)
        yield from _ids_in(("sections", number, "actions"), section.actions)
    for at, action in plan.walk_actions():
        yield from _ids_in((*at, "indicators"), action.indicators)
    yield from ((at, record.id) for at, record in walk_registry(plan))


def _ids_in(at: Pointer, records: Iterable[Identified]) -> Iterator[tuple[Pointer, str]]:
    for index, record in enumerate(records):
        yield (*at, index), record.id


def _made(plan: Plan) -> Iterator[tuple[str, str]]:
    for source in plan.sources:
        meeting = source.consultation.dates[-1].isoformat() if source.consultation else None
        for recommendation in source.recommendations:
            when = recommendation.date or meeting
            if when:
                yield recommendation.id, when
