"""Edits a rendered Word file as Word does: tracked or not, comments, splits, joins, moves. The XML, by lxml alone."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types
from word_accepting import accepted as decided_on
from word_reading import W, packed, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAMESPACES = {"w": W[1:-1]}
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
DATE = "2017-12-04T10:30:00Z"
A = "Delegation A"
B = "Delegation B"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Edited:
    """A file in somebody's Word."""

    def __init__(self, file: bytes) -> None:
        self.parts = read(file).parts
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root[0]
        self.comments: list[etree._Element] = []
        self.threads: list[etree._Element] = []
        self.number = 900_000

    def save(self) -> bytes:
        parts = {**self.parts, "word/document.xml": etree.tostring(self.root, encoding="UTF-8")}
        if self.comments:
            parts |= self._comment_parts(parts)
        return packed(parts)

    # --- finding ---

    def control(self, tag: str) -> etree._Element:
        found = self.body.xpath(f'.//w:sdt[w:sdtPr/w:tag/@w:val="{tag}"]/w:sdtContent', namespaces=NAMESPACES)
        assert found, f"there is no control {tag}"
        return found[0]

    def paragraph(self, tag: str) -> etree._Element:
        return next(self.control(tag).iterancestors(f"{W}p"))

    def text(self, tag: str) -> str:
        return "".join(each.text or "" for each in self.control(tag).iter(f"{W}t"))

    def styled(self, style: str) -> list[etree._Element]:
        return list(self.body.xpath(f'.//w:p[w:pPr/w:pStyle/@w:val="{style}"]', namespaces=NAMESPACES))

    # --- tracked words ---

    def insert(self, tag: str, at: int | str, words: str, author: str = A, date: str = DATE) -> None:
        """Put words in with tracking, before a character or behind some words."""
        offset = self._offset(tag, at)
        run = self._cut(self.control(tag), offset)
        mark = self._mark("ins", author, date)
        mark.append(_run(words))
        self._put_before(self.control(tag), run, mark)

    def delete(self, tag: str, words: str, author: str = A, date: str = DATE) -> None:
        for run in self._runs_of(tag, words):
            self._strike(run, "del", author, date)

    def replace(self, tag: str, old: str, new: str, author: str = A) -> None:
        self.delete(tag, old, author)
        last = self.control(tag).xpath(".//w:del[w:r]", namespaces=NAMESPACES)
        mark = self._mark("ins", author, DATE)
        mark.append(_run(new))
        mine = next(
            each for each in last if "".join(each.itertext()) and old.endswith("".join(each.itertext()))
        )
        mine.addnext(mark)

    def move_words(self, tag: str, words: str, behind: int | str, author: str = A) -> None:
        """Move words inside a text, as Word tracks it."""
        offset = self._offset(tag, behind)
        run = self._cut(self.control(tag), offset)
        mark = self._mark("moveTo", author, DATE)
        mark.append(_run(words))
        self._put_before(self.control(tag), run, mark)
        for each in self._runs_of(tag, words, skip=mark):
            self._strike(each, "moveFrom", author, DATE)

    def decide(self, decisions: Mapping[str, bool]) -> None:
        """Accept what some people changed and reject what others did; what several did goes by the first yes."""

        def choose(author: str, _: str) -> bool | None:
            every = [decisions.get(each) for each in author.replace(" and ", ", ").split(", ")]
            return True if True in every else None if None in every else False

        self.parts = read(decided_on(self.save(), choose)).parts
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root[0]

    # --- words without tracking ---

    def retype(self, tag: str, old: str, new: str) -> None:
        runs = self._runs_of(tag, old)
        runs[0].find(f"{W}t").text = new
        for run in runs[1:]:
            run.getparent().remove(run)

    def strike_by_hand(self, tag: str, words: str) -> None:
        """Strike words through without tracking."""
        for run in self._runs_of(tag, words):
            looks = run.find(f"{W}rPr")
            if looks is None:
                looks = run.makeelement(f"{W}rPr", {})
                run.insert(0, looks)
            etree.SubElement(looks, f"{W}strike")

    def take_out_note(self, number: int, author: str = A) -> None:
        """Take out the mark of a footnote, counted from 0, with tracking."""
        call = list(self.body.iter(f"{W}footnoteReference"))[number]
        self._strike(call.getparent(), "del", author, DATE)

    # --- paragraphs ---

    def split(self, tag: str, behind: str, author: str | None = A) -> None:
        """Press Enter behind some words; Word lets the second half fall out of the control, or in one like it."""
        paragraph, control = self.paragraph(tag), self.control(tag)
        run = self._cut(control, self._offset(tag, behind))
        second = etree.Element(f"{W}p")
        properties = paragraph.find(f"{W}pPr")
        second.append(copy.deepcopy(properties))
        if author:
            self._mark_end(paragraph, "ins", author)
        following = [run, *run.itersiblings(f"{W}r", f"{W}ins", f"{W}del")] if run is not None else []
        for each in following:
            second.append(each)
        paragraph.addnext(second)

    def join(self, tag: str, author: str | None = A) -> None:
        """Take out the end of a paragraph, so that the next text follows on."""
        paragraph = self.paragraph(tag)
        if author:
            self._mark_end(paragraph, "del", author)
            return
        following = paragraph.getnext()
        paragraph.append(_run(" "))
        for each in list(following)[1:]:
            paragraph.append(each)
        following.getparent().remove(following)

    def add(
        self, below: etree._Element, words: str, author: str | None = A, style: str | None = None
    ) -> etree._Element:
        """Type a new paragraph below another."""
        new = etree.Element(f"{W}p")
        properties = below.find(f"{W}pPr")
        if properties is not None:
            new.append(copy.deepcopy(properties))
        if style:
            new.find(f"{W}pPr/{W}pStyle").set(f"{W}val", style)
            unlisted(new.find(f"{W}pPr"))
        if author:
            self._mark_end(new, "ins", author)
            mark = self._mark("ins", author, DATE)
            mark.append(_run(words))
            new.append(mark)
        else:
            new.append(_run(words))
        below.addnext(new)
        return new

    def strike_paragraph(self, paragraph: etree._Element, author: str = A, kind: str = "del") -> None:
        self._mark_end(paragraph, kind, author)
        for run in list(paragraph.iter(f"{W}r")):
            self._strike(run, kind, author, DATE)

    def move_paragraph(self, tag: str, below: etree._Element, author: str = A) -> None:
        """Move a paragraph with its control, as Word tracks it."""
        paragraph = self.paragraph(tag)
        moved = copy.deepcopy(paragraph)
        for each in moved.xpath(".//w:bookmarkStart | .//w:bookmarkEnd", namespaces=NAMESPACES):
            each.getparent().remove(each)
        for run in list(moved.iter(f"{W}r")):
            mark = self._mark("moveTo", author, DATE)
            run.addprevious(mark)
            mark.append(run)
        self._mark_end(moved, "moveTo", author)
        self.strike_paragraph(paragraph, author, "moveFrom")
        below.addnext(moved)

    def unwrap(self, tag: str, *, bookmark: bool = False) -> None:
        """Take a control away and leave its text; with `bookmark` the bookmark too."""
        content = self.control(tag)
        control = content.getparent()
        for each in list(content):
            if not (bookmark and each.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd")):
                control.addprevious(each)
        control.getparent().remove(control)

    def remove(self, tag: str) -> None:
        paragraph = self.paragraph(tag)
        paragraph.getparent().remove(paragraph)

    # --- comments ---

    def comment(
        self, tag: str, words: str, said: str, author: str = A, *answers: tuple[str, str], done: bool = False
    ) -> None:
        runs = self._runs_of(tag, words)
        first = self._comment(said, author)
        numbers = [first, *(self._comment(text, by, parent=first, done=False) for by, text in answers)]
        self.threads[-len(numbers)].set(f"{W15}done", str(int(done)))
        for number in numbers:
            start = etree.Element(f"{W}commentRangeStart", {f"{W}id": number})
            end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": number})
            reference = etree.Element(f"{W}r")
            etree.SubElement(reference, f"{W}commentReference", {f"{W}id": number})
            runs[0].addprevious(start)
            runs[-1].addnext(reference)
            runs[-1].addnext(end)

    def _comment(self, said: str, author: str, parent: str = "", *, done: bool = False) -> str:
        number = str(len(self.comments))
        comment = etree.Element(
            f"{W}comment", {f"{W}id": number, f"{W}author": author, f"{W}date": DATE, f"{W}initials": "D"}
        )
        paragraph = etree.SubElement(comment, f"{W}p", {f"{W14}paraId": f"{int(number) + 1:08X}"})
        paragraph.append(_run(said))
        self.comments.append(comment)
        thread = etree.Element(
            f"{W15}commentEx", {f"{W15}paraId": f"{int(number) + 1:08X}", f"{W15}done": str(int(done))}
        )
        if parent:
            thread.set(f"{W15}paraIdParent", f"{int(parent) + 1:08X}")
        self.threads.append(thread)
        return number

    def _comment_parts(self, parts: dict[str, bytes]) -> dict[str, bytes]:
        comments = etree.Element(f"{W}comments", nsmap={"w": W[1:-1], "w14": W14[1:-1]})
        comments.extend(self.comments)
        threads = etree.Element(f"{W15}commentsEx", nsmap={"w15": W15[1:-1]})
        threads.extend(self.threads)
        links = (
            parts["word/_rels/document.xml.rels"]
            .decode("utf-8")
            .replace(
                "</Relationships>",
                f'<Relationship Id="rC1" Type="{_OFFICE}/comments" Target="comments.xml"/>'
                '<Relationship Id="rC2" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
                'Target="commentsExtended.xml"/></Relationships>',
            )
        )
        types = (
            parts["[Content_Types].xml"]
            .decode("utf-8")
            .replace(
                "</Types>",
                f'<Override PartName="/word/comments.xml" ContentType="{_TYPES}.comments+xml"/>'
                f'<Override PartName="/word/commentsExtended.xml" ContentType="{_TYPES}.commentsExtended+xml"/></Types>',
            )
        )
        return {
            "word/comments.xml": etree.tostring(comments, encoding="UTF-8"),
            "word/commentsExtended.xml": etree.tostring(threads, encoding="UTF-8"),
            "word/_rels/document.xml.rels": links.encode("utf-8"),
            "[Content_Types].xml": types.encode("utf-8"),
        }

    # --- runs ---

    def _offset(self, tag: str, at: int | str) -> int:
        if isinstance(at, int):
            return at
        found = self.text(tag).index(at)
        return found + len(at)

    def _runs(self, content: etree._Element) -> list[etree._Element]:
        return [run for run in content.iter(f"{W}r") if run.find(f"{W}t") is not None]

    def _cut(self, content: etree._Element, offset: int) -> etree._Element | None:
        """Cut a run in two at a character of the visible text; the second half, None at the end."""
        at = 0
        for run in self._runs(content):
            text = run.find(f"{W}t")
            length = len(text.text or "")
            if offset <= at:
                return run
            if offset < at + length:
                second = copy.deepcopy(run)
                second.find(f"{W}t").text = text.text[offset - at :]
                text.text = text.text[: offset - at]
                for each in (text, second.find(f"{W}t")):
                    each.set(_XML_SPACE, "preserve")
                run.addnext(second)
                return second
            at += length
        return None

    def _runs_of(self, tag: str, words: str, skip: etree._Element | None = None) -> list[etree._Element]:
        content = self.control(tag)
        inside = set(skip.iter(f"{W}r")) if skip is not None else set()
        text = "".join((run.find(f"{W}t").text or "") for run in self._runs(content) if run not in inside)
        whole = self.text(tag)
        start = whole.index(words) if skip is None else _nth(self, content, inside, text, words)
        self._cut(content, start + len(words))
        first = self._cut(content, start)
        found, length = [], 0
        runs = self._runs(content)
        for run in runs[runs.index(first) :]:
            if length >= len(words):
                break
            found.append(run)
            length += len(run.find(f"{W}t").text or "")
        return found

    def _strike(self, run: etree._Element, kind: str, author: str, date: str) -> None:
        mark = self._mark(kind, author, date)
        run.addprevious(mark)
        mark.append(run)
        if kind == "del":
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"

    def _mark(self, kind: str, author: str, date: str) -> etree._Element:
        self.number += 1
        return etree.Element(
            f"{W}{kind}", {f"{W}id": str(self.number), f"{W}author": author, f"{W}date": date}
        )

    def _mark_end(self, paragraph: etree._Element, kind: str, author: str) -> None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        run = properties.find(f"{W}rPr")
        if run is None:
            run = etree.SubElement(properties, f"{W}rPr")
        run.insert(0, self._mark(kind, author, DATE))

    def _put_before(self, content: etree._Element, run: etree._Element | None, mark: etree._Element) -> None:
        if run is not None:
            holder = run if run.getparent().tag not in (f"{W}ins", f"{W}moveTo") else run.getparent()
            holder.addprevious(mark)
        else:
            last = self._runs(content)[-1]
            holder = last if last.getparent().tag not in (f"{W}ins", f"{W}moveTo") else last.getparent()
            holder.addnext(mark)


def _nth(edited: Edited, content: etree._Element, inside: set[etree._Element], text: str, words: str) -> int:
    """Give where words begin in the whole visible text, those of some runs passed over."""
    wanted = text.index(words)
    at = seen = 0
    for run in edited._runs(content):
        length = len(run.find(f"{W}t").text or "")
        if run not in inside:
            if seen + length > wanted:
                return at + wanted - seen
            seen += length
        at += length
    raise AssertionError(words)


def _run(words: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set(_XML_SPACE, "preserve")
    return run


def edited(file: bytes, change: Callable[[Edited], object]) -> bytes:
    """Open a file, change it, save it."""
    there = Edited(file)
    change(there)
    return there.save()


def unlisted(properties: etree._Element) -> None:
    """Take a paragraph out of the list that it names itself, as a program does that gives it another style."""
    for each in properties.findall(f"{W}numPr"):
        properties.remove(each)


def accepted(file: bytes, styles: tuple[str, ...]) -> list[str]:
    """Give the paragraphs of some styles with every tracked change accepted, white space made single."""
    root = etree.fromstring(read(file).parts["word/document.xml"])
    found: list[str] = []
    open_text = ""
    for paragraph in root[0].iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") not in styles:
            continue
        gone = set(paragraph.iter(f"{W}del", f"{W}moveFrom"))
        texts = [
            each.text or "" for each in paragraph.iter(f"{W}t") if not gone.intersection(each.iterancestors())
        ]
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        ends = mark is None or not {each.tag for each in mark} & {f"{W}del", f"{W}moveFrom"}
        joined = f"{open_text} {''.join(texts)}" if open_text.strip() else "".join(texts)
        open_text = "" if ends else joined
        if ends and joined.strip():
            found.append(" ".join(joined.split()))
    return found
