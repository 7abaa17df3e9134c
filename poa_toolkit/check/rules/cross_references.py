"""POA234 to POA237: cross-references in texts, ``{A-012}``, lead to something that the document numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.model.cross_references import ANNEX_NAMES, has_references
from poa_toolkit.model.cross_references import of as printing
from poa_toolkit.model.texts import texts
from poa_toolkit.text.cross_references import Kind, pieces
from poa_toolkit.text.did_you_mean import did_you_mean, meant_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.model.texts import PlanText
    from poa_toolkit.text.cross_references import CrossReference, Piece


def _pieces(ctx: Context) -> Iterator[tuple[PlanText, Piece]]:
    """Return the references, and the braces that are none, of every text that may have them."""
    if "{" in ctx.prose.joined:
        for each in texts(ctx.plan):
            if each.text and "{" in each.text and has_references(each.traits):
                yield from ((each, piece) for piece in pieces(each.text) if piece.found or piece.is_fault)


def _references(ctx: Context) -> Iterator[tuple[PlanText, Piece, CrossReference]]:
    """Return the references whose records can be read."""
    for each, piece in _pieces(ctx):
        if piece.found and piece.found.name.lower() not in ctx.broken and "section" not in ctx.lost:
            yield each, piece, piece.found


def _words(piece: Piece) -> tuple[int, int]:
    return piece.start, piece.start + len(piece.source)


@rule("POA234", "unknown-cross-reference")
def unknown_cross_reference(ctx: Context) -> Iterator[Finding]:
    """A cross-reference names nothing that the plan has.

    `{A-012}` names a paragraph or an action by its id, `{A-012(b)}` a point of it, `{section:follow-up}` a
    section, `{annex:sources}` an annex.

    Bad:
        # action
        text: Observers should report as set out in {A-099}.

    Good:
        # action
        text: Observers should report as set out in {A-002}.

    Cure:
        Correct the id.
    """
    known = _Known(ctx)
    for each, piece, found in _references(ctx):
        if fault := known.fault(found):
            message, cure = fault
            yield Finding(each.at, message, cure, words=_words(piece))


class _Known:
    """What references can lead to."""

    def __init__(self, ctx: Context) -> None:
        plan = ctx.plan
        self.sections = [each.id for each in plan.sections]
        chapeaux = [each.id for section in plan.sections for each in section.chapeau]
        self.paragraphs = [*(each.id for each in plan.introduction), *chapeaux, *ctx.trace.actions]
        self.actions = ctx.trace.actions

    def fault(self, found: CrossReference) -> tuple[str, str] | None:
        """Return what is wrong with a reference, and how to mend it; None for nothing."""
        if found.kind is Kind.ANNEX:
            return self._missing(found, "annex", list(ANNEX_NAMES))
        if found.kind is Kind.SECTION:
            return self._missing(found, "section", self.sections)
        if found.name in self.sections:
            return f'"{found.name}" is a section', f"write {{section:{found.name}}}"
        return self._missing(found, "paragraph or action", self.paragraphs) or self._point(found)

    @staticmethod
    def _missing(found: CrossReference, what: str, known: list[str]) -> tuple[str, str] | None:
        if found.name in known:
            return None
        cure = _instead(found, found.name, meant_by(did_you_mean(found.name, known)))
        if found.kind is Kind.ANNEX:
            cure = cure or f"the annexes are {', '.join(known)}"
        return f'no {what} "{found.name}"', cure or f"correct the id, or add the {what} to the plan"

    def _point(self, found: CrossReference) -> tuple[str, str] | None:
        placed = self.actions[found.name].walk_points() if found.name in self.actions else iter(())
        above = {each.record.id: each.above for each in placed}
        for point in found.points:
            if point not in above:
                there = (
                    f"its points are {', '.join(above)}"
                    if above
                    else f"name {found.name} alone: it has no points"
                )
                meant = meant_by(did_you_mean(point, above))
                return f'{found.name} has no point "{point}"', _instead(found, point, meant) or there
        *under, last = found.points or ("",)
        if under and under != [above[last]]:
            return (
                f'point "{last}" of {found.name} does not stand under "{under[-1]}"',
                f"write {{{found.name}({last})}}",
            )
        return None


def _instead(found: CrossReference, name: str, meant: str | None) -> str:
    """Return a cure that names the reference with another name in it; empty where none is meant."""
    return f'did you mean "{found.source.replace(name, meant, 1)}"?' if meant else ""


@rule("POA235", "cross-reference-without-number")
def cross_reference_without_number(ctx: Context) -> Iterator[Finding]:
    """A cross-reference names what has no number: an action withdrawn or deferred, an annex that is empty.

    Bad:
        # sections/02-more.yaml
        id: more
        title: More
        chapeau:
          - id: C-02
            text: This goes together with {A-009}.
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
            text: This goes together with {A-001}.
        actions:
          - id: A-009
            text: Observers should wait.
            status: withdrawn
            reason: Overtaken.

    Cure:
        Name what took its place, or take the words out.
    """
    known, numbers = _Known(ctx), printing(ctx.plan)
    for each, piece, found in _references(ctx):
        if ctx.plan.is_numbered and not known.fault(found) and not numbers.parts(found):
            action = ctx.trace.actions.get(found.name)
            if action is None:
                message = f'the document has no annex "{found.name}" now'
                yield Finding(each.at, message, "take the words out until it has", words=_words(piece))
                continue
            heirs = [other.id for other in ctx.trace.actions.values() if action.id in other.origins]
            cure = _instead(found, action.id, heirs[0] if heirs else None) or "name what took its place"
            message = f"{action.id} is {action.status}, so that no number can be printed for it"
            yield Finding(each.at, message, cure, words=_words(piece))


@rule("POA236", "cross-reference-to-itself", Severity.WARNING)
def cross_reference_to_itself(ctx: Context) -> Iterator[Finding]:
    """A text refers to the paragraph that it stands in.

    Bad:
        # action
        text: Observers should report as set out in {A-001}.

    Good:
        # action
        text: Observers should report as set out in {A-002}.

    Cure:
        Name another paragraph, or write “this paragraph”.
    """
    for each, piece, found in _references(ctx):
        at = each.record if each.field in ("text", "title") else f"{each.record}.{each.field}"
        own = at.replace(".points.", ".")
        if found.record == own or (found.record == each.record and found.kind is Kind.PARAGRAPH):
            message = f"this text refers to itself, {found.record}"
            yield Finding(
                each.at, message, "name another place, or write “this paragraph”", words=_words(piece)
            )


@rule("POA237", "brace-without-reference")
def brace_without_reference(ctx: Context) -> Iterator[Finding]:
    r"""A brace opens no cross-reference.

    Braces stand round what a text refers to, `{A-012}`; a brace that is only a character is escaped.

    Bad:
        # action
        text: Observers should report {in full}.

    Good:
        # action
        text: Observers should report \{in full\}.

    Cure:
        Write the reference as `{A-012}`, `{A-012(b)}`, `{section:follow-up}` or `{annex:sources}`, with `|no`
        before the closing brace for the number alone; for the character write \{.
    """
    for each, piece in _pieces(ctx):
        if piece.is_fault:
            near = (each.text or "")[piece.start : piece.start + 20]
            help_text = r"write a reference as {A-012}; for a brace that is only a character write \{"
            yield Finding(
                each.at, f'this brace opens no reference: "{near}…"', help_text, words=_words(piece)
            )
