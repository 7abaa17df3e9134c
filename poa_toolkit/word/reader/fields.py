"""The fields that are open at a place of the text: whether a program makes the words that come now."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(slots=True)
class _Field:
    instruction: str
    outer: tuple[bool, str]
    """What a program makes of the words round the field."""
    has_result: bool = False


class Fields:
    """Follows the fields of one story, which may begin in one paragraph and end in another."""

    def __init__(self) -> None:
        """Begin outside of any field."""
        self._open: list[_Field] = []
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
            self._open.append(_Field("", (self.computed, self.makes)))
        elif kind == "separate" and self._open:
            self._begin_result()
        elif kind == "end" and self._open:
            self.close_to(len(self._open) - 1)

    def instruct(self, words: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1].has_result:
            innermost = self._open[-1]
            innermost.instruction = (innermost.instruction + words)[:_LONGEST_INSTRUCTION]

    def begin(self, instruction: str) -> None:
        """Open a field that is written as one element."""
        self._open.append(_Field(instruction[:_LONGEST_INSTRUCTION], (self.computed, self.makes)))
        self._begin_result()

    def close_to(self, count: int) -> None:
        """Close all but so many fields."""
        if count < len(self._open):
            self.computed, self.makes = self._open[count].outer
            del self._open[count:]

    def _begin_result(self) -> None:
        field = self._open[-1]
        field.has_result = True
        name = next(iter(field.instruction.upper().split(maxsplit=1)), "")
        self.makes = self.makes or _LISTS.get(name, "")
        self.computed = self.computed or bool(self.makes) or name in _MADE_ANEW
