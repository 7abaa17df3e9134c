"""The outcome of the meeting: what became of the amendments, and what explains each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import targets
from poa_toolkit.check.amendment_places import DECIDED
from poa_toolkit.document.amendments_report import cited
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.report_blocks import body, code, heading, item, muted, part, report, strong
from poa_toolkit.document.statements import in_a_line, turned
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.amend.explanations import Explanation
    from poa_toolkit.document.blocks import Block, Document, Paragraph
    from poa_toolkit.document.labels import Labels
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment, Plan

_ORDER = (*DECIDED, AmendmentState.STALE, AmendmentState.UNPLACED, AmendmentState.OPEN)
_NOTED = "Remarks that were noted"
_TITLES = {
    AmendmentState.MODIFIED: "Accepted with modifications",
    AmendmentState.STALE: "Stale: the text went another way",
    AmendmentState.UNPLACED: "Without a place in the text",
    AmendmentState.OPEN: "Still open",
}


def outcome(
    plan: Plan,
    amendments: Sequence[Amendment],
    explained: Sequence[Explanation] | None,
    *,
    labels: tuple[str, str],
) -> Document:
    """Lay out what became of amendments, and by which of them each change of a comparison is explained.

    `explained` is None where there is no earlier version to compare with; `labels` name the two.
    """
    words, texts = LABELS[plan.style], targets(plan)
    parts = [part(body(_counted(amendments)))]
    for title, mine in _by_outcome(amendments).items():
        listed = (_amendment(each, words, texts) for each in mine)
        parts.append(part(heading(f"{title} ({len(mine)})"), *listed))
    if explained is not None:
        parts.append(part(heading(f"Changes from {labels[0]} to {labels[1]}"), *_changes(explained)))
    return report("Outcome of the amendments", parts, plan, version=labels[1])


def _by_outcome(amendments: Sequence[Amendment]) -> dict[str, list[Amendment]]:
    """Group amendments under the title of what became of them; a remark is noted, not accepted."""
    found: dict[str, list[Amendment]] = {}
    for state in _ORDER:
        title = _TITLES.get(state, state.value.capitalize())
        for each in amendments:
            if each.state is state:
                found.setdefault(_NOTED if _is_noted(each) else title, []).append(each)
    return found


def _is_noted(amendment: Amendment) -> bool:
    return amendment.kind is AmendmentKind.COMMENT and amendment.is_adopted


def _counted(amendments: Sequence[Amendment]) -> str:
    noted = sum(map(_is_noted, amendments))
    counts = {state: sum(each.state is state for each in amendments) for state in _ORDER}
    counts[AmendmentState.ACCEPTED] -= noted
    named = [*((state.value, count) for state, count in counts.items()), ("noted", noted)]
    listed = ", ".join(f"{count} {name}" for name, count in named if count)
    count = many(len(amendments), "amendment")
    return f"{count}: {listed}." if listed else "No amendment is on record."


def _amendment(amendment: Amendment, words: Labels, texts: Mapping[tuple[str, str], Target]) -> Paragraph:
    place = " ".join(filter(None, (amendment.record or amendment.section, amendment.field)))
    number = cited(texts.get((amendment.record or "", amendment.field or "text")))
    said = f" {place or 'no place in the text'}{number}, by {amendment.proposer}"
    runs: list[Run | str] = [code(amendment.id), said]
    if amendment.decided_by and amendment.decided:
        runs.append(muted(f" ({amendment.decided_by}, {amendment.decided.isoformat()})"))
    if amendment.reason:
        runs.append(f": {amendment.reason}")
    if said := in_a_line(amendment):
        runs.append(f"; {said}")
    runs += [f"; {each.by}: {each.comment}" for each in amendment.statements if each.comment]
    runs += [f"; earlier: {turned(each, words)}" for each in amendment.history]
    return item(*runs, record=amendment.record, field=amendment.field)


def _changes(explained: Sequence[Explanation]) -> Iterator[Block]:
    if not explained:
        yield body("Nothing changed.")
        return
    left = sum(not each.whole for each in explained)
    total = many(len(explained), "change")
    yield body(
        f"{total}; {left or 'none'} that no amendment explains." if left else f"{total}, all explained."
    )
    for each in explained:
        change = each.change
        place = " ".join(filter(None, (change.record, change.field)))
        cited = f" (para. {change.number})" if change.number else ""
        names = ", ".join(each.amendments)
        by: Run | str = f"by {names}"
        if not each.whole:
            by = strong(f"by {names}, and other words changed too" if names else "not by an amendment")
        what = f"{cited} {change.kind.value.replace('-', ' ')}: "
        yield item(code(place), what, by, record=change.record, field=change.field)
