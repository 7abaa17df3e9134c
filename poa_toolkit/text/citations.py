"""The grammar of a citation: ``instrument-id reference``, such as ``iccpr 25(b)``.

A reference is ``NUM(.NUM)*((x))*( bis| ter)?`` with NUM digits, a roman number or a letter,
or one of the words ``preamble`` and ``annex``. Its unit (article, paragraph …) is never
written: the instrument knows it. Ranges are not references: each provision is cited.
"""

from __future__ import annotations

import re

_OTHER_LETTER = (
    "[ABE-HJKN-UWYZabe-hjkn-uwyz]"  # those of roman numbers are roman numbers: no text is tried twice
)
_NUM = rf"(?:[0-9]{{1,4}}|[IVXLCDM]{{1,10}}|[ivxlcdm]{{1,10}}|{_OTHER_LETTER})"
REFERENCE_PATTERN = rf"(?:preamble|annex|{_NUM}(?:\.{_NUM})*(?:\({_NUM}\))*(?: bis| ter)?)"
CITATION_PATTERN = rf"[A-Za-z0-9-]+ {REFERENCE_PATTERN}"

_REFERENCE = re.compile(REFERENCE_PATTERN)
_LOOSE = re.compile(
    r"(?P<id>[A-Za-z0-9-]+)(?:[\s,]+(?:art(?:icle)?|para(?:graph)?|principle|rule|section)\.?)?[\s,]+"
    rf"(?P<reference>{REFERENCE_PATTERN})",
    re.IGNORECASE,
)
_LAST_STEP = re.compile(r"(?: bis| ter|\([^()]*\)|\.[^.()]*)$")


def is_reference(text: str) -> bool:
    """Say whether `text` is a well-formed reference, such as ``9(1)(a)``, ``XX`` or ``II.67``."""
    return _REFERENCE.fullmatch(text) is not None


def parent(reference: str) -> str | None:
    """Take the last step off a reference: ``25(b)`` → ``25``, ``II.67`` → ``II``, ``25`` → None."""
    shorter = _LAST_STEP.sub("", reference)
    return shorter if shorter != reference else None


def ancestors(reference: str) -> tuple[str, ...]:
    """Give every reference that contains this one, nearest first: ``9(1)(a)`` → ``9(1)``, ``9``."""
    found: list[str] = []
    step = parent(reference)
    while step:
        found.append(step)
        step = parent(step)
    return tuple(found)


def tidied(text: str) -> str | None:
    """Give the citation that words which stand together mean: ``iccpr, art. 25 (b)`` → ``iccpr 25(b)``."""
    match = _LOOSE.fullmatch(re.sub(r"\s+(?=\()", "", " ".join(text.split())))
    return f"{match['id']} {match['reference']}" if match else None


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
