"""The parts of a template: which may be there, which styles must be, and what is taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.archive import untrusted
from poa_toolkit.archive.untrusted import UnsafePartError
from poa_toolkit.diagnostic import Severity
from poa_toolkit.word.ooxml import WORD
from poa_toolkit.word.runs import MARK_STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Fault(NamedTuple):
    """One finding about a template."""

    code: str
    severity: Severity
    message: str
    """With the tag and the place, where it has one."""
    help: str = ""


_W = f"{{{WORD}}}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ROOTS = {
    "word/document.xml": f"{_W}document",
    "word/styles.xml": f"{_W}styles",
    "word/footnotes.xml": f"{_W}footnotes",
}
_ACTING = {
    "vbaproject": "macros",
    "activex": "a control that can run",
    "embeddings/": "an embedded file",
    "afchunk": "an imported file",
    "attachedtoolbars": "a toolbar",
}
"""Parts that hold more than a page, by a piece of their name."""
_REACHING = ("altChunk", "subDoc", "object", "control")
"""Elements that bring in a file from elsewhere."""
_ALLOWED_OUTSIDE = ("hyperlink", "attachedTemplate")
"""What may lead out of the file: a link a reader clicks, and what is taken out before use."""
_ATTACHED = re.compile(rb"<Relationship [^>]*attachedTemplate[^>]*(?:/>|>\s*</Relationship>)")
_ATTACHED_ELEMENT = re.compile(rb"<w:attachedTemplate\b[^>]*/>")

_STYLE = re.compile(rb'<w:style [^>]*w:styleId="([^"]+)"[^>]*>\s*<w:name w:val="([^"]+)"')
_NAMES = {
    b"strong": b"Strong",
    b"emphasis": b"Emphasis",
    b"hyperlink": b"Hyperlink",
    b"footnote reference": b"FootnoteReference",
    b"footnote text": b"FootnoteText",
    b"annotation reference": b"CommentReference",
    b"annotation text": b"CommentText",
}
"""The names that Word gives these styles in every language, in small letters, and the ids our runs bear."""

RUN_STYLES = (
    *(style for style in MARK_STYLES.values() if style),
    *("POALink", "Hyperlink", "FootnoteReference", "FootnoteText"),
    *("POAInserted", "POADeleted", "CommentReference", "CommentText"),
)
"""What is filled in bears these: marks, links, notes, and in a redline its words and comments."""


def refuse_others(trees: Mapping[str, etree._Element]) -> None:
    """Raise UnsafePartError where the parts do not make a Word document."""
    types = trees.get("[Content_Types].xml")
    main = trees.get("word/document.xml")
    if types is None or main is None:
        missing = "[Content_Types].xml" if types is None else "word/document.xml"
        raise UnsafePartError(f"{missing}: the part is not there; this is no Word document")
    kind = next(
        (each.get("ContentType", "") for each in types if each.get("PartName") == "/word/document.xml"), ""
    )
    if kind != _MAIN:
        said = "a document with macros" if "macro" in kind.lower() else "another kind of Word file"
        raise UnsafePartError(f"word/document.xml: this is {said}; save it as a Word document (.docx)")
    for name, root in _ROOTS.items():
        if name in trees and trees[name].tag != root:
            raise UnsafePartError(
                f"{name}: the part is not what its name says; save the file as .docx, not as Strict"
            )


def faults(trees: Mapping[str, etree._Element], parts: Mapping[str, bytes]) -> Iterator[Fault]:
    """Return which parts, elements and relationships no template may have."""
    for name in sorted(parts):
        for piece, what in _ACTING.items():
            if piece in name.lower():
                yield Fault(
                    "POA702", Severity.ERROR, f"{name}: the template holds {what}", "take it out in Word"
                )
    for name in sorted(trees):
        root = trees[name]
        if name.endswith(".rels"):
            yield from _leading_out(name, root)
        for element in _REACHING:
            if next(root.iter(f"{_W}{element}"), None) is not None:
                message = f"{name}: the template brings in something from another file ({element})"
                yield Fault("POA702", Severity.ERROR, message, "take it out in Word")


def _leading_out(name: str, root: etree._Element) -> Iterator[Fault]:
    for each in root:
        if each.get("TargetMode") != "External":
            continue
        kind = each.get("Type", "").rpartition("/")[2]
        target = each.get("Target", "")[:100]
        if kind not in _ALLOWED_OUTSIDE:
            message = f"{name}: the {kind or 'part'} “{target}” lies outside the file"
            yield Fault("POA702", Severity.ERROR, message, "put it into the file, or take it out")
        elif kind == "attachedTemplate":
            message = f"{name}: the file follows another template, “{target}”; the document will not"
            yield Fault("POA712", Severity.INFORMATION, message, "in Word: Developer, Document Template")


def missing_styles(trees: Mapping[str, etree._Element]) -> Iterator[Fault]:
    """Name the styles that are used and not there: by the template itself, and by what is filled in."""
    styles = trees.get("word/styles.xml")
    there = {each.get(f"{_W}styleId") for each in styles.iter(f"{_W}style")} if styles is not None else set()
    used = {
        each.get(f"{_W}val")
        for name, root in trees.items()
        if name.startswith("word/")
        for each in root.iter(f"{_W}pStyle", f"{_W}rStyle", f"{_W}tblStyle")
    }
    missing = [f"“{style}”" for style in sorted((used | set(RUN_STYLES)) - there - {None})]
    if missing:
        styles = "style" if len(missing) == 1 else "styles"
        message = f"there is no {styles} {', '.join(missing)}; what bears it looks like the text around it"
        yield Fault("POA708", Severity.WARNING, message, "copy from the template of `poa template init`")


def opened(template: bytes) -> dict[str, bytes]:
    """Return the parts of a template to be checked and filled: with the ids of styles that our runs bear.

    XML comments and instructions are left out: no page shows them, and no tag may stand in one or round it.
    Raises UnsafePartError for what is not opened, or is not well-formed.
    """
    found = untrusted.parts(template)
    return _with_our_styles({name: _without_comments(name, content) for name, content in found.items()})


def _without_comments(name: str, content: bytes) -> bytes:
    if not name.endswith(".xml") or not _ASIDE.search(content):
        return content
    return bytes(etree.tostring(untrusted.tree(name, content), encoding="UTF-8", standalone=True))


_ASIDE = re.compile(rb"<!--|<\?(?!xml )")


def _with_our_styles(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the ids that our runs bear, for styles that are known by their names.

    LibreOffice, and Word in other languages, give ``footnote reference`` and others an id of their own.
    """
    styles = parts.get("word/styles.xml", b"")
    found = {name.lower(): name_id for name_id, name in _STYLE.findall(styles)}
    taken = set(found.values())
    ours = {found[name]: each for name, each in _NAMES.items() if name in found and each not in taken}
    if not ours:
        return dict(parts)
    ids = b"|".join(re.escape(each) for each in ours)
    used = re.compile(rb'(<w:(?:pStyle|rStyle|basedOn|next|link) w:val="|w:styleId=")(' + ids + rb')(?=")')
    return {
        name: used.sub(lambda match: match[1] + ours[match[2]], content)
        if name.startswith("word/") and name.endswith(".xml")
        else content
        for name, content in parts.items()
    }


def without_attached(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without the template that the file itself follows, which may lie anywhere."""
    name = "word/_rels/settings.xml.rels"
    if not _ATTACHED.search(parts.get(name, b"")):
        return dict(parts)
    settings = _ATTACHED_ELEMENT.sub(b"", parts.get("word/settings.xml", b""))
    return {**parts, name: _ATTACHED.sub(b"", parts[name]), "word/settings.xml": settings}
