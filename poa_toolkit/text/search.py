"""Find words in a text: whole words, without regard to case, accents and the shapes of quotes and hyphens."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.text.folding import fold, plain
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Phrase: TypeAlias = tuple[str, ...]
"""Words in sequence, folded."""

_JOINERS = re.compile(r"[-\u2010-\u2013\u2019'/.,:()%\u2030\u066a-\u066c]+")
"""What joins words to one token: of ``human-rights`` and ``State's`` each part can be found by itself."""
_QUOTED = re.compile(r'"([^"]*)"?|([^"]+)')


class Wanted(NamedTuple):
    """What is looked for: a text has it that has every phrase."""

    phrases: tuple[Phrase, ...]

    @property
    def apart(self) -> Wanted:
        """The same words, wherever they stand in a text."""
        return Wanted(tuple((word,) for phrase in self.phrases for word in phrase))


def wanted(arguments: Iterable[str]) -> Wanted:
    """Read what a person typed: an argument is a phrase; where there are quotes in it, what they enclose.

    Of an argument with quotes, the words outside them stand for themselves.
    """
    phrases: list[Phrase] = []
    for argument in arguments:
        folded = fold(argument).text
        if '"' not in folded:
            phrases.append(_phrase(folded))
            continue
        for quoted, others in _QUOTED.findall(folded):
            phrases += [_phrase(quoted)] if quoted else [(word,) for word in _phrase(others)]
    return Wanted(tuple(dict.fromkeys(filter(None, phrases))))


def places(text: str, sought: Wanted) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a text, start and end in characters, in order; nothing unless all do."""
    look = _in_ascii(text) if text.isascii() else _in_any(text)
    found: set[tuple[int, int]] = set()
    for phrase in sought.phrases:
        stretches = set(look(phrase))
        if not stretches:
            return ()
        found |= stretches
    return tuple(_joined(sorted(found)))


def _in_ascii(text: str) -> Callable[[Phrase], Iterator[tuple[int, int]]]:
    """Return what looks for a phrase in a text whose words are runs of letters and figures."""
    return lambda phrase: (match.span(1) for match in _pattern(phrase).finditer(text))


@cache
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    words = r"\W+".join(map(re.escape, phrase))
    # looked for at every place: a phrase may begin again inside itself
    return re.compile(rf"(?<!\w)(?=({words})(?!\w))", re.IGNORECASE | re.ASCII)


def _in_any(text: str) -> Callable[[Phrase], Iterator[tuple[int, int]]]:
    """Return what looks for a phrase in a text of any script."""
    letters = plain(text)
    pieces: list[tuple[str, int, int]] = []

    def look(phrase: Phrase) -> Iterator[tuple[int, int]]:
        # most texts have not even the letters
        if all(word in letters for word in phrase):
            pieces.extend(_pieces(text) if not pieces else ())
            yield from _stretches(pieces, phrase)

    return look


def _phrase(text: str) -> Phrase:
    return tuple(word for word, _, _ in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Return each word of a text, folded, with its place; of joined words each, and no punctuation."""
    at = 0
    for token in tokens(text):
        start = at
        for part in _JOINERS.split(token):
            start = text.index(part, start)
            word = plain(part)
            if any(each.isalnum() for each in word):
                yield word, start, start + len(part)
            start += len(part)
        at += len(token)


def _stretches(pieces: Sequence[tuple[str, int, int]], phrase: Phrase) -> Iterator[tuple[int, int]]:
    words = [word for word, _, _ in pieces]
    for index in range(len(words) - len(phrase) + 1):
        if tuple(words[index : index + len(phrase)]) == phrase:
            yield pieces[index][1], pieces[index + len(phrase) - 1][2]


def _joined(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Make stretches that overlap one."""
    last: tuple[int, int] | None = None
    for start, end in stretches:
        if last is not None and start < last[1]:
            last = last[0], max(end, last[1])
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last
