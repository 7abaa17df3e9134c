"""What happens to a text: proposals on the table, reviews of links, endorsements."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from poa_toolkit.model.base import Day, Flag, Id, Line, Number, Record, Text

Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
"""A SHA-256 digest over canonical JSON, written ``sha256:`` and 64 hexadecimal digits."""


class AmendmentState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    MODIFIED = "modified"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"
    STALE = "stale"
    UNPLACED = "unplaced"


class AmendmentKind(StrEnum):
    """What a proposal would do."""

    TEXT = "text"
    """Change words."""
    ADD = "add"
    """Add an action, a paragraph or a point."""
    REMOVE = "remove"
    """Withdraw an action, or delete a paragraph or a point."""
    COMMENT = "comment"
    """Nothing: it is a remark."""
    CORRIGENDUM = "corrigendum"
    """Change words of a text that is endorsed already."""


class WordEdit(Record):
    """One stretch of words that a proposal replaces, cuts or inserts."""

    at: Annotated[Number, Field(ge=0)]
    """Where it begins: how many characters of `original` stand before it."""
    deleted: str = ""
    """The words that go, exactly as `original` has them there."""
    inserted: str = ""
    """The words that come in their place."""


class Surroundings(Record):
    """Where in a returned file something stood for which the plan has no place."""

    page: Number | None = None
    """The page, as far as the file tells."""
    heading: Line | None = None
    """The heading above it."""
    before: Line | None = None
    """The words before it."""
    after: Line | None = None
    """The words after it."""


class Reply(Record):
    """An answer to a comment."""

    by: Line
    """Who answers."""
    date: Day | None = None
    """When."""
    text: Line
    """What they say."""


class Amendment(Record):
    """A proposal to change one field of one record, to add a record, or to remove one."""

    id: Id
    """Stable id, unique among all amendments."""
    kind: AmendmentKind = AmendmentKind.TEXT
    """What it would do."""
    record: Id | None = None
    """The record it would change; none where a returned text could not be placed.

    Of an accepted addition, the record that it became.
    """
    field: Line | None = None
    """The field it would change: ``text``, ``title``, ``points.a``; ``points`` to add a point."""
    section: Id | None = None
    """Of an addition: the section it would stand in."""
    after: Id | None = None
    """Of an addition: the action, paragraph or point it would stand behind; none: at the end."""
    base: Digest | None = None
    """The digest of the record it was written against."""
    original: Text | None = None
    """The text it was written against."""
    proposed: Text | None = None
    """The text it would put there; none for a deletion."""
    edits: tuple[WordEdit, ...] = ()
    """Which words of `original` it changes, in order: made one after the other they give `proposed`."""
    proposer: Line
    """Who proposes it."""
    date: Day
    """When it was proposed."""
    comment: Line | None = None
    """What the proposer says for it; of a comment, what it says."""
    anchor: Line | None = None
    """The words that the comment is about."""
    replies: tuple[Reply, ...] = ()
    """Answers to the comment."""
    resolved: Flag = False
    """Whether the comment was marked as resolved."""
    context: Surroundings | None = None
    """Of what could not be placed: where it stood in the returned file."""
    state: AmendmentState = AmendmentState.OPEN
    """What became of it."""
    modified: Text | None = None
    """The text that was adopted in place of `proposed`."""
    decided_by: Line | None = None
    """Who decided."""
    decided: Day | None = None
    """When it was decided."""
    reason: Line | None = None
    """Why it was decided so."""

    @property
    def is_adopted(self) -> bool:
        """Say whether it was accepted, as proposed or modified."""
        return self.state in (AmendmentState.ACCEPTED, AmendmentState.MODIFIED)

    @property
    def adopted(self) -> str | None:
        """Give the text it puts there: the modified one, or else the one proposed."""
        return self.modified if self.modified is not None else self.proposed

    def edited(self) -> str | None:
        """Give what its edits make of `original`; None where they do not fit it."""
        original, at = self.original or "", 0
        parts: list[str] = []
        for edit in self.edits:
            end = edit.at + len(edit.deleted)
            if edit.at < at or original[edit.at : end] != edit.deleted:
                return None
            parts += (original[at : edit.at], edit.inserted)
            at = end
        return "".join((*parts, original[at:]))


class ReviewedLink(Record):
    """One link of an action, and what stood at its other end when it was reviewed."""

    to: Line
    """The recommendation id or the citation at the other end."""
    digest: Digest
    """The digest of its meaning at that time."""


class Review(Record):
    """A person's word that the links of an action were right on a day."""

    record: Id
    """The action reviewed."""
    by: Line
    """Who reviewed it."""
    date: Day
    """When."""
    links: tuple[ReviewedLink, ...] = ()
    """What the links pointed to."""


class Endorsement(Record):
    """An organisation's endorsement of one frozen text."""

    participant: Id
    """Who endorses, by id of participants.yaml."""
    capacity: Line
    """In which capacity."""
    text: Id
    """The baseline that is endorsed."""
    digest: Digest
    """The text digest of that baseline."""
    date: Day
    """When."""
    reservation: Text | None = None
    """What is excepted, in the participant's own words."""
