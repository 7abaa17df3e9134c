"""Ids of records in running text: which words can only be ids, and where one stands."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIGURES = re.compile(r"[0-9]+")
BEFORE, AFTER = r"(?<![\w/.@#&?=-])", r"(?![\w/@]|[-.][\w])"
"""What an id is no part of: a document symbol, an address, a longer word."""


class Named(NamedTuple):
    """A word of a text that can only be an id."""

    word: str
    start: int
    end: int
    meant: str = ""
    """The id that it is with its noughts left out: ``A-7`` for ``A-007``."""


def is_distinct(name: str) -> bool:
    """Say whether an id can be no word of the language: it has a hyphen and a figure."""
    return "-" in name and _FIGURES.search(name) is not None


def places(text: str, name: str) -> Iterator[re.Match[str]]:
    """Find an id in a text as a whole word, in capital or small letters."""
    return re.finditer(rf"{BEFORE}{re.escape(name)}{AFTER}", text, re.IGNORECASE)


class Families:
    """The shapes that ids of a plan have: the same letters and hyphens, and figures that count."""

    def __init__(self, names: Iterable[str]) -> None:
        """Learn the shapes of `names`."""
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            if is_distinct(name) and name[0].isalpha():
                self._names[_FIGURES.sub("#", name)].append(name)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        shapes = "|".join(re.escape(each).replace(r"\#", "[0-9]+") for each in sorted(self._names))
        return re.compile(f"{BEFORE}(?:{shapes}){AFTER}") if shapes else None

    def alike(self, word: str) -> list[str]:
        """Give the ids that are written like `word`."""
        return self._names.get(_FIGURES.sub("#", word), [])

    def unknown(self, text: str) -> Iterator[Named]:
        """Give each word of a text that is written like an id of the plan, and is none."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            word = match.group()
            alike = self.alike(word)
            if word not in alike:
                figures = [int(each) for each in _FIGURES.findall(word)]
                meant = next(
                    (each for each in alike if list(map(int, _FIGURES.findall(each))) == figures), ""
                )
                if meant or _is_as_long(word, alike):
                    yield Named(word, *match.span(), meant)


def _is_as_long(word: str, alike: list[str]) -> bool:
    """Say whether the figures of a word are as long as in the ids; any do where no nought fills up."""
    columns = zip(*(_FIGURES.findall(each) for each in alike), strict=True)
    return all(
        len(figures) in {len(each) for each in column} or not any(each.startswith("0") for each in column)
        for figures, column in zip(_FIGURES.findall(word), columns, strict=True)
    )
