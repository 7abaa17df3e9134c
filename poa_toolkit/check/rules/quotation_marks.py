"""POA316 and POA317: one kind of quotation mark in one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poa_toolkit.check.rule import Context, rule
from poa_toolkit.diagnostic import Finding, Severity
from poa_toolkit.text.typography import around, curly, straight

if TYPE_CHECKING:
    from collections.abc import Iterator

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
