"""poa.yaml: how much findings weigh, which are waived and until when, and what is wrong with it itself."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import small_plan

from poa_toolkit.api import baseline, diff, validate
from poa_toolkit.check.rule import Context
from poa_toolkit.check.waivers import record_of
from poa_toolkit.config import Config
from poa_toolkit.diagnostic import Severity
from poa_toolkit.load.plan import load
from poa_toolkit.source import folder
from poa_toolkit.trace import trace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa

    from poa_toolkit.diagnostic import Pointer

TODAY = date(2017, 12, 4)
WATCHED = Config(select=("POA0", "POA1", "POA304", "POA601", "POA603", "POA9"))
"""What these tests look for, whatever else the rule book says of their small plans."""


def _unverified(settings: object = None) -> dict[str, Any]:
    """Give a plan with one finding: the first action cites a provision that is not verified (POA603)."""
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 2(3)"]
    return data if settings is None else data | {"poa.yaml": settings}


def _waiver(**changes: object) -> dict[str, Any]:
    waiver = {"code": "POA603", "record": "A-001", "reason": "Looked up next week.", "until": "2017-12-04"}
    return {"waivers": [waiver | changes]}


def _validate(project: Path, data: dict[str, Any], **options: Any) -> validate.Report:
    return validate.validate(
        small_plan.write(project, data), **{"today": TODAY, "config": WATCHED, **options}
    )


def _codes(report: validate.Report) -> list[tuple[str, str]]:
    return [(each.code, str(each.location)) for each in report.diagnostics]


# --- severities -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severities", "severity"),
    [
        ({}, Severity.INFORMATION),
        ({"POA603": "error"}, Severity.ERROR),
        ({"POA6": "warning"}, Severity.WARNING),
        ({"POA": "error", "POA603": "warning", "POA60": "error"}, Severity.WARNING),
        ({"POA5": "error"}, Severity.INFORMATION),
        ({"POA603": "off"}, None),
        ({"POA6": "off", "POA603": "information"}, Severity.INFORMATION),
    ],
)
def test_a_code_weighs_what_the_longest_setting_says(
    severities: dict[str, str], severity: Severity | None, tmp_path: Path
) -> None:
    report = _validate(tmp_path, _unverified({"severities": severities}))
    assert [each.severity for each in report.diagnostics] == ([severity] if severity else [])


def test_a_weight_decides_whether_the_run_fails(tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified({"severities": {"POA603": "warning"}}))
    assert (report.failed(), report.failed(strict=True)) == (False, True)


def test_what_is_ignored_on_the_command_line_stays_ignored(tmp_path: Path) -> None:
    data = _unverified({"severities": {"POA603": "error"}})
    assert _validate(tmp_path, data, config=WATCHED._replace(ignore=("POA603",))).diagnostics == ()


def test_a_family_leaves_errors_of_reading_as_they_are(tmp_path: Path) -> None:
    data = _unverified({"severities": {"POA3": "off"}})
    small_plan.action(data, 1)["text"] = " "
    report = _validate(tmp_path, data)
    assert [(each.code, each.severity) for each in report.diagnostics if each.code == "POA304"] == [
        ("POA304", Severity.ERROR)
    ]


@pytest.mark.parametrize("weight", ["warning", "information", "off"])
def test_errors_of_reading_and_of_settings_cannot_be_lowered(weight: str, tmp_path: Path) -> None:
    severities = dict.fromkeys(("POA003", "POA1", "POA913", "POA915"), weight)
    report = _validate(tmp_path, _unverified({"severities": severities}), config=Config(select=("POA9",)))
    assert _codes(report) == [("POA915", f"poa.yaml:{line}:3") for line in (2, 3, 4, 5)]
    assert {each.severity for each in report.diagnostics} == {Severity.ERROR}
    assert report.diagnostics[1].message == "POA1 is always an error"


def test_errors_may_be_called_errors(tmp_path: Path) -> None:
    severities = {"POA003": "error", "POA1": "error", "POA603": "off"}
    assert _validate(tmp_path, _unverified({"severities": severities})).diagnostics == ()


def test_an_unknown_code_is_an_error(tmp_path: Path) -> None:
    settings = {"severities": {"POA7": "off"}, **_waiver(code="POA630")}
    report = _validate(tmp_path, _unverified(settings), config=Config(select=("POA9",)))
    assert [(str(each.location), each.message) for each in report.diagnostics] == [
        ("poa.yaml:2:3", 'no code begins with "POA7"'),
        ("poa.yaml:4:9", 'there is no code "POA630"'),
    ]
    assert [each.help for each in report.diagnostics] == [
        "`poa explain` lists the codes",
        'did you mean "POA603"?',
    ]


# --- waivers ----------------------------------------------------------------------------------


def test_a_waiver_silences_its_code_in_its_record(tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified(_waiver()))
    assert (report.diagnostics, report.waived) == ((), 1)


def test_a_record_is_named_without_regard_to_case(tmp_path: Path) -> None:
    assert _validate(tmp_path, _unverified(_waiver(record="a-001"))).waived == 1


def test_a_waiver_of_another_record_silences_nothing_and_is_unused(tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified(_waiver(record="A-002")))
    assert [each.code for each in report.diagnostics] == ["POA603", "POA911"]
    assert report.diagnostics[1].message == "nothing in A-002 needs the waiver of POA603"
    assert report.waived == 0


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2017, 12, 4), []),
        (date(2017, 12, 5), ["POA603", "POA912"]),
        (None, []),
    ],
)
def test_a_waiver_holds_through_its_last_day(today: date | None, codes: list[str], tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified(_waiver()), today=today)
    assert [each.code for each in report.diagnostics] == codes


def test_an_expired_waiver_is_a_warning_at_its_day(tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified(_waiver()), today=date(2018, 1, 1))
    found = report.diagnostics[1]
    assert (str(found.location), found.severity) == ("poa.yaml:5:10", Severity.WARNING)
    assert found.message == "the waiver of POA603 for A-001 ended on 2017-12-04"


def test_a_record_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified(_waiver(record="A-01")))
    found = report.diagnostics[1]
    assert (found.code, str(found.location), found.message) == (
        "POA914",
        "poa.yaml:3:11",
        'there is no record "A-01"',
    )
    assert found.help == 'did you mean "A-001"?'


def test_a_fault_of_reading_cannot_be_waived(tmp_path: Path) -> None:
    data = _unverified(_waiver(code="POA106"))
    small_plan.action(data, 1)["status"] = "agree"
    report = _validate(tmp_path, data, config=WATCHED._replace(ignore=("POA603",)))
    assert [each.code for each in report.diagnostics] == ["POA106", "POA915"]
    assert report.diagnostics[1].message == "POA106 cannot be waived"


@pytest.mark.parametrize(
    "options",
    [{"config": Config(ignore=("POA603",))}, {"stage": "day-2"}, {"config": Config(select=("POA9",))}],
)
def test_a_waiver_is_not_called_unused_where_not_all_was_looked_at(
    options: dict[str, Any], tmp_path: Path
) -> None:
    report = _validate(tmp_path, _unverified(_waiver(record="A-002")), **options)
    assert "POA911" not in [each.code for each in report.diagnostics]


def test_a_waiver_of_what_is_switched_off_is_not_called_unused(tmp_path: Path) -> None:
    settings = {"severities": {"POA603": "off"}, **_waiver()}
    assert _validate(tmp_path, _unverified(settings)).diagnostics == ()


def test_waivers_wait_while_a_record_cannot_be_read(tmp_path: Path) -> None:
    data = _unverified(_waiver(record="A-002"))
    small_plan.action(data, 1)["status"] = "agree"
    assert [each.code for each in _validate(tmp_path, data).diagnostics] == ["POA603", "POA106"]
    data["sections/01-first.yaml"] = "id: first\ntitle: [x"
    assert [each.code for each in _validate(tmp_path, data).diagnostics] == ["POA012"]


def test_the_weight_of_a_waiver_finding_can_be_chosen(tmp_path: Path) -> None:
    settings = {"severities": {"POA911": "error", "POA603": "off"}, **_waiver(code="POA601")}
    report = _validate(tmp_path, _unverified(settings))
    assert [(each.code, each.severity) for each in report.diagnostics] == [("POA911", Severity.ERROR)]


_PROCESS: dict[str, Any] = {
    "reviews.yaml": {"reviews": [{"record": "A-002", "by": "An editor", "date": "2017-12-04"}]},
    "endorsements.yaml": {
        "endorsements": [
            {
                "participant": "tcc",
                "capacity": "convenor",
                "text": "day-2",
                "digest": "sha256:" + "0" * 64,
                "date": "2017-12-05",
            }
        ]
    },
    "amendments/floor.yaml": {"amendments": [{"id": "AM-1", "proposer": "tcc", "date": "2017-12-04"}]},
}


@pytest.mark.parametrize(
    ("at", "record"),
    [
        ((), "plan"),
        (("title",), "plan"),
        (("stages", 0, "date"), "plan"),
        (("front", 0, "text"), "F-01"),
        (("introduction", 0), "P-01"),
        (("sections", 0, "title"), "first"),
        (("sections", 0, "chapeau", 0, "text"), "C-01"),
        (("sections", 0, "actions", 1), "A-002"),
        (("sections", 0, "actions", 0, "points", 1, "text"), "A-001"),
        (("sections", 0, "actions", 0, "provisions", 0), "A-001"),
        (("sections", 0, "actions", 0, "from", 0), "A-001"),
        (("sources", 0), "hres-2015-02"),
        (("sources", 1, "mechanism", "title"), "late-mechanism"),
        (("sources", 2), "plan"),
        (("sources", 0, "recommendations", 1, "text"), "hres-2015-02-r2"),
        (("instruments", 1, "provisions", 0, "ref"), "iccpr"),
        (("actors", 0, "title"), "observers"),
        (("reviews", 0, "links"), "A-002"),
        (("endorsements", 0, "digest"), "tcc"),
        (("amendments", 0, "record"), "AM-1"),
    ],
)
def test_the_record_that_a_place_belongs_to(at: Pointer, record: str, tmp_path: Path) -> None:
    data = small_plan.files() | _PROCESS | {"recommendations/nobody.yaml": {"recommendations": []}}
    loaded = load(folder.read(small_plan.write(tmp_path, data), "working tree"))
    assert loaded.plan is not None
    context = Context(
        loaded.plan,
        trace(loaded.plan),
        None,
        reviews=loaded.reviews,
        endorsements=loaded.endorsements,
        amendments=loaded.amendments,
    )
    assert record_of(context, at) == record


# --- the file itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("severities: [x", ("POA012", "poa.yaml:1:13")),
        ("", ("POA011", "poa.yaml:1:1")),
        ("severity: {}\n", ("POA102", "poa.yaml:1:1")),
        ("severities: off\n", ("POA105", "poa.yaml:1:13")),
        ("severities:\n  poa603: off\n", ("POA110", "poa.yaml:2:3")),
        ("severities:\n  POA603: fatal\n", ("POA106", "poa.yaml:2:11")),
        ("limits:\n  sentence_words: 0\n", ("POA112", "poa.yaml:2:19")),
        ("limits:\n  sentence_words: many\n", ("POA112", "poa.yaml:2:19")),
        (
            "waivers:\n  - {code: POA6, record: a, reason: b, until: 2018-01-01}\n",
            ("POA110", "poa.yaml:2:12"),
        ),
        (
            "waivers:\n  - {code: POA603, record: a, reason: b, until: soon}\n",
            ("POA108", "poa.yaml:2:49"),
        ),
        ("waivers:\n  - {code: POA603, record: a, until: 2018-01-01}\n", ("POA101", "poa.yaml:2:6")),
    ],
)
def test_faults_of_form_have_their_place(text: str, fault: tuple[str, str], tmp_path: Path) -> None:
    report = _validate(tmp_path, small_plan.files() | {"poa.yaml": text})
    assert _codes(report) == [fault]
    assert not report.incomplete


def test_messages_of_form_are_said_to_a_person(tmp_path: Path) -> None:
    text = "severities:\n  603: off\nlimits:\n  sentence_words: 0\n"
    report = _validate(tmp_path, small_plan.files() | {"poa.yaml": text})
    assert [each.message for each in report.diagnostics] == [
        '`603` must be a code such as POA603, or the beginning of one such as POA6, not "603"',
        "`sentence_words` must be at least 1, not 0",
    ]


def test_a_broken_waiver_is_left_out_and_the_others_hold(tmp_path: Path) -> None:
    settings = {"waivers": [{"code": "POA603"}, *_waiver()["waivers"], *_waiver(record="A-002")["waivers"]]}
    report = _validate(tmp_path, _unverified(settings))
    assert report.waived == 1
    assert ("POA911", "poa.yaml:7:9") in _codes(report)


def test_a_file_that_cannot_be_read_leaves_the_plan_checked(tmp_path: Path) -> None:
    report = _validate(tmp_path, _unverified("waivers: [x"))
    assert [each.code for each in report.diagnostics] == ["POA603", "POA012"]


def test_a_diff_does_not_stumble_over_settings(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path, small_plan.files())
    freezing_text(project)
    (project / "poa.yaml").write_text("severities: [x", "utf-8")
    compared = diff.compare(project, "baseline:day-1")
    assert compared is not None
    assert compared.comparison.changes == ()


def freezing_text(project: Path) -> None:
    path = project / "plan/baselines/day-1.json"
    path.parent.mkdir()
    path.write_text(baseline.freeze(project, "day-1")[1], "utf-8", newline="\n")


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path / "project")
    (tmp_path / "elsewhere.yaml").write_text("severities: {POA603: off}\n", "utf-8")
    (project / "poa.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert _codes(validate.validate(project, config=WATCHED)) == [("POA013", "poa.yaml")]


def test_the_limits_reach_the_rules(tmp_path: Path) -> None:
    def words(data: dict[str, Any]) -> int:
        return load(
            folder.read(small_plan.write(tmp_path, data), "working tree")
        ).settings.limits.sentence_words

    assert words(small_plan.files()) == Context.limits.sentence_words == 60
    assert words(small_plan.files() | {"poa.yaml": {"limits": {"sentence_words": 40}}}) == 40


# --- other versions ---------------------------------------------------------------------------


def test_a_revision_is_judged_by_its_own_settings(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path, _unverified({"severities": {"POA603": "off"}}))
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    (project / "poa.yaml").write_text("severities: {POA603: error}\n", "utf-8")
    assert validate.validate(project, config=WATCHED).failed()
    assert validate.validate(project, version="HEAD", config=WATCHED).diagnostics == ()


def test_a_baseline_is_judged_by_the_settings_of_the_working_tree(tmp_path: Path) -> None:
    project = small_plan.write(tmp_path, _unverified(_waiver() | {"severities": {"POA603": "error"}}))
    freezing_text(project)
    report = validate.validate(project, version="day-1", config=WATCHED, today=TODAY)
    assert (report.diagnostics, report.waived) == ((), 1)
    report = validate.validate(project, version="day-1", config=WATCHED, today=date(2018, 1, 1))
    assert [each.code for each in report.diagnostics] == ["POA603"]


# --- the command line -------------------------------------------------------------------------


def _epoch(day: date) -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": str((day - date(1970, 1, 1)).days * 86400)}


@pytest.mark.parametrize("command", ["validate", "build", "baseline create new", "render -o x.docx"])
def test_commands_take_the_day_from_the_environment(command: str, tmp_path: Path, poa: Poa) -> None:
    small_plan.write(tmp_path, _unverified(_waiver() | {"severities": {"POA603": "error"}}))
    late = poa(*command.split(), env=_epoch(date(2017, 12, 5)))
    assert (late.status, "POA603" in late.stdout + late.stderr) == (1, True)
    in_time = poa(*command.split(), env=_epoch(date(2017, 12, 4)))
    assert (in_time.status, "POA603" in in_time.stdout + in_time.stderr) == (0, False)


def test_a_rule_made_an_error_stops_a_document_and_one_made_less_does_not(tmp_path: Path) -> None:
    data = small_plan.files()
    small_plan.action(data)["text"] = "Observers  should report."
    small_plan.write(tmp_path, data)
    assert validate.valid_plan(tmp_path).title
    (tmp_path / "poa.yaml").write_text("severities:\n  POA312: error\n", encoding="utf-8")
    with pytest.raises(validate.InvalidPlanError):
        validate.valid_plan(tmp_path)
    small_plan.action(data)["addressees"] = []
    small_plan.write(tmp_path, data)
    (tmp_path / "poa.yaml").write_text("severities:\n  POA505: warning\n", encoding="utf-8")
    assert validate.valid_plan(tmp_path).title
