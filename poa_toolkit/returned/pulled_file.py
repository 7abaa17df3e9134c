"""What a returned file comes to: proposals, where each is told, and what became of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.proposals import Proposal
from poa_toolkit.returned.ledger import Said
from poa_toolkit.returned.revisions import rejected_words
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model import Amendment
    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.ledger import Balance, Ledger
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Piece


class Where(NamedTuple):
    """Where something is told: at a text, or in words alone."""

    record: str = ""
    field: str = ""
    context: str = ""

    @property
    def is_placed(self) -> bool:
        """Return whether it is at a text of the plan."""
        return bool(self.record)

    def told(self, by: Reviser, comment: str) -> Proposal:
        """Return what is told there of what somebody did, which changes no text by itself."""
        return Proposal(
            AmendmentKind.COMMENT,
            by,
            self.record,
            self.field,
            comment=comment,
            context=self.context,
            is_placed=self.is_placed,
        )


def rejections(pieces: Iterable[Piece], where: Where) -> Iterator[Proposal]:
    """Tell what one person put in and somebody took out again."""
    for by, whose, words in rejected_words(pieces):
        said = f"Takes out what {whose.author or 'somebody'} put in: “{clean(words)}”"
        yield where.told(by, said)._replace(is_taken_back=by.author == whose.author)


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


class Stretch(NamedTuple):
    """Words of a returned file that had one fate."""

    words: str
    fate: Said
    why: str
    """What they were taken for: a text of the plan by record and field, or in a few words."""
    page: int
    """Counted from 1; 0 where that is not known."""
    heading: str
    place: str
    """``table``, ``note``, ``box``, ``header``, ``comment``; empty for the running text."""


class ReadDecision(NamedTuple):
    """What a file says of an amendment that it prints."""

    amendment: str
    outcome: str
    """``open``, ``accepted``, ``rejected``, ``partly`` or ``unclear``."""
    said: str
    """What that did to the plan, or why nothing was put on record; empty where there is nothing to say."""
    is_written: bool
    """Whether it was put on record, or would be."""


class Pulled(NamedTuple):
    """What one returned file came to."""

    file: str
    """Its name, as a person gave it."""
    path: str
    """The file of amendments, inside the project."""
    version: str
    """The version it was made from; empty where that is not known."""
    new: tuple[Amendment, ...]
    """The amendments that were added, or would be."""
    known: int
    """How many were there already."""
    formatting: int
    """How many changes of looks alone were passed over."""
    balance: Balance
    """How many characters were read, and what became of them."""
    diagnostics: tuple[Diagnostic, ...]
    stretches: tuple[Stretch, ...] = ()
    """What became of every stretch of the file, in its order, where that was asked for."""
    decisions: tuple[ReadDecision, ...] = ()
    """What it says of the amendments that it prints."""
