"""Put on record that an amendment was taken in by hand: its words are in the text already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import edits_of
from poa_toolkit.api.amendments_edit import AmendmentsEdit, Decided, Decision
from poa_toolkit.api.propose import home_of
from poa_toolkit.diff.word_edits import edits_between
from poa_toolkit.errors import AstrayError
from poa_toolkit.model import AmendmentKind, AmendmentState, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.model import Amendment, TextEdit


def take_in(project: Path, names: Sequence[str], decision: Decision) -> Decided:
    """Record amendments as accepted whose words somebody has put into the text; the text stays as it is.

    Raises AstrayError, nothing written, where the text does not say what one of them proposes.
    """
    edit, said = AmendmentsEdit(project), []
    for name in dict.fromkeys(names):
        index, amendment = edit.undecided(name)
        where = _found(edit, amendment)
        if amendment.kind is AmendmentKind.ADD:
            record, _, field = where.partition(" ")
            edit.set(index, record=record, field=field)
        edit.decide(index, AmendmentState.ACCEPTED, decision)
        said.append(f"{amendment.id} accepted, as taken in by hand: {where}")
    return Decided(edit.finish(), tuple(said))


def _found(edit: AmendmentsEdit, amendment: Amendment) -> str:
    """Return where the words of an amendment stand. Raises AstrayError where they do not."""
    if amendment.kind.rewords:
        return _reworded(edit, amendment)
    if amendment.kind is AmendmentKind.ADD:
        return _added(edit, amendment)
    if amendment.kind is AmendmentKind.MOVE:
        return _moved(edit, amendment)
    if amendment.kind is AmendmentKind.REMOVE:
        return _removed(edit, amendment)
    return "noted"


def _refusal(amendment: Amendment, why: str) -> AstrayError:
    return AstrayError(f"{amendment.id} was not taken in: {why}")


def _is_withdrawn(edit: AmendmentsEdit, record: str) -> bool:
    action = edit.plan_edit.trace.actions.get(record)
    return action is not None and action.status is Status.WITHDRAWN


def _reworded(edit: AmendmentsEdit, amendment: Amendment) -> str:
    record, field = amendment.record or "", amendment.field or ""
    target = edit.text_of(amendment)
    if target is None or target.text is None or _is_withdrawn(edit, record):
        place = " ".join(filter(None, (record, field))) or "such text"
        cure = f"say with `poa amend place {amendment.id}` where its words are"
        raise _refusal(amendment, f"{place} is withdrawn, gone or empty; {cure}")
    proposed = (amendment.wording.proposed or "").split()
    missing = tuple(_missing(amendment, target.text))
    if target.text.split() != proposed and missing:
        raise _refusal(amendment, f"{record} {field} {'; '.join(map(_lacks, missing))}")
    return f"{record} {field}"


def _missing(amendment: Amendment, now: str) -> Iterator[TextEdit]:
    """Return the edits of an amendment that are not made in the text of today."""
    made = set(edits_between(amendment.wording.original or "", now))
    yield from (each for each in edits_of(amendment) if each not in made)


def _lacks(change: TextEdit) -> str:
    if change.inserted.strip():
        return f'lacks "{change.inserted.strip()}"'
    return f'still says "{change.deleted.strip()}"'


def _added(edit: AmendmentsEdit, amendment: Amendment) -> str:
    words = (amendment.wording.proposed or "").split()
    taken = {(each.record, each.field) for each in edit.amendments if each.is_adopted}
    found = [
        each
        for key, each in edit.texts.items()
        if (each.text or "").split() == words and key not in taken and _can_be(edit, each, amendment)
    ]
    here = [each for each in found if _is_meant(each, amendment)]
    if here:
        return f"{here[0].record} {here[0].field}"
    if found:
        other = f"{found[0].record} {found[0].field}, in {home_of(found[0])}"
        cure = f"say so first with `poa amend place {amendment.id}`"
        raise _refusal(amendment, f"its words stand in {other}, where it was not to stand; {cure}")
    text = " ".join(words)
    raise _refusal(amendment, f'no action, paragraph or point says "{text}"')


def _can_be(edit: AmendmentsEdit, target: Target, amendment: Amendment) -> bool:
    """Return whether a text is of a kind that an addition can have become."""
    field = "points." if amendment.record is not None else "text"
    placed = amendment.record or amendment.section or amendment.after
    fields = (field,) if placed else ("text", "points.")
    return target.field.startswith(fields) and not _is_withdrawn(edit, target.record)


def _is_meant(target: Target, amendment: Amendment) -> bool:
    """Return whether a text stands where an addition was to stand."""
    if amendment.record is not None:
        return target.record == amendment.record
    return amendment.section in (None, home_of(target))


def _moved(edit: AmendmentsEdit, amendment: Amendment) -> str:
    """Return where a text stands that was to be moved there. Raises AstrayError where it stands elsewhere."""
    record, field = amendment.record or "", amendment.field or "text"
    if (record, field) not in edit.texts:
        raise _refusal(amendment, f"{record} {field} is not in the plan")
    if not stands_where_moved(edit, amendment):
        raise _refusal(amendment, f"{record} {field} does not stand behind {amendment.after or 'the others'}")
    return f"{record} {field}"


def stands_where_moved(edit: AmendmentsEdit, amendment: Amendment) -> bool:
    """Return whether a text of the plan stands where an amendment would move it, or has moved it."""
    record, field = amendment.record or "", amendment.field or "text"
    is_point = field.startswith("points.")
    target = edit.texts[record, field]
    beside = [
        each.field.removeprefix("points.") if is_point else each.record
        for each in edit.texts.values()
        if each.at[:-2] == target.at[:-2] and each.at[-1] == "text"
    ]
    if is_point and not _is_under(edit, amendment):
        return False
    at = beside.index(field.removeprefix("points.") if is_point else record)
    before = beside[at - 1] if at else "text" if is_point else amendment.section
    home = amendment.section if is_point else home_of(target)
    wanted = amendment.after or (beside[-2] if len(beside) > 1 else before)
    return home == amendment.section and before == wanted


def _is_under(edit: AmendmentsEdit, amendment: Amendment) -> bool:
    """Return whether a point stands under the point, or among those of the action, where it was to go."""
    action = edit.plan_edit.trace.actions[amendment.record or ""]
    point = action.placed_point((amendment.field or "").removeprefix("points."))
    behind = action.placed_point(amendment.after)
    wanted = amendment.under or (behind.above if behind else "")
    return point is not None and point.above == wanted


def _removed(edit: AmendmentsEdit, amendment: Amendment) -> str:
    record, field = amendment.record or "", amendment.field or "text"
    if not record:
        cure = f"say with `poa amend place {amendment.id}` what it is to"
        raise _refusal(amendment, f"it names no record; {cure}")
    if (record, field) in edit.texts and not _is_withdrawn(edit, record):
        raise _refusal(amendment, f"{record} {field} still stands")
    return f"{record}{'' if field == 'text' else f' {field}'} is gone"
