"""POA435 to POA437: amendments that wait, to what is not where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.amendment_places import PlaceState, astray
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("POA435", "amended-withdrawn", Severity.WARNING, wants_frozen=True)
def amended_withdrawn(ctx: Context) -> Iterator[Finding]:
    """An amendment waits for a decision, but the action it is to was withdrawn or deferred.

    Nothing is written into a withdrawn action, nor behind one: `poa amend accept` refuses. An amendment to a
    deferred action can be accepted, and is printed when the action comes back. Where other actions name
    the withdrawn one in `from`, the message says which.

    Bad:
        # amendments/floor.yaml
        amendments:
          # A-003 is withdrawn
          - id: floor-1
            kind: remove
            record: A-003
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
        Say with `poa amend place` what it is to now, reject it, or defer it.
    """
    return _findings(ctx, PlaceState.WITHDRAWN, PlaceState.DEFERRED)


@rule("POA436", "amended-part-gone", Severity.WARNING)
def amended_part_gone(ctx: Context) -> Iterator[Finding]:
    """An amendment waits for a decision, but the point or the field it is to is not in its record.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: remove
            record: A-001
            field: points.c
            proposer: A delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: remove
            record: A-001
            field: points.b
            proposer: A delegation
            date: 2017-12-04

    Cure:
        Say with `poa amend place` what it is to now, or reject it.
    """
    return _findings(ctx, PlaceState.PART_GONE)


@rule("POA437", "amended-moved", Severity.WARNING, wants_frozen=True)
def amended_moved(ctx: Context) -> Iterator[Finding]:
    """An amendment waits for a decision, but what it is to stands in another section now.

    An addition names the section it belongs to and what it goes behind; a change holds the section that its
    record stood in. An amendment that names no section is compared with the frozen version it was written
    against. `poa amend accept` refuses, for nobody has said that it is meant for the other section.

    Bad:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: add
            section: introduction
            after: A-002
            proposed: States should publish their replies.
            proposer: A delegation
            date: 2017-12-04

    Good:
        # amendments/floor.yaml
        amendments:
          - id: floor-1
            kind: add
            section: first
            after: A-002
            proposed: States should publish their replies.
            proposer: A delegation
            date: 2017-12-04

    Cure:
        Say with `poa amend place` where it is to stand, or reject it.
    """
    return _findings(ctx, PlaceState.MOVED)


def _findings(ctx: Context, *fates: PlaceState) -> Iterator[Finding]:
    for index, found in astray(ctx, *fates):
        message = f"the amendment {found.amendment} waits for a decision, but {found.said}"
        yield Finding(("amendments", index, found.key), message, found.cure)
