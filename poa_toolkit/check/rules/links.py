"""POA2xx: every link leads somewhere, every id is used once, and what is linked to is whole itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import nearest, repeated, repeated_at, unknown, unknown_one
from poa_toolkit.check.rule import Context, Required, rule
from poa_toolkit.diagnostic import PLACE, Finding
from poa_toolkit.text.counting import listed_up_to
from poa_toolkit.text.did_you_mean import Names, did_you_mean, meant_by
from poa_toolkit.trace import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 30
"""How many provisions a message names."""


@rule("POA201", "unknown-recommendation")
def unknown_recommendation(ctx: Context) -> Iterator[Finding]:
    """An action comes from a recommendation that is in no file.

    Each action must be traceable to the recommendation it takes up.

    Bad:
        # action
        recommendations:
          - hres-2015-02-r9

    Good:
        # action
        recommendations:
          - hres-2015-02-r1

    Cure:
        Use an id that stands in plan/recommendations/, or add the recommendation there.
    """
    for at, action in ctx.plan.walk_actions():
        yield from unknown(
            ctx, (*at, "recommendations"), action.recommendations, "recommendation", ctx.trace.recommendations
        )


@rule("POA202", "unknown-instrument")
def unknown_instrument(ctx: Context) -> Iterator[Finding]:
    """An action cites an instrument that is not in the registry.

    Bad:
        # action
        provisions:
          - icpcr 25(b)

    Good:
        # action
        provisions:
          - iccpr 25(b)

    Cure:
        Use the id of an instrument in plan/instruments/, or add the instrument there.
    """
    known = ctx.trace.instruments
    for at, _, citation in ctx.citations():
        for finding in unknown_one(ctx, at, citation.instrument, "instrument", known):
            near = nearest(ctx, citation.instrument, "instrument", known)
            cited = near.replace('"?', f' {citation.reference}"?')
            is_known = near and ctx.trace.knows(cited.split('"')[1])
            yield finding._replace(help=cited) if is_known else finding


@rule("POA203", "unknown-provision")
def unknown_provision(ctx: Context) -> Iterator[Finding]:
    """An action cites a provision that the registry does not list.

    A provision is known when the registry lists it, or a part of it, or a whole of which it is a
    part and which is marked `divisible: true`.

    Bad:
        # action
        provisions:
          - iccpr 52(b)

    Good:
        # action
        provisions:
          - iccpr 25(b)

    Cure:
        Check the reference, or add the provision to its instrument in plan/instruments/.
    """
    names = {of: (Names(listed), listed_up_to(_SHOWN, listed)) for of, listed in ctx.trace.provisions.items()}
    for at, _, citation in ctx.citations():
        if ctx.trace.resolve(citation) is Known.NO_PROVISION:
            known, listed = names[citation.instrument]
            meant = meant_by(known.cure(citation.reference))
            near = f'did you mean "{citation.instrument} {meant}"?' if meant else ""
            message = f'the registry lists no "{citation.reference}" of {citation.instrument}'
            help_text = near or f"it lists {listed}" if listed else "add the provision to the registry"
            yield Finding(at, message, help_text)


@rule("POA205", "duplicate-id")
def duplicate_id(ctx: Context) -> Iterator[Finding]:
    """Two records share one id.

    An id names one record for ever, without regard to capital letters: links, diffs and returned
    Word files rely on it.

    Bad:
        # actors.yaml
        actors:
          - id: states
            title: States
          - id: States
            title: States parties

    Good:
        # actors.yaml
        actors:
          - id: states
            title: States
          - id: states-parties
            title: States parties

    Cure:
        Give the newer of the two records an id of its own.
    """
    for found in ctx.trace.ids.values():
        (_, first), *others = found
        for name, at in others:
            yield Finding(
                (*at, "id"),
                f'the id "{name}" is used twice',
                f"give the newer record an id of its own: `poa rename {PLACE} NEW`",
                related=(((*first, "id"), "it is first used here"),),
            )


@rule("POA206", "unknown-addressee")
def unknown_addressee(ctx: Context) -> Iterator[Finding]:
    """An action is addressed to an actor that actors.yaml does not list.

    Bad:
        # action
        addressees:
          - observer

    Good:
        # action
        addressees:
          - observers

    Cure:
        Use an id of plan/actors.yaml, or add the actor there.
    """
    known = {actor.id for actor in ctx.plan.actors}
    for at, action in ctx.plan.walk_actions():
        yield from unknown(ctx, (*at, "addressees"), action.addressees, "actor", known)


@rule("POA207", "unknown-stage")
def unknown_stage(ctx: Context) -> Iterator[Finding]:
    """The plan says it is at a stage that it does not list.

    Bad:
        # plan.yaml
        stage: day-9

    Good:
        # plan.yaml
        stage: day-1

    Cure:
        Set `stage` to the id of one of `stages`.
    """
    if ctx.plan.current_stage() is None:
        known = tuple(stage.id for stage in ctx.plan.stages)
        help_text = did_you_mean(ctx.plan.stage, known) or f"use one of {', '.join(known)}"
        yield Finding(("stage",), f'no stage "{ctx.plan.stage}"', help_text)


@rule("POA208", "unknown-obligation")
def unknown_obligation(ctx: Context) -> Iterator[Finding]:
    """A provision or a recommendation names an election obligation that is not listed.

    Bad:
        # recommendation
        obligations:
          - voting

    Good:
        # recommendation
        obligations:
          - vote

    Cure:
        Use an id of plan/obligations.yaml.
    """
    known = {obligation.id for obligation in ctx.plan.obligations}
    for number, instrument in enumerate(ctx.plan.instruments):
        for index, provision in enumerate(instrument.provisions):
            at = ("instruments", number, "provisions", index, "obligations")
            yield from unknown(ctx, at, provision.obligations, "obligation", known)
    for pointer, recommendation in ctx.plan.walk_recommendations():
        yield from unknown(ctx, (*pointer, "obligations"), recommendation.obligations, "obligation", known)


@rule("POA209", "unknown-participant")
def unknown_participant(ctx: Context) -> Iterator[Finding]:
    """The conference names an organiser that participants.yaml does not list.

    Bad:
        # plan.yaml
        conference:
          title: Closing conference
          dates: [2017-12-04, 2017-12-05]
          place: Atlanta
          organisers:
            - nobody-known

    Good:
        # plan.yaml
        conference:
          title: Closing conference
          dates: [2017-12-04, 2017-12-05]
          place: Atlanta
          organisers:
            - tcc

    Cure:
        Use an id of plan/participants.yaml, or add the organisation there.
    """
    known = {participant.id for participant in ctx.plan.participants}
    if ctx.plan.conference:
        at = ("conference", "organisers")
        yield from unknown(ctx, at, ctx.plan.conference.organisers, "participant", known)


@rule("POA210", "unknown-origin")
def unknown_origin(ctx: Context) -> Iterator[Finding]:
    """An action says it was split or merged from an action that does not exist.

    Bad:
        # action
        from:
          - A-999

    Good:
        # action
        from:
          - A-002

    Cure:
        Name the action it came from; a withdrawn action keeps its id and its place in the file.
    """
    for at, action in ctx.plan.walk_actions():
        yield from unknown(ctx, (*at, "from"), action.origins, "action", ctx.trace.actions)


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

    An amendment names a point by its id alone, and a sub-point may become a point, so the ids of both
    levels are told apart.

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
        Give the newer point an id that was never used in this action: `c`, or of a sub-point `b-i`.
    """
    for at, action in ctx.plan.walk_actions():
        ids = {(*at, *point.at, "id"): point.record.id.lower() for point in action.walk_points()}
        yield from repeated_at(tuple(ids), tuple(ids.values()), "id", "point", of=action.id)


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
