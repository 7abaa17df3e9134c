"""Curly quotes round a word in a tag, which Word makes of straight ones while one types."""

from __future__ import annotations

import re

_CURLY = re.compile(
    r"""
    (?P<straight> " (?: [^"“”„\\] | \\. )* " | ' (?: [^'‘’‚\\] | \\. )* ' )
    | ["“”„] (?P<double> [^"“”„]* ) ["“”]
    | ['‘’‚] (?P<single> .*? ) ['‘’] (?= \s* (?: $ | [^\w\s'‘’] | (?:and|or|else|if|in|is|not)\b ) )
    """,
    re.VERBOSE,
)
_TAG = re.compile(r"(?<=\{[{%]).*?(?=[}%]\})", re.DOTALL)
_SIGNS = "“”„‘’‚"
_HIDDEN = str.maketrans({sign: chr(0x10FFF0 + number) for number, sign in enumerate(_SIGNS)})
_SHOWN = str.maketrans({chr(0x10FFF0 + number): sign for number, sign in enumerate(_SIGNS)})


def straightened(inner: str) -> str:
    """Give what stands between the braces of a tag with straight quotes round its words.

    What stands between the quotes stays, an apostrophe too: ``“people’s”`` means ``people’s``.
    """
    return _CURLY.sub(_straight, inner)


def hidden(xml: str) -> str:
    """Give a part with its curly quotes as characters that nobody uses, so that docxtpl leaves them."""
    return xml.translate(_HIDDEN)


def shown(xml: str) -> str:
    """Give a part, whose tags docxtpl has cleaned, its curly quotes again; in tags straight ones."""
    return _TAG.sub(lambda tag: straightened(tag[0]), xml.translate(_SHOWN))


def _straight(found: re.Match[str]) -> str:
    words = next(each for each in (found["straight"], found["double"], found["single"]) if each is not None)
    if words == found["straight"]:
        if not any(sign in words for sign in _SIGNS):
            return words
        words = words[1:-1]
    # what would end the word, or be made straight with the quotes, is written by its number
    spelt = re.sub(rf"[\"'{_SIGNS}]", lambda sign: f"\\u{ord(sign[0]):04x}", words)
    return f'"{spelt}"'
