"""Counts in words, as every report says them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def many(count: int, noun: str) -> str:
    """Count things in words: ``1 amendment``, ``2 amendments``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def counted(count: int, forms: tuple[str, str]) -> str:
    """Count things by their words for one and for several: ``1 organization``, ``2 organizations``."""
    return f"{count} {forms[count != 1]}"


def listed_up_to(most: int, names: Collection[str]) -> str:
    """List names, of many the first: ``A-001, A-002 and 3 more``."""
    left = len(names) - most
    return ", ".join(islice(names, most)) + (f" and {left} more" if left > 0 else "")


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters, the last an ellipsis where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
