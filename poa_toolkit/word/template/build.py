"""Builds the packaged templates: ``python -m poa_toolkit.word.template.build`` writes them anew.

Each is a Word file like any other: a secretariat may open it, restyle it, and use it.
They are built here so that a change to them can be read in a diff; a test shows that the committed
files are what this builds.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from poa_toolkit.archive import packing
from poa_toolkit.word import package
from poa_toolkit.word.ooxml import NAMESPACES, RELATIONSHIPS
from poa_toolkit.word.template import body, carter, styles, un

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from poa_toolkit.word.template.styles import Design

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BUILT = datetime(2017, 12, 4, tzinfo=UTC)
"""The date the template bears; that of the conference, so that it never changes."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>{mirrored}'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/>'
)

_KINDS = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "header": "header",
    "footer": "footer",
}
"""The content types of the parts under word/, by their names without a number."""
_MEDIA = {"png": "image/png", "svg": "image/svg+xml"}
"""The content types of pictures, by the ends of their names."""
_FIRST_OTHER = 9
"""The ids of relationships before it are those of heads and feet."""

DESIGNS = (un.DESIGN, carter.DESIGN)


def build(design: Design) -> bytes:
    """Return a template as the bytes of a Word file, always the same."""
    word = {
        "document": body.document(design),
        "styles": styles.styles(design),
        "numbering": styles.numbering(design),
        "settings": settings(design),
        **{name: body.head_or_foot(design, name) for name in design.heads},
    }
    return packed(word, {"title": "", "author": "", "description": "", "language": "en-GB"}, BUILT)


def packed(
    word: Mapping[str, str],
    properties: Mapping[str, str],
    when: datetime,
    media: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Pack parts, by name, and a part of notes as a Word file with these core properties.

    `media` are pictures of the body, by their names under word/; it names them by `media_id`.
    """
    parts = {f"word/{name}.xml": HEAD + xml for name, xml in word.items()}
    parts["word/footnotes.xml"] = package.FOOTNOTES
    names = (*word, "footnotes")
    parts["[Content_Types].xml"] = HEAD + _content_types(names, media)
    parts["_rels/.rels"] = HEAD + _relationships(
        ("rId1", f"{RELATIONSHIPS}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )
    parts["word/_rels/document.xml.rels"] = HEAD + _relationships(*_of_body(names, media))
    parts["docProps/core.xml"] = HEAD + packing.core_properties(properties, when)
    pictures = {f"word/{name}": content for name, content in media.items()}
    return packing.zipped({**{name: xml.encode("utf-8") for name, xml in parts.items()}, **pictures}, when)


def media_id(name: str) -> str:
    """Return the id by which a body names a picture: ``media/picture1.png`` is ``rIdpicture1png``."""
    return f"rId{name.rpartition('/')[2].replace('.', '')}"


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _of_body(names: Iterable[str], media: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Return how the body has the other parts: heads, feet and pictures by the ids that it names."""
    number = _FIRST_OTHER
    for name in names:
        if _kind(name) in ("header", "footer"):
            yield body.relationship(name), f"{RELATIONSHIPS}/{_kind(name)}", f"{name}.xml"
        elif name != "document":
            yield f"rId{number}", f"{RELATIONSHIPS}/{name}", f"{name}.xml"
            number += 1
    for name in media:
        yield media_id(name), f"{RELATIONSHIPS}/image", name


def settings(design: Design) -> str:
    """Write the settings of the document."""
    mirrored = "<w:evenAndOddHeaders/>" if design.mirrors else ""
    return f"<w:settings {NAMESPACES}>{_SETTINGS.format(mirrored=mirrored)}</w:settings>"


def _content_types(names: Iterable[str], media: Iterable[str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORDML}.{_KINDS[_kind(name)]}+xml"/>'
        for name in names
    )
    ends = sorted({name.rpartition(".")[2] for name in media})
    defaults = "".join(f'<Default Extension="{end}" ContentType="{_MEDIA[end]}"/>' for end in ends)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{defaults}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _relationships(*rows: tuple[str, str, str]) -> str:
    written = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in rows
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'


def main() -> None:
    """Write the templates beside this file."""
    for design in DESIGNS:
        Path(__file__).with_name(f"{design.house}.docx").write_bytes(build(design))


if __name__ == "__main__":
    main()
