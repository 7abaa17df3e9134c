"""Stretches of a text replaced, the last first, so that no replacement moves another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Replacement(NamedTuple):
    """Put `text` in the place of what stands from `start` to before `end`.

    Both count characters of the decoded text, a byte order mark left out; equal, they insert.
    """

    start: int
    end: int
    text: str


def apply(text: str, replacements: Iterable[Replacement]) -> str:
    """Return `text` with every replacement made; insertions at one place stand in the order given.

    Raises ValueError where two replacements overlap or one leaves the text.
    """
    ordered = sorted(replacements, key=lambda each: (each.start, each.end))
    parts: list[str] = []
    at = 0
    for each in ordered:
        if not at <= each.start <= each.end <= len(text):
            raise ValueError(
                f"a replacement of {each.start} to {each.end} overlaps another or leaves the text"
            )
        parts += (text[at : each.start], each.text)
        at = each.end
    return "".join((*parts, text[at:]))
