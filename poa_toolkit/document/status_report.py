"""The report for the chair: where a text stands, and what still stands in its way."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from poa_toolkit.amend.amendment import targets
from poa_toolkit.document.amendments_report import cited
from poa_toolkit.document.blocks import (
    Column,
    Document,
    Heading,
    Mark,
    Paragraph,
    Part,
    PartKind,
    Role,
    Row,
    Table,
    Text,
)
from poa_toolkit.document.dates import day
from poa_toolkit.document.labels import LABELS
from poa_toolkit.model import Status
from poa_toolkit.text.counting import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from poa_toolkit.amend.amendment import Target
    from poa_toolkit.check.plan_status import Coverage, OpenBracket, SectionStatus, TextStatus
    from poa_toolkit.diagnostic import Diagnostic
    from poa_toolkit.document.blocks import Block, Run
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
) -> Document:
    """Lay out where a text stands.

    `blocking` holds, by stage, the errors that keep it from that stage; `version` is how a command
    names this version, None the working tree.
    """
    holders = {each.id.lower(): each.title for each in plan.actors}
    holders |= {each.id.lower(): each.title for each in plan.participants}
    parts = (
        _part("What still blocks", _blocking(blocking, version)),
        _part("By section", _sections(found.sections)),
        _part("Open brackets, by holder", _brackets(found.brackets, holders)),
        _part("Amendments that wait for a decision", _amendments(found, targets(plan))),
        _part("Coverage", _coverage(found.coverage)),
    )
    return Document(
        title=f"Where the text stands: {label}",
        subtitle=plan.title,
        cover=(("Stage", _stage(plan)), ("Text", digest)),
        notice=plan.printed_notice(),
        parts=(Part(PartKind.REPORT, (_body(_summary(found, blocking)),)), *parts),
        version=label,
    )


def _stage(plan: Plan) -> str:
    stage = plan.current_stage()
    return f"{stage.title or stage.id}, {day(stage.date, LABELS[plan.style])}" if stage else plan.stage


def _part(title: str, blocks: Iterable[Block]) -> Part:
    return Part(PartKind.REPORT, (Heading(1, (Text(title),)), *blocks))


def _body(*runs: Run | str) -> Paragraph:
    return Paragraph(Role.BODY, _runs(runs))


def _item(*runs: Run | str) -> Paragraph:
    return Paragraph(Role.ITEM, _runs(runs))


def _runs(runs: Iterable[Run | str]) -> tuple[Run, ...]:
    return tuple(Text(each) if isinstance(each, str) else each for each in runs)


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
        yield _body(
            Text(f"Stage {stage}: ", Mark.STRONG), many(len(errors), "error") if errors else "nothing"
        )
        for code, group in groupby(sorted(errors, key=_code), key=_code):
            first, *others = group
            yield from (_error(each) for each in (first, *others[: _SHOWN - 1]))
            if len(others) >= _SHOWN:
                hint = f"poa validate{of_version} --stage {stage} --select {code}"
                yield _item(
                    f"{code}: {len(others) - _SHOWN + 1} more; ", Text(hint, Mark.CODE), " lists them"
                )


def _code(diagnostic: Diagnostic) -> str:
    return diagnostic.code


def _error(diagnostic: Diagnostic) -> Paragraph:
    return _item(Text(str(diagnostic.location), Mark.CODE), f" {diagnostic.code} {diagnostic.message}")


def _sections(sections: Sequence[SectionStatus]) -> Iterator[Block]:
    if not sections:
        yield _body("There is no section yet.")
        return
    statuses = [status for status in Status if any(status in each.statuses for each in sections)]
    columns = (
        Column("Section", 6),
        *(Column(status.value.capitalize(), 2) for status in statuses),
        Column("Brackets", 2),
    )
    rows = (
        Row(
            (
                (Text(f"{each.number} {each.title}"),),
                *((Text(str(each.statuses.get(status, "") or "")),) for status in statuses),
                (Text(str(each.brackets or "")),),
            ),
            each.id,
        )
        for each in sections
    )
    yield Table(columns, tuple(rows))


def _brackets(opened: Sequence[OpenBracket], holders: Mapping[str, str]) -> Iterator[Block]:
    if not opened:
        yield _body("No bracket is open.")
        return
    by_holder: defaultdict[str, list[OpenBracket]] = defaultdict(list)
    for each in opened:
        by_holder[each.holder].append(each)
    for holder in sorted(by_holder, key=lambda name: (not name, holders.get(name, name))):
        held = by_holder[holder]
        name = holders.get(holder, holder) or "No holder named"
        yield _body(Text(f"{name}: ", Mark.STRONG), many(len(held), "bracket"))
        for each in held:
            yield _item(Text(_where(each), Mark.CODE), " ", Text(each.text, Mark.BRACKET))


def _where(bracket: OpenBracket) -> str:
    point = f", point {bracket.field.partition('.')[2]}" if bracket.field != "text" else ""
    number = f" (para. {bracket.number})" if bracket.number else ""
    return f"{bracket.record}{number}{point}"


def _amendments(found: TextStatus, texts: Texts) -> Iterator[Block]:
    if not found.pending:
        yield _body("None.")
    for each in found.pending:
        lost = found.astray.get(each.id)
        yield _item(
            Text(each.id, Mark.CODE),
            f" {_target(each, texts)}, proposed by {each.proposer}: {each.state.value}",
            f", but {lost.said}" if lost else "",
        )
    if found.decided:
        counted = ", ".join(f"{count} {state.value}" for state, count in sorted(found.decided.items()))
        yield _body(f"Decided so far: {counted}.")


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
    yield _item(f"{coverage.taken_up} of {many(coverage.recommendations, 'recommendation')} taken up")
    yield from _listed("not taken up, with a reason", coverage.explained)
    yield from _listed("not taken up, without a reason", coverage.unanswered)
    served = coverage.obligations - len(coverage.unserved)
    yield _item(f"{served} of {many(coverage.obligations, 'obligation')} served")
    yield from _listed("obligations not served", coverage.unserved)
    yield _item(f"{many(coverage.provisions, 'provision')} cited")
    yield from _listed("cited, not yet verified", coverage.unverified)


def _listed(what: str, names: Sequence[str]) -> Iterator[Block]:
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield _item(f"{what} ({len(names)}): ", Text(", ".join(names[:_NAMED]), Mark.CODE), more)
