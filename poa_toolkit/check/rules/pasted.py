"""POA338 to POA341: numbers, points, bullets and markup that came along with pasted text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.text import pasted
from poa_toolkit.text.typography import around

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLED = re.compile(r"[\w)\].,;]\*(?!\w)")
"""An asterisk that calls a note: ``States*``."""


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
