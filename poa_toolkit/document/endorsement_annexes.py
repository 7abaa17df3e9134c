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
    from poa_toolkit.document.citations import Desk
    from poa_toolkit.model import Amendment, Endorsement


def endorsements(desk: Desk) -> Iterator[Block]:
    """Give who endorsed the text, in which capacity, when, and with which reservation."""
    words, given = desk.words, desk.record.endorsements
    if not given:
        return
    columns = (
        Column(words.organisation, 8, "title"),
        Column(words.capacity, 4, "capacity"),
        Column(words.when, 4, "date"),
        Column(words.reservation, 8, "reservation"),
    )
    titles = {each.id: each.title for each in desk.plan.participants}
    lead = words.lead_endorsements.format(text=given[0].text, digest=given[0].digest)
    yield Paragraph(Role.BODY, (Text(lead),))
    yield Table(columns, tuple(_endorsement(each, titles, desk) for each in given))


def _endorsement(each: Endorsement, titles: dict[str, str], desk: Desk) -> Row:
    cells = (
        titles.get(each.participant, each.participant),
        each.capacity,
        dates.day(each.date, desk.words),
        each.reservation or "",
    )
    return Row(tuple((Text(cell),) for cell in cells))


def corrigenda(desk: Desk) -> Iterator[Block]:
    """Give what was put right since: where, what stood there, what stands there now, when."""
    words, found = desk.words, desk.record.corrigenda
    if not found:
        return
    columns = (
        Column(words.paragraph, 3, "paragraph"),
        Column(words.was, 9, "was"),
        Column(words.now, 9, "now"),
        Column(words.when, 4, "date"),
    )
    yield Paragraph(Role.BODY, (Text(words.lead_corrigenda),))
    yield Table(columns, tuple(_corrigendum(each, desk) for each in found))


def _corrigendum(each: Amendment, desk: Desk) -> Row:
    day = dates.day(decided(each), desk.words)
    cells = (corrected(each, desk), each.original or "", each.adopted or "", day)
    return Row(tuple((Text(cell),) for cell in cells))


def corrected(corrigendum: Amendment, desk: Desk) -> str:
    """Say where a corrigendum is: ``para. 13``, or the id of a record that has no number."""
    record = corrigendum.record or ""
    if record not in desk.numbers:
        return record
    return f"{desk.words.units[Unit.PARAGRAPH][0]} {desk.bare(record)}"


def decided(corrigendum: Amendment) -> date:
    """Give the day on which a corrigendum was decided, or else proposed."""
    return corrigendum.decided or corrigendum.date
