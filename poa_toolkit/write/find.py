"""Where words were found, as JSON for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.search import Among
from poa_toolkit.write.findings import Place, place
from poa_toolkit.write.json_text import as_json, like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit import search
    from poa_toolkit.diagnostic import Location


class _Words(NamedTuple):
    start: int
    end: int


class _Found(NamedTuple):
    among: Among
    record: str
    field: str
    number: str
    text: str
    words: tuple[_Words, ...]
    at_: Place
    used_by: tuple[str, ...]
    to: str


class FoundWords(NamedTuple):
    """What `poa find --format json` prints.

    `words` are places in `text`, in characters from 0; line and column, from 1, are those of the first of
    them.
    """

    sought: str
    found: tuple[_Found, ...]


def to_json(sought: str, hits: Sequence[search.Found], places: Sequence[Location]) -> str:
    """Print what was found as schema/find.schema.json describes it."""
    found = (
        like(_Found, hit, words=tuple(_Words(*each) for each in hit.places), at_=place(at))
        for hit, at in zip(hits, places, strict=True)
    )
    return as_json(FoundWords(sought, tuple(found)))
