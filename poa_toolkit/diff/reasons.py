"""Why a change of a text is substantive whatever else it is: what a person would look for first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Edit, Ground
from poa_toolkit.text.phrases import DEADLINES, MODALS, MONTHS, NEGATIONS, NUMBERS
from poa_toolkit.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.diff.change import Segment

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-/\u2013][0-9]{2,4})*")
_NEGATED = re.compile(r"\w+n['\u2019]t")


def grounds(segments: Iterable[Segment], addressees: Sequence[tuple[str, ...]]) -> tuple[Ground, ...]:
    """Name what the words that went and came are, in the order of `Ground`.

    `addressees` are the titles of actors as words in lower case: one that is mentioned now, or no more,
    is a ground.
    """
    sides = {edit: list[str]() for edit in (Edit.DELETED, Edit.INSERTED)}
    for segment in segments:
        if segment.edit in sides:
            sides[segment.edit] += _words(segment.text)
    went, came = sides.values()
    counts = Counter(went)
    counts.subtract(came)
    differs = [word for word, count in counts.items() if count]
    found = {ground for ground, known in _KNOWN.items() if not known.isdisjoint(differs)}
    found |= {ground for word in differs if not word.isalpha() for ground in _by_form(word)}
    named = [title for title in addressees if counts.keys() >= set(title)]
    if named and _mentioned(went, named) != _mentioned(came, named):
        found.add(Ground.ADDRESSEE)
    return tuple(ground for ground in Ground if ground in found) if found else ()


def _words(text: str) -> list[str]:
    """Return the words that count: not the holder of a bracket, nor the ``no`` of ``no later than``."""
    found = [word.casefold() for word in words(text)]
    after, then = [*found, ""][1:], [*found, "", ""][2:]
    return [
        word
        for word, follows, next_one in zip(found, after, then, strict=True)
        if follows != ":" and not (word in _NO and (follows in _COMPARED or next_one == "than"))
    ]


_NO = frozenset(("no", "not"))
_COMPARED = frozenset(("later", "more", "less", "fewer", "longer", "earlier", "only"))
_KNOWN = {
    Ground.MODAL: MODALS,
    Ground.NEGATION: NEGATIONS,
    Ground.NUMBER: NUMBERS,
    Ground.DATE: MONTHS,
    Ground.DEADLINE: DEADLINES,
}


def _by_form(word: str) -> Iterable[Ground]:
    if _YEAR.fullmatch(word) or (any(map(str.isdigit, word)) and word[:3] in MONTHS):
        yield Ground.DATE
    elif any(map(str.isdigit, word)):
        yield Ground.NUMBER
    if _NEGATED.fullmatch(word):
        yield Ground.NEGATION


def _mentioned(words: Sequence[str], titles: Iterable[tuple[str, ...]]) -> AbstractSet[tuple[str, ...]]:
    text = f" {' '.join(words)} "
    return {title for title in titles if f" {' '.join(title)} " in text}
