"""Where something stands in a returned file, in the words a person would look it up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.returned.manual_marks import is_hidden
from poa_toolkit.returned.word_file import before
from poa_toolkit.text.white_space import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa_toolkit.returned.match_result import Match
    from poa_toolkit.returned.printed_texts import Key, Printed
    from poa_toolkit.returned.word_file import Returned

_KINDS = {
    "table": "in a table",
    "note": "in a note",
    "box": "in a text box",
    "header": "in a header or footer",
}
_QUOTED = 60
_UP = 3
"""How many paragraphs above are looked at for words to quote."""


class PlaceInWords:
    """Says where paragraphs stand, in printed words; what people wrote is quoted where it is told."""

    def __init__(self, returned: Returned, match: Match, texts: Mapping[Key, Printed]) -> None:
        self._paragraphs = returned.paragraphs
        self._match = match
        self._loose = {each.paragraph: each.original for each in match.loose}
        self._texts = texts
        self._headings: list[str] = []
        """The heading above each paragraph."""
        heading = ""
        for index, each in enumerate(returned.paragraphs):
            self._headings.append(heading)
            if each.level and each.old.strip():
                heading = self._printed(index) or heading

    def of(self, index: int) -> str:
        """Return where a paragraph stands, so that a person finds it."""
        if index < 0:
            return "at no place of the text"
        paragraph = self._paragraphs[index]
        place = paragraph.place
        if paragraph.note or place.kind == "header":
            return _KINDS["note" if paragraph.note else "header"]
        above = self._match.above.get(index) or next(iter(self._match.keys.get(index, ())), None)
        found = [
            f"page {place.page}" if place.page else "",
            _KINDS.get(place.kind, ""),
            "" if place.cell is None else f"table {place.cell.table}, row {place.cell.row}",
            f"under “{self._headings[index]}”" if self._headings[index] else "",
            f"after {'.'.join(above)}" if above else "",
            self._neighbour(index),
        ]
        return ", ".join(filter(None, found))

    def _neighbour(self, index: int) -> str:
        """Quote the end of the paragraph above."""
        for at in range(index - 1, max(-1, index - 1 - _UP), -1):
            words = self._printed(at)
            if words:
                cut = words if len(words) < _QUOTED else "…" + words[-_QUOTED:].partition(" ")[2]
                return f"below “{cut}”"
        return ""

    def _printed(self, index: int) -> str:
        """Return what a paragraph said when it was printed; nothing for one that is new."""
        keys, paragraph = self._match.keys.get(index), self._paragraphs[index]
        if keys:
            return clean(self._texts[keys[0]].text)
        if index in self._loose or paragraph.note:
            return self._loose.get(index, "")
        return clean(before(each for each in paragraph.pieces if not is_hidden(each)))
