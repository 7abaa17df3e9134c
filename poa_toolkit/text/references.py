"""References as people write them: ``arts. 2 (3), 19 and 25 (a)-(c)``, ``para. 12``, ``§ 7.3``, ``preamble``.

A group is a word for a unit and what directly follows it. What it belongs to is not known here.
"""

from __future__ import annotations

import re
from itertools import islice
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.text.numerals import from_roman, roman

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from poa_toolkit.text.folding import Folded

_UNITS = {
    "article": r"(?:articles?|articulos?|artigos?|arts?)",
    "paragraph": r"(?:operative )?(?:paragraph(?:e?s|e)?|paras?|pars?|parrs?)",
    "part": r"(?:parts?|chapters?|sections?|sects?|secs?|guidelines?|(?:strategic )?objectives?)",
    "principle": r"principles?",
    "letter": r"(?:sub-?paragraphs?|sub-?paras?|letters?|lit|litera|points?|items?|indents?)",
}
_UNIT = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
    + r")(?:\.|(?![^\W_]))|(?P<sign>[§¶]+)|(?<![^\W_])(?P<word>preamble|annex)(?![^\W_]| [0-9ivx])"
)
_SEVERAL = re.compile(r"s\.?$|^(?:art|articulo|pars)\b\.?$|[§¶]{2}")
"""A unit behind which several numbers may stand, parted by commas; ``art.`` is written for both."""

AND = r"(?:and|or|&|et|ou|y|und|oder)"
"""What joins the last of several references, in the languages in which notes are written."""
_STEP = r"(?:[0-9]{1,3}|[ivxl]{1,5}|[a-z])"
_ATOM = re.compile(
    rf"""(?P<head>[0-9]{{1,4}}|[ivxlc]{{1,7}}|[a-z])(?P<glued>(?<=[0-9])[a-z](?![^\W_]))?
    (?P<dots>(?>(?:\.{_STEP}(?![^\W_])){{0,4}}))(?P<parens>(?>(?:\ ?\({_STEP}\)){{0,4}}))
    (?P<bis>\ (?:bis|ter)(?![^\W_]))?
    (?![^\W_]|/[0-9]|\.[0-9]|,[0-9]{{3}}(?![0-9])|\ ?\({_STEP}\)|
       \ ?\((?:[a-z]|[ivx]{{2,5}})(?:[,-]|\ {AND}\ )|\ ?%)""",
    re.VERBOSE,
)
_TO = r"(?: ?(?:-|\u2013) ?| (?:to|through) )"
_RANGE = re.compile(_TO)
_SIBLING = re.compile(rf"(?P<joint> ?(?:,|{AND} |& ?|, {AND} |/)|{_TO}) ?\((?P<step>{_STEP})\)")
_NEXT = re.compile(rf"(?P<comma>, ?)(?:{AND} )?| {AND} ")
_STOPS = re.compile(
    rf"""\ ?(?:$|[][,;:.)"'/\u2013-])|
    \ (?:\(|(?:{AND}|to|through|of|in|under|as|read|juncto|du|de|del|der|des)(?![^\W_]))""",
    re.VERBOSE,
)
_LAST_STEP = re.compile(r"(?P<open>[.(]?)(?P<step>[0-9]+|[A-Za-z]+)\)?$")
_LONGEST_RANGE = 60


class Group(NamedTuple):
    """A unit with its references."""

    start: int
    end: int
    unit: str
    """``article``, ``paragraph``, ``part``, ``principle``, ``letter``; nothing where none is written."""
    references: tuple[str, ...]
    """In the form of the registry: ``25(b)``, ``7.3``, ``XX``."""
    holds_several: bool
    """Whether its unit is written for several references."""


def groups(folded: Folded, names: Container[int]) -> Iterator[Group]:
    """Return every group of a text, in order; `names` are the places where names of instruments begin."""
    end = 0
    for match in _UNIT.finditer(folded.text):
        if match.start() < end:
            continue
        if match["word"]:
            yield Group(*match.span(), "", (match["word"],), holds_several=False)
            continue
        unit = "paragraph" if match["sign"] else str(match.lastgroup)
        several = bool(_SEVERAL.search(match[0]))
        at = match.end() + folded.text.startswith(" ", match.end())
        found = _listed(folded, at, names, several=several) or _lettered(folded, at, unit)
        if found:
            references, end = found
            yield Group(match.start(), end, unit, references, several)


def is_unread(folded: Folded, end: int, starts: Container[int]) -> bool:
    """Return whether a part of a reference follows it that was not read: ``art. 2, para. x``."""
    between = _INSIDE.match(folded.text, end)
    at = between.end() if between else end
    unit = _UNIT.match(folded.text, at)
    return at not in starts and unit is not None and unit.lastgroup in ("paragraph", "letter", "sign")


def unnamed(folded: Folded, at: int, names: Container[int]) -> Group | None:
    """Return the references that begin at a place without any unit, as in ``iccpr 25(b)``."""
    first = _atom(folded, at)
    if first is None or not _STOPS.match(folded.text, first[1]):
        return None
    found = _listed(folded, at, names, several=True)
    return Group(at, found[1], "", found[0], holds_several=True) if found else None


def continued(folded: Folded, at: int, names: Container[int]) -> Group | None:
    """Return what goes on with a list behind a part of its last reference: ``arts. 2, para. 3, and 25``."""
    match = _NEXT.match(folded.text, at)
    first = _atom(folded, match.end()) if match else None
    if match is None or first is None or not _may_follow(folded, first, names):
        return None
    found = _listed(folded, match.end(), names, several=True)
    return Group(match.end(), found[1], "", found[0], holds_several=True) if found else None


class CitedPlace(NamedTuple):
    """Groups that name one place, from the whole to its part: ``article 2, paragraph 3``."""

    start: int
    end: int
    groups: tuple[Group, ...]
    """The outer ones first."""
    is_turned: bool
    """Whether the part is written first: ``paragraph 3 of article 2``."""


_RANKS = {"part": 0, "article": 1, "principle": 1, "paragraph": 2, "letter": 3}
_INSIDE = re.compile(r",? ?")
_OF = re.compile(r",? of (?:the )?")


def places(folded: Folded, names: Container[int]) -> Iterator[CitedPlace]:
    """Return every group of a text, parts together with their wholes, in order."""
    place: CitedPlace | None = None
    for group in groups(folded, names):
        if place and group.start < place.end:
            continue
        larger = _grown(folded, place, group) if place else None
        if place and larger is None:
            yield place
        place = larger or CitedPlace(group.start, group.end, (group,), is_turned=False)
        further = _further(folded, place, names)
        if further:
            yield place
            place = further
    if place:
        yield place


def _grown(folded: Folded, place: CitedPlace, group: Group) -> CitedPlace | None:
    """Put a group to the place before it, where one is a part of the other."""
    between = folded.text[place.end : group.start]
    inner, outer = _RANKS.get(place.groups[-1].unit), _RANKS.get(place.groups[0].unit)
    rank = _RANKS.get(group.unit)
    if inner is None or outer is None or rank is None:
        return None
    if rank > inner and not place.is_turned and _INSIDE.fullmatch(between):
        return CitedPlace(place.start, group.end, (*place.groups, group), is_turned=False)
    if rank < outer and len(group.references) == 1 and _OF.fullmatch(between):
        return CitedPlace(place.start, group.end, (group, *place.groups), is_turned=True)
    return None


def _further(folded: Folded, place: CitedPlace, names: Container[int]) -> CitedPlace | None:
    """Return the list of articles that goes on behind a paragraph of one: ``arts. 2, para. 3, and 25``."""
    first, last = place.groups[0], place.groups[-1]
    if len(place.groups) == 1 or place.is_turned or not first.holds_several or last.holds_several:
        return None
    group = continued(folded, place.end, names)
    if group is None:
        return None
    return CitedPlace(group.start, group.end, (group._replace(unit=first.unit),), is_turned=False)


def _listed(
    folded: Folded, at: int, names: Container[int], *, several: bool
) -> tuple[tuple[str, ...], int] | None:
    """Read references that are parted by commas, words and dashes; give them and where they end."""
    first = _atom(folded, at)
    if first is None:
        return None
    found, end = [first[0]], first[1]
    while True:
        further = _ranged(folded, found[-1], end) or _sibling(folded, found[-1], end)
        if further is None:
            match = _NEXT.match(folded.text, end)
            following = _atom(folded, match.end()) if match and (several or not match["comma"]) else None
            if following is None or not _may_follow(folded, following, names):
                return tuple(found), end
            further = (following[0],), following[1]
        found += further[0]
        end = further[1]


def _lettered(folded: Folded, at: int, unit: str) -> tuple[tuple[str, ...], int] | None:
    """Read the letters of parts: ``(a) and (b)`` behind *paragraphs*, ``b`` behind *lit.*."""
    pattern = _LETTERED.get(unit)
    found: list[str] = []
    end = at
    while pattern and (match := pattern.match(folded.text, end)) and (not found or match["joint"]):
        found.append(match["step"])
        end = match.end()
    return (tuple(found), end) if found else None


_JOINT = rf"(?P<joint>(?:, ?(?:{AND} )?| {AND} )?)"
_LETTERED = {
    "paragraph": re.compile(rf"{_JOINT}\((?P<step>[a-z]|[ivx]{{2,5}}|[0-9]{{1,2}})\)"),
    "letter": re.compile(rf"{_JOINT}\(?(?P<step>[a-z]|[ivx]{{2,5}}|[0-9]{{1,2}})(?:\)|(?![^\W_]))"),
}


def _may_follow(folded: Folded, atom: tuple[str, int], names: Container[int]) -> bool:
    """Return whether a number without a unit is one more reference: no year, and nothing counted by it."""
    reference, end = atom
    if reference.isalpha() and len(reference) == 1:
        return False
    if reference.isdigit() and len(reference) > 3:  # noqa: PLR2004 - a year
        return False
    return bool(_STOPS.match(folded.text, end)) or (folded.text.startswith(" ", end) and end + 1 in names)


def _atom(folded: Folded, at: int) -> tuple[str, int] | None:
    """Read one reference: ``25 (b)`` is ``25(b)``; letters and roman numbers at its head are capitals."""
    match = _ATOM.match(folded.text, at)
    if match is None:
        return None
    head = match["head"]
    if not head.isdigit():
        if not all(folded.is_capital(place) for place in range(at, at + len(head))):
            return None
        if len(head) > 1 and not from_roman(head):
            return None
        if folded.text.startswith("/", match.end()):  # the head of a symbol
            return None
        head = head.upper()
    dots = folded.written(*match.span("dots"))
    steps = re.findall(r"[0-9a-z]+", match["parens"])
    inner = "".join(f"({each})" for each in [*([match["glued"]] if match["glued"] else []), *steps])
    return f"{head}{dots}{inner}{match['bis'] or ''}", match.end()


def _sibling(folded: Folded, last: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """Read a further part of the last reference: ``and (b)`` behind ``25(a)``."""
    match = _SIBLING.match(folded.text, at)
    if match is None or not last.endswith(")"):
        return None
    reference = f"{last[: last.rindex('(')]}({match['step']})"
    if _RANGE.fullmatch(match["joint"]):
        between = _between(last, reference)
        return (between, match.end()) if between else None
    return (reference,), match.end()


def _ranged(folded: Folded, last: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """Read the end of a range; give what follows its beginning: ``12``, ``13`` behind ``11-13``."""
    match = _RANGE.match(folded.text, at)
    until = _atom(folded, match.end()) if match else None
    between = _between(last, until[0]) if until else ()
    return (between, until[1]) if until and between else None


def _between(first: str, last: str) -> tuple[str, ...]:
    """Return the references behind the first up to the last; none where they differ in more than a step."""
    one, other = _LAST_STEP.search(first), _LAST_STEP.search(last)
    if not one or not other or first[: one.start("step")] != last[: other.start("step")]:
        return ()
    low, high = one["step"], other["step"]
    is_roman = low.isupper() or len(low) > 1 or low in ("i", "v", "x")
    head, tail = last[: other.start("step")], last[other.end("step") :]
    for series in (_FIGURES, _ROMANS, _LETTERS) if is_roman else (_FIGURES, _LETTERS, _ROMANS):
        start, end = (series.get(step.lower(), -1) for step in (low, high))
        if 0 <= start < end <= start + _LONGEST_RANGE:
            steps = islice(series, start + 1, end + 1)
            return tuple(f"{head}{step.upper() if high.isupper() else step}{tail}" for step in steps)
    return ()


def _series(steps: Iterable[str]) -> dict[str, int]:
    """Return the steps of a range in order, each with its place."""
    return {step: place for place, step in enumerate(steps)}


_FIGURES = _series(map(str, range(1000)))
_ROMANS = _series(roman(each).lower() for each in range(1, 100))
_LETTERS = _series(ascii_lowercase)
