"""The fields that are open at a place of the text: whether a program makes the words that come now."""

from __future__ import annotations

_MADE_ANEW = frozenset(
    (
        *("REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"),
        *("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "DATE", "TIME", "CREATEDATE", "SAVEDATE"),
        *("PRINTDATE", "EDITTIME", "FILENAME", "FILESIZE", "REVNUM", "NUMWORDS", "NUMCHARS"),
    )
)
"""The fields whose words Word makes anew; those of a HYPERLINK, and of a form, are typed."""
_LISTS = {
    "TOC": "contents",
    "INDEX": "index",
    "TOA": "table of authorities",
    "BIBLIOGRAPHY": "bibliography",
}
"""The fields that make whole paragraphs."""
_MOST_OPEN = 100
_LONGEST_INSTRUCTION = 200


class Fields:
    """Follows the fields of one story, which may begin in one paragraph and end in another."""

    def __init__(self) -> None:
        """Begin outside of any field."""
        self._open: list[tuple[str, bool]] = []
        """For each open field its instruction, and whether its result has begun."""
        self.computed = False
        """Whether the words that come now are made by a program."""
        self.makes = ""
        """What a field makes of the paragraphs that come now: ``contents``, ``index``."""

    def __len__(self) -> int:
        """Count the fields that are open."""
        return len(self._open)

    def mark(self, kind: str) -> None:
        """Open a field, begin its result, or close it."""
        if kind == "begin" and len(self._open) < _MOST_OPEN:
            self._open.append(("", False))
        elif kind == "separate" and self._open:
            self._open[-1] = (self._open[-1][0], True)
        elif kind == "end" and self._open:
            self._open.pop()
        self._settle()

    def instruct(self, words: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1][1]:
            self._open[-1] = ((self._open[-1][0] + words)[:_LONGEST_INSTRUCTION], False)

    def begin(self, instruction: str) -> None:
        """Open a field that is written as one element."""
        self._open.append((instruction[:_LONGEST_INSTRUCTION], True))
        self._settle()

    def close_to(self, count: int) -> None:
        """Close all but so many fields."""
        del self._open[count:]
        self._settle()

    def _settle(self) -> None:
        names = {name for instruction, has_result in self._open if has_result for name in _names(instruction)}
        self.makes = next((_LISTS[name] for name in sorted(names) if name in _LISTS), "")
        self.computed = bool(self.makes) or not _MADE_ANEW.isdisjoint(names)


def _names(instruction: str) -> list[str]:
    return instruction.upper().split(maxsplit=1)[:1]
