"""The parts of an office file of others and the links between them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.archive.untrusted import Package, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.archive.untrusted import Program

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MODIFIED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_HARMLESS = "hyperlink"
"""A link to a page is text; nothing goes there."""


class Link(NamedTuple):
    """A relationship of a part: its id, its kind, to which other part or address it leads."""

    id: str
    kind: str
    target: str
    is_external: bool


class LinkedParts:
    """An office file and what its parts are linked to."""

    def __init__(self, file: bytes, program: Program) -> None:
        """Look at the list of parts. Raises UnsafePartError for what is no such file, or too large."""
        self.package = Package(file, program)

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

    @property
    def modified_by(self) -> str:
        """Return who saved the file last; empty where it does not say."""
        for link in self.links_of(""):
            if link.kind == "core-properties" and not link.is_external:
                content = self.package.part(link.target)
                found = None if content is None else tree(link.target, content).find(_MODIFIED_BY)
                return "" if found is None else (found.text or "").strip()
        return ""

    def beside(self, links: Iterable[Link]) -> Iterator[str]:
        """Return what the file holds that is not read, whatever links its text has."""
        names = [name.lower() for name in self.package.names]
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            yield "macros"
        if any("/embeddings/" in name for name in names):
            yield "embedded files"
        if any("/activex/" in name for name in names):
            yield "ActiveX controls"
        outside = {each.kind for each in links if each.is_external and each.kind != _HARMLESS}
        for external in sorted(outside):
            yield f"a link to another file ({external})"
