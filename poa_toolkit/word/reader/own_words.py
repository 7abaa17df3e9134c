"""The words that a template prints of its own, round the tags that the plan fills."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.archive import untrusted
from poa_toolkit.returned.word_file import graphic_line
from poa_toolkit.word.reader.file import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_PART = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class OwnLine(NamedTuple):
    """A paragraph without a tag."""

    words: str
    """What Word computes is left out."""
    kind: str
    """That of its place: ``note``, ``header``; empty for the running text."""
    has_pages: bool
    """Whether Word computes something in it."""


class OwnWords(NamedTuple):
    """What a template prints of its own."""

    lines: tuple[OwnLine, ...] = ()
    """The paragraphs without a tag."""
    parts: frozenset[str] = frozenset()
    """The words between the tags of all others."""
    graphics: tuple[str, ...] = ()
    """Its pictures and their like, as `graphic_line` names them."""


def own_words(template: bytes) -> OwnWords:
    """Return the words of a template. Raises UnsafePartError for what is no Word file."""
    lines: list[OwnLine] = []
    parts: set[str] = set()
    for line in _paragraphs(untrusted.parts(template)):
        found = [each.strip() for each in _TAG.split(line.words)]
        if len(found) == 1:
            lines.append(line)
        parts.update(filter(None, found))
    return OwnWords(tuple(lines), frozenset(parts), tuple(_graphics(template)))


def _graphics(template: bytes) -> Iterator[str]:
    parts = untrusted.parts(template)
    if any(mark in parts[name] for name in parts if _PART.fullmatch(name) for mark in _DRAWN):
        for paragraph in read(template).paragraphs:
            yield from map(graphic_line, paragraph.graphics)


_DRAWN = (b":drawing", b":pict", b":object")


def _paragraphs(parts: dict[str, bytes]) -> Iterator[OwnLine]:
    for name, content in parts.items():
        if not _PART.fullmatch(name):
            continue
        kind = "header" if "header" in name or "footer" in name else "note" if "notes" in name else ""
        for paragraph in untrusted.tree(name, content).iter("{*}p"):
            has_pages = next(paragraph.iter("{*}fldSimple", "{*}fldChar"), None) is not None
            yield OwnLine("".join(_text_parts(paragraph)), kind, has_pages)


def _text_parts(paragraph: etree._Element) -> Iterator[str]:
    for each in paragraph.iter("{*}t", "{*}tab"):
        is_computed = any(str(above.tag).endswith("}fldSimple") for above in each.iterancestors())
        if not is_computed and not str(each.getparent().tag).endswith("}tabs"):
            yield " " if str(each.tag).endswith("}tab") else each.text or ""
