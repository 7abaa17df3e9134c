"""What stands beside the cells of a sheet: comments, words in shapes over them, heads and feet of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.model.proposals import Reviser
from poa_toolkit.returned.sheet_file import CellComment
from poa_toolkit.returned.word_file import WordComment
from poa_toolkit.sheets import cells
from poa_toolkit.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from poa_toolkit.archive.untrusted import Element

KINDS = ("comments", "threadedComment", "drawing")
"""The kinds of parts that are read beside a sheet."""
_CODE = re.compile('&(?:"[^"]*"|K(?:[0-9A-F]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]+|.)', re.IGNORECASE)
"""How the head of a page says where words stand, how they look, and what is filled in."""
_FIELDS = frozenset("PNDTZFA")
"""Which of these are filled in: the number of the page, a day, a name."""
_SHADOW = "[Threaded comment]"
"""How the note begins that Excel keeps of a comment, for programs that know no others."""


def people(root: Element | None) -> dict[str, str]:
    """Return the names of those who commented, by how comments name them."""
    return {each.get("id", ""): each.get("displayName", "") for each in cells.children(root, "person")}


def comments(root: Element, part: str, known: Mapping[str, str]) -> Iterator[CellComment]:
    """Return the comments of a part, whichever of its two kinds it is of; `known` are the people."""
    if cells.local(root) == "ThreadedComments":
        yield from _threaded(root, known)
        return
    authors = [each.text or "" for each in cells.children(cells.child(root, "authors"), "author")]
    for number, each in enumerate(cells.children(cells.child(root, "commentList"), "comment")):
        author = cells.number(each.get("authorId"))
        name = authors[author] if author < len(authors) else ""
        text = cells.words(cells.child(each, "text")).text
        row, column = cells.place(each.get("ref", ""))
        yield CellComment(row, column, WordComment(f"{part} {number}", Reviser(name), _unsigned(text, name)))


def _threaded(root: Element, known: Mapping[str, str]) -> Iterator[CellComment]:
    for each in cells.children(root, "threadedComment"):
        text = cells.child(each, "text")
        row, column = cells.place(each.get("ref", ""))
        by = Reviser(known.get(each.get("personId", ""), ""), _day(each.get("dT", "")))
        words = "" if text is None else cells.unescaped(text.text or "")
        parent, is_done = each.get("parentId", ""), each.get("done", "0") in ("1", "true")
        comment = WordComment(each.get("id", ""), by, words, parent=parent, resolved=is_done)
        yield CellComment(row, column, comment)


def without_shadows(found: Iterable[CellComment]) -> Iterator[CellComment]:
    """Leave out the notes that Excel keeps of comments which are read themselves."""
    every = tuple(found)
    threaded = {(each.row, each.column) for each in every if not each.comment.text.startswith(_SHADOW)}
    return (
        each
        for each in every
        if not (each.comment.text.startswith(_SHADOW) and (each.row, each.column) in threaded)
    )


def boxes(root: Element) -> Iterator[str]:
    """Return the words of each shape of a drawing; what stands for one in programs of old is no other."""
    for shape in root.iter("{*}sp"):
        if next(shape.iterancestors("{*}Fallback"), None) is not None:
            continue
        paragraphs = ("".join(t.text or "" for t in each.iter("{*}t")) for each in shape.iter("{*}p"))
        text = "\n".join(filter(None, paragraphs))
        if text.strip():
            yield text


def page_words(root: Element) -> Iterator[str]:
    """Return the words of each head and foot of pages; a word alone beside a number or a name is none."""
    for each in root:
        text, codes = each.text or "", _CODE.findall(each.text or "")
        words = _CODE.sub(lambda code: "&" if code[0] == "&&" else " ", text).split()
        if len(words) > 1 or (words and not any(code[1:].upper() in _FIELDS for code in codes)):
            yield " ".join(words)


def _unsigned(text: str, author: str) -> str:
    """Leave out the name that Excel writes into a note before its words."""
    head = f"{author}:\n"
    return text.removeprefix(head) if author else text


def _day(moment: str) -> date | None:
    try:
        return dates.parse_day(moment.partition("T")[0])
    except ValueError:
        return None
