"""Safe fixes of findings: by code, from the value that stands at a pointer to the one that should.

A fix never changes what a text means: it may change how letters are composed and spaced and which
quotation marks stand there, take away bullets and marks of Markdown, take out a link that stands twice,
or mend an id that can only be one other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from poa_toolkit.text import citations, pasted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

LIKE = 0.8
"""How alike two ids must be, from 0 to 1, for one to be a slip of the other."""

_SPACES = re.compile(r" {2,}")
_SPACE_BEFORE = re.compile(r"(?<=[\w)\]”\u2019\"']) +(?=[,;:.!?](?:[\s)\]”\u2019\"'|]|$))")
_OPENS = re.compile(r'(?<![^\s(\[\u2018“|])"(?=\S)')
_CLOSES = re.compile(r'(?<=\S)"(?![^\s)\],.;:!?\u2019”|])')
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What links of a plan may lead to: ids by kind, and the citations that the registry knows."""

    ids: Mapping[str, frozenset[str]]
    """Kind of record, as FIXES names them, to the ids of its records."""
    is_citation: Callable[[str], bool]
    """Whether a citation leads to a provision."""


REMOVE = object()
"""Instead of a new value: the item is to be taken out of its list."""


def fixed(code: str, value: Any, known: Known) -> Any:  # noqa: ANN401 - YAML's data
    """Return what should stand in the place of `value`, REMOVE, or `value` itself where no fix is safe."""
    mend = FIXES.get(code)
    return mend(value, known) if mend is not None and isinstance(value, str) else value


def likeliest(word: str, ids: Iterable[str]) -> str | None:
    """Return the one id that `word` can be a slip of; None where there is none, or more than one.

    Figures count for themselves: ``r9`` is no slip of ``r1``.
    """
    import difflib  # noqa: PLC0415 - only a plan with a fault pays for it

    near = difflib.get_close_matches(word, list(ids), n=2, cutoff=LIKE)
    if len(near) == 1 and _DIGITS.findall(near[0]) == _DIGITS.findall(word):
        return near[0]
    return None


def _composed(value: str, _known: Known) -> str:
    return unicodedata.normalize("NFC", value)


def _spaced(value: str, _known: Known) -> str:
    return _SPACES.sub(" ", value.strip(" "))


def _close_up(value: str, _known: Known) -> str:
    return _SPACE_BEFORE.sub("", value)


def _curled(value: str, _known: Known) -> str:
    """Curl quotation marks and apostrophes; none where one of them could be meant two ways."""
    text = _APOSTROPHE.sub("\u2019", value)
    places = {each.start(): "“" for each in _OPENS.finditer(text)}
    for each in _CLOSES.finditer(text):
        if each.start() in places:
            return value
        places[each.start()] = "”"
    curled = "".join(places.get(index, each) for index, each in enumerate(text))
    paired = curled.count("“") == curled.count("”")
    return curled if paired and not {'"', "'"} & set(curled) else value


def _without_bullet(value: str, _known: Known) -> str:
    return pasted.without_bullet(value)


def _without_markup(value: str, _known: Known) -> str:
    return pasted.without_markup(value)


def _removed(_value: str, _known: Known) -> object:
    return REMOVE


def _id_of(kind: str) -> Callable[[str, Known], str]:
    def mend(value: str, known: Known) -> str:
        return likeliest(value, known.ids.get(kind, frozenset())) or value

    return mend


def _instrument(value: str, known: Known) -> str:
    """Mend the instrument of a citation, where its reference is then a provision of it."""
    try:
        name, reference = citations.split(value)
    except ValueError:
        return value
    near = likeliest(name, known.ids.get("instrument", frozenset()))
    cited = f"{near} {reference}"
    return cited if near and known.is_citation(cited) else value


FIXES: dict[str, Callable[[str, Known], Any]] = {
    "POA201": _id_of("recommendation"),
    "POA202": _instrument,
    "POA206": _id_of("actor"),
    "POA208": _id_of("obligation"),
    "POA209": _id_of("participant"),
    "POA211": _id_of("instrument"),
    "POA214": _id_of("consultation"),
    "POA216": _removed,
    "POA217": _removed,
    "POA218": _removed,
    "POA221": _removed,
    "POA224": _instrument,
    "POA302": _composed,
    "POA312": _spaced,
    "POA313": _spaced,
    "POA314": _close_up,
    "POA316": _curled,
    "POA317": _curled,
    "POA340": _without_bullet,
    "POA341": _without_markup,
}
"""Every code that has a safe fix."""
