"""Where something stands in a returned file, in the words a person would look it up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.process.revisions import clean

if TYPE_CHECKING:
    from poa_toolkit.process.matching import Match
    from poa_toolkit.process.returned import Returned

_KINDS = {
    "table": "in a table",
    "note": "in a note",
    "box": "in a text box",
    "header": "in a header or footer",
}
_QUOTED = 60
_UP = 3
"""How many paragraphs above are looked at for words to quote."""


class Context:
    """Says where paragraphs stand."""

    def __init__(self, returned: Returned, match: Match) -> None:
        self._paragraphs = returned.paragraphs
        self._match = match
        self._new = {each.paragraph for each in match.loose}
        """What people wrote is quoted once, where it is proposed."""

    def of(self, index: int) -> str:
        """Say where a paragraph stands, so that a person finds it."""
        if index < 0:
            return "at no place of the text"
        place = self._paragraphs[index].place
        is_apart = place.kind in ("note", "header")
        above = self._match.above.get(index) or next(iter(self._match.keys.get(index, ())), None)
        found = [
            f"page {place.page}" if place.page and not is_apart else "",
            _KINDS.get(place.kind, ""),
            "" if place.cell is None else f"table {place.cell.table}, row {place.cell.row}",
            f"under “{clean(place.heading)}”" if place.heading and not is_apart else "",
            f"after {'.'.join(above)}" if above and not is_apart else "",
            "" if is_apart else self._neighbour(index),
        ]
        return ", ".join(filter(None, found))

    def _neighbour(self, index: int) -> str:
        """Quote the end of the paragraph above."""
        for at in range(index - 1, max(-1, index - 1 - _UP), -1):
            words = "" if at in self._new else clean(self._paragraphs[at].old)
            if words:
                cut = words if len(words) < _QUOTED else "…" + words[-_QUOTED:].partition(" ")[2]
                return f"below “{cut}”"
        return ""
