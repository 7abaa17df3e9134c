"""Which recommendations and provisions meet which actions, and what meets none: the matrix as data."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.errors import PoaError
from poa_toolkit.model import Citation
from poa_toolkit.text.counting import listed_up_to
from poa_toolkit.text.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.model import Action, Plan, Recommendation

_SHOWN = 12
"""How many names a message lists."""


class Axis(StrEnum):
    """What stands at one side of a matrix."""

    RECOMMENDATIONS = "recommendations"
    PROVISIONS = "provisions"
    ACTIONS = "actions"


class Filter(StrEnum):
    """What a matrix can be narrowed to."""

    MECHANISM = "mechanism"
    """Of recommendations: the mechanism or the consultation that made them."""
    STATE = "state"
    """Of recommendations: the State they are addressed to."""
    THEME = "theme"
    """Of all three: an election obligation."""
    ADDRESSEE = "addressee"
    SECTION = "section"


OF_RECOMMENDATIONS = (Filter.MECHANISM, Filter.STATE)
OF_ACTIONS = (Filter.ADDRESSEE, Filter.SECTION)


class MatrixRow(NamedTuple):
    """A record at the side of a matrix."""

    record: str
    """Its id; of a provision its citation, such as ``iccpr 25(b)``."""
    links: tuple[str, ...]
    """What it meets on the other side, by id or citation, in the order of the plan; empty for a gap."""
    beside: tuple[str, ...] = ()
    """What these actions name besides: provisions in a row of a recommendation, recommendations in others."""
    reason: str | None = None
    """Of a gap: why, where the plan says so."""


class Matrix(NamedTuple):
    """What meets what."""

    rows: Axis
    by: Axis
    gaps: tuple[MatrixRow, ...]
    """What meets nothing."""
    linked: tuple[MatrixRow, ...]
    knows_gaps: bool
    """Whether gaps are told: not where only some of the other side is looked at."""
    chosen: Mapping[Filter, tuple[str, ...]]
    """What it was narrowed to: ids, or names of what has none, in the order of the plan."""


def matrix(context: CitationContext, rows: Axis, by: Axis, chosen: Mapping[Filter, Sequence[str]]) -> Matrix:
    """Return the rows of a matrix; one of its sides is the actions, printed ones alone.

    `chosen` are names as a person gives them: ids, titles, printed numbers; any of several of one filter
    will do, and all filters together must hold. A filter of the other side keeps only rows that meet what
    it is true of. Raises PoaError for a name that the plan does not have, and where no side is the actions.
    """
    if rows is by:
        raise PoaError(f"both sides are {rows.value}; choose something else for one of them")
    if Axis.ACTIONS not in (rows, by):
        raise PoaError(
            f"{rows.value} meet {by.value} only through actions; choose actions for one side: the other is "
            "named beside"
        )
    meant = {kind: _meant(context, kind, given) for kind, given in chosen.items() if given}
    links = _Links(context, {kind: frozenset(ids) for kind, ids in meant.items()})
    found = tuple(links.rows(rows, by))
    knows_gaps = not any(name in links.chosen for name in _OF_OTHER_SIDE[rows])
    gaps = (each for each in found if not each.links)
    linked = tuple(each for each in found if each.links)
    return Matrix(rows, by, tuple(gaps) if knows_gaps else (), linked, knows_gaps, meant)


_OF_OTHER_SIDE = {
    Axis.RECOMMENDATIONS: OF_ACTIONS,
    Axis.PROVISIONS: (*OF_RECOMMENDATIONS, *OF_ACTIONS),
    Axis.ACTIONS: OF_RECOMMENDATIONS,
}


def names(context: CitationContext, kind: Filter) -> dict[str, tuple[str, ...]]:
    """Return what a matrix can be narrowed to: each id, or name without one, and how else one may say it."""
    plan = context.plan
    match kind:
        case Filter.MECHANISM:
            heads = (each.consultation or each.mechanism for each in plan.sources)
            named = (each.mechanism for _, each in plan.walk_recommendations() if each.mechanism)
            return dict.fromkeys(named, ()) | {each.id: (each.title,) for each in heads if each}
        case Filter.STATE:
            return {each.state: () for _, each in plan.walk_recommendations() if each.state}
        case Filter.THEME:
            return {each.id: (each.title, str(each.number)) for each in plan.obligations}
        case Filter.ADDRESSEE:
            return {each.id: (each.title,) for each in plan.actors}
        case _:
            return {each.id: (each.title, context.bare(each.id)) for each in plan.sections}


def _meant(context: CitationContext, kind: Filter, given: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that names mean, those of all who bear one name."""
    known = names(context, kind)
    found: set[str] = set()
    for name in given:
        wanted = name.strip().casefold()
        meant = {each for each, others in known.items() if wanted in map(str.casefold, (each, *others))}
        if not meant:
            raise PoaError(_unknown(context.plan, kind, name, known))
        found |= meant
    return tuple(each for each in known if each in found)


def _unknown(plan: Plan, kind: Filter, name: str, known: Mapping[str, tuple[str, ...]]) -> str:
    if kind is Filter.THEME and any(
        name.casefold() in (each.id, each.title.casefold()) for each in plan.parts
    ):
        return f'nothing in a plan is linked to a part of an election, such as "{name}"; name an obligation'
    titles = {other: each for each, others in known.items() for other in others}
    there = f"there are {listed_up_to(_SHOWN, known)}" if known else "the plan has none"
    return f'no {kind.value} "{name}"; {did_you_mean(name, known, titles) or there}'


class _Links:
    """The links of a plan, narrowed to what was chosen."""

    def __init__(self, context: CitationContext, chosen: Mapping[Filter, frozenset[str]]) -> None:
        self.context = context
        self.plan, self.trace = context.plan, context.trace
        self.chosen = chosen

    def rows(self, rows: Axis, by: Axis) -> Iterator[MatrixRow]:
        """Return every row that the filters of its side keep, also those that meet nothing."""
        match rows:
            case Axis.RECOMMENDATIONS:
                return self._of_recommendations()
            case Axis.PROVISIONS:
                return self._of_provisions()
            case _:
                return self._of_actions(by)

    @cached_property
    def recommendations(self) -> dict[str, Recommendation]:
        """Return the recommendations of the mechanisms and the States that were chosen."""
        found = {}
        for source in self.plan.sources:
            head = source.consultation or source.mechanism
            for each in source.recommendations:
                made_by = [each.mechanism or "", head.id if head else ""]
                if self._holds(Filter.MECHANISM, made_by) and self._holds(Filter.STATE, [each.state or ""]):
                    found[each.id] = each
        return found

    @cached_property
    def actions(self) -> dict[str, Action]:
        """Return the printed actions of the sections and to the addressees that were chosen."""
        return {
            action.id: action
            for section in self.plan.sections
            if self._holds(Filter.SECTION, [section.id])
            for action in section.actions
            if action.status.printed and self._holds(Filter.ADDRESSEE, action.addressees)
        }

    def _holds(self, kind: Filter, has: Iterable[str]) -> bool:
        return kind not in self.chosen or not self.chosen[kind].isdisjoint(has)

    def _of_recommendations(self) -> Iterator[MatrixRow]:
        for each in self.recommendations.values():
            if self._holds(Filter.THEME, each.obligations):
                actions = self._kept(self.trace.taken_up.get(each.id, ()))
                beside = dict.fromkeys(str(one) for name in actions for one in self.actions[name].provisions)
                yield MatrixRow(each.id, actions, tuple(beside), None if actions else each.not_taken_up)

    def _of_provisions(self) -> Iterator[MatrixRow]:
        """Return a row for each citation, in the order of the registry, and each entry that none reaches."""
        for citation in self._citations():
            listed = self.trace.listed(citation)
            if self._holds(Filter.THEME, (name for each in listed for name in each.obligations)):
                actions = self._kept(self.trace.served.get(citation, ()), of_recommendations=True)
                beside = (one for name in actions for one in self.actions[name].recommendations)
                yield MatrixRow(str(citation), actions, tuple(dict.fromkeys(beside)))

    def _citations(self) -> Iterator[Citation]:
        cited: dict[str, list[Citation]] = {}
        for citation in self.trace.served:
            cited.setdefault(citation.instrument, []).append(citation)
        for instrument in self.plan.instruments:
            of_instrument = cited.pop(instrument.id, [])
            reached = {one.ref for each in of_instrument for one in self.trace.listed(each)}
            gaps = [each for each in instrument.cites() if each.reference not in reached]
            place = {provision.ref: index for index, provision in enumerate(instrument.provisions)}
            yield from sorted([*of_instrument, *gaps], key=lambda each: self._place(each, place))
        for others in cited.values():
            yield from others

    def _place(self, citation: Citation, place: Mapping[str, int]) -> tuple[int, str]:
        entries = [place[each.ref] for each in self.trace.listed(citation)]
        return min(entries, default=len(place)), citation.reference

    def _of_actions(self, by: Axis) -> Iterator[MatrixRow]:
        serving = self._serving() if Filter.THEME in self.chosen else self.actions.keys()
        for each in self.actions.values():
            if each.id not in serving:
                continue
            named = tuple(dict.fromkeys(each.recommendations))
            kept = tuple(name for name in named if self._is_kept(name))
            provisions = tuple(dict.fromkeys(map(str, each.provisions)))
            if by is Axis.RECOMMENDATIONS:
                yield MatrixRow(each.id, kept, provisions)
            else:
                yield MatrixRow(each.id, provisions if kept or not self._narrows else (), kept)

    def _serving(self) -> set[str]:
        """Return the actions that serve one of the obligations that were chosen."""
        served = self.trace.obligations()
        return {action for name in self.chosen[Filter.THEME] for action in served.get(name, ())}

    @property
    def _narrows(self) -> bool:
        """Return whether only some recommendations are looked at."""
        return any(name in self.chosen for name in OF_RECOMMENDATIONS)

    def _is_kept(self, recommendation: str) -> bool:
        # a link that leads nowhere is a link all the same
        return recommendation in self.recommendations if self._narrows else True

    def _kept(self, actions: Iterable[str], *, of_recommendations: bool = False) -> tuple[str, ...]:
        """Return the actions among these that the filters keep, each once."""
        found = dict.fromkeys(each for each in actions if each in self.actions)
        if of_recommendations and self._narrows:
            return tuple(
                each for each in found if any(map(self._is_kept, self.actions[each].recommendations))
            )
        return tuple(found)


class ServedTheme(NamedTuple):
    """How many printed actions serve an obligation."""

    obligation: str
    counts: tuple[int, ...]
    """A count for each section, in order."""
    total: int
    """How many actions serve it in all."""


def served_themes(context: CitationContext) -> tuple[ServedTheme, ...]:
    """Count for each obligation the printed actions that serve it by what they cite, by section."""
    plan, served = context.plan, context.trace.obligations()
    home = {action.id: section.id for section in plan.sections for action in section.actions}
    found = []
    for obligation in plan.obligations:
        actions = set(served.get(obligation.id, ()))
        counts = Counter(home[each] for each in actions)
        found.append(
            ServedTheme(obligation.id, tuple(counts[each.id] for each in plan.sections), len(actions))
        )
    return tuple(found)
