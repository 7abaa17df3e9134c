"""A frozen version of a plan, and the canonical form that digests are taken of."""

from __future__ import annotations

from poa_toolkit.model.base import Day, Id, Number, Record
from poa_toolkit.model.plan import Plan
from poa_toolkit.model.process import Digest

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
    digest: Digest
    """The digest of the whole plan in it."""
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
