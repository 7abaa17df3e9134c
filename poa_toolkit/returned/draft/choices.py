"""What a person may decide about a draft in place of its looks: what sections, actions and points are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.list_marks import Kind
from poa_toolkit.returned.draft.words import FIELDS, asks, folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.list_marks import Mark

_LISTED = {
    "numbered": (Kind.DECIMAL, Kind.ARTICLE, Kind.CIRCLED, Kind.BRACKETED_IDEOGRAPH),
    "lettered": (Kind.LETTER, Kind.LOWER_ROMAN, Kind.UPPER_LETTER),
    "bulleted": (Kind.BULLET,),
}
STYLE = "style "
"""What stands before the name of a style."""
LOOKS: Mapping[str, tuple[Kind, ...]] = {
    "roman": (Kind.UPPER_ROMAN,),
    "letters": (Kind.UPPER_LETTER,),
    "numbers": (Kind.DECIMAL, Kind.IDEOGRAPH, Kind.BRACKETED_IDEOGRAPH),
    "articles": (Kind.ARTICLE,),
    "parts": (Kind.DIVISION,),
}
"""The marks that a heading without a style may have, by the word that chooses them."""
PLAIN_LOOKS = ("capitals", "bold")
_DEEPEST = 9
SECTIONS = (*map(str, range(1, _DEEPEST + 1)), *LOOKS, *PLAIN_LOOKS)
"""What sections may begin at, beside styles."""
ACTIONS = (*_LISTED, "plain", "asking")
"""What actions may be, beside styles."""
POINTS = (*_LISTED, "none")
"""What points may be, beside styles."""
SKIPPED = "-"
"""A column of a table that fills no field."""


class Choices(NamedTuple):
    """What a person decided; where nothing is, the looks of the draft decide."""

    sections_at: tuple[str, ...] = ()
    """Levels of headings (``1``), looks (``roman``, ``capitals``) and styles (``style Heading 2``)."""
    actions_are: tuple[str, ...] = ()
    """``numbered``, ``lettered``, ``bulleted``, ``plain``, ``asking``, ``style NAME``."""
    points_are: tuple[str, ...] = ()
    """``numbered``, ``lettered``, ``bulleted``, ``none``, ``style NAME``."""
    columns: tuple[str, ...] = ()
    """What the columns of tables are, from the left."""


NO_CHOICES = Choices()
"""Where the looks of the draft decide."""


def sections_at(text: str) -> tuple[str, ...]:
    """Read what sections begin at. Raises ValueError, worded for the person, for anything else."""
    found: list[str] = []
    for each in _parts(text):
        first, found_range, last = each.partition("-")
        if found_range and first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) <= _DEEPEST:
            found += [str(level) for level in range(int(first), int(last) + 1)]
        else:
            found.append(each)
    return _known(found, SECTIONS, "a level from 1 to 9")


def actions_are(text: str) -> tuple[str, ...]:
    """Read what actions are. Raises ValueError, worded for the person."""
    return _known(_parts(text), ACTIONS, "")


def points_are(text: str) -> tuple[str, ...]:
    """Read what points are. Raises ValueError, worded for the person."""
    return _known(_parts(text), POINTS, "")


def columns(text: str) -> tuple[str, ...]:
    """Read what the columns of tables are. Raises ValueError, worded for the person."""
    found = tuple(each.strip().lower() for each in text.split(","))
    strange = next((each for each in found if each not in (*FIELDS, SKIPPED)), None)
    if strange is not None:
        message = f'"{strange}" is no column; use {", ".join(FIELDS)}, or - for one that is left out'
        raise ValueError(message)
    if "action" not in found:
        message = "one of the columns must be the action"
        raise ValueError(message)
    return found


def _parts(text: str) -> list[str]:
    return [folded(each) for each in text.split(",") if each.strip()]


def _known(found: list[str], known: tuple[str, ...], more: str) -> tuple[str, ...]:
    strange = next((each for each in found if each not in known and not each.startswith(STYLE)), None)
    if strange is not None or not found:
        words = [each for each in known if not each.isdigit()]
        allowed = ", ".join(filter(None, (more, *words, "style NAME")))
        message = f'"{strange or ""}" is not known here; use {allowed}'
        raise ValueError(message)
    return tuple(found)


def has_style(block: Block, wanted: tuple[str, ...]) -> bool:
    """Return whether a block has one of the styles that are named."""
    return any(each == STYLE + folded(block.style) for each in wanted)


def is_listed(mark: Mark | None, wanted: tuple[str, ...]) -> bool:
    """Return whether a paragraph is numbered in one of the ways named; without a mark it is plain."""
    if mark is None:
        return "plain" in wanted
    return any(mark.kind in _LISTED.get(each, ()) for each in wanted)


def is_action(block: Block, mark: Mark | None, wanted: tuple[str, ...]) -> bool:
    """Return whether a person said that such paragraphs are actions; the block is without its number."""
    is_asking = "asking" in wanted and asks(block.text)
    return is_asking or has_style(block, wanted) or is_listed(mark, wanted)


def is_point(block: Block, mark: Mark | None, wanted: tuple[str, ...]) -> bool:
    """Return whether a person said that such paragraphs are points."""
    return has_style(block, wanted) or (mark is not None and is_listed(mark, wanted))
