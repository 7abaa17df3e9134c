"""The parts of a Word file and the links between them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.word.untrusted import Package, UnsafePartError, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MODIFIED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_BODY = "word/document.xml"
_HARMLESS = "hyperlink"
"""A link to a page is text; nothing goes there."""


class Link(NamedTuple):
    """A relationship of a part: its id, its kind, to which other part or address it leads."""

    id: str
    kind: str
    target: str
    is_external: bool


class Parts:
    """A Word file, its text and what that is linked to."""

    def __init__(self, file: bytes) -> None:
        """Find the part with the text. Raises UnsafePartError for what is no Word file."""
        self.package = Package(file)
        self.body = self._body()
        content = self.package.part(self.body)
        if content is None:
            raise UnsafePartError(f"{self.body}: the part is not there; this is no Word document")
        self.content = content
        self.links = tuple(self.links_of(self.body))

    def _body(self) -> str:
        if not self.package.names:
            raise UnsafePartError("the file has no parts")
        for link in self.links_of(""):
            if link.kind == "officeDocument":
                if link.is_external:
                    raise UnsafePartError(
                        "_rels/.rels: the text is said to lie outside the file; it is not fetched"
                    )
                if not link.target.endswith(".xml"):
                    raise UnsafePartError(f"{link.target}: this is no text of Word's")
                return link.target
        return _BODY

    def links_of(self, part: str) -> Iterator[Link]:
        """Return the relationships of a part, of the whole file for an empty name."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        content = self.package.part(where)
        if content is None:
            return
        for each in tree(where, content).iter(_RELATIONSHIP):
            is_external = each.get("TargetMode", "").lower() == "external"
            target = each.get("Target", "")
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield Link(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target, is_external)

    def stories(self, *kinds: str) -> Iterator[tuple[str, str, bytes]]:
        """Return the kind, name and content of the parts that the text is linked to, each once."""
        seen = set()
        for link in self.links:
            content = self.package.part(link.target) if link.kind in kinds and not link.is_external else None
            if content is not None and link.target not in seen:
                seen.add(link.target)
                yield link.kind, link.target, content

    def linked(self, kind: str) -> tuple[str, etree._Element] | None:
        """Read the part of that kind that the text is linked to; None where there is none."""
        found = next(self.stories(kind), None)
        return None if found is None else (found[1], tree(found[1], found[2]))

    @property
    def modified_by(self) -> str:
        """Return who saved the file last; empty where it does not say."""
        for link in self.links_of(""):
            if link.kind == "core-properties" and not link.is_external:
                content = self.package.part(link.target)
                found = None if content is None else tree(link.target, content).find(_MODIFIED_BY)
                return "" if found is None else (found.text or "").strip()
        return ""

    def passed_over(self) -> Iterator[str]:
        """Return what the file holds beside its text that is not read."""
        names = [name.lower() for name in self.package.names]
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            yield "macros"
        if any("/embeddings/" in name for name in names):
            yield "embedded files"
        if any("/activex/" in name for name in names):
            yield "ActiveX controls"
        outside = {each.kind for each in self.links if each.is_external and each.kind != _HARMLESS}
        for external in sorted(outside):
            yield f"a link to another file ({external})"
        for link in self.links:
            if link.kind == "settings" and not link.is_external:
                for each in self.links_of(link.target):
                    if each.is_external:
                        yield f"a link to another file ({each.kind})"
