"""What returned files came to: the amendments that were added, and what was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model import Amendment


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
    diagnostics: tuple[Diagnostic, ...]
