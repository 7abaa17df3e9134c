"""What a file keeps of the amendments that it prints as revisions: who proposes which words."""

from __future__ import annotations

from typing import NamedTuple

_RECORD = "amendment "
"""How the name begins under which new words of an amendment stand; no id of a record has a space."""


class PrintedProposal(NamedTuple):
    """An amendment as it was printed. The plan has it too, where nobody has revised it since."""

    id: str
    by: str
    at: str
    """The moment of its revisions; no other amendment of its proposer has it."""
    kind: str
    record: str = ""
    field: str = ""
    section: str = ""
    under: str = ""
    after: str = ""
    words: str = ""
    """The words that it proposes; those of a new action with its points, a line each."""


class Stretch(NamedTuple):
    """Words with one fate, by the amendments that would take them out or put them in."""

    words: str
    gone: tuple[str, ...] = ()
    came: str = ""
    by: str = ""
    """The author of the revision: of what several would take out, all of them."""
    at: str = ""
    """Its moment."""


class MarkedText(NamedTuple):
    """A text of which amendments would change words, or the whole."""

    tag: str
    """What names its control."""
    stretches: tuple[Stretch, ...]
    bookmark: str = ""
    by: str = ""
    """The author of the revision by which the whole paragraph would come or go; empty for none."""
    at: str = ""
    """Its moment."""


class PrintedRemark(NamedTuple):
    """A comment that the file was made with."""

    by: str
    text: str


class Printing(NamedTuple):
    """The amendments that a file prints."""

    proposals: tuple[PrintedProposal, ...]
    texts: tuple[MarkedText, ...] = ()
    remarks: tuple[PrintedRemark, ...] = ()
    lines: tuple[str, ...] = ()
    """The lines of the cover that say what is proposed, and by whom."""


def record_of(amendment: str) -> str:
    """Return under which record the new paragraphs of an amendment stand."""
    return f"{_RECORD}{amendment}"


def amendment_of(record: str) -> str:
    """Return the amendment whose new paragraphs stand under a record; empty for a record of the plan."""
    return record.removeprefix(_RECORD) if record.startswith(_RECORD) else ""
