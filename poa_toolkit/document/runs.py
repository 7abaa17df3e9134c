"""The words of a document: stretches of text, links and notes, and what became of each in a redline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from poa_toolkit.model.cross_references import Number


class RevisionState(StrEnum):
    """Whether a thing stands in both versions of a redline, or in one of them."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Mark(StrEnum):
    """Why a stretch of text looks different."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    """An id, a symbol, a path."""
    BRACKET = "bracket"
    """Unagreed text, its brackets included."""
    HOLDER = "holder"
    """Who holds a bracket."""
    MUTED = "muted"
    """Secondary matter: evidence, counts."""
    FOUND = "found"
    """Words that were looked for."""


class Author(NamedTuple):
    """Who proposed words, and when they were adopted or, of words that wait for a decision, proposed."""

    name: str
    when: date
    amendments: tuple[str, ...] = ()
    """The amendments that wait whose words they are, by id; empty in a redline."""


class Reference(NamedTuple):
    """What a stretch of text is that a cross-reference prints, or that a title prints for its id."""

    source: str
    """As the plan spells it, ``{A-012(b)}``: what the stretch is known by, whatever number it prints.

    Of the holder of a bracket, the id and what stands behind it: ``eu: ``.
    """
    word: str
    """What stands before the number, with its space: ``paragraph ``; empty for nothing. Of a holder, all."""
    numbers: tuple[Number, ...]
    """The numbers it prints, each with the anchor of what bears it; a space stands between them."""
    was: tuple[str, ...] = ()
    """In a redline, the numbers that the old version printed for the same places; empty for the same."""

    @property
    def is_holder(self) -> bool:
        """Return whether it is the holder of a bracket."""
        return not self.source.startswith("{")

    @property
    def token(self) -> str:
        """Return it as one word that is no other word of a text."""
        return f"{{@{self.source.partition(':')[0]}}}" if self.is_holder else self.source


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text."""

    text: str
    mark: Mark = Mark.PLAIN
    field: str = ""
    """In a paragraph that prints several fields of its record: the one whose words these are."""
    reference: Reference | None = None
    """The cross-reference whose words these are."""


@dataclass(frozen=True, slots=True)
class _Changed:
    text: str
    mark: Mark = Mark.PLAIN
    field: str = ""
    by: Author | None = None
    """Who proposed it; None: nobody on record."""
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Inserted(_Changed):
    """Text that the new version has and the old one has not."""


@dataclass(frozen=True, slots=True)
class Deleted(_Changed):
    """Text that the old version has and the new one has not."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an anchor of this document (``#A-007``) or to an address."""

    text: str
    target: str
    standing: RevisionState = RevisionState.KEPT
    field: str = ""
    """In a paragraph that prints several fields of its record: the one that it is of."""
    was: str = ""
    """In a redline, the number that the old version printed for the same paragraph; empty for the same."""
    by: Author | None = None
    """Of one that came or went: who proposed that; None: nobody on record."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, or whatever the format has in its place."""

    runs: tuple[Text | Inserted | Deleted | Link, ...]
    standing: RevisionState = RevisionState.KEPT


Run: TypeAlias = Text | Inserted | Deleted | Link | Note


def known_by(run: Text | Inserted | Deleted) -> str:
    """Return what the plan has for a stretch of text: its words, or how it spells the reference."""
    return run.reference.source if run.reference else run.text


def words_of(runs: Iterable[Run]) -> str:
    """Return the words of runs, those that came and those that went too; a note has none of its own."""
    return "".join([getattr(run, "text", "") for run in runs])
