"""Text of others made safe for where it lands: a terminal, a Markdown page."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, line separators, bidirectional overrides and isolates, characters that nobody sees.

Left alone: U+200C to U+200F, which Persian, the scripts of India, Arabic and Hebrew need.
"""

_MARKUP = re.compile(
    r"(?P<mark>[\\`*_\[\]|~$])"
    r"|(?P<at>@)|(?P<hash>#)"
    r"|(?P<colon>:)(?=[A-Za-z0-9_+-]+:|//)"
    r"|(?P<dot>(?<=www)\.|(?<=[Gg][Hh])-(?=[0-9]))"
)
_MARKS = re.compile(r"[\\`*_\[\]#~@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_COMMAND = re.compile(r"^(\s*)([:#])(?=:|#\[)")
_FIRST = re.compile(r"(?P<digits>[0-9]{1,9})(?P<stop>[.)])|(?P<sign>[-+=])")
_SPACES = re.compile(r"[ \t\r\n]+")
_NOTHING = "<!-- -->"
"""Splits a text without a trace, so that no filter finds a mention, a reference or an address in it."""


def visible(text: str) -> str:
    r"""Show every control and bidirectional character as ``\x1b`` or ``\u202e``; leave the rest.

    Line breaks and tabs are controls too: give lines one by one.
    """
    return _HIDDEN.sub(lambda match: _code(match.group()), text)


def one_line(text: str) -> str:
    """Put a text on one line, runs of spaces and line breaks made one space, and make it visible."""
    if text.isprintable() and "  " not in text:  # most are; it takes a tenth of the time
        return text
    return visible(_SPACES.sub(" ", text))


def no_command(line: str) -> str:
    """Keep a printed line from being a command to the runner of GitHub Actions, such as ``::error::``."""
    return _COMMAND.sub(lambda match: match[1] + _code(match[2]), line)


def markdown(text: str) -> str:
    """Escape a text for a line of GitHub's Markdown, so that it shows as typed and does nothing.

    No HTML, no markup, no list or heading at its start, no mention (``@``), no reference (``#1``),
    no emoji, no formula, no address that becomes a link by itself.
    """
    import html  # noqa: PLC0415 - only Markdown needs it

    return no_list(_MARKUP.sub(_neutral, html.escape(one_line(text), quote=False)))


def plain_markdown(text: str) -> str:
    """Escape a text for a line of Markdown that no forge reads: no HTML, no markup, no list at its start.

    No address becomes a link by itself, which editors make of one as forges do.
    """
    import html  # noqa: PLC0415 - only Markdown needs it

    return no_list(_MARKS.sub(r"\\\g<0>", html.escape(one_line(text), quote=False)))


def no_list(line: str) -> str:
    """Keep an escaped line from beginning a list or underlining a heading."""
    match = _FIRST.match(line)
    if match is None:
        return line
    start = f"\\{match['sign']}" if match["sign"] else f"{match['digits']}\\{match['stop']}"
    return start + line[match.end() :]


def _code(character: str) -> str:
    number = ord(character)
    if number <= 0xFF:  # noqa: PLR2004 - what fits in two digits
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - in four


def _neutral(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "at":
            return f"&#64;{_NOTHING}"
        case "hash":
            return f"&#35;{_NOTHING}"
        case "colon":
            return f":{_NOTHING}"
        case "dot":
            return f"{_NOTHING}{match.group()}"
        case _:
            return "<span>$</span>" if match.group() == "$" else f"\\{match.group()}"
