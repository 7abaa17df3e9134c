"""A frozen version of a plan."""

from __future__ import annotations

from poa_toolkit.model.amendments import Digest
from poa_toolkit.model.base import Day, Flag, Id, Number, Record
from poa_toolkit.model.plan import Plan

SCHEMA_VERSION = 1


class Baseline(Record):
    """A version of the plan, frozen: nothing in it may change without its digests changing."""

    schema_version: Number = SCHEMA_VERSION
    """The version of this form of file."""
    name: Id
    """The name of the baseline."""
    stage: Id
    """The stage the plan was at."""
    date: Day
    """The day its stage ends."""
    provisional: Flag = False
    """Whether it was frozen on the way, as it was: no stage may name it, and nobody can endorse it."""
    digest: Digest
    """The digest of the whole plan in it, and of its being provisional where it is."""
    text_digest: Digest
    """The digest of what the plan says: the part that is endorsed."""
    text_digest_version: Number = 1
    """The rule by which the text digest was taken; docs/decisions/0050 says what each covers."""
    amendments: tuple[Id, ...] | None = None
    """The amendments that had been adopted when it was frozen; none: not on record."""
    digests: dict[str, Digest]
    """The digest of each record."""
    plan: Plan
    """The plan."""
