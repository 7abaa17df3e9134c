"""A Word file as data: what it says in all its stories, who changed what, and what was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.archive.untrusted import UnsafePartError, tree
from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned import signature
from poa_toolkit.returned.word_file import Returned
from poa_toolkit.word import ooxml
from poa_toolkit.word.reader import drawings
from poa_toolkit.word.reader.comments import remarks
from poa_toolkit.word.reader.numbering import Numbering
from poa_toolkit.word.reader.parts import Parts
from poa_toolkit.word.reader.reading import Maker, Reading
from poa_toolkit.word.reader.stories import Stories
from poa_toolkit.word.reader.styles import Styles
from poa_toolkit.word.reader.xml_names import local
from poa_toolkit.word.revising import DELETED, INSERTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.returned.word_file import Record, WordComment

_STORIES = {"footnotes": "note", "endnotes": "note", "header": "header", "footer": "header"}
_MAKERS = {
    INSERTED: Maker(Reviser(signature.TOOLKIT, None, signature.UNDATED), is_deletion=False),
    DELETED: Maker(Reviser(signature.TOOLKIT, None, signature.UNDATED), is_deletion=True),
}


def read(file: bytes) -> Returned:
    """Read every story of a Word file: the body, notes, headers and footers, comments.

    Raises UnsafePartError, which names the part, for a file that cannot be read or is not safe to read.
    """
    parts = Parts(file)
    styles = Styles(_root(parts, "styles"))
    drawn = _Drawn(parts)
    record = _record(parts)
    numbering = Numbering(_root(parts, "numbering"), styles)
    reading = Reading(styles, numbering, drawn.words, _MAKERS, record.referred if record else {})
    stories = Stories(reading)
    stories.read(parts.body, parts.content)
    if not reading.paragraphs and local(tree(parts.body, parts.content)) != "document":
        raise UnsafePartError(f"{parts.body}: the part is not what its name says")
    for kind, name, content in parts.stories(*_STORIES):
        stories.read(name, content, _STORIES[kind])
    said = tuple(_remarks(parts, reading))
    return Returned(
        tuple(reading.paragraphs),
        said,
        record,
        reading.formatting,
        parts.modified_by,
        (*parts.passed_over(), *sorted(reading.foreign)),
        reading.length,
    )


def _root(parts: Parts, kind: str) -> etree._Element | None:
    found = parts.linked(kind)
    return None if found is None else found[1]


def _remarks(parts: Parts, reading: Reading) -> Iterator[WordComment]:
    found = parts.linked("comments")
    if found is not None:
        yield from remarks(reading, found, _root(parts, "commentsExtended"))


def _record(parts: Parts) -> Record | None:
    """Read what the file says was printed when it was made."""
    for _, name, content in parts.stories("customXml"):
        root = tree(name, content)
        if ooxml.is_record(root):
            return ooxml.record(root)
    return None


class _Drawn:
    """Reads the words of the charts and diagrams that a part shows."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._targets: dict[str, dict[str, str]] = {}
        self._words: dict[str, str] = {}

    def words(self, part: str, element: etree._Element) -> str:
        """Return the words of a chart or diagram that stands in a part."""
        if part not in self._targets:
            links = self._parts.links_of(part)
            self._targets[part] = {each.id: each.target for each in links if not each.is_external}
        for name in drawings.related(element):
            target = self._targets[part].get(name, "")
            if target not in self._words:
                content = self._parts.package.part(target)
                self._words[target] = "" if content is None else drawings.words(tree(target, content))
            if self._words[target]:
                return self._words[target]
        return ""
