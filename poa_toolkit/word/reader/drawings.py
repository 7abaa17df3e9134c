"""What stands in a paragraph and is no text of its own: pictures, charts, diagrams, objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.word.reader.xml_names import NAMES, attribute, local, properties_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_RELATED = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_LONGEST = 10_000
"""How many characters of the words of a chart or diagram are kept."""

FOREIGN = {
    "altChunk": "a file of another kind that Word would merge in",
    "subDoc": "a file of another kind that Word would merge in",
    "object": "an embedded object",
    "o:OLEObject": "an embedded object",
    "control": "an ActiveX control",
}
"""What stands behind elements and is not opened."""
KINDS = {
    "pic:pic": "picture",
    "v:imagedata": "picture",
    "c:chart": "chart",
    "dgm:relIds": "diagram",
    "o:OLEObject": "embedded object",
    "control": "ActiveX control",
    "altChunk": "file of another kind",
    "subDoc": "file of another kind",
}
"""What a person calls the elements behind which something stands that is no text."""


def described(element: etree._Element) -> str:
    """Return what a picture is said to show: its alternative text, or its name."""
    for each in (element, *element.iterancestors()):
        name = local(each)
        if name in ("wp:inline", "wp:anchor"):
            said = properties_of(each, "wp:docPr")
            return "" if said is None else said.get("descr") or said.get("title") or ""
        if name in ("v:shape", "v:rect"):
            return str(each.get("alt", ""))
        if name == "p":
            break
    return ""


def related(element: etree._Element) -> Iterator[str]:
    """Return the ids of the relationships by which a chart or diagram names its parts."""
    for name in ("id", "dm"):
        for space in _RELATED:
            found = element.get(f"{{{space}}}{name}")
            if found:
                yield found


def words(root: etree._Element) -> str:
    """Return the words of a chart or diagram: its titles and labels, without its figures."""
    found: list[str] = []
    for each in root.iter():
        name = NAMES[each.tag]
        if name == "a:t" or (name == "c:v" and _is_label(each)):
            found.append((each.text or "").strip())
    return " | ".join(filter(None, found))[:_LONGEST]


def _is_label(element: etree._Element) -> bool:
    return any(local(each) in ("c:tx", "c:cat") for each in element.iterancestors())


def art(element: etree._Element) -> str:
    """Return the words of text art that is drawn from an attribute."""
    return str(element.get("string", "")) or attribute(element, "string")
