"""The known word that a misspelt one most likely means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give a cure that names the known word nearest to `word`, or an empty text."""
    import difflib  # noqa: PLC0415 - only a plan with a fault pays for it

    near = difflib.get_close_matches(word, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else ""
