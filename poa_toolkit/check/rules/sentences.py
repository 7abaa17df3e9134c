"""POA31x to POA32x: sentences, their beginnings and their ends, and texts that stand twice."""

# ruff: noqa: RUF001 - the marks are what these rules are about

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Action, Plan, Point, Subparagraph
from poa_toolkit.model.cross_references import naming
from poa_toolkit.text import brackets, typography
from poa_toolkit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer, Words

_ENDS = re.compile(r"[.!?…:;。؟۔।][)\]”’\"'»]*\s*$|\]\s*$")
_POINT_ENDS = re.compile(r"[.!?…;,:。؟۔।][)\]”’\"'»]*(?: (?:and|or))?\s*$|\]\s*$")
_DOUBLED_WORD = re.compile(r"\b([^\W\d_]+) +\1\b(?!['’-])", re.IGNORECASE)
_QUOTED = 3
"""How many words at the end of a text show which text it is."""
_SEVERAL = 2
_MAY_BE_DOUBLED = frozenset({"that", "had"})
_TYPED_NUMBER = re.compile(
    r"\b(?P<noun>paragraphs?|paras?\.|action|section|annex|appendix) (?P<number>[0-9]+|[A-Z]|[IVX]+)"
    r"(?P<points>(?: ?\([a-z]+\))*) (?:above|below|of this (?:plan|text|document))\b"
)


@rule("POA310", "same-text", Severity.WARNING)
def same_text(ctx: Context) -> Iterator[Finding]:
    """Two actions say the same, but for spaces, punctuation or capitals.

    Bad:
        # second action
        text: Observers should report, to the treaty bodies.
        points:
          - id: a
            text: On the day.
          - id: b
            text: And after it.

    Good:
        # second action
        text: States should answer the treaty bodies.

    Cure:
        Withdraw one of the two, and give its links to the other.
    """
    alike: defaultdict[tuple[int, ...], list[tuple[Pointer, Action]]] = defaultdict(list)
    for at, action in ctx.plan.walk_actions():
        if action.status.printed:
            alike[_letter_counts(action.text)].append((at, action))
    for group in alike.values():
        first: dict[tuple[str, ...], tuple[Pointer, Action]] = {}
        for at, action in group if len(group) > 1 else ():
            texts = (action.text, *(point.record.text for point in action.walk_points()))
            other_at, other = first.setdefault(tuple(map(typography.letters, texts)), (at, action))
            if other is not action:
                message = f"{action.id} says the same as {other.id}"
                related = (((*other_at, "text"), f"{other.id} stands here"),)
                help_text = "withdraw one of the two, and give its links to the other"
                yield Finding((*at, "text"), message, help_text, related)


def _letter_counts(text: str) -> tuple[int, ...]:
    """Return what equal texts share whatever their spaces and capitals are, and what is quick to count."""
    small = text.lower()
    return tuple(map(small.count, "aeiot"))


@rule("POA311", "sentence-too-long", Severity.INFORMATION)
def sentence_too_long(ctx: Context) -> Iterator[Finding]:
    """A sentence is too long to be followed, or to be interpreted into another language.

    The limit is sixty words; `limits:` in poa.yaml sets another.

    Bad:
        # action
        text: >-
          Observers and monitors and experts and citizens and parties and media and courts and commissions
          and parliaments and States should report and answer and publish and follow and compare and measure
          and explain and translate and support and protect and invite and consider and review and monitor
          and map and discuss and debate and draft and agree and endorse and sign and print and post every
          finding.

    Good:
        # action
        text: Observers should report every finding. States should answer it.

    Cure:
        Make two sentences of it, or give its parts letters as points.
    """
    limit = ctx.limits.sentence_words
    for at, record in ctx.plan.walk_texts():
        if record.text.count(" ") < limit:
            continue
        end = -1
        for sentence in sentences(record.text):
            start, end = end + 1, end + 1 + len(sentence)
            count = len(sentence.split())
            if count > limit:
                begin = " ".join(sentence.split()[:5])
                message = f'the sentence that begins "{begin} …" has {count} words; the limit is {limit}'
                help_text = "make two sentences of it, or give its parts letters"
                yield Finding((*at, "text"), message, help_text, words=(start, end))


@rule("POA315", "final-punctuation-missing", Severity.WARNING)
def final_punctuation_missing(ctx: Context) -> Iterator[Finding]:
    """A text ends without a full stop or any other closing mark.

    It looks cut off, and may be.

    Bad:
        # action
        text: Observers should report

    Good:
        # action
        text: Observers should report.

    Cure:
        End a paragraph with a full stop, a lead-in with a colon, a point with a semicolon or a full stop.
    """
    for at, record in ctx.plan.walk_texts():
        ends = _POINT_ENDS if isinstance(record, Subparagraph) else _ENDS
        if not ends.search(record.text[-12:]):
            message = f'no mark closes this text, which ends "{_end(record.text)}"'
            help_text = "end it with a full stop, or a point with a semicolon"
            yield Finding((*at, "text"), message, help_text, words=_last(record.text))


@rule("POA322", "lead-in-without-points", Severity.WARNING)
def lead_in_without_points(ctx: Context) -> Iterator[Finding]:
    """An action or a point ends with a colon, but no points follow it.

    Bad:
        # second action
        text: "States should answer:"

    Good:
        # second action
        text: States should answer.

    Cure:
        Add the points under `points:`, or end the text with a full stop.
    """
    for at, record, name in _with_points(ctx.plan):
        if record.text.rstrip().endswith(":") and not record.points:
            message = f'{name} ends with a colon ("{_end(record.text)}"), but no points follow'
            help_text = "add the points, or end the text with a full stop"
            yield Finding((*at, "text"), message, help_text, words=_last(record.text))


@rule("POA323", "lone-point", Severity.WARNING)
def lone_point(ctx: Context) -> Iterator[Finding]:
    """An action has a point (a), but no point (b); or a point has (i), but no (ii).

    What is not divided needs no letter.

    Bad:
        # action
        points:
          - id: a
            text: On the day.

    Good:
        # action
        points:
          - id: a
            text: On the day.
          - id: b
            text: And after it.

    Cure:
        Put the words of the only point into the text above it, or add another.
    """
    for at, record, name in _with_points(ctx.plan):
        if len(record.points) == 1:
            message = f"{name} has a single {_kind(record)}"
            yield Finding((*at, "points", 0), message, "put its words into the text, or add another")


@rule("POA324", "points-end-unlike", Severity.WARNING)
def points_end_unlike(ctx: Context) -> Iterator[Finding]:
    """The points of an action end in different ways.

    Either each is a sentence with a full stop, or each but the last ends with a semicolon. A point with
    sub-points ends where the last of these does. Points are drafted and moved one by one, so the marks are
    easily left behind.

    Bad:
        # action
        points:
          - id: a
            text: on the day;
          - id: b
            text: and after it;

    Good:
        # action
        points:
          - id: a
            text: on the day;
          - id: b
            text: and after it.

    Cure:
        End the last point with a full stop, and all others alike.
    """
    for at, record, name in _with_points(ctx.plan):
        if len(record.points) < _SEVERAL:
            continue
        ends = [_closing((*at, "points", index), point) for index, point in enumerate(record.points)]
        *before, (where, last) = ends
        marks = [_mark(point) for _, point in before]
        if isinstance(record, Action) and _mark(last) == ";":
            message = f"the last point of {name} ends with a semicolon, as if another followed"
            yield Finding((*where, "text"), message, "end it with a full stop", words=_last(last.text, 1))
        elif {";", "."} <= set(marks):
            index = next(index for index, mark in enumerate(marks) if mark != marks[0])
            where, other = before[index]
            message = f'{_kind(record)}s of {name} end with "{marks[0]}", but this one with "{marks[index]}"'
            words = _last(other.text, 1)
            yield Finding((*where, "text"), message, "end all but the last alike", words=words)


@rule("POA327", "small-letter-first", Severity.WARNING)
def small_letter_first(ctx: Context) -> Iterator[Finding]:
    """A paragraph begins with a small letter.

    Points may; a paragraph that does has perhaps lost its beginning.

    Bad:
        # action
        text: observers should report.

    Good:
        # action
        text: Observers should report.

    Cure:
        Write a capital, or the words that are missing.
    """
    for at, record in ctx.plan.walk_texts():
        if record.text[0].islower() and not isinstance(record, Subparagraph):
            begin = " ".join(record.text.split()[:4])
            message = f'this paragraph begins with a small letter: "{begin} …"'
            words = (0, len(record.text.split(maxsplit=1)[0]))
            help_text = "write a capital, or the words that are missing"
            yield Finding((*at, "text"), message, help_text, words=words)


@rule("POA328", "doubled-word", Severity.WARNING)
def doubled_word(ctx: Context) -> Iterator[Finding]:
    """A word stands twice in a row.

    Bad:
        # action
        text: Observers should report to the the treaty bodies.

    Good:
        # action
        text: Observers should report to the treaty bodies.

    Cure:
        Delete one of the two.
    """
    for at, text in ctx.prose.pieces:
        words = text.casefold().split()
        if not any(map(str.startswith, words[1:], words)):  # quick: no word, and its mark, follows itself
            continue
        for match in _DOUBLED_WORD.finditer(text):
            if match.group(1).lower() not in _MAY_BE_DOUBLED:
                near = typography.around(text, match.start(), match.end())
                message = f'"{match.group(1)}" stands twice in "{near}"'
                yield Finding(at, message, "delete one of the two", words=match.span())
                break


@rule("POA329", "typed-number", Severity.WARNING)
def typed_number(ctx: Context) -> Iterator[Finding]:
    """A text refers to another place of the plan by its printed number.

    Numbers are computed, and change when something is put in before them; a number that was typed
    stays as it is, and is soon wrong. A cross-reference, `{A-012}`, prints the number of the day in every
    document.

    Bad:
        # action
        text: Observers should report as set out in paragraph 12 above.

    Good:
        # action
        text: Observers should report as set out in {A-002}.

    Cure:
        Write a cross-reference to what is meant.
    """
    for at, near, match in ctx.prose.matching(_TYPED_NUMBER, " above", " below", " of this "):
        message = f'"{match.group()}" is a number that was typed, in "{near}"; printed numbers change'
        points = match["points"].replace(" ", "").replace("(", " (")
        meant = naming(ctx.plan, match["noun"], match["number"] + points)
        help_text = f"write {meant} if that is meant" if meant else "name what is meant by its id, as {A-012}"
        yield Finding(at, message, help_text, words=match.span())


def _end(text: str) -> str:
    """Return the last words of a text, as a reader sees them."""
    return "… " + " ".join(brackets.unescape(text).split()[-_QUOTED:])


def _last(text: str, count: int = _QUOTED) -> Words:
    """Return the place of the last words of a text."""
    end = len(text.rstrip())
    start = end
    for word in reversed(text.split()[-count:]):
        start = text.rindex(word, 0, start)
    return start, end


def _with_points(plan: Plan) -> Iterator[tuple[Pointer, Action | Point, str]]:
    """Return each record that may have points, with its place and what to call it."""
    for at, action in plan.walk_actions():
        yield at, action, action.id
        for point in action.walk_points():
            if isinstance(point.record, Point):
                yield (*at, *point.at), point.record, f"{action.id} {point.number}"


def _kind(record: Action | Point) -> str:
    """Return what the points of a record are."""
    return "point" if isinstance(record, Action) else "sub-point"


def _closing(at: Pointer, point: Subparagraph) -> tuple[Pointer, Subparagraph]:
    """Return the text that a point closes with, and its place: that of its last sub-point, if it has any."""
    below = point.points if isinstance(point, Point) else ()
    return ((*at, "points", len(below) - 1), below[-1]) if below else (at, point)


def _mark(point: Subparagraph) -> str:
    """Return the mark that a point ends with; brackets and a closing `and` do not count."""
    found = re.search(r"([.;])[)\]”’\"']*(?: (?:and|or))?\s*$", point.text)
    return found.group(1) if found else ""
