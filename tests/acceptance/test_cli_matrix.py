"""`poa matrix`: what a secretariat types, and what it is given."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
import small_plan
from conftest import ROOT
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Golden, Poa


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("section.txt", ("--section", "VI")),
        ("state.md", ("--state", "Slovenia", "--format", "markdown")),
        ("theme.txt", ("--rows", "provisions", "--theme", "assembly")),
        ("actions.txt", ("--rows", "actions", "--by", "provisions", "--addressee", "parliaments")),
        ("heat-map.txt", ("--heat-map",)),
    ],
)
def test_the_shipped_plan_reads_well(
    poa: Poa, golden: Golden, shipped: Path, name: str, words: tuple[str, ...]
) -> None:
    done = poa("-C", shipped, "matrix", *words)
    assert (done.status, done.stderr) == (0, "")
    golden(f"matrix/{name}", done.stdout)


def test_no_id_is_cut_in_two_in_a_terminal(poa: Poa, shipped: Path) -> None:
    done = poa("-C", shipped, "matrix", "--rows", "actions")
    named = YAML(typ="safe").load(shipped / "plan" / "sections" / "05-participation.yaml")["actions"]
    for action in named:
        for name in action["recommendations"] if action["status"] == "agreed" else ():
            assert re.search(rf"(?<!\S){re.escape(name)}(?=[,\s])", done.stdout), name
    assert re.search(r"^Paragraph  Text ", done.stdout, re.MULTILINE)


def test_the_choices_that_there_are_stand_on_one_line(poa: Poa, shipped: Path) -> None:
    done = poa("-C", shipped, "export", "-o", "plan.xlsx")
    assert done.status == 2
    assert re.fullmatch(r"poa: Missing option '--to'\. Choose from: [a-z, ]+ \(see .*\)\n", done.stderr)


@pytest.mark.parametrize("version", [(), ("day-1",), ("draft",)])
@pytest.mark.parametrize("rows", ["recommendations", "provisions", "actions"])
def test_the_json_is_as_its_schema_says(poa: Poa, shipped: Path, rows: str, version: tuple[str, ...]) -> None:
    schema = json.loads((ROOT / "schema/matrix.schema.json").read_text("utf-8"))
    found = json.loads(poa("-C", shipped, "matrix", *version, "--rows", rows, "--format", "json").stdout)
    Draft202012Validator(schema).validate(found)
    assert found["linked"]
    named = {name for each in found["linked"] for name in each["links"]}
    named = {each["record"] for each in found["linked"]} if rows == "actions" else named
    assert named <= found["numbers"].keys()


def test_no_link_of_a_page_leads_nowhere(poa: Poa, shipped: Path) -> None:
    page = poa("-C", shipped, "matrix", "--format", "html").stdout
    assert 'href="#Matrix.gaps"' in page
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_the_word_annex_lies_on_its_side_and_holds_the_matrix_the_themes_and_the_pictures(
    poa: Poa, tmp_path: Path, shipped: Path
) -> None:
    done = poa("-C", shipped, "matrix", "--format", "docx", "-o", tmp_path / "annex.docx")
    assert (done.status, done.stderr) == (0, "")
    content = (tmp_path / "annex.docx").read_bytes()
    word = docx.Document(BytesIO(content))
    (section,) = word.sections
    assert int(section.page_width or 0) > int(section.page_height or 0) > 0
    heads = [each.text for each in word.paragraphs if each.style and each.style.name == "POA Report Heading"]
    assert "Day 2: agreement, 5 December 2017 (as it stands)" in section.header.paragraphs[0].text
    assert heads == ["Not taken up", "Taken up", "Themes by section", "In pictures"]
    said = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert said == [
        "Of 21 obligations, printed actions serve 21.",
        "73 recommendations of 9 mechanisms and consultations: 65 taken up; 8 not taken up, with a reason; 0 not taken up, no reason recorded.",
        "86 changes from draft to day-1; 116 changes from day-1 to working tree.",
    ]
    again = poa("-C", shipped, "matrix", "--format", "docx", "-o", tmp_path / "again.docx")
    assert again.status == 0
    assert (tmp_path / "again.docx").read_bytes() == content


def test_a_workbook_has_a_sheet_for_each_table_and_no_text_of_it_is_a_formula(
    poa: Poa, tmp_path: Path
) -> None:
    data = small_plan.files()
    gist = '=HYPERLINK("http://127.0.0.1","x")'
    data["recommendations/hres-2015-02.yaml"]["recommendations"][0]["text"] = gist
    file = tmp_path / "matrix.xlsx"
    done = poa("-C", small_plan.write(tmp_path, data), "matrix", "--format", "xlsx", "-o", file)
    assert (done.status, done.stderr) == (0, "")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Not taken up", "At a glance", "Taken up", "Themes by section"]
    first = book["Taken up"][2]
    assert [each.value for each in first][::2] == [
        "hres-2015-02-r1", gist, "International Covenant on Civil and Political Rights, art.\u00a025(b)",
    ]  # fmt: skip
    assert [each.data_type for each in first] == ["s", "s", "s", "n", "s"]
    assert [each.value for each in book["Themes by section"][2]] == ["2. Right to vote", 2, 2]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "docx"), "poa: a Word file goes to a file: name it with -o FILE"),
        (("--format", "xlsx"), "poa: a workbook goes to a file: name it with -o FILE"),
        (("--heat-map", "--section", "I"), "poa: --heat-map counts every printed action; it takes neither --by nor a filter"),
        (("--theme", "votes"), 'poa: no theme "votes"; did you mean "vote"?'),
        (("--theme", "Legal Framework"), 'poa: nothing in a plan is linked to a part of an election, such as "Legal Framework"; name an obligation'),
        (("--by", "provisions"), "poa: recommendations meet provisions only through actions"),
        (("no-such-version",), 'poa: there is no baseline, git revision or folder "no-such-version"'),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_a_line(poa: Poa, shipped: Path, words: tuple[str, ...], message: str) -> None:
    done = poa("-C", shipped, "matrix", *words)
    assert (done.status, done.stdout) == (2, "")
    assert message in done.stderr


def test_records_that_cannot_be_read_are_left_out_and_no_number_is_guessed(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["sections/01-first.yaml"]["actions"][0]["status"] = "nonsense"
    done = poa("-C", small_plan.write(tmp_path, data), "matrix")
    assert (done.status, done.stderr) == (
        0,
        "some records cannot be read and are left out; see `poa validate`\n",
    )
    assert re.search(r"^hres-2015-02-r2 .*A-002", done.stdout, re.MULTILINE)


def test_amendments_are_counted_by_their_state(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    made = {
        "record": "A-002",
        "field": "text",
        "original": "States should answer.",
        "proposer": "Delegation A",
    }
    data["amendments/floor.yaml"] = {
        "amendments": [
            {
                "id": f"floor-{number}",
                "proposed": f"States shall answer {number}.",
                "date": "2017-12-04",
                **made,
            }
            for number in (1, 2)
        ]
    }
    page = poa("-C", small_plan.write(tmp_path, data), "status", "--format", "html").stdout
    assert "2 amendments: 2 open." in page
