"""POA31x and POA32x: the spaces and marks of every running text."""

# ruff: noqa: RUF001, RUF002 - the marks are what these rules are about

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.text.typography import NO_BREAK, around, curly, straight, unpaired_parenthesis

if TYPE_CHECKING:
    from collections.abc import Iterator


_TWO_SPACES = re.compile(r"\S  +")
_SPACE_BEFORE = re.compile(r"[\w)\]”’\"'] +[,;:.!?](?=[\s)\]”’\"'|]|$)")
_DOUBLED = re.compile(r"[,;:] ?[,;:.](?=[\s)\]|]|$)|(?<!\.)\.\.(?!\.)")
_NO_SPACE_AFTER = re.compile(r"[a-z)][,;](?=[A-Za-z])")
_RANGE = re.compile(r"(?<![\w/.-])[0-9]{1,4}-[0-9]{1,4}(?![\w/-]|\.[0-9])")
_SPACED_HYPHEN = re.compile(r"[\w)\]] - (?=[\w(\[])")
_BOUND = r"(?:No|Nos|Art|Arts|art|arts|para|paras|p|pp|vol|ch)\."
_STRAY = re.compile(rf"(?<!\d)(?<!{NO_BREAK})\b(?!{_BOUND})[^\W\d]\w+{NO_BREAK}(?=[^\W\d])")
_UNBOUND = re.compile(rf"\b{_BOUND} [0-9]+")


@rule("POA312", "double-space", Severity.WARNING)
def double_space(ctx: Context) -> Iterator[Finding]:
    """Two spaces stand where one belongs.

    Nobody sees them in a browser, but they print, and they make equal texts unequal.

    Bad:
        # action
        text: Observers  should report.

    Good:
        # action
        text: Observers should report.

    Cure:
        Delete all but one.
    """
    for at, near, match in ctx.prose.matching(_TWO_SPACES, "  "):
        words = (match.start() + 1, match.end())
        yield Finding(at, f'more than one space stands in "{near}"', "delete all but one", words=words)


@rule("POA313", "space-at-edge", Severity.WARNING)
def space_at_edge(ctx: Context) -> Iterator[Finding]:
    """A text begins or ends with a space.

    Bad:
        # action
        text: " Observers should report."

    Good:
        # action
        text: Observers should report.

    Cure:
        Delete the space.
    """
    for at, text in ctx.prose.pieces:
        if text[0].isspace() or text[-1].isspace():
            where = "begins" if text[0].isspace() else "ends"
            blank = len(text) - len(text.lstrip()), len(text.rstrip())
            words = (0, blank[0]) if text[0].isspace() else (blank[1], len(text))
            yield Finding(at, f"this text {where} with a space", "delete it", words=words)


@rule("POA314", "space-before-punctuation", Severity.WARNING)
def space_before_punctuation(ctx: Context) -> Iterator[Finding]:
    """A space stands before a comma, a full stop or another mark that closes.

    Bad:
        # action
        text: Observers should report , and States should answer.

    Good:
        # action
        text: Observers should report, and States should answer.

    Cure:
        Delete the space. A plan in a language that wants one can switch this off in `poa.yaml`.
    """
    marks = (" ,", " ;", " :", " .", " !", " ?")
    for at, near, match in ctx.prose.matching(_SPACE_BEFORE, *marks):
        message = f'a space stands before "{match.group()[-1]}" in "{near}"'
        yield Finding(at, message, "delete the space", words=(match.start() + 1, match.end()))


@rule("POA318", "three-dots", Severity.WARNING)
def three_dots(ctx: Context) -> Iterator[Finding]:
    """Three full stops stand for an ellipsis.

    The one character … cannot be torn apart at the end of a line, and one plan uses one sign.

    Bad:
        # action
        text: Observers should report on access, voting, counting ... without delay.

    Good:
        # action
        text: Observers should report on access, voting, counting … without delay.

    Cure:
        Write …, or the words it stands for.
    """
    for at, text in ctx.prose.having("..."):
        place = text.index("...")
        message = f'three full stops stand for an ellipsis in "{around(text, place, place + 3)}"'
        yield Finding(at, message, "write …, or the words it stands for", words=(place, place + 3))


@rule("POA319", "doubled-punctuation", Severity.WARNING)
def doubled_punctuation(ctx: Context) -> Iterator[Finding]:
    """Two marks stand where one belongs.

    It is what is left when words between two marks were taken out.

    Bad:
        # action
        text: Observers should report,, and States should answer.

    Good:
        # action
        text: Observers should report, and States should answer.

    Cure:
        Keep one of the two.
    """
    for at, near, match in ctx.prose.matching(_DOUBLED):
        message = f'"{match.group()}" stands in "{near}", where one mark belongs'
        yield Finding(at, message, "keep one of the two", words=match.span())


@rule("POA320", "hyphen-in-range", Severity.WARNING)
def hyphen_in_range(ctx: Context) -> Iterator[Finding]:
    """A hyphen joins two numbers where a dash belongs.

    A range of days, years or pages takes an en dash; a hyphen makes one word of two.

    Bad:
        # action
        text: Observers should compare the elections of 2014-2017.

    Good:
        # action
        text: Observers should compare the elections of 2014–2017.

    Cure:
        Write an en dash (–), or write “from … to”.
    """
    for at, _, match in ctx.prose.matching(_RANGE, "-"):
        mended = match.group().replace("-", "–")
        message = f'"{match.group()}" is a range, but has a hyphen'
        yield Finding(at, message, f'write "{mended}"', words=match.span())


@rule("POA325", "stray-no-break-space", Severity.WARNING)
def stray_no_break_space(ctx: Context) -> Iterator[Finding]:
    r"""A no-break space joins two words that may well be parted.

    It comes in with pasted text, looks like any other space, and hides the words from searches. It
    belongs only where a line must not break: in “No. 5” or “art. 25”, before a number or after one.

    Bad:
        # action
        text: "Observers\u00a0should report."

    Good:
        # action
        text: "Observers should report under article\u00a025."

    Cure:
        Type a plain space in its place.
    """
    for at, near, match in ctx.prose.matching(_STRAY, NO_BREAK):
        shown = near.replace(NO_BREAK, "·")
        message = f'a no-break space (shown as ·) joins two words in "{shown}"'
        words = (match.end() - 1, match.end())
        yield Finding(at, message, "type a plain space in its place", words=words)


@rule("POA326", "number-not-bound", Severity.INFORMATION)
def number_not_bound(ctx: Context) -> Iterator[Finding]:
    r"""A number can be torn from its “No.” or “art.”, though elsewhere the plan binds the two.

    Where one text of a plan uses no-break spaces, the others should, or the lines break as they like.
    A plan without any is not looked at.

    Bad:
        # action
        text: "General comment No.\u00a025 stands beside general comment No. 34."

    Good:
        # action
        text: "General comment No.\u00a025 stands beside general comment No.\u00a034."

    Cure:
        Type a no-break space before the number, or take the others out.
    """
    if NO_BREAK in ctx.prose.joined:
        for at, _, match in ctx.prose.matching(_UNBOUND, ". "):
            message = f'a line may break inside "{match.group()}", though elsewhere this plan binds the two'
            help_text = "type a no-break space before the number"
            yield Finding(at, message, help_text, words=match.span())


@rule("POA330", "parenthesis-unpaired", Severity.WARNING)
def parenthesis_unpaired(ctx: Context) -> Iterator[Finding]:
    """A parenthesis is opened and not closed, or closed and not opened.

    Bad:
        # action
        text: Observers (of all kinds should report.

    Good:
        # action
        text: Observers (of all kinds) should report.

    Cure:
        Add its partner, or delete it.
    """
    for at, text in ctx.prose.having("(", ")"):
        place = unpaired_parenthesis(text)
        if place is not None:
            message = f'a parenthesis has no partner in "{around(text, place, place + 1)}"'
            words = (place, place + 1)
            yield Finding(at, message, "add its partner, or delete it", words=words)


@rule("POA336", "space-missing", Severity.WARNING)
def space_missing(ctx: Context) -> Iterator[Finding]:
    """No space follows a comma or a semicolon.

    Bad:
        # action
        text: Observers should report,and States should answer.

    Good:
        # action
        text: Observers should report, and States should answer.

    Cure:
        Type a space after the mark.
    """
    for at, near, match in ctx.prose.matching(_NO_SPACE_AFTER, ",", ";"):
        message = f'no space follows the "{match.group()[-1]}" in "{near}"'
        yield Finding(at, message, "type a space after it", words=(match.end() - 1, match.end()))


@rule("POA337", "hyphen-for-dash", Severity.WARNING)
def hyphen_for_dash(ctx: Context) -> Iterator[Finding]:
    """A hyphen between two spaces stands for a dash.

    Bad:
        # action
        text: Observers should report - and States should answer.

    Good:
        # action
        text: Observers should report – and States should answer.

    Cure:
        Write an en dash (–), or a comma.
    """
    for at, near, match in ctx.prose.matching(_SPACED_HYPHEN, " - "):
        message = f'a hyphen stands for a dash in "{near}"'
        words = (match.end() - 2, match.end() - 1)
        yield Finding(at, message, "write an en dash (–), or a comma", words=words)


_STRAIGHT = ('"', "'")


@rule("POA316", "mixed-quotation-marks", Severity.WARNING)
def mixed_quotation_marks(ctx: Context) -> Iterator[Finding]:
    """One text has both straight and curly quotation marks or apostrophes.

    Bad:
        # action
        text: The observers’ findings should reach the State's courts.

    Good:
        # action
        text: The observers’ findings should reach the State’s courts.

    Cure:
        Write curly ones throughout: “ ” ‘ ’.
    """
    for at, text in ctx.prose.having(*_STRAIGHT):
        found = straight(text)
        if found and curly(text):
            near = around(text, found.start(), found.end())
            message = f"this text has curly quotation marks and a straight one, in: {near}"
            yield Finding(at, message, "write curly ones throughout: “ ” ‘ ’", words=found.span())


@rule("POA317", "straight-quotation-marks", Severity.WARNING)
def straight_quotation_marks(ctx: Context) -> Iterator[Finding]:
    """A text has straight quotation marks or apostrophes, while most texts of the plan have curly ones.

    One document has one kind. A plan in which straight ones prevail is left alone.

    Bad:
        # plan.yaml
        introduction:
          - id: P-01
            text: The will of the people is the basis of a State’s authority, and an election’s aim.
          - id: P-02
            text: Observers’ findings matter.
          - id: P-03
            text: The State's courts should hear them.

    Good:
        # plan.yaml
        introduction:
          - id: P-01
            text: The will of the people is the basis of a State’s authority, and an election’s aim.
          - id: P-02
            text: Observers’ findings matter.
          - id: P-03
            text: The State’s courts should hear them.

    Cure:
        Write curly ones: “ ” ‘ ’.
    """
    suspects = [(at, text) for at, text in ctx.prose.having(*_STRAIGHT) if not curly(text)]
    if suspects and sum(1 for _, text in ctx.prose.pieces if curly(text)) > len(suspects):
        for at, text in suspects:
            found = straight(text)
            near = around(text, found.start(), found.end()) if found else text
            message = f"the plan’s quotation marks are curly, but one is straight here: {near}"
            yield Finding(at, message, "write curly ones: “ ” ‘ ’", words=found.span() if found else None)
