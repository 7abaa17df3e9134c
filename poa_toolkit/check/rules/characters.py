"""POA3xx: the characters, the brackets and the form of every text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.text import brackets, characters
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Words

_AFTER_BREAK = re.compile(r"\n\s*(\S+)")


@rule("POA301", "invisible-character", Severity.WARNING)
def invisible_character(ctx: Context) -> Iterator[Finding]:
    r"""A text holds a character that nobody sees.

    Zero-width spaces, soft hyphens and unpaired directional marks hide in pasted text; they break
    searches and comparisons, and can make a text read otherwise than it is. Left-to-right and
    right-to-left marks are fine.

    Bad:
        # action
        text: "Observers\u200b should report."

    Good:
        # action
        text: Observers should report.

    Cure:
        Delete the character, or type the word again.
    """
    for at, text in ctx.unusual_strings:
        found = characters.INVISIBLE.search(text)
        place = found.start() if found else characters.unpaired_isolate(text)
        if place is not None:
            near = single_spaced(text[max(0, place - 15) : place])
            where = f'after "…{near}"' if near else "at its beginning"
            message = f"an invisible {characters.name(text[place])} stands in this text, {where}"
            words = (place, place + 1)
            yield Finding(at, message, "delete it, or type the words again", words=words)


@rule("POA302", "not-composed")
def not_composed(ctx: Context) -> Iterator[Finding]:
    r"""A text is not in Unicode's composed form (NFC).

    The same letter can be one character or two; a plan keeps to one, so that equal words are equal.

    Bad:
        # action
        text: "Election e\u0301quitable."

    Good:
        # action
        text: Election équitable.

    Cure:
        Type the accented letters again, or paste the text through a plain-text editor.
    """
    for at, text in ctx.unusual_strings:
        words = characters.first_not_composed(text)
        if words:
            message = "a letter and its accent are two characters in this text"
            yield Finding(at, message, "type the letter again", words=words)


@rule("POA303", "unbalanced-bracket")
def unbalanced_bracket(ctx: Context) -> Iterator[Finding]:
    r"""A square bracket is opened and not closed, or closed and not opened.

    Square brackets are unagreed text, so each must show where it begins and where it ends.

    Bad:
        # action
        text: Observers [should report.

    Good:
        # action
        text: Observers [should | may] report.

    Cure:
        Close the bracket; for a bracket that is meant as a character, write \[ or \].
    """
    for at, record in ctx.plan.walk_texts():
        try:
            brackets.parse(record.text)
        except brackets.BracketError as error:
            near = record.text[error.position : error.position + 20]
            help_text = r"close it; for a bracket that is only a character write \[ or \]"
            words = (error.position, error.position + 1)
            yield Finding((*at, "text"), f'{error}: "{near}…"', help_text, words=words)


@rule("POA305", "several-paragraphs")
def several_paragraphs(ctx: Context) -> Iterator[Finding]:
    """A text holds a line break.

    A text is one paragraph; it is numbered, amended and compared as one.

    Bad:
        # action
        text: |-
          Observers should report.

          They should report in time.

    Good:
        # action
        text: >-
          Observers should report.
          They should report in time.

    Cure:
        Use `>-` and no empty line; split what is really two paragraphs into two records or points.
    """
    for at, text in ctx.unusual_strings:
        if "\n" in text:
            help_text = "write it under `>-` without empty lines; split real paragraphs into points"
            message = "this text holds a line break, but it is one paragraph"
            yield Finding(at, message, help_text, words=_at_break(text))


def _at_break(text: str) -> Words | None:
    """Return the place of the word behind the first line break, or before one at the end."""
    written = text.rstrip()
    if found := _AFTER_BREAK.search(written):
        return found.span(1)
    # one that stands at the end has no word behind it
    return (len(written) - len(written.rsplit(None, 1)[-1]), len(written)) if written else None
