"""The words of a paragraph in Akoma Ntoso: references, notes, unagreed text, and the ids of elements."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from poa_toolkit.document.blocks import Paragraph, Role
from poa_toolkit.document.runs import Link, Mark, Note, words_of
from poa_toolkit.text import addresses, brackets, cross_references
from poa_toolkit.write.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from poa_toolkit.document.runs import Run
    from poa_toolkit.model.cross_references import CrossReferences, Number

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = {Mark.STRONG: "b", Mark.EMPHASIS: "i"}
_MARKED = (Role.FRONT, Role.NUMBERED, Role.ACTION, Role.POINT, Role.SUBPOINT)
"""The paragraphs in which brackets are unagreed text."""
_NO_NUMBER = re.compile(r"[^A-Za-z0-9-]+")
_NUMBERED = ("sec", "para", "point")
"""The kinds of element that bear a printed number."""


def clean(text: str) -> str:
    r"""Return a text as XML can hold it: what XML has no way to write is shown, ``\x00``."""
    return _NO_XML.sub(lambda found: visible(found.group()), text)


def child(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    """Add an element behind the last one; an attribute that is empty is left out."""
    given = {name.rstrip("_"): clean(value) for name, value in attributes.items() if value}
    return ET.SubElement(parent, tag, given)


def add(parent: ET.Element, text: str) -> None:
    """Add words behind the last ones of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean(text)
    else:
        parent.text = (parent.text or "") + clean(text)


class Places:
    """The ids of elements by the naming convention, and what has which; references find them at the end.

    An id says the way to an element, ``sec_I__para_12__point_a``: kind and printed number at each step.
    """

    def __init__(self) -> None:
        self.ids: dict[str, str] = {"": "body"}
        """By anchor of the document, ``A-012`` or ``A-012.points.b``; the whole text by the empty one."""
        self._counted: Counter[str] = Counter()
        self._references: list[tuple[ET.Element, str]] = []

    def new(self, inside: str, kind: str, number: str = "", *, anchors: Iterable[str] = ()) -> str:
        """Return the id of one more element, in the element that has the id `inside`."""
        stem = f"{inside}__{kind}" if inside else kind
        step = _NO_NUMBER.sub("", number)
        if not step:
            self._counted[stem] += 1
            # what would bear a number and has none is counted apart from the numbers
            step = f"nn_{self._counted[stem]}" if kind in _NUMBERED else str(self._counted[stem])
        found = f"{stem}_{step}"
        for anchor in anchors:
            self.ids.setdefault(anchor, found)
        return found

    def refer(self, element: ET.Element, anchor: str) -> None:
        """Keep in mind that an element refers to what has an anchor of the document."""
        self._references.append((element, anchor))

    def resolve(self) -> None:
        """Lead each reference to the id of its element; words that lead to none are plain words."""
        for element, anchor in self._references:
            if anchor in self.ids:
                element.set("href", f"#{self.ids[anchor]}")
            else:
                element.tag = "span"


class Words:
    """Writes runs into elements."""

    def __init__(self, references: CrossReferences, registry: Mapping[str, str]) -> None:
        self.places = Places()
        self.references = references
        self.registry = registry
        """By id, of what the annexes list, the address of its document; empty where it has none."""
        self.notes = 0

    def paragraph(self, parent: ET.Element, block: Paragraph, inside: str, **attributes: str) -> ET.Element:
        """Add a paragraph to an element; `inside` is the id of the nearest element that has one."""
        element = child(parent, "p", **attributes)
        source = block.source or words_of(block.runs)
        if block.role in _MARKED and "[" in source:
            try:
                nodes = brackets.parse(source, frozenset(self.references.holders))
            except brackets.BracketError:
                pass  # brackets that do not pair are words
            else:
                self.unagreed(element, nodes, inside)
                return element
        self.runs(element, block.runs, inside)
        return element

    def runs(self, parent: ET.Element, runs: Iterable[Run], inside: str) -> None:
        """Add runs to an element."""
        for run in runs:
            if isinstance(run, Note):
                self.note(parent, run, inside)
            elif isinstance(run, Link):
                self.link(parent, run)
            elif run.reference and run.reference.numbers:
                self.cross_reference(parent, run.reference.word, run.reference.numbers)
            elif run.mark is Mark.PLAIN:
                add(parent, run.text)
            else:
                tag = _TAGS.get(run.mark, "span")
                add(child(parent, tag, class_="" if tag in _TAGS.values() else run.mark.value), run.text)

    def note(self, parent: ET.Element, note: Note, inside: str) -> None:
        """Add a footnote where it is called."""
        self.notes += 1
        name = self.places.new(inside, "authorialNote")
        element = child(parent, "authorialNote", eId=name, marker=str(self.notes), placement="bottom")
        self.runs(child(element, "p"), note.runs, name)

    def link(self, parent: ET.Element, link: Link) -> None:
        """Add a link: to a place of the text, to a document by its address, to an entry of the references."""
        element = child(parent, "ref")
        add(element, link.text)
        anchor = link.target.removeprefix("#")
        if anchor in self.registry:
            element.set("href", self.registry[anchor] or f"#{anchor}")
            element.set("refersTo", f"#{anchor}")
        elif link.target.startswith("#"):
            self.places.refer(element, anchor)
        elif address := addresses.of_page(link.target):
            element.set("href", address)
        else:
            element.tag = "span"

    def cross_reference(self, parent: ET.Element, word: str, numbers: Sequence[Number]) -> None:
        """Add what a cross-reference prints; each number leads to what bears it."""
        add(parent, word)
        for index, number in enumerate(numbers):
            add(parent, " " * bool(index))
            element = child(parent, "ref")
            add(element, number.text)
            self.places.refer(element, number.target)

    def unagreed(self, parent: ET.Element, nodes: Iterable[brackets.Node], inside: str) -> None:
        """Add words, each bracket as an element of its own; in it each alternative, where it has several."""
        for node in nodes:
            if isinstance(node, brackets.Plain):
                self.plain(parent, node.source)
                continue
            known = self.references.holders.get((node.holder or "").lower())
            holder = f"#{known.id}" if known else ""
            name = self.places.new(inside, "inline")
            element = child(parent, "inline", name="unagreed", eId=name, refersTo=holder)
            add(element, "[")
            if node.holder:
                add(element, f"{self.references.held_by(node.holder)}:{node.gap}")
            several = len(node.alternatives) > 1
            for index, alternative in enumerate(node.alternatives):
                add(element, "|" * bool(index))
                of_one = child(element, "inline", name="alternative") if several else element
                self.unagreed(of_one, alternative, inside)
            add(element, "]")

    def plain(self, parent: ET.Element, source: str) -> None:
        """Add words as a text spells them, with what its cross-references print."""
        for piece in cross_references.pieces(source):
            numbers = self.references.parts(piece.found) if piece.found else ()
            if piece.found and numbers:
                self.cross_reference(parent, self.references.word(piece.found), numbers)
            elif piece.found:
                add(parent, self.references.printed(piece.found))
            else:
                add(parent, brackets.unescape(piece.source))
