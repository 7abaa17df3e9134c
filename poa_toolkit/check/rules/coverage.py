"""POA5xx: every action rests on law and on a recommendation, and none is left unanswered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@rule("POA502", "action-without-provision")
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


@rule("POA503", "action-without-recommendation")
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
