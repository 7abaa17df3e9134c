"""POA21x: the records that actions link to are whole themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import repeated, unknown, unknown_one
from poa_toolkit.check.rule import Context, Required, rule
from poa_toolkit.diagnostic import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("POA211", "unknown-interpreted")
def unknown_interpreted(ctx: Context) -> Iterator[Finding]:
    """A general comment interprets an instrument that is not in the registry.

    Bad:
        # instrument
        interprets: icpcr

    Good:
        # instrument
        interprets: udhr

    Cure:
        Use the id of the instrument it interprets, or add that instrument.
    """
    for index, instrument in enumerate(ctx.plan.instruments):
        if instrument.interprets:
            at = ("instruments", index, "interprets")
            yield from unknown_one(ctx, at, instrument.interprets, "instrument", ctx.trace.instruments)


@rule("POA212", "repeated-provision")
def repeated_provision(ctx: Context) -> Iterator[Finding]:
    """The registry lists one provision of an instrument twice.

    Bad:
        # instrument
        provisions:
          - ref: 21(3)
            subject: the will of the people
          - ref: 21(3)
            subject: genuine elections

    Good:
        # instrument
        provisions:
          - ref: 21(3)
            subject: the will of the people, in genuine elections

    Cure:
        Keep one of the two entries.
    """
    for number, instrument in enumerate(ctx.plan.instruments):
        at = ("instruments", number, "provisions")
        refs = [provision.ref for provision in instrument.provisions]
        yield from repeated(at, refs, "ref", "provision", of=instrument.id)


@rule("POA213", "repeated-point")
def repeated_point(ctx: Context) -> Iterator[Finding]:
    """Two points of one action share an id.

    Bad:
        # action
        points:
          - id: a
            text: The first point.
          - id: a
            text: The second point.

    Good:
        # action
        points:
          - id: a
            text: The first point.
          - id: b
            text: The second point.

    Cure:
        Give the newer point a letter that was never used in this action.
    """
    for at, action in ctx.plan.walk_actions():
        points = [point.id.lower() for point in action.points]
        yield from repeated((*at, "points"), points, "id", "point", of=action.id)


@rule("POA214", "unknown-meeting")
def unknown_meeting(ctx: Context) -> Iterator[Finding]:
    """A participant is on record for a meeting that no file describes.

    Bad:
        # participants.yaml
        participants:
          - id: tcc
            title: The Carter Center
            meetings:
              - hres-1999-01

    Good:
        # participants.yaml
        participants:
          - id: tcc
            title: The Carter Center
            meetings:
              - hres-2015-02

    Cure:
        Use the id of a consultation in plan/recommendations/.
    """
    known = {source.consultation.id for source in ctx.plan.sources if source.consultation}
    for index, participant in enumerate(ctx.plan.participants):
        at = ("participants", index, "meetings")
        yield from unknown(ctx, at, participant.meetings, "consultation", known)


@rule(
    "POA215",
    "source-without-owner",
    requires=(
        Required("Source", "consultation", where="where there is no `mechanism`"),
        Required("Source", "mechanism", where="where there is no `consultation`"),
    ),
)
def source_without_owner(ctx: Context) -> Iterator[Finding]:
    """A file of recommendations says neither which meeting nor which mechanism made them.

    Bad:
        # source
        consultation: null

    Good:
        # source
        consultation:
          id: hres-2015-02
          title: Inaugural conference
          dates: [2015-02-11, 2015-02-12]

    Cure:
        Write a `consultation:` or a `mechanism:` block at the top of the file, and only one.
    """
    for index, source in enumerate(ctx.plan.sources):
        if (source.consultation is None) == (source.mechanism is None):
            yield Finding(
                ("sources", index),
                "the file must say which meeting or which mechanism made its recommendations, not both",
                "write a `consultation:` or a `mechanism:` block at its top",
            )
