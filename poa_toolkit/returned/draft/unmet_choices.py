"""What a person decided about a draft that fits nothing in it: told with what would fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.returned.draft.choices import ACTIONS, POINTS, SECTIONS, STYLE, Choices, is_action, is_point
from poa_toolkit.returned.draft.contents_list import contents
from poa_toolkit.returned.draft.headings import headings
from poa_toolkit.returned.draft.outline import Form
from poa_toolkit.returned.draft.words import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from poa_toolkit.returned.draft.blocks import Block
    from poa_toolkit.returned.draft.outline import Line

_MANY = 12
"""How many styles or tables are named in a message."""


class _Option(NamedTuple):
    name: str
    wanted: tuple[str, ...]
    known: tuple[str, ...]
    """What may be said there, beside styles."""
    fits: Callable[[tuple[str, ...]], bool]
    """Whether what is named fits any paragraph."""


def unmet(body: Sequence[Block], found: Sequence[Line], choices: Choices, *, styles: Iterable[str]) -> str:
    """Say which choice fits no paragraph of the running text, and what would; empty where all fit.

    `body` is the running text and `found` what it was read as; `styles` are the names of its styles as Word
    shows them. A style must be there; of levels, looks and lists one of those that are named.
    """
    if not any((choices.sections_at, choices.actions_are, choices.points_are)):
        return ""
    for option in _options(body, found, choices):
        strange = [each for each in option.wanted if each.startswith(STYLE) and not option.fits((each,))]
        if not strange and option.wanted and not option.fits(option.wanted):
            strange = list(option.wanted)
        if strange:
            named = ", ".join(f'"{each}"' for each in strange)
            return f"{option.name}: no paragraph of the draft fits {named}; {_fitting(option, styles)}"
    return ""


def _options(body: Sequence[Block], found: Sequence[Line], choices: Choices) -> tuple[_Option, ...]:
    made = contents(body)
    written = [each for index, each in enumerate(body) if index not in made and each.text]
    texts = [each for each in found if each.form in (Form.ITEM, Form.PLAIN)]
    return (
        _Option(
            "--sections-at",
            choices.sections_at,
            SECTIONS,
            lambda wanted: bool(headings(written, Choices(sections_at=wanted))),
        ),
        _Option(
            "--actions-are",
            choices.actions_are,
            ACTIONS,
            lambda wanted: any(is_action(each.block, each.mark, wanted) for each in texts),
        ),
        _Option(
            "--points-are",
            choices.points_are,
            POINTS,
            lambda wanted: "none" in wanted or any(is_point(each.block, each.mark, wanted) for each in texts),
        ),
    )


def _fitting(option: _Option, styles: Iterable[str]) -> str:
    """Say what would fit: levels and looks, then the styles of the draft."""
    looks = [each for each in option.known if option.fits((each,))]
    named = {folded(each): each for each in styles if each}
    quoted = [f'"style {name}"' for key, name in named.items() if option.fits((STYLE + key,))]
    more = ["…"] if len(quoted) > _MANY else []
    fitting = [*looks, *quoted[:_MANY], *more]
    return f"these would: {', '.join(fitting)}" if fitting else "nothing would"


def unread(chosen: Sequence[str], tables: Sequence[tuple[int, int]]) -> str:
    """Say that --columns fits no table; `tables` are the number of each and of its columns."""
    counted = [f"table {number} has {columns}" for number, columns in tables]
    more = ["…"] if len(counted) > _MANY else []
    has = ", ".join([*counted[:_MANY], *more]) or "the draft has no table"
    return f"--columns names {len(chosen)} columns, and {has}"
