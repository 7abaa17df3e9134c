"""What the changes between two versions mean for links, brackets, and what people said and proposed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Edit, Effect, Kind
from poa_toolkit.diff.records import entries
from poa_toolkit.diff.words import segments
from poa_toolkit.model import AmendmentState, Citation
from poa_toolkit.model.digests import is_text
from poa_toolkit.text import brackets
from poa_toolkit.text.counting import many
from poa_toolkit.text.white_space import single_spaced
from poa_toolkit.trace import in_force, links, meaning, trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.diff.change import Change
    from poa_toolkit.model import Amendment, Endorsement, Plan, Review
    from poa_toolkit.trace import Trace

    Range = tuple[int, int]
    Renamed = Mapping[tuple[str, str], str]
    """Kind and new id → old id."""


class Carryover(NamedTuple):
    """What lies beside the new version of a plan."""

    reviews: tuple[Review, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()


def suspect_links(before: Trace, after: Trace, reviews: Sequence[Review]) -> Iterator[Effect]:
    """Name the links that led to what was reviewed, and lead to something of another meaning now."""
    for index in in_force(reviews).values():
        review = reviews[index]
        action = after.actions.get(review.record)
        linked = links(action) if action else ()
        for link in review.links:
            if link.to not in linked or meaning(before, link.to) != link.digest:
                continue
            if meaning(after, link.to) not in (None, link.digest):
                message = (
                    f"the link of {review.record} to {link.to} is suspect: what it leads to has changed"
                    f" since {review.by} reviewed it on {review.date}"
                )
                yield Effect("link-suspect", review.record, message)


def unmatched_endorsements(
    plans: tuple[Plan, Plan], digests: tuple[str, str], endorsements: Sequence[Endorsement]
) -> Iterator[Effect]:
    """Name the endorsements of exactly the old text; `digests` are those of both, empty where not known."""
    if not all(digests) or digests[0] == digests[1]:
        return
    old, new = plans
    for each in endorsements:
        if is_text(old, each.digest) and not is_text(new, each.digest):
            message = (
                f"the endorsement by {each.participant} is of the old text ({each.text}), not of this one"
            )
            yield Effect("endorsement-unmatched", each.participant, message)


def stale_amendments(old: Plan, new: Plan, amendments: Sequence[Amendment]) -> Iterator[Effect]:
    """Name the open amendments that would change words that these changes have taken away."""
    opened = [each for each in amendments if each.state is AmendmentState.OPEN and each.original is not None]
    if not opened:
        return
    before, after = _texts(old), _texts(new)
    for each in opened:
        key = (each.record or "", each.field or "text")
        original = single_spaced(each.original or "")
        if before.get(key) != original or after.get(key) == original:
            continue
        text = after.get(key)
        if text is None:
            why = "its text is gone"
        elif _meet(original, text, single_spaced(each.proposed or "")):
            why = "the words that it would change have changed"
        else:
            continue
        yield Effect("amendment-stale", each.id, f"amendment {each.id} to {each.record} is stale: {why}")


def _texts(plan: Plan) -> dict[tuple[str, str], str]:
    """Return the texts that amendments speak of, by record and field."""
    found: dict[tuple[str, str], str] = {}
    for entry in entries(plan):
        for name in ("text", "title"):
            text = getattr(entry.record, name, None)
            if text:
                found[entry.id, entry.field(name)] = single_spaced(text)
    return found


def _meet(original: str, now: str, proposed: str) -> bool:
    """Return whether two rewordings of one text touch the same words."""
    one, other = (list(_touched(original, text)) for text in (now, proposed))
    return any(start <= last and first <= end for start, end in one for first, last in other)


def _touched(original: str, text: str) -> Iterator[Range]:
    """Return the stretches of a text that a rewording replaces; an insertion has no length."""
    at = 0
    for each in segments(original, text):
        end = at + len(each.text) * (each.edit is not Edit.INSERTED)
        if each.edit is not Edit.SAME:
            yield at, end
        at = end


def effects(
    old: Plan,
    new: Plan,
    changes: Sequence[Change],
    *,
    proceedings: Carryover | None = None,
    digests: tuple[str, str] = ("", ""),
) -> tuple[Effect, ...]:
    """Return what the changes mean, each kind of effect in the order of the plan.

    Which recommendations gained their first or lost their last printed action; which provisions are no
    longer cited, which obligations no longer served; which links are suspect, amendments stale and
    endorsements unmatched; which brackets are still open, and who holds them. `digests` are the text
    digests of both versions, empty where they are not known.
    """
    proceedings = proceedings or Carryover()
    return (
        *(_links(old, new, changes, proceedings) if any(map(_touches_links, changes)) else ()),
        *stale_amendments(old, new, proceedings.amendments),
        *unmatched_endorsements((old, new), digests, proceedings.endorsements),
        *_brackets(new),
    )


_OF_LINKS = frozenset(("recommendations", "provisions", "obligations", "status", "id", "ref"))
_LINKED = frozenset(("recommendation", "instrument", "provision", "obligation"))


def _touches_links(change: Change) -> bool:
    """Return whether a change can have an effect on links; most rewordings cannot."""
    return change.record_kind in _LINKED or change.field in _OF_LINKS or not change.field


def _links(old: Plan, new: Plan, changes: Sequence[Change], proceedings: Carryover) -> Iterator[Effect]:
    before, after = trace(old), trace(new)
    other_ids = (each for each in changes if each.kind is Kind.ID_CHANGED)
    renamed = {(each.record_kind, each.record): str(each.old) for each in other_ids}
    yield from _recommendations(before, after, renamed)
    yield from _provisions(before, after, renamed)
    yield from _obligations(old, before, after, renamed)
    yield from suspect_links(before, after, proceedings.reviews)


def _recommendations(before: Trace, after: Trace, renamed: Renamed) -> Iterator[Effect]:
    for name in after.recommendations:
        was = renamed.get(("recommendation", name), name)
        had, has = before.taken_up.get(was, ()), after.taken_up.get(name, ())
        if has and not had:
            message = f"recommendation {name} is now taken up by {_listed(has)}"
            yield Effect("recommendation-gained", name, message)
        elif had and not has:
            message = f"recommendation {name} is no longer taken up; {_listed(had)} took it up"
            yield Effect("recommendation-lost", name, message)


def _provisions(before: Trace, after: Trace, renamed: Renamed) -> Iterator[Effect]:
    still = {_as_it_was(citation, renamed) for citation in after.served}
    for citation, had in before.served.items():
        if citation not in still and citation not in after.served:
            message = f"provision {citation} is no longer cited; {_listed(had)} cited it"
            yield Effect("provision-lost", str(citation), message)


def _as_it_was(citation: Citation, renamed: Renamed) -> Citation:
    """Return a citation as the old version had it, where its instrument or its reference is another now."""
    reference = renamed.get(("provision", str(citation)), citation.reference)
    instrument = renamed.get(("instrument", citation.instrument), citation.instrument)
    return Citation(instrument=instrument, reference=reference)


def _obligations(old: Plan, before: Trace, after: Trace, renamed: Renamed) -> Iterator[Effect]:
    had, has = before.obligations(), after.obligations()
    still = {renamed.get(("obligation", name), name) for name in has}
    for obligation in old.obligations:
        actions = had.get(obligation.id)
        if actions and obligation.id not in still:
            message = f"obligation {obligation.id} is no longer served; {_listed(actions)} served it"
            yield Effect("obligation-lost", obligation.id, message)


def _brackets(plan: Plan) -> Iterator[Effect]:
    """Count the open brackets of each record, and of each holder."""
    names = (*(each.id for each in plan.actors), *(each.id for each in plan.participants))
    ids = {name.lower(): name for name in names}
    found: dict[str, list[str]] = {}
    hidden = {action.id for _, action in plan.walk_actions() if not action.status.printed}
    name = ""
    for at, record in plan.walk_texts():
        name = name if "points" in at else record.id
        if "[" in record.text and name not in hidden:
            found.setdefault(name, []).extend(_holders(record.text, ids))
    held: defaultdict[str, list[str]] = defaultdict(list)
    for record_id, by in found.items():
        if by:
            for holder in filter(None, by):
                held[holder].append(record_id)
            yield Effect(
                "brackets-open", record_id, f"{record_id} has {many(len(by), 'open bracket')}{_held(by)}"
            )
    for holder, records in held.items():
        message = f"{holder} holds {many(len(records), 'open bracket')}: {_listed(tuple(records))}"
        yield Effect("brackets-held", holder, message)


def _holders(text: str, ids: Mapping[str, str]) -> list[str]:
    """Return the holder of every bracket of a text, empty where nobody holds it."""
    try:
        found = brackets.walk(brackets.parse(text, ids.keys()))
        return [ids[each.holder.lower()] if each.holder else "" for each in found]
    except brackets.BracketError:
        return [""] * text.count("[")


def _held(by: list[str]) -> str:
    counts = Counter(filter(None, by))
    listed = ", ".join(holder if count == 1 else f"{holder} ({count})" for holder, count in counts.items())
    return f", held by {listed}" if listed else ""


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(names))
