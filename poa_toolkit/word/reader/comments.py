"""The comments of a file, each with the words it is about and the one it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.returned.word_file import WordComment
from poa_toolkit.word.ooxml import WORD
from poa_toolkit.word.reader.paragraph import blocks
from poa_toolkit.word.reader.reading import Surroundings
from poa_toolkit.word.reader.xml_names import NAMES, STRICT, attribute, revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

    from poa_toolkit.word.reader.reading import Reading

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def remarks(
    reading: Reading, part: tuple[str, etree._Element], threads: etree._Element | None
) -> Iterator[WordComment]:
    """Return the comments of a part in its order; `threads` says which answers which."""
    answered = _threads(threads)
    every = [each for each in part[1] if NAMES[each.tag] == "comment"]
    of_paragraph = {para: attribute(each, "id") for each in every for para in _paragraph_ids(each)}
    for each in every:
        key = attribute(each, "id")
        paragraphs = _paragraph_ids(each)
        parent, resolved = answered.get(paragraphs[-1] if paragraphs else "", ("", False))
        text = _text(reading, part[0], each)
        at = reading.length
        reading.length += len(text)
        remark = WordComment(
            key, revision(each), text, parent=of_paragraph.get(parent, ""), resolved=resolved, at=at
        )
        if key in reading.ranges:
            start, end = reading.ranges[key]
            remark = remark._replace(
                paragraph=start.paragraph,
                start=start.offset,
                words=reading.words(start, end),
                gone=reading.words(start, end, gone=True),
            )
        yield remark


def _text(reading: Reading, part: str, comment: etree._Element) -> str:
    """Return all the text of a comment, each paragraph on a line."""
    start = reading.length
    text = "\n".join(_lines(reading, part, comment)).strip()
    # the comment is one stretch of the file, whatever stands in it
    reading.length = start
    return text


def _lines(reading: Reading, part: str, comment: etree._Element) -> Iterator[str]:
    for each in blocks(reading, part, comment, Surroundings()):
        words = "".join(graphic.words for graphic in each.graphics if graphic.at >= 0)
        yield " ".join(filter(None, (each.new, words)))


def _paragraph_ids(comment: etree._Element) -> list[str]:
    found = (each.get(f"{_W14}paraId") for each in comment.iter(f"{{{WORD}}}p", f"{{{STRICT}}}p"))
    return [each for each in found if each]


def _threads(root: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """Give, by the id of a comment's last paragraph, that of the one it answers, and if it is resolved."""
    if root is None:
        return {}
    return {
        each.get(f"{_W15}paraId", ""): (
            each.get(f"{_W15}paraIdParent", ""),
            each.get(f"{_W15}done", "") in ("1", "true", "on"),
        )
        for each in root
    }
