"""General comments and recommendations of treaty bodies: named by body, kind and number, in many ways.

``Human Rights Committee, general comment No. 25 (1996)``, ``HRC GC 25``, ``General recommendation XX of the
Committee on the Elimination of Racial Discrimination``. Several bodies count from one: the number alone names
one only where the registry holds a single one, and nothing before it says whose it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.text.folding import fold
from poa_toolkit.text.numerals import from_roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from poa_toolkit.model import Instrument
    from poa_toolkit.text.folding import Folded

_TITLE = re.compile(r"general (?P<kind>comment|recommendation) (?:no\.? )?(?P<number>[0-9]+|[ivxl]+)\b")
_NAMED = re.compile(
    r"""(?<![\w/.-])(?:general[ ](?P<kind>comment|recommendation)|(?P<short>gc|gr))[ ]?
    (?:n[or]\.?[ ]?|n°[ ]?|(?<=[ ]))?(?P<number>[0-9]{1,2}|[ivxl]{1,7})(?![\w/@]|[-.]\w)
    (?P<about>[ ]?\((?P<year>[0-9]{4})\)|[ ]?\([0-9]{1,3}(?:(?:st|nd|rd|th)[ ]session)?\)|[ ]?\[[0-9]+\])?""",
    re.VERBOSE,
)


class Mention(NamedTuple):
    """A name of an instrument that stands in a text."""

    start: int
    end: int
    kind: str
    """``title``, ``symbol`` (to the letter) and ``id``; ``comment`` for a general comment whose body is not
    said; ``beside`` for what cites nothing unless it stands by another name."""
    ids: frozenset[str]
    """The instruments that bear the name; none where it names one that the registry does not hold."""


class GeneralComments:
    """The general comments of a registry."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        """Learn what they are called, and which bodies made them."""
        self._known: defaultdict[tuple[str, int], dict[str, Instrument]] = defaultdict(dict)
        bodies: defaultdict[str, set[str]] = defaultdict(set)
        for each in instruments:
            match = _TITLE.match(fold(each.title).text)
            if match and each.body:
                self._known[match["kind"], _counted(match["number"])][each.body] = each
                for name in _body_names(each):
                    bodies[name].add(each.body)
        self._bodies = {name: next(iter(whose)) for name, whose in bodies.items() if len(whose) == 1}
        names = "|".join(map(re.escape, sorted(self._bodies, key=len, reverse=True))) or r"(?!)"
        full = "|".join(re.escape(name) for name in self._bodies if " " in name) or r"(?!)"
        self._before = re.compile(
            rf"(?<![\w/.-])(?P<body>{names})(?![\w/])(?: committee)?(?: ?\([a-z]{{3,6}}\))?"
            r"(?:'s?)?,? (?:in |at )?(?:its |the |revised )*"
        )
        self._behind = re.compile(
            rf",? ?(?:of|by) (?:the )?(?P<body>{names})(?![\w/])(?: committee)?|"
            rf" ?\((?:the )?(?P<inside>{names})\)|, (?P<full>{full})(?![\w/])"
        )

    def named(self, folded: Folded) -> Iterator[Mention]:
        """Return the general comments that a text names, those too that the registry does not hold."""
        before = {
            match.end(): match
            for match in self._before.finditer(folded.text)
            if self._is_body(folded, match, "body")
        }
        for match in _NAMED.finditer(folded.text):
            if not _is_written_well(folded, match):
                continue
            start, end, body = match.start(), match.end(), ""
            if preceding := before.get(start):
                start, body = preceding.start(), self._bodies[preceding["body"]]
            elif following := self._behind.match(folded.text, end):
                group = str(following.lastgroup)
                if self._is_body(folded, following, group):
                    end, body = following.end(), self._bodies[following[group]]
            yield self._resolved(folded, match, start, end, body)

    def _is_body(self, folded: Folded, match: re.Match[str], group: str) -> bool:
        """Return whether a body is named: an abbreviation is in capitals."""
        return " " in match[group] or folded.written(*match.span(group)).isupper()

    def _resolved(self, folded: Folded, match: re.Match[str], start: int, end: int, body: str) -> Mention:
        kind = match["kind"] or {"gc": "comment", "gr": "recommendation"}[match["short"]]
        found = self._known.get((kind, _counted(match["number"])), {})
        meant = [each for whose, each in found.items() if not body or whose == body]
        if len(meant) != 1 or (match["year"] and match["year"] not in years(meant[0])):
            return Mention(start, end, "title", frozenset())
        end = _behind_subtitle(folded, end, meant[0])
        return Mention(start, end, "title" if body or match["year"] else "comment", frozenset((meant[0].id,)))


def is_general_comment(instrument: Instrument) -> bool:
    """Return whether an instrument is named as the general comment of a body."""
    return bool(instrument.body and _TITLE.match(fold(instrument.title).text))


def years(instrument: Instrument) -> frozenset[str]:
    """Return the years that may stand beside an instrument's name: adopted, issued, opened, in force."""
    dates = (instrument.adopted, instrument.document_date, instrument.opened, instrument.in_force)
    return frozenset(str(each)[:4] for each in dates if each)


_SUBTITLE = re.compile(
    r"""(?:[ ]on[ ]|:[ ]|,[ ](?=art(?:icle|\.)[ ][0-9]+:)|,?[ ](?="))(?P<words>[^;]{1,240}?)
    (?=,?[ ](?:paras?|paragraphs?)(?![^\W_])|[ ]\((?!art)|
    ,[ ](?:[0-9]{1,2}[ ])?[a-z]+[ ][0-9]{4}|,?[ ][a-z]+/c/)""",
    re.VERBOSE,
)
_SHORTEST_WORD, _STEM = 4, 5


def _behind_subtitle(folded: Folded, end: int, instrument: Instrument) -> int:
    """Return where the subject behind the number of a general comment ends: words of its title, mostly."""
    match = _SUBTITLE.match(folded.text, end)
    if match is None:
        return end
    title = fold(instrument.title).text
    own = {word[:_STEM] for word in _weighty(title)}
    words = _weighty(match["words"])
    if not words:
        words, own = re.findall("[0-9]+", match["words"]), set(re.findall("[0-9]+", title))
    return match.end() if words and 2 * sum(word[:_STEM] in own for word in words) >= len(words) else end


def _weighty(text: str) -> list[str]:
    return [
        word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _SHORTEST_WORD and word != "article"
    ]


def _body_names(instrument: Instrument) -> Iterable[str]:
    """Return the names of the body that made a general comment: in full, and as its id and symbol begin."""
    yield fold(str(instrument.body)).text
    yield instrument.id.partition("-")[0].lower()
    if instrument.interprets:
        yield instrument.interprets.lower()
    head, _, rest = (instrument.symbol or "").partition("/")
    if rest.startswith("C/"):
        yield head.lower()


def _counted(number: str) -> int:
    return int(number) if number.isdigit() else from_roman(number)


def _is_written_well(folded: Folded, match: re.Match[str]) -> bool:
    """Return whether abbreviations and roman numbers are in capitals, as where they mean something."""
    number = match["number"]
    is_capital = folded.written(*match.span("number")).isupper() or number.isdigit()
    return is_capital and (not match["short"] or folded.written(*match.span("short")).isupper())
