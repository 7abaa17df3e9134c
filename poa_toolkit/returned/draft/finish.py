"""What only the whole draft can tell: its title, empty headings, headings of actions, what has no number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from poa_toolkit.returned.draft.blocks import Aside
from poa_toolkit.returned.draft.choices import NO_CHOICES
from poa_toolkit.returned.draft.drafted_plan import Becomes, Drafted, DraftedSection
from poa_toolkit.returned.draft.front_matter import may_be_title
from poa_toolkit.returned.draft.words import asks, ends_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poa_toolkit.returned.draft.choices import Choices
    from poa_toolkit.returned.draft.drafted_plan import Decision, DraftedPlan

_UNNAMED = "Actions"
NOT_A_SECTION = "a heading with nothing below it"
OF_AN_ACTION = "the heading of the action"
_FEWEST = 2
"""How many headings must be numbered as actions for each to be one."""


def finish(plan: DraftedPlan, choices: Choices, late: dict[int, tuple[Becomes, str]]) -> None:
    """Settle the title, headings of actions, empty headings, and sections without a number.

    `late` holds, by the identity of a record, what it became after it was written, and why; it is added to.
    """
    _Whole(plan, choices, late).finish()


def _have_headings_of_actions(sections: Sequence[DraftedSection]) -> bool:
    """Return whether each heading numbered as an action has one action below it at most, and no numbers."""
    items = [each for each in sections if each.is_item]
    alone = all(len(each.actions) <= 1 and not any(one.is_marked for one in each.actions) for each in items)
    return alone and len(items) >= _FEWEST


def _styles_of_actions(plan: DraftedPlan) -> frozenset[str]:
    """Return the styles that, of the paragraphs without a number, nearly all those have that ask something.

    No paragraph above the sections has such a style.
    """
    above = {each.blocks[0].style for each in (*plan.front, *plan.introduction)}
    texts = [each for section in plan.sections for each in section.chapeau]
    every = Counter(each.blocks[0].style for each in texts)
    asking = Counter(each.blocks[0].style for each in texts if asks(each.text))
    return frozenset(
        style
        for style, count in every.items()
        if above and style not in above and _FEWEST_OF_STYLE <= asking[style] >= count * _NEARLY_ALL
    )


_FEWEST_OF_STYLE, _NEARLY_ALL = 4, 0.75


def _may_hold(section: DraftedSection, item: DraftedSection) -> bool:
    """Return whether the heading of an action stands below that of a section, as far as styles tell."""
    return section.is_empty or not item.level or item.level > section.level


class _Whole:
    def __init__(self, plan: DraftedPlan, choices: Choices, late: dict[int, tuple[Becomes, str]]) -> None:
        self.plan = plan
        self.choices = choices
        self.late = late
        self.styles = _styles_of_actions(plan)
        self.merged: dict[int, Drafted] = {}
        """By the identity of a text that stands below the heading of an action, that action."""

    def finish(self) -> None:
        plan = self.plan
        if not plan.title.text:
            self._find_title()
        if self.choices == NO_CHOICES and _have_headings_of_actions(plan.sections):
            self._take_headings_of_actions()
        for section in plan.sections:
            if not any(each.is_marked for each in section.actions) and not self.choices.actions_are:
                self._divide(section)
        self._leave_empty()
        for section in plan.sections:
            if section.is_lead or not section.title.text:
                section.title.words = [plan.title.text or _UNNAMED]
                what = "the draft has no heading" if section.is_lead else "somebody took out the heading"
                section.title.guess = f"{what} above what stands here"
        plan.decisions = [self._settle(each) for each in plan.decisions]

    def _take_headings_of_actions(self) -> None:
        """Take ``Action 1.1: Train observers`` and the text below it for one action of the section above."""
        kept: list[DraftedSection] = []
        holding: DraftedSection | None = None
        for section in self.plan.sections:
            if not section.is_item:
                kept.append(section)
                continue
            if not kept or (kept[-1] is not holding and not _may_hold(kept[-1], section)):
                kept.append(DraftedSection(Drafted(Becomes.SECTION), is_lead=True))
            holding = kept[-1]
            holding.actions.append(self._as_action(section))
        self.plan.sections = kept

    def _as_action(self, section: DraftedSection) -> Drafted:
        """Join what stands below the heading of an action; where nothing does, the heading is the action."""
        title = section.title
        texts = [*section.chapeau, *section.actions]
        if not texts:
            title.kind = Becomes.ACTION
            self._redecide(title, Becomes.ACTION, "it is numbered as an action")
            return title
        action = Drafted(Becomes.ACTION)
        pieces = tuple(piece for block in title.blocks for piece in block.pieces)
        action.asides = [Aside(OF_AN_ACTION, title.text, title.blocks[0].first, pieces, is_kept=True)]
        self._redecide(title, Becomes.COMMENT, OF_AN_ACTION)
        for each in (title, *texts):
            action.words += each.words if each is not title else []
            action.blocks += each.blocks
            action.notes += each.notes
            action.asides += each.asides
            action.points += each.points
            action.settings |= each.settings
        self.merged |= {id(each): action for each in texts}
        return action

    def _find_title(self) -> None:
        """Take for the title a heading at the top with only headings below it, or the first paragraph."""
        plan = self.plan
        first = plan.sections[0] if plan.sections else None
        if first is not None and first.is_empty and len(plan.sections) > 1 and not plan.front:
            found = first.title
            plan.sections.pop(0)
        elif plan.front and may_be_title(plan.front[0].blocks[0]):
            found = plan.front.pop(0)
        else:
            return
        # what hangs on it stays with it
        found.kind = Becomes.TITLE
        found.asides += plan.title.asides
        found.notes += plan.title.notes
        found.blocks += plan.title.blocks
        plan.title = found
        self._redecide(found, Becomes.TITLE, "the first words")

    def _divide(self, section: DraftedSection) -> None:
        """Tell the actions of a section without numbers: the paragraphs that say what somebody is to do."""
        # what ends with a colon, and has no list of its own, opens what stands in the next sections
        asking = [each for each in section.chapeau if self._is_action(each)]
        for each in asking:
            each.kind, each.guess = Becomes.ACTION, "it had no number in the draft"
            why = "it says what somebody is to do" if asks(each.text) else "its style is that of the actions"
            self._redecide(each, Becomes.ACTION, f"no number, and {why}")
        section.actions = [*asking, *section.actions]
        section.chapeau = [each for each in section.chapeau if each.kind is Becomes.CHAPEAU]

    def _is_action(self, record: Drafted) -> bool:
        """Return whether a paragraph without a number asks something, or has the style of those that do."""
        return not ends_open(record.text) and (asks(record.text) or record.blocks[0].style in self.styles)

    def _leave_empty(self) -> None:
        """Keep headings with nothing below them as comments of the next heading, or of the last text."""
        kept: list[DraftedSection] = []
        waiting: list[Drafted] = []
        for section in self.plan.sections:
            if section.is_empty:
                waiting.append(section.title)
                continue
            self._hang(waiting, section.title)
            waiting = []
            kept.append(section)
        self.plan.sections = kept
        self._hang(waiting, self._end())

    def _end(self) -> Drafted:
        """Return the last text of the plan."""
        *_, last = self.plan.records()
        return last

    def _hang(self, empty: list[Drafted], home: Drafted) -> None:
        found: list[Aside] = []
        for each in empty:
            pieces = tuple(piece for block in each.blocks for piece in block.pieces)
            found += [Aside(NOT_A_SECTION, each.text, each.blocks[0].first, pieces), *each.asides]
            home.notes += each.notes
            home.blocks += each.blocks
            self._redecide(each, Becomes.COMMENT, NOT_A_SECTION)
        home.asides[:0] = found

    def _redecide(self, record: Drafted, becomes: Becomes, why: str) -> None:
        self.late[id(record)] = (becomes, why)

    def _settle(self, decision: Decision) -> Decision:
        """Return a decision as it stands when the whole is known."""
        if action := self.merged.get(id(decision.record)):
            is_new = decision.becomes is not Becomes.ACTION
            why = "it stands below the heading of an action" if is_new else decision.why
            return decision._replace(record=action, becomes=Becomes.ACTION, why=why)
        late = self.late.get(id(decision.record)) if decision.record else None
        if late is None or late[0] is decision.becomes:
            return decision
        record = None if late[0] is Becomes.COMMENT else decision.record
        return decision._replace(becomes=late[0], why=late[1], record=record)
