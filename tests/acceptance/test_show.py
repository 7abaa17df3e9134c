"""`poa show`: a paragraph, or any record, in full."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import jsonschema
import pytest
import small_plan

from poa_toolkit.api.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Git, Golden, Poa

BY = ("--date", "2017-12-04")


@pytest.fixture
def project(tmp_path: Path, poa: Poa) -> Path:
    """Give the small plan with a baseline, brackets, amendments that collide and one that was decided."""
    data = small_plan.files()
    folder = small_plan.write(tmp_path / "project", data)
    assert poa("-C", folder, "baseline", "create", "before").status == 0
    action = small_plan.action(data)
    action["text"] = "Observers [observers: should | shall] report to the [treaty bodies]."
    action["timeframe"] = "within a year"
    small_plan.write(folder, data)
    for words in (
        ("A-001.points.b", "--text", "And before it.", "--by", "Delegation A"),
        ("A-001.points.b", "--text", "And long after it.", "--by", "Delegation B"),
        ("A-001.points.b", "--text", "And at once it.", "--by", "Delegation C", "--comment", "At once."),
        ("--add", "--after", "A-001", "--text", "States should meet.", "--by", "Delegation A"),
    ):
        assert poa("-C", folder, "amend", "propose", *words, *BY).status == 0
    assert poa("-C", folder, "amend", "withdraw", "floor-2", "--by", "Chair", *BY).status == 0
    return folder


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_an_action_is_shown_with_all_that_is_known_of_it(
    form: str, ending: str, project: Path, poa: Poa, golden: Golden
) -> None:
    done = poa("-C", project, "show", "3", "--format", form)
    assert (done.status, done.stderr.startswith("3 is A-001, \u201cObservers")) == (0, True)
    golden(f"show/action.{ending}", done.stdout)
    if form == "json":
        jsonschema.validate(json.loads(done.stdout), json.loads(schemas()["show.schema.json"]))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1", ("Paragraph 1", "1. Elections shall be genuine.", "plan/plan.yaml:")),
        ("F-01", ("Paragraph F-01", "This plan was drafted for a test.")),
        (
            "I",
            (
                "Section I",
                "I. First things",
                "2. Who observes, reports.",
                "(b) And after it.",
                "floor-1",
                "floor-4",
            ),
        ),
        (
            "3(b)",
            ("Paragraph 3 (b)", "(b) And after it.", "[-after-]{+before+}", "Decided already: 1 amendment."),
        ),
        ("3.level", ("Paragraph 3, level", "Level: national")),
        ("3.provisions", ("iccpr 25(b): vote and be elected.",)),
        ("hres-2015-02-r1", ("Recommendation hres-2015-02-r1", "Tell States.", "Paragraph 3 (A-001)")),
        ("hres-2015-02", ("Consultation hres-2015-02", "Inaugural conference", "2015-02-11, 2015-02-12")),
        ("late-mechanism", ("Mechanism late-mechanism", "A later mechanism")),
        ("ICCPR", ("Instrument iccpr", "iccpr 2(3): effective remedy", "Paragraphs 3 (A-001), 4 (A-002)")),
        ("states", ("Actor states", "Paragraph 4 (A-002)")),
        ("day-2", ("Stage day-2", "Date: 2017-12-05")),
        ("plan.title", ("Plan, title", "A plan of action", "plan/plan.yaml:1")),
        ("annex I", ("Annex I. Source recommendations", "hres-2015-02-r1", "Tell States.")),
        ("annex 2", ("Annex II. Instruments cited",)),
    ],
)
def test_any_record_is_shown(name: str, said: tuple[str, ...], project: Path, poa: Poa) -> None:
    done = poa("-C", project, "show", name)
    assert done.status == 0
    for each in said:
        assert each in done.stdout


def test_every_id_of_a_plan_can_be_shown(project: Path, poa: Poa) -> None:
    names = re.findall(
        r"id: ([\w-]+)", "".join(each.read_text("utf-8") for each in (project / "plan").rglob("*.yaml"))
    )
    records = [
        each for each in dict.fromkeys(names) if each not in ("a", "b") and not each.startswith("floor-")
    ]
    done = poa("-C", project, "show", *records, "--format", "json")
    assert done.status == 0
    data = json.loads(done.stdout)
    jsonschema.validate(data, json.loads(schemas()["show.schema.json"]))
    assert [each["record"] for each in data["shown"]] == records
    assert poa("-C", project, "show", *records).stdout.startswith(f"{len(records)} records\n")


def test_what_is_asked_for_twice_is_shown_once(project: Path, poa: Poa) -> None:
    once = poa("-C", project, "show", "A-001", "annex I").stdout
    assert poa("-C", project, "show", "3", "annex I", "a-001", "ANNEX I").stdout == once


def test_where_it_stands_is_true(project: Path, poa: Poa) -> None:
    data = json.loads(poa("-C", project, "show", "3(b)", "I", "iccpr", "--format", "json").stdout)
    lines = []
    for each in data["shown"]:
        place = each["place"]
        lines.append((project / place["path"]).read_text("utf-8").splitlines()[place["line"] - 1].strip())
    assert lines == ["text: And after it.", "id: first", "- id: iccpr"]


def test_what_is_withdrawn_is_shown_without_a_number(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "withdraw", "A-002", "--reason", "Said elsewhere.").status == 0
    done = poa("-C", project, "show", "A-002")
    assert done.stdout.startswith("Action A-002 (withdrawn)\n")
    assert "Status: withdrawn" in done.stdout
    assert "Reason: Said elsewhere." in done.stdout


def test_the_history_is_that_of_git_where_it_is(project: Path, poa: Poa, git: Git) -> None:
    git("init", "-q", cwd=project)
    git("add", "-A", cwd=project)
    git("commit", "-qm", "Begin", cwd=project)
    done = poa("-C", project, "show", "3")
    assert re.search(r"[0-9a-f]{10} Begin by .+: text changed", done.stdout)


def test_who_spoke_for_a_proposal_is_told(project: Path, poa: Poa) -> None:
    assert poa("-C", project, "amend", "support", "floor-1", "--by", "Delegation C", *BY).status == 0
    assert "    supported by Delegation C\n" in poa("-C", project, "show", "3").stdout


def test_a_long_proposal_is_told_in_a_line_or_two(project: Path, poa: Poa) -> None:
    long = "The first sentence of this paragraph says what everybody knows, and says it at length. " * 4
    path = project / "plan/plan.yaml"
    path.write_text(
        path.read_text("utf-8").replace("Elections shall be genuine.", f"{long}Elections shall be genuine."),
        "utf-8",
    )
    words = f"{long}Elections must be genuine."
    assert (
        poa("-C", project, "amend", "propose", "1", "--text", words, "--by", "Delegation A", *BY).status == 0
    )
    shown = poa("-C", project, "show", "1").stdout.partition("Amendments")[2]
    assert "Elections [-shall-]{+must+} be genuine." in shown
    assert "\u2026" in shown
    assert "everybody knows, and says it at length. The first" not in shown


def test_what_others_wrote_does_nothing_on_the_page(tmp_path: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "<script>alert(1)</script> & <img src=x>"
    folder = small_plan.write(tmp_path / "x", data)
    page = poa("-C", folder, "show", "3", "--format", "html").stdout
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


def test_a_record_that_cannot_be_read_is_not_shown(project: Path, poa: Poa) -> None:
    path = project / "plan/sections/01-first.yaml"
    path.write_text(path.read_text("utf-8").replace("id: A-002", "id: A-002\n  typo: x"), "utf-8")
    done = poa("-C", project, "show", "a-002")
    assert (done.status, done.stdout) == (2, "")
    assert "cannot be read; `poa validate` says why" in done.stderr


def test_an_annex_is_called_as_its_house_calls_it(project: Path, poa: Poa) -> None:
    head = project / "plan/plan.yaml"
    head.write_text(f"style: carter\n{head.read_text('utf-8')}", "utf-8")
    for name in ("Appendix A", "annex A", "appendix 1"):
        assert poa("-C", project, "show", name).stdout.startswith("Appendix A. Source recommendations\n")
    assert "appendices A to" in poa("-C", project, "show", "appendix X").stderr


@pytest.mark.parametrize("name", ["annex XX", "annex"])
def test_an_annex_that_there_is_not(name: str, project: Path, poa: Poa) -> None:
    done = poa("-C", project, "show", name)
    assert (done.status, done.stdout) == (2, "")
    assert "annexes I to" in done.stderr


def test_a_bracket_in_a_point_is_named_by_its_printed_letter(project: Path, poa: Poa) -> None:
    data = small_plan.files()
    small_plan.action(data)["points"] = [
        {"id": "b", "text": "And after it."},
        {"id": "a", "text": "On the [observers: day | night]."},
    ]
    small_plan.write(project, data)
    shown = " ".join(poa("-C", project, "show", "A-001").stdout.split())
    assert re.search(r"- point \(b\), held by [^:]+: \[observers: day \| night\]", shown)
