"""Names of files that not every system can have, or can tell apart."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from poa_toolkit.diagnostic import Diagnostic, Location, Severity
from poa_toolkit.text.valid_names import unportable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def faults(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Say of each path, in their order, why a person on another system could not check it out."""
    first: dict[str, str] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        if why := unportable(name):
            message = f"Windows can have no file called so: {why}"
            yield _told(path, message, "rename it in letters, digits and hyphens")
        other = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            message = f"macOS and Windows cannot tell its name from that of {other}"
            yield _told(path, message, "rename one of the two")


def _told(path: str, message: str, cure: str) -> Diagnostic:
    return Diagnostic("POA015", Severity.WARNING, message, Location(path), cure)
