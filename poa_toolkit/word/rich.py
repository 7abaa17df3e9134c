"""What a tag of a template gives: plain text that knows its runs, some of which only Word has."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Self, TypeAlias

from poa_toolkit.document.runs import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poa_toolkit.document.blocks import Revision
    from poa_toolkit.word.ooxml import Control


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page on which an anchor stands; whoever lays out the pages fills it in."""

    target: str


@dataclass(frozen=True, slots=True)
class NumberOf:
    """The number in a heading that no list counts; references to it repeat what stands there."""

    text: str
    target: str
    """The anchor of the heading."""

    @property
    def anchor(self) -> str:
        """Return the anchor of the number itself."""
        return f"{self.target}.number"


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line within a paragraph of the body; heads and feet of pages run on."""


WordRun: TypeAlias = Run | PageOf | NumberOf | LineBreak


class Rich(str):
    """What a tag of the template gives: plain text that also knows its runs and what it is of the plan."""

    __slots__ = ("anchor", "details", "field", "revision", "runs")
    runs: tuple[WordRun, ...]
    anchor: str
    """The name that links lead to."""
    field: Control | None
    """The text of the plan that it is, which the body has in a control."""
    revision: Revision | None
    """In a redline, how it differs from the old version."""
    details: Mapping[str, Control]
    """The texts of the plan that stand in it beside others, by the field that their runs name."""

    def __new__(
        cls,
        runs: Iterable[WordRun],
        anchor: str = "",
        field: Control | None = None,
        revision: Revision | None = None,
        details: Mapping[str, Control] = MappingProxyType({}),
    ) -> Self:
        """Make the plain text from the runs; notes and pages have none."""
        runs = tuple(runs)
        rich = super().__new__(cls, "".join([getattr(run, "text", "") for run in runs]))
        rich.runs = runs
        rich.anchor = anchor
        rich.field = field
        rich.revision = revision
        rich.details = details
        return rich
