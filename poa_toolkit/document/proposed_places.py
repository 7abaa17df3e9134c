"""Where a new or moved action, paragraph or point would stand among those that are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from poa_toolkit.document.blocks import Heading, Paragraph, Role
from poa_toolkit.model import AmendmentKind
from poa_toolkit.model.plan import HOMES
from poa_toolkit.returned.printed_proposals import record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from poa_toolkit.document.blocks import Revision
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Amendment, Plan

    Line: TypeAlias = Heading | Paragraph

_ROLES = {
    "front": Role.FRONT,
    "introduction": Role.NUMBERED,
    "chapeau": Role.NUMBERED,
    "actions": Role.ACTION,
    "points": Role.POINT,
    "sub-points": Role.SUBPOINT,
}


_OF_ACTION = ("points", "sub-points")


class Behind(NamedTuple):
    """A place behind something that is printed."""

    series: str
    """``front``, ``introduction``, ``chapeau``, ``actions``, ``points`` or ``sub-points``."""
    home: str = ""
    """The section; of points, the action."""
    name: str = ""
    """What it is behind; empty at the head of the series. Sub-points begin behind their point."""


class ProposedPlaces:
    """Finds the places as accepting an amendment does."""

    def __init__(self, plan: Plan, printed: Collection[str]) -> None:
        """Take a plan, and the records that its body prints."""
        self._printed = printed
        self._actions = {action.id.lower(): action for _, action in plan.walk_actions()}
        self._series: dict[tuple[str, str], list[str]] = {
            ("front", ""): [each.id for each in plan.front],
            ("introduction", ""): [each.id for each in plan.introduction],
        }
        for section in plan.sections:
            self._series["chapeau", section.id] = [each.id for each in section.chapeau]
            self._series["actions", section.id] = [each.id for each in section.actions]
        self._of = {name.lower(): (series, name) for series, names in self._series.items() for name in names}

    def obstacle(self, amendment: Amendment) -> str:
        """Return why a new or moved text cannot be shown at its place; empty where it can."""
        if "\n" in (amendment.proposed or "").strip():
            return "it holds several paragraphs"
        if amendment.kind is AmendmentKind.ADD and amendment.proposed is None:
            return "it has no words"
        behind = self._behind(amendment)
        if behind is None:
            return "it has no place in the text that is printed"
        action = self._actions.get(behind.home.lower())
        if behind.series == "sub-points" and action and action.below(amendment.field or ""):
            return "it has sub-points, and would be one"
        return ""

    def behind(self, amendment: Amendment) -> Behind:
        """Return the place of a new or moved text that can be shown."""
        found = self._behind(amendment)
        if found is None:
            raise AssertionError("an amendment without a place is not shown")
        return found

    def _behind(self, amendment: Amendment) -> Behind | None:
        is_move = amendment.kind is AmendmentKind.MOVE
        if amendment.record and (not is_move or (amendment.field or "").startswith("points.")):
            return self._point(amendment)
        series, _ = self._of.get((amendment.record or "").lower(), (("actions", ""), ""))
        section, after = amendment.section or "", amendment.after
        if section in HOMES:
            home = section, ""
        else:
            # what is no action moves among its own
            home = ("actions", section) if series[0] == "actions" else series
        if after is None:
            return self._near(home, len(self._series.get(home, ())))
        if after == amendment.section:
            return self._near(home, 0)
        there = self._of.get(after.lower())
        if there is None:
            return None if is_move or not section else self._near(home, len(self._series.get(home, ())))
        if is_move and there[0] != (home if section or series[0] != "actions" else ("actions", there[0][1])):
            return None
        return self._near(there[0], self._series[there[0]].index(there[1]) + 1)

    def _point(self, amendment: Amendment) -> Behind | None:
        action = self._actions.get((amendment.record or "").lower())
        slot = action.slot(amendment.under, amendment.after) if action else None
        if action is None or slot is None or action.id not in self._printed:
            return None
        _, index, *inside = slot
        if not inside:
            return Behind("points", action.id, action.points[int(index) - 1].id if index else "")
        point = action.points[int(index)]
        last = int(inside[-1])
        return Behind("sub-points", action.id, point.points[last - 1].id if last else point.id)

    def _near(self, series: tuple[str, str], index: int) -> Behind | None:
        """Return the place behind the last that is printed before an index of a series."""
        if series not in self._series:
            return None
        names = [each for each in self._series[series][:index] if each in self._printed]
        if not names and series[0] in HOMES and not self._series[series]:
            return None  # there is no such part in the document
        return Behind(*series, names[-1] if names else "")


def new_blocks(
    amendment: Amendment,
    behind: Behind,
    moved: Sequence[Line],
    revision: Revision,
    shown: Callable[[str], tuple[Run, ...]],
) -> Iterator[Line]:
    """Return the paragraphs that an amendment would put there; `moved` stand elsewhere now.

    `shown` gives the words of a text as a document prints them.
    """
    record = record_of(amendment.id)
    quiet = replace(revision, remarks=(), said=())
    if amendment.kind is AmendmentKind.MOVE:
        for index, each in enumerate(moved):
            made = replace(each, record=record, number="", revision=quiet if index else revision)
            if not index and isinstance(made, Paragraph) and behind.series in _OF_ACTION:
                yield replace(made, role=_ROLES[behind.series])
            else:
                yield made
        return
    runs = shown((amendment.proposed or "").strip())
    yield Paragraph(_ROLES[behind.series], runs, record, "text", revision=revision)
    first = Role.POINT if amendment.record is None else Role.SUBPOINT
    below = ((depth, text) for each in amendment.points for depth, text in enumerate(each.texts))
    for number, (depth, text) in enumerate(below, 1):
        role = Role.SUBPOINT if depth else first
        yield Paragraph(role, shown(text), record, f"points.{number}", revision=quiet)
