"""What programs and gateways take from a Word file on its way: each kind of loss alone, by surgery on the XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_reading import W, packed, read

from poa_toolkit.word.reader.file import read as read_file

if TYPE_CHECKING:
    from collections.abc import Callable

_STORIES = re.compile(r"word/(?:document|footnotes|comments|header[0-9]+|footer[0-9]+)\.xml")


def lose(file: bytes, *losses: str) -> bytes:
    """Take from a file what each loss takes, in the order of LOSSES."""
    parts = dict(read(file).parts)
    if "numbers" in losses:
        _type_numbers(parts, file)
    for name, take in LOSSES.items():
        if name in losses and name != "numbers":
            take(parts)
    return packed(parts)


def _record(parts: dict[str, bytes]) -> None:
    for name in [each for each in parts if each.startswith("customXml/")]:
        del parts[name]
    for name in ("word/_rels/document.xml.rels", "_rels/.rels"):
        parts[name] = re.sub(rb'<Relationship [^>]*customXml"[^>]*/>', b"", parts[name])
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = re.sub(rb'<Override PartName="/customXml/[^>]*/>', b"", types)


def _in_trees(parts: dict[str, bytes], change: Callable[[etree._Element], None]) -> None:
    for name in filter(_STORIES.fullmatch, list(parts)):
        root = etree.fromstring(parts[name])
        change(root)
        parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)


def _controls(parts: dict[str, bytes]) -> None:
    _in_trees(parts, lambda root: _unwrap(root, "sdt", "sdtContent"))


def _unwrap(root: etree._Element, name: str, inner: str = "") -> None:
    for each in list(root.iter(f"{W}{name}")):
        content = each.find(f"{W}{inner}") if inner else each
        for child in list(content):
            each.addprevious(child)
        each.getparent().remove(each)


def _remove(root: etree._Element, *names: str) -> None:
    for each in list(root.iter(*(f"{W}{name}" for name in names))):
        each.getparent().remove(each)


def _bookmarks(parts: dict[str, bytes]) -> None:
    _in_trees(parts, lambda root: _remove(root, "bookmarkStart", "bookmarkEnd"))


def _flatten(root: etree._Element) -> None:
    _unwrap(root, "fldSimple")
    _unwrap(root, "hyperlink")
    for each in list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}delInstrText")):
        run = each.getparent()
        run.getparent().remove(run)


def _fields(parts: dict[str, bytes]) -> None:
    # a program that lays out the pages has filled their numbers in
    body = parts["word/document.xml"]
    instruction = rb'(PAGEREF[^<]*</w:instrText></w:r><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:fldChar w:fldCharType="separate"/></w:r>)'
    parts["word/document.xml"] = re.sub(instruction, rb"\1<w:r><w:t>7</w:t></w:r>", body)
    _in_trees(parts, _flatten)


def _type_numbers(parts: dict[str, bytes], file: bytes) -> None:
    """Write each number that Word computes before its paragraph as text, as some programs do."""
    numbers = [each.number.text if each.number else "" for each in read_file(file).paragraphs]
    root = etree.fromstring(parts["word/document.xml"])
    for paragraph, number in zip(root.iter(f"{W}p"), numbers, strict=False):
        if number:
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = number
            etree.SubElement(run, f"{W}tab")
            properties = paragraph.find(f"{W}pPr")
            for own in properties.findall(f"{W}numPr"):
                properties.remove(own)
            listed = etree.Element(f"{W}numPr")
            etree.SubElement(listed, f"{W}numId", {f"{W}val": "0"})
            properties.find(f"{W}pStyle").addnext(listed)
            properties.addnext(run)
    parts["word/document.xml"] = etree.tostring(root, encoding="UTF-8", standalone=True)


def _dates(parts: dict[str, bytes]) -> None:
    """Let moments lose their zone: midnight of one place is evening in another."""

    def moved(root: etree._Element) -> None:
        for each in root.iter():
            if each.get(f"{W}date", "").endswith("T00:00:00Z"):
                each.set(f"{W}date", each.get(f"{W}date").replace("T00:00:00Z", "T01:00:00"))

    _in_trees(parts, moved)


def _all_dates(parts: dict[str, bytes]) -> None:
    def bare(root: etree._Element) -> None:
        for each in root.iter():
            each.attrib.pop(f"{W}date", None)

    _in_trees(parts, bare)


LOSSES: dict[str, Callable[[dict[str, bytes]], None]] = {
    "record": _record,
    "controls": _controls,
    "bookmarks": _bookmarks,
    "fields": _fields,
    "numbers": _record,  # done before all others: `lose` sees to it
    "dates": _dates,
    "all dates": _all_dates,
}
"""Each loss by its name."""
