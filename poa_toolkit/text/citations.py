"""The grammar of a citation: ``instrument-id reference``, such as ``iccpr 25(b)``.

A reference is ``NUM(.NUM)*((x))*( bis| ter)?`` with NUM digits, a roman number or a letter,
or one of the words ``preamble`` and ``annex``. Its unit (article, paragraph …) is never
written: the instrument knows it. Ranges are not references: each provision is cited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OTHER_LETTER = (
    "[ABE-HJKN-UWYZabe-hjkn-uwyz]"  # those of roman numbers are roman numbers: no text is tried twice
)
_NUM = rf"(?:[0-9]{{1,4}}|[IVXLCDM]{{1,10}}|[ivxlcdm]{{1,10}}|{_OTHER_LETTER})"
_MOST = 15
REFERENCE_PATTERN = (
    # no reference has more steps; without a bound one could have as many parents as a file has characters
    rf"(?:preamble|annex|{_NUM}(?:\.{_NUM}){{0,{_MOST}}}(?:\({_NUM}\)){{0,{_MOST}}}(?: bis| ter)?)"
)
CITATION_PATTERN = rf"[A-Za-z0-9-]+ {REFERENCE_PATTERN}"

UNNUMBERED = ("preamble", "annex")
"""References that are words, have no unit, and stand before the numbered ones of an instrument."""
_REFERENCE = re.compile(REFERENCE_PATTERN)
_UNITS = re.compile(
    r"(?<![^\W_])(?:art(?:icle)?|para(?:graph)?|principle|rule|section|of(?: the)?)\.?(?![^\W\d_])",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s,;:\u00a7\u2013-]+")
_STEPS = re.compile(r"[0-9]+|[A-Za-z]+")
_PLAIN_STEPS = re.compile(r"[0-9]+(?:[ .]?(?:[a-z]|[0-9]+))*", re.IGNORECASE)
_LAST_STEP = re.compile(r"(?: bis| ter|\([^()]*\)|\.[^.()]*)$")


def is_reference(text: str) -> bool:
    """Return whether `text` is a well-formed reference, such as ``9(1)(a)``, ``XX`` or ``II.67``."""
    return _REFERENCE.fullmatch(text) is not None


def parent(reference: str) -> str | None:
    """Take the last step off a reference: ``25(b)`` → ``25``, ``II.67`` → ``II``, ``25`` → None."""
    shorter = _LAST_STEP.sub("", reference)
    return shorter if shorter != reference else None


def ancestors(reference: str) -> tuple[str, ...]:
    """Return every reference that contains this one, nearest first: ``9(1)(a)`` → ``9(1)``, ``9``."""
    found: list[str] = []
    step = parent(reference)
    while step and len(found) <= 2 * _MOST:
        found.append(step)
        step = parent(step)
    return tuple(found)


def readings(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what citations loose words may mean, likeliest first: ``Art. 25 (b) ICCPR`` → ``iccpr 25(b)``.

    `names` gives for each name of an instrument, such as its title, its id. Capitals, units, punctuation
    and the order do not count.
    """
    plain, found = single_spaced(text), dict[str, None]()
    for name in sorted(names, key=len, reverse=True):
        parts = map(re.escape, re.findall(r"[^\W_]+", name))
        match = re.search(rf"(?<![^\W_]){'[ -]?'.join(parts)}(?![^\W\d_])", plain, re.IGNORECASE)
        if match and match[0]:
            rest = _UNITS.sub(" ", f"{plain[: match.start()]} {plain[match.end() :]}")
            for reference in _references(rest):
                found[f"{names[name]} {reference}"] = None
    return tuple(found)


def _references(words: str) -> Iterator[str]:
    """Return the references that words without instrument and units may mean: ``25 b`` → ``25(b)``."""
    ranged = re.search(r"[0-9a-z)]\s*[\u2013-]\s*[0-9a-z(]", words, re.IGNORECASE)
    plain = re.sub(r" ?([()]) ?", r"\1", _SEPARATORS.sub(" ", words)).strip(" .")
    if ranged:
        return
    yield from (each for each in dict.fromkeys((plain, plain.lower(), plain.upper())) if is_reference(each))
    if _PLAIN_STEPS.fullmatch(plain):
        first, *rest = _STEPS.findall(plain.lower())
        yield first + "".join(f"({each})" for each in rest)


def split(citation: str) -> tuple[str, str]:
    """Split ``iccpr 25(b)`` into its instrument id and its reference.

    Raises ValueError, with a message for the person, when the form is not that of a citation.
    """
    instrument, _, reference = citation.partition(" ")
    if not re.fullmatch(r"[A-Za-z0-9-]+", instrument) or not reference:
        message = "a citation is an instrument's id, one space and a reference"
        raise ValueError(message)
    if not is_reference(reference):
        message = f'"{reference}" is not a reference such as 25, 25(b), 9(1)(a), 7.3, XX or preamble'
        raise ValueError(message)
    return instrument, reference
