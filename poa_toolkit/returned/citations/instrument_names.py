"""The names by which a note may cite the instruments of a registry, and where they stand in a text.

A name is what the registry holds (title, short form, symbol, id) or a variant of it that can mean nothing
else there: the title without what stands in parentheses, ``UN`` for United Nations, a mother instrument by
its short form (``Optional Protocol to the ICCPR``), ``GA resolution 44/146`` for its symbol.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import InstrumentKind
from poa_toolkit.returned.citations.general_comments import GeneralComments, Mention, is_general_comment
from poa_toolkit.text import ids_in_text
from poa_toolkit.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.model import Instrument
    from poa_toolkit.text.folding import Folded

_WORD = re.compile(r"[^\W\d_]+|[0-9]+|&")
_NUMBER_SIGN = re.compile(r"(?<![^\W\d_])n(?:o|r)?(?:\. ?|° ?| )(?=[0-9])")
"""What may stand before a number or not: ``No.``."""
_BEFORE, _AFTER = re.compile(ids_in_text.BEFORE), re.compile(ids_in_text.AFTER)
_LOOSE = frozenset(" ,:'\"-")
"""What may stand between the words of a title, whatever the registry writes there."""
_SHORTEST_ID = 3


class Spelling(NamedTuple):
    """A name, as words and what stands between them."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]


class Name(NamedTuple):
    """A name, with the instruments that bear it."""

    spelling: Spelling
    kind: str
    ids: frozenset[str]


class InstrumentNames:
    """Every name of every instrument of a registry."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        """Learn the names."""
        every = tuple(instruments)
        self._general_comments = GeneralComments(every)
        bearers: defaultdict[tuple[Spelling, str], set[str]] = defaultdict(set)
        for each in every:
            for name, kind in _names(each, every):
                spelling = _spelt(name)
                if spelling.words:
                    bearers[spelling, kind].add(each.id)
        self._by_beginning: defaultdict[tuple[str, ...], list[Name]] = defaultdict(list)
        for (spelling, kind), ids in bearers.items():
            self._by_beginning[spelling.words[:2]].append(Name(spelling, kind, frozenset(ids)))
        for names in self._by_beginning.values():
            names.sort(key=lambda name: (-len(name.spelling.words), _STRENGTH[name.kind]))

    def mentions(self, folded: Folded) -> Iterator[Mention]:
        """Return the names that stand in a text, in order; of names inside each other, the longest."""
        comments = {each.start: each for each in self._general_comments.named(folded)}
        words = _split_words(folded.text)
        end = 0
        for index, (_, start, _, _) in enumerate(words):
            if start < end:
                continue
            found = comments.get(start) or self._at(folded, words, index)
            if found:
                end = found.end
                yield found

    def _at(self, folded: Folded, words: Sequence[_Word], index: int) -> Mention | None:
        one, two = words[index].text, words[index + 1].text if index + 1 < len(words) else ""
        for name in (*self._by_beginning.get((one, two), ()), *self._by_beginning.get((one,), ())):
            last = index + len(name.spelling.words)
            if last > len(words) or not _is_spelt(name, words[index:last]):
                continue
            start, end = words[index].start, _closed(folded.text, words[index].start, words[last - 1].end)
            if not _BEFORE.match(folded.text, start) or not _AFTER.match(folded.text, end):
                continue
            if name.kind == "id" and not _is_id(folded.written(start, end), name.ids):
                continue
            return Mention(start, end, name.kind, name.ids)
        return None


_STRENGTH = {"title": 0, "symbol": 0, "id": 1, "beside": 2}


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    gap: str
    """What stands between it and the word before, without ``No.``."""


def _split_words(text: str) -> list[_Word]:
    """Take a folded text apart; ``&`` is *and*, ``No.`` before a number is left out."""
    found: list[_Word] = []
    signs = {match.start(): match.end() for match in _NUMBER_SIGN.finditer(text)}
    gap, end = "", 0
    for match in _WORD.finditer(text):
        gap += text[end : match.start()]
        end = signs.get(match.start(), match.end())
        if match.start() not in signs:
            found.append(_Word("and" if match[0] == "&" else match[0], *match.span(), gap))
            gap = ""
    return found


def _spelt(name: str) -> Spelling:
    words = _split_words(fold(name).text)
    return Spelling(tuple(each.text for each in words), tuple(each.gap for each in words[1:]))


def _is_spelt(name: Name, words: Sequence[_Word]) -> bool:
    """Return whether words are those of a name, and what stands between them parts no sentence."""
    if any(word.text != each for word, each in zip(words, name.spelling.words, strict=True)):
        return False
    return all(
        _is_gap(word.gap, gap, is_exact=name.kind == "symbol")
        for word, gap in zip(words[1:], name.spelling.gaps, strict=True)
    )


def _is_gap(written: str, meant: str, *, is_exact: bool) -> bool:
    if written.replace(" ", "") == meant.replace(" ", ""):
        return True
    return not is_exact and bool(written) and len(written) <= len('", "') and set(written) <= _LOOSE


def _closed(text: str, start: int, end: int) -> int:
    """Take in the parenthesis, and the quotation mark, that close what a name opens."""
    if text.count("(", start, end) > text.count(")", start, end):
        tail = next((each for each in ('")', ")") if text.startswith(each, end)), "")
        return end + len(tail)
    return end


def _is_id(written: str, ids: frozenset[str]) -> bool:
    """Return whether an id is written as one, not as a word like it: ``iccpr``, ``ICCPR``, ``UN Charter``."""
    return written in ids or written.isupper() or any("-" in each for each in ids)


def _names(instrument: Instrument, every: Sequence[Instrument]) -> Iterator[tuple[str, str]]:
    """Return the names of an instrument, each with its kind."""
    # the title of a resolution or a report is not its own: others of later years bear it too
    is_proper = instrument.kind not in (InstrumentKind.RESOLUTION, InstrumentKind.REPORT)
    if not is_general_comment(instrument):
        for title in dict.fromkeys(_titles(instrument, every)):
            yield title, "title" if is_proper and " " in title else "beside"
        if instrument.short:
            yield instrument.short, "title"
    yield from _ids(instrument)
    if instrument.symbol:
        yield from _symbols(instrument.symbol)


def _ids(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Return the id, and with a noun of the title: ``Copenhagen Document``, ``CEDAW Convention``."""
    name = instrument.id
    if len(name) < _SHORTEST_ID:
        return
    yield name, "id"
    if name.isalpha():
        for noun in _NOUNS.findall(instrument.title):
            yield f"{name} {noun}", "title"


_NOUNS = re.compile(
    r"\b(?:Charter|Code|Convention|Covenant|Declaration|Document|Guidelines|Platform for Action|Principles|"
    r"Programme of Action|Protocol)\b"
)
_IN_PARENTHESES = re.compile(r"\s*\((?P<inside>[^()]*)\)$")
_ALTERNATIVE = re.compile(r'"[^"]+"|[^\W\d_][^\d()]* [^\d()]*[^\W\d_]')
_NUMBERED = re.compile(r"(?P<kind>\S+) No\. [0-9]+$")
_COMPOUND = re.compile(r"(?P<head>.+?),? and (?:Code|Platform|Programme|Plan) (?:of|for) .+")
_OF_TWO = re.compile(r"(?P<one>[A-Z]+)/(?P<other>[A-Z]+) (?P<rest>.+)")


def _titles(instrument: Instrument, every: Sequence[Instrument]) -> Iterator[str]:
    """Return the title in its variants."""
    whole = instrument.title
    inside = _IN_PARENTHESES.search(whole)
    head = whole[: inside.start()] if inside else whole
    plain = [whole, head] if inside else [whole]
    if inside and _ALTERNATIVE.fullmatch(inside["inside"]):
        plain.append(inside["inside"])
    elif inside and (numbered := _NUMBERED.match(inside["inside"])) and head.startswith(numbered["kind"]):
        plain.append(f"{inside['inside']}{head.removeprefix(numbered['kind'])}")
    if instrument.symbol and f" {instrument.symbol} " in head:
        plain.append(head[: head.index(instrument.symbol) + len(instrument.symbol)])
        plain.append(head.partition(" Supplementary to ")[0])
    if compound := _COMPOUND.fullmatch(head):
        plain.append(compound["head"])
    if of_two := _OF_TWO.fullmatch(head):
        plain += (f"{of_two[which]} {of_two['rest']}" for which in ("one", "other"))
    for title in plain:
        yield title
        yield from _by_organisation(title)
        yield from _by_the_short_name_of_its_mother(title, instrument, every)


_ABBREVIATED = {
    "African Union": "AU",
    "European Union": "EU",
    "Organization of American States": "OAS",
    "United Nations": "UN",
}


def _by_organisation(title: str) -> Iterator[str]:
    """Return a title with its organisation put short, or first: ``UN Charter``, ``AU Constitutive Act``."""
    for organisation, short in _ABBREVIATED.items():
        if title.startswith(f"{organisation} "):
            yield title.replace(organisation, short, 1)
        elif title.endswith(f" of the {organisation}"):
            head = title.removesuffix(f" of the {organisation}")
            yield from (f"{organisation} {head}", f"{short} {head}")


def _by_the_short_name_of_its_mother(
    title: str, instrument: Instrument, every: Sequence[Instrument]
) -> Iterator[str]:
    """Return a title that holds another's with that one's short name: ``Optional Protocol to the ICCPR``."""
    for mother in every:
        if mother.id == instrument.id or mother.title not in title or " " not in mother.title:
            continue
        kind, _, tail = title.partition(f" to the {mother.title}")
        for name in filter(None, (mother.title, mother.short, mother.id)):
            yield title.replace(mother.title, name)
            if _NUMBERED.fullmatch(kind) and not tail:
                yield f"{name} {kind}"
                yield f"{kind} {name}"


def _symbols(symbol: str) -> Iterator[tuple[str, str]]:
    """Return a symbol, its parts where there are several, and the resolution that it is the symbol of."""
    parts = [each for each in re.split(r"; |, (?=No\.)", symbol) if not each.startswith("No.")]
    for part in dict.fromkeys((symbol, *parts)):
        # a part may be that of other texts too: three instruments stand in A/RES/2200A (XXI)
        kind = "symbol" if part == symbol else "beside"
        yield part, kind
        for head, organs in _ORGANS.items():
            if part.startswith(head):
                spelt = product(organs, ("resolution", "res.", "res"))
                yield from ((f"{organ} {word} {part.removeprefix(head)}", kind) for organ, word in spelt)


_ORGANS = {
    "A/RES/": ("General Assembly", "GA", "UNGA", "G.A."),
    "A/HRC/RES/": ("Human Rights Council", "HRC"),
}
