"""Counts in words, as every report says them."""

from __future__ import annotations


def many(count: int, noun: str) -> str:
    """Count things in words: ``1 amendment``, ``2 amendments``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def counted(count: int, forms: tuple[str, str]) -> str:
    """Count things by their words for one and for several: ``1 organization``, ``2 organizations``."""
    return f"{count} {forms[count != 1]}"


def shortened(text: str, most: int) -> str:
    """Give a text of at most `most` characters, the last an ellipsis where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
