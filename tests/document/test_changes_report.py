"""The report of a diff, as people read it: every kind of change, in a terminal and in Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from every_change import OLD, every_kind

from poa_toolkit.api import diff
from poa_toolkit.diagnostic import Location
from poa_toolkit.diff.change import Kind
from poa_toolkit.diff.compare import compare
from poa_toolkit.document.blocks import Block, Document, Entry, Heading, Table
from poa_toolkit.document.changes_report import changes
from poa_toolkit.document.runs import Deleted, Inserted, Link, Text
from poa_toolkit.model import Plan
from poa_toolkit.write import diff as as_json
from poa_toolkit.write import html, markdown, terminal, unified
from poa_toolkit.write.unified import hunks

if TYPE_CHECKING:
    from conftest import Golden

    from poa_toolkit.diagnostic import Pointer


def blocks(document: Document) -> list[Block]:
    return [block for part in document.parts for block in part.blocks]


def plain(block: Block | Entry) -> str:
    if isinstance(block, Table):
        return ""
    runs = block.title if isinstance(block, Entry) else block.runs
    return "".join(run.text for run in runs if isinstance(run, Text | Inserted | Deleted | Link))


def entries(document: Document) -> list[Entry]:
    return [entry for part in document.parts for entry in part.entries]


def test_sample_has_every_kind_of_change() -> None:
    assert {change.kind for change in every_kind()[0].changes} == set(Kind)


def test_report_in_a_terminal(golden: Golden) -> None:
    golden("diff/every-kind.txt", terminal.document(changes(*every_kind()), colour=False, width=80))


def test_report_in_colour(golden: Golden) -> None:
    golden("diff/every-kind.ansi", terminal.document(changes(*every_kind()), colour=True))


def test_report_in_markdown(golden: Golden) -> None:
    golden("diff/every-kind.md", markdown.document(changes(*every_kind())))


def test_report_in_a_browser(golden: Golden) -> None:
    golden("diff/every-kind.html", html.document(changes(*every_kind())))


def test_report_as_a_patch(golden: Golden) -> None:
    golden("diff/every-kind.patch", unified.to_text(hunks(*every_kind()), colour=False))


def test_report_as_json(golden: Golden) -> None:
    comparison, _, _ = every_kind()
    golden("diff/every-kind.json", as_json.to_json(comparison, _somewhere, _somewhere))


def _somewhere(pointer: Pointer) -> Location:
    return Location("/".join(map(str, pointer)))


@pytest.mark.parametrize(("old", "new"), [("draft", "day-1"), ("day-1", None)])
@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md")])
def test_shipped_days_as_a_reviewer_reads_them(
    old: str, new: str | None, form: str, suffix: str, golden: Golden
) -> None:
    compared = diff.compare(ROOT, old, new)
    assert compared is not None
    golden(f"diff/{old}-to-{new or 'day-2'}.{suffix}", diff.describe(compared, form))


def test_nothing_changed_is_said() -> None:
    plan = Plan.model_validate(OLD)
    document = changes(compare(plan, plan, old_label="a", new_label="b"), plan, plan)
    assert [plain(block) for block in blocks(document)] == ["Nothing changed."]
    assert (document.title, document.cover[0]) == ("Changes from a to b", ("Old version", "a"))


def test_notice_of_the_plan_stands_on_the_report() -> None:
    assert changes(*every_kind()).notice == "A working text."


def test_every_change_has_one_name_in_the_report() -> None:
    comparison, old, new = every_kind()
    found = entries(changes(comparison, old, new))
    names = [name for each in found for name in each.anchors]
    assert len(names) == len(set(names)) == len(comparison.changes)
    listed = sorted((each.record, each.field) for each in found if each.record)
    wanted = [
        (each.record, each.field)
        for each in comparison.changes
        if each.kind is not Kind.RENUMBERED and each.field != "status"
    ]
    assert [each for each in listed if each[1] != "status"] == sorted(wanted)


def test_counts_by_section_and_by_kind_say_how_many_changes_there_are() -> None:
    comparison, old, new = every_kind()
    tables = [block for block in blocks(changes(comparison, old, new)) if isinstance(block, Table)]
    for table in tables:
        rows = [row for row in table.rows if "All" not in str(row.cells[0])]
        cells = [int(getattr(run, "text", 0)) for row in rows for cell in row.cells[1:] for run in cell]
        assert sum(cells) == len(comparison.changes)


def test_numbers_of_both_versions_are_cited() -> None:
    found = {each.anchors[0]: each for each in entries(changes(*every_kind()))}
    assert found["A-005.section"].numbers == ("para. 6", "para. 6")
    assert plain(found["A-004.status"]).startswith("A-004 (formerly para. 5) withdrawn")


def test_groups_follow_the_new_version() -> None:
    headings = [plain(block) for block in blocks(changes(*every_kind())) if isinstance(block, Heading)]
    assert headings == [
        *("The plan as a whole", "Front matter", "I. At home", "II. In Geneva"),
        *("The rest (section last, removed)", "Recommendations", "Instruments", "Actors"),
        *("Renumbered paragraphs", "Effects"),
    ]


def test_renumbering_without_a_cause_in_sight_is_listed_all_the_same() -> None:
    comparison, old, new = every_kind()
    numbers = tuple(each for each in comparison.changes if each.kind is Kind.RENUMBERED)[:1]
    document = changes(replace(comparison, changes=numbers, effects=()), old, new)
    assert "1 paragraph is renumbered." in map(plain, blocks(document))
    (entry,) = entries(document)
    assert (
        "".join(getattr(run, "text", "") for run in entry.words[0])
        == f"{numbers[0].record} {numbers[0].old} {numbers[0].new}"
    )
