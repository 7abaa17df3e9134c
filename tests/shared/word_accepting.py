"""Accepts some tracked changes of a Word file and rejects others, as Word does. The XML, by lxml alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_reading import W, packed, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Choose = Callable[[str, str], bool | None]
    "Whether to accept a change by its author and its date; None: it stays."

_INSERTED, _DELETED = f"{W}ins", f"{W}del"
_IN_BODY = (
    *("POAFront", "POAParagraph", "POAAction", "POAPoint", "POASubPoint"),
    "POASubpoint",  # as LibreOffice calls it
    *("POASectionHeading", "POADetail", "POASources"),
)


def accepted(file: bytes, choose: Choose) -> bytes:
    """Give the file with changes accepted or rejected."""
    parts = read(file).parts
    root = etree.fromstring(parts["word/document.xml"])
    _words(root, choose)
    _controls(root, choose)
    for paragraph in list(root.iter(f"{W}p")):
        _end(paragraph, choose)
    parts = {**parts, "word/document.xml": etree.tostring(root, encoding="UTF-8")}
    return packed(parts | _called_notes(root, parts))


def body(file: bytes) -> list[str]:
    """Give the words of each paragraph of the text, in order; a program computes the numbers of others."""
    root = etree.fromstring(read(file).parts["word/document.xml"])
    found = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in _IN_BODY:
            found.append(" ".join("".join(_typed(paragraph)).split()))
    return found


def _typed(paragraph: etree._Element) -> Iterator[str]:
    """Give the words that somebody typed, and a sign for each number of another paragraph."""
    is_number = False
    for each in paragraph.iter(f"{W}t", f"{W}instrText", f"{W}fldChar"):
        if each.tag == f"{W}instrText":
            is_number = (each.text or "").split()[:1] == ["REF"]
        elif each.get(f"{W}fldCharType") == "end":
            yield "#" if is_number else ""
            is_number = False
        elif each.tag == f"{W}t" and not is_number:
            yield each.text or ""


def _called_notes(root: etree._Element, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the notes that nothing calls any more: Word takes them out with the mark."""
    name = "word/footnotes.xml"
    if name not in parts:
        return {}
    called = {each.get(f"{W}id") for each in root.iter(f"{W}footnoteReference")}
    notes = etree.fromstring(parts[name])
    for note in list(notes):
        if note.get(f"{W}type") is None and note.get(f"{W}id") not in called:
            notes.remove(note)
    return {name: etree.tostring(notes, encoding="UTF-8")}


def _said(element: etree._Element, choose: Choose) -> bool | None:
    return choose(element.get(f"{W}author", ""), element.get(f"{W}date", ""))


def _words(root: etree._Element, choose: Choose) -> None:
    marks = [each for each in root.iter(_INSERTED, _DELETED) if each.getparent().tag != f"{W}rPr"]
    for mark in reversed(marks):
        taken = _said(mark, choose)
        if taken is None:
            continue
        if taken is (mark.tag == _INSERTED):
            _unwrap(mark)
        else:
            mark.getparent().remove(mark)


def _unwrap(element: etree._Element) -> None:
    if element.tag == _DELETED:
        for each in element.iter(f"{W}delText", f"{W}delInstrText"):
            each.tag = each.tag.replace("delText", "t").replace("delInstrText", "instrText")
    for each in list(element):
        element.addprevious(each)
    element.getparent().remove(element)


def _controls(root: etree._Element, choose: Choose) -> None:
    for start in list(root.iter(f"{W}customXmlInsRangeStart")):
        taken = _said(start, choose)
        if taken is None:
            continue
        number = start.get(f"{W}id")
        control = start.getnext()
        for end in [each for each in root.iter(f"{W}customXmlInsRangeEnd") if each.get(f"{W}id") == number]:
            end.getparent().remove(end)
        start.getparent().remove(start)
        if taken is False and control is not None and control.tag == f"{W}sdt":
            content = control.find(f"{W}sdtContent")
            for each in list(content):
                control.addprevious(each)
            control.getparent().remove(control)


def _end(paragraph: etree._Element, choose: Choose) -> None:
    looks = paragraph.find(f"{W}pPr/{W}rPr")
    marks = [] if looks is None else [each for each in looks if each.tag in (_INSERTED, _DELETED)]
    for mark in marks:
        taken = _said(mark, choose)
        if taken is None:
            continue
        looks.remove(mark)
        if taken is (mark.tag == _INSERTED):
            continue
        following = paragraph.getnext()
        rest = [each for each in paragraph if each.tag != f"{W}pPr"]
        if any(each.text for one in rest for each in one.iter(f"{W}t", f"{W}delText")):
            at = 1 if following.find(f"{W}pPr") is not None else 0
            for each in reversed(rest):
                following.insert(at, each)
        paragraph.getparent().remove(paragraph)
        return
