"""The command line as a person meets it: output, exit status, files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from itertools import count
from typing import TYPE_CHECKING

import jsonschema
import pytest
import small_plan

from poa_toolkit.api import explain, render
from poa_toolkit.api.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Poa


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_plan.write(tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    data = small_plan.files()
    small_plan.action(data).update(status="agree", addressees=["observer"])
    small_plan.action(data, 1).update(provisions=["iccpr 52(b)"], text="Observers [should report.")
    data["actors.yaml"] = "actors:\n  - id: observers\n    title: observers: all\n"
    return small_plan.write(tmp_path, data)


def test_validate_says_where_what_and_how(poa: Poa, broken: Path, golden: object) -> None:
    done = poa("validate", cwd=broken)
    assert (done.status, done.stderr) == (1, "")
    golden("validate/broken.txt", done.stdout)  # type: ignore[operator] # a fixture of conftest


def test_validate_of_a_good_plan(poa: Poa, project: Path) -> None:
    done = poa("validate", cwd=project)
    assert (done.status, done.stdout) == (0, "working tree: no errors, no warnings\n")


def test_validate_finds_the_plan_from_inside_it(poa: Poa, project: Path) -> None:
    assert poa("validate", cwd=project / "plan/sections").status == 0
    assert poa("-C", project, "validate", cwd=project.parent).status == 0


def test_validate_as_json_keeps_its_schema(poa: Poa, broken: Path) -> None:
    done = poa("validate", "--format", "json", cwd=broken)
    assert done.status == 1
    data = json.loads(done.stdout)
    jsonschema.validate(data, json.loads(schemas()["diagnostics.schema.json"]))
    assert data["summary"]["error"] == len(data["diagnostics"]) > 1


def test_warnings_fail_a_strict_run_only(poa: Poa, project: Path) -> None:
    data = small_plan.files()
    data["recommendations/late.yaml"]["recommendations"][0].pop("not_taken_up")
    small_plan.write(project, data)
    assert poa("validate", cwd=project).status == 0
    assert poa("validate", "--strict", cwd=project).status == 1
    assert poa("validate", "--strict", "--ignore", "POA5", cwd=project).status == 0
    assert poa("validate", "--select", "POA501", "--strict", cwd=project).status == 1


def test_another_stage(poa: Poa, project: Path) -> None:
    assert "POA403" in poa("validate", "--stage", "day-2", cwd=project).stdout
    assert poa("validate", "--stage", "day-9", cwd=project).status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "--select", "XYZ"],
        ["validate", "--format", "xml"],
        ["nothing"],
        ["diff", "none", "--exit-code"],
        ["explain", "POA999"],
        ["schema"],
        ["schema", "--write", "--check"],
        ["render"],
        ["baseline", "create", "a b"],
        ["-C", "nowhere", "validate"],
        ["diff", "--end-of-options"],
        ["validate", "--version", "-x"],
        ["render", "-o", "x.docx", "--template", "none.docx"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_so(arguments: list[str], poa: Poa, project: Path) -> None:
    done = poa(*arguments, cwd=project)
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "group", [[], ["amend"], ["baseline"], ["endorsements"], ["merge"], ["new"], ["template"]]
)
def test_a_group_of_commands_alone_prints_its_help(group: list[str], poa: Poa) -> None:
    done, help_text = poa(*group), poa(*group, "--help").stdout
    assert (done.status, done.stdout, done.stderr) == (2, "", help_text)


def test_an_interruption_after_the_end_changes_nothing(poa: Poa, monkeypatch: pytest.MonkeyPatch) -> None:
    put_back, times = signal.signal, count(1)

    def late(number: signal.Signals, handler: object) -> object:
        if next(times) == 3:  # two are set before the command, and put back behind it
            os.kill(os.getpid(), signal.SIGINT)
        return put_back(number, handler)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(signal, "signal", late)
    done = poa("--version")
    assert (done.status, done.stderr) == (0, "")


def test_an_interruption_that_cannot_be_raised_is_no_news(poa: Poa, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)

    def pages() -> tuple[()]:
        Dying()
        return ()

    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    monkeypatch.setattr(explain, "pages", pages)
    assert poa("explain").status == 0
    assert not said


def test_without_a_plan_the_message_says_how_to_start(poa: Poa) -> None:
    done = poa("validate")
    assert done.status == 2
    assert done.stderr.startswith("poa: there is no plan/plan.yaml in ")
    assert "first-plan.md" in done.stderr


def test_explain_one_and_all(poa: Poa) -> None:
    assert poa("explain", "poa203").stdout.startswith("POA203 unknown-provision (error)\n")
    assert poa("explain", "unknown-provision").stdout.startswith("POA203")
    assert len(poa("explain").stdout.splitlines()) == len(explain.pages())


def test_schema_write_and_check(poa: Poa, project: Path) -> None:
    assert poa("schema", "--check", cwd=project).status == 1
    assert poa("schema", "--write", cwd=project / "plan").status == 0
    assert poa("schema", "--check", cwd=project).status == 0
    assert len(list((project / "schema").iterdir())) == len(schemas())


def test_baseline_create_list_verify(poa: Poa, project: Path) -> None:
    assert "no baseline yet" in poa("baseline", "list", cwd=project).stdout
    assert poa("baseline", "create", "day-1", cwd=project).status == 0
    assert "day-1  stage day-1  2017-12-04  sha256:" in poa("baseline", "list", cwd=project).stdout
    assert poa("baseline", "verify", cwd=project).stdout == "1 of 1 baselines are as they were frozen\n"
    again = poa("baseline", "create", "day-1", cwd=project)
    assert (again.status, "never overwritten" in again.stderr) == (2, True)
    path = project / "plan/baselines/day-1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("On the day.", "One day."), encoding="utf-8")
    altered = poa("baseline", "verify", cwd=project)
    assert altered.status == 1
    assert (
        'plan/baselines/day-1.json:129:7: error POA401 baseline "day-1": A-001 was altered' in altered.stdout
    )
    path.write_text("{}", encoding="utf-8")
    assert "cannot be read" in poa("baseline", "list", cwd=project).stdout
    path.rename(path.with_name("my_plan.json"))
    assert "no baseline yet" in poa("baseline", "list", cwd=project).stdout


def _at_day_2(project: Path) -> Path:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "day-1"
    data["plan.yaml"]["stage"] = "day-2"
    for index in (0, 1):
        small_plan.action(data, index)["status"] = "agreed"
    small_plan.action(data)["text"] = "Observers shall report to the treaty bodies."
    return small_plan.write(project, data)


@pytest.fixture
def two_days(poa: Poa, project: Path) -> Path:
    assert poa("baseline", "create", "day-1", cwd=project).status == 0
    return _at_day_2(project)


def test_diff_by_default_compares_with_the_previous_stage(poa: Poa, two_days: Path) -> None:
    done = poa("diff", cwd=two_days)
    assert (done.status, done.stderr) == (0, "")
    assert "[-should-]{+shall+}" in done.stdout
    assert poa("diff", "--exit-code", cwd=two_days).status == 1
    assert poa("diff", "day-1", "day-1", "--exit-code", cwd=two_days).status == 0


def test_diff_can_fail_on_a_class(poa: Poa, two_days: Path) -> None:
    done = poa("diff", "--fail-on", "substantive", cwd=two_days)
    assert (done.status, done.stderr) == (1, "poa: 1 substantive change\n")
    assert "[-should-]{+shall+}" in done.stdout
    assert poa("diff", "--fail-on", "links", "--fail-on", "editorial", cwd=two_days).status == 0
    assert poa("diff", "--fail-on", "links", "--fail-on", "substantive", cwd=two_days).status == 1
    assert poa("diff", "--fail-on", "grave", cwd=two_days).status == 2


def test_diff_as_json_keeps_its_schema_and_names_places(poa: Poa, two_days: Path) -> None:
    data = json.loads(poa("diff", "--format", "json", cwd=two_days).stdout)
    jsonschema.validate(data, json.loads(schemas()["diff.schema.json"]))
    (change,) = [each for each in data["changes"] if each["kind"] == "reworded"]
    assert (change["record"], change["significance"]) == ("A-001", "substantive")
    assert change["old_at"] == {"path": "plan/baselines/day-1.json", "line": None, "column": None}
    assert (change["new_at"]["path"], change["new_at"]["line"]) == ("plan/sections/01-first.yaml", 8)


def test_diff_with_nothing_before_it(poa: Poa, project: Path) -> None:
    done = poa("diff", cwd=project)
    assert (done.status, done.stdout) == (0, "")
    assert "nothing to compare yet" in done.stderr


def test_diff_of_a_plan_that_cannot_be_read(poa: Poa, two_days: Path) -> None:
    (two_days / "plan/actors.yaml").write_text("actors: [", encoding="utf-8")
    done = poa("diff", cwd=two_days)
    assert (done.status, done.stdout) == (1, "")
    assert "plan/actors.yaml:" in done.stderr


def test_build_makes_one_folder_and_says_what_is_in_it(poa: Poa, two_days: Path) -> None:
    done = poa("build", cwd=two_days)
    assert done.status == 0, done.stderr
    names = {path.name for path in (two_days / "build").iterdir()}
    assert names == {"index.txt", *render.BUILT}
    assert (two_days / "build/index.txt").read_text(encoding="utf-8") in done.stdout
    assert "shall" in (two_days / "build/changes.md").read_text(encoding="utf-8")


def test_build_of_a_first_stage(poa: Poa, project: Path) -> None:
    assert poa("build", "-o", "out/deep", cwd=project).status == 0
    built = project / "out/deep"
    assert (built / "changes.md").read_text(encoding="utf-8") == "nothing to compare yet\n"
    for name, schema in (("changes", "diff"), ("validation", "diagnostics")):
        data = json.loads((built / f"{name}.json").read_text(encoding="utf-8"))
        jsonschema.validate(data, json.loads(schemas()[f"{schema}.schema.json"]))


def test_build_of_a_broken_plan_leaves_the_earlier_build_as_it_was(poa: Poa, two_days: Path) -> None:
    poa("build", cwd=two_days)
    before = {path.name: path.read_bytes() for path in (two_days / "build").iterdir()}
    data = small_plan.files()
    small_plan.action(data)["provisions"] = ["iccpr 26"]
    small_plan.write(two_days, data)
    done = poa("build", cwd=two_days)
    assert (done.status, done.stdout) == (1, "")
    assert "POA203" in done.stderr
    assert {path.name: path.read_bytes() for path in (two_days / "build").iterdir()} == before


def test_render_writes_the_word_file(poa: Poa, project: Path) -> None:
    done = poa("render", "-o", "plan.docx", cwd=project)
    assert done.status == 0, done.stderr
    assert (project / "plan.docx").read_bytes().startswith(b"PK")


def test_the_same_bytes_everywhere(poa_process: Poa, two_days: Path, tmp_path: Path) -> None:
    other = tmp_path / "another place"
    subprocess.run(["cp", "-r", two_days / "plan", tmp_path / "copy"], check=True)
    other.mkdir()
    (tmp_path / "copy").rename(other / "plan")
    odd = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "COLUMNS": "20"}
    poa_process("build", cwd=two_days, env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    before = os.umask(0o077)
    try:
        assert poa_process("build", cwd=other, env=odd).status == 0
    finally:
        os.umask(before)
    for path in sorted((two_days / "build").iterdir()):
        assert path.read_bytes() == (other / "build" / path.name).read_bytes(), path.name


def test_source_date_epoch_dates_what_is_rendered(poa: Poa, project: Path) -> None:
    poa("render", "-o", "a.docx", cwd=project, env={"SOURCE_DATE_EPOCH": "1500000000"})
    poa("render", "-o", "b.docx", cwd=project)
    assert (project / "a.docx").read_bytes() != (project / "b.docx").read_bytes()
    done = poa("render", "-o", "c.docx", cwd=project, env={"SOURCE_DATE_EPOCH": "soon"})
    assert (done.status, "must be a number" in done.stderr) == (2, True)


def test_no_colour_without_a_terminal(poa: Poa, broken: Path) -> None:
    assert "\x1b" not in poa("validate", cwd=broken, env={"FORCE_COLOR": "1"}).stdout


def test_no_control_character_of_a_file_reaches_the_terminal(poa: Poa, tmp_path: Path) -> None:
    data = small_plan.files()
    data["sections/\x1b[31m.yaml"] = "id: x\x07\n"
    small_plan.action(data)["addressees"] = ["\u202eevil"]
    small_plan.write(tmp_path, data)
    done = poa("validate", cwd=tmp_path)
    assert done.status == 1
    assert not set(done.stdout) & {"\x1b", "\x07", "\u202e"}


def test_a_closed_pipe_is_no_error(broken: Path) -> None:
    command = f"{sys.executable} -m poa_toolkit validate | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=broken, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110 - a device
def test_a_full_disk_is_said(project: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "poa_toolkit", "validate"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


SLEEPING = """
import sys, time
from poa_toolkit.cli import main, validate
validate.validate.validate = lambda *_, **__: (print("on", flush=True), time.sleep(9))
sys.exit(main(["validate"]))
"""


def test_a_signal_ends_it_quietly(project: Path) -> None:
    os.mkfifo(project / "wait")
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        with subprocess.Popen(
            [sys.executable, "-c", SLEEPING],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            time.sleep(0.05)
            process.send_signal(number)
            assert "Traceback" not in process.stderr.read()
            assert process.wait(10) == status


def test_nothing_is_written_through_a_link(poa: Poa, project: Path) -> None:
    (project / "real.docx").write_bytes(b"old")
    (project / "link.docx").symlink_to("real.docx")
    done = poa("render", "-o", "link.docx", cwd=project)
    assert (done.status, done.stderr) == (
        2,
        "poa: link.docx is a link, and nothing is written through one: put the regular file itself there\n",
    )
    assert (project / "link.docx").is_symlink()
    assert (project / "real.docx").read_bytes() == b"old"
