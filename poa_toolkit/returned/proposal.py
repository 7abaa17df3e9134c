"""What somebody proposes, on the floor or in a returned file, and what such a file comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind
from poa_toolkit.returned.revisions import rejected_words
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.model import TextEdit
    from poa_toolkit.returned.ledger import Ledger
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Piece, Reviser


class Answer(NamedTuple):
    """An answer to a comment."""

    by: Reviser
    text: str


class Proposal(NamedTuple):
    """What one person proposes, and where."""

    kind: AmendmentKind
    by: Reviser
    record: str = ""
    field: str = ""
    section: str = ""
    after: str = ""
    original: str = ""
    proposed: str = ""
    edits: tuple[TextEdit, ...] = ()
    points: tuple[str, ...] = ()
    """The points of a new action."""
    comment: str = ""
    answers: tuple[Answer, ...] = ()
    resolved: bool = False
    context: str = ""
    is_placed: bool = True
    is_taken_back: bool = False
    """Whether a person put words in and took them out again: it is told, and no amendment is made of it."""

    @property
    def target(self) -> str:
        """Return the record, or its field after a full stop: ``A-007``, ``A-007.points.b``."""
        return f"{self.record}.{self.field}" if self.field else self.record


class Where(NamedTuple):
    """Where something is told: at a text, or in words alone."""

    record: str = ""
    field: str = ""
    context: str = ""

    @property
    def is_placed(self) -> bool:
        """Say whether it is at a text of the plan."""
        return bool(self.record)


def rejections(pieces: Iterable[Piece], where: Where) -> Iterator[Proposal]:
    """Tell what one person put in and somebody took out again."""
    for by, whose, words in rejected_words(pieces):
        said = f"Takes out what {whose.author or 'somebody'} put in: “{clean(words)}”"
        yield Proposal(
            AmendmentKind.COMMENT,
            by,
            where.record,
            where.field,
            comment=said,
            context=where.context,
            is_placed=where.is_placed,
            is_taken_back=by.author == whose.author,
        )


class Placed(NamedTuple):
    """What a returned file comes to."""

    proposals: tuple[Proposal, ...]
    """In the order of the file."""
    taken_back: tuple[Proposal, ...]
    """What people put in and took out again themselves."""
    texts: int
    """How many texts of the plan the file was made with."""
    anchored: int
    """How many of them were found by a control or a bookmark."""
    gone: int
    """How many are not there, or have no words left."""
    by_likeness: Mapping[Key, float]
    copies: tuple[Key, ...]
    unknown: tuple[str, ...]
    """Tags like ours that name no text of the plan."""
    unlike: tuple[str, ...]
    """Lines that the version most like the file prints in other words, where its own is not known."""
    ledger: Ledger
    """What became of every character of the file."""
