"""What people wrote into a plan, for the rules that look at how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.model.fields import Value
from poa_toolkit.model.texts import texts
from poa_toolkit.text.typography import around

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer
    from poa_toolkit.model import Plan


class Prose:
    """Every running text of a plan with its pointer; official titles and sources are not ours to set."""

    def __init__(self, plan: Plan) -> None:
        """Gather the texts of `plan`."""
        self.pieces = tuple(_pieces(plan))
        self.joined = "\n".join(text for _, text in self.pieces)

    def having(self, *marks: str) -> Iterator[tuple[Pointer, str]]:
        """Give the texts that hold one of `marks`; cheap where, as mostly, none does."""
        marks = tuple(mark for mark in marks if mark in self.joined)
        if marks:
            yield from (each for each in self.pieces if any(mark in each[1] for mark in marks))

    def matching(self, pattern: re.Pattern[str], *marks: str) -> Iterator[tuple[Pointer, str, re.Match[str]]]:
        """Give the first match in each text of a pattern that needs one of `marks`, if it needs any."""
        for at, text in self.having(*marks) if marks else self.pieces if pattern.search(self.joined) else ():
            match = pattern.search(text)
            if match:
                yield at, around(text, match.start(), match.end()), match


def _pieces(plan: Plan) -> Iterator[tuple[Pointer, str]]:
    for each in texts(plan):
        if each.text and each.traits.value is not Value.NAME:
            yield each.at, each.text
