"""Where the files of a plan name a record: its own id, links to it, citations, holders of brackets."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from poa_toolkit.diagnostic import Pointer


class Form(Enum):
    """How a value names a record."""

    ID = auto()
    """It is the id."""
    CITATION = auto()
    """It is the id of an instrument, a space and a reference."""
    LINK = auto()
    """It is either."""
    TEXT = auto()
    """It is a text in whose brackets the id may be that of a holder."""


_EACH = "*"

PLACES: dict[str, tuple[tuple[str, Form], ...]] = {
    "plan": (
        ("stage", Form.ID),
        ("stages.*.id", Form.ID),
        ("front.*.id", Form.ID),
        ("front.*.text", Form.TEXT),
        ("introduction.*.id", Form.ID),
        ("introduction.*.text", Form.TEXT),
        ("conference.organisers.*", Form.ID),
    ),
    "section": (
        ("id", Form.ID),
        ("chapeau.*.id", Form.ID),
        ("chapeau.*.text", Form.TEXT),
        ("actions.*.id", Form.ID),
        ("actions.*.text", Form.TEXT),
        ("actions.*.points.*.text", Form.TEXT),
        ("actions.*.addressees.*", Form.ID),
        ("actions.*.recommendations.*", Form.ID),
        ("actions.*.provisions.*", Form.CITATION),
        ("actions.*.from.*", Form.ID),
    ),
    "recommendations": (
        ("consultation.id", Form.ID),
        ("mechanism.id", Form.ID),
        ("recommendations.*.id", Form.ID),
        ("recommendations.*.obligations.*", Form.ID),
    ),
    "instruments": (
        ("instruments.*.id", Form.ID),
        ("instruments.*.interprets", Form.ID),
        ("instruments.*.provisions.*.obligations.*", Form.ID),
    ),
    "actors": (("actors.*.id", Form.ID),),
    "participants": (("participants.*.id", Form.ID), ("participants.*.meetings.*", Form.ID)),
    "obligations": (
        ("obligations.*.id", Form.ID),
        ("obligations.*.anchor.*", Form.CITATION),
        ("parts.*.id", Form.ID),
    ),
    "amendments": (
        ("amendments.*.record", Form.ID),
        ("amendments.*.section", Form.ID),
        ("amendments.*.after", Form.ID),
    ),
    "reviews": (("reviews.*.record", Form.ID), ("reviews.*.links.*.to", Form.LINK)),
    "endorsements": (("endorsements.*.participant", Form.ID),),
    "settings": (("waivers.*.record", Form.ID),),
}
"""By kind of file: every place that can name a record; `*` stands for each item of a list.

Points have ids of their action alone, names of baselines are frozen with them, and the words of an
amendment stay those of its proposer: none of these is here.
"""


def renamed(kind: str, value: Any, old: str, new: str, *, holders: AbstractSet[str]) -> dict[Pointer, str]:  # noqa: ANN401
    """Give the new value of every place in a file's data that names `old`, by pointer."""
    found: dict[Pointer, str] = {}
    for pattern, form in PLACES.get(kind, ()):
        if form is Form.TEXT and old.lower() not in holders:
            continue
        for at, each in _at(value, tuple(pattern.split(".")), ()):
            after = _named(each, form, old, new)
            if after != each:
                found[at] = after
    return found


def _named(value: str, form: Form, old: str, new: str) -> str:
    if form is Form.TEXT:
        return _holder(value, old, new)
    if value == old and form is not Form.CITATION:
        return new
    if form is not Form.ID and value.startswith(f"{old} "):
        return new + value.removeprefix(old)
    return value


def _holder(text: str, old: str, new: str) -> str:
    """Rename the holder of brackets; an escaped bracket has none."""
    pattern = rf"(?P<literal>\\[\[\]|\\])|\[{re.escape(old)}(?=: )"
    return re.sub(pattern, lambda match: match["literal"] or f"[{new}", text, flags=re.IGNORECASE)


def _at(value: Any, steps: tuple[str, ...], at: Pointer) -> Iterator[tuple[Pointer, str]]:  # noqa: ANN401
    """Give every text that a pattern leads to; what has another shape is passed over."""
    if not steps:
        if isinstance(value, str):
            yield at, value
    elif steps[0] == _EACH:
        for index, each in enumerate(value if isinstance(value, list) else ()):
            yield from _at(each, steps[1:], (*at, index))
    elif isinstance(value, dict) and steps[0] in value:
        yield from _at(value[steps[0]], steps[1:], (*at, steps[0]))
