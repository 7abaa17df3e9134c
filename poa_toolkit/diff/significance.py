"""How much a change weighs, by rules that a reader can check.

*Substantive*: what the plan says, to whom and by when. An action, point, paragraph or section added,
removed, split, merged, withdrawn, deferred or brought back, or moved to another part of the plan; a
bracket opened or resolved; in these and in the title, subtitle and notice any word that differs: a
modal, a negation, a number, a date or any other; addressees, level and timeframe; an actor's title,
which the document prints as the addressee.

*Editorial*: only punctuation, quotation marks, case, spelling or white space of a text differ; an order
differs (of records among their neighbours, of the members of a list); the style; the pages for further
reading.

*Links*: what actions come from and rest on. The recommendations and provisions of an action and its
`why`; what the recommendations, consultations, mechanisms, instruments, provisions, obligations, parts,
actors and participants on file say.

*Process*: where the work stands. A status (but see above), a printed number, the stages and the stage,
the data of the conference, profiles; in any record what was verified, by which source, with which note
or reason.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.diff.change import Edit, Ground
from poa_toolkit.model import Significance, Status
from poa_toolkit.text.phrases import DEADLINES, MODALS, MONTHS, NEGATIONS, NUMBERS
from poa_toolkit.text.spelling import canonical, is_slip
from poa_toolkit.text.words import tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from poa_toolkit.diff.change import Segment
    from poa_toolkit.diff.records import Entry, Value
    from poa_toolkit.model.fields import Field

_PUNCTUATION = frozenset(
    ".,;:!?…'\"()‐‑–—-‘’‚‛“”„‟‹›«»¡¿·"  # noqa: RUF001 - quotation marks of several languages
    "、。，；：！？「」『』（）،؛؟।"  # noqa: RUF001 - the same
)
"""What can change without a word changing; marks of brackets, slashes and signs are not among it."""
_SHORT_NAME = 4
"""Letters up to which a word in capitals is a name: ``US``, ``WHO``."""
_SAME_MARK = str.maketrans({"‘": "'", "’": "'", "‐": "-", "‑": "-", "−": "-", "\u00ad": ""})  # noqa: RUF001


def of_record(entry: Entry) -> Significance:
    """Weigh a record that came or went."""
    weight: Significance = entry.record.significance
    return weight


def of_id(entry: Entry) -> Significance:
    """Weigh another id: nobody reads ids, but a provision's is the reference that documents cite."""
    return Significance.LINKS if entry.kind == "provision" else Significance.PROCESS


def of_move(entry: Entry, field: str) -> Significance:
    """Weigh a move; `field` is ``order`` where the record stays in its section or source."""
    return Significance.EDITORIAL if field.endswith("order") else of_record(entry)


def of_status(old: str, new: str) -> Significance:
    """Weigh a change of status: substantive where the action leaves or enters the printed text."""
    same = Status(old).printed is Status(new).printed
    return Significance.PROCESS if same else Significance.SUBSTANTIVE


def of_field(field: Field, old: Value, new: Value) -> Significance:
    """Weigh a value that differs and is no text, or a text that came or went as a whole."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        is_same = sorted(old) == sorted(new)
    else:
        is_same = isinstance(old, str) and isinstance(new, str) and _same_words(old, new)
    return _weighed(field, is_same=is_same)


def of_text(
    field: Field, values: tuple[str, str], segments: Sequence[Segment], *, is_reworded: bool = True
) -> Significance:
    """Weigh a text whose words differ; a bracket that opened or was resolved is more than a rewording."""
    # most texts are told by the words that differ; a minus only by what stands after it
    went, came = (" ".join(each.text for each in segments if each.edit is edit) for edit in _CHANGED)
    return _weighed(field, is_same=is_reworded and _same_words(went, came) and _same_words(*values))


_CHANGED = (Edit.DELETED, Edit.INSERTED)


def _weighed(field: Field, *, is_same: bool) -> Significance:
    """Weigh a field by what it is; where it says the same as before, only how it is written differs."""
    if is_same and field.significance is not Significance.PROCESS:
        return Significance.EDITORIAL
    return field.significance


def _same_words(old: str, new: str) -> bool:
    if _begin_otherwise(old.split(), new.split()):
        return False
    before, after = _content(old), _content(new)
    if len(before) != len(after):
        return False
    differ = ((mine, theirs) for mine, theirs in zip(before, after, strict=True) if mine != theirs)
    return all(canonical(mine) == canonical(theirs) or is_slip(mine, theirs) for mine, theirs in differ)


def _begin_otherwise(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether words begin with other letters, one by one: then they are others in any spelling."""
    if len(old) != len(new) or not all(word[0].isalpha() for word in (*old, *new)):
        return False
    return any(mine[0].casefold() != theirs[0].casefold() for mine, theirs in zip(old, new, strict=True))


def _content(text: str) -> list[str]:
    """Return the words of a text, without punctuation and case where they mean nothing."""
    found: list[str] = []
    gap = False
    for token in tokens(text):
        word = token.translate(_SAME_MARK)
        if found and found[-1] == "-" and not gap and word[:1].isdigit():
            found[-1] = f"-{word}"
        elif word == "-" or (word not in _PUNCTUATION and not word.isspace()):
            found.append(word)
        gap = word.isspace()
    words = [word for word in found if word != "-"]
    text = " ".join(["", *map(_folded, words)])
    return text.replace(" %", "%").replace(" per cent", " percent").split()


def _folded(word: str) -> str:
    """Write a word small, unless its capitals are what it means: ``May`` is no modal, ``WHO`` no pronoun."""
    is_short_name = word.isupper() and 1 < len(word) <= _SHORT_NAME
    return word if word == "May" or is_short_name else word.casefold()


# --- what a person would look for first ------------------------------------------------------------

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-/\u2013][0-9]{2,4})*")
_NEGATED = re.compile(r"\w+n['\u2019]t")


def grounds(segments: Iterable[Segment], addressees: Sequence[tuple[str, ...]]) -> tuple[Ground, ...]:
    """Name what the words that went and came are, in the order of `Ground`.

    `addressees` are the titles of actors as words in lower case: one that is mentioned now, or no more,
    is a ground.
    """
    sides = {edit: list[str]() for edit in (Edit.DELETED, Edit.INSERTED)}
    for segment in segments:
        if segment.edit in sides:
            sides[segment.edit] += _words(segment.text)
    went, came = sides.values()
    counts = Counter(went)
    counts.subtract(came)
    differs = [word for word, count in counts.items() if count]
    found = {ground for ground, known in _KNOWN.items() if not known.isdisjoint(differs)}
    found |= {ground for word in differs if not word.isalpha() for ground in _by_form(word)}
    named = [title for title in addressees if counts.keys() >= set(title)]
    if named and _mentioned(went, named) != _mentioned(came, named):
        found.add(Ground.ADDRESSEE)
    return tuple(ground for ground in Ground if ground in found) if found else ()


def _words(text: str) -> list[str]:
    """Return the words that count: not the holder of a bracket, nor the ``no`` of ``no later than``."""
    found = [word.casefold() for word in words(text)]
    after, then = [*found, ""][1:], [*found, "", ""][2:]
    return [
        word
        for word, follows, next_one in zip(found, after, then, strict=True)
        if follows != ":" and not (word in _NO and (follows in _COMPARED or next_one == "than"))
    ]


_NO = frozenset(("no", "not"))
_COMPARED = frozenset(("later", "more", "less", "fewer", "longer", "earlier", "only"))
_KNOWN = {
    Ground.MODAL: MODALS,
    Ground.NEGATION: NEGATIONS,
    Ground.NUMBER: NUMBERS,
    Ground.DATE: MONTHS,
    Ground.DEADLINE: DEADLINES,
}


def _by_form(word: str) -> Iterable[Ground]:
    if _YEAR.fullmatch(word) or (any(map(str.isdigit, word)) and word[:3] in MONTHS):
        yield Ground.DATE
    elif any(map(str.isdigit, word)):
        yield Ground.NUMBER
    if _NEGATED.fullmatch(word):
        yield Ground.NEGATION


def _mentioned(words: Sequence[str], titles: Iterable[tuple[str, ...]]) -> AbstractSet[tuple[str, ...]]:
    text = f" {' '.join(words)} "
    return {title for title in titles if f" {' '.join(title)} " in text}
