"""The filled body of a redline: what came and went as a whole gets its marks, and the markers go."""

from __future__ import annotations

import re
from collections import deque
from copy import copy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

from poa_toolkit.document.runs import RevisionState
from poa_toolkit.word.revising import DELETED, INSERTED, KEPT, RECORD, RUNS, TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poa_toolkit.document.blocks import Revision
    from poa_toolkit.word.revising import RevisionWriter

_MARKER = re.compile(rf"<\?{TARGET} ({RECORD}|{RUNS})( [0-9]+)?\?>".encode("ascii"))
_KEPT = f"<?{TARGET} {KEPT}?>".encode("ascii")
_ROOT = re.compile(rb"<w:document((?: [^>]*)?)>")
_PARAGRAPH_END = b"</w:p>"
_COPIED_AT_ONCE = 1 << 16
P, R, TR = qn("w:p"), qn("w:r"), qn("w:tr")
_COMMENT = qn("w:commentReference")
_REVISED = (qn("w:ins"), qn("w:del"))
_DELETED_TEXT = {qn("w:t"): qn("w:delText"), qn("w:instrText"): qn("w:delInstrText")}
_AFTER_RUN_PROPERTIES = (qn("w:sectPr"), qn("w:pPrChange"))
_BEFORE_NUMBERING = frozenset(
    qn(f"w:{name}")
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_BEFORE_INDENT = _BEFORE_NUMBERING | frozenset(
    qn(f"w:{name}")
    for name in (
        *("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku"),
        *("wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi"),
        *("adjustRightInd", "snapToGrid", "spacing"),
    )
)
"""What the schema wants before these two in the properties of a paragraph."""


def mark(body: bytearray, reviser: RevisionWriter, styles: etree._Element) -> None:
    """Mark every revision in the body, and leave no marker in it; `styles` are those of the template.

    Each paragraph and row of a record that came or went is marked, and each run in it, the template's
    own words too. Where a paragraph holds other things as well, only the runs are. Only the pieces with
    markers are parsed, as long as these can stand alone.
    """
    try:
        places = list(_pieces(body))
        found = _walked([bytes(body[start:end]) for start, end in places], _namespaces(body), reviser, styles)
    except (_NoPieceError, etree.XMLSyntaxError):
        places, found = [(0, len(body))], [_walked_whole(body, reviser, styles)]
    _rewrite(body, _new_pieces(body, zip(places, found, strict=True)))


def _rewrite(body: bytearray, pieces: Iterator[tuple[int, bytes]]) -> None:
    """Write pieces over the body, each with how far that has been read for it: a second one has no room.

    A piece waits while it would reach what has not been read yet.
    """
    waiting: deque[bytes] = deque()
    written = 0
    for read, piece in pieces:
        waiting.append(piece)
        while waiting and written + len(waiting[0]) <= read:
            some = waiting.popleft()
            body[written : written + len(some)] = some
            written += len(some)
    body[written:] = b"".join(waiting)


def _new_pieces(
    body: bytearray, changed: Iterable[tuple[tuple[int, int], bytes]]
) -> Iterator[tuple[int, bytes]]:
    """Return the new body piece by piece, each with how far the old one has been read for it."""
    last = 0
    for (start, end), piece in changed:
        yield from _unmarked(body, last, start)
        yield end, piece
        last = end
    yield from _unmarked(body, last, len(body))


def _unmarked(body: bytearray, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Return what stands between the markers of what stayed, in pieces as above."""
    while start < end:
        marker = body.find(_KEPT, start, end)
        stop = marker if marker >= 0 else end
        for at in range(start, stop, _COPIED_AT_ONCE):
            until = min(at + _COPIED_AT_ONCE, stop)
            yield until, bytes(body[at:until])
        start = stop + len(_KEPT) if marker >= 0 else end


class _NoPieceError(ValueError):
    """A marker stands where what it encloses cannot be parsed alone."""


def _pieces(body: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Return where each record stands that came or went, and each paragraph in which something did."""
    start = depth = end = 0
    for marker in _MARKER.finditer(body):
        if marker.start() < end:
            continue
        if marker[1] == RECORD.encode("ascii"):
            depth += 1 if marker[2] else -1
            if depth == 1 and marker[2]:
                start = marker.start()
                if body.rfind(b"\n<w:p", 0, start) > body.rfind(b"</w:p>", 0, start):
                    raise _NoPieceError
            elif depth == 0:
                yield start, marker.end()
        elif depth == 0 and marker[2]:
            start, end = body.rfind(b"\n<w:p", 0, marker.start()), body.find(_PARAGRAPH_END, marker.end())
            if start < 0 or end < 0:
                raise _NoPieceError
            end += len(_PARAGRAPH_END)
            yield start, end


def _namespaces(body: bytes | bytearray) -> bytes:
    found = _ROOT.search(body)
    if found is None:
        raise _NoPieceError
    return found[1]


def _walked(
    pieces: list[bytes], namespaces: bytes, reviser: RevisionWriter, styles: etree._Element
) -> list[bytes]:
    """Return pieces of a body with their marks; all are parsed at once."""
    if not pieces:
        return []
    cut = f"<?{TARGET} cut?>".encode("ascii")
    root = etree.fromstring(b"<pieces" + namespaces + b">" + cut.join(pieces) + b"</pieces>")
    _walk(root, reviser, styles)
    inside: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    _, _, inside = inside.partition(b">")
    return inside.removesuffix(b"</pieces>").split(cut)


def _walked_whole(body: bytes | bytearray, reviser: RevisionWriter, styles: etree._Element) -> bytes:
    root = etree.fromstring(bytes(body))
    _walk(root, reviser, styles)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _walk(root: etree._Element, reviser: RevisionWriter, styles: etree._Element) -> None:
    """Mark all that markers name, and take these out."""
    walk = _Walk(reviser, styles)
    markers = [each for each in root.iter(etree.ProcessingInstruction) if _is_marker(each)]
    for marker in markers:
        if marker.text.startswith(RECORD) and marker.text != RECORD:
            revision = walk.revision(marker.text)
            if revision.standing is not RevisionState.KEPT:
                walk.record(marker, revision)
    filled = (next(marker.iterancestors(P)) for marker in markers if marker.text.startswith(RUNS))
    for paragraph in dict.fromkeys(filled):
        walk.paragraph(paragraph)
    for marker in markers:
        _remove(marker)


def _is_marker(element: etree._Element) -> bool:
    is_ours = element.tag is etree.ProcessingInstruction and element.target == TARGET
    return is_ours and element.text.split()[0] in (RECORD, RUNS, KEPT)


class _Walk:
    """Marks paragraphs, rows and runs."""

    def __init__(self, reviser: RevisionWriter, styles: etree._Element) -> None:
        self.reviser = reviser
        self.styles = styles

    def record(self, start: etree._Element, revision: Revision) -> None:
        """Mark all paragraphs and rows from where a record begins to where it ends.

        A record inside it that did not come or go with it is marked by itself, or not at all.
        """
        if next(start.iterancestors(P), None) is not None:
            return  # a loop inside a paragraph: its runs say for themselves what they are
        within = [revision]
        for element in start.itersiblings():
            if _is_marker(element) and element.text.startswith(RECORD):
                if element.text != RECORD:
                    within.append(self.revision(element.text))
                    continue
                within.pop()
                if not within:
                    return
            elif within[-1].standing is not RevisionState.KEPT and isinstance(element.tag, str):
                for row in element.iter(TR):
                    self.row(row, within[-1])
                for paragraph in element.iter(P):
                    self.whole(paragraph, within[-1])

    def revision(self, said: str) -> Revision:
        """Return the revision that a marker names."""
        return self.reviser.known[int(said.split()[1])]

    def row(self, row: etree._Element, revision: Revision) -> None:
        """Mark a row of a table."""
        if not self.reviser.tracked:
            return
        properties = row.find(qn("w:trPr"))
        if properties is None:
            properties = etree.Element(qn("w:trPr"))
            before = row.find(qn("w:tblPrEx"))
            row.insert(0 if before is None else 1, properties)
        if not any(child.tag in _REVISED for child in properties):
            properties.append(self.mark(revision))

    def paragraph(self, paragraph: etree._Element) -> None:
        """Mark a paragraph whole where all that was filled in came or went together, else its runs."""
        if self.is_marked(paragraph):
            return
        markers = (each for each in paragraph.iter(etree.ProcessingInstruction) if _is_marker(each))
        said = {each.text for each in markers} - {RUNS}
        if len(said) == 1 and said != {KEPT}:
            self.whole(paragraph, self.revision(*said))
        else:
            self.runs(list(self.filled(paragraph)))

    def filled(self, paragraph: etree._Element) -> Iterator[tuple[etree._Element, Revision]]:
        """Return each run that stands between markers of its own, with how it was revised."""
        revision: Revision | None = None
        for each in paragraph.iter(R, etree.ProcessingInstruction):
            if each.tag == R:
                if revision is not None:
                    yield each, revision
            elif _is_marker(each) and each.text.startswith(RUNS):
                revision = None if each.text == RUNS else self.revision(each.text)

    def whole(self, paragraph: etree._Element, revision: Revision) -> None:
        """Mark a paragraph and all runs in it."""
        if self.is_marked(paragraph):
            return
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            properties = etree.Element(qn("w:pPr"))
            paragraph.insert(0, properties)
        if self.reviser.tracked:
            _run_properties(properties).insert(0, self.mark(revision))
            if revision.amendments and revision.standing is RevisionState.ADDED:
                # what is only proposed has no number among those of the text
                _take_number_away(properties, self.styles)
        elif revision.standing is RevisionState.REMOVED:
            _take_number_away(properties, self.styles)
        self.runs([(run, revision) for run in paragraph.iter(R) if next(run.iterancestors(P)) is paragraph])

    def is_marked(self, paragraph: etree._Element) -> bool:
        """Return whether a paragraph has its mark."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        return found is not None and any(child.tag in _REVISED for child in found)

    def runs(self, runs: list[tuple[etree._Element, Revision]]) -> None:
        """Mark runs, neighbours together; what is marked already stays as it is.

        The mark of a comment is never tracked: Word puts it beside what came or went.
        """
        last: etree._Element | None = None
        for run, revision in runs:
            if run.getparent().tag in _REVISED or run.find(_COMMENT) is not None:
                continue
            if not self.reviser.tracked:
                _restyle(run, revision.standing)
                continue
            if last is None or run.getprevious() is not last:
                last = self.mark(revision)
                run.addprevious(last)
            last.append(run)
            if revision.standing is RevisionState.REMOVED:
                for each in run.iter(*_DELETED_TEXT):
                    each.tag = _DELETED_TEXT[each.tag]

    def mark(self, revision: Revision) -> etree._Element:
        """Make an element that says who changed something, when."""
        kind = "w:ins" if revision.standing is RevisionState.ADDED else "w:del"
        given = self.reviser.attributes(revision)
        return etree.Element(qn(kind), {qn(f"w:{name}"): value for name, value in given.items()})


def _run_properties(properties: etree._Element) -> etree._Element:
    """Return the properties of a paragraph's mark; new ones where it has none."""
    found = properties.find(qn("w:rPr"))
    if found is None:
        found = etree.Element(qn("w:rPr"))
        later = sum(each.tag in _AFTER_RUN_PROPERTIES for each in properties)
        properties.insert(len(properties) - later, found)
    return found


def _take_number_away(properties: etree._Element, styles: etree._Element) -> None:
    """Let a paragraph take no number, so that those of the text are right.

    Without its list LibreOffice forgets how far its style is indented, which is therefore said again.
    """
    indent = properties.find(qn("w:ind"))
    if indent is None:
        style = properties.find(qn("w:pStyle"))
        indent = copy(_indent(style.get(qn("w:val")), styles)) if style is not None else None
    for own in (*properties.findall(qn("w:numPr")), *properties.findall(qn("w:ind"))):
        properties.remove(own)
    numbering = etree.Element(qn("w:numPr"))
    etree.SubElement(numbering, qn("w:numId"), {qn("w:val"): "0"})
    properties.insert(sum(each.tag in _BEFORE_NUMBERING for each in properties), numbering)
    if indent is not None:
        properties.insert(sum(each.tag in _BEFORE_INDENT for each in properties), indent)


def _indent(style: str, styles: etree._Element) -> etree._Element | None:
    """Return the indentation of a style, of its own or of one that it is based on."""
    by_id = {each.get(qn("w:styleId")): each for each in styles.iterfind(qn("w:style"))}
    seen: set[str] = set()
    while style in by_id and style not in seen:
        seen.add(style)
        found = by_id[style].find(f"{qn('w:pPr')}/{qn('w:ind')}")
        if found is not None:
            return found
        based = by_id[style].find(qn("w:basedOn"))
        style = "" if based is None else based.get(qn("w:val"))
    return None


def _restyle(run: etree._Element, standing: RevisionState) -> None:
    """Set the style of a run that came or went; the reference to a note keeps its own."""
    properties = run.find(qn("w:rPr"))
    if properties is None:
        properties = etree.Element(qn("w:rPr"))
        run.insert(0, properties)
    style = properties.find(qn("w:rStyle"))
    if style is None:
        style = etree.Element(qn("w:rStyle"))
        properties.insert(0, style)
    style.set(qn("w:val"), INSERTED if standing is RevisionState.ADDED else DELETED)


def _remove(marker: etree._Element) -> None:
    """Take a marker out, and leave the text that follows it."""
    parent, before, tail = marker.getparent(), marker.getprevious(), marker.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(marker)
