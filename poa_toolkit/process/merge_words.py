"""Three versions of one text to the text that holds what both sides changed, where nobody can doubt it."""

from __future__ import annotations

from itertools import pairwise

from poa_toolkit.process.revisions import applied, edits_between
from poa_toolkit.text import brackets
from poa_toolkit.text.words import tokens


def merge_words(base: str, ours: str, theirs: str) -> str | None:
    """Give the text with the changes of both sides, or None where they may concern each other.

    They may where both touch the same words, or words with no unchanged word between them, and where
    the brackets of the result would not pair though those of all three versions do.
    """
    mine, yours = edits_between(base, ours), edits_between(base, theirs)
    every = sorted({*mine, *yours})
    for one, other in pairwise(every):
        is_one_side = any(one in side and other in side for side in (mine, yours))
        if not is_one_side and not _has_word(base, one.offset + len(one.deleted), other.offset):
            return None
    merged = applied(base, every)
    return merged if _pairs(merged) or not all(map(_pairs, (base, ours, theirs))) else None


def _has_word(text: str, start: int, end: int) -> bool:
    return start < end and any(any(each.isalnum() for each in token) for token in tokens(text[start:end]))


def _pairs(text: str) -> bool:
    try:
        brackets.parse(text)
    except brackets.BracketError:
        return False
    return True
