"""A change between two versions of a plan, as data; nothing here is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Significance


class Kind(StrEnum):
    """What happened to a record or to one of its fields."""

    ADDED = "added"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    """Derived: the printed number differs although the record stayed where it was."""
    ID_CHANGED = "id-changed"
    """The same record under another id; what else differs in it is in changes of their own."""
    SPLIT = "split"
    MERGED = "merged"
    REWORDED = "reworded"
    RELINKED = "relinked"
    """A set of links gained or lost members: recommendations, provisions, addressees."""
    STATUS = "status"
    BRACKET_OPENED = "bracket-opened"
    BRACKET_RESOLVED = "bracket-resolved"
    FIELD = "field"
    """Any other field differs."""


class Ground(StrEnum):
    """What differs in a text that makes its change substantive by itself."""

    MODAL = "modal verb"
    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"
    DEADLINE = "deadline"
    ADDRESSEE = "addressee"
    BRACKET = "bracket"


class Edit(StrEnum):
    """What a segment is: in both versions, only in the old, only in the new."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words of one or both versions."""

    edit: Edit
    text: str
    moved: bool = False
    """Whether it is a sentence that stands elsewhere in the other version of its text."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record that differs, or one record that came, went or moved.

    Every changed field of every record is in exactly one change.
    """

    record: str
    """The record's id in the new version (in the old one where it is gone)."""
    record_kind: str
    """``action``, ``point``, ``section``, ``recommendation``, ``instrument``, ``provision`` …"""
    kind: Kind
    field: str
    """The field, such as ``text``, ``points.a`` or ``provisions``; empty for the whole record.

    ``number`` where it was renumbered; where it moved ``section`` or ``source`` (from one to another,
    which are the values), ``under`` (the points that a sub-point stood and stands under; none: the points
    of its action) or ``order`` (the values are the records it stood and stands after); ``id``
    where it has another (a provision's is its ``ref``).
    """
    old: str | tuple[str, ...] | None
    """The old value; a set of links as a tuple; None where there was none.

    Of a record that came or went, its words, parts on lines of their own; of one that was split or
    merged, `old` is the ids of the records it comes from.
    """
    new: str | tuple[str, ...] | None
    segments: tuple[Segment, ...]
    """For a changed text, the word edits; empty otherwise."""
    significance: Significance
    old_at: Pointer | None
    """Where it stands in the old plan."""
    new_at: Pointer | None
    """Where it stands in the new plan."""
    evidence: str = ""
    """What an alignment rests on: ``82 % of its words``; ``from``, where the plan states it.

    Of a record that went: where its words are now, as ``merged into A-031``. Of a text: what became of its
    brackets, as ``resolved to its second alternative``, that sentences moved, or that it was rewritten.
    """
    section: str = ""
    """The id of the section it stands in, of the new version where it has one; empty outside them."""
    grounds: tuple[Ground, ...] = ()
    """Of a substantive change of a text, addressees or a timeframe: what a reader would look for first."""
    number: str = ""
    """Its printed number as one cites it, ``14`` or ``14 (a)``, of the new version where it has one."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What the changes as a whole mean for the links of the plan."""

    kind: str
    """``recommendation-gained``, ``recommendation-lost``, ``provision-lost``, ``obligation-lost``,
    ``link-suspect``, ``amendment-stale``, ``endorsement-unmatched``, ``brackets-open``, ``brackets-held``.
    """
    record: str
    message: str


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison: what to call it, and what it is."""

    label: str
    digest: str
    """The text digest of the plan."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two versions, in the order of the new one."""

    old: Version
    new: Version
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    left_out: tuple[str, ...] = ()
    """What could not be read in one of the two and so is not compared, a line each."""
