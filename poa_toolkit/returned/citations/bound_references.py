"""Which references of a note belong to which of its names.

Behind a name stand its own references: ``ICCPR, arts. 2 (3) and 25``. Before it they belong to it where the
grammar binds them: ``articles 2 (3) and 25 of the ICCPR``, ``Art. 25 ICCPR``. Never both, and never across
words that are neither a reference nor known to belong to the name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.model import Unit
from poa_toolkit.returned.citations import appositions
from poa_toolkit.text import references
from poa_toolkit.text.citations import UNNUMBERED
from poa_toolkit.text.references import CitedPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.model import Instrument
    from poa_toolkit.returned.citations.appositions import Apposition
    from poa_toolkit.returned.citations.general_comments import Mention
    from poa_toolkit.text.folding import Folded
    from poa_toolkit.text.references import Group


class Cited(NamedTuple):
    """Words of a folded text that cite provisions of one instrument."""

    start: int
    end: int
    instrument: str
    references: tuple[str, ...]


def bound(
    folded: Folded,
    mentions: Sequence[Mention],
    instruments: Mapping[str, Instrument],
    years: Mapping[str, frozenset[str]],
) -> Iterator[Cited]:
    """Return the citations of a text in order; `mentions` are the names in it, `years` each instrument's."""
    yield from _Binding(folded, mentions, instruments, years).citations()


_FITTING = {
    Unit.ARTICLE: ("article", ""),
    Unit.PARAGRAPH: ("paragraph", "principle", "part", ""),
    Unit.SECTION: ("part", "principle", "paragraph", ""),
    Unit.PRINCIPLE: ("principle", ""),
}
_HEAD = re.compile(r"^[^.(]+")


def _counted(place: CitedPlace, instrument: Instrument, *, may_skip: bool = False) -> tuple[str, ...]:
    """Return the references of a place as those of an instrument; none where its units are others.

    With `may_skip`, the outer groups of the place may belong to something else.
    """
    fitting = _FITTING[instrument.unit]
    first = next((index for index, each in enumerate(place.groups) if each.unit in fitting), None)
    if first is None or (first and not may_skip):
        return ()
    groups = place.groups[first:]
    *found, last = groups[0].references
    if last[0].islower() and last not in UNNUMBERED:
        return ()
    if not _is_whole(groups, instrument.unit):
        return ()
    ends = [last]
    for group in groups[1:]:
        ends = [f"{ends[-1]}{_HEAD.sub(lambda head: f'({head[0]})', each)}" for each in group.references]
    return (*found, *ends)


def _is_whole(groups: Sequence[Group], unit: Unit) -> bool:
    """Return whether a part is counted as its instrument counts: by paragraphs, ``Part II, para. 67``."""
    reference = groups[0].references[0]
    if unit is Unit.PARAGRAPH:
        return groups[0].unit != "part" or len(groups) > 1 or "." in reference
    return unit is not Unit.SECTION or groups[0].unit != "paragraph" or not reference.isdigit()


_START = re.compile(
    r"(?: ?[,:])? ?(?:(?:in particular|notably|especially|particularly|specifically|see|at|under|the)[,:]? )?"
)
_JOIN = re.compile(
    rf",? ?(?:(?:{references.AND}|as well as|in conjunction with|in combination with|juncto|"
    r"taken together with|read (?:together |in conjunction )?with)(?: with)?(?: the)? )?"
)
_BINDER = re.compile(
    r"(?P<of>,? (?:of|du|de la|de) )|(?P<in> (?:in|under) )|(?P<to> to )|(?P<comma>, ?| )|(?P<open> ?\()"
)
_FORWARD = re.compile(r",? (?:of|du|de|del|der|des|to)(?![^\W_])")
_LONGER = re.compile(
    r" (?:protocols?|commentar(?:y|ies)|committees?|acts?|bills?|reports?|reservations?)(?![^\W_])"
)
_JOINER = re.compile(
    r"[.,;]? ?(?:(?:and|or|&|as well as|in conjunction with|see|see also|cf\.)(?: also)? ?)?(?:(?:its|the) )?"
)
_OPENING = re.compile(r" ?\(")
_TO_NAME = re.compile(r",? (?:(?:of|to) )?")
_SIGNAL = re.compile(r"(?:see|cf|and|or|also)(?![^\W_])")
_CLAUSE = re.compile(r"[^;]+")
_FAR = 60


def _made(start: int, end: int, instrument: Instrument, found: Sequence[str]) -> Cited:
    return Cited(start, end, instrument.id, tuple(dict.fromkeys(found)))


class _Binding:
    def __init__(
        self,
        folded: Folded,
        mentions: Sequence[Mention],
        instruments: Mapping[str, Instrument],
        years: Mapping[str, frozenset[str]],
    ) -> None:
        self._folded, self._text = folded, folded.text
        self._mentions = mentions
        self._by_start = {each.start: each for each in mentions}
        self._instruments, self._years = instruments, years
        self._begins = {each.start: appositions.without_modifiers(folded, each.start) for each in mentions}
        self._names = frozenset((*self._begins, *(begins for begins, _ in self._begins.values())))
        self._places = tuple(references.places(folded, self._names))
        self._ends = tuple(each.end for each in self._places)
        self._starts = {each.start: index for index, each in enumerate(self._places)}
        # "articles 21 and 25 of A and B, respectively": what is whose stands in the order of two lists
        self._shared = tuple(
            match.span() for match in _CLAUSE.finditer(folded.text) if "respectively" in match[0]
        )
        self._understood = self._named = -_FAR
        """Where the last citation ends, and the last name without one."""
        self._claimed: set[int] = set()
        """The places that stand directly behind a name, and so begin nothing."""

    def citations(self) -> Iterator[Cited]:
        """Return the citations of the text, in order."""
        end = 0
        for mention in self._mentions:
            if mention.start < end:
                continue
            named = self._apposed(mention)
            end = named.end
            found = self._cited(mention, named)
            behind = self._first_behind(named)
            if behind and not (
                found and found.start < mention.start and self._places[behind[0]].start >= found.end
            ):
                self._claimed.add(behind[0])
            if found:
                self._understood = end = max(found.end, end)
                yield found
            elif named.ids and self._may_be_named(mention, self._begins[mention.start][0]):
                self._named = named.end

    def _apposed(self, mention: Mention) -> Apposition:
        """Follow a name through its appositions, and hold it to the year that stands before it."""
        _, year = self._begins[mention.start]
        ids = frozenset(each for each in mention.ids if not year or year in self._years[each])
        named = mention._replace(ids=ids)
        return appositions.apposed(self._folded, named, self._by_start, self._years)

    def _cited(self, mention: Mention, named: Apposition) -> Cited | None:
        """Bind a name to the references before it, or else to those behind it."""
        if len(named.ids) != 1 or not named.is_named:
            return None
        clause = bisect_right(self._shared, (mention.start, len(self._text))) - 1
        if clause >= 0 and mention.start < self._shared[clause][1]:
            return None
        instrument = self._instruments[next(iter(named.ids))]
        return self._before(mention, named, instrument) or self._behind(mention, named, instrument)

    def _before(self, mention: Mention, named: Apposition, instrument: Instrument) -> Cited | None:
        """Return the references that stand before a name and are bound to it."""
        begins, _ = self._begins[mention.start]
        index = bisect_right(self._ends, begins) - 1
        binder = _BINDER.fullmatch(self._text, self._ends[index], begins) if index >= 0 else None
        last = self._left_of(self._places[index]) if binder else None
        if binder is None or last is None:
            return None
        kind = str(binder.lastgroup)
        is_closed = kind == "open" and self._text.startswith(")", named.end)
        end = named.end + is_closed
        if self._is_longer(end) or not (is_closed or self._may_bind(kind, last, named)):
            return None
        first = self._first_of_list(index) if last is self._places[index] else index
        if first in self._claimed or not appositions.may_begin(self._folded, self._places[first].start):
            first = index
            if kind != "of" and (index in self._claimed or not self._is_free(last.start)):
                return None
        places = (*self._places[first:index], last)
        found = [_counted(each, instrument, may_skip=number == 0) for number, each in enumerate(places)]
        if not all(found):
            return None
        return _made(places[0].start, end, instrument, [each for group in found for each in group])

    def _may_bind(self, kind: str, place: CitedPlace, named: Apposition) -> bool:
        """Return whether words of a kind bind a place to the name behind them."""
        if kind == "to":
            return place.groups[0].references[0] in UNNUMBERED
        return kind in ("of", "in") or (kind == "comma" and self._is_a_chain(named))

    def _is_free(self, start: int) -> bool:
        """Return whether references that begin at a place belong to nothing before them."""
        return self._follows(self._understood, start) or appositions.may_begin(self._folded, start)

    def _left_of(self, place: CitedPlace) -> CitedPlace | None:
        """Return what of a place no name before it has taken."""
        groups = tuple(each for each in place.groups if each.start >= self._understood)
        if len(groups) == len(place.groups):
            return place
        return CitedPlace(groups[0].start, place.end, groups, is_turned=False) if groups else None

    def _first_of_list(self, index: int) -> int:
        """Return the first of the places that are joined to one another up to a place."""
        first = index
        while (
            first
            and self._places[first - 1].end >= self._understood
            and self._places[first - 1].start >= self._understood
            and self._is_joined(first - 1, first)
        ):
            first -= 1
        return first

    def _behind(self, mention: Mention, named: Apposition, instrument: Instrument) -> Cited | None:
        """Return the references that stand directly behind a name."""
        begins, _ = self._begins[mention.start]
        if not self._may_be_named(mention, begins):
            return None
        first = self._first_behind(named)
        if first is None:
            return self._in_symbol(begins, named, instrument) or self._without_unit(begins, named, instrument)
        index, is_open = first
        if self._has_unbound(begins) and self._may_belong_to_what_follows(self._places[index].end):
            return None
        found: list[str] = []
        end = 0
        for number in range(index, len(self._places)):
            place = self._places[number]
            if number > index and not self._is_joined(number - 1, number):
                break
            own = self._own(place, instrument, is_first=number == index)
            if not own:
                break
            found += own[0]
            end = own[1]
            if end != place.end:
                break
        if not found or (is_open and not self._text.startswith(")", end)):
            return None
        return _made(begins, end + is_open, instrument, found)

    def _has_unbound(self, begins: int) -> bool:
        """Return whether references stand before a name that may be its own, and were not bound to it."""
        index = bisect_right(self._ends, begins) - 1
        return (
            index >= 0
            and self._places[index].end > self._understood
            and bool(_BINDER.fullmatch(self._text, self._ends[index], begins))
        )

    def _own(
        self, place: CitedPlace, instrument: Instrument, *, is_first: bool
    ) -> tuple[tuple[str, ...], int] | None:
        """Return what of a place belongs to the name before it, not to what follows, and where that ends."""
        whole = _counted(place, instrument)
        if not whole:
            return None
        if not self._is_bound_forward(place, is_first=is_first):
            return whole, place.end
        outer = place.groups[0]
        if not is_first or len(place.groups) == 1 or place.is_turned:
            return None
        following = self._name_behind(place.end)
        if following is None or any(_counted(place, self._instruments[each]) for each in following.ids):
            return None
        alone = _counted(CitedPlace(place.start, outer.end, (outer,), is_turned=False), instrument)
        return (alone, outer.end) if alone else None

    def _is_bound_forward(self, place: CitedPlace, *, is_first: bool) -> bool:
        """Return whether a place may belong to what stands behind it: ``art. 14 of the Constitution``."""
        text, end = self._text, place.end
        if _FORWARD.match(text, end) or references.is_unread(self._folded, end, self._starts):
            return True
        if text.startswith(" ", end) and (end + 1 in self._names or self._is_capital_word(end + 1)):
            return True
        if _OPENING.match(text, end) and text.find("(", end) + 1 in self._names:
            return True
        return not is_first and self._may_belong_to_what_follows(end)

    def _is_a_chain(self, named: Apposition) -> bool:
        """Return whether no references of its own stand behind a name: ``Art. 8 ICESCR, art. 22 ICCPR``."""
        behind = self._first_behind(named)
        if behind is None:
            return True
        place = self._places[behind[0]]
        return self._is_bound_forward(place, is_first=True) or self._name_behind(place.end) is not None

    def _may_belong_to_what_follows(self, end: int) -> bool:
        """Return whether nothing but a comma parts a place from a name, known or not."""
        if not self._text.startswith(", ", end):
            return False
        return self._name_behind(end) is not None or self._is_capital_word(end + 2)

    def _name_behind(self, end: int) -> Mention | None:
        """Return the name that stands behind a place, joined by a comma, *of the* or nothing."""
        match = _TO_NAME.match(self._text, end)
        places = appositions.modifiers(self._folded, match.end()) if match else ()
        return next((self._by_start[each] for each in places if each in self._by_start), None)

    def _is_capital_word(self, at: int) -> bool:
        return self._folded.is_capital(at) and at not in self._starts and not _SIGNAL.match(self._text, at)

    def _first_behind(self, named: Apposition) -> tuple[int, bool] | None:
        """Return the place that begins behind a name, and whether a parenthesis opens before it."""
        for pattern in (_START, _OPENING):
            match = pattern.match(self._text, named.end)
            if match and match.end() in self._starts:
                return self._starts[match.end()], pattern is _OPENING
        return None

    def _in_symbol(self, begins: int, named: Apposition, instrument: Instrument) -> Cited | None:
        """Return the annex of a resolution where the symbol of the instrument itself says that it is one."""
        last = named.last
        if last.kind != "symbol" or not self._text.endswith(", annex", last.start, last.end):
            return None
        return _made(begins, named.end, instrument, ["annex"])

    def _without_unit(self, begins: int, named: Apposition, instrument: Instrument) -> Cited | None:
        """Return references in the form of the registry: ``iccpr 25(b)``."""
        last = named.last
        if last.kind != "id" or last.end != named.end or not self._text.startswith(" ", named.end):
            return None
        group = references.unnamed(self._folded, named.end + 1, self._names)
        if group is None or _FORWARD.match(self._text, group.end):
            return None
        return _made(begins, group.end, instrument, list(group.references))

    def _may_be_named(self, mention: Mention, begins: int) -> bool:
        if self._goes_on(begins):
            return True
        if mention.kind == "comment":
            return appositions.begins_apart(self._folded, begins)
        if self._text[max(begins - 2, 0) : begins].strip() in (",", "(") and mention.kind == "symbol":
            return True
        return appositions.may_be_named(self._folded, begins)

    def _goes_on(self, at: int) -> bool:
        """Return whether nothing but a comma or *and* parts a place from a citation, or a name, before it."""
        return self._follows(self._understood, at) or self._follows(self._named, at)

    def _follows(self, end: int, at: int) -> bool:
        return 0 <= end <= at < end + _FAR and bool(_JOINER.fullmatch(self._text, end, at))

    def _is_joined(self, one: int, other: int) -> bool:
        start, end = self._places[one].end, self._places[other].start
        return (
            0 < end - start < _FAR
            and self._text[start:end] != " "
            and bool(_JOIN.fullmatch(self._text, start, end))
        )

    def _is_longer(self, end: int) -> bool:
        """Return whether a name goes on behind what the registry knows of it: ``ICCPR Commentary``."""
        if _LONGER.match(self._text, end):
            return True
        return (
            self._text.startswith(" ", end) and end + 1 not in self._names and self._is_capital_word(end + 1)
        )
