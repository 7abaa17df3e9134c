"""Texts that were run together: what followed is of the first, and the second is gone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from poa_toolkit.returned.word_file import Piece, after

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.returned.match_result import Match
    from poa_toolkit.returned.printed_texts import Key
    from poa_toolkit.returned.word_file import Paragraph, Reviser


def join(match: Match, paragraphs: Sequence[Paragraph], untracked: Reviser) -> None:
    """Put together the texts between which somebody took out the end of the paragraph."""
    for index, next_index in reversed(list(_run_together(match, paragraphs))):
        by = paragraphs[index].deleted
        first, second = match.keys[index][-1], match.keys[next_index][0]
        if by and _have_words(match, first, second):
            _put_together(match, first, second, by)
    crowded = [keys for keys in match.keys.values() if len(keys) > 1]
    # a template may put several texts into every paragraph; then that is no join
    if len(crowded) * 2 < len(match.keys):
        for keys in crowded:
            for first, second in reversed(list(pairwise(keys))):
                if _have_words(match, first, second):
                    _put_together(match, first, second, untracked)


def _run_together(match: Match, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Return the paragraphs with texts between which every end of a paragraph was taken out."""
    for index in match.keys:
        following = index
        while following < len(paragraphs) - 1 and paragraphs[following].deleted:
            following += 1
            if following in match.keys:
                yield index, following
                break
            if paragraphs[following].new.strip():
                break


def _have_words(match: Match, *keys: Key) -> bool:
    return all(after(match.texts[key]).strip() for key in keys)


def _put_together(match: Match, first: Key, second: Key, by: Reviser) -> None:
    texts = match.texts
    words = after(texts[second])
    gap = "" if after(texts[first]).endswith(" ") or words.startswith(" ") else " "
    texts[first].append(Piece(gap, inserted=by))
    # what others put into the second text stays theirs
    texts[first] += [
        each if each.inserted else each._replace(inserted=by) for each in texts[second] if not each.deleted
    ]
    match.joined[second] = by
