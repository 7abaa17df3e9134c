"""POA301, POA302, POA305, POA338 to POA341: the characters of every text, and what came with pasting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.text import characters, pasted
from poa_toolkit.text.typography import around
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Words

_AFTER_BREAK = re.compile(r"\n\s*(\S+)")
_CALLED = re.compile(r"[\w)\].,;]\*(?!\w)")
"""An asterisk that calls a note: ``States*``."""


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


@rule("POA338", "pasted-number", Severity.WARNING)
def pasted_number(ctx: Context) -> Iterator[Finding]:
    """A text begins with a number or a letter that was typed or pasted.

    Numbers of sections and paragraphs and letters of points are computed; a typed one is printed beside
    the computed one, and is soon wrong.

    Bad:
        # action
        text: 22. Observers should report.

    Good:
        # action
        text: Observers should report.

    Cure:
        Delete the number. Where it is part of the text, write it in words, or waive this for the record.
    """
    for at, text in ctx.prose.pieces:
        words = pasted.heading_number(text) if at[-1] == "title" else pasted.number(text)
        if words and not pasted.points(text):
            message = f'this text begins with "{text[slice(*words)]}", but numbers and letters are computed'
            yield Finding(at, message, "delete it", words=words)


@rule("POA339", "typed-points", Severity.WARNING)
def typed_points(ctx: Context) -> Iterator[Finding]:
    """A text holds points that were typed into it: (a) …; (b) ….

    Points are records of their own, so that each can be amended, moved and cited. A letter that is cited,
    as in “article 2 (a) and (b)”, is left alone.

    Bad:
        # action
        text: "Observers should: (a) report on the day; (b) report after it."

    Good:
        # action
        text: "Observers should:"
        points:
          - id: a
            text: report on the day;
          - id: b
            text: report after it.

    Cure:
        Put each under `points:`, without its letter.
    """
    for at, text in ctx.prose.having(")"):
        words = pasted.points(text)
        if words:
            near = around(text, *words)
            message = f'points are typed into this text, from "{near}"'
            yield Finding(at, message, "put each under `points:`, without its letter", words=words)


@rule("POA340", "pasted-bullet", Severity.WARNING)
def pasted_bullet(ctx: Context) -> Iterator[Finding]:
    """A text begins with a bullet or a dash, or a bullet stands inside it.

    Bad:
        # action
        text: • Observers should report.

    Good:
        # action
        text: Observers should report.

    Cure:
        Delete the bullet; `poa validate --fix` does it at the beginning of a text. What was a list goes
        under `points:`.
    """
    has_notes = _CALLED.search(ctx.prose.joined) is not None
    for at, text in ctx.prose.pieces:
        words = pasted.bullet(text, has_notes=has_notes)
        if words:
            where = "begins with" if not text[: words[0]].strip() else "holds"
            message = f'this text {where} the bullet "{text[slice(*words)]}"'
            yield Finding(at, message, "delete it; what was a list goes under `points:`", words=words)


@rule("POA341", "pasted-markup", Severity.WARNING)
def pasted_markup(ctx: Context) -> Iterator[Finding]:
    """A text holds marks of Markdown or HTML, which are printed as they stand.

    Bad:
        # action
        text: "**Observers** should report."

    Good:
        # action
        text: Observers should report.

    Cure:
        Delete the marks; `poa validate --fix` takes those of Markdown away, round the words they stand for.
    """
    for at, text in ctx.prose.having(*"*_`#~<&", "]("):
        words = pasted.markup(text)
        if words:
            message = f'"{text[slice(*words)]}" is markup, which would be printed as it stands'
            yield Finding(at, message, "delete the marks", words=words)
