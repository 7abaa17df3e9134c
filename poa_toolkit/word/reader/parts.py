"""The parts of a Word file and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.archive.parts import LinkedParts
from poa_toolkit.archive.untrusted import WORD, UnsafePartError, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_BODY = "word/document.xml"


class Parts(LinkedParts):
    """A Word file, its text and what that is linked to."""

    def __init__(self, file: bytes) -> None:
        """Find the part with the text. Raises UnsafePartError for what is no Word file."""
        super().__init__(file, WORD)
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

    def passed_over(self) -> Iterator[str]:
        """Return what the file holds beside its text that is not read."""
        yield from self.beside(self.links)
        for link in self.links:
            if link.kind == "settings" and not link.is_external:
                for each in self.links_of(link.target):
                    if each.is_external:
                        yield f"a link to another file ({each.kind})"
