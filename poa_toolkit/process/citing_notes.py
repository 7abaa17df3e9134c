"""Citations in the words of a note: which provisions of the registry they name, and what they leave open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import Citation
from poa_toolkit.text.citations import REFERENCE_PATTERN
from poa_toolkit.trace import Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poa_toolkit.model import Instrument
    from poa_toolkit.trace import Trace

_UNIT = re.compile(
    r"(?:arts?|articles?|paras?|paragraphs?|principles?|sections?|sects?|guidelines?)\b\.?|[§¶]+",
    re.IGNORECASE,
)
_REFERENCES = re.compile(rf"\s*(?:,|;|and|&|to)?\s*(?P<ref>{REFERENCE_PATTERN})(?![\w(])")
_APART = re.compile(r"(?<=[0-9)])\s+\((?=[0-9a-z]{1,3}\))")
"""White space inside a reference: ``25 (b)``."""
_SHORTEST_NAME = 4
_LONGEST_GAP = 120
"""How far behind the name of an instrument its references may begin, after a symbol and a year."""


class Read(NamedTuple):
    """What a note cites."""

    provisions: tuple[str, ...]
    """Citations that the registry knows."""
    recommendations: tuple[str, ...]
    """Ids of recommendations that stand in the note."""
    unknown: tuple[str, ...]
    """Citations of an instrument that the registry knows, of a provision that it does not."""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing of the note was understood."""
        return not (self.provisions or self.recommendations or self.unknown)


class _Found(NamedTuple):
    start: int
    end: int
    instrument: str


class NoteReader:
    """Knows every name by which a note may cite an instrument."""

    def __init__(self, trace: Trace) -> None:
        """Take the registry."""
        self._trace = trace
        names = {name.lower(): each.id for each in trace.instruments.values() for name in _names(each)}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        spelt = "|".join(re.escape(name) for name in longest_first)
        self._names = names
        self._pattern = re.compile(rf"(?<![\w/])(?:{spelt})(?![\w/])", re.IGNORECASE) if spelt else None

    def read(self, note: str) -> Read:
        """Find the provisions and recommendations that a note names."""
        note = _APART.sub("(", note)
        known: list[str] = []
        unknown: list[str] = []
        found = list(self._instruments(note))
        for index, each in enumerate(found):
            following = found[index + 1].start if index + 1 < len(found) else len(note)
            for reference in _references(note[each.end : following]):
                citation = f"{each.instrument} {reference}"
                resolved = self._trace.resolve(Citation(each.instrument, reference))
                (known if resolved in (Known.LISTED, Known.PARENT, Known.PART) else unknown).append(citation)
        words = set(re.findall(r"[A-Za-z0-9-]+", note))
        recommendations = tuple(each for each in self._trace.recommendations if each in words)
        return Read(tuple(dict.fromkeys(known)), recommendations, tuple(dict.fromkeys(unknown)))

    def _instruments(self, note: str) -> Iterator[_Found]:
        """Give each name of an instrument; of names for the same one in a row, the last."""
        if self._pattern is None:
            return
        last: _Found | None = None
        for match in self._pattern.finditer(note):
            here = _Found(match.start(), match.end(), self._names[match[0].lower()])
            if last is not None and not (
                last.instrument == here.instrument and not _UNIT.search(note[last.end : here.start])
            ):
                yield last
            last = here
        if last is not None:
            yield last


def _names(instrument: Instrument) -> Iterator[str]:
    """Give the names of an instrument: title, short form, symbol, and its id in capitals."""
    title = instrument.title
    yield title
    yield title.partition(" (")[0]
    yield from (name for name in (instrument.short, instrument.symbol) if name)
    if len(instrument.id) >= _SHORTEST_NAME:
        yield instrument.id


def _references(text: str) -> Sequence[str]:
    """Give the references that stand in a text behind a word for their unit, in order."""
    found: list[str] = []
    unit = _UNIT.search(text)
    if unit is None or unit.start() > _LONGEST_GAP:
        return found
    while unit is not None:
        at = unit.end()
        while match := _REFERENCES.match(text, at):
            found.append(match["ref"])
            at = match.end()
        unit = _UNIT.search(text, at)
    return found
