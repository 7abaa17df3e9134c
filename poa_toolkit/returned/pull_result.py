"""What returned files came to: the amendments that were added, and what was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.ledger import Said

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model import Amendment
    from poa_toolkit.returned.ledger import Balance


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
