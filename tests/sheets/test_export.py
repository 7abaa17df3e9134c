"""`poa export`: every record in every format, each text exactly, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import followed_plan
import openpyxl
import pyarrow.parquet as pq
import pytest
import small_plan
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from sheet_editing import exported, of_project

from poa_toolkit.api import export
from poa_toolkit.document.record_tables import Column, Table
from poa_toolkit.model.base import Record
from poa_toolkit.model.fields import fields
from poa_toolkit.model.plan import Plan
from poa_toolkit.sheets.sheet import Sheet
from poa_toolkit.sheets.text_files import to_csv
from poa_toolkit.sheets.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Poa

WHEN = datetime(2017, 12, 5, tzinfo=UTC)
RUNS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "'quoted", "=cmd|' /C calc'!A0", "#N/A", "007", "1-2", "TRUE"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1)


def _plan(text: str) -> dict[str, Any]:
    files = small_plan.files()
    files["sections/01-first.yaml"]["actions"][0]["text"] = text
    return files


def _rows(file: bytes, name: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(BytesIO(file))[name].values
    return [dict(zip(map(str, head), each, strict=True)) for each in rows]


def test_a_workbook_has_a_sheet_for_each_kind_of_record_and_one_of_links() -> None:
    book = openpyxl.load_workbook(BytesIO(exported()))
    shown = [each.title for each in book if each.sheet_state == "visible"]
    assert shown[:4] == ["actions", "points", "sections", "paragraphs"]
    assert shown[-1] == "links"
    assert [each.title for each in book if each.sheet_state != "visible"] == ["poa"]


def test_rows_have_ids_printed_numbers_and_the_words_as_the_plan_has_them() -> None:
    first, second = _rows(exported(), "actions")
    assert (first["id"], first["section"], first["number"]) == ("A-001", "first", "3")
    assert first["text"] == "Observers should report to the treaty bodies."
    assert (second["addressees"], second["provisions"], second["timeframe"]) == (
        "states",
        "iccpr 25(b)",
        None,
    )
    assert [(each["action"], each["id"], each["number"]) for each in _rows(exported(), "points")] == [
        ("A-001", "a", "3 (a)"),
        ("A-001", "b", "3 (b)"),
    ]


def test_links_say_what_they_lead_to(tmp_path: Path) -> None:
    files = small_plan.files()
    action = files["sections/01-first.yaml"]["actions"][0]
    action["provisions"] = ["iccpr 25(b)", "iccpr 99", "nowhere 1"]
    action["text"] = "Observers, as {A-002} and {A-009} say, should report."
    project = small_plan.write(tmp_path, files)
    links = {
        (each["field"], each["to_id"]): each["status"]
        for each in _rows(of_project(project), "links")
        if each["from_id"] == "A-001"
    }
    assert links[("provisions", "iccpr 25(b)")] == "listed"
    assert links[("provisions", "iccpr 99")] == "no-provision"
    assert links[("provisions", "nowhere 1")] == "no-instrument"
    assert (links[("text", "A-002")], links[("text", "A-009")]) == ("listed", "no-record")


def test_a_sheet_is_ready_to_work_in() -> None:
    sheet = openpyxl.load_workbook(BytesIO(exported()))["actions"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:M3")
    assert all(
        cell.alignment.wrap_text and cell.number_format == "@" for row in sheet["A2:M3"] for cell in row
    )
    widths = [sheet.column_dimensions[each].width for each in "AD"]
    assert widths[0] < widths[1] <= 46


@pytest.mark.parametrize("text", RUNS)
def test_no_text_is_ever_a_formula_and_each_is_read_back_exactly(text: str) -> None:
    file = workbook((Sheet("a", ("x",), ((text,),)),), title="t", when=WHEN)
    part = zipfile.ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in part
    cell = openpyxl.load_workbook(BytesIO(file))["a"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@given(TEXTS)
def test_csv_runs_nothing_and_loses_nothing(text: str) -> None:
    table = Table("a", (Column("x"), Column("n", int)), ((text, 1),))
    made = to_csv(table).decode("utf-8-sig")
    (_, (cell, number)) = csv.reader(StringIO(made, newline=""), strict=True)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (cell.removeprefix("'"), number) == (text, "1")


@given(TEXTS)
def test_a_program_that_parts_cells_by_semicolons_and_tabs_too_finds_the_same(text: str) -> None:
    table = Table("a", (Column("x"), Column("y")), ((text, f"a;=1+1\t{text}"),))
    made = to_csv(table).decode("utf-8-sig").partition("\r\n")[2].removesuffix("\r\n")
    found = re.split(r'[,;\t](?=(?:[^"]*"[^"]*")*[^"]*$)', made)
    cells = [each[1:-1].replace('""', '"') if each.startswith('"') else each for each in found]
    assert [each.removeprefix("'") for each in cells] == [text, f"a;=1+1\t{text}"]


def test_csv_is_that_of_the_standard_and_excel_knows_its_encoding(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    assert poa("export", "--to", "csv", "-o", "out").status == 0
    made = (tmp_path / "out" / "actions.csv").read_bytes()
    assert made.startswith(b"\xef\xbb\xbfid,section,number,text,")
    assert made.count(b"\r\n") == made.count(b"\n") == 3


def test_json_lines_hold_every_record_and_say_of_which_table(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    finished = poa("export", "--to", "jsonl", "-o", "plan.jsonl")
    assert (finished.status, finished.stderr) == (0, "plan.jsonl: written\n")
    found = [json.loads(each) for each in (tmp_path / "plan.jsonl").read_text("utf-8").splitlines()]
    action = next(each for each in found if each["table"] == "actions")
    assert (action["id"], action["addressees"], action["plan_version"]) == (
        "A-001",
        ["observers"],
        "working tree",
    )
    assert "timeframe" not in action
    assert "treaty" in {each["kind"] for each in found if each["table"] == "instruments"}


def test_parquet_is_typed_and_says_of_which_text_it_is(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    assert poa("export", "--to", "parquet", "-o", "out").status == 0
    table = pq.read_table(tmp_path / "out" / "sources.parquet")
    assert table.column("dates").to_pylist() == [[date(2015, 2, 11), date(2015, 2, 12)], None]
    assert table.column("verified").to_pylist()[0] is False
    (digest,) = set(table.column("plan_digest").to_pylist())
    assert poa("status").stdout.count(digest) == 1


ALL = """
import sys
from poa_toolkit.cli.main import main
for form in sys.argv[2:]:
    main(["export", "--to", form, "-o", f"{sys.argv[1]}-{form}"])
"""


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    small_plan.write(tmp_path)
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", ALL, seed, *export.FORMATS]
        subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    for form in export.FORMATS:
        one, two = ([path.read_bytes() for path in _files(tmp_path / f"{seed}-{form}")] for seed in "12")
        assert one == two, form


def _files(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


@pytest.mark.parametrize("is_followed", [False, True])
def test_every_record_with_an_id_has_a_table(tmp_path: Path, *, is_followed: bool) -> None:
    """A kind of record that is added to the model is not forgotten here."""
    project = followed_plan.write(tmp_path) if is_followed else ROOT
    found = export.read_version(project)
    names = {each.name for each in found.tables}
    assert {"actions", "points", "links", "stages", "parts"} <= names
    rows = sum(len(each.rows) for each in found.tables if each.name not in ("links", "plan"))
    ids = sum(
        1 for record in _records(found.plan) if "id" in fields(type(record)) or "ref" in fields(type(record))
    )
    assert rows - sum(len(each.rows) for each in found.tables if each.name == "endorsements") == ids


def _records(value: Any) -> Iterator[Record]:
    """Walk over all records of a plan by what pydantic says of it, not by the model's own walks."""
    if isinstance(value, Record):
        if not isinstance(value, Plan):
            yield value
        for name in type(value).model_fields:
            yield from _records(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _records(each)


def test_every_field_is_a_column_or_a_table(tmp_path: Path) -> None:
    found = {each.name: each for each in export.read_version(small_plan.write(tmp_path)).tables}
    assert [each.name for each in found["actions"].columns] == [
        "id", "section", "number", "text", "level", "addressees", "recommendations", "why", "provisions",
        "status", "timeframe", "from", "reason",
    ]  # fmt: skip
    assert "response.position" in [each.name for each in found["recommendations"].columns]


def test_a_text_too_long_for_a_cell_is_refused_with_its_place(tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path, _plan("Long. " * 6000))
    finished = poa("export", "--to", "xlsx", "-o", "plan.xlsx")
    assert finished.status == 1
    assert finished.stderr.startswith("plan/sections/01-first.yaml:")
    assert (
        "error POA741 actions A-001: text has 36000 characters; a cell of a spreadsheet holds 32767"
        in finished.stderr
    )
    assert not (tmp_path / "plan.xlsx").exists()
    assert poa("export", "--to", "jsonl", "-o", "plan.jsonl").status == 0


def test_a_plan_with_a_record_that_cannot_be_read_is_not_exported(tmp_path: Path, poa: Poa) -> None:
    files = small_plan.files()
    files["sections/01-first.yaml"]["actions"][0]["status"] = "dreamt"
    small_plan.write(tmp_path, files)
    finished = poa("export", "--to", "jsonl", "-o", "plan.jsonl")
    assert finished.status == 1
    assert "nothing was exported" in finished.stderr
    assert not (tmp_path / "plan.jsonl").exists()


def test_a_plan_with_errors_that_can_be_read_is_exported_and_it_is_said(tmp_path: Path, poa: Poa) -> None:
    files = small_plan.files()
    files["sections/01-first.yaml"]["actions"][0]["provisions"] = ["iccpr 99"]
    small_plan.write(tmp_path, files)
    finished = poa("export", "--to", "jsonl", "-o", "plan.jsonl")
    assert finished.status == 0
    assert "is exported as it is; see `poa validate`" in finished.stderr


@pytest.mark.parametrize(("form", "is_folder"), [("xlsx", True), ("csv", False)])
def test_a_path_of_the_wrong_kind_is_refused(form: str, is_folder: bool, tmp_path: Path, poa: Poa) -> None:  # noqa: FBT001
    small_plan.write(tmp_path)
    (tmp_path / "out").mkdir() if is_folder else (tmp_path / "out").touch()
    finished = poa("export", "--to", form, "-o", "out")
    assert finished.status == 2
    assert "and out is none" in finished.stderr


@pytest.mark.parametrize("output", ["plan/x.jsonl", ".git/x"])
def test_what_the_plan_and_git_keep_is_left_alone(output: str, tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path)
    assert poa("export", "--to", "jsonl", "-o", output).status == 2


@pytest.mark.parametrize(("form", "library"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_format_whose_library_is_missing_says_what_to_install(
    form: str, library: str, tmp_path: Path, poa_process: Poa
) -> None:
    small_plan.write(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nreal = u.find_spec\n"
        f"u.find_spec = lambda name, *given: None if name == {library!r} else real(name, *given)\n",
        "utf-8",
    )
    finished = poa_process("export", "--to", form, "-o", "out", env={"PYTHONPATH": str(tmp_path)})
    assert finished.status == 2
    assert f"run `pip install 'poa-toolkit[{form}]'`" in finished.stderr


def test_what_is_reported_on_actions_has_a_table(tmp_path: Path) -> None:
    entry = followed_plan.entry(indicator="IND-001", value="7")
    project = followed_plan.write(tmp_path, entry, followed_plan.entry(text="Begun."))
    found = {each.name: each for each in export.read_version(project).tables}
    names = [each.name for each in found["progress"].columns]
    rows = [dict(zip(names, row, strict=True)) for row in found["progress"].rows]
    assert [(each["action"], each["indicator"], each["value"]) for each in rows] == [
        ("A-001", "IND-001", "7"),
        ("A-001", None, None),
    ]
    assert {row[0] for row in found["indicators"].rows} == {"IND-001", "IND-002"}
    for form, make in {**export.FILES, **export.FOLDERS}.items():
        assert make(export.read_version(project)), form


def test_what_is_reported_on_an_action_is_not_taken_for_its_text(tmp_path: Path, poa: Poa) -> None:
    project = followed_plan.write(tmp_path / "p", followed_plan.entry(text="Begun."))
    assert poa("-C", project, "export", "--to", "xlsx", "-o", tmp_path / "plan.xlsx").status == 0
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    unedited = poa("-C", project, "pull", "--dry-run", tmp_path / "plan.xlsx")
    assert (unedited.status, unedited.stderr) == (0, "")
    sheet = book["progress"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("text") + 1).value = "Begun, and done."
    book.save(tmp_path / "plan.xlsx")
    edited = poa("-C", project, "pull", "--dry-run", tmp_path / "plan.xlsx")
    assert "no amendment can change the column text; 1 cell changed" in edited.stderr
    assert "text: “Begun, and done.” in place of “Begun.”" in edited.stdout
