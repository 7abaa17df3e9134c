"""Words by which a draft is understood, in the languages in which plans are written.

A language is a file in ``words/``; ``en.toml`` says what its keys are for.
"""

# ruff: noqa: RUF001 - marks of many scripts are what this is about

from __future__ import annotations

import re
import unicodedata

from poa_toolkit.text.language_files import read_words

_WORDS = read_words(__file__.removesuffix(".py"))


def _any(key: str) -> str:
    """Return the entries of a key, which are regular expressions, as alternatives of one."""
    return "|".join(sorted(_WORDS[key]))


def _any_word(key: str) -> str:
    """Return the entries of a key, which are words, in the same way, the longest first."""
    words = sorted(_WORDS[key], key=lambda each: (-len(each), each))
    return "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in words)


DIVISIONS, ARTICLES, ITEMS = _any_word("divisions"), _any_word("articles"), _any_word("items")
"""Words before the number of a part, of an article, of an item, as alternatives of a regular expression."""
NUMBERS = {word: value for value in range(1, 11) for word in sorted(_WORDS[f"numbers.{value}"])}
"""The numbers that are written as words behind *Chapter* and its like, on a line of their own."""

SETTINGS = ("addressees", "timeframe", "recommendations", "level")
"""The fields beside its text that a draft may say of an action."""
FIELDS = {name: _WORDS[f"fields.{name}"] for name in ("number", "action", *SETTINGS)}
"""What the heading of a column of a table may be, by the field that the column fills."""
_LEVELS = {name: _WORDS[f"levels.{name}"] for name in ("national", "regional", "international")}
"""What a cell may call the level of an action."""

STOPS = ".!?;:,…。！？；：，؛؟،۔।"
"""What ends a sentence or a part of one; no heading ends so."""
_FINAL = ".!?…。！？؟۔।"
_ASKED = ("?", "？", "؟")
_CLOSING = "\"'”’»)]）】」 \u00a0"
_WORD = re.compile(r"[第页頁共]|[^\W\d_]+")

_ASKING = re.compile(rf"\b(?:{_any('asks')})\b", re.IGNORECASE)
_ASKING_ANYWHERE = re.compile(_any("asks_anywhere"))
_ABOUT = re.compile(rf"\b(?:{_any('asks_about')})\b[^.!?;:,]*$", re.IGNORECASE)
"""What stands before such a word in its clause where it only speaks of what is asked."""
_WINDOW = 120
_ALLOWING = re.compile(rf"\b(?:{_any('allows')})\b")
"""What grants something, and so does more than narrate."""
_NARRATING = re.compile(
    rf"(?:{_any('statement_subjects')})(?:\b|(?<=[’'])).*?\b(?:{_any('statement_verbs')})\b",
    re.IGNORECASE | re.DOTALL,
)
"""``The law is spread over treaties``: no imperative begins so, and something is said to be."""
_ADOPTED = re.compile(rf"(?:{_any('adopted')})\b.*", re.IGNORECASE | re.DOTALL)
"""How the last line of a text begins: where and when it was adopted."""


def level_of(words: str) -> str:
    """Return the level that words name; empty where they name none."""
    return next((name for name, known in _LEVELS.items() if folded(words) in known), "")


def folded(text: str) -> str:
    """Return a text for looking up: composed, small letters, single spaces, no full stop at its end."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .:：")


def asks(text: str) -> bool:
    """Return whether a text says that somebody should do something; a question does not."""
    if text.rstrip(_CLOSING)[-1:] in _ASKED:
        return False
    return any(
        not _ABOUT.search(text, max(0, each.start() - _WINDOW), each.start())
        for each in _ASKING.finditer(text)
    ) or bool(_ASKING_ANYWHERE.search(text))


def narrates(text: str) -> bool:
    """Return whether a sentence only says how things are; where that is not certain, it does not."""
    asking = asks(text) or _ALLOWING.search(text)
    return (is_sentence(text) or ends_open(text)) and not asking and bool(_NARRATING.match(text))


def is_introduction(heading: str) -> bool:
    """Return whether a heading is that of an introduction, and says nothing else."""
    words = [each for each in folded(heading).split() if each not in _WORDS["joining"]]
    return bool(words) and _WORDS["introductions"].issuperset(words) and words[0] != "general"


def only_explains(heading: str) -> bool:
    """Return whether a heading is that of definitions, abbreviations, references: nothing there is asked."""
    words = [each for each in _WORD.findall(folded(heading)) if each not in _WORDS["joining"]]
    return bool(words) and _WORDS["explanations"].issuperset(words)


def is_page_line(text: str) -> bool:
    """Return whether the words beside the number of a page, ``Page of``, are those of its count alone."""
    words = _WORD.findall(folded(text))
    return not any(each.isdigit() for each in text) and _WORDS["pages"].issuperset(words)


def is_page_count(text: str) -> bool:
    """Return whether a header or footer counts pages, the numbers typed: ``Page 2 of 9``, ``- 3 -``.

    A year, a version or a date beside them is none.
    """
    words, numbers = _WORD.findall(folded(text)), _NUMBER.findall(text)
    left = _WORD.sub("", _NUMBER.sub("", text))
    if not _WORDS["pages"].issuperset(words) or left.strip(_BESIDE_PAGES) or _DECIMAL.search(text):
        return False
    counts = [int(each) for each in numbers if len(each) <= _LONGEST_COUNT]
    return len(counts) == len(numbers) in (1, 2) and counts == sorted(counts)


_NUMBER, _DECIMAL = re.compile(r"\d+"), re.compile(r"\d[.,]\d")
_LONGEST_COUNT = 3
_BESIDE_PAGES = " \t\n\u00a0.:|/()[]-–—·•~"
"""What may stand beside and between the numbers of pages."""


def is_contents(heading: str) -> bool:
    """Return whether a heading is that of a table of contents."""
    return folded(heading) in _WORDS["contents"]


def is_sentence(text: str) -> bool:
    """Return whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING)[-1:] in _FINAL if text.strip() else False


def ends_open(text: str) -> bool:
    """Return whether a text ends as one does that is followed by its points."""
    return text.rstrip(" \u00a0")[-1:] in (":", "：")


def closes(text: str) -> bool:
    """Return whether a text says where and when the whole was adopted, and asks nothing."""
    return bool(_ADOPTED.fullmatch(text)) and not asks(text)


def names_a_plan(text: str) -> bool:
    """Return whether a title says that it is that of a plan."""
    is_named = not _WORDS["plans"].isdisjoint(_WORD.findall(folded(text)))
    return is_named or any(each in text for each in _WORDS["plans_anywhere"])


def goes_on(text: str) -> bool:
    """Return whether a line goes on with the title above it: ``on human rights``."""
    return folded(text).partition(" ")[0] in _WORDS["continuations"]


def is_fragment(text: str) -> bool:
    """Return whether a text goes on with a sentence that began above it."""
    return text[:1].islower() or text.rstrip(" \u00a0")[-1:] in (";", ",", "؛", "；")


def field_of(heading: str) -> str:
    """Return the field that bears this name, as a label or a heading; empty where that is not known."""
    words = folded(heading).strip("?¿ ")
    return next((name for name, known in FIELDS.items() if words in known), "")


_COLUMNS = {
    name: re.compile(rf".*\b(?:{_any(f'columns.{name}')})\b.*")
    for name in ("addressees", "timeframe", "recommendations")
} | {
    "action": re.compile(
        rf"(?:{_any('columns.action')}|(?:{_any('action_nouns')}) (?:{_any('action_states')}))"
    )
}
"""By which words of a heading a column is known, where the heading says more than the name of its field."""
_ABOUT_ACTIONS = re.compile(rf"\b(?:{_any('about_actions')})\b")
_FEW_WORDS = 6


def column_of(heading: str) -> str:
    """Return the field that a column with this heading fills; empty where none, or more than one, may be."""
    words = folded(heading)
    if (name := field_of(heading)) or len(words.split()) > _FEW_WORDS:
        return name
    found = [name for name, known in _COLUMNS.items() if known.fullmatch(words)]
    return found[0] if len(found) == 1 and not (found == ["action"] and _ABOUT_ACTIONS.search(words)) else ""
