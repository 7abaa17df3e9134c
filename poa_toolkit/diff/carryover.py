"""What people said and proposed of the old version, and whether it still holds for the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.change import Edit, Effect
from poa_toolkit.diff.records import entries
from poa_toolkit.diff.words import segments
from poa_toolkit.model import AmendmentState
from poa_toolkit.model.digests import is_text
from poa_toolkit.text.white_space import single_spaced
from poa_toolkit.trace import in_force, links, meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.model import Amendment, Endorsement, Plan, Review
    from poa_toolkit.trace import Trace

    Range = tuple[int, int]


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
    """Say whether two rewordings of one text touch the same words."""
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
