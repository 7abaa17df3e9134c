"""The known word that a misspelt one most likely means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def did_you_mean(word: str, known: Iterable[str], titles: Mapping[str, str] | None = None) -> str:
    """Give a cure that names the known word nearest to `word`, or an empty text.

    Capitals, spaces, hyphens and a plural do not count. `titles` gives for further names of known words,
    such as the titles of records, the word each stands for.
    """
    import difflib  # noqa: PLC0415 - only a plan with a fault pays for it

    names = {**(titles or {}), **{each: each for each in known}}
    meant = {names[each] for each in names if _bare(each) == _bare(word)}
    near = [each for each in names if names[each] in meant] if len(meant) == 1 else []
    near = near or [each for each in names if names[each] == each and _unpadded(each) == _unpadded(word)]
    alike = difflib.get_close_matches(word, [each for each in names if names[each] == each], n=1)
    # another number is no misspelling: nobody knows which one was meant
    near = near or [each for each in alike if not _differ_in_number(each, word)]
    near = near or difflib.get_close_matches(word.casefold(), list(titles or {}), n=1, cutoff=0.8)
    return f'did you mean "{names[near[0]]}"?' if near else ""


def _bare(word: str) -> str:
    """Give what of a name is left where capitals, what parts its words and a plural do not count."""
    words = re.findall(r"[^\W_]+", word.casefold())
    return "".join(_singular(each) for each in words)


def _unpadded(word: str) -> str:
    """Give a word without the zeros that its numbers begin with."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", _bare(word))


def _differ_in_number(one: str, other: str) -> bool:
    """Say whether two names are alike in nothing but figures, or but for a number that is quite another."""
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
