"""The annexes of what happened to a text: who endorsed it, and what was put right in it since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document import dates
from poa_toolkit.document.blocks import Column, Paragraph, Role, Row, Table, Text
from poa_toolkit.model import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.document.blocks import Block
    from poa_toolkit.document.citations import CitationContext
    from poa_toolkit.model import Amendment, Endorsement


def endorsements(context: CitationContext) -> Iterator[Block]:
    """Give who endorsed the text, in which capacity, when, and with which reservation."""
    words, given = context.words, context.record.endorsements
    if not given:
        return
    columns = (
        Column(words.organisation, 8, "title"),
        Column(words.capacity, 4, "capacity"),
        Column(words.when, 4, "date"),
        Column(words.reservation, 8, "reservation"),
    )
    titles = {each.id: each.title for each in context.plan.participants}
    lead = words.lead_endorsements.format(text=given[0].text, digest=given[0].digest)
    yield Paragraph(Role.BODY, (Text(lead),))
    yield Table(columns, tuple(_endorsement(each, titles, context) for each in given))


def _endorsement(each: Endorsement, titles: dict[str, str], context: CitationContext) -> Row:
    cells = (
        titles.get(each.participant, each.participant),
        each.capacity,
        dates.day(each.date, context.words),
        each.reservation or "",
    )
    return Row(tuple((Text(cell),) for cell in cells))


def corrigenda(context: CitationContext) -> Iterator[Block]:
    """Give what was put right since: where, what stood there, what stands there now, when."""
    words, found = context.words, context.record.corrigenda
    if not found:
        return
    columns = (
        Column(words.paragraph, 3, "paragraph"),
        Column(words.was, 9, "was"),
        Column(words.now, 9, "now"),
        Column(words.when, 4, "date"),
    )
    yield Paragraph(Role.BODY, (Text(words.lead_corrigenda),))
    yield Table(columns, tuple(_corrigendum(each, context) for each in found))


def _corrigendum(each: Amendment, context: CitationContext) -> Row:
    day = dates.day(decided(each), context.words)
    cells = (corrected(each, context), each.original or "", each.adopted or "", day)
    return Row(tuple((Text(cell),) for cell in cells))


def corrected(corrigendum: Amendment, context: CitationContext) -> str:
    """Say where a corrigendum is: ``para. 13``, or the id of a record that has no number."""
    record = corrigendum.record or ""
    if record not in context.numbers:
        return record
    return f"{context.words.units[Unit.PARAGRAPH][0]} {context.bare(record)}"


def decided(corrigendum: Amendment) -> date:
    """Give the day on which a corrigendum was decided, or else proposed."""
    return corrigendum.decided or corrigendum.date
