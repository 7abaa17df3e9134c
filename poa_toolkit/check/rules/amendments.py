"""POA430 to POA434: amendments that say all they must, of records that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.amendment_places import DECIDED, WAITING, Places, PlaceState, astray
from poa_toolkit.check.link_findings import repetitions
from poa_toolkit.check.rule import Context, Required, rule
from poa_toolkit.diagnostic import PLACE, Finding, Severity
from poa_toolkit.model import Amendment, AmendmentKind, AmendmentState, Stance, Wording, edited
from poa_toolkit.model.link_sets import set_fields
from poa_toolkit.model.plan import HOMES
from poa_toolkit.text.did_you_mean import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer

_MADE = (AmendmentState.OPEN, AmendmentState.ACCEPTED, AmendmentState.MODIFIED)
"""The states that no amendment can have without a place."""
_NEEDS: dict[AmendmentKind, tuple[str, ...]] = {
    AmendmentKind.TEXT: ("record", "field", "proposed"),
    AmendmentKind.ADD: ("proposed",),
    AmendmentKind.REMOVE: ("record",),
    AmendmentKind.MOVE: ("record", "field", "section"),
    AmendmentKind.COMMENT: ("comment",),
    AmendmentKind.CORRIGENDUM: ("record", "field", "proposed"),
}
"""What each kind of amendment cannot do without."""
_OF_DECISION = ("decided_by", "decided")
"""What a decided one cannot."""


def _required() -> Iterator[Required]:
    """Say of each key in which amendments `_missing` misses it."""
    for key in dict.fromkeys(name for names in _NEEDS.values() for name in names):
        kinds = " or ".join(kind.value for kind, names in _NEEDS.items() if key in names)
        yield Required("Amendment", key, where=f"where `kind` is {kinds}", unless="unless it is unplaced")
    places = "where `kind` is add and there is no `after` and no `record`"
    yield Required("Amendment", "section", where=places, unless="unless it is unplaced")
    yield Required("Amendment", "modified", where="where `state` is modified")
    states = " or ".join(state.value for state in DECIDED)
    yield from (Required("Amendment", key, where=f"where `state` is {states}") for key in _OF_DECISION)
    yield Required("Statement", "comment", where="where `stance` is remark")


@rule("POA430", "amendment-incomplete", requires=tuple(_required()))
def amendment_incomplete(ctx: Context) -> Iterator[Finding]:
    """An amendment does not say what it would change, or who decided on it.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            record: A-001
            proposed: Observers should report at once.
            proposer: A delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            record: A-001
            field: text
            original: Observers should report to the treaty bodies.
            proposed: Observers should report at once.
            proposer: A delegation
            date: 2017-12-04

    Cure:
        Add what is missing; `poa amend propose` writes all of it.
    """
    for index, each in enumerate(ctx.amendments):
        for missing in _missing(each):
            message = f"the amendment {each.id} ({each.kind}, {each.state}) lacks `{missing}`"
            yield Finding(("amendments", index), message, f"add `{missing}:`")
        for number, one in enumerate(each.statements):
            if one.stance is Stance.REMARK and one.comment is None:
                message = f"the remark of {one.by} on the amendment {each.id} lacks `comment`"
                yield Finding(("amendments", index, "statements", number), message, "add `comment:`")


def _missing(amendment: Amendment) -> Iterator[str]:
    if not _is_unplaced(amendment):
        yield from (name for name in _NEEDS[amendment.kind] if getattr(amendment, name) is None)
        if amendment.kind is AmendmentKind.ADD and not (
            amendment.section or amendment.after or amendment.record
        ):
            yield "section"
    if amendment.state is AmendmentState.MODIFIED and amendment.modified is None:
        yield "modified"
    if amendment.state in DECIDED:
        yield from (name for name in _OF_DECISION if getattr(amendment, name) is None)


def _is_unplaced(amendment: Amendment) -> bool:
    """Return whether an amendment has no place in the text, or had none when it was put aside."""
    placed = amendment.record or amendment.section or amendment.after
    return amendment.state is AmendmentState.UNPLACED or not (placed or amendment.state in _MADE)


@rule("POA431", "amendment-misses")
def amendment_misses(ctx: Context) -> Iterator[Finding]:
    """The word edits of an amendment do not make the text it proposes.

    Each edit says how many characters of `original` stand before it, which words go and which come;
    made one after the other they must give `proposed`. What `rebased` carries over to other words are the
    same edits: where one desk revised a proposal and another carried it over, a merge can leave others there.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            record: A-002
            field: text
            original: States should answer.
            proposed: States shall answer.
            edits:
              - offset: 4
                deleted: should
                inserted: shall
            proposer: A delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            record: A-002
            field: text
            original: States should answer.
            proposed: States shall answer.
            edits:
              - offset: 7
                deleted: should
                inserted: shall
            proposer: A delegation
            date: 2017-12-04

    Cure:
        Withdraw it, and propose it anew with `poa amend propose`.
    """
    for index, each in enumerate(ctx.amendments):
        wrong = next((step for step, wording in _wordings(each) if _misses(wording)), None)
        if wrong is not None:
            message = f"the edits of the amendment {each.id} do not turn its `original` into its `proposed`"
            help_text = "delete the `edits`, or withdraw the amendment and propose it anew"
            yield Finding(("amendments", index, *wrong, "edits"), message, help_text)
        elif _is_of_other_words(each):
            message = f"`rebased` of the amendment {each.id} carries over edits that it does not have"
            help_text = "delete `rebased`: it is made anew from the words that are proposed"
            yield Finding(("amendments", index, "rebased"), message, help_text)


def _wordings(amendment: Amendment) -> Iterator[tuple[Pointer, Wording]]:
    """Return what an amendment proposes, and what that comes to today, each with the way to it."""
    own = Wording(original=amendment.original, proposed=amendment.proposed, edits=amendment.edits)
    yield (), own
    yield ("rebased",), amendment.wording


def _misses(wording: Wording) -> bool:
    return bool(wording.edits) and edited(wording) != wording.proposed


def _is_of_other_words(amendment: Amendment) -> bool:
    """Return whether carried edits are not those of the amendment, as where it was revised elsewhere."""
    if amendment.rebased is None or not amendment.edits or amendment.field in set_fields():
        return False
    own = {(each.deleted, each.inserted) for each in amendment.edits}
    return any((each.deleted, each.inserted) not in own for each in amendment.rebased.edits)


@rule("POA432", "repeated-amendment")
def repeated_amendment(ctx: Context) -> Iterator[Finding]:
    """Two amendments have the same id.

    A decision names an amendment by its id alone, whichever file it stands in; capital and small letters
    are not told apart.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: remove
            record: A-002
            proposer: A delegation
            date: 2017-12-04
          - id: FLOOR-1
            kind: remove
            record: A-001
            proposer: Another delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: remove
            record: A-002
            proposer: A delegation
            date: 2017-12-04
          - id: floor-2
            kind: remove
            record: A-001
            proposer: Another delegation
            date: 2017-12-04

    Cure:
        Give one of them another id.
    """
    for index, first in repetitions(each.id.lower() for each in ctx.amendments):
        related = ((("amendments", first, "id"), "it first stands here"),)
        message = f'the amendment "{ctx.amendments[index].id}" stands twice'
        help_text = f"give the newer an id of its own: `poa rename {PLACE} NEW`"
        yield Finding(("amendments", index, "id"), message, help_text, related)


@rule("POA433", "unknown-amended", Severity.WARNING, wants_frozen=True)
def unknown_amended(ctx: Context) -> Iterator[Finding]:
    """An amendment that waits for a decision is to a record that is not in the plan.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: remove
            record: A-099
            proposer: A delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: remove
            record: A-002
            proposer: A delegation
            date: 2017-12-04

    Cure:
        Correct the id. Where the record was removed, merged or split, say with `poa amend place` what the
        amendment is to now, or reject it.
    """
    known = Names((*Places(ctx.plan).records, *HOMES) if ctx.amendments else ())
    for index, found in astray(ctx, PlaceState.GONE):
        if ctx.lost & {"plan", "section"}:
            continue
        news = f"; {found.news}" if found.news else ""
        message = f'the amendment {found.amendment} names "{found.name}", which is not in the plan{news}'
        near = "" if news else known.cure(found.name)
        help_text = f"{near} Or {found.cure}" if near else found.cure
        yield Finding(("amendments", index, found.key), message, help_text)


@rule("POA434", "amendment-behind", Severity.INFORMATION)
def amendment_behind(ctx: Context) -> Iterator[Finding]:
    """An amendment that waits for a decision was written against other words than the text has now.

    That is no fault: when it is accepted, its edits are carried over to the words that stand there, and
    where these are not the ones it was about it becomes stale.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            record: A-002
            field: text
            original: All States should answer.
            proposed: All States shall answer.
            proposer: A delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            record: A-002
            field: text
            original: States should answer.
            proposed: States shall answer.
            proposer: A delegation
            date: 2017-12-04

    Cure:
        Look at it with `poa amend show`.
    """
    records = Places(ctx.plan).records if ctx.amendments else {}
    for index, each in enumerate(ctx.amendments):
        original, place = each.wording.original, records.get(each.record or "")
        if each.state not in WAITING or original is None or place is None:
            continue
        now = place.texts.get(each.field or "")
        if now is not None and now.split() != original.split():
            message = (
                f"the {each.field} of {each.record} has changed since the amendment {each.id} was written"
            )
            help_text = f"`poa amend show {each.id}` shows what it means for the text of today"
            yield Finding(("amendments", index, "original"), message, help_text)
