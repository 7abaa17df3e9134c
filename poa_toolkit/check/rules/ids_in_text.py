"""POA342 and POA343: ids of records that are written in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model import Action, Status
from poa_toolkit.text.cross_references import blanked
from poa_toolkit.text.ids_in_text import Families, is_distinct, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Pointer


@rule("POA342", "unknown-id-in-text", Severity.WARNING)
def unknown_id_in_text(ctx: Context) -> Iterator[Finding]:
    """A text names a record that is not in the plan.

    What an id looks like is learnt from the plan: where actions are called A-001 and A-002, the word
    A-099 can only be one. Symbols of documents, and words such as COVID-19, are left alone.

    Bad:
        # action
        why: Goes together with A-099.

    Good:
        # action
        why: Goes together with A-002.

    Cure:
        Correct the id, or say in words what is meant.
    """
    if ctx.lost:
        return
    # a stage is no record of the text, and `day-3` may well be a day
    families = Families(name for found in ctx.trace.ids.values() for name, at in found if at[0] != "stages")
    other = {each.id.lower() for each in ctx.amendments} | ctx.broken | set(ctx.baselines)
    for at, text in ctx.prose.having("-"):
        for found in families.unknown(blanked(text)):
            if found.word.lower() not in other:
                near = f'did you mean "{found.meant}"?' if found.meant else ""
                near = near or families.nearest(found.word)
                message = f'"{found.word}" names no record of the plan'
                help_text = near or "correct the id, or say in words what is meant"
                yield Finding(at, message, help_text, words=(found.start, found.end))


@rule("POA343", "withdrawn-id-in-text", Severity.WARNING)
def withdrawn_id_in_text(ctx: Context) -> Iterator[Finding]:
    """A text names an action that was withdrawn.

    Texts of actions that are themselves withdrawn or deferred, and reasons, are left alone.

    Bad:
        # sections/02-more.yaml
        id: more
        title: More
        chapeau:
          - id: C-02
            text: This goes together with A-009.
        actions:
          - id: A-009
            text: Observers should wait.
            status: withdrawn
            reason: Overtaken.

    Good:
        # sections/02-more.yaml
        id: more
        title: More
        chapeau:
          - id: C-02
            text: This goes together with A-001.
        actions:
          - id: A-009
            text: Observers should wait.
            status: withdrawn
            reason: Overtaken.

    Cure:
        Name the action that took its place, or take the words out.
    """
    withdrawn = {
        action.id: at
        for at, action in ctx.plan.walk_actions()
        if action.status is Status.WITHDRAWN and is_distinct(action.id)
    }
    for name, place in withdrawn.items():
        heirs = [action.id for _, action in ctx.plan.walk_actions() if name in action.origins]
        help_text = f'did you mean "{heirs[0]}"? It came from {name}' if heirs else "name what took its place"
        for at, text in ctx.prose.having(name):
            if _is_printed(ctx, at):
                for match in places(blanked(text), name):
                    if match.group() == name:
                        related = (((*place, "id"), f"{name} stands here"),)
                        message = f"{name} was withdrawn"
                        yield Finding(at, message, help_text, related, words=match.span())


def _is_printed(ctx: Context, at: Pointer) -> bool:
    """Return whether a text belongs to nothing that was withdrawn or deferred, and is no reason."""
    if at[-1] == "reason":
        return False
    match at:
        case ("sections", int() as number, "actions", int() as index, *_):
            action: Action = ctx.plan.sections[number].actions[index]
            return action.status.printed
    return True
