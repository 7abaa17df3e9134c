"""What an import came to: the plan it made of a draft, and what is left to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.returned.draft.drafted_plan import DraftedPlan
    from poa_toolkit.returned.ledger import Balance
    from poa_toolkit.returned.word_file import Paragraph


class Imported(NamedTuple):
    """What an import made, or would make."""

    file: str
    """The draft, as a person gave it."""
    paths: tuple[str, ...]
    """The files that were written, or would be, inside the folder."""
    plan: DraftedPlan
    paragraphs: tuple[Paragraph, ...]
    """Those of the draft."""
    balance: Balance
    amendments: int
    """How many amendments its comments and tracked changes became."""
    notes: int
    """How many notes its texts call."""
    resolved: int
    """How many of them were understood whole."""
    diagnostics: tuple[Diagnostic, ...]
    only_shown: bool = False
    """Whether nothing was written."""

    @property
    def sections(self) -> int:
        """Count its sections."""
        return len(self.plan.sections)

    @property
    def actions(self) -> int:
        """Count its actions."""
        return sum(len(section.actions) for section in self.plan.sections)

    @property
    def points(self) -> int:
        """Count the points of its actions."""
        return sum(len(action.points) for section in self.plan.sections for action in section.actions)


def described(imported: Imported) -> str:
    """Count what was made, in a line."""
    counted = {
        "section": imported.sections,
        "action": imported.actions,
        "point": imported.points,
    }
    parts = [f"{count} {what}{'s' * (count != 1)}" for what, count in counted.items()]
    if imported.amendments:
        parts.append(f"{imported.amendments} comment{'s' * (imported.amendments != 1)} kept as amendments")
    notes = imported.notes
    said = f"; {imported.resolved} of {notes} notes understood" if notes else ""
    return ", ".join(parts) + said


def balanced(imported: Imported) -> str:
    """Say what became of every character of the draft, in a line."""
    read, placed, told, generated = imported.balance
    return f"{read} characters read = {placed} placed + {told} told + {generated} generated"


def of_the_plan(imported: Imported) -> tuple[str, ...]:
    """Give the files that hold the plan."""
    return tuple(each for each in imported.paths if each.startswith("plan/"))


def beside(imported: Imported) -> str:
    """Say, in a line, which files were written beside those of the plan; empty where there are none."""
    others = [each for each in imported.paths if not each.startswith("plan/")]
    if not others:
        return ""
    names = ", ".join(dict.fromkeys(each.partition("/")[0] for each in others))
    count = len(others)
    return f"and {count} file{'s' * (count != 1)} that every plan has, as of `poa init`: {names}"
