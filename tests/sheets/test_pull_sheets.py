"""Edited workbooks come home: a changed cell is an amendment, or is told by sheet and cell."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import small_plan
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from sheet_editing import (
    cell,
    edited,
    exported,
    of_project,
    pull,
    rows,
    setting,
    shared,
    sheet,
    told,
    with_part,
)

from poa_toolkit.api.returned_files import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Poa
    from openpyxl import Workbook

PROPOSED = "Observers shall report to the treaty bodies."
EDIT = setting("actions", "A-001", "text", PROPOSED)


def test_a_workbook_that_nobody_edited_asks_for_nothing(tmp_path: Path) -> None:
    for content in (exported(), edited(lambda _: None), shared(exported())):
        pulled = pull(tmp_path, content)
        assert (pulled.new, pulled.diagnostics, pulled.version) == ((), (), "the working tree")
        read, placed, said, generated = pulled.balance
        assert (read, said) == (placed + generated, 0)


def test_a_text_that_was_edited_is_an_amendment_with_the_words_that_differ(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(EDIT), by="Editor of the test"))
    assert (row["record"], row["field"], row["proposer"]) == ("A-001", "text", "Editor of the test")
    assert row["original"] == "Observers should report to the treaty bodies."
    assert row["proposed"] == PROPOSED
    assert row["edits"] == [{"offset": 10, "deleted": "should", "inserted": "shall"}]
    assert row["base"].startswith("sha256:")


@pytest.mark.parametrize(
    ("name", "key", "column", "typed", "record", "field", "proposed"),
    [
        ("points", "a", "text", "On that day.", "A-001", "points.a", "On that day."),
        ("sections", "first", "title", "The first things", "first", "title", "The first things"),
        ("paragraphs", "C-01", "text", "Who observes, writes.", "C-01", "text", "Who observes, writes."),
        ("actions", "A-001", "timeframe", "by 2020", "A-001", "timeframe", "by 2020"),
        ("actions", "A-001", "why", "It makes the channel work.", "A-001", "why", "It makes the channel work."),
        ("actions", "A-001", "addressees", "observers, states", "A-001", "addressees", "observers, states"),
        ("actions", "A-001", "provisions", "iccpr 25(b), iccpr 25", "A-001", "provisions", "iccpr 25(b), iccpr 25"),
        ("actions", "A-002", "level", "national; regional", "A-002", "level", "national, regional"),
    ],
)  # fmt: skip
def test_every_text_and_set_can_be_edited(  # noqa: PLR0913, PLR0917 - a case
    name: str, key: str, column: str, typed: str, record: str, field: str, proposed: str, tmp_path: Path
) -> None:
    (row,) = rows(pull(tmp_path, edited(setting(name, key, column, typed))))
    assert (row["record"], row["field"], row["proposed"]) == (record, field, proposed)
    assert "state" not in row


def test_the_title_of_the_plan_can_be_edited(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(lambda it: _type(it, "plan", "A2", "The plan"))))
    assert (row["record"], row["field"], row["proposed"]) == ("plan", "title", "The plan")


def _type(book: Workbook, name: str, at: str, value: Any) -> None:
    sheet(book, name)[at].value = value


def test_what_is_accepted_afterwards_stands_in_the_plan(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)

    def change(book: Workbook) -> None:
        EDIT(book)
        setting("actions", "A-001", "timeframe", "by 2020")(book)
        setting("actions", "A-001", "addressees", "states, observers, ngos")(book)

    (tmp_path / "back.xlsx").write_bytes(edited(change))
    assert poa("pull", "back.xlsx", "--by", "Somebody", "--date", "2017-12-04").status == 0
    accepted = poa("amend", "accept", "back-1", "back-3", "--by", "Chair", "--date", "2017-12-04")
    assert accepted.status == 0, accepted.stderr
    text = (tmp_path / "plan/sections/01-first.yaml").read_text("utf-8")
    assert PROPOSED in text
    assert "timeframe: by 2020" in text
    assert poa("pull", "back.xlsx", "--by", "Somebody").stdout.count("3 pulled before") == 1


def test_the_command_shows_and_writes_as_it_does_for_word(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "back.xlsx").write_bytes(edited(EDIT))
    shown = poa("pull", "back.xlsx", "--dry-run", "--explain", "--by", "Somebody")
    assert "Made from the working tree. 1 rewording." in shown.stdout
    assert "characters read = " in shown.stdout
    assert "placed (A-001.text; in a table, under “actions”): Observers shall report" in shown.stdout
    assert not (tmp_path / "plan/amendments").exists()
    assert poa("pull", "back.xlsx", "--by", "Somebody").stderr == "plan/amendments/back.yaml: written\n"


# --- rows ---


def test_rows_that_were_sorted_change_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        there = [list(each) for each in found.iter_rows(min_row=2, values_only=True)]
        for number, values in enumerate(reversed(there), start=2):
            for column, value in enumerate(values, start=1):
                found.cell(number, column).value = value

    pulled = pull(tmp_path, edited(change))
    assert pulled.new == ()
    assert told(pulled) == ["POA746 sheet “actions”: rows stand in another order"]


def test_a_deleted_row_is_a_removal_where_nothing_else_can_have_become_of_it(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: sheet(it, "actions").delete_rows(3)))
    (row,) = rows(pulled)
    assert (row["kind"], row["record"], row["field"]) == ("remove", "A-002", "text")
    assert row["comment"] == "its row was deleted from the sheet “actions”"
    assert told(pulled) == []


def test_a_link_that_was_deleted_removes_no_text(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: sheet(it, "links").delete_rows(2)))
    assert pulled.new == ()
    assert told(pulled) == ["POA744 sheet “links”: rows are gone: A-001 actions addressees observers"]


def test_a_deleted_row_is_only_told_where_another_row_is_unknown(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions").delete_rows(3)
        sheet(book, "actions")["D3"].value = "States should answer in time."

    pulled = pull(tmp_path, edited(change))
    assert [each["kind"] for each in rows(pulled)] == ["add"]
    assert told(pulled) == ["POA744 sheet “actions”: rows are gone: A-002"]


def test_a_new_row_is_a_new_action_behind_the_one_above_it(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        found.insert_rows(3)
        found["D3"].value = "Everyone should read."
        found["F3"].value = "states"

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["section"], row["after"]) == ("add", "first", "A-001")
    assert (row["proposed"], row["comment"]) == ("Everyone should read.", "addressees: states")


def test_a_new_row_before_all_others_is_the_first_of_its_section(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions").insert_rows(2)
        sheet(book, "actions")["D2"].value = "Everyone should read."

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["section"], row["after"]) == ("first", "first")


def test_a_new_row_of_points_is_a_new_point(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "points")
        found.insert_rows(3)
        found["A3"].value, found["E3"].value = "A-001", "Between the two."

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], row["field"], row["after"]) == ("add", "A-001", "points", "a")


def test_a_new_action_can_be_accepted(tmp_path: Path, poa: Poa) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions")["D4"].value = "Everyone should read."
        sheet(book, "points")["A4"].value = "A-001"
        sheet(book, "points")["E4"].value = "In the end."

    small_plan.write(tmp_path)
    (tmp_path / "back.xlsx").write_bytes(edited(change))
    assert poa("pull", "back.xlsx", "--by", "Somebody").status == 0
    finished = poa("amend", "accept", "back-1", "back-2", "--by", "Chair")
    assert "Everyone should read." in (tmp_path / "plan/sections/01-first.yaml").read_text("utf-8"), finished


def test_a_new_action_is_called_an_action(tmp_path: Path, poa: Poa) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions")["D4"].value = "Everyone should read."

    small_plan.write(tmp_path)
    (tmp_path / "back.xlsx").write_bytes(edited(change))
    assert "first: a new action behind A-002" in poa("pull", "back.xlsx", "--dry-run").stdout


def test_a_row_that_lost_its_id_is_known_by_its_words(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "actions", "A-002", "timeframe").value = "soon"
        cell(book, "actions", "A-002", "id").value = None

    pulled = pull(tmp_path, edited(change))
    assert [(each["record"], each["field"]) for each in rows(pulled)] == [("A-002", "timeframe")]
    assert "POA744 sheet “actions”: rows without the id they had, known all the same: row 3 (A-002)" in told(
        pulled
    )


def test_an_id_in_other_letters_is_the_same_and_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        cell(book, "actions", "A-001", "id").value = "a-001 "

    pulled = pull(tmp_path, edited(change))
    assert [(each["record"], each.get("proposed")) for each in rows(pulled)] == [
        ("A-001", None),
        ("A-001", PROPOSED),
    ]
    assert "rows without the id they had, known all the same: row 2 (A-001)" in told(pulled)[0]


def test_a_row_without_its_id_whose_text_was_edited_is_no_new_action(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        sheet(book, "actions")["A2"].value = None

    pulled = pull(tmp_path, edited(change))
    (row,) = rows(pulled)
    assert (row.get("kind", "text"), row["record"], row["proposed"]) == (
        "text",
        "A-001",
        PROPOSED,
    )
    assert told(pulled) == [
        "POA744 sheet “actions”: rows without the id they had, known all the same: row 2 (A-001)"
    ]


def test_rows_are_known_by_their_words_where_the_column_of_ids_is_gone(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        sheet(book, "actions").delete_cols(1)

    pulled = pull(tmp_path, edited(change))
    (row,) = rows(pulled)
    assert (row["record"], row["proposed"]) == ("A-001", PROPOSED)
    assert told(pulled) == ["POA744 sheet “actions”: columns are gone or have other names: id"]


def test_a_row_without_its_id_is_the_one_that_it_is_most_like(tmp_path: Path) -> None:
    project, file = _timed(tmp_path)

    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        found["A5"].value, found["D5"].value = None, "States should do it."
        found.delete_rows(4)

    asked = [(each["record"], each.get("proposed")) for each in rows(pull(project, edited(change, file)))]
    assert asked == [("A-004", "States should do it."), ("A-003", None)]


def test_the_names_of_columns_are_known_in_other_letters(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        for at, head in (("A1", "ID"), ("D1", " Text "), ("F1", "ADDRESSEES")):
            sheet(book, "actions")[at].value = head

    pulled = pull(tmp_path, edited(change))
    assert ([each["proposed"] for each in rows(pulled)], told(pulled)) == ([PROPOSED], [])


def test_a_new_row_below_a_new_one_is_of_the_same_action(tmp_path: Path) -> None:
    project, file = _timed(tmp_path)

    def change(book: Workbook) -> None:
        found = sheet(book, "points")
        for row, values in enumerate(
            (["A-003", None, None, None, "One."], [None, None, None, None, "Two."]), 4
        ):
            for column, value in enumerate(values, start=1):
                found.cell(row, column).value = value

    assert [(each["record"], each["proposed"]) for each in rows(pull(project, edited(change, file)))] == [
        ("A-003", "One."),
        ("A-003", "Two."),
    ]


def test_a_set_may_stand_on_several_lines(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(setting("actions", "A-001", "addressees", "election observers\nStates\n")))
    assert [(each["proposed"]) for each in rows(pulled)] == ["observers, states"]
    assert told(pulled) == []


def test_a_refusal_says_what_is_gone(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)

    def change(book: Workbook) -> None:
        for name in ("actions", "points"):
            sheet(book, name).delete_rows(1)

    (tmp_path / "back.xlsx").write_bytes(edited(change))
    finished = poa("pull", "back.xlsx")
    assert finished.status == 1
    assert "POA723 4 of 7 texts of the plan have no row in it" in finished.stderr
    assert "POA744 sheet “actions”: the row with the names of the columns is gone" in finished.stderr


ASTRAY = "POA744 sheet “actions”: rows hold the words of other rows, and nothing is proposed of them"


def test_columns_that_were_sorted_without_their_ids_propose_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        for column in range(2, 14):
            one, other = found.cell(2, column), found.cell(3, column)
            one.value, other.value = other.value, one.value
        found["K2"].value = "typed since"
        found["D3"].comment = Comment("Of whom is this?", "A reader")

    pulled = pull(tmp_path, edited(change))
    assert told(pulled) == [f"{ASTRAY}: row 2 (A-001), row 3 (A-002)"]
    assert [(each.get("record"), each["comment"]) for each in rows(pulled)] == [
        (None, "K2: typed since"),
        (None, "Of whom is this?"),
    ]


def test_cells_that_moved_up_are_no_edits(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions")["D2"].value = sheet(book, "actions")["D3"].value
        sheet(book, "actions")["D3"].value = None

    pulled = pull(tmp_path, edited(change))
    assert told(pulled) == [f"{ASTRAY}: row 2 (A-001)"]
    assert [(each["kind"], each["state"]) for each in rows(pulled)] == [("remove", "unplaced")]


MOVED = "POA744 sheet “actions”: cells hold the words of other cells, which lost them, and nothing is proposed of them"
TIMES = ["by 2018", "by 2019", "by 2020", "by 2021"]


def _timed(folder: Path) -> tuple[Path, bytes]:
    """Give a plan of four actions with a timeframe each, and its workbook."""
    data = small_plan.files()
    actions = data["sections/01-first.yaml"]["actions"]
    actions += [
        {**deepcopy(actions[1]), "id": f"A-00{each}", "text": f"States should do {each}."} for each in (3, 4)
    ]
    for action, time in zip(actions, TIMES, strict=True):
        action["timeframe"] = time
    project = small_plan.write(folder, data)
    return project, of_project(project)


def _column(book: Workbook, column: str, values: list[str | None]) -> None:
    for row, value in enumerate(values, start=2):
        sheet(book, "actions")[f"{column}{row}"].value = value


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ([*TIMES[1:], None], "K2, K3, K4, K5"),
        ([None, *TIMES[:3]], "K2, K3, K4, K5"),
        (TIMES[::-1], "K2, K3, K4, K5"),
        ([TIMES[0], TIMES[2], TIMES[1], TIMES[3]], "K3, K4"),
    ],
)
def test_cells_of_one_column_that_moved_are_no_edits(
    typed: list[str | None], cells: str, tmp_path: Path
) -> None:
    project, file = _timed(tmp_path)
    pulled = pull(project, edited(lambda it: _column(it, "K", typed), file))
    assert (pulled.new, told(pulled)) == ((), [f"{MOVED}: {cells}"])


@pytest.mark.parametrize(
    "typed",
    [["by 2017", "by 2016", "by 2015", "by 2014"], ["by 2019", "by 2022", *TIMES[2:]], [None, *TIMES[1:]]],
)
def test_edits_of_one_column_that_did_not_move_are_edits(typed: list[str | None], tmp_path: Path) -> None:
    project, file = _timed(tmp_path)
    pulled = pull(project, edited(lambda it: _column(it, "K", typed), file))
    expected = [value or "" for value, old in zip(typed, TIMES, strict=True) if value != old]
    assert [each.get("proposed", "") for each in rows(pulled)] == expected


def test_cells_of_a_row_that_moved_aside_are_no_edits(tmp_path: Path) -> None:
    project, file = _timed(tmp_path)

    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        for column in range(5, 14):  # the level is deleted, and the cells behind it move to the left
            found.cell(3, column).value = found.cell(3, column + 1).value
        found["D2"].value = PROPOSED

    pulled = pull(project, edited(change, file))
    amended, status = rows(pulled)
    assert amended["proposed"] == PROPOSED
    assert status["comment"] == "status: “by 2019” in place of “draft”"
    assert f"{MOVED}: E3, F3, G3, H3, I3, K3" in told(pulled)


def test_heads_that_were_exchanged_ask_for_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        found["D1"].value, found["H1"].value = found["H1"].value, found["D1"].value

    pulled = pull(tmp_path, edited(change))
    assert pulled.new == ()
    assert f"{MOVED}: D2, H2, D3, H3" in told(pulled)


def test_a_row_that_was_deleted_but_for_its_words_removes_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        found["D2"].value = found["D3"].value
        found.delete_rows(3)

    pulled = pull(tmp_path, edited(change))
    assert pulled.new == ()
    assert told(pulled) == [f"{ASTRAY}: row 2 (A-001)", "POA744 sheet “actions”: rows are gone: A-002"]


def test_words_that_were_copied_from_another_row_are_an_edit(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(setting("actions", "A-001", "text", "States should answer."))))
    assert (row["record"], row["proposed"]) == ("A-001", "States should answer.")


def test_every_row_that_is_gone_is_named(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "links").delete_rows(2, 100)

    project, file = _timed(tmp_path)
    links = list(sheet(openpyxl.load_workbook(BytesIO(file)), "links").values)[1:]
    (finding,) = pull(project, edited(change, file)).diagnostics
    assert len(links) > 8
    assert finding.message.partition("gone: ")[2] == ", ".join(" ".join(map(str, each[:4])) for each in links)
    assert finding.help.endswith(
        "links follow from the sets of records, each in the sheet of its record: change those"
    )


def test_a_copied_row_is_kept_and_the_original_is_the_row_that_is_like_it(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, "actions")
        found.insert_rows(2)
        for column in range(1, 14):
            found.cell(2, column).value = found.cell(3, column).value
        found["D2"].value = "Observers should write."

    pulled = pull(tmp_path, edited(change))
    (row,) = rows(pulled)
    assert (row["state"], row["comment"]) == ("unplaced", "D2: Observers should write.")
    assert row["context"] == "sheet “actions”, row 2, which has the id of A-001 once more"


# --- columns and sheets ---


def test_columns_are_read_by_the_name_over_them(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        sheet(book, "actions").move_range("D1:D3", cols=12)

    pulled = pull(tmp_path, edited(change))
    assert [each["proposed"] for each in rows(pulled)] == [PROPOSED]
    assert told(pulled) == ["POA746 sheet “actions”: columns stand in another order"]


def test_a_deleted_column_proposes_nothing(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: sheet(it, "actions").delete_cols(8)))
    assert pulled.new == ()
    assert told(pulled) == ["POA744 sheet “actions”: columns are gone or have other names: why"]


def test_a_renamed_column_proposes_nothing_and_its_edits_are_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        cell(book, "actions", "A-001", "why").value = "Another reason."
        sheet(book, "actions")["H1"].value = "Because"

    pulled = pull(tmp_path, edited(change))
    (row,) = rows(pulled)
    assert (row["kind"], row["record"], row["comment"]) == ("comment", "A-001", "Because: Another reason.")
    assert row["context"] == "sheet “actions”, cell H2"
    assert told(pulled) == [
        "POA744 sheet “actions”: columns are gone or have other names: why",
        "POA744 sheet “actions”: columns that were not exported: “Because”",
    ]


def test_a_column_of_remarks_is_kept_at_the_records(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions")["N1"].value, sheet(book, "actions")["N3"].value = "Remarks", "Too short?"

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["record"], row["comment"]) == ("comment", "A-002", "Remarks: Too short?")


def test_a_remark_that_says_what_its_row_says_is_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions")["N1"].value, sheet(book, "actions")["N2"].value = "Should be", "national"

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["record"], row["comment"]) == ("A-001", "Should be: national")


def test_a_column_twice_proposes_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet(book, "actions")["N1"].value, sheet(book, "actions")["N2"].value = "text", PROPOSED

    pulled = pull(tmp_path, edited(change))
    assert [each["kind"] for each in rows(pulled)] == ["comment"]
    assert "POA744 sheet “actions”: a name stands over two columns: text" in told(pulled)


def test_a_sheet_under_another_name_is_known_by_its_head(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        sheet(book, "actions").title = "Our actions"

    pulled = pull(tmp_path, edited(change))
    assert [each["proposed"] for each in rows(pulled)] == [PROPOSED]
    assert told(pulled) == ["POA744 sheet “actions”: the sheet has another name now: “Our actions”"]


def test_a_deleted_sheet_proposes_nothing(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: it.remove(it["points"])))
    assert pulled.new == ()
    assert told(pulled) == ["POA744 sheet “points”: the sheet is not there"]


def test_a_new_sheet_is_kept_row_by_row(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = book.create_sheet("Notes")
        found["B2"], found["C2"], found["B3"] = "Ask the chair", 7, "A-001"

    first, second = rows(pull(tmp_path, edited(change)))
    assert (first["state"], first["context"]) == ("unplaced", "sheet “Notes”, row 2")
    assert first["comment"] == "B2: Ask the chair\nC2: 7 (a number)"
    assert second["comment"] == "B3: A-001"


def test_a_row_of_words_that_were_exported_elsewhere_is_kept_with_all_of_them(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        found = book.create_sheet("Votes")
        found["A1"], found["B1"], found["A2"], found["B2"] = "A-001", "draft", "A-002", "no"

    kept = [each["comment"] for each in rows(pull(tmp_path, edited(change)))]
    assert kept == ["A1: A-001\nB1: draft", "A2: A-002\nB2: no"]


def test_a_sheet_that_was_copied_and_not_edited_says_nothing(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.copy_worksheet(sheet(book, "actions")).title = "actions (2)"

    pulled = pull(tmp_path, edited(change))
    assert pulled.new == ()
    assert told(pulled) == ["POA744 sheet “actions (2)”: the sheet was not exported"]


def test_a_row_above_the_head_is_kept(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        sheet(book, "actions").insert_rows(1)
        sheet(book, "actions")["A1"].value = "Draft of Tuesday"

    kept, row = rows(pull(tmp_path, edited(change)))
    assert (kept["context"], kept["comment"]) == ("sheet “actions”, row 1", "A1: Draft of Tuesday")
    assert row["proposed"] == PROPOSED


def test_most_of_the_plan_gone_is_asked_about_first(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for each in ("actions", "points", "paragraphs"):
            book.remove(book[each])

    content = edited(change)
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, content)
    assert "texts of the plan have no row in it" in refused.value.diagnostics[0].message
    assert pull(tmp_path, content, force=True).new == ()


# --- what a cell can hold ---


@pytest.mark.parametrize(
    ("typed", "code", "comment"),
    [
        (date(2026, 1, 2), "POA743", "text: 2026-01-02 (a date) in place of “Observers should report"),
        (7, "POA743", "text: 7 (a number) in place of"),
        (True, "POA743", "text: TRUE (true or false) in place of"),
        ("=A1&B1", "POA743", "text: (the formula =A1&B1)"),
    ],
)
def test_what_is_no_text_is_told_and_nothing_else(
    typed: Any, code: str, comment: str, tmp_path: Path
) -> None:
    pulled = pull(tmp_path, edited(setting("actions", "A-001", "text", typed)))
    (row,) = rows(pulled)
    assert (row["kind"], row["record"], row["context"]) == ("comment", "A-001", "sheet “actions”, cell D2")
    assert row["comment"].startswith(comment)
    (finding,) = pulled.diagnostics
    assert finding.code == code
    assert "“actions”" in finding.message
    assert "D2" in finding.message


@pytest.mark.parametrize(
    ("name", "key", "column", "typed", "place", "help_"),
    [
        ("actions", "A-001", "status", "agreed", "A-001", "`poa withdraw`"),
        ("actions", "A-001", "number", "99", "A-001", "numbers follow from the order"),
        ("actions", "A-001", "from", "A-002", "A-001", "change it in the file of the plan"),
        ("recommendations", "hres-2015-02-r1", "text", "Tell everybody.", None, "change it in the file"),
        ("instruments", "iccpr", "title", "The Covenant", None, "change it in the file"),
    ],
)
def test_what_cannot_be_amended_is_kept_and_said_how_to_do_it(  # noqa: PLR0913, PLR0917 - a case
    name: str, key: str, column: str, typed: str, place: str | None, help_: str, tmp_path: Path
) -> None:
    pulled = pull(tmp_path, edited(setting(name, key, column, typed)))
    (row,) = rows(pulled)
    assert (row["kind"], row.get("record")) == ("comment", place)
    assert row["comment"].startswith(f"{column}: “{typed}” in place of “")
    (finding,) = pulled.diagnostics
    assert finding.message.startswith(
        f"sheet “{name}”: no amendment can change the column {column}; 1 cell changed"
    )
    assert finding.help.startswith(help_)


def test_an_edited_link_is_told(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: _type(it, "links", "D2", "states")))
    assert [each["kind"] for each in rows(pulled)] == ["comment"] or "POA744" in told(pulled)[0]


def test_an_emptied_text_is_kept_as_unplaced(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(setting("actions", "A-001", "why", None)))
    (row,) = rows(pulled)
    assert (row["kind"], row["state"]) == ("remove", "unplaced")
    assert row["context"] == "sheet “actions”, cell H2: the why of A-001: the whole why is taken out"


def test_a_set_with_a_name_that_is_not_known_is_kept_as_unplaced(tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(setting("actions", "A-001", "addressees", "observers, martians"))))
    assert (row["state"], row["proposed"]) == ("unplaced", "observers, martians")
    assert row["context"].endswith("the addressees of A-001: “martians” is not known")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Observers  should report to the treaty bodies. ", "only white space was changed"),
        ("Observers\nshould report to the treaty bodies.", "only white space was changed"),
    ],
)
def test_white_space_alone_is_told(typed: str, said: str, tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(setting("actions", "A-001", "text", typed)))
    assert pulled.new == ()
    assert told(pulled) == [f"POA746 sheet “actions”: {said}: D2"]


@pytest.mark.parametrize("typed", ["\u00a0", "\u200b", " \u2028", "\u3000", "\ufeff"])
def test_a_cell_in_which_nobody_sees_anything_is_empty(typed: str, tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(setting("actions", "A-001", "timeframe", typed)))
    assert (pulled.new, pulled.diagnostics) == ((), ())


def test_line_breaks_in_a_changed_text_are_told(tmp_path: Path) -> None:
    typed = "Observers shall report\nto the treaty bodies."
    pulled = pull(tmp_path, edited(setting("actions", "A-001", "text", typed)))
    assert [each["proposed"] for each in rows(pulled)] == [PROPOSED]
    assert told(pulled) == ["POA746 sheet “actions”: line breaks were read as spaces: D2"]


@pytest.mark.parametrize(
    "typed",
    [
        "Observers\u00a0should report to the treaty bodies.",
        "“Observers” should report to the treaty bodies’.",
    ],
)
def test_characters_that_look_alike_are_kept_as_typed(typed: str, tmp_path: Path) -> None:
    (row,) = rows(pull(tmp_path, edited(setting("actions", "A-001", "text", typed))))
    assert row["proposed"] == typed


def test_words_in_several_looks_are_one_text_and_struck_ones_are_told(tmp_path: Path) -> None:
    struck = TextBlock(InlineFont(strike=True), "should")
    typed = CellRichText("Observers ", struck, " shall report to the treaty bodies.")
    first, second = rows(pull(tmp_path, edited(setting("actions", "A-001", "text", typed))))
    assert first["proposed"] == "Observers should shall report to the treaty bodies."
    assert second["comment"] == "struck through in the cell: “should”"


def _partly_struck() -> CellRichText:
    return CellRichText("States ", TextBlock(InlineFont(strike=True), "never"), " answer.")


@pytest.mark.parametrize(
    ("name", "at", "said"),
    [
        ("actions", "D4", "text: struck through: “never”"),
        ("actions", "N2", "States never answer.; struck through: “never”"),
        ("actions", "N60", "N60: States never answer.; struck through: “never”"),
        ("Mine", "A1", "A1: States never answer.; struck through: “never”"),
        ("links", "A60", "A60: States never answer.; struck through: “never”"),
    ],
)
def test_what_is_struck_through_is_told_wherever_it_stands(
    name: str, at: str, said: str, tmp_path: Path
) -> None:
    def change(book: Workbook) -> None:
        found = sheet(book, name) if name in book.sheetnames else book.create_sheet(name)
        found[at].value = _partly_struck()

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["comment"] == said


@pytest.mark.parametrize(("looks", "said"), [(InlineFont(), "never"), (None, "States never")])
def test_what_a_run_says_of_its_looks_counts_before_what_its_cell_says(
    looks: InlineFont | None, said: str, tmp_path: Path
) -> None:
    """LibreOffice strikes the whole cell through whose first words are, and says of the others that they are not."""

    def change(book: Workbook) -> None:
        first = TextBlock(looks, "States ") if looks else "States "
        struck = TextBlock(InlineFont(strike=True), "never")
        found = sheet(book, "actions")["N2"]
        found.value = CellRichText(first, struck, TextBlock(InlineFont(sz=11), " answer."))
        found.font = Font(strike=True)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["comment"] == f"States never answer.; struck through: “{said}”"


def test_a_row_that_went_out_and_is_struck_through_elsewhere_is_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        copied = book.copy_worksheet(book["actions"])
        copied.title = "Copy"
        copied["D2"].font = Font(strike=True)

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (
        row["comment"]
        == "D2: Observers should report to the treaty bodies.; struck through: “Observers should report to the treaty bodies.”"
    )


def test_merged_cells_are_told_and_none_is_proposed(tmp_path: Path) -> None:
    pulled = pull(tmp_path, edited(lambda it: sheet(it, "actions").merge_cells("D2:D3")))
    assert pulled.new == ()
    assert told(pulled) == [
        "POA744 sheet “actions”: cells are merged, and one of them alone keeps words: D2:D3"
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ('&C&"Times New Roman,Regular"&12&KffffffPlease mind A-003 && A-004', ["Please mind A-003 & A-004"]),
        ("&LPlease mind&RPage &P of &N", ["Please mind Page of"]),
        ("&CPage &P", []),
        ("&A", []),
        ("&C&G", []),
    ],
)
def test_what_is_typed_into_the_head_of_pages_is_kept(header: str, said: list[str], tmp_path: Path) -> None:
    part = with_part(
        "xl/worksheets/sheet1.xml",
        lambda it: it.replace(
            b"</worksheet>",
            f"<headerFooter><oddHeader>{escape(header)}</oddHeader></headerFooter></worksheet>".encode(),
        ),
    )
    found = rows(pull(tmp_path, part))
    assert [(each["comment"], each["context"]) for each in found] == [
        (each, "sheet “actions”, in the head or the foot of its pages") for each in said
    ]


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        EDIT(book)
        found = sheet(book, "actions")
        found.row_dimensions[2].hidden = True
        found.column_dimensions["D"].hidden = True
        found.sheet_state = "hidden"

    pulled = pull(tmp_path, edited(change))
    assert [each["proposed"] for each in rows(pulled)] == [PROPOSED]
    assert told(pulled) == [
        "POA746 sheet “actions”: the sheet is hidden",
        "POA746 sheet “actions”: rows are hidden: 1",
        "POA746 sheet “actions”: columns are hidden: D",
    ]


@pytest.mark.parametrize(
    ("name", "at", "place"),
    [
        ("actions", "D2", ("A-001", "text")),
        ("actions", "J2", ("A-001", None)),
        ("points", "E2", ("A-001", "points.a")),
        ("actors", "B2", (None, None)),
    ],
)
def test_comments_on_cells_are_comments_on_texts(
    name: str, at: str, place: tuple[str, str], tmp_path: Path
) -> None:
    def change(book: Workbook) -> None:
        sheet(book, name)[at].comment = Comment("Is this so?", "A reader")

    (row,) = rows(pull(tmp_path, edited(change)))
    assert (row["kind"], row["proposer"], row["comment"]) == ("comment", "A reader", "Is this so?")
    assert (row.get("record"), row.get("field")) == place
    assert row["context"] == f"sheet “{name}”, cell {at}"


# --- versions ---


def test_edits_are_compared_with_what_the_file_keeps_where_the_plan_moved_on(tmp_path: Path) -> None:
    files = small_plan.files()
    files["sections/01-first.yaml"]["actions"][0]["text"] = "Observers might report to the treaty bodies."
    small_plan.write(tmp_path, files)
    pulled = pull(tmp_path, edited(EDIT))
    (row,) = rows(pulled)
    assert row["original"] == "Observers should report to the treaty bodies."
    assert "base" not in row
    assert [each.code for each in pulled.diagnostics] == ["POA726"]
    assert pulled.version == ""


def test_an_edit_of_what_the_plan_has_no_more_is_kept_and_said_to_be_so(tmp_path: Path) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"]["actions"][1]["id"] = "A-009"
    small_plan.write(tmp_path, data)
    pulled = pull(tmp_path, edited(setting("actions", "A-002", "text", "States must answer.")))
    (row,) = rows(pulled)
    assert row["comment"] == "text: “States must answer.” in place of “States should answer.”"
    assert told(pulled) == [
        "POA742 sheet “actions”: cells were changed whose text the plan has no more: D3 (A-002)"
    ]


def test_a_workbook_of_another_plan_is_asked_about_first(tmp_path: Path) -> None:
    files = small_plan.files()
    for each in ("introduction", "front"):
        files["plan.yaml"][each][0]["text"] = "Of another plan."
    section = files["sections/01-first.yaml"]
    section["chapeau"][0]["text"] = "Of another plan."
    for each in section["actions"]:
        each["text"] = "Of another plan."
    content = edited(EDIT, of_project(small_plan.write(tmp_path / "other", files)))
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path / "mine", content)
    assert refused.value.diagnostics[0].message == "5 of 7 texts of the plan are others than it keeps"
    assert [each["record"] for each in rows(pull(tmp_path / "mine", content, force=True))] == ["A-001"]


def test_a_workbook_of_a_baseline_is_known_as_such(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    assert poa("baseline", "create", "first").status == 0
    files = small_plan.files()
    files["sections/01-first.yaml"]["actions"][0]["text"] = "Observers might report to the treaty bodies."
    (tmp_path / "plan/sections/01-first.yaml").unlink()
    small_plan.write(tmp_path, files)
    pulled = pull(tmp_path, edited(EDIT))
    assert (pulled.version, pulled.diagnostics) == ("baseline first", ())


def test_a_sheet_that_only_begins_like_the_hidden_one_is_read(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("Thanks", 0)["A1"] = "poa-toolkit is new to me"

    (row,) = rows(pull(tmp_path, edited(change)))
    assert row["comment"] == "A1: poa-toolkit is new to me"


@pytest.mark.parametrize(
    "change", [lambda it: it.remove(it["poa"]), lambda it: _type(it, "poa", "D4", "other words")]
)
def test_a_workbook_that_does_not_say_what_was_exported_is_refused(
    change: Callable[[Workbook], None], tmp_path: Path
) -> None:
    with pytest.raises(RefusedFileError) as refused:
        pull(tmp_path, edited(change))
    assert refused.value.diagnostics[0].code == "POA745"


def test_a_text_that_would_be_a_formula_comes_home_as_it_was(tmp_path: Path) -> None:
    files = small_plan.files()
    for index, text in enumerate(("=1+1", "-2 is less", "_x0041_ is no A", "'quoted'")):
        files["plan.yaml"]["introduction"].append({"id": f"P-1{index}", "text": text})
    project = small_plan.write(tmp_path, files)
    for content in (of_project(project), edited(lambda _: None, of_project(project))):
        assert pull(project, content).new == ()
