"""Where words were found: the sentence with them marked, and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document.blocks import Layout
from poa_toolkit.document.report_blocks import code, heading, item, muted, part, quote, report, strong
from poa_toolkit.document.runs import Mark, Text
from poa_toolkit.model.numbering import cited_numbers
from poa_toolkit.search import Among
from poa_toolkit.text.brackets import unescape
from poa_toolkit.text.counting import many
from poa_toolkit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan
    from poa_toolkit.search import Found

_HEADINGS = {
    Among.TEXTS: ("In the text", "text"),
    Among.SOURCES: ("In what it comes from and rests on", "source"),
    Among.AMENDMENTS: ("In amendments", "amendment"),
}
_BETWEEN = " \N{HORIZONTAL ELLIPSIS} "


def found(sought: str, hits: Sequence[Found], places: Sequence[str], plan: Plan, *, label: str) -> Document:
    """Lay out what was found for the words `sought`; `places` say where each of `hits` stands."""
    numbers = {name: number for name, number in cited_numbers(plan).items() if number}
    aside = {each.id: each.status.value for _, each in plan.walk_actions() if not each.status.printed}
    parts = []
    counts = []
    for among, (title, noun) in _HEADINGS.items():
        of_kind = [(each, place) for each, place in zip(hits, places, strict=True) if each.among is among]
        if of_kind:
            blocks = [block for each, place in of_kind for block in _hit(each, place, numbers, aside)]
            parts.append(part(heading(title), *blocks))
            counts.append(many(len(of_kind), noun))
    name = f"\N{LEFT DOUBLE QUOTATION MARK}{sought}\N{RIGHT DOUBLE QUOTATION MARK}: {', '.join(counts)}"
    return report(name, parts, plan, version=label, layout=Layout.ROOM)


def _hit(hit: Found, place: str, numbers: dict[str, str], aside: dict[str, str]) -> Iterator[Block]:
    """Return a find; `aside` holds the actions that are withdrawn or deferred, and which."""
    field = "" if hit.field in ("text", "ref") else f", {hit.field}"
    if hit.among is Among.TEXTS and hit.number:
        is_section = hit.field == "title"
        what = f"{'section' if is_section else 'para.'} {hit.number} ({hit.record})"
        field = "" if hit.field.startswith("points.") or is_section else field
    else:
        what = f"{hit.record} ({aside[hit.record]})" if hit.record in aside else hit.record
    yield item(strong(f"{what}{field} "), code(place), record=hit.record, field=hit.field)
    yield quote(*_marked(hit), record=hit.record, field=hit.field)
    if hit.to:
        yield quote(muted(f"to {_named(hit.to, numbers)}"))
    if hit.used_by:
        named = ", ".join(_named(each, numbers) for each in hit.used_by)
        yield quote(muted(f"named by {named}"))


def _named(record: str, numbers: dict[str, str]) -> str:
    return f"{numbers[record]} ({record})" if record in numbers else record


def _marked(hit: Found) -> Iterator[Run]:
    """Return the sentences that have the words, these marked."""
    shown = unescape if hit.field == "text" or hit.field.startswith("points.") else str
    at, is_first = 0, True
    last_end = 0
    for sentence in sentences(hit.text):
        start, end = at, at + len(sentence)
        at = end + 1
        spots = [(one, two) for one, two in hit.places if one < end and two > start]
        if not spots:
            continue
        if start > last_end + 1 or (is_first and start):
            yield Text(_BETWEEN if not is_first else _BETWEEN.lstrip())
        elif not is_first:
            yield Text(" ")
        is_first, here, last_end = False, start, end
        for one, two in spots:
            yield Text(shown(hit.text[here : max(one, here)]))
            yield Text(shown(hit.text[max(one, here) : min(two, end)]), Mark.FOUND)
            here = min(two, end)
        yield Text(shown(hit.text[here:end]))
    if last_end < len(hit.text):
        yield Text(_BETWEEN.rstrip())
