"""What may stand between the name of an instrument and its references, and what must stand before it.

``(adopted 16 December 1966, entered into force 23 March 1976), 999 UNTS 171``: dates, symbols, other names of
the same instrument. Whatever is not known here ends the citation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poa_toolkit.returned.citations.general_comments import Mention
    from poa_toolkit.text.folding import Folded

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[89]|20)[0-9]{2})(?![\w/-]|\.[0-9])"
_DATE = re.compile(rf"(?:(?:[0-9]{{1,2}} )?{_MONTH} (?:[0-9]{{1,2}}, )?)?{_YEAR}")
_SERIES = re.compile(
    r"""(?:(?:[0-9]+\ )?(?:u\.?n\.?t\.?s\.?|c?ets|i\.?l\.?m\.?|oas\ treaty\ series|o\.?a\.?s\.?\ t\.?s\.?)
        (?:\ no\.?)?(?:\ [0-9]+)?
      | [0-9]+\ u\.?n\.?\ gaor\ supp\.\ \(no\.\ [0-9]+[a-z]?\)(?:\ at\ [0-9]+)?
      | (?:u\.?n\.?|oau|oas)\ doc\.\ [a-z]{1,5}(?:/[\w.-]+)+
      | (?:o\.?j\.?\ )?[0-9]{4}/[cl]\ [0-9]+/[0-9]+
      | annex(?:\ [ivx]+)?(?=,?\ (?:art|para|sec)))(?![\w/])""",
    re.VERBOSE,
)
_SYMBOL = re.compile(
    r"""(?:(?:un|oau|u\.n\.|oas)?\ ?doc(?:\.|ument)?\ )?[a-z]{1,5}(?:/[\w.-]+(?:\([\w]+\)[\w.-]*)?)+
        (?:\ (?:rev|add|corr)\.?\ ?[0-9]+)?(?:\ \([ivxl]+\))?
      | (?:g\.?a\.?|general\ assembly)\ res(?:\.|olution)\ [0-9]+(?:/[0-9]+|\ ?[a-z]?\ ?\([ivxl]+\))""",
    re.VERBOSE,
)
"""The symbol of a document: in parentheses that of the text named before, elsewhere perhaps another's."""
_BEFORE_A_DATE = re.compile(
    r"(?:(?:adopted|opened for signature|entered into force|entry into force|in force|signed|done|as amended|"
    r"hereinafter|hereafter|of|on|in|and|from|rev(?:ised|\.)?)(?![^\W_])|[ ,;])"
)
_OTHER_YEARS = re.compile(r"force|amended|opened")
_CROSS = re.compile(
    r"(?:supra|infra|op\. ?cit\.)(?:,? (?:notes?|n\.|at)? ?[0-9]+)?|"
    r"\(?(?:supra |see )?(?:note|n\.?) [0-9]+(?: above)?\)?"
)
_ALIAS = re.compile(r'"[^"()]{1,60}"|the|[a-z]{2,10}(?![^\W_])')
_COMMA = re.compile(r"(?: \u2013|,)? ?")
_LONGEST_PARENTHESIS = 240


class Apposition(NamedTuple):
    """The names of one instrument that stand side by side, with what belongs to them."""

    end: int
    ids: frozenset[str]
    last: Mention
    is_named: bool
    """Whether one of the names cites the instrument by itself."""


def apposed(
    folded: Folded, first: Mention, mentions: Mapping[int, Mention], years: Mapping[str, frozenset[str]]
) -> Apposition:
    """Follow a name through its appositions; `mentions` by their places, `years` by instruments."""
    found = Apposition(first.end, first.ids, first, first.kind != "beside")
    while True:
        further = _inline(folded, found, mentions, years) or _parenthesis(folded, found, mentions, years)
        if further is None:
            break
        found = further
    is_in_parentheses = folded.text[max(first.start - 1, 0)] == "(" and folded.text.startswith(")", found.end)
    return found._replace(end=found.end + 1) if is_in_parentheses and first.kind == "symbol" else found


def _inline(
    folded: Folded, found: Apposition, mentions: Mapping[int, Mention], years: Mapping[str, frozenset[str]]
) -> Apposition | None:
    """Take in a date, a series, a cross reference or another name, behind a comma or a space."""
    match = _COMMA.match(folded.text, found.end)
    at = match.end() if match else found.end
    if at == found.end:
        return None
    return _piece(folded, at, found, mentions, years) or _adopted(folded, at, found, years)


def _piece(
    folded: Folded,
    at: int,
    found: Apposition,
    mentions: Mapping[int, Mention],
    years: Mapping[str, frozenset[str]],
) -> Apposition | None:
    mention = mentions.get(at)
    if mention is not None:
        both = mention.ids & found.ids
        named = found.is_named or mention.kind != "beside"
        return Apposition(mention.end, both, mention, named) if both else None
    if date := _DATE.match(folded.text, at):
        return _of_that_year(found, date["year"], years, date.end())
    for pattern in (_SERIES, _CROSS):
        if match := pattern.match(folded.text, at):
            return found._replace(end=match.end())
    return None


def _of_that_year(
    found: Apposition, year: str, years: Mapping[str, frozenset[str]], end: int
) -> Apposition | None:
    """Keep the instruments of a year; where there is none, the text of another year is meant."""
    ids = frozenset(each for each in found.ids if year in years[each])
    return found._replace(ids=ids, end=end) if ids else None


def _adopted(
    folded: Folded, at: int, found: Apposition, years: Mapping[str, frozenset[str]]
) -> Apposition | None:
    """Take in words such as *adopted on* with the date behind them."""
    end = at
    while match := _BEFORE_A_DATE.match(folded.text, end):
        end = match.end()
    date = _DATE.match(folded.text, end) if end > at else None
    if date is None:
        return None
    if _OTHER_YEARS.search(folded.text, at, end):
        return found._replace(end=date.end())
    return _of_that_year(found, date["year"], years, date.end())


def _parenthesis(
    folded: Folded, found: Apposition, mentions: Mapping[int, Mention], years: Mapping[str, frozenset[str]]
) -> Apposition | None:
    """Take in a parenthesis where all of it is known: dates, series, names, abbreviations, quotes."""
    text = folded.text
    start = found.end + text.startswith(" ", found.end)
    if not text.startswith("(", start):
        return None
    close = _closing(text, start)
    at = start + 1
    while at < close:
        if text[at] in " ,;:":
            at += 1
            continue
        inside = _piece(folded, at, found, mentions, years) or _adopted(folded, at, found, years)
        if inside is None:
            alias = _alias(folded, at)
            if alias is None or at in mentions:
                return None
            inside = found._replace(end=alias.end())
        if inside.end > close:
            return None
        found, at = inside, inside.end
    return found._replace(end=close + 1) if close else None


def _alias(folded: Folded, at: int) -> re.Match[str] | None:
    """Find a symbol, a name in quotation marks or an abbreviation."""
    if folded.is_capital(at) and (symbol := _SYMBOL.match(folded.text, at)):
        return symbol
    match = _ALIAS.match(folded.text, at)
    is_one = match and (match[0][0] == '"' or match[0] in _EMPTY or folded.written(*match.span()).isupper())
    return match if is_one else None


_EMPTY = ("the", "hereinafter", "hereafter")


def _closing(text: str, start: int) -> int:
    """Return the place of the parenthesis that closes the one at `start`; 0 where it is not near."""
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST_PARENTHESIS)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return 0


_ORGANISATIONS = (
    r"(?:united nations|u\.n\.|un|osce|csce|odihr|oau|au|african union|oas|organization of american states|"
    r"council of europe|coe|european union|eu|ecowas|sadc|icglr|ilo|cis|commonwealth|ipu|general assembly)"
)
_MODIFIER = re.compile(rf"(?:the|its|{_ORGANISATIONS}(?:/osce|/cis)?(?:'s)?,?|{_YEAR}|(?:u\.?n\.? )?doc\.) ")
_MODIFIERS_BEFORE = re.compile(rf"(?<![^\W_])(?:{_MODIFIER.pattern.replace('?P<year>', '')})*$")
_WINDOW = 60

_FUNCTION_WORDS = (
    r"(?:see|cf|compare|e\.g|i\.e|also|by|under|in|with|per|from|both|namely|notably|particularly|"
    r"especially|including|inter alia|alia|is|are|instance|example|that|than|at|"
    r"(?:contrary|pursuant|according|part(?:y|ies)) to|"
    r"(?:provisions?|requirements?|terms|violations?|breach|light|articles?|meaning) of)"
)
_FUNCTION_BEFORE = re.compile(rf"(?<![^\W_]){_FUNCTION_WORDS}[.,:]? ?$")
_SIGNAL_BEFORE = re.compile(r"(?<![^\W_])(?:see|see also|cf|compare|e\.g|also)[.,:]? ?$")
_SMALL_WORD_BEFORE = re.compile(
    r"(?<![^\W_])(?!(?:of|to|and|or|the|both) )([a-z]+)(?::|(?: (?:the|both))?) $"
)
_LIST_BEFORE = re.compile(r"(?:,|(?:,? (?:and|or|as well as)|&)) ?$")
_SENTENCE_BEFORE = re.compile(r"(?:[^\W_]{5,}|[0-9]|[)\"'])\. ?$")
_NOTE_NUMBER_BEFORE = re.compile(r"^[\[(]?[0-9]{1,3}[\])]?\.? ?$")
_SEGMENT = re.compile(r"(?:[^,;:.(]|(?<=no)\.)*$")
_OF_ITS_OWN = re.compile(
    r"(?<![^\W_])(?:protocols?|reports?|comment(?:s|ary|aries)?|rules|statutes?|acts?|laws?|draft|recommendations?|"
    r"observations)(?![^\W_])"
)
"""Nouns of texts with articles and paragraphs of their own: ``Protocol No. 7, ECHR, art. 3``."""


def modifiers(folded: Folded, at: int) -> Iterator[int]:
    """Return the places at which a name may begin behind *the*, a year and the organisation that made it."""
    yield at
    for _ in range(4):
        match = _MODIFIER.match(folded.text, at)
        if match is None:
            return
        at = match.end()
        yield at


def without_modifiers(folded: Folded, at: int) -> tuple[int, str]:
    """Return where a name begins with *the*, a year and the organisation before it; and that year."""
    start = max(0, at - _WINDOW)
    match = _MODIFIERS_BEFORE.search(folded.text[start:at])
    begins = start + match.start() if match else at
    year = re.search(_YEAR, folded.text[begins:at])
    return begins, year["year"] if year else ""


def may_be_named(folded: Folded, at: int) -> bool:
    """Return whether what stands before a place lets a name begin there, and is not the head of a longer one.

    ``Optional Protocol to the`` and ``Commentary on the`` are heads; ``see``, ``under`` and a comma are not.
    """
    window = folded.text[max(0, at - _WINDOW) : at]
    if _begins(window, at):
        return True
    listed = _LIST_BEFORE.search(window)
    if listed is None:
        return bool(_FUNCTION_BEFORE.search(window) or _SENTENCE_BEFORE.search(window))
    segment = _SEGMENT.search(window[: listed.start()])
    return not (segment and _OF_ITS_OWN.search(segment[0]))


def begins_apart(folded: Folded, at: int) -> bool:
    """Return whether nothing stands before a place that a name there could belong to."""
    window = folded.text[max(0, at - _WINDOW) : at]
    return _begins(window, at) or bool(_SIGNAL_BEFORE.search(window))


def may_begin(folded: Folded, at: int) -> bool:
    """Return whether references there belong to nothing before them: ``see art. 25``, ``by article 2``."""
    window = folded.text[max(0, at - _WINDOW) : at]
    if _FUNCTION_BEFORE.search(window):
        return True
    if _begins(window, at):
        return not window.rstrip().endswith((":", "\u2013"))
    if _SENTENCE_BEFORE.search(window):
        return folded.is_capital(at)
    word = _SMALL_WORD_BEFORE.search(window)
    if word is None:
        return False
    return not any(folded.is_capital(place) for place in range(at - len(window) + word.start(1), at))


def _begins(window: str, at: int) -> bool:
    """Return whether a note, a clause or a parenthesis begins behind a window, or a note after its number."""
    bare = window.rstrip()
    if not bare:
        return True
    return bare[-1] in ';:(["\u2013' or (at < _WINDOW and bool(_NOTE_NUMBER_BEFORE.match(window)))
