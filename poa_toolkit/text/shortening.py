"""Texts cut to the length that a message has room for."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """Give a text of at most `most` characters, the last an ellipsis where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
