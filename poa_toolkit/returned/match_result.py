"""What a returned file was matched with: where each text of the plan stands, and what stands in none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.own_revisions import Makers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.returned.anchors import Lines
    from poa_toolkit.returned.missing_lines import Missing
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Piece, Reviser


class TooMuchError(Exception):
    """A file has more to say than any that could have been made from the plan."""


class Origin(StrEnum):
    """What a paragraph is that holds no text of the plan."""

    NEW = "new"
    """Somebody wrote it."""
    CHANGED = "changed"
    """The toolkit printed it, and somebody changed it: a line under an action, a cell, a header."""


class Loose(NamedTuple):
    """A paragraph that holds no text of the plan and that somebody wrote or changed."""

    paragraph: int
    origin: Origin
    pieces: tuple[Piece, ...]
    after: Key | None
    """The text of the plan above it; None before the first and in the annexes."""
    by: Reviser | None = None
    """Who made it, where that is known otherwise than by its pieces: who split it off, or moved it."""
    original: str = ""
    """The line it was made of, where that was changed without tracking."""


class Hidden(NamedTuple):
    """Words that nobody sees in the file."""

    paragraph: int
    key: Key | None
    pieces: tuple[Piece, ...]
    is_new: bool = True
    """Whether somebody put them in so; else they are words of the text."""


@dataclass
class Match:
    """Where every text of the plan stands in a returned file, and all else that somebody wrote there."""

    texts: dict[Key, list[Piece]] = field(default_factory=dict)
    at: dict[Key, int] = field(default_factory=dict)
    """The paragraph in which each text begins."""
    keys: dict[int, list[Key]] = field(default_factory=dict)
    """The texts that stand in each paragraph."""
    above: dict[int, Key] = field(default_factory=dict)
    """The text under which each other paragraph stands."""
    under: list[Key | None] = field(default_factory=list)
    """The text below which each paragraph stands, or that calls the note it stands in."""
    joined: dict[Key, Reviser] = field(default_factory=dict)
    """The texts that were joined to the one above, and by whom."""
    relocated: dict[Key, Reviser] = field(default_factory=dict)
    """The texts that were taken out at one place and put in at another, and by whom."""
    came: dict[str, list[str]] = field(default_factory=dict)
    """The lines that were put in again under a text that was moved, as they were printed, by its record."""
    loose: list[Loose] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    by_likeness: dict[Key, float] = field(default_factory=dict)
    anchored: int = 0
    """How many texts were found by a control or a bookmark."""
    copies: list[Key] = field(default_factory=list)
    """The texts whose control stands in the file twice."""
    unlike: list[str] = field(default_factory=list)
    """Lines that are only like one that the version printed which is most like the file."""
    left: dict[int, Key] = field(default_factory=dict)
    """The paragraphs from which a text was taken to stand elsewhere, each with that text."""
    went: set[int] = field(default_factory=set)
    """The paragraphs that were moved with a text, at both ends."""
    graphics: Counter[str] = field(default_factory=Counter)
    """The pictures and their like that were printed, as `graphic_line` names them."""
    missing: Missing | None = None
    """The printed lines that are not there any more; None where it is not known what was printed."""


class Known(NamedTuple):
    """What is known of the version that a file was made from."""

    texts: Mapping[Key, Printed]
    lines: Lines | None = None
    """The other lines it printed; None where that is not known."""
    makers: Makers = Makers()
    """Under which names, and when, the toolkit itself revises a document."""
    past: frozenset[str] = frozenset()
    """What the older version of a redline said, squeezed."""
    is_exact: bool = True
    """Whether it is that version; else it is the one most like it, and like lines may differ."""
