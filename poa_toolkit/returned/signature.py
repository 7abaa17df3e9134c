"""How the toolkit signs what it puts into a Word file: tags of controls, names of bookmarks, who and when."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

TOOLKIT = "poa-toolkit"
"""Who the toolkit says that it is, where a file names its author."""
LONGEST_BOOKMARK = 40
"""Word cuts a longer name of a bookmark."""

UNDATED = "T00:00:00Z"
"""The moment of a revision of ours whose day the file does not say."""

PLAN = "plan"
"""What stands for the record of what plan.yaml says of the whole."""

BETWEEN = "\N{NO-BREAK SPACE}\N{MIDDLE DOT} "
"""What parts the facts in a line under an action; no line begins with it."""
PARTED = re.compile(r"\s\N{MIDDLE DOT}\s")
"""The same as files may have it: older ones, and some programs, know no space that does not break."""

_TAG, _BOOKMARK = "poa:", "poa_"
_TAGS_KEPT = 1 << 14
"""Of how many tags the record and field are kept: a file asks for those of each of its pieces many times."""
_NO_WORD = re.compile(r"\W", re.ASCII)


def tag(record: str, field: str) -> str:
    """Name the control round a text: ``poa:A-007:text``."""
    return f"{_TAG}{record}:{field}"


def is_tag(tag: str) -> bool:
    """Return whether a control is one of ours by its tag."""
    return tag.startswith(_TAG)


@lru_cache(maxsize=_TAGS_KEPT)
def key(tag: str) -> tuple[str, str]:
    """Return the record and the field that the tag of a control names; empty texts for a tag of others."""
    record, _, field = tag.removeprefix(_TAG).partition(":") if is_tag(tag) else ("", "", "")
    return record, field


def bookmark(*parts: str) -> str:
    """Name a bookmark, uncut and perhaps not alone: ``A-007``, ``text`` → ``poa_A_007_text``."""
    return _NO_WORD.sub("_", _BOOKMARK + "_".join(parts))


def is_bookmark(name: str) -> bool:
    """Return whether a bookmark is one of ours by its name."""
    return name.startswith(_BOOKMARK)


def moment(when: date) -> str:
    """Return the moment that the toolkit writes for a day; a person's work is never so exact.

    That of a moment is its minute, for Word keeps no seconds.
    """
    if isinstance(when, datetime):
        return f"{when.isoformat(timespec='minutes')}:00Z"
    return f"{when.isoformat()}{UNDATED}"


def is_moment(at: str) -> bool:
    """Return whether a moment is one that the toolkit writes."""
    return at.endswith(UNDATED)
