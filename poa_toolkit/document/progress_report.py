"""The report for the next meeting: how far each action has come since the plan was adopted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from poa_toolkit.check.follow_up import counts_of
from poa_toolkit.document import dates
from poa_toolkit.document.blocks import Column, Table
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.report_blocks import body, code, heading, item, muted, part, report, row, strong
from poa_toolkit.document.runs import Link, Text
from poa_toolkit.model.numbering import printed_numbers
from poa_toolkit.model.texts import texts
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from poa_toolkit.check.follow_up import ActionProgress, FollowUp, IndicatorProgress
    from poa_toolkit.document.blocks import Block, Document, Part, Row
    from poa_toolkit.document.runs import Run
    from poa_toolkit.model import Plan, ProgressEntry, Section

_SHORT = 160
"""How many characters of an action stand in a row."""
_ACTIONS = (Column("Para.", 2), Column("Action", 9), Column("How far", 3), Column("Last report", 3))
_INDICATORS = (
    Column("Indicator", 6),
    Column("At the beginning", 3),
    Column("Target", 4),
    Column("Last measured", 4),
    Column("How far", 3),
)


_OVERDUE = "Targets that are overdue"
_SILENT = "Nobody has reported for more than a year"
_NOT_LATE = "So nothing is called late here."


class Period(NamedTuple):
    """What days a report is on."""

    today: date
    """The day as of which it is."""
    since: date | None = None
    """The first day whose entries it tells; None: all of them."""

    def tells(self, entry: ProgressEntry) -> bool:
        """Return whether an entry is told."""
        return self.since is None or entry.date >= self.since


def progress(plan: Plan, found: FollowUp, period: Period, *, label: str = "") -> Document:
    """Lay out how far a plan has come: what is late first, then each section, action by action."""
    writer = _Writer(plan, found, period)
    parts = [part(*writer.summary())]
    for title, items in ((_OVERDUE, writer.overdue()), (_SILENT, writer.silent())):
        if told := tuple(items):
            parts.append(part(heading(title), *told))
    parts += writer.sections()
    laid_out = report("Progress since the adoption", parts, plan, version=label, cover=writer.cover())
    stage = plan.current_stage()
    # the notice of the plan speaks of no stage, and so knows nothing of the endorsements
    is_withheld = found.adoption.day is not None and not (stage and stage.notice)
    return replace(laid_out, notice="") if is_withheld else laid_out


def of_actions(plan: Plan, found: FollowUp, period: Period) -> dict[str, tuple[Block, ...]]:
    """Return, by action, its indicators and what was reported on it; only of those with either."""
    writer = _Writer(plan, found, period)
    return {each.action.id: tuple(writer.told(each)) for each in found.actions if _is_told(each)}


class _Writer:
    """Lays out the follow-up of one plan."""

    def __init__(self, plan: Plan, found: FollowUp, period: Period) -> None:
        self.plan, self.found, self.period = plan, found, period
        self.words = LABELS[plan.style]
        self.numbers = printed_numbers(plan)
        self.texts = {each.record: each.shown for each in texts(plan) if each.field == "text"}
        self.actions = {each.action.id: each for each in found.actions}

    def day(self, when: date) -> str:
        return dates.day(when, self.words)

    def cover(self) -> tuple[tuple[str, str], ...]:
        """Return which text, as of which day, and since when."""
        adopted = self.found.adoption.day
        since = self.period.since
        return (
            ("Stage", dates.of_stage(self.plan, self.words) or self.plan.stage),
            ("Adopted", self.day(adopted) if adopted else "not shown by what is on record"),
            ("As of", self.day(self.period.today)),
            *((("Entries since", self.day(since)),) if since else ()),
        )

    def summary(self) -> Iterator[Block]:
        """Say the whole in a few sentences."""
        counts, adoption = counts_of(self.found), self.found.adoption
        said = ", ".join(f"{count} {state.said}" for state, count in counts.states.items())
        total = many(sum(counts.states.values()) + counts.unreported, "action")
        unsaid = f"; of {counts.unreported} nobody has said how far it has come" if counts.unreported else ""
        if not said and counts.unreported > 1:
            unsaid = "; nobody has said of any how far it has come"
        yield body(f"{': '.join(filter(None, (total, said)))}{unsaid}.")
        if adoption.day is None:
            yield body(f"Nothing on record shows that the plan is adopted: {adoption.doubt}. {_NOT_LATE}")
        elif adoption.day > self.period.today:
            yield body(f"The plan is adopted only on {self.day(adoption.day)}. {_NOT_LATE}")
        for each in self.found.ahead:
            what = f"what {each.by} reports on {each.action} for {self.day(each.date)}"
            yield body(f"Left out: {what}, which is still to come.")

    def overdue(self) -> Iterator[Block]:
        """Name each indicator whose day is past."""
        for each in self.found.actions:
            for one in each.indicators:
                if one.is_overdue:
                    indicator = one.indicator
                    target = f" ({indicator.target})" if indicator.target else ""
                    measured = (
                        f"; last measured: {_plain(self.measured(one))}"
                        if one.measured
                        else "; never measured"
                    )
                    by = dates.partial(indicator.by or "", self.words)
                    yield item(
                        self.named(each),
                        f": {indicator.text}{target}, by {by}{measured}",
                        record=each.action.id,
                    )

    def silent(self) -> Iterator[Block]:
        """Name each action on which nobody has reported for a year."""
        for each in self.found.actions:
            if each.silent_since:
                last = f"last on {self.day(each.entries[-1].date)}" if each.entries else "never"
                yield item(self.named(each), f": {last}", record=each.action.id)

    def sections(self) -> Iterator[Part]:
        """Return one part a section that has an action."""
        for section in self.plan.sections:
            actions = [self.actions[each.id] for each in section.actions if each.id in self.actions]
            if actions:
                yield part(*self.section(section, actions))

    def section(self, section: Section, actions: list[ActionProgress]) -> Iterator[Block]:
        """Return the table of the actions of a section, and what there is to tell of each."""
        number = self.numbers.get(section.id, "")
        yield heading(section.title, number=number, anchor=section.id)
        yield Table(_ACTIONS, tuple(self.row(each) for each in actions))
        for each in actions:
            if _is_told(each):
                yield from self.action(each)

    def row(self, found: ActionProgress) -> Row:
        """Return the row of an action."""
        action = found.action
        number = self.numbers.get(action.id, "") or f"({action.status.value})"
        state = found.state.said if found.state else "not said"
        last = found.entries[-1] if found.entries else None
        return row(
            Link(number, f"#{action.id}") if _is_told(found) else number,
            _in_short(self.texts[action.id]),
            state,
            self.day(last.date) if last else "never",
            record=action.id,
        )

    def action(self, found: ActionProgress) -> Iterator[Block]:
        """Return what is told of an action, under its name."""
        yield heading(self.name(found), 2, anchor=found.action.id)
        yield from self.told(found)

    def told(self, found: ActionProgress) -> Iterator[Block]:
        """Return the indicators of an action, and what was reported on it."""
        since = self.period.since
        if found.indicators:
            rows = (self.indicator(each, found.action.id) for each in found.indicators)
            yield Table(_INDICATORS, tuple(rows))
        told = [each for each in found.entries if self.period.tells(each)]
        from_day = f" since {self.day(since)}" if since and found.entries else ""
        yield body(f"Reported{from_day}:" if told else f"Nobody has reported on it{from_day}.")
        yield from map(self.entry, told)

    def indicator(self, found: IndicatorProgress, record: str) -> Row:
        """Return the row of an indicator: where it began, where it shall come, where it is."""
        one = found.indicator
        by = f"by {dates.partial(one.by, self.words)}" if one.by else ""
        source = (muted(f" (source: {one.source})"),) if one.source else ()
        state = found.last.state.said if found.last else "not said"
        late = (strong("overdue"), Text(f"; {state}")) if found.is_overdue else (Text(state),)
        return row(
            (code(one.id), Text(f" {one.text}"), *source),
            one.baseline or "not recorded",
            ", ".join(filter(None, (one.target, by))) or "none",
            self.measured(found) or (Text("never"),),
            late,
            record=record,
        )

    def measured(self, found: IndicatorProgress) -> tuple[Run, ...]:
        """Return the last value that was measured, and when; nothing where there is none."""
        last = found.measured
        return (Text(f"{last.value} "), muted(f"({self.day(last.date)})")) if last else ()

    def entry(self, entry: ProgressEntry) -> Block:
        """Tell one entry in a line."""
        value = f", {entry.value}" if entry.value else ""
        head = (
            strong(self.day(entry.date)),
            Text(": "),
            *((code(entry.indicator), Text(" ")) if entry.indicator else ()),
        )
        said = f"{entry.state.said}{value}. {entry.text}" if entry.text else f"{entry.state.said}{value}."
        checked = "verified" if entry.verified else "not verified"
        evidence = (
            (Text(" "), Link(entry.evidence, entry.evidence), muted(f" ({checked})"))
            if entry.evidence
            else ()
        )
        return item(*head, said, muted(f" ({entry.by})"), *evidence, record=entry.action)

    def name(self, found: ActionProgress) -> str:
        """Return the name of an action: its printed number, where it has one, and its id."""
        number = self.numbers.get(found.action.id, "").rstrip(".")
        return f"Paragraph {number} ({found.action.id})" if number else found.action.id

    def named(self, found: ActionProgress) -> Run:
        """Return the name of an action, which leads to what is told of it."""
        return Link(self.name(found), f"#{found.action.id}") if _is_told(found) else Text(self.name(found))


def _is_told(found: ActionProgress) -> bool:
    """Return whether there is more to tell of an action than its row says."""
    return bool(found.entries or found.indicators)


def _in_short(text: str) -> str:
    """Return the beginning of a text, whole words of it."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rpartition(' ')[0]} \N{HORIZONTAL ELLIPSIS}"


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(getattr(run, "text", "") for run in runs)
