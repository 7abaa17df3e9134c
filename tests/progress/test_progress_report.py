"""`poa progress`, `poa status` and `poa new progress`: what people read of the follow-up, and write."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import followed_plan
import pytest
import small_plan
from conftest import ROOT
from jsonschema import Draft202012Validator
from word_reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Golden, Poa

entry = followed_plan.entry
ENTRIES = (
    entry(
        text="Observers sent four reports; see {A-002}.", evidence="https://example.org/2018", verified=True
    ),
    entry(indicator="IND-001", value="9 of 20 States", date="2018-11-30"),
    entry(
        indicator="IND-001", value="12 of 20 States", date="2019-02-01", evidence="https://example.org/2019"
    ),
    entry(state="stalled", by="Observers", date="2019-08-01", text="No funds were left, <b>not one</b>."),
    entry(state="done", date="2021-01-01"),
)
DAY = "2020-03-01"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return followed_plan.write(tmp_path / "project", *ENTRIES)


def _said(poa: Poa, project: Path, *words: str) -> str:
    done = poa("-C", project, "progress", "--date", DAY, *words)
    assert (done.status, done.stderr) == (0, "")
    return done.stdout


def _json(poa: Poa, project: Path, *words: str) -> Any:
    return json.loads(_said(poa, project, "--format", "json", *words))


@pytest.mark.parametrize(("form", "name"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_the_report_reads_well(poa: Poa, golden: Golden, project: Path, form: str, name: str) -> None:
    golden(f"progress/report.{name}", _said(poa, project, "--format", form))


def test_the_json_is_as_its_schema_says(poa: Poa, project: Path) -> None:
    schema = json.loads((ROOT / "schema/progress-report.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    found = _json(poa, project)
    Draft202012Validator(schema).validate(found)
    assert (found["adopted"], found["states"], found["unreported"]) == ("2017-12-05", {"stalled": 1}, 1)
    first, second = found["actions"]
    assert [(each["id"], each["value"], each["overdue"]) for each in first["indicators"]] == [
        ("IND-001", "12 of 20 States", True),
        ("IND-002", None, False),
    ]
    assert (first["silent_since"], second["silent_since"]) == (None, "2017-12-05")
    assert [each["date"] for each in found["ahead"]] == ["2021-01-01"]


def test_since_leaves_out_what_the_last_meeting_has_heard(poa: Poa, project: Path) -> None:
    told = [each["date"] for each in _json(poa, project, "--since", "2019-02-01")["actions"][0]["entries"]]
    assert told == ["2019-02-01", "2019-08-01"]
    said = _said(poa, project, "--since", "2020-01-01")
    assert "Nobody has reported on it since 1 January 2020." in said
    assert "four reports" not in said
    # what was measured last stays known
    assert "12 of 20 States" in said


def test_every_link_of_the_page_leads_to_a_place_of_it(poa: Poa, project: Path) -> None:
    page = _said(poa, project, "--format", "html")
    anchors = re.findall(r'\bid="([^"]+)"', page)
    links = re.findall(r'href="#([^"]+)"', page)
    assert "A-001" in links
    assert {*links} <= {*anchors}
    assert len(anchors) == len({*anchors})
    assert "<b>not one</b>" not in page
    # words begin at one edge; only counts stand at the end of their column
    assert page.count('<table class="words">') == 2
    assert 'href="https://example.org/2019"' in page


def test_the_word_file_says_what_the_text_says(poa: Poa, project: Path, tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        assert _said(poa, project, "--format", "docx", "-o", str(tmp_path / name)) == ""
    content = (tmp_path / "one.docx").read_bytes()
    assert content == (tmp_path / "two.docx").read_bytes()
    words = " ".join("".join(read(content).body.itertext()).split())
    for each in ("Progress since the adoption", "12 of 20 States (1 February 2019)", "overdue; under way"):
        assert each in words
    assert (
        "Observers sent four reports; see paragraph 4. (The secretariat) https://example.org/2018 (verified)"
        in words
    )


def test_a_word_file_wants_a_name(poa: Poa, project: Path) -> None:
    done = poa("-C", project, "progress", "--format", "docx")
    assert (done.status, "name it with -o FILE" in done.stderr) == (2, True)


def test_of_a_plan_that_is_not_adopted_nothing_is_called_late(poa: Poa, tmp_path: Path) -> None:
    said = " ".join(_said(poa, small_plan.write(tmp_path / "plan")).split())
    assert "2 actions; nobody has said of any how far it has come." in said
    assert "the plan is at stage day-1, which is not its last. So nothing is called late here." in said
    assert "A working text." in said
    assert "overdue" not in said


def test_what_was_reported_on_an_action_that_is_gone_is_still_told(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data).update(
        status="withdrawn", reason="Overtaken.", indicators=followed_plan.INDICATORS
    )
    project = followed_plan.report(small_plan.write(tmp_path / "plan", data), *ENTRIES)
    said = " ".join(_said(poa, project).split())
    assert "1 action; of 1 nobody has said how far it has come." in said
    assert "(withdrawn) Observers should report to the treaty bodies. stalled 1 August 2019" in said
    assert "1 August 2019: stalled. No funds were left" in said


# --- The status -----------------------------------------------------------------------------------


def test_the_status_says_where_the_follow_up_stands(poa: Poa, project: Path) -> None:
    env = {"SOURCE_DATE_EPOCH": "1583020800"}
    said = " ".join(poa("-C", project, "status", env=env).stdout.split())
    assert (
        "Follow-up --------- - 1 action stalled - 1 action of which nobody has said how far it has come - targets overdue (1): "
        "IND-001 - actions on which nobody has reported for more than a year (1): A-002 poa progress tells more"
    ) in said
    found = json.loads(poa("-C", project, "status", "--format", "json", env=env).stdout)
    assert found["follow_up"] == {
        "states": {"stalled": 1},
        "unreported": 1,
        "overdue": ["IND-001"],
        "silent": ["A-002"],
    }


@pytest.mark.parametrize("version", [(), ("final",)])
def test_the_status_says_nothing_of_a_plan_without_follow_up(
    poa: Poa, tmp_path: Path, version: tuple[str, ...]
) -> None:
    project = followed_plan.write(tmp_path, data=followed_plan.files(indicators=False))
    assert "Follow-up" not in poa("-C", project, "status", *version).stdout
    assert json.loads(poa("-C", project, "status", *version, "--format", "json").stdout)["follow_up"] is None


# --- Adding an entry ------------------------------------------------------------------------------


def test_a_report_is_added_to_the_file_of_its_year(poa: Poa, tmp_path: Path) -> None:
    project = followed_plan.write(tmp_path)
    done = poa(
        *("-C", project, "new", "progress", "3", "--state", "under-way", "--indicator", "ind-001"),
        *("--value", "12", "--text", "  Twelve\nanswered. ", "--evidence", "https://example.org/a"),
        *("--by", "The secretariat", "--date", "2018-05-04"),
    )
    assert (done.status, done.stdout) == (
        0,
        "plan/progress/2018.yaml: IND-001 is under-way, reported by The secretariat for 2018-05-04\n",
    )
    assert (project / followed_plan.PATH).read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schema/progress.schema.json\n"
        "progress:\n"
        "  - action: A-001\n"
        "    indicator: IND-001\n"
        "    date: 2018-05-04\n"
        "    by: The secretariat\n"
        "    state: under-way\n"
        '    value: "12"\n'
        "    text: >-\n"
        "      Twelve answered.\n"
        "    evidence: https://example.org/a\n"
    )
    env = {"SOURCE_DATE_EPOCH": "1527811200"}
    assert poa("-C", project, "new", "progress", "A-002", "--state", "done", "--by", "B", env=env).status == 0
    assert (
        (project / followed_plan.PATH)
        .read_text("utf-8")
        .endswith("  - action: A-002\n    date: 2018-06-01\n    by: B\n    state: done\n")
    )
    assert poa("-C", project, "fmt", "--check", project / followed_plan.PATH).status == 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("A-009", "--state", "done"), 2, "A-009"),
        (("A-001", "--state", "finished"), 2, "finished"),
        (("A-001",), 2, "--state"),
        (("A-002", "--state", "done", "--indicator", "IND-001"), 1, "POA612"),
        (("A-001", "--state", "done", "--indicator", "IND-009"), 2, "IND-009"),
        (("A-001", "--state", "done", "--indicator", "A-002"), 1, "POA612"),
        (("A-001", "--state", "done", "--value", "12"), 1, "POA613"),
        (("A-001", "--state", "done", "--evidence", "http://example.org"), 1, "POA110"),
        (("A-001", "--state", "stalled"), 1, "POA615"),
        (("first", "--state", "done"), 1, "POA611"),
    ],
)
def test_what_would_not_be_right_is_not_written(
    poa: Poa, tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    project = followed_plan.write(tmp_path, entry())
    before = (project / followed_plan.PATH).read_bytes()
    done = poa("-C", project, "new", "progress", *words, "--by", "A", "--date", "2018-05-04")
    assert (done.status, done.stdout) == (status, "")
    assert said in done.stderr
    assert (project / followed_plan.PATH).read_bytes() == before
