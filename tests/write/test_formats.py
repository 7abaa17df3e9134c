"""`poa validate` for programs: JSON, SARIF, GitHub, JUnit, each read back as its readers do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import small_plan
from conftest import MODULES

from poa_toolkit import __version__
from poa_toolkit.api import explain
from poa_toolkit.api.schema import schemas
from poa_toolkit.diagnostic import Diagnostic, Fix, Location, Related, Severity, Span
from poa_toolkit.manual import Page
from poa_toolkit.write import diagnostics as writer
from poa_toolkit.write import findings
from poa_toolkit.write.github import to_annotations, to_summary
from poa_toolkit.write.junit import to_junit
from poa_toolkit.write.sarif import to_sarif

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Golden, Poa

FORMATS = ["json", "sarif", "github", "junit"]


def diagnostic(message: str = "wrong", **more: Any) -> Diagnostic:
    given = {
        "code": "POA201",
        "severity": Severity.ERROR,
        "location": Location("plan/plan.yaml", Span(3, 5, 3, 9), "    text: wrong"),
    }
    return Diagnostic(message=message, **{**given, **more})


HOSTILE = Diagnostic(
    "POA201",
    Severity.WARNING,
    "50%: \x1b[31m\x00 ]]> <b>&amp; [click](evil) | @all #1 \u202e {0}\ufffe",
    Location("plan/a, b:c%\u00e9\n.yaml", Span(1, 2, 3, 4), "x\x0by"),
    "help: \r\n::error::x \ud800",
    (Related(Location("plan/other\udcff.yaml"), "first\x1b use"),),
    Fix(Location("plan/a, b:c%\u00e9\n.yaml", Span(1, 2, 1, 3)), "y"),
)
"""Everything that some format could stumble over, in every field that holds text."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_plan.write(tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A plan with errors, a warning, information, and words of other scripts."""
    data = small_plan.files()
    small_plan.action(data).update(recommendations=["hres-2015-02-r2"], provisions=["iccpr 2(3)", "iccpr 52"])
    small_plan.action(data, 1).update(id="A-001", text="各国の [should | は] 答える.")
    return small_plan.write(tmp_path, data)


SECTION = "plan/sections/01-first.yaml"
SAMPLE = [
    Diagnostic(
        "POA501",
        Severity.WARNING,
        "no action takes up hres-2015-02-r1",
        Location("plan/recommendations/hres-2015-02.yaml", Span(8, 7, 8, 22), "- id: hres-2015-02-r1"),
        "link an action to it, or say in `not_taken_up` why none answers it",
    ),
    Diagnostic(
        "POA603",
        Severity.INFORMATION,
        '"iccpr 2(3)" is not verified',
        Location(SECTION, Span(22, 5, 22, 15), "  - iccpr 2(3)"),
    ),
    Diagnostic(
        "POA205",
        Severity.ERROR,
        'the id "A-001" is used twice',
        Location(SECTION, Span(25, 7, 25, 12), "- id: A-001"),
        "give the newer record an id of its own",
        (Related(Location(SECTION, Span(7, 7, 7, 12), "- id: A-001"), "it is first used here"),),
    ),
    Diagnostic(
        "POA205",
        Severity.ERROR,
        "two spaces, 100% of them: 選挙  監視",
        Location(SECTION, Span(31, 11, 31, 13), "  text: 選挙  監視."),
        fix=Fix(Location(SECTION, Span(31, 11, 31, 13)), " "),
    ),
]
PAGES = [
    Page(
        code,
        name,
        severity,
        "What is wrong.",
        "Why it\nmatters.",
        "# action\nid: a",
        "# action\nid: b",
        "What to do.",
    )
    for code, name, severity in (
        ("POA205", "duplicate-id", Severity.ERROR),
        ("POA501", "not-taken-up", Severity.WARNING),
        ("POA603", "unverified", Severity.INFORMATION),
    )
]
LAST_LINE = "working tree: 2 errors, 1 warning, 1 note"
PRINTED = {
    "text.txt": writer.to_text(SAMPLE, colour=False),
    "json.json": findings.to_json(SAMPLE, label="working tree"),
    "sarif.json": to_sarif(SAMPLE, PAGES).replace(f'"{__version__}"', '"VERSION"'),
    "github.txt": to_annotations(SAMPLE),
    "summary.md": to_summary(SAMPLE, last_line=LAST_LINE),
    "junit.xml": to_junit(SAMPLE, label="working tree"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_each_format_is_as_it_was_read_by_eye(golden: Golden, name: str) -> None:
    golden(f"validate/{name}", PRINTED[name])


@pytest.mark.parametrize("form", ["text", *FORMATS])
def test_a_file_holds_what_would_be_printed(poa: Poa, broken: Path, tmp_path: Path, form: str) -> None:
    done = poa("validate", "--format", form, "-o", tmp_path / "out", cwd=broken)
    assert (done.status, done.stdout) == (1, "")
    printed = poa("validate", "--format", form, cwd=broken).stdout
    assert (tmp_path / "out").read_bytes().decode("utf-8") == printed


# --- which format ---------------------------------------------------------------------------------


def test_the_format_is_that_of_github_in_its_runs_alone(poa: Poa, broken: Path, tmp_path: Path) -> None:
    as_text = poa("validate", cwd=broken, env={"GITHUB_ACTIONS": ""})
    in_run = {"GITHUB_ACTIONS": "true"}
    assert poa("validate", "--format", "text", cwd=broken, env=in_run) == as_text
    assert poa("validate", cwd=broken, env=in_run).stdout.startswith("::")
    assert not as_text.stdout.startswith("::")
    poa("validate", "-o", tmp_path / "out.txt", cwd=broken, env=in_run)
    assert (tmp_path / "out.txt").read_text("utf-8") == as_text.stdout


def test_of_a_project_below_the_checkout_github_gets_whole_paths(poa: Poa, broken: Path) -> None:
    env = {"GITHUB_WORKSPACE": str(broken.parent)}
    path = f"{broken.name}/plan/sections/01-first.yaml"
    assert f"file={path}," in poa("validate", "--format", "github", cwd=broken, env=env).stdout
    sarif = json.loads(poa("validate", "--format", "sarif", cwd=broken, env=env).stdout)
    assert path in {_uri(each) for each in sarif["runs"][0]["results"]}
    elsewhere = {"GITHUB_WORKSPACE": str(broken / "elsewhere")}
    assert "file=plan/" in poa("validate", "--format", "github", cwd=broken, env=elsewhere).stdout


# --- GitHub ---------------------------------------------------------------------------------------


def test_an_annotation_escapes_what_would_end_it() -> None:
    (line,) = to_annotations([HOSTILE]).splitlines()
    properties, _, message = line.removeprefix("::warning ").partition("::")
    assert properties == "file=plan/a%2C b%3Ac%25é%0A.yaml,line=1,col=2,endLine=3,title=POA201"
    assert message == (
        "50%25: \\x1b[31m\\x00 ]]> <b>&amp; [click](evil) | @all #1 \\u202e {0}\\ufffe"
        "%0Ahelp: help: \\x0d\\x0a::error::x \\ud800%0Aplan/other\\udcff.yaml: first\\x1b use"
    )


def test_an_annotation_names_its_last_column_on_one_line_alone() -> None:
    assert "col=5,endLine=3,endColumn=9,title" in to_annotations([diagnostic()])
    over_two = diagnostic(location=Location("a", Span(3, 5, 4, 9)))
    assert "col=5,endLine=4,title" in to_annotations([over_two])
    assert to_annotations([diagnostic(location=Location("a"))]) == "::error file=a,title=POA201::wrong\n"


def test_the_summary_of_a_run_is_added_to_what_stands_there(poa: Poa, broken: Path) -> None:
    page = broken / "summary.md"
    page.write_text("Before.\n\n", "utf-8")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page)}
    poa("validate", "--select", "POA2", cwd=broken, env=env)
    text = page.read_text("utf-8")
    assert text.startswith("Before.\n\n## Validation of the plan\n\nworking tree: 2 errors\n")
    assert "\n| error | POA205 | 1 |\n" in text
    assert "\n| plan/sections/01-first.yaml:<!-- -->25:7 | error | POA205 | the id" in text


def test_only_the_format_of_github_writes_a_summary(poa: Poa, broken: Path) -> None:
    page = broken / "summary.md"
    poa("validate", "--format", "text", cwd=broken, env={"GITHUB_STEP_SUMMARY": str(page)})
    assert not page.exists()


def test_a_good_plan_has_a_summary_too(poa: Poa, project: Path) -> None:
    page = project / "summary.md"
    env = {"GITHUB_STEP_SUMMARY": str(page)}
    done = poa("validate", "--format", "github", "--ignore", "POA5,POA6", cwd=project, env=env)
    assert (done.status, done.stdout) == (0, "poa: working tree: no errors, no warnings\n")
    assert page.read_text("utf-8") == "## Validation of the plan\n\nworking tree: no errors, no warnings\n"


def test_in_a_summary_text_of_others_is_only_text() -> None:
    row = to_summary([HOSTILE], last_line="x").splitlines()[-1]
    assert "&lt;b&gt;" in row
    assert "\\[click\\](evil)" in row
    assert "@all" not in row
    assert row.replace("\\|", "").count("|") == 6


@pytest.mark.parametrize("room", [0, 100, 400, 1_000, 5_000, 20_000])
def test_a_summary_never_takes_more_than_there_is_room_for(room: int) -> None:
    text = to_summary([diagnostic(f"wrong 選挙 {n}") for n in range(100)], last_line="100 errors", room=room)
    assert len(text.encode("utf-8")) <= room
    shown = text.count("| POA201 | wrong")
    if shown < 100 and text:
        assert f"\n{100 - shown} of the findings are left out" in text


# --- SARIF ----------------------------------------------------------------------------------------


def _run(diagnostics: list[Diagnostic]) -> dict[str, Any]:
    (run,) = json.loads(to_sarif(diagnostics, explain.pages()))["runs"]
    return dict(run)


def _uri(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_every_result_names_its_rule_and_every_rule_is_explained() -> None:
    run = _run([diagnostic(), diagnostic(code="POA001"), diagnostic(code="POA201")])
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == ["POA201", "POA001", "POA201"]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["markdown"].strip().startswith(f"# {rule['id']}")
        assert "make docs" not in rule["help"]["markdown"]


def test_a_finding_has_its_own_weight_and_its_rule_keeps_the_usual_one() -> None:
    run = _run([diagnostic(severity=Severity.INFORMATION)])
    assert run["results"][0]["level"] == "note"
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"] == "error"


def test_a_place_without_a_line_is_the_file() -> None:
    (result,) = _run([diagnostic(location=Location("plan/baselines/x.json"))])["results"]
    assert list(result["locations"][0]["physicalLocation"]) == ["artifactLocation"]


def test_paths_are_addresses_and_text_is_no_link() -> None:
    (result,) = _run([HOSTILE])["results"]
    assert _uri(result) == "plan/a%2C%20b%3Ac%25%C3%A9%0A.yaml"
    assert "[click\\](evil)" in result["message"]["text"]
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("%FF.yaml")
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"] == {"text": "y"}
    assert change["deletedRegion"]["endColumn"] == 3


def _prints(diagnostics: list[Diagnostic]) -> list[str]:
    return [each["partialFingerprints"]["poaFinding/v1"] for each in _run(diagnostics)["results"]]


def test_a_fingerprint_stays_when_lines_move_and_only_then() -> None:
    one = diagnostic()
    moved = diagnostic(location=Location("plan/plan.yaml", Span(30, 1, 30, 5), "elsewhere"))
    others = [
        diagnostic("wrong too"),
        diagnostic(code="POA202"),
        diagnostic(location=Location("plan/actors.yaml", Span(3, 5, 3, 9))),
    ]
    assert _prints([one]) == _prints([moved])
    assert len(set(_prints([one, moved, *others]))) == 5


def test_fingerprints_stay_in_a_plan_whose_lines_move(poa: Poa, broken: Path) -> None:
    def prints() -> list[dict[str, str]]:
        printed = poa("validate", "--format", "sarif", cwd=broken).stdout
        return [each["partialFingerprints"] for each in json.loads(printed)["runs"][0]["results"]]

    before = prints()
    path = broken / "plan/sections/01-first.yaml"
    path.write_text("# a line\n# and another\n" + path.read_text("utf-8"), "utf-8")
    assert prints() == before
    assert before


@pytest.fixture
def multitool() -> Callable[[Path], list[dict[str, Any]]]:
    """Give what Microsoft's own validator says of a SARIF file."""
    folder = MODULES / "@microsoft" / f"sarif-multitool-{sys.platform}"
    program = folder / ("Sarif.Multitool.exe" if sys.platform == "win32" else "Sarif.Multitool")
    if not program.exists():
        pytest.skip("Microsoft's SARIF Multitool is not installed: make tools")
    # its script of installation would do this, and we run no scripts of strangers
    program.chmod(0o755)

    def findings(path: Path) -> list[dict[str, Any]]:
        report = path.with_suffix(".report.sarif")
        command: list[str | Path] = [
            program,
            "validate",
            path,
            "--output",
            report,
            "--log",
            "ForceOverwrite",
            "--quiet",
        ]
        env = {
            **os.environ,
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
            "DOTNET_CLI_HOME": str(path.parent),
        }
        finished = subprocess.run(command, env=env, capture_output=True, timeout=120, check=False)
        assert finished.returncode == 0, finished.stdout.decode() + finished.stderr.decode()
        found: list[dict[str, Any]] = json.loads(report.read_text("utf-8-sig"))["runs"][0]["results"]
        return found

    return findings


# "the tool does not provide informationUri": the project has no page of its own yet
UNHEEDED = {"SARIF2005"}
SLOW = pytest.mark.slow


def _samples() -> dict[str, list[Diagnostic]]:
    every_code = [diagnostic(code=page.code, severity=page.severity) for page in explain.pages()]
    return {"nothing": [], "one": [diagnostic()], "hostile": [HOSTILE], "every code": every_code}


@pytest.mark.tools
@pytest.mark.parametrize(
    "name",
    [each if each in ("hostile", "every code") else pytest.param(each, marks=SLOW) for each in _samples()],
)
def test_the_validator_of_microsoft_accepts_it(
    multitool: Callable[[Path], list[dict[str, Any]]], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "found.sarif"
    path.write_text(to_sarif(_samples()[name], explain.pages()), "utf-8")
    assert [each for each in multitool(path) if each["ruleId"] not in UNHEEDED] == []


@pytest.mark.tools
def test_the_validator_of_microsoft_finds_what_is_wrong(
    multitool: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    path = tmp_path / "found.sarif"
    path.write_text(to_sarif([diagnostic()], []).replace('"ruleIndex": 0', '"ruleIndex": 9'), "utf-8")
    assert [each for each in multitool(path) if each["ruleId"] not in UNHEEDED]


def test_sarif_tools_reads_it(poa: Poa, broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "found.sarif"
    poa("validate", "--format", "sarif", "--select", "POA2", "-o", path, cwd=broken)
    program = Path(sys.executable).with_name("sarif.exe" if sys.platform == "win32" else "sarif")
    if not program.exists():
        pytest.skip("sarif-tools is not installed")
    done = subprocess.run([program, "summary", path], capture_output=True, encoding="utf-8", check=True)
    assert "\nerror: 2\n" in done.stdout
    assert " - POA205 the id " in done.stdout


# --- JUnit ----------------------------------------------------------------------------------------


def test_junit_counts_its_cases_and_its_failures(poa: Poa, broken: Path) -> None:
    done = poa("validate", "--format", "junit", cwd=broken)
    root = ET.fromstring(done.stdout)  # noqa: S314 - we wrote it
    data = json.loads(poa("validate", "--format", "json", cwd=broken).stdout)
    found = data["diagnostics"]
    assert [each.get("name") for each in root] == sorted({each["path"] for each in found})
    for suite in (root, *root):
        assert suite.get("tests") == str(len(list(suite.iter("testcase"))))
        assert suite.get("failures") == str(len(list(suite.iter("failure"))))
    assert root.get("tests") == str(len(found))
    assert root.get("failures") == str(data["summary"]["error"] + data["summary"]["warning"])


def test_junit_holds_no_character_that_xml_cannot() -> None:
    root = ET.fromstring(to_junit([HOSTILE], label="x"))  # noqa: S314 - we wrote it
    (failure,) = root.iter("failure")
    assert failure.get("type") == "warning"
    assert "\\x1b[31m\\x00 ]]> <b>&amp;" in str(failure.get("message"))


def test_information_passes_in_junit_with_its_text_as_output() -> None:
    root = ET.fromstring(to_junit([diagnostic(severity=Severity.INFORMATION)], label="x"))  # noqa: S314
    assert root.get("failures") == "0"
    assert "information POA201 wrong" in str(root.findtext("testsuite/testcase/system-out"))


def test_cases_that_say_the_same_have_names_of_their_own_without_lines() -> None:
    again = diagnostic(location=Location("plan/plan.yaml", Span(8, 1, 8, 2)))
    root = ET.fromstring(to_junit([diagnostic(), again], label="x"))  # noqa: S314 - we wrote it
    assert [each.get("name") for each in root.iter("testcase")] == ["POA201 wrong", "POA201 wrong (2)"]


def test_junit_of_a_good_plan_is_one_case_that_passes() -> None:
    root = ET.fromstring(to_junit([], label="working tree"))  # noqa: S314 - we wrote it
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


# --- JSON -----------------------------------------------------------------------------------------


def test_json_keeps_its_schema_whatever_it_holds(poa: Poa, broken: Path) -> None:
    schema = json.loads(schemas()["diagnostics.schema.json"])
    jsonschema.validate(json.loads(poa("validate", "--format", "json", cwd=broken).stdout), schema)


# --- mending, waiving -----------------------------------------------------------------------------


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    data = small_plan.files()
    small_plan.action(data).update(text="Observers  should report to the treaty bodies.")
    return small_plan.write(tmp_path, data)


def test_what_can_be_mended_is_shown_and_then_mended(poa: Poa, untidy: Path) -> None:
    path = untidy / SECTION
    before = path.read_bytes()
    done = poa("validate", "--fix", "--diff", cwd=untidy)
    assert (done.status, done.stderr) == (1, "1 finding would be mended\n")
    assert "\n-  text: Observers  should" in done.stdout
    assert "\n+  text: Observers should" in done.stdout
    assert path.read_bytes() == before
    done = poa("validate", "--fix", "--ignore", "POA5,POA6", cwd=untidy)
    assert (done.status, done.stderr) == (0, "1 finding mended\n")
    assert done.stdout == "working tree: no errors, no warnings\n"
    assert path.read_bytes() == before.replace(b"Observers  should", b"Observers should")
    done = poa("validate", "--fix", "--diff", cwd=untidy)
    assert (done.status, done.stdout, done.stderr) == (0, "", "0 findings would be mended\n")


@pytest.mark.parametrize("arguments", [["--diff"], ["--fix", "--version", "HEAD"]])
def test_mending_is_of_the_working_tree_and_differences_are_of_mending(
    poa: Poa, untidy: Path, arguments: list[str]
) -> None:
    done = poa("validate", *arguments, cwd=untidy)
    assert (done.status, done.stdout) == (2, "")
    assert "--fix" in done.stderr


def test_the_last_line_counts_what_is_waived(poa: Poa, broken: Path) -> None:
    waiver = "waivers:\n  - {code: POA501, record: hres-2015-02-r1, reason: Later., until: 2018-01-31}\n"
    (broken / "poa.yaml").write_text(waiver, "utf-8")
    env = {"SOURCE_DATE_EPOCH": "1512345600"}
    done = poa("validate", "--select", "POA2,POA501", cwd=broken, env=env)
    assert done.stdout.splitlines()[-1] == "working tree: 2 errors, 1 waived"
