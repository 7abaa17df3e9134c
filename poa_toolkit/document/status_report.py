"""The report for the chair: where a text stands, and what still stands in its way."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import targets
from poa_toolkit.document.amendments_report import cited
from poa_toolkit.document.blocks import Column, Table
from poa_toolkit.document.citations import joined
from poa_toolkit.document.dates import of_stage
from poa_toolkit.document.labels import LABELS
from poa_toolkit.document.report_blocks import body, code, heading, item, part, report, row, strong
from poa_toolkit.document.runs import Mark, Text
from poa_toolkit.model import Status
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.check.follow_up import FollowUpCounts
    from poa_toolkit.check.plan_status import Coverage, OpenBracket, SectionStatus, TextStatus
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.document.blocks import Block, Document, Part
    from poa_toolkit.model import Amendment, Plan

    Texts = Mapping[tuple[str, str], Target]

_NAMED = 12
"""How many ids a line names before it only counts the rest."""
_SHOWN = 5
"""How many errors of one code are shown before the rest is only counted."""


def status(  # noqa: PLR0913 - one parameter a thing that is printed
    plan: Plan,
    found: TextStatus,
    blocking: Mapping[str, Sequence[Diagnostic]],
    *,
    label: str,
    version: str | None,
    digest: str,
    pictures: Part | None = None,
) -> Document:
    """Lay out where a text stands.

    `blocking` holds, by stage, the errors that keep it from that stage; `version` is how a command
    names this version, None the working tree; `pictures` is what is shown besides.
    """
    followed = found.follow_up
    parts = (
        part(body(_summary(found, blocking))),
        part(heading("What still blocks"), *_blocking(blocking, version)),
        part(heading("By section"), *_sections(found.sections)),
        part(heading("Open brackets, by holder"), *_brackets(found.brackets, plan.holders())),
        part(heading("Amendments that wait for a decision"), *_amendments(found, targets(plan))),
        part(heading("Coverage"), *_coverage(found.coverage)),
        *((part(heading("Follow-up"), *_follow_up(followed)),) if followed else ()),
        *((pictures,) if pictures else ()),
    )
    cover = (("Stage", of_stage(plan, LABELS[plan.style]) or plan.stage), ("Text", digest))
    return report(f"Where the text stands: {label}", parts, plan, version=label, cover=cover)


def _summary(found: TextStatus, blocking: Mapping[str, Sequence[Diagnostic]]) -> str:
    """Say the whole in two sentences, the first thing a chair reads."""
    counted = ", ".join(f"{count} {status.value}" for status, count in found.statuses.items())
    actions = f"{many(sum(found.statuses.values()), 'action')} ({counted})" if counted else "No action yet"
    parts = (
        f"{many(len(found.brackets), 'open bracket') if found.brackets else 'no open bracket'}",
        f"{many(len(found.pending), 'amendment') if found.pending else 'no amendment'} to decide",
    )
    ways = (
        f"{many(len(errors), 'error') if errors else 'nothing'} {'block' if len(errors) > 1 else 'blocks'} "
        f"stage {stage}"
        for stage, errors in blocking.items()
    )
    said = "; ".join(ways)
    return f"{actions}; {'; '.join(parts)}. {said[:1].upper()}{said[1:]}."


def _blocking(blocking: Mapping[str, Sequence[Diagnostic]], version: str | None) -> Iterator[Block]:
    of_version = f" --version {version}" if version else ""
    for stage, errors in blocking.items():
        yield body(strong(f"Stage {stage}: "), many(len(errors), "error") if errors else "nothing")
        for rule, group in groupby(sorted(errors, key=_code), key=_code):
            first, *others = group
            for each in (first, *others[: _SHOWN - 1]):
                yield item(code(str(each.location)), f" {each.code} {each.message}")
            if len(others) >= _SHOWN:
                hint = f"poa validate{of_version} --stage {stage} --select {rule}"
                yield item(f"{rule}: {len(others) - _SHOWN + 1} more; ", code(hint), " lists them")


def _code(diagnostic: Diagnostic) -> str:
    return diagnostic.code


def _sections(sections: Sequence[SectionStatus]) -> Iterator[Block]:
    if not sections:
        yield body("There is no section yet.")
        return
    statuses = [status for status in Status if any(status in each.statuses for each in sections)]
    columns = (
        Column("Section", 6),
        *(Column(status.value.capitalize(), 2) for status in statuses),
        Column("Brackets", 2),
    )
    rows = (
        row(
            f"{each.number} {each.title}",
            *(str(each.statuses.get(status, "") or "") for status in statuses),
            str(each.brackets or ""),
            record=each.id,
        )
        for each in sections
    )
    yield Table(columns, tuple(rows))


def _brackets(opened: Sequence[OpenBracket], holders: Mapping[str, str]) -> Iterator[Block]:
    if not opened:
        yield body("No bracket is open.")
        return
    by_holder: defaultdict[str, list[OpenBracket]] = defaultdict(list)
    for each in opened:
        by_holder[each.holder].append(each)
    for holder in sorted(by_holder, key=lambda name: (not name, holders.get(name, name))):
        held = by_holder[holder]
        name = holders.get(holder, holder) or "No holder named"
        yield body(strong(f"{name}: "), many(len(held), "bracket"))
        for each in held:
            yield item(code(_where(each)), " ", Text(each.text, Mark.BRACKET))


def _where(bracket: OpenBracket) -> str:
    point = f", point {bracket.field.partition('.')[2]}" if bracket.field != "text" else ""
    number = f" (para. {bracket.number})" if bracket.number else ""
    return f"{bracket.record}{number}{point}"


def _amendments(found: TextStatus, texts: Texts) -> Iterator[Block]:
    if not found.pending:
        yield body("None.")
    for each in found.pending:
        lost = found.astray.get(each.id)
        yield item(
            code(each.id),
            f" {_target(each, texts)}, proposed by {each.proposer}: {each.state.value}",
            f", but {lost.said}" if lost else "",
        )
    if found.decided:
        counted = ", ".join(f"{count} {state.value}" for state, count in sorted(found.decided.items()))
        yield body(f"Decided so far: {counted}.")


def _target(amendment: Amendment, texts: Texts) -> str:
    if not amendment.record and (amendment.after or amendment.section):
        behind = texts.get((amendment.after or "", "text"))
        after = f"after {amendment.after}{cited(behind)}" if amendment.after else ""
        return after or f"at the end of {amendment.section}"
    if not amendment.record:
        return "without a place in the text"
    field = amendment.field if amendment.field and amendment.field != "text" else ""
    number = cited(texts.get((amendment.record, field or "text")))
    return f"on {amendment.record}{f', {field}' if field else ''}{number}"


def _coverage(coverage: Coverage) -> Iterator[Block]:
    yield item(f"{coverage.taken_up} of {many(coverage.recommendations, 'recommendation')} taken up")
    yield from _listed("not taken up, with a reason", coverage.explained)
    yield from _listed("not taken up, without a reason", coverage.unanswered)
    served = coverage.obligations - len(coverage.unserved)
    yield item(f"{served} of {many(coverage.obligations, 'obligation')} served")
    yield from _listed("obligations not served", coverage.unserved)
    yield item(f"{many(coverage.provisions, 'provision')} cited")
    yield from _listed("cited, not yet verified", coverage.unverified)


def _follow_up(counts: FollowUpCounts) -> Iterator[Block]:
    for state, count in counts.states.items():
        yield item(f"{many(count, 'action')} {state.said}")
    if counts.unreported:
        yield item(f"{many(counts.unreported, 'action')} of which nobody has said how far it has come")
    yield from _listed("targets overdue", counts.overdue)
    yield from _listed("actions on which nobody has reported for more than a year", counts.silent)
    yield body(code("poa progress"), " tells more")


def _listed(what: str, names: Sequence[str]) -> Iterator[Block]:
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        named = joined(((code(each),) for each in names[:_NAMED]), ", ")
        yield item(f"{what} ({len(names)}): ", *named, more)
