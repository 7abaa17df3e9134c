"""A plan as Akoma Ntoso 3.0, the form in which programs of parliaments and the United Nations read a text.

The profile is AKN4UN: a ``statement`` of a deliberative body, its ids by the convention of the standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from xml.etree import ElementTree as ET

from poa_toolkit.document.blocks import Heading, Paragraph, PartKind, Role, Table
from poa_toolkit.document.runs import words_of
from poa_toolkit.model import cross_references
from poa_toolkit.text import addresses
from poa_toolkit.write.akn_metadata import Version, identification, metadata
from poa_toolkit.write.akn_words import Words, add, child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from poa_toolkit.document.blocks import Block, Document, Part
    from poa_toolkit.model import Amendment, Plan

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_Block = TypeVar("_Block")
_MIXED = frozenset(("p", "num", "heading", "docTitle", "text"))
"""The elements that hold words: white space in them is read."""


def to_akn(document: Document, plan: Plan, amendments: Iterable[Amendment] = ()) -> str:
    """Print a plan as an XML file; every word of `document`, its clean document, stands there in order.

    `amendments` are those that had been adopted when the text was as it is.
    """
    root = ET.Element("akomaNtoso", xmlns=NAMESPACE)
    statement = child(root, "statement", name="planOfAction")
    meta = child(statement, "meta")
    version = Version(document, plan)
    words = Words(cross_references.of(plan), _registry(plan))
    _preface(statement, document)
    _Body(words, version).write(statement)
    words.places.resolve()
    metadata(meta, version, words.places.ids, tuple(amendments))
    _in_lines(root, "\n")
    # a parser takes a bare carriage return for the end of a line
    text = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _registry(plan: Plan) -> dict[str, str]:
    """Return the address of the document of each instrument and recommendation, by id; empty for none."""
    symbols = {each.id: each.symbol or "" for each in plan.instruments}
    symbols |= {each.id: each.symbol or "" for _, each in plan.walk_recommendations()}
    return {name: addresses.of_document(symbol) for name, symbol in symbols.items()}


def _preface(statement: ET.Element, document: Document) -> None:
    """Add what the cover says: the masthead, the title, the facts, the notice."""
    preface = child(statement, "preface", **{"xml:lang": document.language})
    if masthead := [each for each in (document.symbol, *document.masthead) if each]:
        container = child(preface, "container", name="masthead")
        for each in masthead:
            line = child(container, "p")
            add(child(line, "docNumber") if each == document.symbol else line, each)
    add(child(child(child(preface, "longTitle"), "p"), "docTitle"), document.title)
    if document.subtitle:
        add(child(preface, "p", class_="subtitle"), document.subtitle)
    facts = [each for each in document.cover if each[0] not in document.in_masthead]
    if facts:
        container = child(preface, "container", name="cover")
        for label, value in facts:
            line = child(container, "p")
            add(child(line, "span", class_="label"), f"{label}:")
            add(line, f" {value}")
    if document.notice:
        add(child(child(preface, "container", name="notice"), "p"), document.notice)


class _Body:
    """Writes the parts of a document."""

    def __init__(self, words: Words, version: Version) -> None:
        self.words = words
        self.places = words.places
        self.version = version
        self.language = {"xml:lang": version.document.language}

    def write(self, statement: ET.Element) -> None:
        """Add what stands before the numbered text, that text, and the annexes."""
        parts = self.version.document.parts
        front = [each for each in parts if each.kind is PartKind.FRONT]
        if front:
            preamble = child(statement, "preamble", **self.language)
            for block in (block for part in front for block in part.blocks):
                self.block(preamble, block, "preamble")
        main = child(statement, "mainBody", eId="body", **self.language)
        for part in parts:
            if part.kind in (PartKind.INTRODUCTION, PartKind.SECTION):
                self.section(main, part)
        if not len(main):
            child(main, "hcontainer", name="body")  # the schema wants one element at least
        annexes = [each for each in parts if each.kind is PartKind.ANNEX]
        if annexes:
            attachments = child(statement, "attachments")
            for number, part in enumerate(annexes, start=1):
                self.annex(attachments, part, number)

    def section(self, main: ET.Element, part: Part) -> None:
        """Add a section of the text, or its introduction."""
        heading, blocks = _headed(part)
        anchors = filter(None, (heading.record, heading.anchor))
        if part.kind is PartKind.SECTION:
            name = self.places.new("", "sec", heading.number, anchors=anchors)
            element = child(main, "section", eId=name, wId=f"sec_{heading.record}")
        else:
            name = self.places.new("", "hcontainer", anchors=anchors)
            element = child(main, "hcontainer", name="introduction", eId=name)
        self.heading(element, heading, name)
        paragraphs = (each for each in blocks if isinstance(each, Paragraph))
        for first, *rest in _groups(paragraphs, lambda each: each.role in (Role.NUMBERED, Role.ACTION)):
            self.paragraph(element, first, rest, name)

    def heading(self, element: ET.Element, heading: Heading, name: str) -> None:
        """Add the number and the words of a heading."""
        if heading.number:
            add(child(element, "num"), heading.number)
        self.words.runs(child(element, "heading"), heading.runs, name)

    def paragraph(
        self, section: ET.Element, first: Paragraph, others: Sequence[Paragraph], inside: str
    ) -> None:
        """Add a numbered paragraph, with its points and the lines under it."""
        element, name = self.numbered(section, "paragraph", first, inside)
        points = [each for each in others if each.role in (Role.POINT, Role.SUBPOINT)]
        rest = [each for each in others if each.role not in (Role.POINT, Role.SUBPOINT)]
        holder = child(element, "intro" if points else "content")
        self.words.paragraph(holder, first, name)
        for point, *below in _groups(points, lambda each: each.role is Role.POINT):
            self.point(element, point, below, name)
        if points and rest:
            holder = child(element, "wrapUp")
        for each in rest:
            self.block(holder, each, name)

    def point(self, above: ET.Element, first: Paragraph, below: Sequence[Paragraph], inside: str) -> None:
        """Add a point with those below it."""
        element, name = self.numbered(above, "point", first, inside)
        self.words.paragraph(child(element, "intro" if below else "content"), first, name)
        for each in below:
            self.point(element, each, (), name)

    def numbered(self, above: ET.Element, tag: str, block: Paragraph, inside: str) -> tuple[ET.Element, str]:
        """Add an element that bears a number; return it with its id.

        Beside the id that says where it stands, ``sec_I__para_12``, it has one for ever, ``para_A-012``.
        """
        record, point = block.record or "", (block.field or "").removeprefix("points.")
        is_point = tag == "point"
        anchors = (f"{record}.{point}", f"{record}.{block.field}") if is_point else (record,)
        name = self.places.new(inside, tag if is_point else "para", block.number, anchors=anchors)
        for_ever = f"para_{record}__point_{point}" if is_point else f"para_{record}"
        element = child(above, tag, eId=name, wId=for_ever)
        if block.number:
            add(child(element, "num"), block.number)
        return element, name

    def annex(self, attachments: ET.Element, part: Part, number: int) -> None:
        """Add an annex, which the standard has as a document of its own."""
        heading, blocks = _headed(part)
        name = self.places.new("", "att", anchors=(heading.anchor,))
        element = child(attachments, "attachment", eId=name)
        self.heading(element, heading, name)
        document = child(element, "doc", name=part.name)
        identification(child(document, "meta"), self.version, f"annex_{number}", words_of(heading.runs))
        main = child(document, "mainBody", **self.language)
        for group in _groups(blocks, lambda each: isinstance(each, Heading)):
            self.group(main, group, name)

    def group(self, main: ET.Element, blocks: Sequence[Block], inside: str) -> None:
        """Add blocks of an annex; where a heading stands over them, as a part of it."""
        holder, name = main, inside
        if isinstance(blocks[0], Heading):
            name = self.places.new(inside, "hcontainer")
            element = child(main, "hcontainer", name="group", eId=name)
            self.heading(element, blocks[0], name)
            holder, blocks = child(element, "content"), blocks[1:]
        for block in blocks:
            self.block(holder, block, name)

    def block(self, parent: ET.Element, block: Block, inside: str) -> None:
        """Add a block that is no part of the hierarchy."""
        if isinstance(block, Table):
            self.table(parent, block, inside)
        elif isinstance(block, Paragraph):
            kind = block.field if block.role is Role.DETAIL else block.role.value
            self.words.paragraph(parent, block, inside, class_=kind or "")

    def table(self, parent: ET.Element, table: Table, inside: str) -> None:
        """Add a table; each row says which record it is of."""
        name = self.places.new(inside, "table")
        element = child(parent, "table", eId=name)
        head = child(element, "tr")
        for column in table.columns:
            add(child(child(head, "th"), "p"), column.title)
        for row in table.rows:
            line = child(element, "tr")
            if row.record in self.words.registry:
                line.set("refersTo", f"#{row.record}")
            for cell in row.cells:
                self.words.runs(child(child(line, "td"), "p"), cell, name)


def _headed(part: Part) -> tuple[Heading, tuple[Block, ...]]:
    """Return the heading of a part, and what stands under it."""
    first, *rest = part.blocks
    return (first, tuple(rest)) if isinstance(first, Heading) else (Heading(1, ()), part.blocks)


def _groups(blocks: Iterable[_Block], begins: Callable[[_Block], bool]) -> Iterator[tuple[_Block, ...]]:
    """Part blocks before each with which a group begins."""
    group: list[_Block] = []
    for block in blocks:
        if group and begins(block):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _in_lines(element: ET.Element, line: str) -> None:
    """Begin a line for each element that holds no words, and for each that does; change no word."""
    if element.tag in _MIXED or not len(element):
        return
    inner = f"{line}  "
    element.text = inner
    for each in element:
        _in_lines(each, inner)
        each.tail = inner
    element[-1].tail = line
