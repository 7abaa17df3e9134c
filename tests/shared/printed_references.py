"""What the cross-references of a plan print, counted by hand: it shares no code with the toolkit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_toolkit.model import Action, Paragraph, Plan

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_MARK = re.compile(r"\\[\[\]|\\{}]|\{[A-Za-z0-9:()|-]+\}")


def printed(plan: Plan, text: str) -> str:
    """Give a text of the body as a reader of the document sees it."""
    numbers = _numbers(plan)

    def one(match: re.Match[str]) -> str:
        mark = match.group()
        return (
            mark[1:]
            if mark[0] == "\\"
            else numbers.get(mark.replace("|no", ""), mark).removeprefix(
                "paragraph " if "|no" in mark else ""
            )
        )

    return _MARK.sub(one, text)


def _numbers(plan: Plan) -> dict[str, str]:
    found: dict[str, str] = {}
    paragraphs: list[Paragraph | Action] = [*plan.introduction]
    for roman, section in zip(_ROMAN, plan.sections, strict=False):
        found[f"{{section:{section.id}}}"] = f"section {roman}"
        paragraphs += section.chapeau
        paragraphs += [action for action in section.actions if action.status not in ("withdrawn", "deferred")]
    for number, record in enumerate(paragraphs, start=1):
        found[f"{{{record.id}}}"] = f"paragraph {number}"
        for letter, point in zip("abcdefghij", getattr(record, "points", ()), strict=False):
            found[f"{{{record.id}({point.id})}}"] = f"paragraph {number} ({letter})"
    if any(source.recommendations for source in plan.sources):
        found["{annex:sources}"] = "annex I"
    return found
