"""POA30x to POA34x: how texts are typed: characters, spaces and marks, what was pasted, house style."""

# ruff: noqa: RUF001, RUF002 - the marks are what these rules are about

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import House
from poa_toolkit.text import characters, pasted
from poa_toolkit.text.dates import MONTHS, SHORT_MONTHS
from poa_toolkit.text.typography import NO_BREAK, around, curly, straight, unpaired_parenthesis
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
