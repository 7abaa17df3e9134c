"""Builds the packaged template: ``python -m poa_toolkit.word.template.build`` writes it anew.

The template is a Word file like any other: a secretariat may open it, restyle it, and use it.
It is built here so that a change to it can be read in a diff; a test shows that the committed
file is what this builds.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from poa_toolkit.word import package
from poa_toolkit.word.ooxml import NAMESPACES, RELATIONSHIPS
from poa_toolkit.word.template import body, styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BUILT = datetime(2017, 12, 4, tzinfo=UTC)
"""The date the template bears; that of the conference, so that it never changes."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_PARTS = {
    "document": ("document.main", ""),
    "styles": ("styles", "styles"),
    "numbering": ("numbering", "numbering"),
    "settings": ("settings", "settings"),
    "footnotes": ("footnotes", "footnotes"),
    "header1": ("header", "header"),
    "header2": ("header", "header"),
    "footer1": ("footer", "footer"),
    "footer2": ("footer", "footer"),
}
"""The parts under word/: their content type, and the relationship by which the body has them."""

_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/>'
)


def build() -> bytes:
    """Return the template as the bytes of a Word file, always the same."""
    word = {
        "document": body.document(),
        "styles": styles.styles(),
        "numbering": styles.numbering(),
        "settings": settings(),
        "header1": body.header(wide=False),
        "header2": body.header(wide=True),
        "footer1": body.footer(wide=False),
        "footer2": body.footer(wide=True),
    }
    return packed(word, {"title": "", "author": "", "description": "", "language": "en-GB"}, BUILT)


def packed(word: Mapping[str, str], properties: Mapping[str, str], when: datetime) -> bytes:
    """Pack the parts of `_PARTS` but the notes, by name, as a Word file with these core properties."""
    parts = {f"word/{name}.xml": HEAD + xml for name, xml in word.items()}
    parts["word/footnotes.xml"] = package.FOOTNOTES
    parts["[Content_Types].xml"] = HEAD + _content_types()
    parts["_rels/.rels"] = HEAD + _relationships(
        ("rId1", f"{RELATIONSHIPS}/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )
    linked = {name: kind for name, (_, kind) in _PARTS.items() if kind}
    parts["word/_rels/document.xml.rels"] = HEAD + _relationships(
        *(
            (f"rId{at}", f"{RELATIONSHIPS}/{linked[name]}", f"{name}.xml")
            for at, name in enumerate(_in_order(linked), 1)
        )
    )
    parts["docProps/core.xml"] = HEAD + package.core_properties(properties, when)
    return package.zipped({name: xml.encode("utf-8") for name, xml in parts.items()}, when)


def _in_order(linked: Iterable[str]) -> Iterator[str]:
    """Put the parts in the order of their ids."""
    yield from body.HEADS_AND_FEET
    yield from (name for name in linked if name not in body.HEADS_AND_FEET)


def settings() -> str:
    """Write the settings of the document."""
    return f"<w:settings {NAMESPACES}>{_SETTINGS}</w:settings>"


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORDML}.{kind}+xml"/>'
        for name, (kind, _) in _PARTS.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
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
    """Write the template beside this file."""
    Path(__file__).with_name("template.docx").write_bytes(build())


if __name__ == "__main__":
    main()
