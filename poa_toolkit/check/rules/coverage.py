"""POA5xx: every action rests on law and on a recommendation, and none is left unanswered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, Demand, Required, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator


def _in_the_text(key: str) -> tuple[Required, ...]:
    return (Required("Action", key, unless="unless it is withdrawn or deferred"),)


@rule("POA501", "recommendation-unanswered", Severity.WARNING, whole=True)
def recommendation_unanswered(ctx: Context) -> Iterator[Finding]:
    """No action takes up a recommendation, and nothing says why.

    A reader must be able to ask of every recommendation what became of it.

    Bad:
        # recommendation
        id: hres-2015-02-r3
        text: Map the mechanisms.

    Good:
        # recommendation
        id: hres-2015-02-r3
        text: Map the mechanisms.
        not_taken_up: Done before the conference.

    Cure:
        Link an action to it, or say in `not_taken_up` why none answers it.
    """
    for at, recommendation in ctx.plan.walk_recommendations():
        if recommendation.id not in ctx.trace.taken_up and not recommendation.not_taken_up:
            yield Finding(
                (*at, "id"),
                f"no action takes up {recommendation.id}",
                "link an action to it, or say in `not_taken_up` why none answers it",
            )


@rule("POA502", "action-without-provision", demand=Demand.PROVISION, requires=_in_the_text("provisions"))
def action_without_provision(ctx: Context) -> Iterator[Finding]:
    """An action cites no provision of any instrument.

    The plan rests on law: each action must serve at least one article or paragraph.

    Bad:
        # action
        provisions: []

    Good:
        # action
        provisions:
          - iccpr 25(b)

    Cure:
        Add the provision it serves, from plan/instruments/.
    """
    for at, action in ctx.plan.walk_actions():
        if action.status.printed and not action.provisions:
            message = f"{action.id} cites no provision"
            yield Finding((*at, "provisions"), message, "add the provision it serves: `- iccpr 25(b)`")


@rule(
    "POA503",
    "action-without-recommendation",
    demand=Demand.RECOMMENDATION,
    requires=_in_the_text("recommendations"),
)
def action_without_recommendation(ctx: Context) -> Iterator[Finding]:
    """An action comes from no recommendation.

    Each action must answer which recommendation it takes up.

    Bad:
        # action
        recommendations: []

    Good:
        # action
        recommendations:
          - hres-2015-02-r1

    Cure:
        Add the recommendation it takes up, from plan/recommendations/.
    """
    for at, action in ctx.plan.walk_actions():
        if action.status.printed and not action.recommendations:
            message = f"{action.id} takes up no recommendation"
            yield Finding((*at, "recommendations"), message, "add the recommendation it comes from")


@rule("POA504", "reason-contradicted", Severity.WARNING, whole=True)
def reason_contradicted(ctx: Context) -> Iterator[Finding]:
    """A recommendation gives a reason for not being taken up, but an action takes it up.

    Bad:
        # recommendation
        id: hres-2015-02-r1
        not_taken_up: Done before the conference.

    Good:
        # recommendation
        id: hres-2015-02-r1

    Cure:
        Delete `not_taken_up`, or the link from the action.
    """
    for at, recommendation in ctx.plan.walk_recommendations():
        actions = ctx.trace.taken_up.get(recommendation.id, ())
        if recommendation.not_taken_up and actions:
            message = f"{recommendation.id} is said not to be taken up, but {', '.join(actions)} takes it up"
            yield Finding((*at, "not_taken_up"), message, "delete this reason, or the link from the action")


@rule("POA505", "action-without-addressee", demand=Demand.ADDRESSEE, requires=_in_the_text("addressees"))
def action_without_addressee(ctx: Context) -> Iterator[Finding]:
    """An action is addressed to nobody.

    What nobody is asked to do, nobody does.

    Bad:
        # action
        addressees: []

    Good:
        # action
        addressees:
          - observers

    Cure:
        Add who is to act, from plan/actors.yaml.
    """
    for at, action in ctx.plan.walk_actions():
        if action.status.printed and not action.addressees:
            message = f"{action.id} is addressed to nobody"
            yield Finding((*at, "addressees"), message, "add who is to act, from plan/actors.yaml")


@rule("POA506", "obligation-unserved", Severity.INFORMATION, whole=True)
def obligation_unserved(ctx: Context) -> Iterator[Finding]:
    """No action serves an obligation.

    An action serves it through a provision that grounds it. A plan need not serve all; where one is left
    out on purpose, a waiver in poa.yaml says why.

    Bad:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote
          - id: movement
            number: 7
            title: Freedom of movement

    Good:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote

    Cure:
        Cite a provision that grounds it where an action serves it, or waive this with the reason.
    """
    served = ctx.trace.obligations()
    for index, obligation in enumerate(ctx.plan.obligations):
        if obligation.id not in served:
            message = f'no action serves the obligation {obligation.id} ("{obligation.title}")'
            help_text = "cite a provision that grounds it, or waive this in poa.yaml with the reason"
            yield Finding(("obligations", index, "id"), message, help_text)


@rule("POA507", "only-illustrative", Severity.INFORMATION)
def only_illustrative(ctx: Context) -> Iterator[Finding]:
    """An action comes only from recommendations that were made up, though the plan has recorded ones.

    An illustrative recommendation shows how a plan is made; nobody ever made it. A plan that has no
    other is not looked at.

    Bad:
        # second recommendation
        origin: recorded
        source: https://www.cartercenter.org/

    Good:
        # second recommendation
        origin: illustrative

    Cure:
        Link the action to a recorded recommendation too.
    """
    known = ctx.trace.recommendations
    recorded = {name for name, each in known.items() if each.origin is Origin.RECORDED}
    if not recorded:
        return
    for at, action in ctx.plan.walk_actions():
        links = [name for name in action.recommendations if name in known]
        if action.status.printed and links and recorded.isdisjoint(links):
            message = f"{action.id} takes up only what was written for this project ({', '.join(links)})"
            yield Finding((*at, "recommendations", 0), message, "link it to a recorded recommendation too")


@rule("POA508", "level-missing", Severity.INFORMATION)
def level_missing(ctx: Context) -> Iterator[Finding]:
    """An action does not say on which level it is carried out.

    Bad:
        # action
        level: []

    Good:
        # action
        level: [national]

    Cure:
        Add `level:` with national, regional or international, or more than one of them.
    """
    for at, action in ctx.plan.walk_actions():
        if action.status.printed and not action.level:
            message = f"{action.id} does not say whether it is national, regional or international"
            yield Finding((*at, "id"), message, "add `level: [national]`, or what it is")


@rule("POA509", "why-missing", Severity.INFORMATION)
def why_missing(ctx: Context) -> Iterator[Finding]:
    """An action does not say how it takes up its recommendations.

    The traceability annex prints this line; without it a reader has two texts and must guess.

    Bad:
        # action
        why: null

    Good:
        # action
        why: Makes the channel work.

    Cure:
        Add a line under `why:`.
    """
    for at, action in ctx.plan.walk_actions():
        if action.status.printed and action.recommendations and not action.why:
            message = f"{action.id} does not say how it takes up {_and(action.recommendations)}"
            yield Finding((*at, "id"), message, "add a line under `why:`")


@rule("POA510", "actor-unused", Severity.INFORMATION, whole=True)
def actor_unused(ctx: Context) -> Iterator[Finding]:
    """No action is addressed to an actor, who holds no bracket either.

    Bad:
        # actors.yaml
        actors:
          - id: observers
            title: election observers
          - id: states
            title: States
          - id: courts
            title: courts

    Good:
        # actors.yaml
        actors:
          - id: observers
            title: election observers
          - id: states
            title: States

    Cure:
        Address an action to it, or take it out of plan/actors.yaml.
    """
    used = {name for _, action in ctx.plan.walk_actions() for name in action.addressees}
    bracketed = "\n".join(record.text.lower() for _, record in ctx.plan.walk_texts() if "[" in record.text)
    for index, actor in enumerate(ctx.plan.actors):
        if actor.id not in used and f"[{actor.id.lower()}: " not in bracketed:
            message = f'no action is addressed to {actor.id} ("{actor.title}")'
            yield Finding(("actors", index, "id"), message, "address an action to it, or take it out")


def _and(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
