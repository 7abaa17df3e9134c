"""The plan to be: title, paragraphs, sections, actions and points, with all that hangs on each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.text.numerals import letter, small_roman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.model.proposals import Reviser
    from poa_toolkit.returned.draft.blocks import Aside, Block
    from poa_toolkit.returned.ledger import Balance, Ledger
    from poa_toolkit.returned.word_file import Paragraph


class Becomes(StrEnum):
    """What a paragraph of a draft becomes."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    FRONT = "front"
    INTRODUCTION = "introduction"
    SECTION = "section"
    CHAPEAU = "chapeau"
    ACTION = "action"
    POINT = "point"
    SUBPOINT = "sub-point"
    COMMENT = "comment"
    """A comment in the file of the plan, and told."""
    GENERATED = "generated"


@dataclass(eq=False)
class Drafted:
    """A text of the plan to be, with all that hangs on it."""

    kind: Becomes
    words: list[str] = field(default_factory=list)
    """Those of each paragraph that it was made of."""
    id: str = ""
    """Given when the whole is known; of a point, its letter, of a sub-point with its numeral."""
    blocks: list[Block] = field(default_factory=list)
    """The paragraphs it was made of."""
    notes: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    points: list[Drafted] = field(default_factory=list)
    guess: str = ""
    """Why it is what it is, where its looks do not say so."""
    is_marked: bool = False
    """Whether it had a number or a bullet in the draft, or a row of a table."""
    settings: dict[str, list[str]] = field(default_factory=dict)
    """What a table says of it: the words of its cells, by field."""

    @property
    def text(self) -> str:
        """Return its words."""
        return " ".join(self.words)

    def add(self, block: Block, text: str) -> None:
        """Add words to it, those of a paragraph."""
        self.words.append(text)
        self.hang(block)

    def walk_points(self) -> Iterator[tuple[Drafted, str]]:
        """Return its points, each before its sub-points, with their numbers: ``(a)``, ``(a) (i)``."""
        for at, point in enumerate(self.points, 1):
            yield point, f"({letter(at)})"
            yield from (
                (each, f"({letter(at)}) ({small_roman(one)})") for one, each in enumerate(point.points, 1)
            )

    def hang(self, block: Block) -> None:
        """Attach the notes, asides and comments of a paragraph."""
        self.blocks.append(block)
        self.notes += block.notes
        self.asides += block.asides


@dataclass(eq=False)
class DraftedSection:
    """A section of the plan to be."""

    title: Drafted
    chapeau: list[Drafted] = field(default_factory=list)
    actions: list[Drafted] = field(default_factory=list)
    is_lead: bool = False
    """Whether it was made because a table stood below no heading."""
    level: int = 0
    """That of its heading, by its style; 0 for one that is known by its look."""
    is_item: bool = False
    """Whether its heading is numbered as one item of the plan: ``Action 1.1``."""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing stands below its heading."""
        return not self.actions and not self.chapeau


class Decision(NamedTuple):
    """What became of one paragraph of the draft, and why."""

    block: Block
    number: str
    """As the draft shows it."""
    words: str
    becomes: Becomes
    why: str
    record: Drafted | None = None


class Comment(NamedTuple):
    """A comment in the margin of the draft, or what tracked changes did to one text."""

    by: Reviser
    text: str
    record: Drafted | None = None
    """The text it is about."""
    context: str = ""
    """The words it is about, or where it stands."""
    replies: tuple[tuple[Reviser, str], ...] = ()
    resolved: bool = False


@dataclass(eq=False)
class DraftedPlan:
    """The plan to be."""

    ledger: Ledger
    title: Drafted = field(default_factory=lambda: Drafted(Becomes.TITLE))
    subtitle: Drafted = field(default_factory=lambda: Drafted(Becomes.SUBTITLE))
    front: list[Drafted] = field(default_factory=list)
    introduction: list[Drafted] = field(default_factory=list)
    sections: list[DraftedSection] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """The text of every note, by its name."""
    decisions: list[Decision] = field(default_factory=list)
    """In the order of the draft."""
    tables: list[str] = field(default_factory=list)
    """How each table was read."""
    misfits: list[tuple[int, int]] = field(default_factory=list)
    """Tables for which other columns were named than they have: their number, and how many columns."""
    unmet: str = ""
    """What a person decided that fits nothing in the draft, if anything."""
    is_tracked: bool = False
    comments: list[Comment] = field(default_factory=list)
    """Its comments and tracked changes."""

    def records(self) -> Iterator[Drafted]:
        """Return every text, in the order in which the files of the plan hold them."""
        yield from (self.title, self.subtitle, *self.front, *self.introduction)
        for section in self.sections:
            yield from (section.title, *section.chapeau)
            for action in section.actions:
                yield from (action, *(point for point, _ in action.walk_points()))


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

    @property
    def sub_points(self) -> int:
        """Count the sub-points of these."""
        return sum(each.kind is Becomes.SUBPOINT for each in self.plan.records())


def described(imported: Imported) -> str:
    """Count what was made, in a line."""
    counted = {
        "section": imported.sections,
        "action": imported.actions,
        "point": imported.points,
    }
    if imported.sub_points:
        counted["sub-point"] = imported.sub_points
    parts = [f"{count} {what}{'s' * (count != 1)}" for what, count in counted.items()]
    if imported.amendments:
        parts.append(f"{imported.amendments} comment{'s' * (imported.amendments != 1)} kept as amendments")
    notes = imported.notes
    said = f"; {imported.resolved} of {notes} notes understood" if notes else ""
    return ", ".join(parts) + said


def balanced(imported: Imported) -> str:
    """Return what became of every character of the draft, in a line."""
    read, placed, told, generated = imported.balance
    return f"{read} characters read = {placed} placed + {told} told + {generated} generated"


def of_the_plan(imported: Imported) -> tuple[str, ...]:
    """Return the files that hold the plan."""
    return tuple(each for each in imported.paths if each.startswith("plan/"))


def beside(imported: Imported) -> str:
    """Say, in a line, which files were written beside those of the plan; empty where there are none."""
    others = [each for each in imported.paths if not each.startswith("plan/")]
    if not others:
        return ""
    names = ", ".join(dict.fromkeys(each.partition("/")[0] for each in others))
    count = len(others)
    return f"and {count} file{'s' * (count != 1)} that every plan has, as of `poa init`: {names}"
