"""The report of a pull: what each returned file asks for, amendment by amendment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.document.report_blocks import body, code, heading, item, muted, part, quote, runs, strong
from poa_toolkit.document.report_blocks import report as report_of
from poa_toolkit.document.runs import Deleted, Inserted, Mark, Text
from poa_toolkit.model import AmendmentKind, AmendmentState
from poa_toolkit.model.plan import HOMES
from poa_toolkit.text.counting import counted, many
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Block, Document
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment
    from poa_toolkit.model.cross_references import CrossReferences
    from poa_toolkit.returned.pulled_file import Pulled

_COUNTED = {
    AmendmentKind.TEXT: ("rewording", "rewordings"),
    AmendmentKind.ADD: ("addition", "additions"),
    AmendmentKind.REMOVE: ("removal", "removals"),
    AmendmentKind.MOVE: ("move", "moves"),
    AmendmentKind.COMMENT: ("comment", "comments"),
    AmendmentKind.CORRIGENDUM: ("corrigendum", "corrigenda"),
}
_AROUND = 30
"""How many characters of the text are shown on both sides of an edit."""


def report(files: Iterable[Pulled], references: CrossReferences, *, only_shown: bool) -> Document:
    """Lay out what was pulled, with what cross-references print; with `only_shown` nothing was written."""
    title = "What the returned files ask for" if only_shown else "Pulled from returned files"
    return report_of(title, (part(*_file(each)) for each in files), references=references)


def summary(pulled: Pulled) -> str:
    """Count what a file came to, in a line."""
    placed = [each for each in pulled.new if each.state is not AmendmentState.UNPLACED]
    kinds = Counter(each.kind for each in placed)
    asked = [counted(kinds[kind], forms) for kind, forms in _COUNTED.items() if kinds[kind]]
    if len(pulled.new) > len(placed):
        asked.append(f"{len(pulled.new) - len(placed)} unplaced")
    said = [", ".join(asked) or "nothing new"]
    if pulled.known:
        said.append(f"{pulled.known} pulled before")
    if pulled.formatting:
        said.append(f"{many(pulled.formatting, 'change')} of looks passed over")
    return "; ".join(said)


def _file(pulled: Pulled) -> Iterator[Block]:
    yield heading(pulled.file)
    made = (
        f"Made from {pulled.version}. " if pulled.version else "The version it was made from is not known. "
    )
    yield body(f"{made}{summary(pulled)[:1].upper()}{summary(pulled)[1:]}.")
    read, placed, told, generated = pulled.balance
    yield body(muted(f"{read} characters read = {placed} placed + {told} told + {generated} generated."))
    yield from _decisions(pulled)
    for each in pulled.new:
        yield item(*_line(each))
        yield from (quote(*line) for line in _edits_shown(each))
        yield from (quote(Text(f"{one.by}: ", Mark.EMPHASIS), one.text) for one in each.replies)
    yield from _stretches(pulled)


def _decisions(pulled: Pulled) -> Iterator[Block]:
    """Return what the file says of the amendments that it prints, those on which nothing was said last."""
    ordered = sorted(pulled.decisions, key=lambda each: each.outcome == "open")
    for each in ordered:
        known = "" if each.is_written or each.outcome == "open" else ", not put on record"
        yield item(code(each.amendment), f" {each.outcome}{known}" + (f": {each.said}" if each.said else ""))


def _stretches(pulled: Pulled) -> Iterator[Block]:
    """Return what became of every stretch of a file."""
    if pulled.stretches:
        yield heading("What became of every word", 2)
    for each in pulled.stretches:
        where = (
            f"page {each.page}" if each.page else "",
            f"in a {each.place}" if each.place else "",
            f"under “{each.heading}”" if each.heading else "",
        )
        place = ", ".join(filter(None, where))
        why = "; ".join(filter(None, (each.why, place)))
        yield item(strong(each.fate), f" ({why}): ", single_spaced(each.words))


def _line(amendment: Amendment) -> Iterator[Run]:
    """Return which amendment it is: what it is about, what it asks, who proposes it."""
    yield code(amendment.id)
    yield Text(f" {_about(amendment)} ")
    yield muted(f"({amendment.proposer}, {amendment.date.isoformat()})")
    if amendment.resolved:
        yield Text(" resolved", Mark.EMPHASIS)


def _about(amendment: Amendment) -> str:
    field = "" if amendment.field in (None, "text") else f" {amendment.field}"
    record = f"{amendment.record}{field}" if amendment.record else ""
    if amendment.state is AmendmentState.UNPLACED:
        return "unplaced move" if amendment.kind is AmendmentKind.MOVE else "unplaced"
    if amendment.kind is AmendmentKind.ADD:
        if amendment.under:
            return f"{record}: a new sub-point, {_behind(amendment)}"
        if record:
            return f"{record}: a new point behind {amendment.after or 'the others'}"
        what = "paragraph" if amendment.section in HOMES else "action"
        return f"{amendment.section}: a new {what} {_behind(amendment)}"
    if amendment.kind is AmendmentKind.MOVE:
        return f"{record}: moved, {_behind(amendment)}"
    return f"{record}: {_COUNTED[amendment.kind][0]}"


def _behind(amendment: Amendment) -> str:
    """Return where a text that is new or moved would stand."""
    under = f"under {amendment.under}, " if amendment.under else ""
    if amendment.after in ("text", amendment.section):
        first = f"at the beginning of {amendment.section}"
        return f"{under}before all others" if amendment.after == "text" else first
    return f"{under}behind {amendment.after}" if amendment.after else f"{under}at the end"


def _edits_shown(amendment: Amendment) -> Iterator[tuple[Run, ...]]:
    """Show the words of an amendment: each edit with what stands round it, or the text whole."""
    if amendment.context:
        yield (muted(amendment.context),)
    if amendment.edits and amendment.original:
        for edit in amendment.edits:
            end = edit.offset + len(edit.deleted)
            yield (
                Text(_before(amendment.original[: edit.offset])),
                *((Deleted(edit.deleted),) if edit.deleted else ()),
                *((Inserted(edit.inserted),) if edit.inserted else ()),
                Text(_after(amendment.original[end:])),
            )
    elif amendment.kind is AmendmentKind.COMMENT:
        yield from map(runs, (amendment.comment or "").split("\n"))
    elif amendment.kind is AmendmentKind.MOVE:
        yield (Text(amendment.original or ""),)
    else:
        pair = (
            *((Deleted(amendment.original),) if amendment.original else ()),
            *((Text(" "),) if amendment.original and amendment.proposed else ()),
            *((Inserted(amendment.proposed),) if amendment.proposed else ()),
        )
        yield pair
        for point in amendment.points:
            yield Text("point: "), Inserted(point.text)
            yield from ((Text("sub-point: "), Inserted(each)) for each in point.points)
    if amendment.comment and amendment.kind is not AmendmentKind.COMMENT:
        yield (muted(amendment.comment),)


def _before(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return "…" + text[-_AROUND:].partition(" ")[2]


def _after(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    return text[:_AROUND].rpartition(" ")[0] + "…"
