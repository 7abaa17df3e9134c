"""POA222 to POA232, POA321, POA334 and POA335: records of every kind by themselves, sections too."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from poa_toolkit.check.link_findings import repetitions
from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import InstrumentKind, Origin
from poa_toolkit.text.did_you_mean import Names
from poa_toolkit.text.white_space import single_spaced
from poa_toolkit.trace import Known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Plan

HIGHEST = {"obligations": 21, "parts": 10}
"""How many obligations, and parts of an election, the published lists have."""


@rule("POA222", "repeated-number")
def repeated_number(ctx: Context) -> Iterator[Finding]:
    """Two obligations, or two parts of an election, have the same number.

    Bad:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote
          - id: be-elected
            number: 2
            title: Right to be elected

    Good:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote
          - id: be-elected
            number: 3
            title: Right to be elected

    Cure:
        Give each the number it has in the published list.
    """
    for name in HIGHEST:
        records = getattr(ctx.plan, name)
        for index, first in repetitions(record.number for record in records):
            record, other = records[index], records[first]
            message = f"{record.id} has the number {record.number}, which is that of {other.id}"
            related = (((name, first, "number"), "it is first used here"),)
            yield Finding((name, index, "number"), message, "use that of the published list", related)


@rule("POA223", "number-out-of-range")
def number_out_of_range(ctx: Context) -> Iterator[Finding]:
    """The number of an obligation is none of 1 to 21, or that of a part of an election none of 1 to 10.

    Bad:
        # obligations.yaml
        obligations:
          - id: vote
            number: 22
            title: Right to vote

    Good:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote

    Cure:
        Use the number of the published list.
    """
    for name, highest in HIGHEST.items():
        for index, record in enumerate(getattr(ctx.plan, name)):
            if not 1 <= record.number <= highest:
                message = f"{record.id} has the number {record.number}, but the list goes from 1 to {highest}"
                yield Finding((name, index, "number"), message, "use that of the published list")


@rule("POA224", "unknown-anchor")
def unknown_anchor(ctx: Context) -> Iterator[Finding]:
    """An obligation rests on a provision that the registry does not list.

    Bad:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote
            anchor:
              - iccpr 52(b)

    Good:
        # obligations.yaml
        obligations:
          - id: vote
            number: 2
            title: Right to vote
            anchor:
              - iccpr 25(b)

    Cure:
        Correct the citation, or add the provision to the registry.
    """
    if "instruments" in ctx.lost:
        return
    names = Names(str(each) for one in ctx.plan.instruments for each in one.cites())
    for number, obligation in enumerate(ctx.plan.obligations):
        for index, citation in enumerate(obligation.anchor):
            known = ctx.trace.resolve(citation)
            if known is Known.NO_INSTRUMENT and citation.instrument.lower() in ctx.broken:
                continue
            if known in (Known.NO_INSTRUMENT, Known.NO_PROVISION):
                near = names.cure(str(citation))
                message = f'{obligation.id} rests on "{citation}", which the registry does not list'
                at = ("obligations", number, "anchor", index)
                yield Finding(at, message, near or "correct it, or add the provision to the registry")


@rule("POA227", "days-out-of-order")
def days_out_of_order(ctx: Context) -> Iterator[Finding]:
    """The days of a meeting do not follow one another.

    The last of them dates what the meeting recommended.

    Bad:
        # source
        consultation:
          id: hres-2015-02
          title: Inaugural conference
          dates: [2015-02-12, 2015-02-11]

    Good:
        # source
        consultation:
          id: hres-2015-02
          title: Inaugural conference
          dates: [2015-02-11, 2015-02-12]

    Cure:
        Write the days in order, each once.
    """
    for at, dates in _meetings(ctx.plan):
        for index, (before, day) in enumerate(pairwise(dates), 1):
            if not before < day:
                message = f"{day} stands after {before} in the days of the meeting"
                yield Finding((*at, index), message, "write the days in order, each once")


def _meetings(plan: Plan) -> Iterator[tuple[Pointer, tuple[date, ...]]]:
    if plan.conference:
        yield ("conference", "dates"), plan.conference.dates
    for index, source in enumerate(plan.sources):
        if source.consultation:
            yield ("sources", index, "consultation", "dates"), source.consultation.dates


@rule("POA228", "verified-without-source", Severity.WARNING)
def verified_without_source(ctx: Context) -> Iterator[Finding]:
    """A record is said to be verified, but not where.

    `verified: true` means that a person read it on a published page; without the page nobody can look.
    A provision may rely on the `source` of its instrument.

    Bad:
        # recommendation
        verified: true

    Good:
        # recommendation
        verified: true
        source: https://www.cartercenter.org/

    Cure:
        Add `source:` with the page, or take `verified: true` away.
    """
    for at, name, record in _sourced(ctx.plan):
        if getattr(record, "verified") and not getattr(record, "source"):  # noqa: B009 - of many kinds
            message = f"{name} is verified, but no source says where it was read"
            yield Finding((*at, "verified"), message, "add `source:` with the page it was read on")


def _sourced(plan: Plan) -> Iterator[tuple[Pointer, str, object]]:
    for group in ("instruments", "actors", "participants"):
        for index, record in enumerate(getattr(plan, group)):
            yield (group, index), record.id, record
    for at, recommendation in plan.walk_recommendations():
        yield at, recommendation.id, recommendation
        if recommendation.response:
            yield (*at, "response"), f"the response to {recommendation.id}", recommendation.response
    for index, source in enumerate(plan.sources):
        if source.consultation:
            yield ("sources", index, "consultation"), source.consultation.id, source.consultation


@rule("POA229", "recorded-without-source", Severity.WARNING)
def recorded_without_source(ctx: Context) -> Iterator[Finding]:
    """A recommendation is recorded, but nothing says where.

    `origin: recorded` means that it stands in a source; a reader must be able to find it there.

    Bad:
        # recommendation
        origin: recorded

    Good:
        # recommendation
        origin: recorded
        symbol: A/HRC/26/16
        paragraph: "118.23"

    Cure:
        Add `source:`, or `symbol:` and `paragraph:`; one that was made up is `origin: illustrative`.
    """
    for at, each in ctx.plan.walk_recommendations():
        if each.origin is Origin.RECORDED and not (each.source or each.symbol):
            message = f"{each.id} is recorded, but neither a source nor a symbol says where"
            yield Finding((*at, "origin"), message, "add `source:`, or `symbol:` and `paragraph:`")


@rule("POA230", "interprets-misplaced", Severity.WARNING)
def interprets_misplaced(ctx: Context) -> Iterator[Finding]:
    """A general comment does not say what it interprets, or something else says it does.

    Bad:
        # instrument
        kind: general-comment

    Good:
        # instrument
        kind: general-comment
        interprets: udhr

    Cure:
        Add `interprets:` with the id of the treaty, or take it away where the kind is another.
    """
    for index, instrument in enumerate(ctx.plan.instruments):
        comments = instrument.kind is InstrumentKind.GENERAL_COMMENT
        if comments and not instrument.interprets:
            message = f"{instrument.id} is a general comment, but does not say what it interprets"
            yield Finding(
                ("instruments", index, "id"), message, "add `interprets:` with the id of the treaty"
            )
        elif instrument.interprets and (not comments or instrument.interprets == instrument.id):
            message = f"{instrument.id} is said to interpret {instrument.interprets}, but is no comment on it"
            help_text = "take `interprets:` away, or correct the kind"
            yield Finding(("instruments", index, "interprets"), message, help_text)


@rule("POA232", "repeated-symbol", Severity.WARNING)
def repeated_symbol(ctx: Context) -> Iterator[Finding]:
    """Two instruments have the same symbol.

    A symbol names one document, so one of them is wrong, or the same document stands there twice.

    Bad:
        # instruments/more.yaml
        instruments:
          - id: first-resolution
            kind: resolution
            unit: paragraph
            title: A resolution on elections
            symbol: A/RES/70/168
            adopted: 2015-12-17
          - id: second-resolution
            kind: resolution
            unit: paragraph
            title: Another resolution on elections
            symbol: A/RES/70/168
            adopted: 2017-12-19

    Good:
        # instruments/more.yaml
        instruments:
          - id: first-resolution
            kind: resolution
            unit: paragraph
            title: A resolution on elections
            symbol: A/RES/70/168
            adopted: 2015-12-17
          - id: second-resolution
            kind: resolution
            unit: paragraph
            title: Another resolution on elections
            symbol: A/RES/72/164
            adopted: 2017-12-19

    Cure:
        Correct the symbol, or keep one of the two entries.
    """
    symbols = (
        single_spaced(each.symbol).casefold() if each.symbol else None for each in ctx.plan.instruments
    )
    for index, first in repetitions(symbols):
        instrument, twin = ctx.plan.instruments[index], ctx.plan.instruments[first]
        message = f'"{instrument.symbol}" is the symbol of both {twin.id} and {instrument.id}'
        related = ((("instruments", first, "symbol"), "it is first used here"),)
        help_text = "correct the symbol, or keep one of the two entries"
        yield Finding(("instruments", index, "symbol"), message, help_text, related)


@rule("POA321", "title-full-stop", Severity.WARNING)
def title_full_stop(ctx: Context) -> Iterator[Finding]:
    """A title ends with a full stop, a comma or a colon.

    A heading is no sentence.

    Bad:
        # section
        title: First things.

    Good:
        # section
        title: First things

    Cure:
        Delete the mark.
    """
    titles: list[tuple[Pointer, str]] = [
        (("title",), ctx.plan.title),
        (("subtitle",), ctx.plan.subtitle or ""),
    ]
    titles += [(("sections", index, "title"), each.title) for index, each in enumerate(ctx.plan.sections)]
    for at, title in titles:
        mark = title.rstrip()[-1:]
        if mark and mark in ".,:;":
            end = len(title.rstrip())
            message = f'the title "{title}" ends with "{mark}"'
            yield Finding(at, message, "delete the mark", words=(end - 1, end))


@rule("POA334", "section-title-repeated", Severity.WARNING)
def section_title_repeated(ctx: Context) -> Iterator[Finding]:
    """Two sections have the same title.

    A reader of the contents cannot tell them apart.

    Bad:
        # sections/02-more.yaml
        id: more
        title: First things
        chapeau:
          - id: C-02
            text: More follows.

    Good:
        # sections/02-more.yaml
        id: more
        title: Further things
        chapeau:
          - id: C-02
            text: More follows.

    Cure:
        Say in one of the titles what is different.
    """
    sections = ctx.plan.sections
    for index, first in repetitions(section.title.casefold().strip() for section in sections):
        message = f'"{sections[index].title}" is also the title of section {sections[first].id}'
        related = ((("sections", first, "title"), "it is first used here"),)
        yield Finding(("sections", index, "title"), message, "say what is different", related)


@rule("POA335", "empty-section", Severity.WARNING, whole=True)
def empty_section(ctx: Context) -> Iterator[Finding]:
    """A section holds nothing that is printed.

    Its heading would stand over nothing, and still take a number.

    Bad:
        # sections/02-more.yaml
        id: more
        title: Further things

    Good:
        # sections/02-more.yaml
        id: more
        title: Further things
        chapeau:
          - id: C-02
            text: More follows.

    Cure:
        Add a paragraph or an action, or delete the file.
    """
    for index, section in enumerate(ctx.plan.sections):
        if not section.chapeau and not any(action.status.printed for action in section.actions):
            message = f'section {section.id} ("{section.title}") holds nothing that is printed'
            yield Finding(("sections", index, "title"), message, "add a paragraph or an action, or delete it")
