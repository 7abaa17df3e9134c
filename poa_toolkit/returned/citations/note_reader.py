"""Citations in the words of a note: which provisions of the registry they name, and what they leave open.

A citation is built only from words that stand together: the name of an instrument and, directly behind it or
bound to it by the grammar, its own references. Whatever else a note says is given back, in its own words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import Citation
from poa_toolkit.returned.citations.bound_references import bound
from poa_toolkit.returned.citations.general_comments import years
from poa_toolkit.returned.citations.instrument_names import InstrumentNames
from poa_toolkit.text import ids_in_text
from poa_toolkit.text.characters import INVISIBLE
from poa_toolkit.text.folding import fold
from poa_toolkit.text.numerals import from_roman, roman
from poa_toolkit.text.references import AND
from poa_toolkit.trace import Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.trace import Trace


class Read(NamedTuple):
    """What a note cites, each in the order of the note, and what of it was not understood."""

    provisions: tuple[str, ...]
    """Citations that the registry knows."""
    recommendations: tuple[str, ...]
    """Ids of recommendations that stand in the note."""
    unknown: tuple[str, ...]
    """Citations of an instrument that the registry knows, of a provision that it does not."""
    rest: tuple[str, ...]
    """The stretches of the note's own words that belong to no citation, as they are written."""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of the note was understood."""
        return not (self.provisions or self.recommendations or self.unknown)


class NoteReader:
    """Knows every name by which a note may cite an instrument of a registry."""

    def __init__(self, trace: Trace) -> None:
        """Take the registry."""
        self._trace = trace
        self._names = InstrumentNames(trace.instruments.values())
        self._years = {name: years(each) for name, each in trace.instruments.items()}

    def read(self, note: str) -> Read:
        """Find the provisions and recommendations that a note names, and what of it names none."""
        folded = fold(note)
        found = tuple(
            bound(folded, tuple(self._names.mentions(folded)), self._trace.instruments, self._years)
        )
        every = dict.fromkeys((each.instrument, reference) for each in found for reference in each.references)
        cited = [self._resolved(*each) for each in every]
        recommendations = [
            (match[0], match.span())
            for match in _TOKEN.finditer(note)
            if match[0] in self._trace.recommendations and not match[0].isalpha()
        ]
        covered = sorted(
            [(folded.origins[each.start], folded.origins[each.end - 1] + 1) for each in found]
            + [span for _, span in recommendations]
        )
        return Read(
            tuple(dict.fromkeys(citation for citation, is_known in cited if is_known)),
            tuple(dict.fromkeys(name for name, _ in recommendations)),
            tuple(dict.fromkeys(citation for citation, is_known in cited if not is_known)),
            tuple(_rest(note, covered)),
        )

    def _resolved(self, instrument: str, reference: str) -> tuple[str, bool]:
        """Return the citation in the spelling that the registry knows best, and whether it knows it."""
        has_dots = any("." in each for each in self._trace.provisions.get(instrument, ()))
        spellings = tuple(dict.fromkeys(_spellings(reference, joint="." if has_dots else "(")))
        for wanted in (Known.LISTED, Known.PARENT, Known.PART):
            for each in spellings:
                if self._trace.resolve(Citation(instrument, each)) is wanted:
                    return f"{instrument} {each}", True
        return f"{instrument} {spellings[0]}", False


_TOKEN = re.compile(rf"{ids_in_text.BEFORE}[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*{ids_in_text.AFTER}")
"""A word that may be the id of a recommendation: no part of a longer word, of a symbol or an address."""
_EMPTY_WORDS = re.compile(
    rf"(?:\W|\b(?:{AND}|see|also|the|cf|voir|v[ée]ase|siehe|e\.g|"
    r"as well as|in conjunction with|read (?:together )?with)\b)*+",
    re.IGNORECASE,
)
"""What points at a citation, or joins it to others, and says nothing else."""
_SPACE = "".join(
    character for character in map(chr, range(0x10000)) if character.isspace() or INVISIBLE.match(character)
)


def _rest(note: str, covered: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Return what of a note stands outside of what is covered; not what merely joins and points."""
    end = 0
    for start, until in (*covered, (len(note), len(note))):
        words = note[end:start]
        if not _EMPTY_WORDS.fullmatch(words):
            yield _trimmed(words)
        end = max(end, until)


def _trimmed(words: str) -> str:
    """Take from words the marks, and an *and*, that joined them to a citation."""
    words = words.lstrip(f"{_SPACE},;:.)").rstrip(f"{_SPACE},;:(")
    return _JOINING.sub("", words).strip(f"{_SPACE},;:")


_JOINING = re.compile(rf"\A{AND}(?=[{re.escape(_SPACE)}])|(?<=[{re.escape(_SPACE)}]){AND}\Z")
"""An *and* at the head or the end of words, one that stands by itself."""


def _spellings(reference: str, *, joint: str) -> Iterator[str]:
    """Return the ways to write a reference, ``23.1.b`` and ``23(1)(b)``, ``20`` and ``XX``."""
    if reference.endswith((" bis", " ter")):
        yield reference
        return
    head, *steps = re.findall(r"[^\W_]+", reference)
    heads = [head]
    if head.isdigit() and 0 < int(head) < _LAST_ROMAN:
        heads.append(roman(int(head)))
    elif from_roman(head):
        heads.append(str(from_roman(head)))
    for each in heads:
        inside, dotted = each + "".join(f"({step})" for step in steps), ".".join((each, *steps))
        yield from (dotted, inside) if joint == "." else (inside, dotted)
        if steps:
            yield f"{each}.{steps[0]}" + "".join(f"({step})" for step in steps[1:])


_LAST_ROMAN = 100
