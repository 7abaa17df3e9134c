"""What a file for the room keeps of the proposals in it, to know them when it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.document import proposed_words
from poa_toolkit.document.blocks import Heading, Paragraph, Role
from poa_toolkit.returned.printed_proposals import (
    MarkedText,
    PrintedProposal,
    PrintedRemark,
    Printing,
    amendment_of,
)
from poa_toolkit.returned.signature import moment, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Part, Remark, Revision
    from poa_toolkit.document.runs import Author
    from poa_toolkit.model import Amendment


def printing(
    proposals: Iterable[tuple[Amendment, Author]], parts: tuple[Part, ...], lines: Iterable[tuple[str, str]]
) -> Printing:
    """Return what is kept of amendments, each with the author of its revisions, that are printed in parts.

    `lines` are those of the cover that count them.
    """
    return Printing(
        tuple(printed_proposal(each)._replace(at=moment(by.when)) for each, by in proposals),
        tuple(_marked(parts)),
        tuple(PrintedRemark(each.by.name, each.text) for each in _said(parts)),
        tuple(words for label, value in lines for words in (f"{label} {value}", label, value)),
    )


def printed_proposal(amendment: Amendment) -> PrintedProposal:
    """Return what a file keeps of an amendment, but for the moment of its revisions."""
    return PrintedProposal(
        amendment.id,
        amendment.proposer,
        "",
        amendment.kind.value,
        amendment.record or "",
        amendment.field or "",
        amendment.section or "",
        amendment.under or "",
        amendment.after or "",
        "\n".join((amendment.proposed or "", *(text for each in amendment.points for text in each.texts))),
    )


def _said(parts: Iterable[Part]) -> Iterator[Remark]:
    for part in parts:
        for block in part.blocks:
            for each in block.revision.said if block.revision else ():
                yield each
                yield from each.answers


def _marked(parts: Iterable[Part]) -> Iterator[MarkedText]:
    """Return the texts that amendments would change, with who proposes which words."""
    for part in parts:
        for block in part.blocks:
            if not isinstance(block, Heading | Paragraph) or block.revision is None or block.record is None:
                continue
            if isinstance(block, Paragraph) and block.role is Role.DETAIL:
                yield from _marked_details(block, block.record, block.revision)
                continue
            whole = block.revision
            found = proposed_words.stretches(block.runs, whole)
            if any(each.gone or each.came for each in found):
                by = (whole.author, moment(whole.when)) if whole.amendments else ("", "")
                yield MarkedText(tag(block.record, block.field or ""), found, "", *by)


def _marked_details(block: Paragraph, record: str, whole: Revision) -> Iterator[MarkedText]:
    """Return the texts in a line under an action that amendments would change by themselves."""
    if amendment_of(record):
        return
    for field in dict.fromkeys(filter(None, (getattr(run, "field", "") for run in block.runs))):
        found = proposed_words.stretches(block.runs, whole, field)
        if any(each.came or each.gone != whole.amendments for each in found):
            yield MarkedText(tag(record, field), found)
