"""`poa amend preview`: what accepting amendments together would do, and that nothing is written for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

import pytest
import small_plan
from jsonschema import Draft202012Validator

from poa_toolkit.api.amendments import on_table
from poa_toolkit.api.fmt import layouts, save
from poa_toolkit.api.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Finished, Poa

BY = ("--by", "The Chair", "--date", "2017-12-04")


class Amend(Protocol):
    def __call__(self, *words: str | Path, status: int = 0) -> Finished: ...


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small plan, in the canonical layout."""
    folder = tmp_path / "plan-of-action"
    small_plan.write(folder)
    save(folder, layouts(folder, ()))
    return folder


@pytest.fixture
def amend(project: Path, poa: Poa) -> Amend:
    """Run `poa amend` in the project, in which amendments of every kind are on the table."""

    def run(*words: str | Path, status: int = 0) -> Finished:
        done = poa("amend", *words, cwd=project)
        assert done.status == status, done.stdout + done.stderr
        return done

    proposals = (
        ("A-002", "--text", "States shall answer."),
        ("A-002", "--text", "States may answer."),
        ("A-002", "--text", "All States should answer."),
        ("--add", "--after", "A-001", "--text", "Observers should [meet | train]."),
        ("A-001.points.a", "--remove"),
        ("A-001", "--text", "Observers [should report to the treaty bodies."),
    )
    for number, words in enumerate(proposals):
        run("propose", *words, "--by", f"Delegation {'ABC'[number % 3]}", "--date", "2017-12-04")
    run("support", "floor-3", "--by", "Delegation B", "--date", "2017-12-04")
    return run


def _files(project: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize(
    "names", [("floor-1", "floor-2", "floor-3", "floor-4", "floor-5"), ("floor-6",), ("floor-2",)]
)
def test_nothing_is_written(names: tuple[str, ...], form: str, project: Path, amend: Amend) -> None:
    before = _files(project)
    times = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    amend("preview", *names, "--format", form)
    assert _files(project) == before
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == times


def test_it_shows_the_text_the_redline_and_who_spoke(amend: Amend) -> None:
    said = _plain(amend("preview", "floor-1", "floor-3").stdout)
    assert "2 amendments accepted together, in the order given: floor-1, floor-3. Nothing was decided" in said
    assert "floor-3, Delegation C; supported by Delegation B" in said
    assert "All States shall answer. {+All +}States [-should-]{+shall+} answer." in said
    assert "- floor-2 would be stale: with floor-1 accepted, the words" in said
    assert "Nothing that they do not say today." in said


def test_what_cannot_be_accepted_after_another_is_left_out_and_named(amend: Amend) -> None:
    said = _plain(amend("preview", "floor-1", "floor-2", "floor-5").stdout)
    assert "2 of 3 amendments accepted together" in said
    assert "Another order can give another text." in said
    assert 'floor-2: would be stale: with floor-1 accepted, the words "should" became "shall"' in said
    assert 'floor-1 and floor-2: both change "should"' in said
    assert "removed" in said
    assert "States shall answer." in said


def test_the_order_of_consideration_is_that_of_the_sheet(amend: Amend) -> None:
    names = ("floor-3", "floor-4", "floor-1", "floor-5")
    found = json.loads(amend("preview", *names, "--accept-order", "--format", "json").stdout)
    sheet = amend("sheet").stdout
    assert found["by_consideration"]
    assert found["order"] == sorted(names, key=lambda name: sheet.index(f"{name}: "))
    assert json.loads(amend("preview", *names, "--format", "json").stdout)["order"] == list(names)
    assert "in the order of consideration:" in _plain(amend("preview", *names, "--accept-order").stdout)


def test_what_the_checks_would_say_is_only_what_is_new(project: Path, amend: Amend) -> None:
    head = project / "plan/plan.yaml"
    head.write_text(head.read_text("utf-8").replace("stage: day-1", "stage: day-2", 1), "utf-8")
    found = json.loads(amend("preview", "floor-4", "--format", "json").stdout)
    codes = [each["code"] for each in found["diagnostics"]]
    assert {"POA402", "POA403", "POA502"} <= set(codes)
    assert all("A-003" in each["message"] for each in found["diagnostics"])
    assert not found["would_be_refused"]
    broken = json.loads(amend("preview", "floor-6", "--format", "json").stdout)
    assert broken["would_be_refused"]
    assert "would be refused" in amend("preview", "floor-6").stdout
    amend("accept", "floor-6", *BY, status=1)


def test_json_is_what_its_schema_says(amend: Amend) -> None:
    found = json.loads(amend("preview", "floor-1", "floor-2", "floor-4", "--format", "json").stdout)
    Draft202012Validator(json.loads(schemas()["preview.schema.json"])).validate(found)
    assert {each["state"] for each in found["accepted"]} == {"open"}


def test_an_unknown_amendment_is_a_usage_error(amend: Amend) -> None:
    assert 'there is no amendment "floor-9"' in amend("preview", "floor-9", status=2).stderr


@pytest.mark.parametrize(
    "names",
    [
        ("floor-1", "floor-3"),
        ("floor-2", "floor-1", "floor-3"),
        ("floor-5", "floor-4", "floor-3"),
        ("floor-4",),
    ],
)
def test_what_is_shown_is_what_accepting_them_does(
    names: tuple[str, ...], project: Path, amend: Amend, poa: Poa
) -> None:
    assert poa("baseline", "create", "before", "--provisional", cwd=project).status == 0
    found = json.loads(amend("preview", *names, "--format", "json").stdout)
    refused = {each["amendment"] for each in found["refused"]}
    amend("accept", *(each for each in found["order"] if each not in refused), *BY)
    changes = json.loads(poa("diff", "before", "--format", "json", cwd=project).stdout)["changes"]
    wanted = ("record", "field", "kind", "old", "new", "segments", "amendments", "explained")
    real, shown = (
        [{key: each[key] for key in wanted} for each in one] for one in (changes, found["changes"])
    )
    assert shown == real
    stale = {each.id for each in on_table(project).amendments if each.state == "stale"}
    told = {each["amendment"] for each in found["others"] if "stale" in each["becomes"]}
    assert stale == told | refused
