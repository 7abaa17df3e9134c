"""The parts of a template beside its body, called as a person who works in Word knows them."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from poa_toolkit.word.package import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_W = f"{{{WORD}}}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PAGES = {"first": " of the first page", "even": " of even pages"}
_AROUND = re.compile(r"word/(header|footer)[^/]*\.xml")


def stories(trees: Mapping[str, etree._Element]) -> dict[str, str]:
    """Say of each header, footer and part of notes what it is: ``footer of the first page of section 2``.

    Sections are named where there are several; a header that none of them uses is ``an unused header``.
    """
    found = {"word/footnotes.xml": "a footnote", "word/endnotes.xml": "an end note"}
    found |= {name: f"an unused {kind[1]}" for name in trees if (kind := _AROUND.fullmatch(name))}
    body = trees.get("word/document.xml")
    sections = [] if body is None else [each for each in body.iter(f"{_W}sectPr") if _stands(each)]
    used: dict[str, list[int]] = {}
    for number, section in enumerate(sections, 1):
        for name, words in _used(section, _targets(trees)):
            used.setdefault(name, []).append(number)
            if len(used[name]) == 1:
                found[name] = words
    if len(sections) > 1:
        for name, numbers in used.items():
            named = ", ".join(map(str, dict.fromkeys(numbers)))
            found[name] += f" of section{'s' * (',' in named)} {named}"
    return found


def _stands(section: etree._Element) -> bool:
    """Say whether the settings of a section are those that count, not what a tracked change replaced."""
    return section.getparent() is None or section.getparent().tag != f"{_W}sectPrChange"


def _used(section: etree._Element, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind in ("header", "footer"):
        for each in section.iterchildren(f"{_W}{kind}Reference"):
            name = targets.get(each.get(_ID, ""), "")
            if name:
                yield name, kind + _PAGES.get(each.get(f"{_W}type", ""), "")


def _targets(trees: Mapping[str, etree._Element]) -> dict[str, str]:
    links = trees.get("word/_rels/document.xml.rels")
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/word", each.get("Target", ""))).lstrip("/")
        for each in (links if links is not None else ())
        if isinstance(each.tag, str)
    }
