"""POA33x: the conventions of the house whose style plan.yaml names, un or carter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import House
from poa_toolkit.text.dates import MONTHS, SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOPS = re.compile(r"\b(?:U\.N|U\.S|U\.K|E\.U|A\.U|N\.G\.O|U\.P\.R|U\.N\.D\.P)\.?(?!\w)")
_NO_STOPS = re.compile(r"(?<![\w/.])UN(?![\w/-])")

_STEMS = (
    *("organ", "recogn", "real", "util", "emphas", "summar"),
    *("harmon", "priorit", "final", "public", "critic", "standard"),
)
_SPELT = {f"{stem}is": f"{stem}iz" for stem in _STEMS}
_RIGHT = {
    "program": "programme",
    "programs": "programmes",
    "labor": "labour",
    "behavior": "behaviour",
    "favor": "favour",
    "color": "colour",
}
_SUFFIX = "(?:e|es|ed|er|ers|ing|ation|ations|ational)"
_WRONG = re.compile(rf"\b(?:({'|'.join(_SPELT)}){_SUFFIX}|({'|'.join(_RIGHT)}))\b")
_MONTHS = dict(zip(MONTHS, SHORT_MONTHS, strict=True))
_SHORT = {short: full for full, short in _MONTHS.items()}
_ANY_MONTH = "|".join(re.escape(each) for each in {*_MONTHS, *_SHORT})
_DAY_FIRST = re.compile(rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)? ({_ANY_MONTH}),? ([0-9]{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b({_ANY_MONTH}) ([0-9]{{1,2}})(?:st|nd|rd|th)?, ([0-9]{{4}})\b")


@rule("POA331", "abbreviation-style", Severity.WARNING)
def abbreviation_style(ctx: Context) -> Iterator[Finding]:
    """An abbreviation is not written as the house of this plan writes it.

    United Nations documents write UN, without full stops; The Carter Center writes U.N. The house is
    `style:` in plan.yaml.

    Bad:
        # action
        text: Observers should report to the U.N. mechanisms.

    Good:
        # action
        text: Observers should report to the UN mechanisms.

    Cure:
        Write it as the house does, or in full.
    """
    if ctx.plan.style is House.UN:
        for at, near, match in ctx.prose.matching(_STOPS, *"UEAN"):
            plain = match.group().replace(".", "")
            message = f'"{match.group()}" has full stops in "{near}"; the style un writes none'
            yield Finding(at, message, f'write "{plain}"', words=match.span())
    else:
        for at, near, match in ctx.prose.matching(_NO_STOPS, "UN"):
            message = f'"UN" has no full stops in "{near}"; the style carter writes them'
            yield Finding(at, message, 'write "U.N."', words=match.span())


@rule("POA332", "spelling-style", Severity.WARNING)
def spelling_style(ctx: Context) -> Iterator[Finding]:
    """A word is not spelt as United Nations documents spell it.

    They write -ize, and otherwise British: organize, programme, labour. A short list of words is
    looked at, in small letters only, so that names keep their spelling; and only where plan.yaml has
    `style: un`.

    Bad:
        # action
        text: Observers should organise a program of training.

    Good:
        # action
        text: Observers should organize a programme of training.

    Cure:
        Spell it as the message says.
    """
    if ctx.plan.style is not House.UN:
        return
    for at, _, match in ctx.prose.matching(_WRONG, *_SPELT, *_RIGHT):
        word, stem = match.group(), match.group(1)
        right = word.replace(stem, _SPELT[stem]) if stem else _RIGHT[word]
        message = f'"{word}" is not the spelling of the style un'
        yield Finding(at, message, f'write "{right}"', words=match.span())


@rule("POA333", "date-style", Severity.WARNING)
def date_style(ctx: Context) -> Iterator[Finding]:
    """A date is not written as the house of this plan writes it.

    United Nations documents write 4 December 2017; The Carter Center writes Dec. 4, 2017. The house is
    `style:` in plan.yaml.

    Bad:
        # action
        text: Observers should report by December 4, 2017.

    Good:
        # action
        text: Observers should report by 4 December 2017.

    Cure:
        Write it as the message says.
    """
    of_un = ctx.plan.style is House.UN
    pattern, marks = (_MONTH_FIRST, (", 1", ", 2")) if of_un else (_DAY_FIRST, (" 1", " 2"))
    for at, _, match in ctx.prose.matching(pattern, *marks):
        first, second, year = match.groups()
        month, day = (first, second) if of_un else (second, first)
        right = (
            f"{day} {_SHORT.get(month, month)} {year}"
            if of_un
            else f"{_MONTHS.get(month, month)} {day}, {year}"
        )
        message = f'"{match.group()}" is not how the style {ctx.plan.style} writes a date'
        yield Finding(at, message, f'write "{right}"', words=match.span())
