"""A field is described once: one that is added to the model is known wherever fields are treated alike."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_plan
from conftest import ROOT
from word_reading import W, read

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

PACKAGE = ROOT / "poa_toolkit"
FIELD = '''
    budget: Annotated[Line | None, Value.PROSE, AGREED, Printed(Place.SETTINGS, 4)] = None
    """What it may cost, and who bears that."""
    supporters: Annotated[tuple[Id, ...], Value.LINKS, AGREED, Printed(Place.SETTINGS, 5)] = ()
    """Who helps, by ids of actors.yaml."""
'''
CHANGED_FILES = {
    "model/actions.py": ('    """By when, as the document prints it."""\n', FIELD),
    "document/labels.py": ('    timeframe: str = "Timeframe"\n', '    budget: str = "Cost"\n'),
}
"""The source files that change, what stands before the new lines, and those."""
SECTION = "plan/sections/01-first.yaml"
OLD, NEW = "Ten thousand a year from the fund.", "Forty thousand a year from the fund."


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the package with a field more."""
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(PACKAGE, root / "poa_toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    for name, (before, added) in CHANGED_FILES.items():
        path = root / "poa_toolkit" / name
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, before + added, 1), "utf-8")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    data = small_plan.files()
    data["plan.yaml"]["stages"][0]["baseline"] = "first"
    small_plan.action(data).update(budget=OLD, supporters=["observers"])
    return small_plan.write(tmp_path / "project", data)


@pytest.fixture
def run(package: Path, project: Path) -> Run:
    """Give what runs `poa`, or a script, with the copy of the package in the project."""

    def runs(*words: str | Path, script: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", script] if script else [sys.executable, "-m", "poa_toolkit", *words]
        environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONWARNINGS": "error"}
        return subprocess.run(
            command,
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return runs


def reword(project: Path, old: str = OLD, new: str = NEW) -> None:
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_no_more_than_three_files_change() -> None:
    assert len(CHANGED_FILES) <= 3


def test_it_is_validated_and_in_the_schema_and_in_the_fields_of_templates(run: Run, project: Path) -> None:
    assert run("validate").returncode == 0
    assert run("schema", "--write").returncode == 0
    section = json.loads((project / "schema/section.schema.json").read_text("utf-8"))
    described = section["$defs"]["Action"]["properties"]["budget"]
    assert (described["description"], described["type"]) == (
        "What it may cost, and who bears that.",
        ["string", "null"],
    )
    paths = run(
        script="from poa_toolkit.word.template.fields import documented as d; print([each.path for each in d()])"
    )
    assert "sections[].actions[].budget" in paths.stdout
    path = project / SECTION
    path.write_text(path.read_text("utf-8").replace(OLD, "5"), "utf-8")
    assert "POA1" in run("validate").stdout


def test_it_is_in_the_digest_and_guarded_once_frozen_and_endorsed(run: Run, project: Path) -> None:
    assert run("baseline", "create", "first").returncode == 0
    digest = run("baseline", "list").stdout.split()[-1]
    reword(project)
    frozen = run("validate")
    assert "POA420 stage day-1 is frozen, but A-001 changed since" in frozen.stdout
    assert run("baseline", "verify").returncode == 1
    reword(project, NEW, OLD)
    said = ("--participant", "tcc", "--capacity", "convenor", "--text", "first", "--date", "2017-12-05")
    assert run("endorse", *said).returncode == 0
    reword(project)
    endorsed = run("validate")
    assert (
        'POA440 A-001 was changed since "first" was endorsed by tcc: budget: “Ten” became “Forty”'
        in endorsed.stdout
    )
    status = json.loads(run("status", "--format", "json").stdout)
    assert status["digest"] != digest


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "unified"])
def test_it_is_in_every_diff(run: Run, project: Path, form: str) -> None:
    assert run("baseline", "create", "first").returncode == 0
    reword(project)
    found = run("diff", "first", "--format", form).stdout
    assert "budget" in found
    assert "Forty" in found


@pytest.mark.slow
def test_it_is_in_the_word_table_of_a_diff_and_in_the_redline(run: Run, project: Path) -> None:
    assert run("baseline", "create", "first").returncode == 0
    reword(project)
    assert run("diff", "first", "--format", "docx", "-o", "table.docx").returncode == 0
    table = "".join(read((project / "table.docx").read_bytes()).body.itertext())
    assert "Forty" in table
    # its stage is frozen, so the text is compared as that of the next one
    plan = project / "plan/plan.yaml"
    plan.write_text(
        re.sub("statuses:\n *- agreed\n(?! *- )", "statuses: [draft]\n", plan.read_text("utf-8")).replace(
            "stage: day-1", "stage: day-2"
        ),
        "utf-8",
    )
    done = run("render", "--since", "first", "-o", "redline.docx")
    assert done.returncode == 0, done.stdout + done.stderr
    body = read((project / "redline.docx").read_bytes()).body
    revised = {
        kind: ["".join(each.itertext()) for each in body.iter(f"{W}{kind}")] for kind in ("del", "ins")
    }
    assert (revised["del"], revised["ins"]) == (["Ten"], ["Forty"])
    assert f"Cost: TenForty{OLD.removeprefix('Ten')}" in "".join(body.itertext())


def test_it_is_merged_by_words(run: Run, project: Path) -> None:
    path = project / SECTION
    base = path.read_text("utf-8")
    for name, text in (
        ("base", base),
        ("ours", base.replace(OLD, NEW)),
        ("theirs", base.replace("from the fund", "from the new fund")),
    ):
        (project / name).write_text(text, "utf-8")
    assert run("merge-driver", "base", "ours", "theirs", "7", SECTION).returncode == 0
    assert "Forty thousand a year from the new fund." in (project / "ours").read_text("utf-8")


@pytest.mark.parametrize(
    "case",
    [
        ("budget", "Ten", "Forty", NEW, NEW),
        ("supporters", "observers", "states, observers", "states, observers", "- states"),
    ],
)
def test_an_edit_in_word_comes_home_as_an_amendment_to_it(
    run: Run, project: Path, case: tuple[str, str, str, str, str]
) -> None:
    field, old, new, proposed, written = case
    assert run("render", "-o", "plan.docx").returncode == 0
    parts = {}
    with zipfile.ZipFile(project / "plan.docx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    document = parts["word/document.xml"].decode()
    control = re.search(f'poa:A-001:{field}"/>.*?</w:sdt>', document)
    assert control is not None
    parts["word/document.xml"] = document.replace(
        control.group(), control.group().replace(f">{old}", f">{new}")
    ).encode()
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    (project / "back.docx").write_bytes(made.getvalue())
    done = run("pull", "back.docx", "--by", "A delegation")
    assert done.returncode == 0
    [amendment] = json.loads(run("amend", "list", "--format", "json").stdout)["amendments"]
    assert (amendment["record"], amendment["field"], amendment["proposed"]) == ("A-001", field, proposed)
    assert run("amend", "accept", amendment["id"], "--by", "Chair").returncode == 0
    assert written in (project / SECTION).read_text("utf-8")
