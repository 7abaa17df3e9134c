"""POA303, POA306 to POA309, POA422: square brackets, and what stands inside them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Status
from poa_toolkit.text import brackets
from poa_toolkit.text.did_you_mean import Names
from poa_toolkit.text.white_space import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer, Words
    from poa_toolkit.text.brackets import Bracket, Node

DEEPEST = 3
"""How deep a reader can follow brackets inside brackets."""

_SHOWN = 60
_LIKE_A_HOLDER = re.compile(r"([a-z0-9-]+): ")


def _parsed(ctx: Context) -> Iterator[tuple[Pointer, str, tuple[Node, ...]]]:
    """Return each text that has brackets, as far as they pair."""
    for at, record in ctx.plan.walk_texts():
        if "[" in record.text:
            try:
                yield (*at, "text"), record.text, brackets.parse(record.text, ctx.trace.holders)
            except brackets.BracketError:
                continue


def _all(ctx: Context) -> Iterator[tuple[Pointer, str, Bracket]]:
    for at, text, nodes in _parsed(ctx):
        for bracket in brackets.walk(nodes):
            yield at, text[bracket.start : bracket.end], bracket


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


@rule("POA306", "holder-unknown", Severity.WARNING)
def holder_unknown(ctx: Context) -> Iterator[Finding]:
    r"""A bracket begins like one with a holder, but nobody of that id is known.

    `[states: shall]` says who wants the words. A holder is an id of actors.yaml or participants.yaml;
    any other word before the colon is taken for part of the text.

    Bad:
        # action
        text: >-
          Observers [obsrvers: shall] report.

    Good:
        # action
        text: >-
          Observers [observers: shall] report.

    Cure:
        Correct the id, or add it; where the word is part of the text, write a capital or \[.
    """
    names = Names(sorted(ctx.trace.holders))
    for at, source, bracket in _all(ctx):
        match = _LIKE_A_HOLDER.match(source, 1)
        if match and not bracket.holder and "participants" not in ctx.lost and "actors" not in ctx.lost:
            name = match.group(1)
            near = names.cure(name)
            help_text = near or "use an id of actors.yaml or participants.yaml"
            yield Finding(
                at,
                f'"{name}" is no actor and no participant, so nobody holds the bracket "{source}"',
                help_text,
                words=(bracket.start + 1, bracket.start + match.end(1)),
            )


@rule("POA307", "brackets-too-deep", Severity.WARNING)
def brackets_too_deep(ctx: Context) -> Iterator[Finding]:
    """Brackets stand inside brackets, more than three deep.

    Nobody can follow that in a meeting.

    Bad:
        # action
        text: >-
          Observers should report [in time [and in full [and in all languages [of the State]]]].

    Good:
        # action
        text: >-
          Observers should report [in time | in full | in all languages of the State].

    Cure:
        Write whole alternatives beside one another, split by |.
    """
    for at, text, nodes in _parsed(ctx):
        deepest = max((_depth(node) for node in nodes), default=0)
        if deepest > DEEPEST:
            message = f'brackets stand {deepest} deep in "{_cut(text)}"'
            help_text = "write whole alternatives beside one another, split by |"
            yield Finding(at, message, help_text, words=_too_deep(nodes))


@rule("POA308", "alternatives-equal", Severity.WARNING)
def alternatives_equal(ctx: Context) -> Iterator[Finding]:
    """Two alternatives of a bracket say the same.

    Bad:
        # action
        text: >-
          Observers [should | should] report.

    Good:
        # action
        text: >-
          Observers [should | shall] report.

    Cure:
        Keep one of them, or correct the other.
    """
    for at, source, bracket in _all(ctx):
        said = [single_spaced(brackets.to_text(each)) for each in bracket.alternatives]
        twice = next((each for each, times in Counter(said).items() if each and times > 1), None)
        if twice:
            message = f'"{twice}" stands twice in "{source}"'
            words = (bracket.start, bracket.end)
            yield Finding(at, message, "keep one, or correct the other", words=words)


@rule("POA309", "alternative-empty", Severity.WARNING)
def alternative_empty(ctx: Context) -> Iterator[Finding]:
    """A bracket, or one of its alternatives, holds nothing.

    Words in brackets may be kept or dropped as it is; an empty alternative adds nothing but a doubt
    whether something was lost.

    Bad:
        # action
        text: >-
          Observers should report [in time | ].

    Good:
        # action
        text: >-
          Observers should report [in time].

    Cure:
        Delete the stray |, or write what was meant.
    """
    for at, source, bracket in _all(ctx):
        if not all(brackets.to_text(each).strip() for each in bracket.alternatives):
            what = "an alternative" if len(bracket.alternatives) > 1 else "the bracket"
            message = f'{what} holds nothing in "{source}"'
            words = (bracket.start, bracket.end)
            yield Finding(at, message, "delete the stray mark, or write what was meant", words=words)


@rule("POA422", "agreed-in-brackets", Severity.WARNING)
def agreed_in_brackets(ctx: Context) -> Iterator[Finding]:
    """An action is agreed or endorsed, but words of it stand in brackets.

    Brackets mark what is not agreed. Even where the stage allows them, they cannot stand here.

    Bad:
        # action
        status: agreed
        text: >-
          Observers [should | shall] report.

    Good:
        # action
        status: agreed
        text: Observers should report.

    Cure:
        Write what was agreed without brackets, or set the status back.
    """
    unagreed = {at[:-1] for at, _, nodes in _parsed(ctx) if any(True for _ in brackets.walk(nodes))}
    for at, action in ctx.plan.walk_actions():
        points = ((*at, *point.at) for point in action.walk_points())
        if action.status in (Status.AGREED, Status.ENDORSED) and not unagreed.isdisjoint((at, *points)):
            message = f"{action.id} is {action.status}, but words of it stand in brackets"
            yield Finding((*at, "status"), message, "write what was agreed, or set the status back")


def _depth(node: Node) -> int:
    if not isinstance(node, brackets.Bracket):
        return 0
    return 1 + max((_depth(each) for part in node.alternatives for each in part), default=0)


def _too_deep(nodes: tuple[Node, ...], depth: int = 0) -> Words | None:
    """Return the place of the first bracket that is deeper than a reader can follow."""
    for node in nodes:
        if isinstance(node, brackets.Bracket):
            if depth == DEEPEST:
                return node.start, node.end
            inside = (_too_deep(each, depth + 1) for each in node.alternatives)
            found = next((each for each in inside if each), None)
            if found:
                return found
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
