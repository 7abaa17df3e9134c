"""The words that a template prints of its own, round the tags that the plan fills."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.word import untrusted

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def own_words(template: bytes) -> frozenset[str]:
    """Give the words between the tags of each paragraph. Raises UnsafePartError for what is no Word file."""
    return frozenset(_own_words(untrusted.parts(template)))


def _own_words(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if not _PART.fullmatch(name):
            continue
        for paragraph in untrusted.tree(name, content).iter("{*}p"):
            text = "".join(each.text or "" for each in paragraph.iter("{*}t"))
            yield from filter(None, map(str.strip, _TAG.split(text)))
