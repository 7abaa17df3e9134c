"""Ids of records in running text: which words can only be ids, and where one stands."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.text.did_you_mean import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIGURES = re.compile(r"[0-9]+")
BEFORE, AFTER = r"(?<![\w/.@#&?=-])", r"(?![\w/@]|[-.][\w])"
"""What an id is no part of: a document symbol, an address, a longer word."""
_WORD, _BEHIND = re.compile(rf"{BEFORE}[A-Za-z0-9-]+"), re.compile(AFTER)
_PART = re.compile(r"(?P<figures>[0-9]+)|[A-Za-z]+|-")


class Named(NamedTuple):
    """A word of a text that can only be an id."""

    word: str
    start: int
    end: int
    meant: str = ""
    """The id that it is with its noughts left out: ``A-7`` for ``A-007``."""


def is_distinct(name: str) -> bool:
    """Return whether an id can be no word of the language: it has a hyphen and a figure."""
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
        self._families: dict[str, _Family] = {}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    def alike(self, word: str) -> list[str]:
        """Return the ids that are written like `word`."""
        return self._names.get(_FIGURES.sub("#", word), [])

    def nearest(self, word: str) -> str:
        """Return a cure that names the id, of those written like `word`, that it means; or an empty text."""
        return self._family(_FIGURES.sub("#", word)).known.cure(word)

    def unknown(self, text: str) -> Iterator[Named]:
        """Return each word of a text that is written like an id of the plan, and is none."""
        for match in _WORD.finditer(text) if self._names else ():
            word = self._shaped(text, match)
            if word:
                family = self._family(_FIGURES.sub("#", word))
                figures = _FIGURES.findall(word)
                if word not in family.names:
                    meant = family.meant.get(_numbers(figures), "")
                    if meant or family.is_as_long(figures):
                        yield Named(word, match.start(), match.start() + len(word), meant)

    def _shaped(self, text: str, match: re.Match[str]) -> str:
        """Return what begins a word of letters, figures and hyphens and looks like an id, or nothing."""
        shape = ""
        for part in _PART.finditer(text, *match.span()):
            shape += "#" if part["figures"] else part.group()
            if len(shape) > self._longest:
                break
            if shape in self._names and _BEHIND.match(text, part.end()):
                return text[match.start() : part.end()]
        return ""

    def _family(self, shape: str) -> _Family:
        if shape not in self._families:
            self._families[shape] = _family(self._names.get(shape, []))
        return self._families[shape]


class _Family(NamedTuple):
    """The ids of one shape."""

    names: frozenset[str]
    meant: dict[tuple[str, ...], str]
    """By the numbers in it, the first id that has them."""
    lengths: tuple[frozenset[int] | None, ...]
    """How long each number of an id may be; None: any, since no nought fills one up."""

    known: Names

    def is_as_long(self, figures: list[str]) -> bool:
        """Return whether the figures of a word are as long as in the ids."""
        return all(
            lengths is None or len(each) in lengths
            for each, lengths in zip(figures, self.lengths, strict=True)
        )


def _numbers(figures: list[str]) -> tuple[str, ...]:
    """Return numbers without the noughts that fill them up; as text, for one may be as long as a file."""
    return tuple(each.lstrip("0") for each in figures)


def _family(names: list[str]) -> _Family:
    figures = [_FIGURES.findall(each) for each in names]
    meant: dict[tuple[str, ...], str] = {}
    for name, each in zip(names, figures, strict=True):
        meant.setdefault(_numbers(each), name)
    columns = [{*column} for column in zip(*figures, strict=True)]
    lengths = tuple(
        frozenset(map(len, column)) if any(each.startswith("0") for each in column) else None
        for column in columns
    )
    return _Family(frozenset(names), meant, lengths, Names(names))
