"""A returned Word file as data: what it says, who changed what, and what was passed over."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.process.returned import Record, Remark, Returned
from poa_toolkit.word import wire
from poa_toolkit.word.returned_text import Story, Style
from poa_toolkit.word.returned_xml import STRICT, WORD, attribute, local, numbering, outline, revision, whole
from poa_toolkit.word.untrusted import Package, UnsafePartError, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MODIFIED_BY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
_BODY = "word/document.xml"
_HARMLESS = "hyperlink"
"""A link to a page is text; nothing goes there."""
_STORIES = {"footnotes": "note", "endnotes": "note", "header": "header", "footer": "header"}
_FOREIGN = {
    "altChunk": "a file of another kind that Word would merge in",
    "object": "an embedded object",
    "control": "an ActiveX control",
    "oleObj": "an embedded object",
}
_MAX_STYLES_UP = 10


class _Link(NamedTuple):
    """A relationship of a part: of which kind, to which other part or address."""

    kind: str
    target: str
    is_external: bool


def read(file: bytes) -> Returned:
    """Read a returned file. Raises UnsafePartError for one that cannot be read or is not safe to read."""
    package = Package(file)
    body = _body(package)
    links = tuple(_links(package, body))
    story = Story(_styles(_linked(package, links, "styles")))
    content = package.part(body)
    if content is None:
        raise UnsafePartError(f"{body}: the part is not there; this is no Word document")
    story.bullets = frozenset(_bullets(_linked(package, links, "numbering")))
    story.read(body, content)
    if not story.paragraphs and local(tree(body, content)) != "document":
        raise UnsafePartError(f"{body}: the part is not what its name says")
    for link in links:
        kind = _STORIES.get(link.kind)
        part = package.part(link.target) if kind and not link.is_external else None
        if kind and part is not None:
            story.read(link.target, part, kind)
    return Returned(
        tuple(story.paragraphs),
        tuple(_remarks(package, links, story)),
        _record(package, links),
        story.formatting,
        _modified_by(package),
        tuple(_ignored(package, links, story)),
    )


def _body(package: Package) -> str:
    """Give the name of the part with the text."""
    if not package.names:
        raise UnsafePartError("the file has no parts")
    for link in _links(package, ""):
        if link.kind == "officeDocument":
            if link.is_external:
                raise UnsafePartError(
                    "_rels/.rels: the text is said to lie outside the file; it is not fetched"
                )
            if not link.target.endswith(".xml"):
                raise UnsafePartError(f"{link.target}: this is no text of Word's")
            return link.target
    return _BODY


def _links(package: Package, part: str) -> Iterator[_Link]:
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    content = package.part(where)
    if content is None:
        return
    for each in tree(where, content).iter(_RELATIONSHIP):
        is_external = each.get("TargetMode", "").lower() == "external"
        target = each.get("Target", "")
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield _Link(each.get("Type", "").rpartition("/")[2], target, is_external)


def _linked(package: Package, links: Iterable[_Link], kind: str) -> tuple[str, etree._Element] | None:
    """Read the part to which a link of that kind leads; None where there is none."""
    for link in links:
        if link.kind == kind and not link.is_external:
            content = package.part(link.target)
            if content is not None:
                return link.target, tree(link.target, content)
    return None


def _styles(part: tuple[str, etree._Element] | None) -> dict[str, Style]:
    """Give the paragraph styles by id, and the default one by an empty id."""
    if part is None:
        return {}
    found = {attribute(each, "styleId"): each for each in part[1] if local(each) == "style"}
    styles = {name: _style(name, found) for name in found}
    for name, element in found.items():
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            styles[""] = styles[name]
    return styles


def _style(name: str, styles: Mapping[str, etree._Element]) -> Style:
    """Read a style, what it takes from those it is based on too."""
    title, level, listed = name, 0, None
    here: str | None = name
    for step in range(_MAX_STYLES_UP):
        element = styles.get(here or "")
        if element is None:
            break
        children = {local(each): each for each in element}
        if step == 0 and "name" in children:
            title = attribute(children["name"], "val") or name
        if "pPr" in children:
            level = level or outline(children["pPr"])
            listed = listed or numbering(children["pPr"])
        here = attribute(children["basedOn"], "val") if "basedOn" in children else None
    kind, _, number = title.lower().partition(" ")
    if kind == "heading" and number.isascii() and number.isdigit():
        level = level or int(number[:1])
    return Style(title, level, listed)


def _bullets(part: tuple[str, etree._Element] | None) -> Iterator[tuple[str, int]]:
    """Give the lists, and levels in them, that have bullets."""
    if part is None:
        return
    forms: dict[str, list[int]] = {}
    for each in part[1]:
        if local(each) == "abstractNum":
            levels = (level for level in each if local(level) == "lvl")
            forms[attribute(each, "abstractNumId")] = [
                whole(attribute(level, "ilvl"))
                for level in levels
                if any(local(form) == "numFmt" and attribute(form, "val") == "bullet" for form in level)
            ]
    for each in part[1]:
        named = next((one for one in each if local(one) == "abstractNumId"), None)
        if local(each) == "num" and named is not None:
            for level in forms.get(attribute(named, "val"), ()):
                yield attribute(each, "numId"), level


def _remarks(package: Package, links: Iterable[_Link], story: Story) -> Iterator[Remark]:
    """Give the comments in the order of the file, each with the one it answers."""
    part = _linked(package, links, "comments")
    if part is None:
        return
    threads = _threads(_linked(package, links, "commentsExtended"))
    elements = [each for each in part[1] if local(each) == "comment"]
    of_paragraph = {para: attribute(each, "id") for each in elements for para in _paragraph_ids(each)}
    for each in elements:
        key = attribute(each, "id")
        paragraphs = _paragraph_ids(each)
        parent, resolved = threads.get(paragraphs[-1] if paragraphs else "", ("", False))
        remark = Remark(
            key, revision(each), _plain(each), parent=of_paragraph.get(parent, ""), resolved=resolved
        )
        if key in story.ranges:
            start, end = story.ranges[key]
            remark = remark._replace(
                paragraph=start.paragraph, start=start.offset, words=story.words(start, end)
            )
        yield remark


def _paragraph_ids(comment: etree._Element) -> list[str]:
    found = (each.get(f"{_W14}paraId") for each in comment.iter(f"{{{WORD}}}p", f"{{{STRICT}}}p"))
    return [each for each in found if each]


def _plain(element: etree._Element) -> str:
    """Give all the text of a comment, a space between its paragraphs."""
    paragraphs = element.iter(f"{{{WORD}}}p", f"{{{STRICT}}}p")
    return " ".join(
        "".join(t.text or "" for t in each.iter() if local(t) == "t") for each in paragraphs
    ).strip()


def _threads(part: tuple[str, etree._Element] | None) -> dict[str, tuple[str, bool]]:
    """Give, by the id of a comment's last paragraph, that of the one it answers, and if it is resolved."""
    if part is None:
        return {}
    return {
        each.get(f"{_W15}paraId", ""): (
            each.get(f"{_W15}paraIdParent", ""),
            each.get(f"{_W15}done", "") in ("1", "true", "on"),
        )
        for each in part[1]
    }


def _record(package: Package, links: Iterable[_Link]) -> Record | None:
    """Read what the file says was printed when it was made."""
    for link in links:
        if link.kind != "customXml" or link.is_external:
            continue
        content = package.part(link.target)
        root = None if content is None else tree(link.target, content)
        if root is not None and wire.is_record(root):
            return wire.record(root)
    return None


def _modified_by(package: Package) -> str:
    for link in _links(package, ""):
        if link.kind == "core-properties" and not link.is_external:
            content = package.part(link.target)
            found = None if content is None else tree(link.target, content).find(_MODIFIED_BY)
            return "" if found is None else (found.text or "").strip()
    return ""


def _ignored(package: Package, links: Iterable[_Link], story: Story) -> Iterator[str]:
    """Say what the file holds that was not read."""
    names = [name.lower() for name in package.names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        yield "macros"
    if any("/embeddings/" in name for name in names):
        yield "embedded files"
    if any("/activex/" in name for name in names):
        yield "ActiveX controls"
    for external in sorted({each.kind for each in links if each.is_external and each.kind != _HARMLESS}):
        yield f"a link to another file ({external})"
    settings = (each.target for each in links if each.kind == "settings" and not each.is_external)
    for name in settings:
        for link in _links(package, name):
            if link.is_external:
                yield f"a link to another file ({link.kind})"
    for name in sorted(story.foreign):
        yield _FOREIGN[name]
