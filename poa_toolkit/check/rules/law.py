"""POA6xx: what the law, and the record, allow an action to rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.text import citations, dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model import Citation, Provision


@rule("POA601", "instrument-too-late")
def instrument_too_late(ctx: Context) -> Iterator[Finding]:
    """An action cites an instrument that was adopted after the stage of the plan.

    A text agreed on 5 December 2017 cannot rest on one that did not exist. A date known only to the
    month or year counts from its first day.

    Bad:
        # action
        provisions:
          - late-resolution 1

    Good:
        # action
        provisions:
          - iccpr 25(b)

    Cure:
        Cite an earlier instrument, or check the date in the registry.
    """
    if ctx.stage is None:
        return
    late = {
        instrument.id: instrument.adopted
        for instrument in ctx.plan.instruments
        if dates.earliest(instrument.adopted) > ctx.stage.date
    }
    for at, action in ctx.plan.walk_actions():
        for index, citation in enumerate(action.provisions):
            if citation.instrument in late:
                adopted = late[citation.instrument]
                stage = f"stage {ctx.stage.id} ({ctx.stage.date})"
                message = f"{citation.instrument} was adopted on {adopted}, after {stage}"
                yield Finding((*at, "provisions", index), message, "cite an instrument that existed then")


@rule("POA602", "recommendation-too-late")
def recommendation_too_late(ctx: Context) -> Iterator[Finding]:
    """An action takes up a recommendation that was made after the stage of the plan.

    Bad:
        # action
        recommendations:
          - late-recommendation

    Good:
        # action
        recommendations:
          - hres-2015-02-r1

    Cure:
        Take up an earlier recommendation, or check its date.
    """
    if ctx.stage is None:
        return
    late = {name: made for name, made in ctx.trace.made.items() if dates.earliest(made) > ctx.stage.date}
    for at, action in ctx.plan.walk_actions():
        for index, name in enumerate(action.recommendations):
            if name in late:
                message = f"{name} was made on {late[name]}, after stage {ctx.stage.id} ({ctx.stage.date})"
                yield Finding((*at, "recommendations", index), message, "take up one that existed then")


@rule("POA603", "citation-unverified", Severity.INFORMATION)
def citation_unverified(ctx: Context) -> Iterator[Finding]:
    """An action cites a provision whose number or subject was not read on a published page.

    The registry says of every entry whether it is verified, and where. Before a text goes out, its
    citations should be.

    Bad:
        # action
        provisions:
          - iccpr 2(3)

    Good:
        # action
        provisions:
          - iccpr 25(b)

    Cure:
        Look the provision up, then set `verified: true` and its `source` in the registry.
    """
    for at, action in ctx.plan.walk_actions():
        if not action.status.printed:
            continue
        for index, citation in enumerate(action.provisions):
            listed = _listed(ctx, citation)
            if listed and not any(provision.verified for provision in listed):
                help_text = f"look it up, then set `verified: true` and `source` under {citation.instrument}"
                yield Finding((*at, "provisions", index), f'"{citation}" is not verified', help_text)


def _listed(ctx: Context, citation: Citation) -> list[Provision]:
    """Give the registry's entries for a citation: itself, else its parts, else the whole around it."""
    listed = ctx.trace.provisions.get(citation.instrument, {})
    if citation.reference in listed:
        return [listed[citation.reference]]
    parts = [provision for ref, provision in listed.items() if citation.reference in citations.ancestors(ref)]
    wholes = [listed[ref] for ref in citations.ancestors(citation.reference) if ref in listed]
    return parts or wholes[:1]
