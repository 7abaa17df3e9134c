"""POA6xx: what the law, and the record, allow an action to rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Citation, Instrument
from poa_toolkit.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer


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
    for at, _, citation in ctx.citations():
        if citation.instrument in late:
            adopted = late[citation.instrument]
            stage = f"stage {ctx.stage.id} ({ctx.stage.date})"
            message = f"{citation.instrument} was adopted {dates.when(adopted)}, after {stage}"
            yield Finding(at, message, "cite an instrument that existed then")


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
                message = (
                    f"{name} was made {dates.when(late[name])}, after stage {ctx.stage.id} ({ctx.stage.date})"
                )
                yield Finding((*at, "recommendations", index), message, "take up one that existed then")


@rule("POA603", "citation-unverified", Severity.INFORMATION)
def citation_unverified(ctx: Context) -> Iterator[Finding]:
    """A provision is cited whose number or subject was not read on a published page.

    The registry says of every entry whether it is verified, and where. Before a text goes out, its
    citations should be. Each provision is told once, at the first action that cites it; the other places
    stand below.

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
    places: dict[Citation, list[tuple[Pointer, str]]] = {}
    for at, action, citation in ctx.citations():
        is_known = action.status.printed and ctx.trace.listed(citation)
        if is_known and not ctx.trace.verified(citation):
            places.setdefault(citation, []).append((at, f"{action.id} cites it too"))
    for citation, (first, *others) in places.items():
        help_text = f"look it up, then set `verified: true` and `source` under {citation.instrument}"
        yield Finding(first[0], f'"{citation}" is not verified', help_text, tuple(others))


@rule("POA604", "not-yet-in-force", Severity.WARNING)
def not_yet_in_force(ctx: Context) -> Iterator[Finding]:
    """An action cites a treaty that was adopted in time, but not in force at the stage of the plan.

    It bound nobody yet, and the text must not read as if it did.

    Bad:
        # instrument
        adopted: 1966-12-16
        in_force: 2018-03-23

    Good:
        # instrument
        adopted: 1966-12-16
        in_force: 1976-03-23

    Cure:
        Cite an instrument in force, or check `in_force` in the registry; where the plan means to cite what
        was only adopted, waive it in poa.yaml with that reason.
    """
    if ctx.stage is None:
        return
    later = {
        each.id: each.in_force
        for each in ctx.plan.instruments
        if each.in_force and dates.earliest(each.in_force) > ctx.stage.date >= dates.earliest(each.adopted)
    }
    for at, _, citation in ctx.citations():
        if citation.instrument in later:
            when = f"{dates.when(later[citation.instrument])}, after stage {ctx.stage.id} ({ctx.stage.date})"
            message = f"{citation.instrument} entered into force {when}"
            yield Finding(at, message, "cite an instrument that was in force")


@rule("POA605", "force-unknown", Severity.INFORMATION)
def force_unknown(ctx: Context) -> Iterator[Finding]:
    """Actions cite a treaty of which the registry does not say that it is in force.

    Where a treaty has not entered into force, it binds nobody.

    Bad:
        # instrument
        kind: treaty
        in_force: null

    Good:
        # instrument
        kind: treaty
        in_force: 1976-03-23

    Cure:
        Look the date up and add `in_force:`, or cite an instrument in force beside it.
    """
    cited = {citation.instrument for citation in ctx.trace.served}
    for index, instrument in enumerate(ctx.plan.instruments):
        if instrument.kind.is_treaty and not instrument.in_force and instrument.id in cited:
            message = f"{instrument.id} is cited, but the registry does not say that it is in force"
            yield Finding(("instruments", index, "id"), message, "look the date up, and add `in_force:`")


@rule("POA606", "treaty-not-cited", Severity.INFORMATION)
def treaty_not_cited(ctx: Context) -> Iterator[Finding]:
    """An action cites a general comment, but nothing of the treaty that it interprets.

    A general comment says what a treaty means; it is the treaty that binds.

    Bad:
        # second action
        provisions:
          - hrc-gc25 20

    Good:
        # second action
        provisions:
          - iccpr 25(b)
          - hrc-gc25 20

    Cure:
        Add the article that the general comment is about.
    """
    interprets = {each.id: each.interprets for each in ctx.plan.instruments if each.interprets}
    for at, action in ctx.plan.walk_actions():
        cited = {citation.instrument for citation in action.provisions}
        alone: dict[str, int] = {}
        for index, citation in enumerate(action.provisions):
            if interprets.get(citation.instrument, citation.instrument) not in cited:
                alone.setdefault(citation.instrument, index)
        for name, index in alone.items() if action.status.printed else ():
            message = f"{action.id} cites {name}, but nothing of {interprets[name]}, which it interprets"
            yield Finding((*at, "provisions", index), message, f"add the article of {interprets[name]}")


@rule("POA607", "instrument-dates-out-of-order", Severity.WARNING)
def instrument_dates_out_of_order(ctx: Context) -> Iterator[Finding]:
    """An instrument was opened for signature, or entered into force, before it was adopted.

    Bad:
        # instrument
        adopted: 1966-12-16
        in_force: 1956-03-23

    Good:
        # instrument
        adopted: 1966-12-16
        in_force: 1976-03-23

    Cure:
        Check the dates on the page of the depositary.
    """
    for index, instrument in enumerate(ctx.plan.instruments):
        for field, what in (("opened", "was opened for signature"), ("in_force", "entered into force")):
            when = getattr(instrument, field)
            if when and _before(when, instrument):
                message = (
                    f"{instrument.id} {what} {dates.when(when)}, before it was adopted ({instrument.adopted})"
                )
                yield Finding(("instruments", index, field), message, "check both dates")


def _before(when: str, instrument: Instrument) -> bool:
    """Compare only what both dates say: a year alone is not before a day of that year."""
    length = min(len(when), len(instrument.adopted))
    return when[:length] < instrument.adopted[:length]
