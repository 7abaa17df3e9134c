"""Two versions that cannot be read whole, cut down to what can be compared with certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from poa_toolkit.api.validate import InvalidPlanError, Report, shown
from poa_toolkit.diagnostic import Diagnostic
from poa_toolkit.model.file_kinds import FILE_KINDS, REGISTRY
from poa_toolkit.source.base import PLAN_FILE
from poa_toolkit.text.counting import listed_up_to

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from poa_toolkit.load.plan import Loaded
    from poa_toolkit.model import Plan

_SHOWN = 5


class ComparableVersions(NamedTuple):
    """What of two versions can be compared."""

    old: Plan
    new: Plan
    left_out: tuple[str, ...]
    """What cannot, a line each."""


def certain(old: Loaded, new: Loaded) -> ComparableVersions:
    """Leave out of both versions what one of them cannot tell, so that nothing seems added or removed.

    That is each record that cannot be read in one of the two, and where a whole file cannot be read,
    the records of its kind that only the other version shows. Raises InvalidPlanError where plan.yaml
    itself cannot be read.
    """
    for each in (old, new):
        if each.plan is None:
            raise InvalidPlanError(Report(each.label, None, shown(each, each.diagnostics)))
    broken = old.broken | new.broken
    lines = [line for each in (old, new) for line in _unread(each)]
    plans = [_without(each.plan, broken) for each in (old, new) if each.plan is not None]
    if any(_has_broken_links(each) for each in (old, new)):
        plans = [plan.model_copy(update={"links": ()}) for plan in plans]
    before, after = plans
    for lost, of, against in ((old.lost, old, after), (new.lost, new, before)):
        known = _ids(before if of is old else after)
        cut = _known_only(against, lost, known)
        gone = sorted(_ids(against) - _ids(cut))
        if gone:
            lines.append(_doubtful(gone, of))
        before, after = (before, cut) if of is old else (cut, after)
    if lines:
        lines.append("numbers of paragraphs do not count what is left out; effects are not told")
    return ComparableVersions(before, after, tuple(lines))


def _unread(loaded: Loaded) -> Iterator[str]:
    for each in shown(loaded, sorted(loaded.diagnostics, key=Diagnostic.sort_key)):
        yield f"{each.location}: {each.code} {each.message}"


def _doubtful(gone: list[str], of: Loaded) -> str:
    names = listed_up_to(_SHOWN, gone)
    return f"{names}: not compared, since they may stand in what cannot be read of {of.label}"


def _without(plan: Plan, broken: Collection[str]) -> Plan:
    """Leave out the records whose ids are among `broken`, in lower case."""
    if not broken:
        return plan
    return _kept(plan, lambda record: record.id.lower() not in broken)


def _known_only(plan: Plan, lost: Collection[str], known: Collection[str]) -> Plan:
    """Leave out the records of the kinds of file `lost` that are not `known`."""
    kinds = {name for kind in FILE_KINDS if kind.name in lost for name in kind.lists}
    return _kept(plan, lambda record: record.id in known, only=kinds) if kinds else plan


def _kept(plan: Plan, keep: Any, only: Collection[str] | None = None) -> Plan:  # noqa: ANN401 - a predicate
    """Keep the records that `keep` wants, of the lists `only` (without it, of all)."""

    def wanted(records: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(each for each in records if keep(each))

    update: dict[str, Any] = {}
    names = {"front", "introduction", *REGISTRY}
    for name in sorted(names if only is None else names & set(only)):
        update[name] = wanted(getattr(plan, name))
    if only is None or "sections" in only:
        update["sections"] = tuple(
            section.model_copy(
                update={"chapeau": wanted(section.chapeau), "actions": wanted(section.actions)}
            )
            for section in wanted(plan.sections)
        )
    if only is None or "sources" in only:
        update["sources"] = tuple(
            source.model_copy(update={"recommendations": wanted(source.recommendations)})
            for source in plan.sources
            if (head := source.consultation or source.mechanism) is None or keep(head)
        )
    return plan.model_copy(update=update)


def _ids(plan: Plan) -> set[str]:
    found = {section.id for section in plan.sections}
    found |= {record.id for at, record in plan.walk_texts() if "points" not in at}
    for source in plan.sources:
        heads = (source.consultation, source.mechanism)
        found |= {head.id for head in heads if head}
        found |= {each.id for each in source.recommendations}
    return found | {each.id for name in REGISTRY for each in getattr(plan, name)}


def _has_broken_links(loaded: Loaded) -> bool:
    """Say whether a page for further reading cannot be read: such a page has no id to be known by."""
    tree = loaded.trees.get(PLAN_FILE)
    if tree is None or loaded.plan is None or not isinstance(tree.value, dict):
        return False
    return len(tree.value.get("links") or ()) != len(loaded.plan.links)
