"""Parts packed into a file, the same bytes every time."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIRST_ZIP_YEAR = 1980
FIRST_MOMENT, LAST_MOMENT = (
    datetime(FIRST_ZIP_YEAR, 1, 1, tzinfo=UTC),
    datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC),
)
"""The first and the last moment that a zip can hold."""

_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    "<dc:description>{description}</dc:description><dc:language>{language}</dc:language>"
    "<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
)


def zipped(parts: Mapping[str, bytes | bytearray | Iterable[bytes]], when: datetime) -> bytes:
    """Pack parts so that the same parts give the same bytes: fixed order, dates and attributes.

    A long part may come in pieces.
    """
    first = ("[Content_Types].xml", "_rels/.rels")
    names = [*(name for name in first if name in parts), *sorted(set(parts) - set(first))]
    stamp = min(max(when.astimezone(UTC), FIRST_MOMENT), LAST_MOMENT).timetuple()[:6]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            entry = ZipInfo(name, stamp)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_DEFLATED
            content = parts[name]
            with archive.open(entry, "w") as file:
                for piece in (content,) if isinstance(content, bytes | bytearray) else content:
                    file.write(piece)
    return packed.getvalue()


def unzipped(file: bytes) -> dict[str, bytes]:
    """Read the parts of a file that we have made."""
    with ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def core_properties(properties: Mapping[str, str], when: datetime) -> str:
    """Write the core properties: title, author, description, language, and the dates."""
    stamp = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _CORE.format(
        **{name: escape(value, quote=False) for name, value in properties.items()}, when=stamp
    )
