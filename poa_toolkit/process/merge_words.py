"""Three versions of one text to the text that holds what both sides changed, where nobody can doubt it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from poa_toolkit.diff.change import Edit
from poa_toolkit.diff.words import segments
from poa_toolkit.text import brackets
from poa_toolkit.text.words import tokens


class _Stretch(NamedTuple):
    """What one side put in the place of the characters of the base from `start` to before `end`."""

    start: int
    end: int
    text: str


def merge_words(base: str, ours: str, theirs: str) -> str | None:
    """Give the text with the changes of both sides, or None where they may concern each other.

    They may where both touch the same words, or words with no unchanged word between them, and where
    the brackets of the result would not pair though those of all three versions do.
    """
    mine, yours = _stretches(base, ours), _stretches(base, theirs)
    every = sorted({*mine, *yours})
    for one, other in pairwise(every):
        is_one_side = any(one in side and other in side for side in (mine, yours))
        if not is_one_side and not _has_word(base, one.end, other.start):
            return None
    parts: list[str] = []
    at = 0
    for each in every:
        parts += (base[at : each.start], each.text)
        at = each.end
    merged = "".join((*parts, base[at:]))
    return merged if _pairs(merged) or not all(map(_pairs, (base, ours, theirs))) else None


def _stretches(old: str, new: str) -> list[_Stretch]:
    """Give what changed, by places of the old text, in reading order."""
    found: list[_Stretch] = []
    at = 0
    for segment in segments(old, new):
        match segment.edit:
            case Edit.SAME:
                at += len(segment.text)
            case Edit.DELETED:
                found.append(_Stretch(at, at + len(segment.text), ""))
                at += len(segment.text)
            case Edit.INSERTED if found and found[-1].end == at and not found[-1].text:
                found[-1] = found[-1]._replace(text=segment.text)
            case Edit.INSERTED:
                found.append(_Stretch(at, at, segment.text))
    return found


def _has_word(text: str, start: int, end: int) -> bool:
    return start < end and any(any(each.isalnum() for each in token) for token in tokens(text[start:end]))


def _pairs(text: str) -> bool:
    try:
        brackets.parse(text)
    except brackets.BracketError:
        return False
    return True
