"""`poa status`: where the text stands, as the chair of a meeting reads it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import small_plan
from conftest import ROOT
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from conftest import Golden, Poa

BRACKETED = "Observers [observers: shall | [may | should]] report [soon]."


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    return tmp_path


def _bracketed(project: Path, **amendment: Any) -> Path:
    data = small_plan.files()
    actions = data["sections/01-first.yaml"]["actions"]
    actions[0]["text"] = BRACKETED
    actions[0]["points"][1]["text"] = "And [after | before] it."
    actions[1] |= {"status": "withdrawn", "reason": "Overtaken.", "text": "States [should] answer."}
    if amendment:
        data["amendments/floor.yaml"] = {"amendments": [amendment]}
    return small_plan.write(project, data)


def _json(poa: Poa, project: Path, *arguments: str) -> Any:
    done = poa("-C", project, "status", "--format", "json", *arguments)
    assert (done.status, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("version", ["day-1", ""])
def test_the_shipped_plan_reads_well(
    poa: Poa, golden: Golden, shipped: Path, form: str, version: str
) -> None:
    done = poa("-C", shipped, "status", "--format", form, *([version] if version else []))
    assert done.status == 0
    golden(f"status/{version or 'working-tree'}.{'md' if form == 'markdown' else 'txt'}", done.stdout)


def test_the_json_is_as_its_schema_says(poa: Poa, shipped: Path) -> None:
    schema = json.loads((ROOT / "schema/status.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for version in ((), ("day-1",), ("draft",)):
        Draft202012Validator(schema).validate(_json(poa, shipped, *version))


def test_brackets_are_listed_with_their_holder_those_of_a_withdrawn_action_are_not(
    poa: Poa, tmp_path: Path
) -> None:
    found = _json(poa, _bracketed(tmp_path))
    assert [(each["record"], each["field"], each["holder"], each["text"]) for each in found["brackets"]] == [
        ("A-001", "text", "observers", "[observers: shall | [may | should]]"),
        ("A-001", "text", "", "[may | should]"),
        ("A-001", "text", "", "[soon]"),
        ("A-001", "points.b", "", "[after | before]"),
    ]
    assert found["sections"][0]["brackets"] == 4
    assert found["statuses"] == {"draft": 1, "withdrawn": 1}


def test_what_keeps_the_text_from_the_next_stage_is_said(poa: Poa, tmp_path: Path) -> None:
    project = _bracketed(tmp_path)
    blocking = _json(poa, project)["blocking"]
    assert [each["stage"] for each in blocking] == ["day-1", "day-2"]
    assert blocking[0]["errors"] == []
    assert {each["code"] for each in blocking[1]["errors"]} == {"POA402", "POA403"}
    said = " ".join(poa("-C", project, "status").stdout.split())
    assert "Nothing blocks stage day-1; 3 errors block stage day-2." in said
    assert "plan/sections/01-first.yaml:" in said


def test_many_errors_of_one_code_are_counted_with_the_command_that_lists_them(
    poa: Poa, shipped: Path
) -> None:
    said = " ".join(poa("-C", shipped, "status", "day-1").stdout.split())
    assert "POA403: 40 more; poa validate --version day-1 --stage day-2 --select POA403 lists them" in said
    listed = poa("-C", shipped, "validate", "--version", "day-1", "--stage", "day-2", "--select", "POA403")
    assert listed.stdout.count(": error POA403") + listed.stdout.count(" error POA403") >= 45


def test_an_amendment_on_the_table_waits_for_a_decision(poa: Poa, tmp_path: Path) -> None:
    project = _bracketed(
        tmp_path,
        id="floor-1",
        record="A-001",
        field="text",
        proposed="Observers shall report.",
        proposer="Delegation A",
        date="2017-12-04",
    )
    found = _json(poa, project)["amendments"]
    assert [(each["id"], each["record"], each["state"]) for each in found["pending"]] == [
        ("floor-1", "A-001", "open")
    ]
    said = " ".join(poa("-C", project, "status").stdout.split())
    assert "1 amendment to decide" in said
    assert "floor-1 on A-001 (para. 3), proposed by Delegation A: open" in said


def test_a_recommendation_nobody_answers_is_named(poa: Poa, tmp_path: Path) -> None:
    coverage = _json(poa, _bracketed(tmp_path))["coverage"]
    assert coverage["unanswered"] == ["hres-2015-02-r2"]
    assert coverage["explained"] == ["late-recommendation"]
    assert (coverage["recommendations"], coverage["taken_up"]) == (3, 1)


def test_without_a_plan_it_says_so(poa: Poa, tmp_path: Path) -> None:
    done = poa("status", cwd=tmp_path)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("poa: ")
    assert done.stderr.count("\n") == 1


def test_a_plan_whose_head_cannot_be_read_is_refused(poa: Poa, tmp_path: Path) -> None:
    project = small_plan.write(tmp_path)
    (project / "plan/plan.yaml").write_text("title: [", "utf-8")
    done = poa("-C", project, "status")
    assert done.status == 1
    assert "where the text stands cannot be said" in done.stderr


def test_a_title_is_no_command_to_a_runner_wherever_its_lines_are_broken(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["plan.yaml"]["notice"] = "word ::error::pwn ##[error]x " * 30
    done = poa("-C", small_plan.write(tmp_path, data), "status")
    assert done.status == 0
    assert not [line for line in done.stdout.splitlines() if line.lstrip().startswith(("::", "##["))]
