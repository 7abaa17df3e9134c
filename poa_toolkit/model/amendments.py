"""What happens to a text: proposals on the table, reviews of links, endorsements."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import (
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from poa_toolkit.model.actions import Status, SubPoint
from poa_toolkit.model.base import Day, Flag, Id, Line, Number, Record, Text
from poa_toolkit.model.fields import Value

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
    """What an amendment asks for."""

    TEXT = "text"
    """Other words for a text."""
    ADD = "add"
    """A new action, or a new point or sub-point of an action."""
    REMOVE = "remove"
    """That an action, a point or a paragraph goes."""
    MOVE = "move"
    """That an action, a point or a paragraph stands at another place."""
    COMMENT = "comment"
    """Nothing yet: somebody says something about a text."""
    CORRIGENDUM = "corrigendum"
    """The mending of an endorsed text."""

    @property
    def rewords(self) -> bool:
        """Return whether it changes the words of a text that is there."""
        return self in (AmendmentKind.TEXT, AmendmentKind.CORRIGENDUM)


class TextEdit(Record):
    """Words that go out of a text at one place, and those that come in there."""

    offset: Number
    """Where, counted in characters of `original` from 0."""
    deleted: str = ""
    """The words that go."""
    inserted: str = ""
    """The words that come."""

    def __lt__(self, other: TextEdit) -> bool:
        """Return whether it comes first among edits of one text."""
        return (self.offset, self.deleted, self.inserted) < (other.offset, other.deleted, other.inserted)


class Wording(Record):
    """What an amendment comes to in the text of today, after others were accepted."""

    original: Annotated[Text | None, Value.VERBATIM] = None
    """The text of today."""
    proposed: Annotated[Text | None, Value.VERBATIM] = None
    """The text it would put there."""
    edits: tuple[TextEdit, ...] = ()
    """The words by which the two differ."""


class Reply(Record):
    """An answer to a comment."""

    by: Line
    """Who answers."""
    date: Day
    """When."""
    text: Annotated[Line, Value.VERBATIM]
    """What."""


class Stance(StrEnum):
    """What somebody said of a proposal."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    REMARK = "remark"
    """Neither: what was said stands in the comment."""


class Statement(Record):
    """What somebody said of a proposal in the meeting."""

    by: Line
    """Who spoke."""
    date: Day
    """When."""
    stance: Stance
    """For it, against it, or about it."""
    comment: Annotated[Line | None, Value.PROSE] = None
    """What was said."""
    form: Number = 1
    """Of which form of the proposal: 1 as it was first put, 2 after it was revised once."""


class Turn(StrEnum):
    """What set aside how an amendment had stood."""

    REVISED = "revised"
    """Its proposer put other words."""
    REOPENED = "reopened"
    """The decision on it was taken back."""
    TAKEN_UP = "taken-up"
    """It had been put off, and was decided."""


class Former(Record):
    """An amendment as it had stood: its earlier words, or a decision that was taken back."""

    turn: Turn
    """What set that aside."""
    by: Line
    """Who did."""
    date: Day
    """When."""
    why: Annotated[Line | None, Value.PROSE] = None
    """Why."""
    state: AmendmentState | None = None
    """What had been decided."""
    decided_by: Line | None = None
    """Who had decided."""
    decided: Day | None = None
    """When that was."""
    reason: Annotated[Line | None, Value.PROSE] = None
    """Why it had been decided so."""
    record: Id | None = None
    """Of an accepted addition: the record that it had become."""
    field: Line | None = None
    """The field of that record."""
    original: Annotated[Text | None, Value.VERBATIM] = None
    """The text it had been to."""
    proposed: Annotated[Text | None, Value.VERBATIM] = None
    """The text it had put there, or would have."""
    modified: Annotated[Text | None, Value.VERBATIM] = None
    """The text that had been adopted in place of it."""
    comment: Annotated[Line | None, Value.PROSE] = None
    """What had been said for it by its proposer."""


class Before(Record):
    """How a text stood before an adopted removal or move, as far as nothing else says so."""

    status: Status | None = None
    """Of an action that was withdrawn: its status."""
    reason: Annotated[Line | None, Value.PROSE] = None
    """Of an action that was deferred: why."""
    text: Annotated[Text | None, Value.VERBATIM] = None
    """The words of a paragraph or a point that was taken out."""
    section: Id | None = None
    """Where it stood: the section, ``front`` or ``introduction``."""
    under: Id | None = None
    """Of a sub-point: the point under which it stood."""
    points: tuple[SubPoint, ...] = ()
    """Of a point that was taken out: the sub-points that went with it."""
    after: Id | None = None
    """Behind what it stood, as the same key of an amendment says it."""


class ProposedPoint(Record):
    """A point that would come with a new action; in a file its text alone, where it has no sub-points."""

    text: Annotated[Text, Value.VERBATIM]
    """Its text, one paragraph."""
    points: tuple[Text, ...] = ()
    """The texts of its sub-points."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return value if isinstance(value, dict | ProposedPoint) else {"text": value}

    @model_serializer(mode="wrap")
    def _to_text(self, handler: SerializerFunctionWrapHandler) -> object:
        return handler(self) if self.points else self.text

    @property
    def texts(self) -> tuple[str, ...]:
        """Return its text and those of its sub-points, in printed order."""
        return (self.text, *self.points)


class _OrText:
    """Says to editors that a text alone may stand for a record."""

    @staticmethod
    def __get_pydantic_json_schema__(
        schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [handler(schema), {"type": "string", "pattern": r"\S"}]}


class Amendment(Record):
    """A proposal to change one field of one record."""

    id: Id
    """Stable id, unique among all amendments."""
    kind: AmendmentKind = AmendmentKind.TEXT
    """What it asks for."""
    record: Id | None = None
    """The record it would change; none where a returned text could not be placed.

    Of an accepted addition, the record that it became.
    """
    field: Line | None = None
    """The field it would change, such as ``text`` or ``points.a``."""
    section: Id | None = None
    """For a new or moved action or paragraph: the section it would stand in, ``front`` or ``introduction``.

    For what is there already, where it stood when the amendment was written.
    """
    under: Id | None = None
    """For a new or moved sub-point: the point under which it would stand, with (i), (ii) ….

    Left out, it would stand beside the point that `after` names, or else among the points of the action.
    """
    after: Id | None = None
    """For what is new or moved: the action, paragraph or point behind which it would stand; none: at the end.

    ``text`` is the text of an action, or of the point it would stand under: behind it stands the first
    point. The section itself, or ``front`` or ``introduction``, is the head of it: before its first action
    or paragraph.
    """
    base: Digest | None = None
    """The digest of the record it was written against."""
    original: Annotated[Text | None, Value.VERBATIM] = None
    """The text it was written against."""
    proposed: Annotated[Text | None, Value.VERBATIM] = None
    """The text it would put there; none for a deletion."""
    points: tuple[Annotated[ProposedPoint, _OrText], ...] = ()
    """The points that a new action would have, or the sub-points of a new point: their texts."""
    edits: tuple[TextEdit, ...] = ()
    """The words by which `proposed` differs from `original`: made one after the other they give it."""
    rebased: Wording | None = None
    """The same edits carried over to the words that were adopted since."""
    context: Line | None = None
    """For what could not be placed, and for comments: where it stood, and by which words."""
    proposer: Line
    """Who proposes it."""
    date: Day
    """When it was proposed."""
    comment: Annotated[Line | None, Value.PROSE] = None
    """What the proposer says for it."""
    replies: tuple[Reply, ...] = ()
    """What others answered to the comment."""
    resolved: Flag = False
    """Whether the comment was marked as resolved."""
    state: AmendmentState = AmendmentState.OPEN
    """What became of it."""
    modified: Annotated[Text | None, Value.VERBATIM] = None
    """The text that was adopted in place of `proposed`."""
    decided_by: Line | None = None
    """Who decided."""
    decided: Day | None = None
    """When it was decided."""
    reason: Annotated[Line | None, Value.PROSE] = None
    """Why it was decided so."""
    was: Before | None = None
    """Of an adopted removal or move: how it was before, for the decision may be taken back."""
    statements: tuple[Statement, ...] = ()
    """Who spoke for it, against it and about it; of one speaker the later word stands."""
    history: tuple[Former, ...] = ()
    """How it stood before: its earlier words, decisions that were taken back."""

    @property
    def form(self) -> int:
        """Return the number of the form it has: 1 as it was first put, one more for each revision."""
        return 1 + sum(each.turn is Turn.REVISED for each in self.history)

    @property
    def takes_out(self) -> tuple[str, ...]:
        """Return the fields that a removal took out: its own, and those of the sub-points with it."""
        gone = self.was.points if self.was else ()
        return (self.field or "text", *(f"points.{each.id}" for each in gone))

    @property
    def is_adopted(self) -> bool:
        """Return whether it was accepted, as proposed or modified."""
        return self.state in (AmendmentState.ACCEPTED, AmendmentState.MODIFIED)

    @property
    def wording(self) -> Wording:
        """Return the text it is to, the text it proposes and its edits, as they stand today."""
        return self.rebased or Wording(original=self.original, proposed=self.proposed, edits=self.edits)

    @property
    def adopted(self) -> str | None:
        """Return the text it puts there: the modified one, or else the one proposed."""
        return self.modified if self.modified is not None else self.wording.proposed


def before_reopening(amendment: Amendment, former: Former) -> Amendment:
    """Return an amendment as it had been decided before that was taken back."""
    names = ("state", "decided_by", "decided", "reason", "modified")
    update: dict[str, object] = {name: getattr(former, name) for name in names}
    if former.record is not None:
        update |= {"record": former.record, "field": former.field}
    if former.proposed is not None:
        update["rebased"] = Wording(original=former.original, proposed=former.proposed)
    return amendment.model_copy(update=update)


def edited(wording: Wording) -> str | None:
    """Return what the edits of a wording make of its `original`; None where they do not fit it."""
    original, at = wording.original or "", 0
    parts: list[str] = []
    for edit in wording.edits:
        end = edit.offset + len(edit.deleted)
        if edit.offset < at or original[edit.offset : end] != edit.deleted:
            return None
        parts += (original[at : edit.offset], edit.inserted)
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
    reservation: Annotated[Text | None, Value.VERBATIM] = None
    """What is excepted, in the participant's own words."""
