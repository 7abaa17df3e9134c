"""Three versions of one text to one that holds what both sides changed, or to two alternatives.

Where it may be doubted what was meant, the sentence stands as each side wrote it; the others are merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.diff.word_edits import applied, edits_between
from poa_toolkit.model import TextEdit
from poa_toolkit.text import brackets
from poa_toolkit.text.sentences import sentences
from poa_toolkit.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TOGETHER = "both sides changed the same words, or words beside each other"
_BRACKETS = "the brackets of the two sides do not pair when their changes are put together"


class MergedWords(NamedTuple):
    """What became of three versions of a text."""

    ours: str
    theirs: str
    """The same text, but for the sentences that stand as each side wrote them."""
    reason: str = ""
    """Why there are such sentences; empty where there are none."""


class _Sentence(NamedTuple):
    start: int
    end: int


def merge_words(base: str, ours: str, theirs: str) -> MergedWords:
    """Put the changes of both sides into `base`, where an unchanged word stands between them.

    Changes with no such word between them may concern each other: their sentence is an alternative. So is
    the whole text where its brackets would not pair, though those of all three versions do.
    """
    mine, yours = edits_between(base, ours), edits_between(base, theirs)
    clashes = [each for each in _clusters(base, mine, yours) if _is_clash(each, mine, yours)]
    doubtful = _sentences(base, clashes, (*mine, *yours))
    both = [each for each in sorted({*mine, *yours}) if not _touches(each, doubtful)]
    one, other = (
        applied(base, sorted((*both, *(each for each in side if _touches(each, doubtful)))))
        for side in (mine, yours)
    )
    if all(map(_pairs, (base, ours, theirs))) and not (_pairs(one) and _pairs(other)):
        return MergedWords(ours, theirs, _BRACKETS)
    return MergedWords(one, other, _TOGETHER if clashes else "")


def _clusters(
    base: str, mine: Iterable[TextEdit], yours: Iterable[TextEdit]
) -> Iterator[tuple[TextEdit, ...]]:
    """Return the edits of both sides in order, those together that no unchanged word stands between."""
    cluster: list[TextEdit] = []
    end = 0
    for edit in sorted({*mine, *yours}):
        if cluster and _has_word(base, end, edit.offset):
            yield tuple(cluster)
            cluster = []
        cluster.append(edit)
        end = max(end, edit.offset + len(edit.deleted))
    if cluster:
        yield tuple(cluster)


def _is_clash(cluster: Sequence[TextEdit], mine: Sequence[TextEdit], yours: Sequence[TextEdit]) -> bool:
    """Return whether each side did something in a cluster that the other did not."""
    return any(each not in yours for each in cluster) and any(each not in mine for each in cluster)


def _sentences(
    base: str, clashes: Iterable[Sequence[TextEdit]], edits: Iterable[TextEdit]
) -> tuple[_Sentence, ...]:
    """Return the sentences in which edits clash, and those that other edits tie to them."""
    every: list[_Sentence] = []
    at = 0
    for each in sentences(base):
        every.append(_Sentence(at, at + len(each)))
        at += len(each) + 1
    found = {each for cluster in clashes for edit in cluster for each in every if _touches(edit, (each,))}
    tied = True
    while tied:
        more = {each for edit in edits if _touches(edit, found) for each in every if _touches(edit, (each,))}
        tied = not more <= found
        found |= more
    return tuple(sorted(found))


def _touches(edit: TextEdit, spans: Iterable[_Sentence]) -> bool:
    end = edit.offset + len(edit.deleted)
    return any(edit.offset <= each.end and each.start <= end for each in spans)


def _has_word(text: str, start: int, end: int) -> bool:
    return start < end and any(any(each.isalnum() for each in token) for token in tokens(text[start:end]))


def _pairs(text: str) -> bool:
    try:
        brackets.parse(text)
    except brackets.BracketError:
        return False
    return True
