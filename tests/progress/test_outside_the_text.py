"""What is measured and reported after the adoption is no part of what people agreed to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import followed_plan
import pytest
import small_plan

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

entry = followed_plan.entry
SECTION = "plan/sections/01-first.yaml"


def _project(tmp_path: Path) -> Path:
    return followed_plan.write(tmp_path, entry(), entry(indicator="IND-001", value="12 of 20"))


def test_the_frozen_and_endorsed_text_is_as_it_was(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    assert poa("-C", project, "validate", "--strict", env={"SOURCE_DATE_EPOCH": "1527811200"}).status == 0
    assert poa("-C", project, "baseline", "verify").status == 0
    assert poa("-C", project, "endorsements", "verify").status == 0
    status = json.loads(poa("-C", project, "status", "--format", "json").stdout)
    frozen = json.loads((project / "plan/baselines/final.json").read_text("utf-8"))
    assert status["digest"] == frozen["text_digest"]


def test_no_document_prints_an_indicator(poa: Poa, tmp_path: Path) -> None:
    without = followed_plan.write(tmp_path / "without", data=followed_plan.files(indicators=False))
    project = _project(tmp_path / "with")
    made = []
    for each in (without, project):
        assert poa("-C", each, "render", "-o", each / "plan.docx").status == 0
        assert poa("-C", each, "render", "--since", "final", "-o", each / "redline.docx").status == 0
        made.append([(each / name).read_bytes() for name in ("plan.docx", "redline.docx")])
    assert made[0] == made[1]


def _changes(poa: Poa, project: Path, old: str) -> list[tuple[Any, ...]]:
    done = poa("-C", project, "diff", old, "--format", "json", "--fail-on", "substantive")
    assert done.status == 0
    names = ("record", "kind", "field", "old", "new", "significance")
    return [tuple(each[name] for name in names) for each in json.loads(done.stdout)["changes"]]


def test_a_diff_tells_of_an_indicator_as_of_where_the_work_stands(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    texts = [each["text"] for each in followed_plan.INDICATORS]
    assert [each for each in _changes(poa, project, "final") if each[0] != "day-2"] == [
        (f"A-001 IND-00{number}", "added", "", None, text, "process")
        for number, text in enumerate(texts, start=1)
    ]
    assert poa("-C", project, "baseline", "create", "later", "--provisional").status == 0
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("3 of 20 States", "4 of 20 States"), "utf-8")
    assert _changes(poa, project, "later") == [
        ("A-001 IND-001", "field", "baseline", "3 of 20 States", "4 of 20 States", "process")
    ]
    assert poa("-C", project, "rename", "A-001", "A-901").status == 0
    assert poa("-C", project, "rename", "IND-001", "answers").status == 0
    assert {(each[0], each[1]) for each in _changes(poa, project, "later")} == {
        ("A-901", "id-changed"),
        ("A-901 answers", "id-changed"),
        ("A-901 answers", "field"),
    }


def test_the_past_of_an_indicator_is_told(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    assert poa("-C", project, "baseline", "create", "later", "--provisional").status == 0
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace("3 of 20 States", "4 of 20 States"), "utf-8")
    versions = json.loads(poa("-C", project, "log", "ind-001", "--format", "json").stdout)["versions"]
    told = [(each["name"], [one["field"] for one in each["changes"]]) for each in versions]
    assert told == [("later", [""]), ("", ["baseline"])]
    of_field = json.loads(poa("-C", project, "log", "IND-001.target", "--format", "json").stdout)["versions"]
    assert [each["name"] for each in of_field] == ["later"]
    of_action = poa("-C", project, "log", "A-001").stdout
    assert "A-001 IND-001 baseline" in of_action
    shown = poa("-C", project, "show", "IND-001")
    assert (shown.status, "No version" in shown.stdout) == (0, False)


@pytest.mark.parametrize(
    "words",
    [
        ("withdraw", "IND-001", "--reason", "Overtaken."),
        ("review", "IND-001", "--by", "A"),
        ("move", "IND-001", "--after", "A-002"),
        ("move", "A-002", "--after", "IND-001"),
        ("new", "action", "--section", "first", "--after", "IND-001"),
        ("amend", "propose", "IND-001", "--text", "Other words.", "--by", "A"),
        ("amend", "propose", "IND-001.target", "--text", "30", "--by", "A"),
        ("new", "progress", "IND-001", "--state", "done", "--by", "A"),
    ],
)
def test_an_indicator_is_no_action_and_no_text(poa: Poa, tmp_path: Path, words: tuple[str, ...]) -> None:
    project = _project(tmp_path)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    done = poa("-C", project, *words, env={"SOURCE_DATE_EPOCH": "1546300800"})
    assert done.status in (1, 2)
    assert "IND-001" in done.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_frozen_file_is_proved_with_the_indicators_that_it_holds(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    assert poa("-C", project, "baseline", "create", "later", "--provisional").status == 0
    path = project / "plan/baselines/later.json"
    text = path.read_text("utf-8")
    assert text.count("20 of 20 States") == 1
    path.write_text(text.replace("20 of 20 States", "10 of 20 States"), "utf-8")
    assert "POA401" in poa("-C", project, "baseline", "verify").stdout


def test_an_id_is_renamed_in_what_was_reported(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    for old, new in (("IND-001", "answers"), ("A-001", "A-901")):
        assert poa("-C", project, "rename", old, new).status == 0
    written = (project / followed_plan.PATH).read_text("utf-8")
    assert (written.count("A-901"), written.count("answers"), "A-001" in written) == (2, 1, False)
    assert "- id: answers" in (project / SECTION).read_text("utf-8")


def test_an_id_that_two_indicators_have_is_told_and_cured(poa: Poa, tmp_path: Path) -> None:
    data = followed_plan.files()
    small_plan.action(data, 1)["indicators"] = [{"id": "ind-001", "text": "Answers"}]
    project = followed_plan.write(tmp_path, data=data)
    told = poa("-C", project, "validate").stdout
    assert 'error POA205 the id "ind-001" is used twice' in told


def _report(*entries: dict[str, Any]) -> str:
    lines = ["progress:"]
    for each in entries:
        first, *rest = (f"{key}: {value}" for key, value in each.items())
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "\n".join(lines) + "\n"


def test_two_editors_report_at_once(poa: Poa, tmp_path: Path) -> None:
    base = (entry(),)
    ours = (*base, entry(action="A-002"))
    theirs = (*base, entry(date="2018-05-05", state="done"))
    for name, entries in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(_report(*entries), "utf-8")
    assert poa("merge-driver", "base", "ours", "theirs", "7", followed_plan.PATH).status == 0
    assert (tmp_path / "ours").read_text("utf-8") == _report(*ours, theirs[1])


def test_a_new_file_of_reports_on_each_side_is_merged(poa: Poa, tmp_path: Path) -> None:
    (tmp_path / "base").write_text("", "utf-8")
    for name, entries in (("ours", [entry()]), ("theirs", [entry(action="A-002")])):
        (tmp_path / name).write_text(_report(*entries), "utf-8")
    assert poa("merge-driver", "base", "ours", "theirs", "7", followed_plan.PATH).status == 0
    assert (tmp_path / "ours").read_text("utf-8") == _report(entry(), entry(action="A-002"))


def test_fmt_gives_reports_their_layout_and_keeps_comments(poa: Poa, tmp_path: Path) -> None:
    project = _project(tmp_path)
    path = project / followed_plan.PATH
    path.write_text(
        "# what came in\nprogress:\n- state: done # at last\n  text: 'All of it. Then more.'\n"
        "  action: A-001\n  by: Observers\n  date: 2018-05-04\n",
        "utf-8",
    )
    assert poa("-C", project, "fmt", path).status == 0
    assert path.read_text("utf-8") == (
        "# what came in\nprogress:\n  - action: A-001\n    date: 2018-05-04\n    by: Observers\n"
        "    state: done # at last\n    text: >-\n      All of it.\n      Then more.\n"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("progress: &a [*a]\n", "POA006"),
        ("progress:\n  - action: A-001\n    action: A-002\n", "POA004"),
        (
            _report(entry(evidence="http://example.org/a")),
            "POA110 `evidence` must be an address that begins with https://",
        ),
        (_report(entry(evidence="javascript:alert(1)")), "POA110"),
        (_report(entry(evidence='"https://example.org/<script>"')), "POA110"),
        (_report(entry(date="2018-02-30")), "POA108"),
        (_report(entry(date="May 2018")), "POA108"),
        (_report(entry(value="12", indicator="IND-001")), "POA103"),
        (_report(entry(text='"\\0"')), "POA002"),
        (_report(entry(who="me")), "POA102"),
        ("[]\n", "POA105"),
        (_report({"action": "A-001"}), "POA101"),
    ],
)
def test_bad_input_is_told_with_its_place(poa: Poa, tmp_path: Path, text: str, code: str) -> None:
    project = followed_plan.write(tmp_path)
    (project / "plan/progress").mkdir()
    (project / followed_plan.PATH).write_text(text, "utf-8")
    done = poa("-C", project, "validate")
    assert done.status == 1
    assert f"{followed_plan.PATH}:" in done.stdout
    assert code in done.stdout
    refused = poa("-C", project, "progress")
    assert (refused.status, refused.stdout) == (1, "")
    assert "there is no report" in refused.stderr


def test_a_link_out_of_the_project_is_not_followed(poa: Poa, tmp_path: Path) -> None:
    project = followed_plan.write(tmp_path / "project")
    outside = tmp_path / "2018.yaml"
    outside.write_text(_report(entry()), "utf-8")
    (project / "plan/progress").mkdir()
    (project / followed_plan.PATH).symlink_to(outside)
    done = poa("-C", project, "validate", env={"SOURCE_DATE_EPOCH": "1893456000"})
    assert "POA013" in done.stdout
    assert "POA619" not in done.stdout
    assert poa(
        "-C", project, "new", "progress", "A-001", "--state", "done", "--by", "A", "--date", "2018-05-04"
    ).status
    assert outside.read_text("utf-8") == _report(entry())
