"""What somebody asks for in a returned file, and what the file comes to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.process.ledger import Balance, Entry
    from poa_toolkit.process.printed import Key
    from poa_toolkit.process.returned import By
    from poa_toolkit.process.revisions import WordEdit


class Wish(StrEnum):
    """What somebody wants done."""

    TEXT = "text"
    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"
    COMMENT = "comment"


class Answer(NamedTuple):
    """An answer to a comment."""

    by: By
    text: str


class Proposal(NamedTuple):
    """What one person wants, and where."""

    wish: Wish
    by: By
    record: str = ""
    field: str = ""
    section: str = ""
    after: str = ""
    original: str = ""
    proposed: str = ""
    edits: tuple[WordEdit, ...] = ()
    points: tuple[str, ...] = ()
    """The points of a new action."""
    comment: str = ""
    answers: tuple[Answer, ...] = ()
    resolved: bool = False
    context: str = ""
    is_placed: bool = True


class Placed(NamedTuple):
    """What a returned file comes to."""

    proposals: tuple[Proposal, ...]
    """In the order of the file."""
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
    balance: Balance
    entries: tuple[Entry, ...]
    """What became of every stretch of the file, in its order."""
