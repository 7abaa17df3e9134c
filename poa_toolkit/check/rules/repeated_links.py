"""POA216 to POA221, POA231: the links of one record among themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import repeated_item
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Citation
from poa_toolkit.text import citations

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("POA216", "repeated-addressee", Severity.WARNING)
def repeated_addressee(ctx: Context) -> Iterator[Finding]:
    """An action names one addressee, or one level, twice.

    Bad:
        # action
        addressees:
          - observers
          - states
          - observers

    Good:
        # action
        addressees:
          - observers
          - states

    Cure:
        Delete one of the two lines.
    """
    for at, action in ctx.plan.walk_actions():
        yield from repeated_item((*at, "addressees"), action.addressees, action.id, "addressee")
        yield from repeated_item((*at, "level"), action.level, action.id, "level")


@rule("POA217", "repeated-recommendation", Severity.WARNING)
def repeated_recommendation(ctx: Context) -> Iterator[Finding]:
    """An action takes up one recommendation twice.

    Bad:
        # action
        recommendations:
          - hres-2015-02-r1
          - hres-2015-02-r1

    Good:
        # action
        recommendations:
          - hres-2015-02-r1
          - hres-2015-02-r2

    Cure:
        Delete one of the two lines.
    """
    for at, action in ctx.plan.walk_actions():
        names = action.recommendations
        yield from repeated_item((*at, "recommendations"), names, action.id, "recommendation")


@rule("POA218", "repeated-citation", Severity.WARNING)
def repeated_citation(ctx: Context) -> Iterator[Finding]:
    """An action cites one provision twice.

    Bad:
        # action
        provisions:
          - iccpr 25(b)
          - iccpr 25(b)

    Good:
        # action
        provisions:
          - iccpr 25(b)
          - udhr 21(3)

    Cure:
        Delete one of the two lines.
    """
    for at, action in ctx.plan.walk_actions():
        yield from repeated_item((*at, "provisions"), action.provisions, action.id, "provision")


@rule("POA219", "citation-inside-another", Severity.WARNING)
def citation_inside_another(ctx: Context) -> Iterator[Finding]:
    """An action cites a provision and also the whole of which it is a part.

    The footnote would say “art. 25 and art. 25(b)”, and a reader wonders which is meant.

    Bad:
        # action
        provisions:
          - iccpr 25
          - iccpr 25(b)

    Good:
        # action
        provisions:
          - iccpr 25(b)

    Cure:
        Keep the part where the action rests on it, the whole where it rests on more.
    """
    for at, action in ctx.plan.walk_actions():
        places = {citation: index for index, citation in enumerate(action.provisions)}
        for index, citation in enumerate(action.provisions):
            for reference in citations.ancestors(citation.reference):
                whole = Citation(citation.instrument, reference)
                if whole in places:
                    message = f'"{citation}" is a part of "{whole}", which {action.id} cites too'
                    related = (((*at, "provisions", places[whole]), "the whole stands here"),)
                    yield Finding((*at, "provisions", index), message, "keep one of the two", related)
                    break


@rule("POA220", "origin-of-itself")
def origin_of_itself(ctx: Context) -> Iterator[Finding]:
    """An action says that it was split or merged from itself.

    Bad:
        # action
        id: A-001
        from:
          - A-001

    Good:
        # action
        id: A-001
        from:
          - A-002

    Cure:
        Name the action it came from, or delete the line.
    """
    for at, action in ctx.plan.walk_actions():
        for index, origin in enumerate(action.origins):
            if origin.lower() == action.id.lower():
                message = f"{action.id} is said to come from itself"
                yield Finding(
                    (*at, "from", index), message, "name the action it came from, or delete the line"
                )


@rule("POA221", "repeated-obligation", Severity.WARNING)
def repeated_obligation(ctx: Context) -> Iterator[Finding]:
    """A provision or a recommendation names one obligation twice.

    Bad:
        # recommendation
        obligations:
          - vote
          - vote

    Good:
        # recommendation
        obligations:
          - vote

    Cure:
        Delete one of the two lines.
    """
    for number, instrument in enumerate(ctx.plan.instruments):
        for index, provision in enumerate(instrument.provisions):
            at = ("instruments", number, "provisions", index, "obligations")
            owner = f"{instrument.id} {provision.ref}"
            yield from repeated_item(at, provision.obligations, owner, "obligation")
    for pointer, each in ctx.plan.walk_recommendations():
        yield from repeated_item((*pointer, "obligations"), each.obligations, each.id, "obligation")


@rule("POA231", "origin-still-printed", Severity.INFORMATION)
def origin_still_printed(ctx: Context) -> Iterator[Finding]:
    """An action was split or merged from one that still stands in the body.

    That can be right, where something of the older action is left. Where it was replaced, it should be
    withdrawn.

    Bad:
        # second action
        from:
          - A-001

    Good:
        # second action
        addressees:
          - states

    Cure:
        Withdraw the older action with a reason, unless both are meant to stand.
    """
    for at, action in ctx.plan.walk_actions():
        for index, origin in enumerate(action.origins):
            older = ctx.trace.actions.get(origin)
            if action.status.printed and older and older is not action and older.status.printed:
                message = f"{action.id} comes from {origin}, which still stands in the body"
                yield Finding((*at, "from", index), message, f"withdraw {origin}, unless both are to stand")
