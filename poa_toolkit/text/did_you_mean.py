"""The known word that a misspelt one most likely means."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LOOKS = 30_000
"""How many names are compared letter by letter, in all; beyond that only what needs no comparing is found."""
_CURE = re.compile(r'did you mean "([^"]*)"\?')
_LONGEST = 200
"""Characters of a word that may be a misspelt name; what is longer was never meant for one."""


def did_you_mean(word: str, known: Iterable[str], titles: Mapping[str, str] | None = None) -> str:
    """Return a cure that names the known word nearest to `word`, or an empty text.

    Capitals, spaces, hyphens and a plural do not count. `titles` gives for further names of known words,
    such as the titles of records, the word each stands for. Who has many words to ask for asks one `Names`.
    """
    return Names(known, titles).cure(word)


def meant_by(cure: str) -> str | None:
    """Return the word that a cure of `did_you_mean` names; None where it is no such cure."""
    found = _CURE.search(cure)
    return found[1] if found else None


class Names:
    """Known words, of which one may be meant by a misspelt one; what asking many times costs is bounded."""

    def __init__(self, known: Iterable[str], titles: Mapping[str, str] | None = None) -> None:
        """Take known words, and further names with the word that each stands for."""
        self._titles = [*(titles or {})]
        self._words = {**(titles or {}), **{each: each for each in known}}
        self._looks = _LOOKS
        self._cures: dict[str, str] = {}

    def cure(self, word: str) -> str:
        """Return a cure as `did_you_mean` does."""
        if word not in self._cures:
            meant = self._meant(word)
            self._cures[word] = f'did you mean "{meant}"?' if meant is not None else ""
        return self._cures[word]

    def _meant(self, word: str) -> str | None:
        """Return the known word that `word` means; None where nobody can tell."""
        bare = self._bare.get(_bare(word), {})
        if len(bare) == 1:
            return next(iter(bare))
        unpadded = self._unpadded.get(_unpadded(word))
        if unpadded is not None:
            return unpadded
        alike = self._alike(word, self._own, 0.6)
        # another number is no misspelling: nobody knows which one was meant
        if alike is not None and not _differ_in_number(alike, word):
            return alike
        titled = self._alike(word.casefold(), self._titles_by_length, 0.8)
        return None if titled is None else self._words[titled]

    @cached_property
    def _bare(self) -> dict[str, dict[str, None]]:
        """The words that are meant by what is left of their names."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name, word in self._words.items():
            found[_bare(name)][word] = None
        return dict(found)

    @cached_property
    def _unpadded(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, word in self._words.items():
            if name == word:
                found.setdefault(_unpadded(name), name)
        return found

    @cached_property
    def _own(self) -> dict[int, list[str]]:
        return _by_length(name for name, word in self._words.items() if name == word)

    @cached_property
    def _titles_by_length(self) -> dict[int, list[str]]:
        return _by_length(self._titles)

    def _alike(self, word: str, names: Mapping[int, list[str]], share: float) -> str | None:
        """Return the name that shares most with a word, of `share` and more; None where there is none."""
        import difflib  # noqa: PLC0415 - only a plan with a fault pays for it

        if len(word) > _LONGEST:
            return None
        # of two words the shorter is what they can have in common
        fitting = (
            length
            for length in names
            if length + len(word) == 0 or 2 * min(length, len(word)) / (length + len(word)) >= share
        )
        near = [each for length in fitting for each in names[length]]
        self._looks -= len(near)
        found = difflib.get_close_matches(word, near, n=1, cutoff=share) if self._looks >= 0 else []
        return found[0] if found else None


def _by_length(names: Iterable[str]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for name in names:
        found[len(name)].append(name)
    return dict(found)


def _bare(word: str) -> str:
    """Return what of a name is left where capitals, what parts its words and a plural do not count."""
    words = re.findall(r"[^\W_]+", word.casefold())
    return "".join(_singular(each) for each in words)


def _unpadded(word: str) -> str:
    """Return a word without the zeros that its numbers begin with."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", _bare(word))


def _differ_in_number(one: str, other: str) -> bool:
    """Return whether two names are alike in figures alone, or but for a number that is quite another."""
    (words, figures), (others, more) = (
        (re.sub(r"[0-9]", "", _bare(each)), re.sub(r"[^0-9]", "", each)) for each in (one, other)
    )
    apart = sum(a != b for a, b in zip(figures, more, strict=False))
    if not others:
        return bool(words)
    is_swapped = sorted(figures) == sorted(more)
    return words == others and len(figures) == len(more) and apart > 1 and not is_swapped


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s") if not word.endswith("ss") else word
