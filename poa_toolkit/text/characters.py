"""Characters that have no business in a plan, and those that deserve a second look."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, line separators, bidirectional overrides, non-characters, lone surrogates."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
"""Characters that nobody sees: soft hyphens, zero-width spaces and joiners, tags.

U+200E and U+200F (left-to-right and right-to-left marks) are fine: Arabic and Hebrew need them.
"""

_ISOLATES = re.compile("[\u2066-\u2069]")
_POP = "\u2069"


def name(character: str) -> str:
    """Name a character for a person: ``U+200B (ZERO WIDTH SPACE)``."""
    known = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({known})" if known else "")


def is_nfc(text: str) -> bool:
    """Return whether `text` is in Unicode's composed form, as every text of a plan must be."""
    return unicodedata.is_normalized("NFC", text)


def first_not_composed(text: str) -> tuple[int, int] | None:
    """Return the place of the first letter that is not in Unicode's composed form; None where all are.

    What is part of a composed text is composed, so that the place can be looked for by halves.
    """
    if is_nfc(text):
        return None
    end = bisect_left(range(len(text) + 1), 1, key=lambda last: not is_nfc(text[:last]))
    start = end - bisect_left(range(end + 1), 1, key=lambda count: not is_nfc(text[end - count : end]))
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def unpaired_isolate(text: str) -> int | None:
    """Return the place of the first directional isolate without its partner; None if all pair."""
    return unpaired(text, _ISOLATES, _POP)


def unpaired(text: str, marks: re.Pattern[str], closing: str) -> int | None:
    """Return the place of the first of `marks` without its partner; all but `closing` open a pair."""
    opened: list[int] = []
    for match in marks.finditer(text):
        if match.group() != closing:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            return match.start()
    return opened[0] if opened else None
